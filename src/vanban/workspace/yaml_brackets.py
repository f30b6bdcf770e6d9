"""Items and keys within brackets of a YAML file, ``[a, b]`` and ``{a: 1, b: 2}``, on any lines."""

from __future__ import annotations

import yaml

from vanban.provenance import Keys
from vanban.workspace.yaml_edited import EditedFile
from vanban.workspace.yaml_write import in_brackets

__all__ = ["in_brackets", "into_brackets", "out_of_brackets", "swapped"]


def _spans(file: EditedFile, parent: yaml.CollectionNode) -> list[tuple[int, int]]:
    """Return where each item, or key with its value, stands among the characters of the file."""
    pairs = (each if isinstance(each, tuple) else (each, each) for each in parent.value)
    return [(file.offset(first.start_mark), file.offset(last.end_mark)) for first, last in pairs]


def _position(parent: yaml.CollectionNode, step: str | int) -> int:
    if isinstance(step, int):
        return step
    return next(number for number, (key, _) in enumerate(parent.value) if key.value == step)


def into_brackets(
    file: EditedFile, keys: Keys, parent: yaml.SequenceNode, position: int, text: str
) -> None:
    """Put ``text`` before the item ``position`` of a list that has items, or last."""
    spans = _spans(file, parent)
    if position < len(spans):
        at, text = spans[position][0], f"{text}, "
    else:
        at, text = spans[-1][1], f", {text}"
    file.cut(parent, keys, at, at, text)


def out_of_brackets(file: EditedFile, keys: Keys, parent: yaml.CollectionNode) -> None:
    """Take the item or key at ``keys`` away, with one comma."""
    spans, position = _spans(file, parent), _position(parent, keys[-1])
    first, last = spans[position]
    if position + 1 < len(spans):
        last = spans[position + 1][0]
    elif position:
        first = spans[position - 1][1]
    file.cut(parent, keys, first, last, "")


def swapped(file: EditedFile, keys: Keys, parent: yaml.SequenceNode) -> None:
    """Put the item at ``keys`` and the one behind it in each other's place."""
    position = _position(parent, keys[-1])
    (start, end), (after, after_end) = _spans(file, parent)[position : position + 2]
    raw = "".join(file.lines)
    text = raw[after:after_end] + raw[end:after] + raw[start:end]
    file.cut(parent, keys, start, after_end, text)
