"""Which paragraph of an old text is which of a new one: kept, edited, moved, gone or come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from msgspec import Struct

Item = TypeVar("Item")

ALIKE = 0.55
"""Share of alike characters from which a paragraph is the edited one of another at its place."""
MOVED = 0.9
"""The same for one that stands elsewhere now."""
MOVED_WORDS = 4
"""A paragraph with fewer words is not told as moved: it may stand anywhere."""
_CELLS = 40_000
"""Pairs that are weighed for one gap; in a larger one only neighbours of one rank are."""

LABEL = re.compile(r"^\s*(?:[-+•*]|[IVXLC]+\.|[0-9]+(?:\.[0-9]+)*[.)]|[a-zđ]\))\s+", re.IGNORECASE)
"""The number or sign that an item begins with: it changes when others come before it."""


class Pair(Struct, frozen=True):
    """A paragraph by its position in the old and in the new text; None where it is not there.

    ``moved`` is the position in the other text of one that stands elsewhere there.
    """

    old: int | None
    new: int | None
    moved: int | None = None

    def of(self, old: Sequence[Item], new: Sequence[Item]) -> tuple[Item | None, Item | None]:
        """Return what stands there in ``old`` and in ``new``."""
        return (
            old[self.old] if self.old is not None else None,
            new[self.new] if self.new is not None else None,
        )


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """Pair the paragraphs of two texts, in the order of both: what is gone before what has come."""
    before, after = [_bare(text) for text in old], [_bare(text) for text in new]
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, end, start, stop in matcher.get_opcodes():
        if tag == "equal":
            pairs += map(Pair, range(first, end), range(start, stop))
        else:
            pairs += _edited(before, after, range(first, end), range(start, stop))
    return tuple(_with_moves(pairs, before, after))


def _bare(text: str) -> str:
    return LABEL.sub("", text).strip()


def alike(old: str, new: str) -> float:
    """Return from 0 to 1 how much of two texts is alike."""
    from rapidfuzz.fuzz import ratio

    return ratio(old, new) / 100


def _edited(old: Sequence[str], new: Sequence[str], before: range, after: range) -> Iterator[Pair]:
    """Yield pairs of a gap: those that together are most alike, without crossing."""
    if len(before) * len(after) > _CELLS:
        matches = [
            (first, second)
            for first, second in zip(before, after, strict=False)
            if alike(old[first], new[second]) >= ALIKE
        ]
    else:
        matches = _best_matches(old, new, before, after)
    row, column = before.start, after.start
    for first, second in (*matches, (before.stop, after.stop)):
        yield from (Pair(at, None) for at in range(row, first))
        yield from (Pair(None, at) for at in range(column, second))
        if first < before.stop:
            yield Pair(first, second)
        row, column = first + 1, second + 1


def _best_matches(
    old: Sequence[str], new: Sequence[str], before: range, after: range
) -> list[tuple[int, int]]:
    rows, columns = len(before), len(after)
    likeness = [[alike(old[row], new[column]) for column in after] for row in before]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            skip = max(best[row + 1][column], best[row][column + 1])
            value = likeness[row][column]
            take = best[row + 1][column + 1] + value if value >= ALIKE else 0.0
            best[row][column] = max(skip, take)
    matches = []
    row = column = 0
    while row < rows and column < columns:
        value = likeness[row][column]
        if value >= ALIKE and best[row][column] == best[row + 1][column + 1] + value:
            matches.append((before[row], after[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return matches


def _with_moves(pairs: Sequence[Pair], old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    gone = [each.old for each in pairs if each.new is None and each.old is not None]
    come = [each.new for each in pairs if each.old is None and each.new is not None]
    moved = dict(moves(gone, come, old, new))
    back = {there: here for here, there in moved.items()}
    for pair in pairs:
        if pair.new is None and pair.old in moved:
            yield Pair(pair.old, None, moved[pair.old])
        elif pair.old is None and pair.new in back:
            yield Pair(None, pair.new, back[pair.new])
        else:
            yield pair


def moves(
    gone: Sequence[int], come: Sequence[int], old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Yield where what is gone has come again: the same, or nearly so where few are weighed.

    ``gone`` and ``come`` are positions in the texts ``old`` and ``new``.
    """
    left = dict.fromkeys(gone)
    places: dict[str, list[int]] = {}
    for at in gone:
        places.setdefault(old[at], []).append(at)
    unlike: list[int] = []
    for at in (each for each in come if len(new[each].split()) >= MOVED_WORDS):
        same = places.get(new[at])
        if same:
            source = same.pop(0)
            del left[source]
            yield source, at
        else:
            unlike.append(at)
    if len(left) * len(unlike) > _CELLS:
        return
    for at in unlike:
        source = max(left, key=lambda each: alike(old[each], new[at]), default=-1)
        if source >= 0 and alike(old[source], new[at]) >= MOVED:
            del left[source]
            yield source, at
