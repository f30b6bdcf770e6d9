"""A composed document → the same with hidden marks, and the base that its edits are compared with.

Every paragraph of body and annexes, and every cell that holds words of content, gets a bookmark
whose name begins with ``_``, which Word hides: it says by hash which values of content the
paragraph prints, and its text. The base goes into the file as a custom XML part: the text of
every paragraph in order, piece by piece, each piece being words of one value of content
(``TYPED``), words of an outline, or computed. A program that drops the part keeps the bookmarks:
then the hash tells whether the base is what the content says now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from vanban.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Row,
    Runs,
    StyleId,
    Table,
)
from vanban.identifier import Mark
from vanban.line_ends import NO_BREAK, WITHOUT_WIDTH
from vanban.ooxml.markup import Element
from vanban.ooxml.xml_text import escape, quoted
from vanban.provenance import Kind, Origin, TracedText, sources_of, traced
from vanban.render.docx_package import Hidden
from vanban.workspace.source import Scalar

NAMESPACE = "urn:vanban:base:1"
"""Of the custom XML part; another form of it gets another number."""

_VALUES, _TEXT = 8, 6
"""Hexadecimal digits of the two hashes in the name of a mark: more make files larger."""
MARK = re.compile(rf"_vb([0-9a-f]{{{_VALUES}}})([0-9a-f]{{{_TEXT}}})(_[0-9]+)?")
_FILE_MARK = "_vb_"
"""Begins the bookmark that names year and document."""
_MOST = 40
"""Letters that Word takes in the name of a bookmark."""

Address = Callable[[Origin], str]
"""Names a value of content as it stays named while others come and go: its file below the content
folder, ":", and its keys, items of a list by their ids."""


class Piece(Struct, frozen=True):
    """Some text of a paragraph that came to be in one way.

    That of a value has its address, and stands in it from its character ``at`` on. ``origins`` are
    where to change it; a base that was read from a file knows none.
    """

    text: str
    kind: Kind
    value: str = ""
    at: int = 0
    origins: tuple[Origin, ...] = ()


class BaseParagraph(Struct, frozen=True):
    """A paragraph as it was built; ``mark`` is the name of its bookmark, "" without one.

    One that is ``emphasised`` has words in another weight or slope than its style.
    """

    style: str
    pieces: tuple[Piece, ...]
    mark: str = ""
    emphasised: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def values(self) -> frozenset[str]:
        """The addresses of the values that it prints."""
        return frozenset(piece.value for piece in self.pieces if piece.value)


class Base(Struct, frozen=True):
    """A document as it was built: its paragraphs in the order of the Word file, tables by cells.

    ``values`` are the whole texts of the values by address.
    """

    document: str
    year: int
    agency: str
    paragraphs: tuple[BaseParagraph, ...]
    values: Mapping[str, str]


def same_text(text: str) -> str:
    """Return ``text`` as texts are compared: what only guides lines, and outer blanks, are gone."""
    plain = normalize("NFC", text).replace(NO_BREAK, " ").translate(WITHOUT_WIDTH)
    return " ".join(plain.split())


def with_marks(
    document: Document, year: int, agency: str, address: Address
) -> tuple[Document, Base]:
    """Return ``document`` with a mark on its paragraphs, and its base."""
    marker = _Marker(address)
    header, head = document.header, marker.unmarked
    head((StyleId.AGENCY, text) for text in header.names())
    head(((StyleId.NUMBER, header.number), (StyleId.SUBJECT, header.subject)))
    head(((StyleId.NUMBER, header.urgency), (StyleId.PLACE_DATE, header.place_date)))
    head(((StyleId.DOCUMENT_TYPE, header.document_type), (StyleId.ABSTRACT, header.abstract)))
    head(map(_line, header.addressee_blocks()))
    body = marker.blocks(document.body)
    head((StyleId.RECIPIENT, text) for text in document.closing_texts())
    annexes = []
    for annex in document.annexes:
        names = () if annex.head is None else annex.head.names()
        head((StyleId.AGENCY, text) for text in names)
        head(map(_line, (annex.heading, *annex.head_blocks())))
        annexes.append(replace(annex, blocks=marker.blocks(annex.blocks)))
    base = Base(document.id, year, agency, tuple(marker.paragraphs), marker.values)
    return replace(document, body=body, annexes=tuple(annexes)), base


def hidden_of(base: Base) -> Hidden:
    """Return what the Word file of ``base`` carries besides the marks of its paragraphs."""
    return Hidden(Mark(FIRST_NUMBER, file_mark(base.year, base.document)), base_part(base))


def file_mark(year: int, document_id: str) -> str:
    """Return the name of the bookmark by which a file is known: "_vb_2025_report_q3"."""
    return re.sub(r"\W", "_", f"{_FILE_MARK}{year}_{document_id}")[:_MOST]


def year_in(mark: str) -> int | None:
    """Return the year that the name of a bookmark gives, None where it is not that of a file."""
    found = re.match(rf"{_FILE_MARK}([12][0-9]{{3}})_", mark)
    return int(found[1]) if found is not None else None


def _line(paragraph: Paragraph) -> tuple[StyleId, str]:
    return paragraph.style, _joined(paragraph.runs)


def _joined(runs: Runs) -> TracedText:
    return traced(*(run.text for run in runs))


def _is_emphasised(runs: Runs) -> bool:
    return any(run.bold or run.italic for run in runs)


class _Marker:
    """Goes through a document in the order of the Word file."""

    def __init__(self, address: Address) -> None:
        self.paragraphs: list[BaseParagraph] = []
        self.values: dict[str, str] = {}
        self._address = address
        self._addresses: dict[int, str] = {}
        self._names: Counter[str] = Counter()
        self._number = FIRST_NUMBER

    def unmarked(self, lines: Iterable[tuple[str, str]]) -> None:
        for style, text in lines:
            if text.strip():
                self.paragraphs.append(BaseParagraph(style, self._pieces(text)))

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(self._block, blocks))

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph():
                text, emphasised = _joined(block.runs), _is_emphasised(block.runs)
                return replace(block, mark=self._mark(block.style, text, emphasised))
            case Heading():
                separator = "\n" if block.stacked else " "
                text = traced(block.label, separator, *(run.text for run in block.title))
                emphasised = _is_emphasised(block.title)
                return replace(block, mark=self._mark(block.style, text, emphasised))
            case Table():
                head = tuple(self._row(row, StyleId.TABLE_HEAD) for row in block.head)
                rows = tuple(self._row(row, StyleId.TABLE_CELL) for row in block.rows)
                return replace(block, head=head, rows=rows)

    def _row(self, row: Row, style: StyleId) -> Row:
        cells = []
        for cell in row.cells:
            text, emphasised = _joined(cell.runs), _is_emphasised(cell.runs)
            mark = self._mark(style, text, emphasised, typed_only=True)
            cells.append(cell if mark is None else replace(cell, mark=mark))
        return replace(row, cells=tuple(cells))

    def _mark(
        self, style: str, text: str, emphasised: bool, typed_only: bool = False
    ) -> Mark | None:
        """Note a paragraph and return its mark; of cells, only one with words of content has it."""
        if not text.strip():
            return None
        paragraph = BaseParagraph(style, self._pieces(text), emphasised=emphasised)
        if typed_only and not paragraph.values:
            self.paragraphs.append(paragraph)
            return None
        name = _name(paragraph, self._names)
        self.paragraphs.append(replace(paragraph, mark=name))
        self._number += 1
        return Mark(self._number, name)

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        return tuple(self._found(text))

    def _found(self, text: str) -> Iterator[Piece]:
        end = 0
        for source in sources_of(text):
            if source.start > end:
                yield Piece(str(text)[end : source.start], Kind.COMPUTED)
            words = str(text)[source.start : source.end]
            value, end = source.origins[0] if source.origins else None, source.end
            if source.is_typed and isinstance(value, Scalar):
                address = self._address_of(value)
                self.values[address] = str(value)
                yield Piece(words, source.kind, address, source.at, source.origins)
            else:
                kind = Kind.COMPUTED if source.is_typed else source.kind
                yield Piece(words, kind, origins=source.origins)
        if end < len(text):
            yield Piece(str(text)[end:], Kind.COMPUTED)

    def _address_of(self, origin: Origin) -> str:
        known = self._addresses.get(id(origin))
        if known is None:
            known = self._addresses[id(origin)] = self._address(origin)
        return known


FIRST_NUMBER = 1000
"""Marks are numbered from here on: the annexes have bookmarks of their own."""


def _name(paragraph: BaseParagraph, taken: Counter[str]) -> str:
    """Return "_vb", which values a paragraph prints, and its text, both by hash.

    A number follows where others before it print the same values.
    """
    text = same_text(paragraph.text)
    values = "\n".join(dict.fromkeys(piece.value for piece in paragraph.pieces if piece.value))
    code = _code(values or text, _VALUES)
    taken[code] += 1
    number = f"_{taken[code]}" if taken[code] > 1 else ""
    return f"_vb{code}{_code(text, _TEXT)}{number}"


def values_code(mark: str) -> tuple[str, str] | None:
    """Return the hash of the values in the name of a mark, and its number among its likes.

    None for the name of another bookmark.
    """
    found = MARK.fullmatch(mark)
    return (found[1], found[3] or "") if found is not None else None


def is_unchanged(mark: str, text: str) -> bool:
    """Say whether the paragraph with this mark still has the text that it was built with."""
    found = MARK.fullmatch(mark)
    return found is not None and found[2] == _code(same_text(text), _TEXT)


def _code(text: str, digits: int) -> str:
    return sha256(text.encode()).hexdigest()[:digits]


# --- the custom XML part ----------------------------------------------------------------------


def base_part(base: Base) -> bytes:
    """Return the base as the custom XML part of a Word file."""
    numbers = {address: str(number) for number, address in enumerate(base.values)}
    pieces = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<base xmlns={quoted(NAMESPACE)} document={quoted(base.document)}"
        f' year="{base.year}" agency={quoted(base.agency)}>'
    ]
    for address, text in base.values.items():
        pieces.append(f"<v a={quoted(address)}>{escape(text)}</v>")
    for paragraph in base.paragraphs:
        mark = ' m=""' if paragraph.mark else ""
        mark += ' e=""' if paragraph.emphasised else ""
        pieces.append(f'<p s="{paragraph.style}"{mark}>')
        for piece in paragraph.pieces:
            whole = base.values.get(piece.value, "")
            if not piece.value:
                pieces.append(f'<c k="{piece.kind}">{escape(piece.text)}</c>')
            elif whole[piece.at : piece.at + len(piece.text)] == piece.text:
                number = numbers[piece.value]
                pieces.append(f'<t v="{number}" a="{piece.at}" n="{len(piece.text)}"/>')
            else:
                text = escape(piece.text)
                pieces.append(f'<t v="{numbers[piece.value]}" a="{piece.at}">{text}</t>')
        pieces.append("</p>")
    return "".join((*pieces, "</base>")).encode()


def read_base(root: Element) -> Base | None:
    """Return the base that a custom XML part holds, None where it is none of ours or damaged."""
    if root.tag != f"{{{NAMESPACE}}}base":
        return None
    try:
        values = [(each.get("a", ""), each.text or "") for each in root.iter(f"{{{NAMESPACE}}}v")]
        names: Counter[str] = Counter()
        paragraphs = []
        for each in root.iter(f"{{{NAMESPACE}}}p"):
            pieces = tuple(_read_piece(one, values) for one in each)
            if not any(piece.text.strip() for piece in pieces):
                raise ValueError("a paragraph without words")
            emphasised = each.get("e") is not None
            paragraph = BaseParagraph(each.get("s", ""), pieces, emphasised=emphasised)
            mark = "" if each.get("m") is None else _name(paragraph, names)
            paragraphs.append(replace(paragraph, mark=mark))
        document, agency = root.get("document", ""), root.get("agency", "")
        return Base(document, int(root.get("year", "")), agency, tuple(paragraphs), dict(values))
    except (ValueError, LookupError):
        return None


def _read_piece(element: Element, values: list[tuple[str, str]]) -> Piece:
    if element.tag == f"{{{NAMESPACE}}}c":
        return Piece(element.text or "", Kind(element.get("k", "")))
    address, whole = values[int(element.get("v", ""))]
    at = int(element.get("a", ""))
    text = element.text or whole[at : at + int(element.get("n", "0"))]
    return Piece(text, Kind.TYPED, address, at)
