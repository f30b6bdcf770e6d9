"""The adapter to WeasyPrint: a document in XHTML and its style sheet → bytes of a PDF.

WeasyPrint is made for any web page; ours are our own, so some of its costs are spared: the
tolerant parser of HTML (our text is well-formed), the style sheet of browsers, with its six
pseudo-elements for every element (our sheet says all that it needs), the search for libraries by
compiler and linker, and a list of pages built anew for every tag. The bytes are the same; ``make
bench`` measures the time.
"""

from __future__ import annotations

import ctypes.util
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import signature
from typing import Any
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]
import pydyf  # type: ignore[import-untyped]

from vanban.io.scratch import filling, new_folder


@contextmanager
def _libraries_by_file_name() -> Iterator[None]:
    """Let libraries be found by the loader of Linux alone, by names such as libpango-1.0.so.0.

    WeasyPrint tries a name for every system in turn; for each that Linux does not know, Python
    runs ldconfig, gcc and ld: 0.3 s in all where a compiler is installed.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


with _libraries_by_file_name():
    from weasyprint import CSS, HTML, draw
    from weasyprint.layout import block
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

BASE_URL = "file:///vanban.html"
"""Of every document, so that links within it do not depend on the working folder."""


def _page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """Return "4 0 R" for every page, as pydyf does, but once for each number of pages.

    WeasyPrint asks for each tagged element of a file: built anew every time, as in pydyf 0.13, the
    time grows with pages × elements, a third of the whole at 1,000 pages.
    """
    kids = pdf.pages["Kids"]  # three entries a page
    known: tuple[bytes, ...] = vars(pdf).get("vanban_page_references", ())
    if len(known) * 3 != len(kids):
        known = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
        pdf.vanban_page_references = known
    return known


pydyf.PDF.page_references = property(_page_references)


FOOT_OF_CELL = 0.65
"""pt that LibreOffice 7.4 asks for below the last line of a cell before it splits a row."""

_set_lines = block._linebox_layout
_draw_borders = draw.draw_collapsed_borders


def _set_lines_of_cell(context: Any, box: Any, *others: Any) -> Any:
    """Set the lines of a box; one whose decoration is cloned needs it once below its last line.

    WeasyPrint 70 reserves it twice.
    """
    if box.style["box_decoration_break"] == "clone":
        spared = box.padding_bottom + box.border_bottom_width - FOOT_OF_CELL
        before, bottom_space, after = others[:_BOTTOM], others[_BOTTOM], others[_BOTTOM + 1 :]
        others = (*before, bottom_space - spared, *after)
    return _set_lines(context, box, *others)


_BOTTOM = list(signature(_set_lines).parameters).index("bottom_space") - 2
"""Where the space to leave at the foot of the page stands among the other arguments."""


def _draw_all_borders(stream: Any, table: Any) -> None:
    """Close a split row at the foot of a page and open it on the next one, as Word does.

    WeasyPrint leaves its cells open.
    """
    table.skip_cell_border_top = table.skip_cell_border_bottom = False
    _draw_borders(stream, table)


block._linebox_layout = _set_lines_of_cell
draw.draw_collapsed_borders = _draw_all_borders


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


class Typesetter:
    """Sets pages; one serves a whole process, since its fonts are loaded once."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        # It removes the folder, but would name it so that nobody knows whose it is after a kill.
        self._fonts._folder = new_folder()

    def set_pages(self, xhtml: str, css: str, variant: str) -> bytes:
        """Return the PDF of ``xhtml``; ``css`` has to say how every element is displayed.

        Raises MachineError where the machine's temporary folder has no room for the fonts.
        """
        with garbage_waits(), filling(self._fonts._folder):
            sheet = CSS(string=css, font_config=self._fonts)
            data: bytes = _Source(xhtml).write_pdf(
                stylesheets=[sheet], font_config=self._fonts, pdf_variant=variant
            )
        return data
