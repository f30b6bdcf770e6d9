"""Text that knows where each of its characters comes from.

A value of content knows it from being read (:mod:`vanban.workspace.source`), the words of an
outline from being parsed (:mod:`vanban.compose.outline`); whatever joins, cuts or re-cases them
here keeps it. So a printed word leads back to file, line and column without a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, SupportsIndex

from msgspec import Struct
from msgspec.structs import replace

from vanban.errors import Place

Keys = tuple[str | int, ...]
"""The way to a value of a YAML file: keys of mappings, positions in lists from 0."""


class Kind(StrEnum):
    """How a stretch of text came to be."""

    TYPED = "typed"
    """By a person, in a value of content."""
    WORDED = "worded"
    """By an outline."""
    COMPUTED = "computed"
    """By the program, from values of content or at a place of an outline: figures, dates, numbers
    of headings, the signs between the items of a list."""
    FIXED = "fixed"
    """By Decree 30/2020/NĐ-CP itself: the national name, "Nơi nhận:", "./."."""


class Step(StrEnum):
    """What happened to words between an old text and a new one that are shown together."""

    IN = "in"
    OUT = "out"
    MOVED_IN = "moved-in"
    """Here now, elsewhere before."""
    MOVED_OUT = "moved-out"

    @property
    def is_gone(self) -> bool:
        """Say whether the new text has it no more, here."""
        return self in (Step.OUT, Step.MOVED_OUT)


class Change(Struct, frozen=True):
    """A step of a redline; both ends of a move bear its ``number``, from 1."""

    step: Step
    number: int = 0


class Revision(Struct, frozen=True):
    """Who made the changes that a redline shows, and when; both are printed in the Word file."""

    author: str
    day: date


class Origin(Protocol):
    """A value of content, or words of an outline."""

    @property
    def place(self) -> Place: ...

    @property
    def path(self) -> Keys: ...

    def place_at(self, position: int) -> Place:
        """Return where the character ``position`` of the text stands in the file."""


class Located(Struct, frozen=True):
    """Where something stands that is no text of content, as the words of an outline."""

    place: Place
    path: Keys = ()

    def place_at(self, position: int) -> Place:
        file, line, column = self.place.file, self.place.line, self.place.column
        return Place(file, line, column + position)


class Source(Struct, frozen=True):
    """Where the characters ``start`` to ``end`` of a text come from.

    Typed or worded text is that of its only origin, from its character ``at`` on; computed text has
    every value that it was made from as an origin, fixed text none. ``change`` is of redlines.
    """

    start: int
    end: int
    kind: Kind
    origins: tuple[Origin, ...] = ()
    at: int = 0
    change: Change | None = None

    @property
    def is_typed(self) -> bool:
        return self.kind is Kind.TYPED

    @property
    def place(self) -> Place:
        """The place of the first origin, which must exist."""
        return self.origins[0].place

    def place_at(self, position: int) -> Place:
        """Return where the character ``position`` of the text stands; for computed, its value."""
        if self.kind is Kind.COMPUTED:
            return self.place
        return self.origins[0].place_at(self.at + position - self.start)

    def continues_in(self, other: Source) -> bool:
        """Say whether ``other`` stands right behind this, here as where both were typed."""
        return (
            self.is_typed
            and other.is_typed
            and self.origins[0] is other.origins[0]
            and self.end == other.start
            and other.at - self.at == other.start - self.start
            and other.change == self.change
        )

    def moved(self, offset: int) -> Source:
        start, end = self.start + offset, self.end + offset
        return Source(start, end, self.kind, self.origins, self.at, self.change)

    def cut(self, start: int, end: int) -> Source | None:
        """Return the part within the characters ``start`` to ``end``, counted from ``start``."""
        first, last = max(self.start, start), min(self.end, end)
        if first >= last:
            return None
        at = self.at + first - self.start
        return Source(first - start, last - start, self.kind, self.origins, at, self.change)


class TracedText(str):
    """Literal text whose ``sources`` cover it, in order; pickles keep them."""

    __slots__ = ("_sources",)

    _sources: tuple[Source, ...]

    def __new__(cls, text: str, sources: Iterable[Source] = ()) -> TracedText:
        traced = super().__new__(cls, text)
        traced._sources = tuple(sources)
        return traced

    @property
    def sources(self) -> tuple[Source, ...]:
        return self._sources

    def __getitem__(self, index: SupportsIndex | slice) -> str:
        if isinstance(index, slice):
            start, end, step = index.indices(len(self))
        else:
            start, step = index.__index__() % max(len(self), 1), 1
            end = start + 1
        if step != 1:
            return super().__getitem__(index)
        if end - start == len(self):
            return self
        cut = (source.cut(start, end) for source in self.sources)
        return TracedText(super().__getitem__(index), (each for each in cut if each is not None))

    def __add__(self, other: str) -> str:
        return traced(self, other)

    def __radd__(self, other: str) -> str:
        return traced(other, self)

    def upper(self) -> str:
        return self._recased(super().upper())

    def lower(self) -> str:
        return self._recased(super().lower())

    def strip(self, chars: str | None = None) -> str:
        return self.lstrip(chars).rstrip(chars)

    def lstrip(self, chars: str | None = None) -> str:
        return self[len(self) - len(super().lstrip(chars)) :]

    def rstrip(self, chars: str | None = None) -> str:
        return self[: len(super().rstrip(chars))]

    def removesuffix(self, suffix: str, /) -> str:
        return self[: len(super().removesuffix(suffix))]

    def _recased(self, text: str) -> str:
        if len(text) == len(self):
            return TracedText(text, self.sources)
        return computed(text, *origins_of(self))


def sources_of(text: str) -> tuple[Source, ...]:
    """Return where the parts of ``text`` come from; nothing for a plain text."""
    return text.sources if isinstance(text, TracedText) else ()


def origins_of(*texts: str) -> tuple[Origin, ...]:
    """Return what ``texts`` are made from, each once."""
    found = (each for text in texts for source in sources_of(text) for each in source.origins)
    return tuple({id(each): each for each in found}.values())


def is_same(one: str, other: str) -> bool:
    """Say whether two texts read the same and come from the same values, read at the same time."""
    if one is other:
        return True
    mine, others = sources_of(one), sources_of(other)
    if one != other or len(mine) != len(others):
        return False
    return all(
        [
            a is b
            or (
                (a.start, a.end, a.kind, a.at, a.change) == (b.start, b.end, b.kind, b.at, b.change)
                and are_same_origins(a.origins, b.origins)
            )
            for a, b in zip(mine, others, strict=True)
        ]
    )


def are_same_origins(some: tuple[Origin, ...], others: tuple[Origin, ...]) -> bool:
    """Say whether these are the same values, read at the same time, or lead to the same places.

    Values of one text that stand elsewhere are equal, but not the same.
    """
    if len(some) != len(others):
        return False
    for one, other in zip(some, others, strict=True):
        if one is not other and not (isinstance(one, Located) and one == other):
            return False
    return True


def traced(*pieces: str) -> TracedText:
    """Join ``pieces``; plain ones, as the signs between values, are computed from those beside."""
    if len(pieces) == 1 and isinstance(pieces[0], TracedText):
        return pieces[0]
    sources: list[Source] = []
    offset = 0
    for index, piece in enumerate(pieces):
        own = sources_of(piece)
        if piece and not own:
            beside = origins_of(*pieces[max(index - 1, 0) : index + 2]) or origins_of(*pieces)
            own = (Source(0, len(piece), Kind.COMPUTED, beside),) if beside else ()
        for each in own:
            moved = each.moved(offset) if offset else each
            last = sources[-1] if sources else None
            if last is not None and last.continues_in(moved):
                sources[-1] = replace(last, end=moved.end)
            else:
                sources.append(moved)
        offset += len(piece)
    return TracedText("".join(pieces), sources)


def traced_list(separator: str, items: Iterable[str]) -> TracedText:
    """Join ``items`` with ``separator`` between them."""
    pieces = [piece for item in items for piece in (separator, item)]
    return traced(*pieces[1:])


def listed(*texts: str | None) -> TracedText:
    """Join those of ``texts`` that say something by "; "."""
    return traced_list("; ", filter(None, texts))


class TracedNumber(int):
    """A number that knows what it was computed from; ``text`` is how it prints."""

    origins: tuple[Origin, ...]

    def __new__(cls, number: int, *origins: Origin) -> TracedNumber:
        traced = super().__new__(cls, number)
        traced.origins = origins
        return traced

    @property
    def text(self) -> TracedText:
        return computed(str(self), *self.origins)


def computed(text: str, *origins: Origin) -> TracedText:
    """Return ``text`` as made from ``origins``; without any, from those that it is joined with."""
    known = text and origins
    return TracedText(text, [Source(0, len(text), Kind.COMPUTED, origins)] if known else [])


def fixed(text: str) -> TracedText:
    """Return ``text`` as the decree's own words."""
    return TracedText(text, [Source(0, len(text), Kind.FIXED)])


def changed(text: str, change: Change) -> TracedText:
    """Return ``text`` with all of it marked as changed."""
    sources = sources_of(text) or (Source(0, len(text), Kind.COMPUTED),)
    return TracedText(text, (replace(each, change=change) for each in sources))


def changes_in(text: str) -> list[tuple[int, int, Change | None]]:
    """Return the stretches of ``text`` that are changed alike: start, end and change of each.

    A text where nothing is changed gives none.
    """
    if not any([source.change for source in sources_of(text)]):
        return []
    found: list[tuple[int, int, Change | None]] = []
    at = 0
    for source in sources_of(text):
        if source.change is None:
            continue
        if at < source.start:
            found.append((at, source.start, None))
        start = found.pop()[0] if found and found[-1][2] == source.change else source.start
        found.append((start, source.end, source.change))
        at = source.end
    if at < len(text):
        found.append((at, len(text), None))
    return found
