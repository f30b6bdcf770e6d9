"""Runs → lines: a line takes the words that fit, by the plain advances of the face (pt).

Word does not kern by default, makes no ligatures and does not hyphenate. A line may end at a blank,
which then stands nowhere, and where :mod:`vanban.line_ends` says. What is wider than a line begins
one of its own and breaks anywhere, the first word of a paragraph behind slashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from vanban.document import Run, Runs
from vanban.layout.fonts import Face, TimesFamily
from vanban.layout.frame import ParagraphStyle
from vanban.line_ends import MAY_BREAK, PLACE

_UNIT = rf"(?:\w+|[^\w {MAY_BREAK}])"
_PIECE = re.compile(rf"(?:{_UNIT}(?:(?!{PLACE}){_UNIT})*)?(?: +|{MAY_BREAK}|)")
"""Up to the next place where a line may end, with the blanks there."""
_SLASH = re.compile(r"(?<!\d)/|/(?!\d)")
"""Behind one of these a line may end, but not in a date."""


class Stretch(Struct, frozen=True):
    """Characters of one run that stand on one line; ``left`` and ``width`` within it, pt.

    ``blanks`` are those that grow where the line is justified.
    """

    run: Run
    start: int
    text: str
    left: float
    width: float
    blanks: int


class Line(Struct, frozen=True):
    """A line: its stretches from the left, the width of its words, the blanks between them.

    It is ``cut`` where it ends inside a piece that is wider than a line.
    """

    stretches: tuple[Stretch, ...]
    width: float
    blanks: int
    is_last: bool
    cut: bool = False


_Part = tuple[Run, int, str, float]
"""Characters of one run: the run, where in it, the characters, their width in pt."""


class Piece(Struct, frozen=True):
    """What no line break parts, with the ``blanks`` behind it; ``parts`` go over several runs."""

    parts: tuple[_Part, ...]
    width: float
    blanks: _Part | None = None

    @property
    def gap(self) -> float:
        return self.blanks[-1] if self.blanks is not None else 0.0


class _Widths(dict[str, float]):
    """The widths of texts in one face, em, each worked out once."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, text: str) -> float:
        widths = self._face.widths
        width = self[text] = sum(widths[ord(character)] for character in text)
        return width


class Measure:
    """The widths of words in one size of the family, each measured once."""

    def __init__(self, times: TimesFamily) -> None:
        self._times = times
        self._known: dict[tuple[bool, bool], _Widths] = {}

    def face(self, bold: bool, italic: bool) -> Face:
        return self._times.face(bold, italic)

    def widths(self, bold: bool, italic: bool) -> Mapping[str, float]:
        """Return the widths of all texts in a face, em."""
        known = self._known.get((bold, italic))
        if known is None:
            known = self._known[bold, italic] = _Widths(self._times.face(bold, italic))
        return known

    def width(self, text: str, bold: bool, italic: bool) -> float:
        """Return the width of ``text`` in em."""
        return self.widths(bold, italic)[text]


def break_lines(
    pieces: Iterable[Piece], style: ParagraphStyle, space: float, measure: Measure
) -> tuple[Line, ...]:
    """Return the lines of a paragraph ``space`` wide within its indents; at least one.

    The first begins after the indent of first lines.
    """
    breaker = _Breaker(style, space, measure)
    for piece in pieces:
        breaker.add(piece)
    return tuple(breaker.finish())


class _Breaker:
    def __init__(self, style: ParagraphStyle, space: float, measure: Measure) -> None:
        self.style, self.space, self.measure = style, space, measure
        self.lines: list[Line] = []
        self.held: list[Piece] = []
        self.position = style.first_line

    def add(self, piece: Piece) -> None:
        rest = self.space - self.position - piece.width
        if rest < 0 and self.held and round(rest, 6) < 0:
            self.end_line()
        if not self.held and self.position + piece.width > self.space:
            piece = self.cut(piece)
        self.held.append(piece)
        self.position += piece.width + piece.gap

    def cut(self, piece: Piece) -> Piece:
        """Set the full lines of a piece wider than one; return what is left of it."""
        begins = not self.lines
        *lines, rest = _cut(piece, self.style, self.space, self.position, self.measure, begins)
        for line in lines:
            self.held = [line]
            self.end_line(cut=True)
        return rest

    def end_line(self, is_last: bool = False, cut: bool = False) -> None:
        self.lines.append(_line(self.held, is_last, cut))
        self.held, self.position = [], 0.0

    def finish(self) -> list[Line]:
        if self.held or not self.lines:
            self.end_line(is_last=True)
        return self.lines


