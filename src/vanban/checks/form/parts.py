"""Stretches of paragraphs, and the words by which they are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from vanban.nd30.document_types import ABBREVIATIONS, UNNUMBERED
from vanban.nd30.letters import fold
from vanban.ooxml.styles import CharacterFormat
from vanban.ooxml.word_file import WordParagraph

LEGAL_TYPES = ("Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Nghị định", "Thông tư")
"""Types that are legal normative documents; they follow another decree."""

NATIONAL = "CONG HOA XA HOI CHU NGHIA"
"""How the national name begins, folded."""

_LINES = re.compile(r"\n+")
_COLUMNS = re.compile(r"[\t\n]+|(?<=[^\s:ygm/])[\t \u00a0]{5,}")
TYPED_LINE = re.compile(r"[\s_\-–—─━=*.]{3,}")


TYPES: dict[str, str] = {
    fold(name): name for name in (*ABBREVIATIONS, *UNNUMBERED, *LEGAL_TYPES, "Công điện")
}
"""Types of documents by their folded names."""


class Part(Struct, frozen=True, eq=False, dict=True):
    """A stretch of a paragraph that is (a line of) a component."""

    paragraph: WordParagraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def formatted(self) -> Iterator[tuple[CharacterFormat, str]]:
        """Yield format and letters of its runs."""
        return self.paragraph.formatted(self.start, self.end)

    @property
    def bold(self) -> bool:
        return self.paragraph.is_bold(self.start, self.end)

    @property
    def upper(self) -> bool:
        letters = [sign for sign in self.text if sign.isalpha()]
        return len(letters) >= 2 and all(not sign.islower() for sign in letters)


def segments(paragraph: WordParagraph, columns: bool = False) -> tuple[Part, ...]:
    """Return the lines of a paragraph; with ``columns`` also what tabs outside tables set apart."""
    pattern = _COLUMNS if columns and paragraph.cell is None else _LINES
    found: list[Part] = []
    start = 0
    ends = [(each.start(), each.end()) for each in pattern.finditer(paragraph.text)]
    for end, following in (*ends, (len(paragraph.text), 0)):
        text = paragraph.text[start:end]
        if text.strip():
            first = start + len(text) - len(text.lstrip())
            found.append(Part(paragraph, first, first + len(text.strip())))
        start = following
    return tuple(found)


def whole(paragraph: WordParagraph) -> Part:
    """Return all of a paragraph as one part."""
    return Part(paragraph, 0, len(paragraph.text))
