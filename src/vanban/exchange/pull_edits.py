"""A paragraph as it was built and as it stands in the file → edits of the values that it prints.

What was changed inside words of one value of content is an edit of that value, at its place there;
words added between a value and something else go to the value. What touches words of an outline,
or what the program computed, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from unicodedata import normalize

from msgspec import Struct

from vanban.exchange.marks import BaseParagraph, Piece, same_text
from vanban.exchange.word_diff import Kind, diff_words
from vanban.exchange.word_diff import Piece as Stretch
from vanban.line_ends import WITHOUT_WIDTH


class ValueEdit(Struct, frozen=True):
    """The characters ``start`` to ``end`` of the value at an address become ``new``."""

    value: str
    start: int
    end: int
    new: str


class Refused(Struct, frozen=True):
    """A change that is in no words of content: the piece that it touches.

    ``old`` and ``new`` are the whole paragraph without and with this change alone.
    """

    piece: Piece
    old: str
    new: str


def paragraph_edits(
    base: BaseParagraph, text: str, values: Mapping[str, str]
) -> tuple[ValueEdit | Refused, ...]:
    """Return what became of a paragraph whose text is now ``text``, in order.

    ``values`` are the whole texts of the values; one that is printed in capitals is not edited.
    """
    old, new = _flat(base.text), _flat(text).strip()
    if same_text(old) == same_text(new):
        return ()
    found = tuple(_edits(base, old, new, values))
    if any(isinstance(each, Refused) for each in found):
        return _between(base, new, values) or found
    return found


def _flat(text: str) -> str:
    """Return ``text`` with plain blanks, of as many letters but for what only guides lines."""
    return re.sub(r"\s", " ", normalize("NFC", text).translate(WITHOUT_WIDTH))


def _edits(
    base: BaseParagraph, old: str, new: str, values: Mapping[str, str]
) -> Iterator[ValueEdit | Refused]:
    starts = [0, *accumulate(len(piece.text) for piece in base.pieces)]
    for start, gone, come in _changes(old, new):
        end = start + len(gone)
        if gone.strip() or come.strip():
            number = _piece_of(base.pieces, starts, start, end)
            piece = base.pieces[number]
            at = piece.at + start - starts[number]
            within = starts[number] <= start and end <= starts[number + 1]
            if within and is_as_typed(piece, values):
                yield ValueEdit(piece.value, at, at + len(gone), come)
            else:
                yield Refused(piece, old, old[:start] + come + old[end:])


def _changes(old: str, new: str) -> Iterator[tuple[int, str, str]]:
    """Yield where in ``old`` something changed, what is gone and what has come."""
    at, gone, come = 0, "", ""
    for piece in diff_words(old, new):
        if piece.kind is Kind.OUT:
            gone = piece.text
        elif piece.kind is Kind.IN:
            come = piece.text
        else:
            if gone or come:
                yield _narrowed(at, gone, come)
            at, gone, come = at + len(gone) + len(piece.text), "", ""
    if gone or come:
        yield _narrowed(at, gone, come)


def _narrowed(at: int, gone: str, come: str) -> tuple[int, str, str]:
    """Leave out the blanks around what is gone; they may belong to what stands beside it."""
    while gone[:1] == " " and come[:1] in (" ", ""):
        at, gone, come = at + 1, gone[1:], come[1:]
    while gone[-1:] == " " and come[-1:] in (" ", ""):
        gone, come = gone[:-1], come[:-1]
    return at, gone, come


def _piece_of(pieces: tuple[Piece, ...], starts: list[int], start: int, end: int) -> int:
    """Return which piece a change belongs to: one of content, else the first that is touched."""
    touched = [
        number
        for number in range(len(pieces))
        if starts[number] <= end and start <= starts[number + 1]
    ]
    if start < end:
        inside = [n for n in touched if starts[n] < end and start < starts[n + 1]]
        others = [n for n in inside if not pieces[n].value]
        return (others or inside)[0]
    return min(touched, key=lambda number: not pieces[number].value)


def is_as_typed(piece: Piece, values: Mapping[str, str]) -> bool:
    """Say whether a piece is words of a value, letter for letter."""
    return values.get(piece.value, "")[piece.at : piece.at + len(piece.text)] == piece.text != ""


def _between(base: BaseParagraph, new: str, values: Mapping[str, str]) -> tuple[ValueEdit, ...]:
    """Return the edit of the only value of a paragraph that stands between what was kept."""
    typed = [number for number, piece in enumerate(base.pieces) if piece.value]
    if len(typed) != 1 or not is_as_typed(base.pieces[typed[0]], values):
        return ()
    (number,) = typed
    before = _flat("".join(piece.text for piece in base.pieces[:number]))
    after = _flat("".join(piece.text for piece in base.pieces[number + 1 :]))
    if not (new.startswith(before) and new.endswith(after)):
        return ()
    piece, end = base.pieces[number], len(new) - len(after)
    if end < len(before) or not new[len(before) : end].strip():
        return ()
    words = new[len(before) : end]
    return (ValueEdit(piece.value, piece.at, piece.at + len(piece.text), words),)


def edited(text: str, edits: Iterable[ValueEdit]) -> str:
    """Return the text of a value with ``edits`` made."""
    for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return " ".join(text.split())


AROUND = 24
"""Letters of what stayed the same that :func:`shown` keeps on each side of a change."""


def shown(old: str, new: str) -> str:
    """Return what differs as one line: "… giải quyết [-98-]{+99+} hồ sơ …"."""
    signs = {Kind.OUT: "[-{}-]", Kind.IN: "{{+{}+}}", Kind.SAME: "{}"}
    return "".join(signs[piece.kind].format(piece.text) for piece in shown_pieces(old, new))


def shown_pieces(old: str, new: str) -> tuple[Stretch, ...]:
    """Return what differs, and of what stayed the same the words around."""
    pieces = diff_words(old, new)
    last = len(pieces) - 1
    return tuple(
        Stretch(piece.kind, _shortened(piece.text, number > 0, number < last))
        if piece.kind is Kind.SAME
        else piece
        for number, piece in enumerate(pieces)
    )


def _shortened(text: str, follows: bool, goes_on: bool) -> str:
    """Return what is the same without its middle, or the end that no change is near to."""
    if len(text) <= AROUND * (follows + goes_on) + 3:
        return text
    left = text[:AROUND].rsplit(" ", 1)[0] + " " if follows else ""
    right = " " + text[-AROUND:].split(" ", 1)[-1] if goes_on else ""
    return f"{left}…{right}"