def _cut(
    piece: Piece,
    style: ParagraphStyle,
    space: float,
    position: float,
    measure: Measure,
    begins: bool,
) -> Iterator[Piece]:
    """Yield a piece wider than a line by its lines, the first from ``position`` on.

    One that ``begins`` a paragraph ends its lines behind slashes, as LibreOffice does where it
    finds no blank to go back to.
    """
    fitting = list[_Part]()
    for run, start, text, _ in piece.parts:
        widths = measure.face(style.bold or run.bold, style.italic or run.italic).widths
        first, width = 0, 0.0
        for at, character in enumerate(text):
            advance = widths[ord(character)] * style.size
            while position + width + advance > space and (at > first or fitting):
                end = _behind_slash(text, first, at) if begins else at
                left = sum(widths[ord(each)] for each in text[end:at]) * style.size
                if end > first:
                    fitting.append((run, start + first, text[first:end], width - left))
                yield _joined(fitting)
                fitting, position, first, width = [], 0.0, end, left
            width += advance
        fitting.append((run, start + first, text[first:], width))
        position += width
    yield Piece(tuple(fitting), sum(width for *_, width in fitting), piece.blanks)


def _behind_slash(text: str, first: int, end: int) -> int:
    """Return the last place behind a slash within a line ``first`` to ``end``, else its end.

    There is none where a no-break hyphen follows on the line.
    """
    places = (found.end() for found in _SLASH.finditer(text, first, end))
    place = max((place for place in places if place < end), default=end)
    return end if "-" in text[place:end] else place


def _joined(parts: Sequence[_Part], blanks: _Part | None = None) -> Piece:
    width = parts[0][-1] if len(parts) == 1 else sum(width for *_, width in parts)
    return Piece(tuple(parts), width, blanks)


def parts_of_word(word: str) -> list[str]:
    """Return the parts of a word without blanks that may stand on lines of their own."""
    return [found[0] for found in _PIECE.finditer(word) if found[0]] or [word]


def pieces_of(runs: Runs, style: ParagraphStyle, measure: Measure) -> Iterator[Piece]:
    """Yield the pieces of ``runs``; a piece may go over several of them."""
    text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
    parts_of = _Parts(runs, style, measure)
    at, end, match = 0, len(text), _PIECE.match
    while at < end:
        found = match(text, at)
        assert found is not None
        whole = found[0]
        word = whole.rstrip(" ")
        parts = parts_of.next(len(word))
        at += len(whole)
        if len(word) == len(whole):
            yield _joined(parts)
            continue
        for blanks in parts_of.next(len(whole) - len(word)):
            yield _joined(parts, blanks)
            parts = []


class _Parts:
    """Takes the runs of a paragraph apart, from the first character on."""

    def __init__(self, runs: Runs, style: ParagraphStyle, measure: Measure) -> None:
        self.runs, self.style, self.measure = iter(runs), style, measure
        self.start, self.text = 0, ""

    def _begin(self) -> None:
        """Go on with the next run that has text; what is cut of that need not know its origin."""
        self.run = next(run for run in self.runs if run.text)
        self.start, self.text = 0, str(self.run.text)
        style = self.style
        self.widths = self.measure.widths(
            style.bold or self.run.bold, style.italic or self.run.italic
        )

    def next(self, length: int) -> list[_Part]:
        """Return the next characters, by runs."""
        parts = []
        while length:
            if self.start == len(self.text):
                self._begin()
            text = self.text[self.start : self.start + length]
            parts.append((self.run, self.start, text, self.widths[text] * self.style.size))
            self.start += len(text)
            length -= len(text)
        return parts


