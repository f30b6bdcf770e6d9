"""Instructions to the writer in content files: what is no content, and what is left without it.

A value that begins with “HƯỚNG DẪN:” tells the writer what belongs there; so does a list item
``- HƯỚNG DẪN: …``, which YAML reads as a mapping. It is taken out before the file is validated,
so that nothing can print it; the place stays empty until real text stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.provenance import Keys
from vanban.workspace.keys import Shape, keys_of, shape_at
from vanban.workspace.models.entry import Entry
from vanban.workspace.source import Instruction, Mapping, Node, Scalar, Sequence, rebuilt

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
    gone: set[Keys] = set()
    blanks: dict[Keys, Node] = {}
    for each in found:
        above = shape_at(model, each.path[:-1])
        key = keys_of(above.entry).get(str(each.path[-1])) if above and above.entry else None
        if key is None or not key.required:
            gone.add(each.path)
        elif len(each.path) > 1 and _is_of_items(shape_at(model, each.path[:-2])):
            gone.add(each.path[:-1])
        else:
            blank = _blank(key.shape, each)
            if blank is None:
                gone.add(each.path)
            else:
                blanks[each.path] = blank
    cleaned = rebuilt(tree, gone, values=blanks)
    assert isinstance(cleaned, Mapping)
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


def _is_of_items(shape: Shape | None) -> bool:
    return shape is not None and shape.item is not None


def _blank(shape: Shape, instruction: Instruction) -> Node:
    """Return what stands for a required value that is an instruction; None where nothing can.

    Its text leads to the value, which is what a click on it opens.
    """
    place, (*above, last) = instruction.place, instruction.path
    if shape.item is not None:
        return shape.empty(place)
    return Scalar(BLANK, place, None, (tuple(above), last)) if shape.name == "đoạn chữ" else None
