"""A YAML file whose lines are being changed; what comes out is read again and compared.

In: the bytes of a file. Out: the new bytes, which hold what the old held but for the one change,
and no mistake that was not there; else EditError at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from vanban.errors import ContentError, Place, Problem
from vanban.provenance import Keys
from vanban.workspace.models.allowed_characters import find_unprintable
from vanban.workspace.source import Mapping, Node, Sequence
from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_mends import as_read as line_as_read
from vanban.workspace.yaml_mends import find_mends
from vanban.workspace.yaml_places import after, is_comment_of, is_spaced, pair
from vanban.workspace.yaml_write import (
    Value,
    as_read,
    folded,
    in_brackets,
    key_lines,
    on_one_line,
    written,
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
BY_HAND = "không sửa được chỗ này mà không động đến chỗ khác — sửa bằng tay"


class EditError(ContentError):
    """A file is written in a way that the change cannot be made in without touching more."""


class EditedFile:
    """The lines of a file with their ends, and its nodes with their places."""

    def __init__(self, data: bytes, shown: Path) -> None:
        found = parse_yaml(data, shown)
        if found.tree is None:
            raise EditError(found.problems)
        self.shown, self.tree, self.problems = shown, found.tree, found.problems
        self.mark, self.lines = lines_of(data)
        self.before = frozenset(self.lines)
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
        node = self.node(keys) or self.brackets(keys)
        if node is not None:
            return node.start_mark.line, node.start_mark.column
        return self.room(keys)[0], -1

    def brackets(self, keys: Keys) -> yaml.MappingNode | None:
        """Return the mapping within braces, with keys already, that a new key goes into."""
        parent = self.node(keys[:-1])
        if isinstance(parent, yaml.MappingNode) and parent.flow_style and parent.value:
            return parent
        return None

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
        parent, node, braces = self.node(keys[:-1]), self.node(keys), self.brackets(keys)
        if node is None and braces is not None:
            end = self.offset(braces.value[-1][1].end_mark)
            self.cut(braces, keys, end, end, f", {keys[-1]}: {in_brackets(value)}")
        elif node is None and parent is not None:
            line, column = self.room(keys)
            mark, above = parent.start_mark, self.lines[parent.start_mark.line]
            if getattr(parent, "flow_style", False) and above[mark.column : mark.column + 1] == "{":
                ended = above[parent.end_mark.column :]
                self.lines[mark.line] = above[: mark.column].rstrip(" ") + ended
            self.put(line, [key_lines(str(keys[-1]), value, column)])
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

    def put(
        self,
        line: int,
        added: Iterable[list[str]],
        column: int | None = None,
        first: bool = False,
        among: range | None = None,
    ) -> None:
        """Put items before ``line``, each its lines; at ``column`` apart where others are.

        Those are the items that begin in the lines ``among``, else all of the file.
        """
        lines = self.lines
        if line and not lines[line - 1].endswith(("\n", "\r")):
            lines[line - 1] += self.newline
        among = among or range(1, len(lines) if first else line)
        gap = [""] if column is not None and is_spaced(lines, among, column) else []
        new = [text for each in added for text in ([*each, *gap] if first else [*gap, *each])]
        lines[line:line] = [each + self.newline for each in new]

    def replace(self, node: yaml.ScalarNode, keys: Keys, text: str) -> None:
        """Put ``text`` in the place of a scalar."""
        first, last = self.offset(node.start_mark), self.offset(node.end_mark)
        raw = "".join(self.lines)
        if node.style in ("|", ">"):  # the blank lines behind it are not its own
            last = first + len(raw[first:last].rstrip())
        space = " " if first == last and raw[first - 1 : first] in (":", "-") else ""
        self.cut(node, keys, first, last, space + text.replace("\n", self.newline))

    def offset(self, mark: yaml.Mark) -> int:
        """Return how many characters stand before a place."""
        return sum(map(len, self.lines[: mark.line])) + mark.column

    def cut(self, node: yaml.Node, keys: Keys, first: int, last: int, text: str) -> None:
        """Put ``text`` in the place of the characters ``first`` to ``last``, within ``node``."""
        start, end = node.start_mark, node.end_mark
        for number in {start.line, min(end.line, len(self.lines) - 1)}:
            if self.lines[number].rstrip("\r\n") != self.as_read[number]:
                raise self.refusal(keys, BY_HAND)  # places are those of the mended line
        raw = "".join(self.lines)
        self.lines = _LINE.findall(raw[:first] + text + raw[last:])
        self.as_read[start.line :] = [line.rstrip("\r\n") for line in self.lines[start.line :]]

    def checked(self, keys: Keys, change: Callable[[Any], object]) -> bytes:
        """Return the new bytes if they read as the old with the one ``change``."""
        expected = plain(self.tree)
        try:
            change(expected)
        except (LookupError, TypeError, AttributeError) as error:
            raise self.refusal(keys, BY_HAND) from error
        data = (self.mark + "".join(self.lines)).encode()
        found = parse_yaml(data, self.shown)
        if _told(found.problems) - _told(self.problems) or plain(found.tree) != expected:
            raise self.refusal(keys, self.unprintable() or BY_HAND)
        return data

    def unprintable(self) -> str | None:
        """Return which character in the new lines no file can hold."""
        new = (line.rstrip("\r\n") for line in self.lines if line not in self.before)
        return next(filter(None, map(find_unprintable, new)), None)

    def refusal(self, keys: Keys, message: str) -> EditError:
        nodes = [self.node(keys[:end]) for end in range(len(keys), -1, -1)] if keys else []
        node = next((each for each in nodes if each is not None), None)
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
        name = next((step for step in reversed(keys) if isinstance(step, str)), "")
        return EditError([Problem(Place(self.shown, line, column), name, message)])


def lines_of(data: bytes) -> tuple[str, list[str]]:
    text = data.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark, _LINE.findall(text.removeprefix(mark))


def _text_for(file: EditedFile, node: yaml.ScalarNode, keys: Keys, value: Value) -> str:
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


def plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [plain(value) for value in node]
    return None if node is None else str(node)
