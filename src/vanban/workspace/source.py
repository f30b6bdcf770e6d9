"""Positions of values in YAML files, kept on the values themselves.

The loader (:mod:`vanban.workspace.yaml_file`) builds trees of these three types; the models
remember the tree they were made from, so that any later stage can say file:line:column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container
from collections.abc import Mapping as AnyMapping
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from vanban.errors import Place
from vanban.provenance import Keys, Kind, Located, Origin, Source, TracedText
from vanban.workspace.yaml_scalars import positions

_PIECES = re.compile(r"\s+|\S+")
_REPEATED = re.compile(r"[ \t]{2}|\t")


class SourceText(Struct, frozen=True, eq=False, dict=True):
    """The text of one file: as ``read``, and as ``typed`` before signs from Word were mended.

    Both have the same lines, which end with \\n; ``shown`` is the path that messages print.
    """

    shown: Path
    read: str
    typed: str

    @cached_property
    def _lines(self) -> tuple[list[str], list[int], list[str]]:
        read = self.read.split("\n")
        starts = list(accumulate((len(line) + 1 for line in read), initial=0))
        return read, starts, self.typed.split("\n")

    def place(self, position: int) -> Place:
        """Return the place of the character ``position`` of what was read."""
        read, starts, typed = self._lines
        line = bisect_right(starts, position)
        column = position - starts[line - 1]
        before, after = read[line - 1].rstrip(), typed[line - 1].rstrip()
        if not after.startswith(before[: column + 1]):  # signs that stand before it were mended
            column = max(column + len(after) - len(before), 0)
        return Place(self.shown, line, column + 1)

    def line(self, number: int) -> str:
        """Return a line, counted from 1, as it was typed."""
        return self._lines[2][number - 1]


class Written(Struct, frozen=True, eq=False, dict=True):
    """How a scalar stands in its file: where it starts, its style ("" for plain), its value."""

    file: SourceText
    start: int
    style: str
    value: str

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """The position in what was read of the file of each character of the value."""
        return positions(self.file.read, self.start, self.style, self.value)


class Scalar(TracedText):
    """A YAML scalar as literal text, never interpreted (``no``, ``010``, ``12:30`` stay text).

    ``path`` leads to it in its file. ``written`` is None where no file holds it. A text made of it
    that only has other blanks keeps both.
    """

    __slots__ = ("__dict__", "_step", "place", "written")

    place: Place
    written: Written | None
    _step: tuple[Keys, str | int | None]

    def __new__(
        cls,
        text: str,
        place: Place,
        written: Written | None = None,
        step: tuple[Keys, str | int | None] = ((), None),
    ) -> Scalar:
        scalar = str.__new__(cls, text)
        scalar.place, scalar.written, scalar._step = place, written, step
        return scalar

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.place, self.written, self._step

    def respaced(self, text: str) -> Scalar:
        """Return ``text``, which differs only in its blanks, as standing where this stands."""
        return Scalar(text, self.place, self.written, self._step)

    @property
    def path(self) -> Keys:
        above, last = self._step
        return above if last is None else (*above, last)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return (Source(0, len(self), Kind.TYPED, (self,)),)

    @property
    def key(self) -> str:
        """The key that it stands under, in a list or not; "" of the whole file."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    def place_at(self, position: int) -> Place:
        """Return the place of the character ``position``; of the whole where no file holds it."""
        if self.written is None:
            return self.place
        known = self._positions
        past = max(position - len(known) + 1, 0)  # just behind the last one something can be added
        return self.written.file.place(known[position - past] + past) if known else self.place

    @cached_property
    def _positions(self) -> tuple[int, ...]:
        assert self.written is not None
        known, value = self.written.positions, self.written.value
        if self == value:
            return known
        found: list[int] = []
        start = len(value) - len(value.lstrip())
        for own, read in zip(_PIECES.finditer(self), _PIECES.finditer(value, start), strict=False):
            found += known[read.start() : read.start() + len(own[0])]
        return tuple(found)

    @cached_property
    def blanks(self) -> dict[int, str]:
        """How blanks between two words of one line are typed, by index, where not as one space."""
        if self.written is None or not _REPEATED.search(self.written.value):
            return {}
        known, file = self._positions, self.written.file.read
        between = {
            index: file[known[index - 1] + 1 : known[index + 1]]
            for index in range(1, len(self) - 1)
            if self[index] == " "
        }
        return {index: typed for index, typed in between.items() if typed.strip(" \t") == ""}

    @cached_property
    def as_typed(self) -> Scalar:
        """The text with its :attr:`blanks`."""
        return self.respaced("".join(self.blanks.get(n, sign) for n, sign in enumerate(self)))


class Instruction(Struct, frozen=True):
    """A value that tells the writer what to write: where, under which keys, and what it says."""

    place: Place
    path: Keys
    text: str

    @property
    def key(self) -> str:
        """The keys joined by dots, up to the first position in a list: "danh_gia.noi_bat"."""
        steps = []
        for step in self.path:
            if isinstance(step, int):
                break
            steps.append(step)
        return ".".join(steps)


class Mapping(dict[str, Any]):
    """A YAML mapping; ``path`` leads to it in its file, ``key_places`` gives the place of each key.

    The root of a file has the ``instructions`` that were taken out of it.
    """

    def __init__(self, place: Place, path: Keys = ()) -> None:
        super().__init__()
        self.place, self.path = place, path
        self.key_places: dict[str, Place] = {}
        self.instructions: tuple[Instruction, ...] = ()


class Sequence(list[Any]):
    """A YAML sequence; ``path`` leads to it in its file."""

    def __init__(self, place: Place, path: Keys = ()) -> None:
        super().__init__()
        self.place, self.path = place, path


Node = Scalar | Mapping | Sequence | None


def origin_in(tree: Node, path: Keys, fallback: Place) -> Origin:
    """Return the value at ``path``; its nearest parent where it does not exist."""
    node: Any = tree
    at: tuple[Place, Keys, str | None] = (fallback, (), None)
    for step in (None, *path):
        if isinstance(node, Mapping) and isinstance(step, str) and step in node:
            at = (node.key_places[step], node.path, step)
            node = node[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
        elif step is not None:
            break
        if isinstance(node, Mapping | Sequence):
            at = (node.place, node.path, None)
    if isinstance(node, Scalar):
        return node
    place, above, last = at
    return Located(place, above if last is None else (*above, last))


NO_PATHS: AnyMapping[Keys, Any] = MappingProxyType({})


def rebuilt(
    node: Node,
    gone: Container[Keys] = (),
    renamed: AnyMapping[Keys, str] = NO_PATHS,
    values: AnyMapping[Keys, Node] = NO_PATHS,
    path: Keys = (),
) -> Node:
    """Return a copy of a tree without what stands at ``gone``, keys and values changed by paths."""
    if path in gone:
        return None
    if path in values:
        return values[path]
    if isinstance(node, Mapping):
        mapping = Mapping(node.place, node.path)
        for name, child in node.items():
            at = (*path, name)
            if at not in gone:
                key = renamed.get(at, name)
                mapping[key] = rebuilt(child, gone, renamed, values, at)
                mapping.key_places[key] = node.key_places[name]
        return mapping
    if isinstance(node, Sequence):
        sequence = Sequence(node.place, node.path)
        children = (((*path, position), child) for position, child in enumerate(node))
        sequence.extend(
            rebuilt(child, gone, renamed, values, at) for at, child in children if at not in gone
        )
        return sequence
    return node
