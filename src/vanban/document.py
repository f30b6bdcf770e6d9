"""The document: the one thing that both renderers and every check read.

Plain frozen dataclasses without behaviour beyond text. All numbers (Phần I, 1.1, Phụ lục II) and
cross-references are already literal text here; nothing is left to compute for a renderer.
Lengths are millimetres unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from vanban.identifier import ANNEX_MARK, BOUND_MARK, HANDOUT_MARK, LIST_MARK, Mark, text_hash
from vanban.line_ends import plain
from vanban.picture import Picture
from vanban.provenance import Revision, fixed, traced
from vanban.style_ids import Align as Align
from vanban.style_ids import StyleId as StyleId

Length = TypeVar("Length", int, float)


class Run(Struct, frozen=True):
    """A stretch of literal text with one look; ``target`` is the anchor it links to."""

    text: str
    bold: bool = False
    italic: bool = False
    target: str | None = None


Runs = tuple[Run, ...]


def text_of(runs: Runs) -> str:
    """Return the literal text of ``runs``."""
    return "".join([run.text for run in runs])


def joined(runs: Runs) -> Runs:
    """Join neighbouring runs of one look; empty ones go, but for references without a text."""
    kept: list[Run] = []
    for run in runs:
        if not run.text and run.target is None:
            continue
        last = kept[-1] if kept else None
        if last is not None and run.text and replace(last, text=run.text) == run:
            kept[-1] = replace(last, text=traced(last.text, run.text))
        else:
            kept.append(run)
    return tuple(kept)


class Paragraph(Struct, frozen=True):
    """One paragraph in a named style.

    ``keep_with_next`` and ``keep_together`` hold the lines before a signature on its page. With
    ``new_page`` it begins a page, at a unique ``anchor``, "" for none. One on the ``right`` stands
    below the right column of the head. By its ``mark`` an edit in Word finds back to the content.
    A ``picture`` stands above its words, in the middle of the page.
    """

    style: StyleId
    runs: Runs
    keep_with_next: bool = False
    keep_together: bool = False
    new_page: bool = False
    anchor: str = ""
    right: bool = False
    mark: Mark | None = None
    picture: Picture | None = None

    @property
    def text(self) -> str:
        return text_of(self.runs)


class Heading(Struct, frozen=True):
    """A numbered heading.

    ``label`` is the literal number ("Phần I", "I.", "1.1."); with ``stacked`` it stands on a line
    of its own above the title (Decree 30/2020, Annex I, II.6.đ). ``level`` is the outline level
    from 1; ``anchor`` is unique in the document.
    """

    style: StyleId
    level: int
    label: str
    title: Runs
    stacked: bool
    anchor: str
    mark: Mark | None = None

    @property
    def text(self) -> str:
        separator = "\n" if self.stacked else " "
        return self.label + separator + text_of(self.title)

    @property
    def outline_text(self) -> str:
        """One entry of the PDF's bookmarks: "Phần I. MỤC ĐÍCH, YÊU CẦU"."""
        separator = ". " if self.stacked else " "
        return plain(self.label + separator + text_of(self.title))


class Cell(Struct, frozen=True):
    """A table cell of one paragraph over one or more columns.

    ``fill`` is the colour behind the text (RRGGBB), "" for none; it draws the bars of charts.
    """

    runs: Runs
    align: Align = Align.LEFT
    columns: int = 1
    fill: str = ""
    mark: Mark | None = None

    @property
    def text(self) -> str:
        return text_of(self.runs)


class Row(Struct, frozen=True):
    """A row of a table; its cells together take every column."""

    cells: tuple[Cell, ...]

    @property
    def is_heading(self) -> bool:
        """Say whether one cell takes all columns, or all words are bold: a group begins here."""
        words = [run for cell in self.cells for run in cell.runs if run.text.strip()]
        over_all = len(self.cells) == 1 and self.cells[0].columns > 1
        return over_all or (bool(words) and all(run.bold for run in words))

    def placed(self, widths: Sequence[Length]) -> Iterator[tuple[Cell, Length]]:
        """Yield each cell with the width of its columns together."""
        column = 0
        for cell in self.cells:
            yield cell, sum(widths[column + 1 : column + cell.columns], widths[column])
            column += cell.columns


