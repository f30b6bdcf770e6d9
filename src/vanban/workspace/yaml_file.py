"""Reading one YAML file into positioned, uninterpreted text (:mod:`vanban.workspace.source`).

In: a file. Out: a tree of ``Mapping``, ``Sequence`` and ``Scalar``, or every problem that can be
told. Stricter than YAML 1.1: no tags, merge keys, several documents, duplicate keys, tabs for
indentation, or comments on the line of an unquoted value, which would eat official text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vanban.errors import Place, Problem
from vanban.workspace.source import Node
from vanban.workspace.yaml_mends import as_read, find_mends, tell
from vanban.workspace.yaml_tree import TreeBuilder

MAX_BYTES = 5_000_000
"""A year of a ward's content is a few hundred kilobytes; anything larger is not hand-written."""
MAX_REPORTED = 20
"""Hidden characters and syntax errors told in one run; after that the file is plainly not YAML."""

_UNREADABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML does not allow, or takes for a line break, and byte order marks inside the text."""
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_BLANK = re.compile(r"^[ \t]+$", re.MULTILINE)


@dataclass(frozen=True)
class YamlFile:
    """What was read: ``tree`` is None where the file's structure cannot be relied on.

    ``notes`` tell what was read as it was meant, but should be mended.
    """

    tree: Node
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()


def scan_yaml(path: Path, shown: Path) -> YamlFile:
    """Read the file at ``path`` as far as possible, returning its problems; never raises.

    ``shown`` is the path that messages print.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return _refuse(
                shown, f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB, không đọc — chia nhỏ tệp này"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return _refuse(shown, "không có tệp này — tạo tệp hoặc xem lại tên tệp")
    except IsADirectoryError:
        return _refuse(shown, "đây là thư mục, không phải tệp — đổi tên thư mục và tạo tệp")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _refuse(shown, f"không đọc được tệp ({reason}) — xem lại quyền đọc tệp")
    return parse_yaml(data, shown)


def parse_yaml(data: bytes, shown: Path) -> YamlFile:
    """Read the bytes of a file; see :func:`scan_yaml`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = data[: error.start].decode("utf-8-sig", errors="replace")
        line, column = start.count("\n") + 1, len(start) - start.rfind("\n")
        return _refuse(
            shown,
            "tệp không ở bảng mã UTF-8 (có thể là TCVN3, VNI hay UTF-16) — mở bằng trình soạn "
            "thảo, chọn “Lưu với bảng mã UTF-8” (Save with Encoding: UTF-8)",
            line,
            column,
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    mends = find_mends(text)
    slips, notes = tell(mends, shown)
    text, hidden = _replace_hidden(as_read(text, mends), shown)
    text = _BLANK.sub(lambda match: " " * len(match[0]), text)
    text, tabs = _replace_tabs(text, shown)
    tree, problems, trusted = _build(text, shown, quiet=bool(tabs))
    problems = [*slips, *hidden, *tabs, *problems]
    if tree is None and not problems:
        return _refuse(shown, "tệp chưa có nội dung — điền các dòng “khóa: giá trị”", 1, 1)
    trusted = trusted and not tabs
    return YamlFile(tree if trusted else None, tuple(sorted(set(problems))), tuple(notes))


def _refuse(shown: Path, message: str, line: int = 0, column: int = 0) -> YamlFile:
    return YamlFile(None, (Problem(Place(shown, line, column), "", message),))


def _replace_hidden(text: str, shown: Path) -> tuple[str, list[Problem]]:
    problems = [
        Problem(
            place,
            "",
            f"có ký tự điều khiển U+{ord(sign):04X}, thường do dán từ phần mềm hay bảng mã khác — "
            "xóa ký tự này rồi gõ lại chữ ở đó",
        )
        for place, sign in _places(_UNREADABLE, text, shown)
    ]
    return _UNREADABLE.sub("\ufffd", text), problems


def _replace_tabs(text: str, shown: Path) -> tuple[str, list[Problem]]:
    message = "có dấu tab ở chỗ thụt đầu dòng — thay bằng dấu cách"
    problems = [
        Problem(Place(shown, place.line, found.index("\t") + 1), "", message)
        for place, found in _places(_TAB_INDENT, text, shown)
    ]
    return _TAB_INDENT.sub(lambda match: match[0].replace("\t", "  "), text), problems


def _places(pattern: re.Pattern[str], text: str, shown: Path) -> Iterator[tuple[Place, str]]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for count, match in enumerate(pattern.finditer(text)):
        if count == MAX_REPORTED:
            return
        line = bisect.bisect_right(starts, match.start())
        yield Place(shown, line, match.start() - starts[line - 1] + 1), match[0]


def _build(text: str, shown: Path, quiet: bool) -> tuple[Node, list[Problem], bool]:
    """Read ``text``, mending one character after each syntax error that allows it.

    With ``quiet``, syntax errors are not told (they follow from tabs that were told already).
    Returns the tree, the problems, and whether the tree has the structure its author meant.
    """
    faults: list[Problem] = []
    trusted = True
    while True:
        builder = TreeBuilder(text, shown)
        fault = builder.run()
        if fault is None:
            return builder.root, [*faults, *builder.problems], trusted
        if quiet:
            return None, builder.problems, False
        faults.append(Problem(Place(shown, fault.line, fault.column), fault.key, fault.message))
        trusted = trusted and fault.trusted
        if fault.patch is None or len(faults) == MAX_REPORTED:
            return None, [*faults, *builder.problems], False
        index, sign = fault.patch
        text = text[:index] + sign + text[index + 1 :]
