"""Changes of values in a YAML file by their places; every other byte stays as it was.

In: the bytes of a file and a place: a line and column, or the keys and positions that lead to a
value. Out: the new bytes, which were read again: they hold what the old held but for that one
value, and no mistake that was not there. Where that cannot be, EditError says so at its place. Line
ends, a byte order mark and comments stay. Whatever writes into content files writes what comes
from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vanban.errors import ContentError, Place, Problem
from vanban.provenance import Keys
from vanban.workspace.source import Mapping, Node, Sequence
from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_mends import as_read as line_as_read
from vanban.workspace.yaml_mends import find_mends
from vanban.workspace.yaml_places import after, is_comment_of, is_spaced, pair
from vanban.workspace.yaml_write import (
    Item,
    Value,
    as_read,
    folded,
    item_lines,
    key_lines,
    on_one_line,
    written,
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BY_HAND = "không sửa được chỗ này mà không động đến chỗ khác — sửa bằng tay"


class EditError(ContentError):
    """A file is written in a way that the change cannot be made in without touching more."""


@dataclass(frozen=True, order=True)
class Edit:
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
    mark, lines = _lines(data)
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
    file = _File(data, shown)
    changes = [(file.position_of(keys), keys, value) for keys, value in values.items()]
    for _, keys, value in sorted(reversed(changes), key=lambda each: each[0], reverse=True):
        file.set(keys, value)

    def assign_all(tree: Any) -> None:
        for keys, value in values.items():
            _assign(tree, keys, as_read(value))

    return file.checked(next(iter(values)), assign_all)


def insert_item(
    data: bytes, shown: Path, keys: Keys, item: Item, position: int | None = None
) -> bytes:
    """Return the file with ``item`` in the list at ``keys``: before ``position``, or last (None).

    A list that is not there yet is made, as the last key of its mapping.
    """
    file = _File(data, shown)
    item = item if isinstance(item, str) else tuple(item)
    node = file.node(keys)
    column, before, first = 2, [], False
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
        previous = node.value[: position or 1][-1]
        line = node.start_mark.line if first else after(previous, column + 1, file.lines)
    else:
        line, column = file.opened(node, keys), file.key_column(keys) + 2
    file.put(line, [*before, *item_lines(item, column)], spaced=True, first=first)
    new = as_read(item) if isinstance(item, str) else {name: as_read(each) for name, each in item}
    return file.checked(keys, lambda tree: _insert(tree, keys, position, new))


def delete(data: bytes, shown: Path, keys: Keys) -> bytes:
    """Return the file without the lines of the item or key at ``keys``; a list may be left ``[]``.

    Comments indented deeper go with it, those above stay.
    """
    file = _File(data, shown)
    parent, node = file.node(keys[:-1]), file.node(keys)
    if node is None or not isinstance(parent, yaml.CollectionNode) or parent.flow_style:
        raise file.refusal(keys, "không có mục này, hoặc viết trong ngoặc — sửa bằng tay")
    column = parent.start_mark.column
    start = (file.key_node(keys) or node).start_mark.line
    while isinstance(parent, yaml.SequenceNode) and file.lines[start][column : column + 1] != "-":
        start -= 1
    end = after(node, column + 1, file.lines)
    while start and end < len(file.lines) and not (file.lines[start - 1] + file.lines[end]).strip():
        end += 1
    del file.lines[start:end]
    above = file.key_node(keys[:-1])
    if isinstance(parent, yaml.SequenceNode) and len(parent.value) == 1 and above is not None:
        line = file.lines[above.end_mark.line]
        colon = line.index(":", above.end_mark.column) + 1
        file.lines[above.end_mark.line] = f"{line[:colon]} []{line[colon:]}"
    return file.checked(keys, lambda tree: _at(tree, keys[:-1]).__delitem__(keys[-1]))


def take_out(data: bytes, shown: Path, keys: Iterable[str]) -> tuple[bytes, bytes]:
    """Return the file without its topmost ``keys``, and the lines of those as a file of their own.

    With a key go the comments right above it, and lines of the head such as "# - key: what it is";
    those also of a key that is not there.
    """
    keys = tuple(keys)
    file = _File(data, shown)
    if not isinstance(file.root, yaml.MappingNode) or file.root.flow_style:
        raise file.refusal(keys[:1], _BY_HAND)
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
    found, tree = parse_yaml(piece, shown), _plain(file.tree)
    if found.problems or _plain(found.tree) != {key: tree[key] for key in tree if key in keys}:
        raise file.refusal(keys[:1], _BY_HAND)
    file.lines = [line for number, line in enumerate(file.lines) if number not in gone]
    return file.checked(keys[:1], lambda tree: [tree.pop(key, None) for key in keys]), piece


# --- a file that is being changed -------------------------------------------------------------


class _File:
    """The lines of a file with their ends, and its nodes with their places."""

    def __init__(self, data: bytes, shown: Path) -> None:
        found = parse_yaml(data, shown)
        if found.tree is None:
            raise EditError(found.problems)
        self.shown, self.tree, self.problems = shown, found.tree, found.problems
        self.mark, self.lines = _lines(data)
        body = "".join(self.lines).replace("\r\n", "\n").replace("\r", "\n")
        text = line_as_read(body, find_mends(body))
        self.as_read = text.split("\n")
        self.newline = "\r\n" if "\r\n" in "".join(self.lines) else "\n"
        try:
            self.root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:  # what the reader of content read as it was meant
            raise EditError(self.problems) from error

    def position_of(self, keys: Keys) -> tuple[int, int]:
        """Return line and column of a value, or of where a new key goes."""
        node = self.node(keys)
        if node is not None:
            return node.start_mark.line, node.start_mark.column
        return self.room(keys)[0], -1

    def room(self, keys: Keys) -> tuple[int, int]:
        """Return the line where a new key goes, and its column; in ``{}`` it is the first."""
        parent = self.node(keys[:-1])
        if isinstance(parent, yaml.MappingNode) and isinstance(keys[-1], str):
            mark = parent.start_mark
            if not parent.flow_style:
                return after(parent, mark.column, self.lines), mark.column
            if not parent.value and mark.line == parent.end_mark.line and len(keys) > 1:
                return mark.line + 1, self.key_column(keys[:-1]) + 2
        raise self.refusal(keys, "chưa có khóa hay mục này — thêm bằng tay")

    def set(self, keys: Keys, value: Value) -> None:
        """Put a value at its place; what stands above keeps its places."""
        parent, node = self.node(keys[:-1]), self.node(keys)
        if node is None and parent is not None:
            line, column = self.room(keys)
            mark, above = parent.start_mark, self.lines[parent.start_mark.line]
            if getattr(parent, "flow_style", False) and above[mark.column : mark.column + 1] == "{":
                ended = above[parent.end_mark.column :]
                self.lines[mark.line] = above[: mark.column].rstrip(" ") + ended
            self.put(line, key_lines(str(keys[-1]), value, column))
        elif not isinstance(node, yaml.ScalarNode):
            raise self.refusal(
                keys, "đây là danh sách hay nhóm khóa, không phải một giá trị — chọn bên trong"
            )
        else:
            self.replace(node, keys, _text_for(self, node, keys, value))

    def node(self, keys: Keys) -> yaml.Node | None:
        """Return the node at ``keys``, None where there is none."""
        node = self.root
        for step in keys:
            node = pair(node, step)[1]
        return node

    def key_node(self, keys: Keys) -> yaml.Node | None:
        return pair(self.node(keys[:-1]), keys[-1])[0] if keys else None

    def key_column(self, keys: Keys) -> int:
        key = self.key_node(keys)
        return key.start_mark.column if key is not None else 0

    def opened(self, node: yaml.Node, keys: Keys) -> int:
        """Return the line after the key of a list without items, its brackets taken away."""
        name = keys[-1] if keys else ""
        mark, end = node.start_mark, node.end_mark
        if isinstance(node, yaml.SequenceNode) and node.value:
            raise self.refusal(
                keys,
                f"danh sách {name} viết trong ngoặc [ ] — viết lại mỗi mục trên một dòng, bắt đầu "
                "bằng dấu “-”",
            )
        if isinstance(node, yaml.SequenceNode):
            if mark.line != end.line:
                raise self.refusal(
                    keys, f"danh sách {name} rỗng viết trên nhiều dòng — viết lại là []"
                )
            line = self.lines[mark.line]
            self.lines[mark.line] = line[: mark.column].rstrip(" ") + line[end.column :]
        elif not (isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style):
            raise self.refusal(keys, f"{name} không phải là danh sách — viết lại theo tệp mẫu")
        return mark.line + 1

    def put(self, line: int, added: list[str], spaced: bool = False, first: bool = False) -> None:
        """Put lines before ``line``; items stand apart by blank lines where others do."""
        lines = self.lines
        if line and not lines[line - 1].endswith(("\n", "\r")):
            lines[line - 1] += self.newline
        gap = [""] if spaced and is_spaced(lines, len(lines) if first else line) else []
        new = [*added, *gap] if first else [*gap, *added]
        lines[line:line] = [each + self.newline for each in new]

    def replace(self, node: yaml.ScalarNode, keys: Keys, text: str) -> None:
        """Put ``text`` in the place of a scalar."""
        start, end = node.start_mark, node.end_mark
        for number in {start.line, min(end.line, len(self.lines) - 1)}:
            if self.lines[number].rstrip("\r\n") != self.as_read[number]:
                raise self.refusal(keys, _BY_HAND)  # places are those of the mended line
        raw = "".join(self.lines)
        first = sum(map(len, self.lines[: start.line])) + start.column
        last = sum(map(len, self.lines[: end.line])) + end.column
        if node.style in ("|", ">"):  # the blank lines behind it are not its own
            last = first + len(raw[first:last].rstrip())
        space = " " if first == last and raw[first - 1 : first] in (":", "-") else ""
        text = text.replace("\n", self.newline)
        self.lines = _LINE.findall(raw[:first] + space + text + raw[last:])
        self.as_read[start.line :] = [line.rstrip("\r\n") for line in self.lines[start.line :]]

    def checked(self, keys: Keys, change: Callable[[Any], object]) -> bytes:
        """Return the new bytes if they read as the old with the one ``change``."""
        expected = _plain(self.tree)
        try:
            change(expected)
        except (LookupError, TypeError, AttributeError) as error:
            raise self.refusal(keys, _BY_HAND) from error
        data = (self.mark + "".join(self.lines)).encode()
        found = parse_yaml(data, self.shown)
        if _told(found.problems) - _told(self.problems) or _plain(found.tree) != expected:
            raise self.refusal(keys, _BY_HAND)
        return data

    def refusal(self, keys: Keys, message: str) -> EditError:
        nodes = [self.node(keys[:end]) for end in range(len(keys), -1, -1)] if keys else []
        node = next((each for each in nodes if each is not None), None)
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
        name = next((step for step in reversed(keys) if isinstance(step, str)), "")
        return EditError([Problem(Place(self.shown, line, column), name, message)])


def _lines(data: bytes) -> tuple[str, list[str]]:
    text = data.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark, _LINE.findall(text.removeprefix(mark))


def _text_for(file: _File, node: yaml.ScalarNode, keys: Keys, value: Value) -> str:
    """Return ``value`` written as the scalar that it replaces was."""
    parent = file.node(keys[:-1])
    column = parent.start_mark.column if parent is not None else 0
    plain = as_read(value)
    if isinstance(plain, list):
        return written(value, column, 0)[0]
    if any(getattr(file.node(keys[:end]), "flow_style", False) for end in range(len(keys))):
        return on_one_line(plain, node.style)
    if node.style in ("'", '"'):
        return on_one_line(plain, node.style)
    is_block = node.style in ("|", ">")
    key_length = len(str(keys[-1])) if keys else 0
    new = folded(plain, column) if is_block and plain else written(value, column, key_length)
    below = file.lines[node.end_mark.line + (not is_block) :]
    comment = next((line for line in below if line.strip()), "")
    if len(new) > 1 and is_comment_of(comment, column + 1):  # it would be taken for text
        return on_one_line(plain, '"')
    return "\n".join(new)


# --- what is expected -------------------------------------------------------------------------


def _told(problems: Iterable[Problem]) -> set[tuple[str, str]]:
    """Return what is wrong without places, which move with the lines."""
    return {(problem.key, problem.message) for problem in problems}


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [_plain(value) for value in node]
    return None if node is None else str(node)


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
