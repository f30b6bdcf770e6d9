"""A content file as a whole: completed, judged while it is typed, written so; in a browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from desks import Served

pytestmark = pytest.mark.slow

AREA = "2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml"
LINE = "    noi_dung: Ban hành kịp thời kế hoạch rà soát, đánh giá, cập nhật TTHC theo quy định.\n"


def test_a_key_is_completed_and_a_mistake_is_told_at_its_line(served: Served, page: Page) -> None:
    before = served.read(AREA)
    page.goto(f"{served.address}/tep-noi-dung")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name=AREA).click()
    expect(page.locator("#loi")).to_have_text("Không có lỗi.")
    page.goto(f"{page.url}?dong=15:5")
    box = page.get_by_label(f"Nội dung tệp {AREA}")
    expect(box).to_be_focused()
    box.press("End")
    box.press("Enter")
    box.press_sequentially("chu")
    expect(page.get_by_role("option").first).to_contain_text("chu_tri")
    assert Axe().run(page).response["violations"] == []
    box.press("Enter")
    box.press_sequentially(" [kt]")
    wrong = page.get_by_role("button", name="dòng 16:")
    expect(wrong).to_contain_text("không có đơn vị “kt”")
    expect(page.locator(".numbers .wrong")).to_have_text("16")
    box.press("Control+Home")
    wrong.click()
    expect(box).to_be_focused()
    assert (
        box.evaluate("box => box.value.slice(box.selectionStart, box.selectionStart + 2)") == "kt"
    )
    box.press("Control+s")
    expect(page.locator("#bao")).to_contain_text("Chưa ghi: tệp còn 1 lỗi")
    assert served.read(AREA) == before
    page.get_by_role("button", name="Vẫn ghi").click()
    expect(page.locator("#bao")).to_contain_text("Đã ghi; tệp còn lỗi")
    assert served.read(AREA) == before.replace(LINE, f"{LINE}    chu_tri: [kt]\n")


def test_a_file_changed_meanwhile_is_shown_beside_the_own_text(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/tep-noi-dung/{AREA}")
    path = served.content / AREA
    other = "# của người khác\n" + served.read(AREA)
    path.write_text(other, encoding="utf-8")
    box = page.locator("#chu")
    box.press("Control+Home")
    box.press_sequentially("# của tôi\n")
    page.get_by_role("button", name="Ghi tệp").click()
    both = page.get_by_role("group", name="Hai bản của tệp này")
    expect(both.get_by_label("Bản trong tệp hiện nay")).to_have_value(other)
    expect(both.get_by_label("Bản của bạn")).to_have_value(
        "# của tôi\n" + other.removeprefix("# của người khác\n")
    )
    assert Axe().run(page).response["violations"] == []
    assert served.read(AREA) == other
    both.get_by_role("button", name="Ghi bản của tôi").click()
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    assert served.read(AREA).startswith("# của tôi\n# yaml-language-server")


def test_tab_leads_out_of_the_text(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/tep-noi-dung/{AREA}")
    page.locator("#chu").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#chu")).not_to_be_focused()
    expect(page.get_by_text("Cách dùng")).to_be_focused()
