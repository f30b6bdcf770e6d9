"""Click a word, change it, see the page change: in a real browser, on the project's content."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from desks import Served

pytestmark = pytest.mark.slow


def test_a_word_is_changed_where_it_stands(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/van-ban/plan")
    page.locator("tspan[data-o]", has_text="lần đầu tiên thành phố").first.click()
    box = page.locator("#o .main textarea")
    expect(box).to_be_focused()
    value = box.input_value()
    at = box.evaluate("box => box.selectionStart")
    assert 0 < at < len(value)
    before = served.read("2025/ke-hoach.yaml")
    box.fill(value.replace("lần đầu tiên thành phố", "lần thứ nhất thành phố"))
    page.evaluate("window.scrollTo(0, 200)")
    box.press("Control+Enter")
    expect(page.locator(".main .saved")).to_have_text("Đã ghi.")
    expect(page.locator("tspan[data-o]", has_text="lần thứ nhất thành phố")).to_be_visible()
    assert page.evaluate("window.scrollY") == 200
    after = served.read("2025/ke-hoach.yaml")
    assert after.replace("lần thứ nhất", "lần đầu tiên") == before


def test_a_computed_word_opens_the_values_it_is_made_from(looked_at: Served, page: Page) -> None:
    page.goto(f"{looked_at.address}/van-ban/report-q3")
    page.locator("tspan[data-o]", has_text="77,2%").first.click()
    expect(page.locator(".note")).to_contain_text("do máy tính ra")
    assert page.locator("#o form.field").count() >= 2


@pytest.mark.parametrize("address", ["/", "/van-ban/plan"])
def test_axe_finds_no_violation(looked_at: Served, page: Page, address: str) -> None:
    page.goto(looked_at.address + address)
    found = Axe().run(page)
    assert found.response["violations"] == []
