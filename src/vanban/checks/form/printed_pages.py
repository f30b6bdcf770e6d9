"""Bytes of a PDF → what stands where on its pages. Lengths are points (pt) from the bottom left.

Text is found by its letters, blanks left out, so that kerning and justified lines do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from vanban.errors import VanbanError
from vanban.nd30.letters import composed

MIN_RULE = 15.0
"""Shortest line, pt, that may be the rule below a component."""

MAX_RULE_HEIGHT = 8.0
"""A border is drawn as a flat box; what is higher is a frame or a table."""

SAME_LINE = 3.0
"""Boxes whose middles are this close, pt, stand on one line."""


_HEAD = "CỘNGHÒAXÃHỘICHỦNGHĨA"


class PagesUnread(VanbanError):
    """The PDF cannot be measured; the text says why, in Vietnamese."""


class Box(Struct, frozen=True):
    """A rectangle on a page (counted from 0)."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    def joined(self, other: Box) -> Box:
        return Box(
            self.page,
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


class Page(Struct, frozen=True, eq=False, dict=True):
    """One page: size, its lines of text from the file, flat lines drawn or typed on it."""

    index: int
    width: float
    height: float
    lines: tuple[tuple[str, Box], ...]
    rules: tuple[Box, ...]

    @cached_property
    def letters(self) -> str:
        """The text without blanks, composed (NFC)."""
        return "".join(squeezed(text) for text, _ in self.lines)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts = [0]
        for text, _ in self.lines:
            starts.append(starts[-1] + len(squeezed(text)))
        return tuple(starts)

    def find(self, text: str, last: bool = False) -> tuple[Box, ...]:
        """Return one box for each line on which ``text`` stands, from top to bottom; () if not.

        Of several places the first is taken, or the ``last``.
        """
        wanted = squeezed(text)
        find = self.letters.rfind if last else self.letters.find
        start = find(wanted) if wanted else -1
        if start < 0:
            return ()
        boxes: list[Box] = []
        for index, (_, box) in enumerate(self.lines):
            if self._starts[index] >= start + len(wanted) or self._starts[index + 1] <= start:
                continue
            if boxes and abs(boxes[-1].middle - box.middle) < SAME_LINE:
                boxes[-1] = boxes[-1].joined(box)
            else:
                boxes.append(box)
        return tuple(boxes)


class Pages(Struct, frozen=True, eq=False):
    """The pages of a PDF, and its bytes."""

    pages: tuple[Page, ...]
    pdf: bytes = b""

    def find(self, text: str, first: int = 0, last: bool = False) -> tuple[Box, ...]:
        """Return the boxes of ``text`` on the first page that has it, from page ``first`` on."""
        for page in self.pages[first:]:
            boxes = page.find(text, last)
            if boxes:
                return boxes
        return ()

    def page_numbers(self, texts: Iterable[str]) -> tuple[int, ...]:
        """Return the page (from 1) of each of ``texts`` in reading order, 0 where not found."""
        numbers: list[int] = []
        page, position = 0, 0
        for text in texts:
            wanted = squeezed(text)[:40]
            number = 0
            for candidate in range(page, min(page + 3, len(self.pages))):
                start = position if candidate == page else 0
                found = self.pages[candidate].letters.find(wanted, start)
                if found < 0 and len(wanted) > 12:
                    found = self.pages[candidate].letters.find(wanted[:12], start)
                if found >= 0 and wanted:
                    page, position, number = candidate, found, candidate + 1
                    break
            numbers.append(number)
        return tuple(numbers)


def squeezed(text: str) -> str:
    """Return ``text`` without blanks, composed."""
    return "".join(composed(text).split())


def read_pages(data: bytes) -> Pages:
    """Measure a PDF; raises PagesUnread where it cannot be opened.

    Flat lines are read on the first page only and where the national name stands: that is where
    the decree asks for them.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise PagesUnread("không mở được bản PDF để đo trên trang") from error
    try:
        return Pages(tuple(_page(document[at], at) for at in range(len(document))), data)
    except pypdfium2.PdfiumError as error:
        raise PagesUnread("bản PDF bị hỏng, không đo được trên trang") from error
    finally:
        document.close()


def _page(page: object, index: int) -> Page:
    import pypdfium2
    import pypdfium2.raw as pdfium

    assert isinstance(page, pypdfium2.PdfPage)
    textpage = page.get_textpage()
    lines = []
    for number in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(number)
        text = textpage.get_text_bounded(left, bottom, right, top)
        lines.append((text, Box(index, left, bottom, right, top)))
    rules = []
    if index == 0 or _HEAD in squeezed("".join(text for text, _ in lines)).upper():
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=5):
            left, bottom, right, top = item.get_bounds()
            if right - left >= MIN_RULE and top - bottom <= MAX_RULE_HEIGHT:
                rules.append(Box(index, left, bottom, right, top))
        rules += [box for text, box in lines if text.strip() and not text.strip("_─━—– \r\n")]
    width, height = page.get_size()
    textpage.close()
    page.close()
    return Page(index, width, height, tuple(lines), tuple(rules))
