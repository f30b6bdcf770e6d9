"""Figures as a sheet: typed, pasted from Excel, refused in words; in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from desks import Served
from gestures import paste

pytestmark = pytest.mark.slow

FILE = "2025/bao-cao/q3.yaml"


def lines_changed(before: str, after: str) -> list[tuple[str, str]]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(old.strip(), new.strip()) for old, new in pairs if old != new]


def test_figures_are_typed_and_shown_as_read(served: Served, page: Page) -> None:
    before = served.read(FILE)
    page.goto(f"{served.address}/so-lieu/q3")
    assert Axe().run(page).response["violations"] == []
    first, second = page.locator("#o-tin-bai"), page.locator("#o-hoi-nghi-tuyen-truyen")
    first.fill("1.204")
    expect(page.locator("#r-tin-bai")).to_have_text("1.204 tin, bài")  # before it is written
    assert served.read(FILE) == before
    first.press("Enter")
    expect(second).to_be_focused()
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    expect(first).to_have_value("1204")
    second.fill("không rõ")
    second.press("Enter")
    expect(page.locator("#bao")).to_have_text("Có ô chưa nhận, xem chữ đỏ.")
    expect(page.locator("#s-hoi-nghi-tuyen-truyen")).not_to_be_empty()
    expect(second).to_have_attribute("aria-invalid", "true")
    assert lines_changed(before, served.read(FILE)) == [("tin-bai: 24", "tin-bai: 1204")]
    first.fill("")
    first.press("Enter")
    expect(page.locator("#r-tin-bai")).to_have_text("")
    assert served.read(FILE) == before.replace("  tin-bai: 24\n", "")


def test_columns_of_excel_are_pasted_over_the_rows_that_they_are_of(
    served: Served, page: Page
) -> None:
    """With sums as in the form, or without: what the program computes tells which."""
    before = served.read(FILE)
    page.goto(f"{served.address}/so-lieu/q3")
    rows = page.locator("[data-row]").evaluate_all(
        "rows => rows.map(row => [row.dataset.row, row.querySelector('input')?.value ?? '',"
        " row.querySelector('.read').textContent])"
    )
    start = [name for name, _, _ in rows].index("ho-so-truc-tuyen")
    some = rows[start : start + 6]
    assert any(not typed for _, typed, _ in some)
    whole = "\n".join(typed or shown.split(" ")[0] for _, typed, shown in some)
    bare = "\n".join(typed for _, typed, _ in some if typed)
    for text in (whole, bare):
        paste(page.locator("#o-ho-so-truc-tuyen"), text)
        expect(page.locator("#bao")).to_have_text("Đã ghi.")
        assert served.read(FILE) == before
        page.locator("#bao").evaluate("told => told.textContent = ''")
    paste(page.locator("#o-tin-bai"), "1.300\tTheo sổ theo dõi\n4\n")
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    assert lines_changed(before, served.read(FILE)) == [
        ("tin-bai: 24", "tin-bai: {gia_tri: 1300, ghi_chu: Theo sổ theo dõi}"),
        ("hoi-nghi-tuyen-truyen: 2", "hoi-nghi-tuyen-truyen: 4"),
    ]


@pytest.mark.long
def test_a_sum_that_does_not_hold_is_told_while_typing_and_kept(served: Served, page: Page) -> None:
    before = served.read(FILE)
    page.goto(f"{served.address}/so-lieu/q3")
    box = page.locator("#o-ho-so-truc-tuyen")
    box.fill("999.999")
    told = page.locator("#van-de .problem", has_text="không khớp").first
    expect(told).to_contain_text("“Hồ sơ")
    expect(page.locator(".targets .short").first).to_be_visible()
    assert served.read(FILE) == before
    box.press("Enter")
    expect(page.locator("#bao")).to_have_text("Đã ghi; số liệu chưa khớp, xem chữ đỏ.")
    assert "ho-so-truc-tuyen: 999999" in served.read(FILE)
    assert Axe().run(page).response["violations"] == []
    told.get_by_role("link").click()
    expect(page.locator("input[aria-invalid]:focus")).to_have_count(1)
    page.goto(f"{served.address}/van-ban/report-q3")  # the build says why
    expect(page.locator("#van-de .problem").first).to_contain_text("không khớp")
    page.goto(f"{served.address}/so-lieu/q3")
    expect(page.locator("#van-de .problem").first).to_contain_text("không khớp")
    page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").click()
    expect(page.locator("#van-de .problem")).to_have_count(0)
    assert served.read(FILE) == before


@pytest.mark.long
def test_figures_changed_elsewhere_are_not_written_over(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/so-lieu/q3")
    path = served.content / FILE
    other = served.read(FILE).replace("tin-bai: 24", "tin-bai: 25")
    path.write_text(other, encoding="utf-8")
    box = page.locator("#o-tin-bai")
    box.fill("26")
    box.press("Enter")
    expect(page.locator("#van-de")).to_contain_text("trong tệp là “25”, bạn gõ “26”")
    assert served.read(FILE) == other
    page.get_by_role("button", name="Ghi số của tôi").click()
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    assert "tin-bai: 26" in served.read(FILE)
    path.write_text(served.read(FILE).replace("phieu-giay: 180", "phieu-giay: 190"), "utf-8")
    page.locator("#bao").evaluate("told => told.textContent = ''")
    box.fill("27")  # another figure of the same file stands in nobody's way
    box.press("Enter")
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    assert {"tin-bai: 27", "phieu-giay: 190"} <= set(map(str.strip, served.read(FILE).split("\n")))
    path.write_text(served.read(FILE).replace("tin-bai: 27", "tin-bai: 28"), "utf-8")
    box.fill("29")
    box.press("Enter")
    with page.expect_event("load"):
        page.get_by_role("button", name="Lấy bản trong tệp").click()
    expect(box).to_have_value("28")
    expect(page.locator(".draft")).to_have_count(0)


UNREACHED = "Không liên lạc được với bàn làm việc"


def test_what_could_not_be_written_is_marked_and_goes_along_with_the_next(
    served: Served, page: Page
) -> None:
    before = served.read(FILE)
    page.goto(f"{served.address}/so-lieu/q3")
    box, told = page.locator("#o-tin-bai"), page.locator("#bao")
    page.route("**/so-lieu/q3", lambda route: route.abort())
    box.fill("1.204")
    box.press("Enter")
    expect(told).to_contain_text(UNREACHED)
    expect(page.locator("#s-tin-bai")).to_have_text("Chưa ghi vào tệp.")
    paste(page.locator("#o-hoi-nghi-tuyen-truyen"), "4\tTheo sổ\n")
    expect(page.locator("#s-hoi-nghi-tuyen-truyen")).to_have_text("Chưa ghi vào tệp.")
    assert Axe().run(page).response["violations"] == []
    page.unroute("**/so-lieu/q3")
    page.get_by_role("button", name="Ghi lại").click()
    expect(told).to_have_text("Đã ghi.")
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    assert lines_changed(before, served.read(FILE)) == [
        ("tin-bai: 24", "tin-bai: 1204"),
        ("hoi-nghi-tuyen-truyen: 2", "hoi-nghi-tuyen-truyen: {gia_tri: 4, ghi_chu: Theo sổ}"),
    ]
    page.reload()
    expect(page.locator(".draft")).to_have_count(0)


def test_a_note_waits_for_its_figure(served: Served, page: Page) -> None:
    path = served.content / FILE
    path.write_text(served.read(FILE).replace("  tin-bai: 24\n", ""), encoding="utf-8")
    page.goto(f"{served.address}/so-lieu/q3")
    note, told = page.locator("#n-tin-bai"), page.locator("#s-tin-bai")
    note.fill("Theo  sổ")
    note.press("Enter")
    expect(told).to_have_text("Ghi chú chờ có số mới ghi được.")
    page.reload()  # it is kept as figures are
    page.get_by_role("button", name="Ghi các ô ấy").click()
    expect(told).to_have_text("Ghi chú chờ có số mới ghi được.")
    page.locator("#o-tin-bai").fill("24")
    page.locator("#o-tin-bai").press("Enter")
    expect(told).to_have_text("")
    expect(note).to_have_value("Theo sổ")
    assert "tin-bai: {gia_tri: 24, ghi_chu: Theo sổ}" in " ".join(served.read(FILE).split())
    page.reload()
    expect(page.locator(".draft")).to_have_count(0)


@pytest.mark.long
def test_what_the_file_says_is_told_only_where_it_is_known(served: Served, page: Page) -> None:
    """The session ended between the refusal and the look at the file."""
    page.goto(f"{served.address}/so-lieu/q3")
    path = served.content / FILE
    path.write_text(served.read(FILE).replace("tin-bai: 24", "tin-bai: 25"), encoding="utf-8")
    ended = {"errors": ["Phiên làm việc đã hết"], "now": None}
    page.route(
        "**/so-lieu/q3",
        lambda route: (
            route.fulfill(status=401, json=ended)
            if route.request.method == "GET"
            else route.continue_()
        ),
    )
    page.locator("#o-tin-bai").fill("26")
    page.locator("#o-tin-bai").press("Enter")
    expect(page.locator("#bao")).to_contain_text("sửa ở nơi khác")
    page.wait_for_timeout(300)
    expect(page.get_by_text("trong tệp là")).to_have_count(0)
    page.unroute("**/so-lieu/q3")
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.locator("#van-de")).to_contain_text("trong tệp là “25”, bạn gõ “26”")
