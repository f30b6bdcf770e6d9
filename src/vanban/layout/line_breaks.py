"""Where the lines of a paragraph break: after the words that fit, by the widths of the face, in pt.

Word, LibreOffice and WeasyPrint all fill a line with the words that fit; they differ by a hair in
how wide a line is. All takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from vanban.document import Runs
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import ParagraphStyle

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

Pieces = list[tuple[float, float]]
"""Width of each unbreakable piece of a paragraph, and of the space after it."""


def pieces(runs: Runs, style: ParagraphStyle, times: TimesFamily) -> Pieces:
    """Measure the pieces between the places where a line may break: spaces and hyphens."""
    found: Pieces = []
    piece = 0.0
    for run in runs:
        widths = times.face(style.bold or run.bold, style.italic or run.italic).widths
        for character, following in zip(run.text, run.text[1:] + " ", strict=True):
            width = widths[ord(character)] * style.size
            if character == " ":
                found.append((piece, width))
                piece = 0.0
                continue
            piece += width
            if character in "-–" and (following.isalnum()):
                found.append((piece, 0.0))
                piece = 0.0
    if piece:
        found.append((piece, 0.0))
    return found


def _slacks(pieces: Pieces, first_line: float, space: float) -> Iterator[float]:
    """Yield what is left of the line after every piece but a line's first; less than 0: it goes on
    the next line."""
    position = first_line
    start = True
    for width, gap in pieces:
        slack = round(space - position - width, 6)
        if not start:
            yield slack
            if slack < 0:
                position = 0.0
        position += width + gap
        start = False


def best_nudge(
    pieces: Pieces, style: ParagraphStyle, space: float, doubt: tuple[float, float]
) -> float:
    """Return the smallest nudge with which no word ends in ``doubt``, else the one with which the
    nearest word ends farthest from the margin."""
    for nudge in NUDGES:
        slacks = _slacks(pieces, style.first_line, space - nudge)
        if not any(doubt[0] < slack < doubt[1] for slack in slacks):
            return nudge
    return max(FINE_NUDGES, key=lambda nudge: _clearance(pieces, style.first_line, space - nudge))


def _clearance(pieces: Pieces, first_line: float, space: float) -> float:
    """Return how far from the margin the nearest word ends that might go on either line."""
    return min((abs(slack) for slack in _slacks(pieces, first_line, space)), default=0.0)


def line_count(pieces: Pieces, first_line: float, space: float) -> int:
    """Return the lines of the paragraph; a piece wider than ``space`` takes several."""
    wrapped = sum(slack < 0 for slack in _slacks(pieces, first_line, space))
    return 1 + wrapped + sum(int(width // space) for width, _ in pieces)


def with_line_ends(
    runs: Runs, style: ParagraphStyle, space: float, times: TimesFamily, mark: str
) -> Runs:
    """Return ``runs`` with ``mark`` wherever a line ends inside a piece wider than ``space``.

    All three engines begin such a piece on a line of its own and break it at any letter. One that
    goes on in another look is left as it is.
    """
    first_line = style.first_line
    marked = []
    for run in runs:
        widths = times.face(style.bold or run.bold, style.italic or run.italic).widths
        text = ""
        for piece in _AFTER_PIECE.split(run.text):
            if first_line + len(piece) * style.size > space:  # no letter is wider than an em
                piece = mark.join(_fitting(piece, widths, style.size, space, first_line))
            text += piece
            first_line = 0.0
        marked.append(replace(run, text=text))
    return tuple(marked)


_AFTER_PIECE = re.compile(r"(?<= )|(?<=[-–])(?=[^\W_])")


def _fitting(
    piece: str, widths: Mapping[int, float], size: float, space: float, first_line: float
) -> Iterator[str]:
    """Yield the parts of ``piece`` that fill one line each, the first after ``first_line``."""
    position, start = first_line, 0
    for end, character in enumerate(piece):
        width = widths[ord(character)] * size
        if position + width > space and start < end and character != " ":
            yield piece[start:end]
            position, start = 0.0, end
        position += width
    yield piece[start:]
