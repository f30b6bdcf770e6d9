"""A Word file as it reads: paragraphs in reading order with their formatting, and sections.

Plain frozen data; ``reading`` makes it. Lengths are points (pt).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.ooxml.parts_read import COMMENT, HOLD_TEXT
from vanban.ooxml.styles import CharacterFormat, ParagraphFormat


class Run(Struct, frozen=True):
    """The characters ``start`` to ``end`` of a paragraph, in one format."""

    start: int
    end: int
    format: CharacterFormat


class CellPlace(Struct, frozen=True):
    """Which cell of which table (counted from 0 in reading order).

    ``height`` is that of a row which does not grow with its text, ``width`` and ``table_width``
    are those stated, pt; 0 where there are none.
    """

    table: int
    row: int
    column: int
    height: float = 0.0
    width: float = 0.0
    table_width: float = 0.0


class Gap(Struct, frozen=True):
    """The characters ``start`` to ``end`` of a paragraph that wait to be filled in.

    ``name`` says what of, where nothing is printed there: "MERGEFIELD ho_ten".
    """

    start: int
    end: int
    name: str


class Comment(Struct, frozen=True):
    """What a reviewer wrote beside the text (w:comment)."""

    author: str
    date: str
    text: str


class WordParagraph(Struct, frozen=True, eq=False, dict=True):
    """One paragraph; ``text`` begins with the label of automatic numbering.

    ``number`` counts the paragraphs that are not empty, from 1, on through all parts of the file;
    it is 0 for an empty one. ``where`` names the part, "" for the body ("đầu trang"). ``fields``
    are the names of its fields in capitals (PAGE); ``line`` says that a drawn line hangs on it,
    ``maybe_line`` that what is drawn there may be one. ``page_break`` says that its words begin
    a page, ``break_after`` that the words after it do. ``aside`` paragraphs are a table of
    contents or a cover; a ``picture`` may show words. ``margin_tab`` is the alignment of a tab
    relative to the margins. ``bookmarks`` are the names of those that cover some of it or begin or
    end there, ``comments`` the ids of those that begin there, with the character where.
    ``elements`` are where runs of the main part (w:r) begin in the text, with their numbers from 0.
    """

    text: str
    label: str
    runs: tuple[Run, ...]
    format: ParagraphFormat
    style: str
    section: int
    number: int = 0
    cell: CellPlace | None = None
    box: bool = False
    line: bool = False
    fields: tuple[str, ...] = ()
    page_break: bool = False
    where: str = ""
    maybe_line: bool = False
    break_after: bool = False
    aside: bool = False
    margin_tab: str = ""
    gaps: tuple[Gap, ...] = ()
    picture: bool = False
    bookmarks: tuple[str, ...] = ()
    comments: tuple[tuple[str, int], ...] = ()
    elements: tuple[tuple[int, int], ...] = ()

    @property
    def plain(self) -> str:
        """The text without label and outer blanks, inner blanks made single."""
        return " ".join(self.text[len(self.label) :].split())

    def formatted(
        self, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[CharacterFormat, str]]:
        """Yield format and letters of the runs between ``start`` and ``end`` that show."""
        end = len(self.text) if end is None else end
        for run in self.runs:
            text = self.text[max(run.start, start) : min(run.end, end)]
            if run.start < end and start < run.end and text.strip():
                yield run.format, text

    def is_bold(self, start: int = 0, end: int | None = None) -> bool:
        """Say whether there are letters between ``start`` and ``end``, all of them bold."""
        formats = [format_ for format_, _ in self.formatted(start, end)]
        return bool(formats) and all(each.bold for each in formats)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters, 0 where it has none."""
        sizes: dict[float, int] = {}
        for format_, text in self.formatted():
            sizes[format_.size] = sizes.get(format_.size, 0) + len(text)
        return max(sizes, key=lambda size: sizes[size], default=0.0)


class PageSetup(Struct, frozen=True):
    """Page size, margins and distance of header and footer from the edge, pt."""

    width: float = 612.0
    height: float = 792.0
    top: float = 72.0
    right: float = 72.0
    bottom: float = 72.0
    left: float = 72.0
    header: float = 36.0
    footer: float = 36.0

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom

    def turned(self) -> PageSetup:
        """Return the landscape page: the sheet is turned, the margins stay."""
        return replace(self, width=self.height, height=self.width)


class Section(PageSetup, frozen=True, eq=False):
    """A section; ``headers`` and ``footers`` by kind: default, first, even."""

    title_page: bool = False
    continuous: bool = False
    start: int | None = None
    headers: Mapping[str, tuple[WordParagraph, ...]] = field(default_factory=dict)
    footers: Mapping[str, tuple[WordParagraph, ...]] = field(default_factory=dict)


class WordFile(Struct, frozen=True, eq=False, dict=True):
    """A whole Word file.

    A letterhead in the page header is part of ``paragraphs``, which begin with it. ``notes`` are
    footnotes and endnotes; ``tracked`` counts changes that nobody accepted yet; ``read`` and
    ``unread`` map the parts of the file to their numbers; ``remarks`` are the comments by id.
    """

    paragraphs: tuple[WordParagraph, ...]
    sections: tuple[Section, ...]
    tracked: int
    identifier: str
    notes: tuple[WordParagraph, ...]
    read: Mapping[str, int]
    unread: Mapping[str, int]
    remarks: Mapping[str, Comment] = field(default_factory=dict)

    @property
    def comments(self) -> bool:
        return self.unread[COMMENT] > 0

    @cached_property
    def filled(self) -> tuple[WordParagraph, ...]:
        """The paragraphs with words, in order."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.number)

    @cached_property
    def margins(self) -> tuple[WordParagraph, ...]:
        """The paragraphs of the headers and footers that print, each once, no letterhead."""
        found = dict.fromkeys(
            paragraph
            for section in self.sections
            for parts in (section.headers, section.footers)
            for kind, paragraphs in parts.items()
            for paragraph in paragraphs
            if kind != "first" or section.title_page
        )
        for paragraph in self.paragraphs:
            found.pop(paragraph, None)
        return tuple(found)

    @property
    def unread_text(self) -> str:
        """Which text of the body was not read, "" where all of it was."""
        parts = [name for name in HOLD_TEXT if self.unread.get(name)]
        return f"không đọc {', '.join(parts)}" if parts else ""

    @cached_property
    def everywhere(self) -> tuple[WordParagraph, ...]:
        """The paragraphs with words of all parts that were read."""
        return (*self.filled, *(each for each in (*self.notes, *self.margins) if each.number))
