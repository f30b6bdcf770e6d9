"""Lengths that follow from text, measured once for both renderers, in points (pt).

Rules under motto, agency and abstract; nudges, which keep two layout engines from breaking a line
differently because a word fits by a hair in one and not in the other; rows that may be split.

Decree 30/2020/NĐ-CP, Annex I, II.1, II.2 and II.5: the rule under the motto is as long as its
line; those under agency and abstract are a third to a half of the line of text, here of the
longest line where the text runs over several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from unicodedata import bidirectional

from msgspec import Struct
from msgspec.structs import replace

from vanban.document import Document, Header, Heading, Paragraph, Row, Run, Runs, StyleId, Table
from vanban.errors import ContentError, Place, Problem
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import Frame, ParagraphStyle
from vanban.layout.lines import (
    CELL_DOUBT,
    DOUBT,
    Line,
    Measure,
    best_nudge,
    break_lines,
    pieces_of,
)
from vanban.line_ends import plain
from vanban.nd30.paper_forms import URGENCIES
from vanban.ooxml.word_file import PageSetup
from vanban.provenance import sources_of, traced

SHARE = 0.42
"""Of the longest line; between a third and a half."""

SIGNATURE_LINES = 4
"""Empty lines between title and name, for signature and seal; habit, the decree is silent."""

PT_PER_MM = 72 / 25.4

STAMP_LINE, STAMP_SPACE = 0.75, 1.0
"""pt: the line around an urgency, and what is left above and below the word."""

PICTURE_FOOT = 0.2
"""pt: what letters of 1 pt leave below a picture that stands on their line."""

NO_DOUBT = (0.0, 0.0)
"""Of paragraphs that are never nudged."""


class Rule(Struct, frozen=True):
    """A rule inside a box ``width`` wide: equal indents on both sides leave its length."""

    width: float
    length: float

    @property
    def indent(self) -> float:
        return max((self.width - self.length) / 2, 0)


class Stamp(Struct, frozen=True):
    """A word in a box in the middle of a column that is ``width`` wide: "KHẨN"."""

    text: str
    width: float

    @property
    def indent(self) -> float:
        """What is left on either side of the box."""
        return (self.width - URGENCIES[plain(self.text)] * PT_PER_MM) / 2


def stamps_of(header: Header, frame: Frame) -> tuple[Stamp, ...]:
    """Return the box of the urgency, which stands in the left column of the head, if any."""
    return (Stamp(header.urgency, frame.header_widths[0]),) if header.urgency else ()


def heading_lines(heading: Heading) -> tuple[Runs, ...]:
    """Return what a heading prints: label above title, or both on one line."""
    if heading.stacked:
        return (Run(heading.label),), heading.title
    return ((Run(traced(heading.label, " ")), *heading.title),)


def with_keeping(table: Table) -> Iterator[tuple[Row, bool]]:
    """Yield each row of a table's body, and whether it stays on the page of the next.

    The heading of a group does, every row of a chart, and the last row but one: none stands alone
    on the last page.
    """
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows):
        kept = row.is_heading or bool(table.description) or number == last - 1
        yield row, kept if number < last else table.keep_with_next


class Fitted(Struct, frozen=True):
    """The lines of ``runs`` within ``space``, what indents and ``nudge`` leave of the box, pt."""

    runs: Runs
    nudge: float
    space: float
    lines: tuple[Line, ...]

    def with_line_ends(self, mark: str) -> Runs:
        """Return the runs with ``mark`` wherever a line ends inside a word that is wider than it.

        All engines begin such a word on a line of its own and break it at any letter. What ends
        there would have room behind a sign or two, so the line of these is marked as well.
        """
        if not any(line.cut for line in self.lines):
            return self.runs
        ends: dict[int, list[int]] = {}
        for line, following in pairwise((*self.lines, self.lines[-1])):
            if line.cut or (following.cut and not line.blanks):
                last = line.stretches[-1]
                ends.setdefault(id(last.run), []).append(last.start + len(last.text))
        return tuple(
            replace(run, text=mark.join(_split(run.text, ends[id(run)])))
            if id(run) in ends
            else run
            for run in self.runs
        )


def _split(text: str, ends: Sequence[int]) -> Iterator[str]:
    for start, end in pairwise((0, *ends, len(text))):
        yield text[start:end]


class Rules(Struct, frozen=True):
    agency: Rule
    motto: Rule
    abstract: Rule


class Layout:
    """The measures of one document: its rules, the lines and the nudge of any of its paragraphs."""

    def __init__(self, document: Document, frame: Frame, times: TimesFamily) -> None:
        """Measure ``document``; raises ContentError for characters that the font lacks."""
        check_glyphs(document, times)
        self.frame = frame
        self.times = times
        self.measure = Measure(times)
        self._fitted: dict[tuple[int, str, float, tuple[float, float]], Fitted] = {}
        self.rules = _measure_rules(self, document)

    def __getstate__(self) -> dict[str, object]:
        return {**vars(self), "_fitted": {}}  # it goes by identity, which another process has not

    def fitted(self, runs: Runs, style_id: StyleId, width: float) -> Fitted:
        """Return the lines of a paragraph in a box ``width`` wide, and its nudge, mostly 0.

        The nudge is an extra right indent. With it no word comes closer to the margin than
        :data:`DOUBT`, so that Word, LibreOffice and WeasyPrint, which round differently, break the
        same lines.
        """
        return self._fit(runs, style_id, width, DOUBT)

    def fitted_cell(self, runs: Runs, style_id: StyleId, column: float) -> Fitted:
        """Return the same for a cell of a bordered table in a column ``column`` wide."""
        return self._fit(runs, style_id, self.cell_width(column), CELL_DOUBT)

    def unfitted(self, runs: Runs, style_id: StyleId, width: float) -> Fitted:
        """Return the lines of a paragraph that is never nudged: of the head, of the signature."""
        return self._fit(runs, style_id, width, NO_DOUBT)

    def aside(self, paragraph: Paragraph, page: PageSetup) -> float:
        """Return how far to the right of the margin a paragraph on the right begins, else 0.

        It is as wide as the right column of the head, where place and date stand.
        """
        return page.text_width - self.frame.header_widths[-1] if paragraph.right else 0.0

    def cell_width(self, column: float) -> float:
        """Return the width of the text in a cell of a bordered table; Word counts in twips."""
        _, right, _, left = self.frame.table.padding
        return round(column * 20) / 20 - right - left

    def may_split(self, row: Row, columns: Sequence[float], page: PageSetup) -> bool:
        """Say whether a row of a table's body may run over the foot of a ``page``.

        A row that is higher than half of the text may, in columns of these widths; others go to
        the next page as a whole, so that a split row is rare and a hole not too large.
        """
        style = self.frame.styles[StyleId.TABLE_CELL]
        most = page.text_height / 2 / style.pitch
        return any(
            len(cell.text) > most  # fewer letters cannot fill so many lines
            and len(self.fitted_cell(cell.runs, StyleId.TABLE_CELL, width).lines) > most
            for cell, width in row.placed(columns)
        )

    def is_whole(self, table: Table, columns: Sequence[float], page: PageSetup) -> bool:
        """Say whether all rows of a table, several, are kept together, none with what follows."""
        *kept, last = [keep for _, keep in with_keeping(table)] or [False]
        split = (self.may_split(row, columns, page) for row in table.rows)
        return bool(kept) and all(kept) and not last and not any(split)

    def _fit(
        self, runs: Runs, style_id: StyleId, width: float, doubt: tuple[float, float]
    ) -> Fitted:
        known = (id(runs), style_id, width, doubt)  # equal runs may come from different places
        if known not in self._fitted:
            style = self.frame.styles[style_id]
            space = width - style.left - style.right
            pieces = tuple(pieces_of(runs, style, self.measure))
            nudge = 0.0
            if doubt != NO_DOUBT:
                nudge = best_nudge(pieces, style, space, self.measure, doubt)
            lines = break_lines(pieces, style, space - nudge, self.measure)
            self._fitted[known] = Fitted(runs, nudge, space - nudge, lines)
        return self._fitted[known]


def check_glyphs(
    document: Document, times: TimesFamily, typed: Mapping[Path, str] | None = None
) -> None:
    """Raise ContentError naming every text with a character that cannot be printed.

    The font does not have it, or it is of a script from right to left. ``typed`` are the files that
    the texts come from, by which a character gets its place where its text does not know it.
    """
    lines = tuple(document.lines())
    missing = _missing({*"".join(lines)} - {"\n"}, times)
    if not missing:
        return
    problems = []
    for text in lines:
        found = missing.intersection(text)
        if found:
            first = min(found, key=text.index)
            place = _place_of(text, text.index(first)) or _typed_at(text, first, typed or {})
            problems.append(Problem(place or Place(Path(document.id)), "", _unprinted(found, text)))
    raise ContentError(problems)


def _unprinted(signs: set[str], text: str) -> str:
    names = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in sorted(signs))
    shown = f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
    if any(map(_is_from_right, signs)):
        return f"không in được ký tự viết từ phải sang trái {names} trong {shown} — thay ký tự khác"
    return f"phông chữ không có ký tự {names} trong {shown} — thay ký tự khác"


def _is_from_right(sign: str) -> bool:
    """Say whether a letter goes from right to left, or turns the direction of others."""
    return sign > "\u0590" and bidirectional(sign) in _FROM_RIGHT


_FROM_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF"))


def _missing(characters: set[str], times: TimesFamily) -> set[str]:
    return {sign for sign in characters if _is_from_right(sign)} | {
        sign
        for bold in (False, True)
        for italic in (False, True)
        for sign in times.face(bold, italic).missing_characters(characters)
    }


def _place_of(text: str, at: int) -> Place | None:
    """Return where the character ``at`` of a text was typed, as far as the text knows."""
    for source in sources_of(text):
        if source.start <= at < source.end and source.origins:
            return source.place_at(at)
    return None


def _typed_at(text: str, sign: str, typed: Mapping[Path, str]) -> Place | None:
    """Return where ``sign`` of ``text`` was typed: with its word, else the first that there is."""
    at = text.index(sign)
    before = text[:at].rpartition(" ")[2]
    after = text[at:].partition(" ")[0]
    for words, offset in ((before + after, len(before)), (sign, 0)):
        for file, written in typed.items():
            found = written.find(words)
            if found >= 0:
                found += offset
                line = written.count("\n", 0, found) + 1
                return Place(file, line, found - written.rfind("\n", 0, found))
    return None


def _measure_rules(layout: Layout, document: Document) -> Rules:
    """Measure the three rules of the head of ``document``."""
    left, right = layout.frame.header_widths
    width = layout.frame.page.text_width
    header = document.header
    title = StyleId.ABSTRACT if header.abstract else StyleId.DOCUMENT_TYPE

    def longest(texts: tuple[str, ...], style_id: StyleId, width: float) -> float:
        lines = (
            line.width
            for text in texts
            for line in layout.unfitted((Run(text),), style_id, width).lines
        )
        return max(lines, default=0.0)

    return Rules(
        agency=Rule(left, SHARE * longest(header.agency, StyleId.AGENCY, left)),
        motto=Rule(right, longest((header.motto,), StyleId.MOTTO, right)),
        abstract=Rule(
            width, SHARE * longest((header.abstract or header.document_type,), title, width)
        ),
    )


def text_width(text: str, style: ParagraphStyle, times: TimesFamily) -> float:
    """Return the width of ``text`` on one line; neither output kerns or makes ligatures."""
    return times.advance(text, bold=style.bold, italic=style.italic) * style.size
