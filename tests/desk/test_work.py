"""The year at a glance, building, findings beside the page, taking back: in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from desks import Served

pytestmark = pytest.mark.slow


def test_a_document_is_built_and_given_out(served: Served, page: Page) -> None:
    page.goto(served.address)
    expect(page.locator(".due li").first).to_contain_text("hạn")
    row = page.locator("[data-document=plan]")
    row.get_by_role("button", name="Dựng Kế hoạch").click()
    link = row.get_by_role("link", name="plan.pdf")
    expect(link).to_be_visible()
    with page.expect_download() as waited:
        link.click()
    assert waited.value.path().read_bytes().startswith(b"%PDF-")


def test_a_finding_leads_to_its_word(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/van-ban/plan")
    expect(page.locator("#soat .verdict")).to_contain_text("bản nháp")
    page.locator("#soat button", has_text="Xây dựng kế hoạch 100%").click()
    box = page.locator("#o .main textarea")
    expect(box).to_be_focused()
    assert "Xây dựng kế hoạch 100%" in " ".join(box.input_value().split())


def test_the_last_change_is_taken_back(served: Served, page: Page) -> None:
    before = served.read("2025/ke-hoach.yaml")
    page.goto(f"{served.address}/van-ban/plan")
    page.locator("tspan.typed", has_text="lần đầu tiên thành phố").first.click()
    box = page.locator("#o .main textarea")
    first = box.input_value()
    box.press("Alt+ArrowDown")
    expect(box).not_to_have_value(first)
    box.fill("Câu mới.")
    box.press("Control+Enter")
    expect(page.locator(".main .saved")).to_have_text("Đã ghi.")
    assert "Câu mới." in served.read("2025/ke-hoach.yaml")
    page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").click()
    expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
    assert served.read("2025/ke-hoach.yaml") == before
    expect(page.locator("tspan", has_text="Câu mới.")).to_have_count(0)
