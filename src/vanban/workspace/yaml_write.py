"""Values as text of YAML, which the reader of content takes for the same values.

In: a text of one paragraph, a number, a yes or no, a list of short texts. Out: lines without line
ends. A text that is not plain goes into a block (``>-``), which needs no signs around or inside.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from vanban.nd30.letters import composed_line

WIDTH = 96
"""Columns of a folded text, as in the files that came with the program."""

Value = str | bool | int | tuple[str, ...]
Item = str | Iterable[tuple[str, Value]]
"""An item of a list: a text, or keys and values."""

SHORT = 40
"""Characters of the longest text that stands in braces."""

_PLAIN = re.compile(r"[/0-9A-Za-zÀ-ỹĐđ][\w/.,()+–-]*( [\w/.,()+–-]+)*")
"""Text that YAML takes as it is: no colon, hash, quote or leading sign."""


def as_read(value: Value) -> str | list[str]:
    """Return what reading a written value gives; blanks and line breaks of a text are one space."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return list(value)
    return composed_line(str(value))


def item_lines(item: Item, indent: int) -> list[str]:
    """Return the lines of one item of a list, its dash at column ``indent``."""
    if isinstance(item, str):
        lines = written(item, indent, 0)
        return [f"{' ' * indent}- {lines[0]}", *lines[1:]]
    lines = [line for name, value in item for line in key_lines(name, value, indent + 2)]
    lines[0] = f"{' ' * indent}- {lines[0].lstrip()}"
    return lines


def key_lines(name: str, value: Value, indent: int) -> list[str]:
    """Return the lines of a key at column ``indent`` and its value."""
    lines = written(value, indent, len(name))
    return [f"{' ' * indent}{name}: {lines[0]}", *lines[1:]]


def tree_lines(tree: Mapping[str, Any], indent: int = 0) -> list[str]:
    """Return the lines of a mapping: texts, tuples of ids, lists of texts or mappings, mappings.

    Empty texts and lists are left out. Items that hold lists of their own are set apart by blank
    lines; a short one of texts stands in braces.
    """
    lines: list[str] = []
    for name, value in tree.items():
        if value in ("", (), [], None):
            continue
        if value == {}:
            lines.append(f"{' ' * indent}{name}: {{}}")
        elif isinstance(value, Mapping):
            lines += [f"{' ' * indent}{name}:", *tree_lines(value, indent + 2)]
        elif isinstance(value, list):
            lines.append(f"{' ' * indent}{name}:")
            for item in value:
                lines += _item_of_tree(item, indent + 2)
            if lines[-1] == "":
                lines.pop()
        elif isinstance(value, tuple) and sum(map(len, value)) + 2 * len(value) > WIDTH // 2:
            lines.append(f"{' ' * indent}{name}:")
            lines += (f"{' ' * (indent + 2)}- {each}" for each in value)
        else:
            lines += key_lines(name, value, indent)
    return lines


def _item_of_tree(item: str | Mapping[str, Any] | list[Any], indent: int) -> list[str]:
    if isinstance(item, str):
        return item_lines(item, indent)
    if isinstance(item, list):
        return [f"{' ' * indent}- [{', '.join(on_one_line(text, None) for text in item)}]"]
    if all(isinstance(each, str) and len(each) <= SHORT for each in item.values()):
        inside = ", ".join(f"{name}: {on_one_line(each, None)}" for name, each in item.items())
        line = f"{' ' * indent}- {{{inside}}}"
        if len(line) <= WIDTH and len(item) > 1:
            return [line]
    lines = tree_lines(item, indent + 2)
    lines[0] = f"{' ' * indent}- {lines[0].lstrip()}"
    return [*lines, ""]


def written(value: Value, indent: int, key_length: int) -> list[str]:
    """Return a value; the first line goes behind a key of ``key_length`` at column ``indent``."""
    if isinstance(value, tuple):
        return [f"[{', '.join(value)}]"]
    text = str(as_read(value))
    if not text:
        return ['""']
    if indent + key_length + 2 + len(text) <= WIDTH and _is_plain(text):
        return [text]
    return folded(text, indent)


def folded(text: str, indent: int) -> list[str]:
    """Return a text as a block below a key at column ``indent``."""
    room = WIDTH - indent - 2
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [">-", *(f"{' ' * (indent + 2)}{line}" for line in lines)]


def on_one_line(text: str, style: str | None) -> str:
    """Return a text within brackets, or within signs of the same ``style``: ' or "."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == '"' or not _is_plain(text) or "," in text:
        return json.dumps(text, ensure_ascii=False)
    return text


def in_brackets(item: Value | Item) -> str:
    """Return a value, or keys and values of an item, as they stand within brackets."""
    if isinstance(item, str | bool | int):
        return on_one_line(str(as_read(item)), None)
    pairs = [each if isinstance(each, tuple) else (each, None) for each in item]
    if all(value is None for _, value in pairs):
        return f"[{', '.join(on_one_line(name, None) for name, _ in pairs)}]"
    return "{" + ", ".join(f"{k}: {in_brackets(v)}" for k, v in pairs if v is not None) + "}"


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text[-1] not in "-+" and text.lower() != "null"
