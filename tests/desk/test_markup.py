"""Content that looks like markup is shown as text on every view, and runs nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from desks import Served

pytestmark = pytest.mark.slow
MARKUP = '<img src=x onerror="window.bad=1"><script>window.bad=1</script>'
PLACES = (
    ("2025/ke-hoach.yaml", "lần đầu tiên thành phố"),
    ("2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml", "Ban hành kịp thời"),
    ("co-quan.yaml", "Phòng Văn hóa - Xã hội"),
    ("chi-tieu.yaml", "ten: "),
    ("2025/minh-chung.yaml", "trich_yeu: "),
    ("2025/bao-cao/q3.yaml", "Phường"),
)
"""Files, and words of theirs that the markup is put behind."""
VIEWS = (
    "/",
    "/van-ban/plan",
    "/van-ban/report-q3",
    "/so-lieu/q3",
    "/soat-loi",
    "/minh-chung",
    "/trao-doi",
    "/them-moi",
)


def put_markup(content: Path) -> int:
    """Put markup into values of the content; return into how many."""
    count = 0
    for name, words in PLACES:
        path = content / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for number, line in enumerate(lines):
            value = line.split(words)[-1].strip() if words in line else ""
            if value and value[0] not in "\"'>|&*{[#" and not line.lstrip().startswith("#"):
                lines[number] = f"{line.rstrip()} {MARKUP}\n"
                count += 1
                break
        path.write_text("".join(lines), encoding="utf-8")
    return count


@pytest.mark.long
def test_markup_in_content_is_text_on_every_view(served: Served, page: Page) -> None:
    assert put_markup(served.content) >= 4
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    shown = 0
    for address in VIEWS:
        page.goto(served.address + address)
        page.wait_for_timeout(1500)  # what a view asks for after it is there
        assert page.evaluate("window.bad") is None, address
        assert page.locator("img[src=x]").count() == 0, address
        text = page.evaluate("document.documentElement.textContent")
        shown += "window.bad=1" in text
    assert shown >= 2  # it is there, as it was typed
    assert not [line for line in told if "Content Security Policy" in line]
