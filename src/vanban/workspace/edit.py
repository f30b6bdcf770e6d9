"""Changes of values in a YAML file by their places; every other byte stays as it was.

In: the bytes of a file and a place: a line and column, or the keys and positions that lead to a
value. Out: the new bytes, which were read again: they hold what the old held but for that one
value, and no mistake that was not there. Where that cannot be, EditError says so at its place. Line
ends, a byte order mark and comments stay. Whatever writes into content files writes what comes
from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from vanban.errors import Place, Problem
from vanban.provenance import Keys
from vanban.workspace.yaml_brackets import in_brackets, into_brackets, out_of_brackets, swapped
from vanban.workspace.yaml_edited import BY_HAND, EditedFile, EditError, lines_of, plain
from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_places import after, pair
from vanban.workspace.yaml_write import Item, Value, as_read, item_lines

__all__ = [
    "Edit",
    "EditError",
    "delete",
    "insert_item",
    "insert_items",
    "replace_words",
    "set_group",
    "set_value",
    "set_values",
    "swap_with_next",
    "take_out",
]


class Edit(Struct, frozen=True, order=True):
    """``old`` becomes ``new`` at a line and column, both from 1, of the file at ``path``."""

    path: Path
    line: int
    column: int
    old: str
    new: str


def replace_words(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file, loadable or not, with its edits made, each within its line.

    Raises EditError where the old words do not stand at their place.
    """
    mark, lines = lines_of(data)
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line - 1] if edit.line <= len(lines) else ""
        start = edit.column - 1
        if line[start : start + len(edit.old)] != edit.old:
            place = Place(edit.path, edit.line, edit.column)
            raise EditError([Problem(place, "", f"chỗ này không còn là “{edit.old}” — chạy lại")])
        lines[edit.line - 1] = line[:start] + edit.new + line[start + len(edit.old) :]
    return (mark + "".join(lines)).encode()


def set_value(data: bytes, shown: Path, keys: Keys, value: Value) -> bytes:
    """Return the file with ``value`` in the place of the text at ``keys``; a new key goes last.

    A text keeps its quotation signs or its block. ``shown`` is the path that messages print.
    """
    return set_values(data, shown, {keys: value})


def set_values(data: bytes, shown: Path, values: AnyMapping[Keys, Value]) -> bytes:
    """Return the file with each of ``values`` set as by :func:`set_value`, all or none."""
    if not values:
        return data
    file = EditedFile(data, shown)
    changes = [(file.position_of(keys), keys, value) for keys, value in values.items()]
    for _, keys, value in sorted(reversed(changes), key=lambda each: each[0], reverse=True):
        file.set(keys, value)

    def assign_all(tree: Any) -> None:
        for keys, value in values.items():
            _assign(tree, keys, as_read(value))

    return file.checked(next(iter(values)), assign_all)


def set_group(data: bytes, shown: Path, keys: Keys, pairs: Iterable[tuple[str, Value]]) -> bytes:
    """Return the file with keys and values, in braces, in the place of the value at ``keys``."""
    file, pairs = EditedFile(data, shown), tuple(pairs)
    node = file.node(keys)
    if not isinstance(node, yaml.ScalarNode):
        raise file.refusal(keys, "đây không phải một giá trị — sửa bằng tay")
    file.replace(node, keys, in_brackets(pairs))
    group = {name: as_read(each) for name, each in pairs}
    return file.checked(keys, lambda tree: _assign(tree, keys, group))


def insert_item(
    data: bytes, shown: Path, keys: Keys, item: Item, position: int | None = None
) -> bytes:
    """Return the file with ``item`` in the list at ``keys``: before ``position``, or last (None).

    A list that is not there yet is made, as the last key of its mapping.
    """
    return insert_items(data, shown, keys, (item,), position)


def insert_items(
    data: bytes, shown: Path, keys: Keys, items: Iterable[Item], position: int | None = None
) -> bytes:
    """Return the file with ``items`` in the list at ``keys``, one behind the other."""
    file = EditedFile(data, shown)
    items = tuple(item if isinstance(item, str) else tuple(item) for item in items)
    node = file.node(keys)
    column, before, first, among = 2, [], False, None
    if node is None:
        parent, key = file.node(keys[:-1]), keys[-1]
        if not isinstance(parent, yaml.MappingNode) or parent.flow_style:
            raise file.refusal(keys, "tệp không có dạng “khóa: giá trị” — viết lại theo tệp mẫu")
        line, column = (
            after(parent, parent.start_mark.column, file.lines),
            parent.start_mark.column,
        )
        before, column = [f"{' ' * column}{key}:"], column + 2
    elif isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        column = node.start_mark.column
        position = len(node.value) if position is None else position
        first = position == 0
        if len(node.value) > 1:
            among = range(*(each.start_mark.line + 1 for each in (node.value[0], node.value[-1])))
        previous = node.value[: position or 1][-1]
        line = node.start_mark.line if first else after(previous, column + 1, file.lines)
    elif isinstance(node, yaml.SequenceNode) and node.value:
        position = len(node.value) if position is None else position
        into_brackets(file, keys, node, position, ", ".join(map(in_brackets, items)))
        line = -1
    else:
        line, column = file.opened(node, keys), file.key_column(keys) + 2
    if line >= 0:
        head, *rest = (item_lines(item, column) for item in items)
        file.put(line, ([*before, *head], *rest), column=column, first=first, among=among)

    def inserted(tree: Any) -> None:
        for number, item in enumerate(items):
            new = as_read(item) if isinstance(item, str) else {k: as_read(v) for k, v in item}
            _insert(tree, keys, None if position is None else position + number, new)

    return file.checked(keys, inserted)


