"""Adding one entry to the end of a list in a YAML file, as text.

In: the text of the file and the entry. Out: the new text, in which every old line stands as it
was, in the same order; only a list written ``[]`` gives up its brackets. The caller reads the
result again before trusting it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

import yaml

from vanban.errors import VanbanError

WIDTH = 96
"""Columns of a folded text, as in the files that came with the program."""

Value = str | bool | int | tuple[str, ...]

_PLAIN = re.compile(r"[/0-9A-Za-zÀ-ỹĐđ][\w/.,()+–-]*( [\w/.,()+–-]+)*")
"""Text that YAML takes as it is: no colon, hash, quote or leading sign."""


class AppendError(VanbanError):
    """The list is written in a way that text cannot be added to safely."""


def append_entry(text: str, list_key: str, entry: Iterable[tuple[str, Value]]) -> str:
    """Return ``text`` with ``entry`` at the end of the top-level list ``list_key``.

    Line ends of the file are kept. Raises AppendError for a list written in brackets with items,
    or a file that is no mapping; yaml.YAMLError where it is no YAML at all.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    lines = [line for line in lines if line]
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    root = yaml.compose(normal, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise AppendError("tệp không có dạng “khóa: giá trị” — viết lại theo tệp mẫu")
    found = [
        (key, value)
        for key, value in root.value
        if isinstance(key, yaml.ScalarNode) and key.value == list_key
    ]
    if not found:
        position, indent, before = _end_of_content(lines), 2, [f"{list_key}:{newline}"]
    else:
        key, value = found[0]
        position, indent, before = _place(key, value, lines, list_key), 2, []
        if isinstance(value, yaml.SequenceNode) and value.value:
            indent = value.start_mark.column
    if position and not lines[position - 1].endswith(("\n", "\r")):
        lines[position - 1] += newline
    gap = [newline] if position and _is_spaced(lines, position) else []
    added = [f"{line}{newline}" for line in entry_lines(entry, indent)]
    return "".join([*lines[:position], *gap, *before, *added, *lines[position:]])


def entry_lines(entry: Iterable[tuple[str, Value]], indent: int) -> list[str]:
    """Return the lines of one item of a list, its dash at column ``indent``."""
    lines: list[str] = []
    for name, value in entry:
        written = _written(value, indent + 2, len(name))
        lines.append(f"{' ' * (indent + 2)}{name}: {written[0]}")
        lines.extend(written[1:])
    lines[0] = f"{' ' * indent}- {lines[0].lstrip()}"
    return lines


def _written(value: Value, indent: int, key_length: int) -> list[str]:
    """Return a value as YAML; the first line goes behind a key of ``key_length`` characters."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int):
        return [str(value)]
    if isinstance(value, tuple):
        return [f"[{', '.join(value)}]"]
    text = " ".join(value.split())
    fits = indent + key_length + 2 + len(text) <= WIDTH
    if fits and _PLAIN.fullmatch(text) and text[-1] not in "-+" and text.lower() != "null":
        return [text]
    room = WIDTH - indent - 2
    folded = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [">-", *(f"{' ' * (indent + 2)}{line}" for line in folded)]


def _place(key: yaml.Node, value: yaml.Node, lines: list[str], list_key: str) -> int:
    """Return the line that the new entry goes before; empties brackets in ``lines``."""
    if isinstance(value, yaml.SequenceNode) and value.value:
        if value.flow_style:
            raise AppendError(
                f"danh sách {list_key} viết trong ngoặc [ ] — viết lại mỗi tài liệu thành một mục "
                "bắt đầu bằng dấu “-”"
            )
        return _after_last_line(value, lines)
    if isinstance(value, yaml.SequenceNode):
        first, last = value.start_mark, value.end_mark
        if first.line != last.line:
            raise AppendError(f"danh sách {list_key} rỗng viết trên nhiều dòng — viết lại là []")
        line = lines[first.line]
        shift = 1 if first.line == 0 and line.startswith("\ufeff") else 0
        start, end = first.column + shift, last.column + shift
        lines[first.line] = line[:start].rstrip(" ") + line[end:]
        return first.line + 1
    if isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style:
        return key.end_mark.line + 1
    raise AppendError(f"{list_key} không phải là danh sách — viết lại theo tệp mẫu")


def _after_last_line(sequence: yaml.SequenceNode, lines: list[str]) -> int:
    """Return the line after the last one of ``sequence``, with the comments that belong to it."""
    node: yaml.Node = sequence
    while True:
        if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
            node = node.value[-1]
        elif isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
            key, node = node.value[-1]
            if isinstance(node, yaml.ScalarNode) and not node.value and not node.style:
                node = key
        else:
            break
    mark = node.end_mark
    position = mark.line + 1
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        # A block text ends where the next thing begins, or in the last line of the file.
        unended = mark.line == len(lines) - 1 and mark.column == len(lines[-1])
        position = mark.line + 1 if unended else mark.line
    while position and not lines[position - 1].strip():
        position -= 1
    while position < len(lines) and _is_comment_of(lines[position], sequence.start_mark.column + 1):
        position += 1
    return position


def _is_comment_of(line: str, column: int) -> bool:
    return line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) >= column


def _end_of_content(lines: list[str]) -> int:
    position = len(lines)
    while position and not lines[position - 1].strip():
        position -= 1
    return position


def _is_spaced(lines: list[str], position: int) -> bool:
    """Say whether items of the list stand apart by blank lines, judged by the file."""
    return any(
        not lines[i - 1].strip() and lines[i].lstrip().startswith("- ma:")
        for i in range(1, position)
    )
