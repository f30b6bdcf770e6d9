"""What a hand does in a browser and Playwright has no word for: files dropped, columns pasted."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, Route, expect

_DROPS = """(target, files) => {
    const bag = new DataTransfer();
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
        bag.items.add(new File([bytes], name));
    }
    const as = {dataTransfer: bag, bubbles: true, cancelable: true};
    for (const name of ["dragenter", "dragover", "drop"])
        target.dispatchEvent(new DragEvent(name, as));
}"""
_PASTES = """(box, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""


def drop(target: Locator, files: Mapping[str, bytes]) -> None:
    """Drop files, by name, onto ``target``."""
    _await_scripts(target)
    listed = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    target.evaluate(_DROPS, listed)


def paste(box: Locator, text: str) -> None:
    """Paste cells of Excel, a line a row, into ``box``."""
    _await_scripts(box)
    box.evaluate(_PASTES, text)


def slowly(page: Page, address: str, milliseconds: int) -> None:
    """Let what the page asks of ``address`` take its time."""

    def late(route: Route) -> None:
        page.wait_for_timeout(milliseconds)
        route.continue_()

    page.route(address, late)


def _await_scripts(place: Locator) -> None:
    """Wait as a hand has to: what is inert takes nothing."""
    expect(place.page.locator("[inert]")).to_have_count(0)