def _line(pieces: Sequence[Piece], is_last: bool, cut: bool) -> Line:
    """Join the pieces of a line: neighbours of one run are one stretch; the last blanks go."""
    stretches: list[Stretch] = []
    position, blanks = 0.0, 0
    run: Run | None = None
    start, text, left, width, inside = 0, "", 0.0, 0.0, 0

    def close() -> None:
        if run is not None and text:
            stretches.append(Stretch(run, start, text, left, width, inside))

    for number, piece in enumerate(pieces, 1):
        parts, grow = piece.parts, 0
        if piece.blanks is not None and number < len(pieces):
            parts, grow = (*parts, piece.blanks), len(piece.blanks[2])
        for part_run, part_start, part_text, part_width in parts:
            if part_run is not run:
                close()
                run, start, text, left, width, inside = part_run, part_start, "", position, 0.0, 0
            text += part_text
            width += part_width
            position += part_width
        inside += grow
        blanks += grow
    close()
    return Line(tuple(stretches), position, blanks, is_last, cut)


# --- where engines might differ -------------------------------------------------------------------

DOUBT = (-0.15, 0.25)
"""How far a word may reach beyond the margin, or stay short of it, before engines disagree.

LibreOffice 7.4 needs 0.04 to 0.12 pt more than the sum of the advances, WeasyPrint none.
"""

CELL_DOUBT = (-0.75, 0.5)
"""In table cells there is more room to spare than in lines of the text."""

NUDGES = tuple(step * 0.5 for step in range(12))
"""Tried in turn; the eye does not see them."""

FINE_NUDGES = tuple(step / 10 for step in range(60))
"""For texts of so many lines that some word is in doubt with every nudge: the best is taken."""


CUT_DOUBT = 0.2
"""How near to the margin a letter may end on either side where a word wider than a line is cut:
LibreOffice lets one reach over it by up to 0.06 pt."""


def best_nudge(
    pieces: Sequence[Piece],
    style: ParagraphStyle,
    space: float,
    measure: Measure,
    doubt: tuple[float, float],
) -> float:
    """Return the smallest nudge with which no word ends in ``doubt``, else the one with which the
    nearest word ends farthest from the margin."""
    least, most = doubt
    for nudge in NUDGES:
        slacks = _slacks(pieces, style, space - nudge, measure)
        if not any(least < slack < most for slack in slacks):
            return nudge

    def clearance(nudge: float) -> float:
        """Return how far from the margin the nearest word ends that might go on either line."""
        return min(map(abs, _slacks(pieces, style, space - nudge, measure)), default=0.0)

    return max(FINE_NUDGES, key=clearance)


def _slacks(
    pieces: Sequence[Piece], style: ParagraphStyle, space: float, measure: Measure
) -> Iterator[float]:
    """Yield what is left of the line after every piece but a line's first; less than 0: it goes on
    the next line. Of one wider than a line, what is left after letters that end near the margin."""
    position = style.first_line
    start = True
    for piece in pieces:
        slack = round(space - position - piece.width, 6)
        if not start:
            yield slack
        if slack < 0:
            position = style.first_line if start else 0.0
            if position + piece.width > space:
                *lines, piece = _cut(piece, style, space, position, measure, start)
                for line, below in pairwise((*lines, piece)):
                    rest = space - position - line.width
                    letter = rest - _first_letter(below, style, measure)
                    yield from (each for each in (rest, letter) if abs(each) < CUT_DOUBT)
                    position = 0.0
        position += piece.width + piece.gap
        start = False


def _first_letter(piece: Piece, style: ParagraphStyle, measure: Measure) -> float:
    """Return the width of the first letter of a piece, pt."""
    run, _, text, _ = piece.parts[0]
    bold, italic = style.bold or run.bold, style.italic or run.italic
    return measure.width(text[0], bold, italic) * style.size
