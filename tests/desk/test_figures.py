"""Figures as a sheet: typed, pasted from Excel, refused in words; in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from desks import Served

pytestmark = pytest.mark.slow

PASTE = """(box, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""


def test_figures_are_typed_and_pasted(served: Served, page: Page) -> None:
    before = served.read("2025/bao-cao/q3.yaml")
    page.goto(served.address)
    page.locator("[data-document=report-q3]").get_by_role("link", name="Số liệu").click()
    boxes = page.locator("input[data-indicator]")
    first, second, third = (boxes.nth(number) for number in range(3))
    names = [box.get_attribute("data-indicator") for box in (first, second, third)]
    first.fill("1.204")
    first.press("Enter")
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    expect(first).to_have_value("1204")
    second.evaluate(PASTE, "1.300\t\nkhông rõ\n")
    expect(page.locator("#bao")).to_contain_text("chưa nhận")
    expect(second).to_have_value("1300")
    expect(page.locator(f"[data-of='{names[2]}']")).not_to_be_empty()
    after = served.read("2025/bao-cao/q3.yaml")
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), after.splitlines(), strict=True)
        if old != new
    ]
    assert [new.strip().split(":")[0] for _, new in changed] == names[:2]


def test_a_sum_that_does_not_hold_is_kept_and_told(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/so-lieu/q3")
    box = page.locator("input[data-indicator=hs-truc-tuyen], input[data-indicator]").first
    box.fill("999999")
    box.press("Enter")
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    assert "999999" in served.read("2025/bao-cao/q3.yaml")
