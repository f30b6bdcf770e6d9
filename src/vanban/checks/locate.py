"""From a stretch of a passage, or a value, to its spot: the place where the words were typed."""

from __future__ import annotations

import re

from vanban.checks.finding import Datum, Spot, Stretch
from vanban.errors import Place
from vanban.provenance import Kind, Source

_PIECE = re.compile(r"\S+")


def spot_of(at: Stretch | Datum, replacement: str | None = None) -> Spot:
    """Return the spot of a stretch or value; the nearest known place where it was not typed.

    With a ``replacement`` it is the spot of the first word that is to change.
    """
    if isinstance(at, Datum):
        return Spot(at.place, excerpt=at.excerpt)
    passage = at.passage
    source = source_at(at)
    start = at.start
    if replacement is not None:
        start += next(iter(pieces(at.excerpt, replacement)), (0, 0, ""))[0]
    place = passage.place
    if source is not None and source.origins:
        place = source.place_at(max(start, source.start))
        if source.origins[0].path:  # a value of content is told once
            return Spot(place, excerpt=at.excerpt)
    elif not passage.sources:
        place = Place(place.file, place.line, max(place.column, 1) + start)
    return Spot(place, passage.number, passage.page, at.excerpt, passage.part)


def pieces(old: str, new: str) -> tuple[tuple[int, int, str], ...]:
    """Return the smallest stretches of ``old`` that differ, each with what takes its place.

    Where the words are as many, they are compared one by one.
    """
    before, after = list(_PIECE.finditer(old)), _PIECE.findall(new)
    changed = tuple(
        (found.start(), found.end(), word)
        for found, word in zip(before, after, strict=False)
        if found[0] != word
    )
    if len(before) == len(after) and changed:
        return changed
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if len(old) == len(new) == start:
        return ()
    return ((start, len(old) - end, new[start : len(new) - end]),)


def source_at(at: Stretch) -> Source | None:
    """Return what a stretch comes from: the first that was typed, else worded, else most of it."""
    touched = [
        source
        for source in at.passage.sources
        if (source.start < at.end and at.start < source.end) or source.start == at.start
    ]
    return min(touched, key=_rank, default=None)


def _rank(source: Source) -> tuple[int, int]:
    made = source.kind is Kind.COMPUTED
    return list(Kind).index(source.kind), (source.start - source.end) * made
