"""Every view of the desk: read by anyone, at any width; and the pictures that the README shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from desks import AS_ONE, WIDTHS, Served

pytestmark = pytest.mark.slow

VIEWS = {
    "nam": "/",
    "van-ban": "/van-ban/plan",
    "so-lieu": "/so-lieu/q3",
    "soat-loi": "/soat-loi",
    "minh-chung": "/minh-chung",
}
"""Addresses of the main views, by the names of their pictures."""

SMALL = """() => [...document.querySelectorAll('.page svg text')].slice(0, 200)
    .map(text => text.getBoundingClientRect().height).filter(height => 0 < height && height < 12)"""


def visit(page: Page, served: Served, view: str) -> None:
    page.goto(served.address + VIEWS[view])
    if view == "nam":
        expect(page.locator("main")).not_to_contain_text("Đang xem tình trạng")
        expect(page.locator("#con-no")).to_be_visible()
    if view == "van-ban":
        page.locator("tspan.typed").nth(6).click()
        expect(page.locator("textarea").first).to_be_focused()
    if view in ("van-ban", "soat-loi"):
        expect(page.locator("#soat .verdict")).to_be_visible()
    if view == "minh-chung":
        page.locator("[data-open='1.2.1']").click()
        expect(page.locator("#tc-ten")).to_be_focused()


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation(looked_at: Served, page: Page, view: str) -> None:
    visit(page, looked_at, view)
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_view_is_read_without_scrolling_sideways(
    looked_at: Served, page: Page, view: str, width: str
) -> None:
    x, y = WIDTHS[width]
    page.set_viewport_size({"width": x, "height": y})
    visit(page, looked_at, view)
    assert page.evaluate(AS_ONE) == 0
    assert page.evaluate(SMALL) == []


@pytest.mark.long
@pytest.mark.parametrize("view", VIEWS)
def test_pictures_for_the_readme(
    looked_at: Served, page: Page, view: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    folder = Path(pytestconfig.getoption("--pictures") or tmp_path)
    visit(page, looked_at, view)
    page.screenshot(path=folder / f"{view}.png")
    assert (folder / f"{view}.png").stat().st_size > 20_000
