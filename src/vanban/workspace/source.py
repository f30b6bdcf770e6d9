"""Positions of values in YAML files, kept on the values themselves.

The loader (:mod:`vanban.workspace.yaml_file`) builds trees of these three types; the models
remember the tree they were made from, so that any later stage can say file:line:column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vanban.errors import Place


class Scalar(str):
    """A YAML scalar as literal text, never interpreted (``no``, ``010``, ``12:30`` stay text)."""

    place: Place

    def __new__(cls, text: str, place: Place) -> Scalar:
        scalar = super().__new__(cls, text)
        scalar.place = place
        return scalar

    def __getnewargs__(self) -> tuple[str, Place]:  # type: ignore[override]
        return (str(self), self.place)


@dataclass(frozen=True)
class Instruction:
    """A value that tells the writer what to write: where, under which keys, and what it says."""

    place: Place
    path: tuple[str | int, ...]
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
    """A YAML mapping; ``key_places`` gives the place of each key.

    The root of a file has the ``instructions`` that were taken out of it.
    """

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.key_places: dict[str, Place] = {}
        self.instructions: tuple[Instruction, ...] = ()


class Sequence(list[Any]):
    """A YAML sequence."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


Node = Scalar | Mapping | Sequence | None


def place_in(tree: Node, path: tuple[str | int, ...], fallback: Place) -> Place:
    """Return the place of the value at ``path``; of its nearest parent where it does not exist."""
    place = fallback if tree is None else tree.place
    node: Any = tree
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node:
            place = node.key_places[step]
            node = node[step]
            if node is not None:
                place = node.place
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
            if node is not None:
                place = node.place
        else:
            break
    return place
