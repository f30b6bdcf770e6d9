"""The lines of page 1 of a PDF: their text, whether they are bold, and where they stand.

In: the bytes of a PDF. Out: :class:`Line`, in the order of the file. Two texts on one height, as
in the columns above a document, are two lines.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from vanban.evidence.file_errors import TooLarge
from vanban.evidence.limited import read_limited
from vanban.nd30.letters import composed_line

MAX_GAP = 20.0
"""Between words of one line, pt; a wider gap lies between columns."""

_NAME_ROOM = 128


class Line(Struct, frozen=True):
    """One line; ``left`` and ``right`` are shares of the page's width, from 0 to 1.

    They, and ``bold``, are None where only the text is known.
    """

    text: str
    bold: bool | None = None
    left: float | None = None
    right: float | None = None
    height: float | None = None
    """The top of its highest sign above the foot of the page, pt."""

    @property
    def centre(self) -> float | None:
        if self.left is None or self.right is None:
            return None
        return (self.left + self.right) / 2


class _Sign(Struct, frozen=True):
    character: str
    bold: bool
    left: float
    right: float
    top: float


def first_page_lines(data: bytes) -> tuple[Line, ...]:
    """Return the lines of page 1; none where it has no text (a scan) or cannot be read."""
    import pypdfium2  # noqa: F401 - loaded once, not in each process

    try:
        return read_limited(_first_page_lines, data)
    except TooLarge:
        return ()


def _first_page_lines(data: bytes) -> tuple[Line, ...]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            page = pdf[0]
            width = page.get_width()
            return tuple(_lines(page.get_textpage(), width)) if width else ()
    except pypdfium2.PdfiumError:
        return ()


def _lines(text: object, width: float) -> Iterator[Line]:
    for row in rows_of(text, width):
        yield from row


def rows_of(text: object, width: float) -> Iterator[tuple[Line, ...]]:
    """Yield the rows of a pdfium text page of ``width`` pt: the lines of one height."""
    signs: list[_Sign] = []
    for sign in (*_signs(text), None):
        if sign is not None and sign.character not in "\r\n":
            signs.append(sign)
            continue
        row = []
        for column in _columns(signs):
            words = _clean("".join(each.character for each in column))
            if words:
                drawn = [each for each in column if not each.character.isspace()]
                bold = 2 * sum(each.bold for each in drawn) > len(drawn)
                left, right = min(s.left for s in drawn), max(s.right for s in drawn)
                row.append(
                    Line(words, bold, left / width, right / width, max(s.top for s in drawn))
                )
        if row:
            yield tuple(row)
        signs = []


def _columns(signs: list[_Sign]) -> Iterator[list[_Sign]]:
    """Cut a line at wide gaps, but not before "/", where a number is still to be filled in."""
    drawn = [position for position, sign in enumerate(signs) if not sign.character.isspace()]
    start = 0
    for before, after in pairwise(drawn):
        gap = signs[after].left - signs[before].right
        if gap > MAX_GAP and signs[after].character != "/":
            yield signs[start:after]
            start = after
    yield signs[start:]


def _signs(text: object) -> Iterator[_Sign]:
    """Yield the characters of a pdfium text page; fonts tell that they are bold by their name."""
    from pypdfium2 import raw

    name = ctypes.create_string_buffer(_NAME_ROOM)
    flags = ctypes.c_int()
    for position in range(raw.FPDFText_CountChars(text)):
        character = chr(raw.FPDFText_GetUnicode(text, position))
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(text, position, left, right, bottom, top)
        name.value = b""
        raw.FPDFText_GetFontInfo(text, position, name, _NAME_ROOM, flags)
        yield _Sign(character, b"bold" in name.value.lower(), left.value, right.value, top.value)


def _clean(text: str) -> str:
    """Return a text composed, its blanks single; pdfium gives the halves of rare signs apart."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return composed_line(text)
