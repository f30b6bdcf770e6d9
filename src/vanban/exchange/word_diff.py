"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

_TOKEN = re.compile(r"(?P<word>\w+(?:[.,:/\-–]\w+)*%?|[^\w\s])?(?P<blanks>\s*)")
"""A word, number, date, symbol of a document ("35/KH-UBND") or sign, with the blanks behind it."""


class Kind(StrEnum):
    """In which of the two texts a piece stands."""

    SAME = "same"
    OUT = "out"
    IN = "in"


class Piece(Struct, frozen=True):
    """Characters of both texts, or only of the old (``OUT``) or the new (``IN``)."""

    kind: Kind
    text: str


def diff_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order; neighbours differ in kind, and none is empty.

    Those that are ``SAME`` or ``OUT`` make up ``old``, those that are ``SAME`` or ``IN`` ``new``.
    """
    if old == new:
        return _joined(((Kind.SAME, old),))
    before, after = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, _words(before), _words(after), autojunk=False)
    pieces: list[tuple[Kind, str]] = []
    for tag, first, end, start, stop in matcher.get_opcodes():
        if tag == "equal":
            for (word, gap), (_, other) in zip(before[first:end], after[start:stop], strict=True):
                same = gap == other
                pieces.append((Kind.SAME, word + gap if same else word))
                pieces += () if same else ((Kind.OUT, gap), (Kind.IN, other))
        else:
            pieces.append((Kind.OUT, "".join(map("".join, before[first:end]))))
            pieces.append((Kind.IN, "".join(map("".join, after[start:stop]))))
    return _joined(_without_lone_signs(_joined(pieces)))


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return every word with the blanks behind it; blanks at the start have an empty word."""
    return [(found["word"] or "", found["blanks"]) for found in _TOKEN.finditer(text) if found[0]]


def _words(tokens: Sequence[tuple[str, str]]) -> list[str]:
    return [word for word, _ in tokens]


def _without_lone_signs(pieces: Sequence[Piece]) -> Iterator[tuple[Kind, str]]:
    """Take a sign that alone stayed between two changes as changed, too: it reads better."""
    for number, piece in enumerate(pieces):
        inside = 0 < number < len(pieces) - 1
        if piece.kind is Kind.SAME and inside and not any(map(str.isalnum, piece.text)):
            yield Kind.OUT, piece.text
            yield Kind.IN, piece.text
        else:
            yield piece.kind, piece.text


def _joined(pieces: Iterable[tuple[Kind, str]]) -> tuple[Piece, ...]:
    """Join what changed between two ``SAME`` pieces: what went out first, then what came in.

    Blanks that both end with have not changed.
    """
    joined: list[Piece] = []
    same = gone = come = ""

    def close() -> None:
        nonlocal same, gone, come
        tail = _common_blanks(gone, come)
        texts = ((Kind.SAME, same), (Kind.OUT, gone), (Kind.IN, come))
        ends = (0, len(tail), len(tail))
        for (kind, text), cut in zip(texts, ends, strict=True):
            if text[: len(text) - cut]:
                joined.append(Piece(kind, text[: len(text) - cut]))
        same, gone, come = tail, "", ""

    for kind, text in pieces:
        if kind is Kind.OUT:
            gone += text
        elif kind is Kind.IN:
            come += text
        elif text:
            if gone or come:
                close()
            same += text
    close()
    if same:
        joined.append(Piece(Kind.SAME, same))
    return tuple(joined)


def _common_blanks(old: str, new: str) -> str:
    """Return the blanks that both texts end with."""
    length = 0
    while length < min(len(old), len(new)) and old[-1 - length] == new[-1 - length]:
        if not old[-1 - length].isspace():
            break
        length += 1
    return old[len(old) - length :]