class Table(Struct, frozen=True):
    """A bordered table; ``widths`` are mm and add up to at most the width of the text.

    A width of 0 follows from the content (:mod:`vanban.layout.columns`) before it is laid out.

    ``head`` rows repeat on every page; only a row higher than half of a page is split. A head that
    is higher stands once (:mod:`vanban.layout.heads`).
    ``description`` is the alternative text of a table that is a chart. With ``keep_with_next``
    its last row stands on the page where the next block begins.
    """

    widths: tuple[float, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    description: str = ""
    keep_with_next: bool = False

    @property
    def text(self) -> str:
        return "\n".join(cell.text for row in (*self.head, *self.rows) for cell in row.cells)


Block = Paragraph | Heading | Table


def _lines_of(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        cells = (cell for row in (*block.head, *block.rows) for cell in row.cells)
        yield from (traced(*(run.text for run in cell.runs)) for cell in cells)
    elif isinstance(block, Heading):
        yield traced(block.label, " ", *(run.text for run in block.title))
    else:
        yield traced(*(run.text for run in block.runs))


class Annex(Struct, frozen=True):
    """Phụ lục: number, title, "(Kèm theo …)" and blocks; its pages are numbered from 1.

    Decree 30/2020, Annex I, III.1. ``number`` is "Phụ lục", or "Phụ lục I" where there are more; ""
    of a form that only goes with the document, which has no note either. A text that a decision
    issues has instead a ``head`` of its own, with neither number nor place (Annex III, Mẫu 1.3).
    """

    number: str
    title: str
    note: str
    landscape: bool
    anchor: str
    blocks: tuple[Block, ...]
    head: Header | None = None
    signing_note: str = ""

    @property
    def outline_text(self) -> str:
        return plain(f"{self.number}. {self.title}" if self.number else self.title)

    @property
    def heading(self) -> Paragraph:
        """The line that begins it: its number, else its type or title."""
        if self.head is not None:
            return Paragraph(StyleId.DOCUMENT_TYPE, (Run(self.head.document_type),))
        if self.number:
            return Paragraph(StyleId.ANNEX_NUMBER, (Run(self.number),))
        return Paragraph(StyleId.ANNEX_TITLE, (Run(self.title),))

    def head_blocks(self) -> tuple[Paragraph, ...]:
        """Return title and note, which stand below the line that begins it."""
        if self.head is not None:
            note = Paragraph(StyleId.ANNEX_NOTE, (Run(self.note),))
            return (self.head.abstract_block(), note)
        lines = ((StyleId.ANNEX_TITLE, self.title), (StyleId.ANNEX_NOTE, self.note))
        return tuple(Paragraph(style, (Run(text),)) for style, text in lines if self.number)

    def texts(self) -> Iterator[str]:
        """Yield every text in the order of the Word file."""
        yield self.signing_note
        if self.head is not None:
            yield from self.head.names()
        yield from (block.text for block in (self.heading, *self.head_blocks(), *self.blocks))


class Signature(Struct, frozen=True):
    """Signing block: ``capacity`` lines ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") and the full name."""

    capacity: tuple[str, ...]
    name: str


class Header(Struct, frozen=True):
    """The head of page 1 (Decree 30/2020, Annex I, boxes 1 to 5a and 9a).

    ``superior`` is empty for a People's Committee; ``agency`` are its lines; ``number`` and
    ``place_date`` are printed lines, with blanks where the registry fills in. A letter has a
    ``subject`` instead of an abstract; ``urgency`` stands in a box below ("HỎA TỐC"). A telegram
    has a ``sender``, who wires to those that others address with "Kính gửi".
    """

    national_name: str
    motto: str
    superior: tuple[str, ...]
    agency: tuple[str, ...]
    number: str
    place_date: str
    document_type: str
    abstract: str
    addressees: tuple[str, ...] = ()
    subject: str = ""
    urgency: str = ""
    sender: str = ""

    def names(self) -> tuple[str, ...]:
        """Return the lines at the top: the agency on the left, the nation on the right."""
        return (*self.superior, *self.agency, self.national_name, self.motto)

    def abstract_block(self) -> Paragraph:
        """Return the abstract (trích yếu) as a paragraph."""
        return Paragraph(StyleId.ABSTRACT, (Run(self.abstract),))

    def addressee_blocks(self) -> tuple[Paragraph, ...]:
        """Return "Kính gửi: …", or one line each where there are several (Annex I, II.9.b).

        Of a telegram "… điện:" and one line each (Annex III, Mẫu 1.6).
        """
        if not self.addressees:
            return ()
        head = Paragraph(StyleId.ADDRESSEE, (Run(fixed("Kính gửi:")),))
        if self.sender:
            head = Paragraph(StyleId.AUTHORITY, (Run(traced(self.sender, " điện:")),), True)
        elif len(self.addressees) == 1:
            only = traced("Kính gửi: ", self.addressees[0])
            return (Paragraph(StyleId.ADDRESSEE, (Run(only),)),)
        *others, last = self.addressees
        lines = (*(traced("- ", name, ";") for name in others), traced("- ", last, "."))
        return (
            head,
            *(Paragraph(StyleId.ADDRESSEE_ITEM, (Run(line),)) for line in lines),
        )


NO_HEADER = Header("", "", (), (), "", "", "", "")
NO_SIGNATURE = Signature((), "")
SEAL = 36.0
"""Width (mm) that is left for the seal of an agency that does not say how wide its own is."""


class Document(Struct, frozen=True):
    """A whole administrative document, ready for any renderer.

    ``banner`` is the line in the bottom margin of every page, "" where the document may be
    signed. ``issued`` is the date that file properties carry, None where content gives none.
    ``is_bound`` says that its sheets are bound into a file of documents (hồ sơ), which numbers
    them: no head, signature and page number is printed; they are :data:`NO_HEADER` and
    :data:`NO_SIGNATURE`. ``countersignature`` stands on the left, where two sign. The same
    holds for a handout (``is_handout``), which nobody issues. A list (``is_list``) has a head and
    the name of who made it, and neither number nor recipients. ``seal`` is the width of the
    agency's seal. A file of one annex alone (``is_annex``) has neither body nor head. With a
    ``revision`` it is a redline: its text is that of two documents, what differs bears its change
    (:mod:`vanban.provenance`). ``shared_version`` is that of the folder which its ward shared with
    others when it was composed, for the properties of files; what is the same but for that counts
    as the same, so it is no part of the ``repr`` by which builds tell.
    """

    id: str
    title: str
    author: str
    header: Header
    body: tuple[Block, ...]
    recipients_head: str
    recipients: tuple[str, ...]
    signature: Signature
    annexes: tuple[Annex, ...] = ()
    banner: str = ""
    issued: date | None = None
    is_bound: bool = False
    countersignature: Signature = NO_SIGNATURE
    is_handout: bool = False
    is_list: bool = False
    seal: float = SEAL
    is_annex: bool = False
    revision: Revision | None = None
    shared_version: str = ""

    def texts(self) -> Iterator[str]:
        """Yield every text of the document in the order of the Word file, a block at a time."""
        header = self.header
        yield from (*header.names(), header.number, header.subject, header.urgency)
        yield header.place_date
        yield from (header.document_type, header.abstract)
        yield from (block.text for block in header.addressee_blocks())
        yield from (block.text for block in self.body)
        yield from self.closing_texts()
        for annex in self.annexes:
            yield from annex.texts()

    def lines(self) -> Iterator[str]:
        """Yield every text, each paragraph and cell by itself, which knows where it was typed."""
        header = self.header
        annexes = self.annexes
        heads = (header, *(annex.head for annex in annexes if annex.head is not None))
        for head in heads:
            yield from head.names()
        yield from (header.number, header.subject, header.urgency, header.place_date)
        yield from (header.document_type, header.abstract, *self.closing_texts())
        for block in (*header.addressee_blocks(), *self.body):
            yield from _lines_of(block)
        for annex in annexes:
            yield annex.signing_note
            for block in (annex.heading, *annex.head_blocks(), *annex.blocks):
                yield from _lines_of(block)

    def closing_texts(self) -> tuple[str, ...]:
        """Return recipients and signature; where two sign, the recipients stand below them."""
        first, last = self.countersignature, self.signature
        signing = (*first.capacity, first.name, *last.capacity, last.name)
        recipients = (self.recipients_head, *self.recipients)
        return (*signing, *recipients) if first.capacity else (*recipients, *signing)

    def pictures(self) -> tuple[Picture, ...]:
        """Return its pictures in their order."""
        blocks = (*self.body, *(block for annex in self.annexes for block in annex.blocks))
        found = (block.picture for block in blocks if isinstance(block, Paragraph))
        return tuple(picture for picture in found if picture is not None)

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of the text, so that a later edit of a file can be noticed."""
        return text_hash(self.texts())

    @property
    def is_bare(self) -> bool:
        """Say whether it is no whole document: without head and signature."""
        return self.is_bound or self.is_handout or self.is_annex

    @property
    def is_signed(self) -> bool:
        """Say whether it is signed digitally: papers of meetings, lists and redlines are not."""
        return self.is_annex or not (self.is_bare or self.is_list or self.revision)

    @property
    def identifier(self) -> str:
        """What the file's properties carry: "sha256:" and the content hash, after its mark."""
        mark = BOUND_MARK * self.is_bound or HANDOUT_MARK * self.is_handout
        mark = mark or LIST_MARK * self.is_list or ANNEX_MARK * self.is_annex
        return f"{mark}sha256:{self.content_hash}"
