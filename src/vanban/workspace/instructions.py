"""Instructions to the writer in content files: what is no content, and what is left without it.

A value that begins with “HƯỚNG DẪN:” tells the writer what belongs there; so does a list item
``- HƯỚNG DẪN: …``, which YAML reads as a mapping. It is taken out before the file is validated,
so that nothing can print it; the place stays empty until real text stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vanban.errors import Place
from vanban.workspace.dictionary import Key, Shape, keys_of
from vanban.workspace.models.base import Entry
from vanban.workspace.source import Instruction, Mapping, Node, Scalar, Sequence

MARKER = "HƯỚNG DẪN"
BLANK = "……"
"""Stands for a required text that is still an instruction."""

_MARKED = re.compile(rf"\s*{MARKER}\s*:\s*(.*)", re.DOTALL)


def instruction_in(node: Node) -> str | None:
    """Return what an instruction says, None where ``node`` is none."""
    if isinstance(node, Mapping) and len(node) == 1:
        ((name, value),) = node.items()
        if name.strip() == MARKER:
            return str(value or "")
    if isinstance(node, Scalar):
        found = _MARKED.fullmatch(node)
        return found[1].strip() if found else None
    return None


def without_instructions(model: type[Entry], tree: Node) -> Node:
    """Return ``tree``, the file of a ``model``, without its instructions; the root keeps them.

    Optional keys and list items go; so do list items whose required text is an instruction. A
    required text becomes :data:`BLANK`, a required list or group an empty one; for any other
    required value validation tells that the key is missing.
    """
    if not isinstance(tree, Mapping):
        return tree
    found = tuple(each for name, child in tree.items() for each in _instructions(child, (name,)))
    if not found:
        return tree
    cleaned = _without_in(Shape("", entry=model), tree)
    cleaned.instructions = found
    return cleaned


def _instructions(node: Node, path: tuple[str | int, ...]) -> Iterator[Instruction]:
    said = instruction_in(node)
    if said is not None and node is not None:
        yield Instruction(node.place, path, said)
    elif isinstance(node, Mapping):
        for name, child in node.items():
            yield from _instructions(child, (*path, name))
    elif isinstance(node, Sequence):
        for position, child in enumerate(node):
            yield from _instructions(child, (*path, position))


class _Gone:
    """A value of which nothing is left."""


_GONE: Final = _Gone()


def _without(shape: Shape | None, node: Node) -> Node | _Gone:
    if instruction_in(node) is not None:
        return _GONE
    if isinstance(node, Sequence):
        sequence = Sequence(node.place, node.path)
        inner = shape.item if shape is not None else None
        kept = (_without(inner, child) for child in node if not _is_hollow(inner, child))
        sequence.extend(child for child in kept if not isinstance(child, _Gone))
        return sequence
    return _without_in(shape, node) if isinstance(node, Mapping) else node


def _without_in(shape: Shape | None, node: Mapping) -> Mapping:
    mapping = Mapping(node.place, node.path)
    keys = keys_of(shape.entry) if shape is not None and shape.entry is not None else {}
    for name, child in node.items():
        below = shape.step(name) if shape is not None else None
        if shape is not None and shape.by_id and _is_hollow(below, child):
            continue
        value = _without(below, child)
        if isinstance(value, _Gone):
            value = _blank(keys.get(name), child)
        if not isinstance(value, _Gone):
            mapping[name] = value
            mapping.key_places[name] = node.key_places[name]
    return mapping


def _is_hollow(shape: Shape | None, node: Node) -> bool:
    """Say whether a required text of an item is an instruction, so that nothing of it can stand."""
    if shape is None or shape.entry is None or not isinstance(node, Mapping):
        return False
    keys = keys_of(shape.entry)
    return any(
        name in keys and keys[name].required and instruction_in(child) is not None
        for name, child in node.items()
    )


def _blank(key: Key | None, node: Node) -> Node | _Gone:
    """Return what stands for a required value that is an instruction."""
    if key is None or not key.required or node is None:
        return _GONE
    place: Place = node.place
    if key.shape.by_id:
        return Mapping(place)
    if key.shape.item is not None:
        return Sequence(place)
    return Scalar(BLANK, place) if key.shape.name == "đoạn chữ" else _GONE
