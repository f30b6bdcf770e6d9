"""A Word file as it reads: paragraphs in reading order with their looks, and sections.

Plain frozen data; ``reading`` makes it. Lengths are points (pt).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from vanban.checks.form.looks import ParagraphLook, TextLook


@dataclass(frozen=True)
class Piece:
    """The characters ``start`` to ``end`` of a paragraph, in one look."""

    start: int
    end: int
    look: TextLook


@dataclass(frozen=True)
class CellPlace:
    """Which cell of which table (counted from 0 in reading order)."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class WordParagraph:
    """One paragraph; ``text`` begins with the label of automatic numbering.

    ``number`` counts the paragraphs that are not empty, from 1; it is 0 for an empty one.
    ``fields`` are the names of its fields (PAGE); ``line`` says that a drawn line hangs on it.
    """

    text: str
    label: str
    pieces: tuple[Piece, ...]
    look: ParagraphLook
    style: str
    section: int
    number: int = 0
    cell: CellPlace | None = None
    box: bool = False
    line: bool = False
    fields: tuple[str, ...] = ()
    page_break: bool = False

    @property
    def plain(self) -> str:
        """The text without label and outer blanks, inner blanks made single."""
        return " ".join(self.text[len(self.label) :].split())

    def looks(self, start: int = 0, end: int | None = None) -> Iterator[tuple[TextLook, str]]:
        """Yield look and letters of the pieces between ``start`` and ``end`` that show."""
        end = len(self.text) if end is None else end
        for piece in self.pieces:
            text = self.text[max(piece.start, start) : min(piece.end, end)]
            if piece.start < end and start < piece.end and text.strip():
                yield piece.look, text

    @cached_property
    def size(self) -> float:
        """The size of most of its letters, 0 where it has none."""
        sizes: dict[float, int] = {}
        for look, text in self.looks():
            sizes[look.size] = sizes.get(look.size, 0) + len(text)
        return max(sizes, key=lambda size: sizes[size], default=0.0)


@dataclass(frozen=True, eq=False)
class Section:
    """Page set-up of a section; ``headers`` and ``footers`` by kind: default, first, even."""

    width: float = 612.0
    height: float = 792.0
    top: float = 72.0
    right: float = 72.0
    bottom: float = 72.0
    left: float = 72.0
    title_page: bool = False
    start: int | None = None
    headers: Mapping[str, tuple[WordParagraph, ...]] = field(default_factory=dict)
    footers: Mapping[str, tuple[WordParagraph, ...]] = field(default_factory=dict)

    @property
    def landscape(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True, eq=False)
class WordFile:
    """A whole Word file; ``tracked`` counts insertions and deletions that nobody accepted yet."""

    paragraphs: tuple[WordParagraph, ...]
    sections: tuple[Section, ...]
    tracked: int
    comments: bool
    identifier: str

    @cached_property
    def filled(self) -> tuple[WordParagraph, ...]:
        """The paragraphs with words, in order."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.number)

    @cached_property
    def margins(self) -> tuple[WordParagraph, ...]:
        """The paragraphs of all headers and footers."""
        return tuple(
            paragraph
            for section in self.sections
            for parts in (section.headers, section.footers)
            for paragraphs in parts.values()
            for paragraph in paragraphs
        )
