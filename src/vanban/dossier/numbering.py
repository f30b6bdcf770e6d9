"""Page and sheet numbers of a dossier: how many pages each part has → where each one starts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Pages that belong together; ``key`` is the code of a document, or a name of our own."""

    key: str
    count: int


@dataclass(frozen=True)
class Placement:
    """Where a part stands: ``first`` counts from 1, ``blanks`` empty pages stand before it."""

    key: str
    first: int
    count: int
    blanks: int = 0

    @property
    def last(self) -> int:
        return self.first + self.count - 1


def place_parts(parts: Iterable[Part], two_sided: bool) -> tuple[Placement, ...]:
    """Return the place of every part; with ``two_sided`` each starts on an odd page."""
    placements = []
    free = 1
    for part in parts:
        blanks = 1 if two_sided and free % 2 == 0 else 0
        placements.append(Placement(part.key, free + blanks, part.count, blanks))
        free += blanks + part.count
    return tuple(placements)


def sheet_of(page: int, two_sided: bool) -> int:
    """Return the sheet (tờ) that ``page`` is printed on, both from 1."""
    return (page + 1) // 2 if two_sided else page
