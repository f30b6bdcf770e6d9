"""From a stretch of a passage, or a value, to its spot: the place where the words were typed."""

from __future__ import annotations

import re

from vanban.checks.finding import Datum, Span, Spot, Stretch
from vanban.errors import Place
from vanban.provenance import Kind, Source
from vanban.workspace.edit import Edit
from vanban.workspace.source import Scalar

_PIECE = re.compile(r"\S+")
_BLANKS = re.compile(r"[ \t]{2,}")


def spot_of(at: Stretch | Datum, replacement: str | None = None) -> Spot:
    """Return the spot of a stretch or value; the nearest known place where it was not typed.

    With a ``replacement`` it is the spot of the first word that is to change.
    """
    if isinstance(at, Datum):
        return Spot(at.place, excerpt=at.excerpt, span=Span(at.place))
    passage = at.passage
    source = source_at(at)
    span, edits = _span(at, source), _edits(at, source, replacement)
    start = at.start
    if replacement is not None:
        start += next(iter(pieces(at.excerpt, replacement)), (0, 0, ""))[0]
    place = passage.place
    if source is not None and source.origins:
        place = source.place_at(max(start, source.start))
        if source.origins[0].path:  # a value of content is told once
            return Spot(place, excerpt=at.excerpt, span=span, edits=edits)
    elif not passage.sources:
        place = Place(place.file, place.line, max(place.column, 1) + start)
    return Spot(
        place,
        passage.number,
        passage.page,
        at.excerpt,
        passage.part,
        before=passage.text[: at.start],
        after=passage.text[at.end :],
        replacement=replacement,
        span=span,
        edits=edits,
    )


def _span(at: Stretch, source: Source | None) -> Span | None:
    """Return the words of a stretch within the value that they come from, blanks as printed."""
    if source is None or not source.origins:
        return None
    origin, offset = source.origins[0], source.at - source.start
    start, end = max(at.start, source.start) + offset, min(at.end, source.end) + offset
    if isinstance(origin, Scalar):  # passages have its blanks as they were typed
        start, end = (len(_BLANKS.sub(" ", origin[:each])) for each in (start, end))
    return Span(origin.place, start, end)


def _edits(at: Stretch, source: Source | None, replacement: str | None) -> tuple[Edit, ...]:
    """Return what puts ``replacement`` in its place in the file.

    Nothing where that is not one line of one value, or spelled otherwise there.
    """
    edits = []
    for start, end, new in pieces(at.excerpt, replacement) if replacement is not None else ():
        if source is None or at.start + start < source.start or at.start + end > source.end:
            return ()
        old = at.excerpt[start:end]
        place = _place_of(old, source, at.start + start)
        if place is None:
            return ()
        edits.append(Edit(place.file, place.line, place.column, old, new))
    return tuple(edits) if len({edit.line for edit in edits}) == 1 else ()


def _place_of(words: str, source: Source, start: int) -> Place | None:
    """Return where ``words`` stand in their file, None where it spells them otherwise."""
    value = source.origins[0] if source.is_typed else None
    if not isinstance(value, Scalar) or value.written is None:
        return None
    place = source.place_at(start)
    line = value.written.file.line(place.line)
    return place if line[place.column - 1 :].startswith(words) else None


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
