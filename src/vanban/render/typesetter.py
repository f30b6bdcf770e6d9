"""The adapter to WeasyPrint: a document in XHTML and its style sheet → bytes of a PDF.

WeasyPrint is made for any web page; ours are our own, so some of its costs are spared: the
tolerant parser of HTML (our text is well-formed) and the style sheet of browsers, with its six
pseudo-elements for every element (our sheet says all that it needs). The bytes are the same; ``make
bench`` measures the time.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]
import pydyf  # type: ignore[import-untyped]

from vanban.io.process import PROCESS
from vanban.io.scratch import filling, new_folder
from vanban.render import library_changes  # noqa: F401 - before WeasyPrint is loaded
from vanban.render.pdf_file import PdfFile
from vanban.render.pdf_settled import settle

# isort: split
from weasyprint import CSS, HTML
from weasyprint.document import Document as Pages
from weasyprint.formatting_structure.boxes import LineBox, TableBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

BASE_URL = "file:///vanban.html"
"""Of every document, so that links within it do not depend on the working folder."""

FILE = {"pdf_tags": True, "pdf_identifier": True, "pdf_version": "1.7"}
"""What is asked of WeasyPrint itself; what the file claims to be, whoever calls adds."""


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


def _no_more(pdf: pydyf.PDF) -> None:
    """Add nothing to a file."""


def _finish(pdf: pydyf.PDF, finish: Callable[[pydyf.PDF], None]) -> None:
    finish(pdf)
    settle(pdf)


class _Fonts(FontConfiguration):  # type: ignore[misc]
    """Fonts in a folder of this process, which names whose it is after a kill."""

    def __init__(self) -> None:
        super().__init__()
        self._owner = os.getpid()
        self._folder = new_folder()

    @property
    def are_here(self) -> bool:
        """Whether this process has them: no copy of who has, and nobody has swept them away."""
        return self._owner == os.getpid() and self._folder.is_dir()

    def __del__(self) -> None:
        if getattr(self, "_owner", None) == os.getpid():
            super().__del__()


class Typesetter:
    """Sets pages and writes them; one serves a whole process, since its fonts are loaded once."""

    def __init__(self) -> None:
        self._fonts = _Fonts()

    def pdf(self, xhtml: str, css: str, finish: Callable[[pydyf.PDF], None] = _no_more) -> PdfFile:
        """Return the PDF of ``xhtml``; ``css`` has to say how every element is displayed.

        ``finish`` adds the properties of the file.

        Raises MachineError where the machine's temporary folder has no room for the fonts.
        """
        with PROCESS, garbage_waits():
            if not self._fonts.are_here:
                self._fonts = _Fonts()
            with filling(self._fonts._folder):
                return self._set(xhtml, css, finish)

    def _set(self, xhtml: str, css: str, finish: Callable[[pydyf.PDF], None]) -> PdfFile:
        # Boxes die with this call, still young: seen alive once they would wait for ten documents.
        sheet = CSS(string=css, font_config=self._fonts)
        source = _Source(xhtml)
        pages = source.render(self._fonts, stylesheets=[sheet], **FILE)
        _close_split_rows(pages)
        data: bytes = pages.write_pdf(finisher=lambda _, pdf: _finish(pdf, finish), **FILE)
        return PdfFile(data, len(pages.pages))


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
