"""The adapter to WeasyPrint: a document in XHTML and its style sheet → bytes of a PDF.

WeasyPrint is made for any web page; ours are our own, so some of its costs are spared: the
tolerant parser of HTML (our text is well-formed) and the style sheet of browsers, with its six
pseudo-elements for every element (our sheet says all that it needs). The bytes are the same; ``make
bench`` measures the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]

from vanban.io.scratch import filling, new_folder
from vanban.render import library_changes  # noqa: F401 - before WeasyPrint is loaded

# isort: split
from weasyprint import CSS, HTML
from weasyprint.document import Document as Pages
from weasyprint.formatting_structure.boxes import LineBox, TableBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

BASE_URL = "file:///vanban.html"
"""Of every document, so that links within it do not depend on the working folder."""

PT_PER_PX = 0.75


class _Source(HTML):  # type: ignore[misc]
    """Well-formed XHTML, without the style sheet of browsers."""

    def __init__(self, xhtml: str) -> None:
        """Parse ``xhtml``; raises ElementTree.ParseError where it is not well-formed.

        Sets what the initializer of HTML sets, in place of it.
        """
        root = ElementTree.fromstring(xhtml)
        self.base_url = BASE_URL
        self.url_fetcher = URLFetcher()
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []


@contextmanager
def garbage_waits() -> Iterator[None]:
    """Look for no garbage meanwhile: a layout makes many objects that live till its end.

    Measured: a quarter less time for 90 pages, the same memory.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True)
class Link:
    """A link on a page (from 0): the anchor that it leads to, and its rectangle in pt of a PDF."""

    target: str
    page: int
    rect: tuple[float, float, float, float]


class SetPages:
    """Pages that are set, and not yet written."""

    def __init__(self, pages: Pages, variant: str) -> None:
        self._pages = pages
        self._variant = variant

    @property
    def count(self) -> int:
        return len(self._pages.pages)

    @property
    def anchors(self) -> dict[str, int]:
        """The page (from 0) of each anchor."""
        return {
            anchor: number
            for number, page in enumerate(self._pages.pages)
            for anchor in page.anchors
        }

    @property
    def links(self) -> Iterator[Link]:
        """The links, page by page from the top, whether or not their anchors are on these pages."""
        for number, page in enumerate(self._pages.pages):
            for _, target, (left, top, right, bottom), _ in page.links:
                corners = (left, page.height - bottom, right, page.height - top)
                x0, y0, x1, y1 = (value * PT_PER_PX for value in corners)
                yield Link(target, number, (x0, y0, x1, y1))

    def pdf(self, with_links: bool = True) -> bytes:
        """Return the bytes of the PDF; without links where their anchors are in no file yet."""
        if not with_links:
            for page in self._pages.pages:
                page.links.clear()
        with garbage_waits():
            data: bytes = self._pages.write_pdf(pdf_variant=self._variant)
        return data


class Typesetter:
    """Sets pages; one serves a whole process, since its fonts are loaded once."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        # It removes the folder, but would name it so that nobody knows whose it is after a kill.
        self._fonts._folder = new_folder()

    def set_pages(self, xhtml: str, css: str, variant: str) -> SetPages:
        """Set the pages of ``xhtml``; ``css`` has to say how every element is displayed.

        Raises MachineError where the machine's temporary folder has no room for the fonts.
        """
        with garbage_waits(), filling(self._fonts._folder):
            sheet = CSS(string=css, font_config=self._fonts)
            source = _Source(xhtml)
            pages = source.render(self._fonts, stylesheets=[sheet], pdf_variant=variant)
        _close_split_rows(pages)
        return SetPages(pages, variant)


def _close_split_rows(pages: Pages) -> None:
    """Close a split row at the foot of a page and open it on the next one, as Word does.

    WeasyPrint would leave its cells open.
    """
    boxes = [page._page_box for page in pages.pages]
    while boxes:
        box = boxes.pop()
        if isinstance(box, TableBox):
            box.skip_cell_border_top = box.skip_cell_border_bottom = False
        elif not isinstance(box, LineBox):
            boxes += box.children