def delete(data: bytes, shown: Path, keys: Keys) -> bytes:
    """Return the file without the lines of the item or key at ``keys``; a list may be left ``[]``.

    Comments indented deeper go with it, those above stay. Within brackets its comma goes with it.
    """
    file = EditedFile(data, shown)
    parent, node = file.node(keys[:-1]), file.node(keys)
    if node is None or not isinstance(parent, yaml.CollectionNode):
        raise file.refusal(keys, "không có mục này — sửa bằng tay")
    if parent.flow_style:
        out_of_brackets(file, keys, parent)
        return file.checked(keys, lambda tree: _at(tree, keys[:-1]).__delitem__(keys[-1]))
    start, end = _span(file, keys, parent)
    is_first = isinstance(parent, yaml.SequenceNode) and keys[-1] == 0 and len(parent.value) > 1
    while start and end < len(file.lines) and not file.lines[end].strip():
        if not is_first and file.lines[start - 1].strip():
            break
        end += 1
    del file.lines[start:end]
    above = file.key_node(keys[:-1])
    if isinstance(parent, yaml.SequenceNode) and len(parent.value) == 1 and above is not None:
        line = file.lines[above.end_mark.line]
        colon = line.index(":", above.end_mark.column) + 1
        file.lines[above.end_mark.line] = f"{line[:colon]} []{line[colon:]}"
    return file.checked(keys, lambda tree: _at(tree, keys[:-1]).__delitem__(keys[-1]))


def swap_with_next(data: bytes, shown: Path, keys: Keys) -> bytes:
    """Return the file with the item at ``keys`` and the one behind it in each other's place.

    Comments indented deeper go with their item; those between two items stay.
    """
    file = EditedFile(data, shown)
    parent, position = file.node(keys[:-1]), keys[-1]
    if not isinstance(parent, yaml.SequenceNode) or not isinstance(position, int):
        raise file.refusal(keys, "đây không phải một mục của danh sách — sửa bằng tay")
    if not 0 <= position < len(parent.value) - 1:
        raise file.refusal(keys, "không còn mục nào phía sau để đổi chỗ — tải lại trang")
    if parent.flow_style:
        swapped(file, keys, parent)
    else:
        start, end = _span(file, keys, parent)
        after_start, after_end = _span(file, (*keys[:-1], position + 1), parent)
        if not file.lines[after_end - 1].endswith(("\n", "\r")):  # the last line of the file
            file.lines[after_end - 1] += file.newline
        lines = file.lines
        lines[start:after_end] = [
            *lines[after_start:after_end],
            *lines[end:after_start],
            *lines[start:end],
        ]

    def swap(tree: Any) -> None:
        items = _at(tree, keys[:-1])
        items[position : position + 2] = items[position : position + 2][::-1]

    return file.checked(keys, swap)


def _span(file: EditedFile, keys: Keys, parent: yaml.CollectionNode) -> tuple[int, int]:
    """Return the lines of an item or key, the last not included, with its own comments."""
    node, column = file.node(keys), parent.start_mark.column
    assert node is not None
    start = (file.key_node(keys) or node).start_mark.line
    while isinstance(parent, yaml.SequenceNode) and file.lines[start][column : column + 1] != "-":
        start -= 1
    return start, after(node, column + 1, file.lines)


def take_out(data: bytes, shown: Path, keys: Iterable[str]) -> tuple[bytes, bytes]:
    """Return the file without its topmost ``keys``, and the lines of those as a file of their own.

    With a key go the comments right above it, and lines of the head such as "# - key: what it is";
    those also of a key that is not there.
    """
    keys = tuple(keys)
    file = EditedFile(data, shown)
    if not isinstance(file.root, yaml.MappingNode) or file.root.flow_style:
        raise file.refusal(keys[:1], BY_HAND)
    head = next(n for n, line in enumerate(file.lines) if not line.startswith(("#", "%")))
    pieces, gone = list[str](), set[int]()
    for key in keys:
        name, node = pair(file.root, key)
        start = end = 0
        if name is not None and node is not None:
            start, end = name.start_mark.line, after(node, 1, file.lines)
        while start > head and file.lines[start - 1].startswith("#"):
            start -= 1
        about = re.compile(rf"#\s*-\s*{re.escape(key)}:")
        said = [n for n in range(head) if about.match(file.lines[n])]
        lines = [file.lines[n] for n in (*said, *range(start, end))]
        if lines:
            ended = lines[-1].endswith(("\n", "\r"))
            pieces.append("".join(lines) + ("" if ended else file.newline))
        gone.update(said, range(start, end))
        while end and end < len(file.lines) and not file.lines[end].strip():  # one gap for two
            gone.add(end)
            end += 1
    piece = file.newline.join(pieces).encode()
    found, tree = parse_yaml(piece, shown), plain(file.tree)
    if found.problems or plain(found.tree) != {key: tree[key] for key in tree if key in keys}:
        raise file.refusal(keys[:1], BY_HAND)
    file.lines = [line for number, line in enumerate(file.lines) if number not in gone]
    return file.checked(keys[:1], lambda tree: [tree.pop(key, None) for key in keys]), piece


# --- what is expected -------------------------------------------------------------------------


def _at(tree: Any, keys: Keys) -> Any:
    for step in keys:
        tree = tree[step]
    return tree


def _assign(tree: Any, keys: Keys, value: object) -> None:
    _at(tree, keys[:-1])[keys[-1]] = value


def _insert(tree: Any, keys: Keys, position: int | None, item: object) -> None:
    parent = _at(tree, keys[:-1])
    there = parent[keys[-1]] if not isinstance(parent, dict) else parent.get(keys[-1])
    if not there:
        parent[keys[-1]] = [item]
    else:
        there.insert(len(there) if position is None else position, item)
