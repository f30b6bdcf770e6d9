"""Page and sheet numbers: how many pages each part of a dossier has → where each one starts.

The one numbering that the stamps, the index and the archive's list of documents share: it counts
every page of ``dossier.pdf``, cover, index and dividers too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct


class Placement(Struct, frozen=True):
    """Where a part stands: ``first`` counts from 1, ``blanks`` empty pages stand before it."""

    first: int
    count: int
    blanks: int = 0

    @property
    def last(self) -> int:
        return self.first + self.count - 1


class Numbering(Struct, frozen=True, dict=True):
    """Where every part of a dossier stands, by its key; pages and sheets count from 1."""

    places: Mapping[str, Placement]
    two_sided: bool

    @cached_property
    def page_total(self) -> int:
        return max(place.last for place in self.places.values())

    @property
    def sheet_total(self) -> int:
        return self.sheet_of(self.page_total)

    def sheet_of(self, page: int) -> int:
        return sheet_of(page, self.two_sided)


def number_parts(parts: Iterable[tuple[str, int]], two_sided: bool) -> Numbering:
    """Return the place of every part, given by its key and the count of its pages.

    A key is the code of a document, or a name of our own. With ``two_sided`` each part starts on
    an odd page.
    """
    places: dict[str, Placement] = {}
    free = 1
    for key, count in parts:
        blanks = 1 if two_sided and free % 2 == 0 else 0
        places[key] = Placement(free + blanks, count, blanks)
        free += blanks + count
    return Numbering(places, two_sided)


def sheet_of(page: int, two_sided: bool) -> int:
    """Return the sheet (tờ) that ``page`` is printed on, both from 1."""
    return (page + 1) // 2 if two_sided else page
