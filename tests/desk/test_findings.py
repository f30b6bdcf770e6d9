"""Findings beside the page and of the year: the word meant, accepted, mended, explained."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from desks import Served

pytestmark = pytest.mark.slow

PLAN, FIRST = "2025/ke-hoach.yaml", "2025/linh-vuc/08-sipas.yaml"


def remark(page: Page, words: str) -> Locator:
    return page.locator("#soat .remarks > li", has_text=words).first


def chosen(page: Page) -> str:
    """The words that are chosen in the field."""
    return str(
        page.locator("#o textarea").evaluate(
            "box => box.value.slice(box.selectionStart, box.selectionEnd)"
        )
    )


def test_a_finding_leads_to_the_word_that_is_meant(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/van-ban/plan")
    expect(page.locator("#ket-luan")).to_contain_text("Chưa ký được")
    for words in ("tạo thuận tiện cho", "của ngành quản lý"):
        remark(page, words).locator("button.goto").click()
        box = page.locator("#o textarea")
        expect(box).to_be_focused()
        assert words in " ".join(chosen(page).split())


def test_a_finding_is_accepted_and_taken_back(served: Served, page: Page) -> None:
    before = served.read("soat-loi.yaml")
    page.goto(f"{served.address}/van-ban/plan")
    one = remark(page, "tạo thuận tiện cho")
    one.get_by_role("button", name="Chấp nhận…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    reason = page.get_by_label("Lý do chấp nhận")
    expect(reason).to_be_focused()
    reason.fill("Lời của Bộ Nội vụ, giữ nguyên")
    page.get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(page.locator("#bao")).to_have_text("Đã chấp nhận.")
    after = served.read("soat-loi.yaml")
    assert "quy_tac: cau-chu/ket-hop-tu" in after
    assert "cum_tu: tạo thuận tiện cho" in after
    assert "tep: 2025/linh-vuc/08-sipas.yaml" in after
    accepted = page.locator("details[data-group='Đã chấp nhận']")
    accepted.locator("summary").click()
    expect(accepted).to_contain_text("Lời của Bộ Nội vụ, giữ nguyên")
    accepted.get_by_role("button", name="Bỏ chấp nhận").click()
    expect(page.locator("#bao")).to_have_text("Đã bỏ chấp nhận.")
    assert served.read("soat-loi.yaml") == before
    expect(accepted).to_have_count(0)
