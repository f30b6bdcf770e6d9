"""Reading one YAML file into positioned, uninterpreted text (:mod:`vanban.workspace.source`).

In: a file. Out: a tree of ``Mapping``, ``Sequence`` and ``Scalar``, or every problem that can be
told. Stricter than YAML 1.1: no tags, merge keys, several documents, duplicate keys, tabs for
indentation, or comments on the line of an unquoted value, which would eat official text.
"""

from __future__ import annotations

import bisect
import errno
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from msgspec import Struct, field

from vanban.errors import Place, Problem
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.workspace.source import Node
from vanban.workspace.yaml_mends import as_read, find_mends, tell
from vanban.workspace.yaml_tree import TreeBuilder

MAX_BYTES = 5_000_000
"""A year of a ward's content is a few hundred kilobytes; anything larger is not hand-written."""
MAX_REPORTED = 20
"""Hidden characters and syntax errors told in one run; after that the file is plainly not YAML."""

_FAILURES = {
    errno.ENOENT: "không có tệp này — tạo tệp hoặc xem lại tên tệp",
    errno.EISDIR: "đây là thư mục, không phải tệp — đổi tên thư mục và tạo tệp",
    errno.EFBIG: f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB, không đọc — chia nhỏ tệp này",
}
"""What to do about a file that cannot be read, by the system's number of the failure."""

_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML does not allow, or takes for a line break, and byte order marks inside the text."""
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
"""What git leaves in a file that two people changed."""
_COMMENTED = re.compile(r"\s*#[\s#]*(?:-\s*)?\{?\s*ma:\s*[\"']?([a-z0-9][a-z0-9.-]*)")
_BLANK = re.compile(r"^[ \t]+$", re.MULTILINE)


class YamlFile(Struct, frozen=True):
    """What was read: ``tree`` is None where the file's structure cannot be relied on.

    ``notes`` tell what was read as it was meant, but should be mended. ``touched`` are lines with
    values that nobody typed as they were read; ``commented`` are ids of entries that are comments.
    """

    tree: Node
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    touched: frozenset[int] = frozenset()
    commented: Mapping[str, Place] = field(default_factory=dict)


def scan_yaml(path: Path, shown: Path) -> YamlFile:
    """Read the file at ``path`` as far as possible, returning its problems; never raises.

    ``shown`` is the path that messages print.
    """
    try:
        return parse_yaml(read_file(path, MAX_BYTES), shown)
    except OSError as error:
        return unread(shown, error)


def unread(shown: Path, error: OSError) -> YamlFile:
    """Return what is known of a file that cannot be read: why."""
    unknown = f"không đọc được tệp: {reason_of(error)} — xem lại tệp và quyền đọc"
    return _refuse(shown, _FAILURES.get(error.errno or 0, unknown))


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
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        return _conflict(text, conflict, shown)
    typed = text
    text, hidden = _replace_hidden(as_read(text, mends), shown)
    text = _BLANK.sub(lambda match: " " * len(match[0]), text)
    text, tabs = _replace_tabs(text, shown)
    tree, problems, trusted, touched = _build(text, typed, shown, quiet=bool(tabs))
    problems = [*slips, *hidden, *tabs, *problems]
    if tree is None and not problems:
        return _refuse(shown, "tệp chưa có nội dung — điền các dòng “khóa: giá trị”", 1, 1)
    trusted = trusted and not tabs
    return YamlFile(
        tree if trusted else None,
        tuple(sorted({_within(text, problem) for problem in problems})),
        tuple(notes),
        frozenset(touched | {problem.place.line for problem in problems}),
        {
            found[1]: Place(shown, number, 1)
            for number, line in enumerate(text.split("\n"), 1)
            if (found := _COMMENTED.match(line))
        },
    )


def _within(text: str, problem: Problem) -> Problem:
    """Return the problem with its place inside of ``text``: YAML may tell the end of the file."""
    lines = text.split("\n")
    place = problem.place
    line = min(place.line, len(lines))
    if place.line and line > 1 and not lines[line - 1]:
        line = max(number for number in range(1, line + 1) if number == 1 or lines[number - 1])
    column = min(place.column, max(len(lines[line - 1]), 1)) if line == place.line else 1
    return replace(problem, place=Place(place.file, line, column))


def _conflict(text: str, mark: re.Match[str], shown: Path) -> YamlFile:
    line = text.count("\n", 0, mark.start()) + 1
    return _refuse(
        shown,
        f"còn dòng “{mark[0][:7]}” do git đánh dấu hai người cùng sửa một chỗ — giữ phần đúng, xóa "
        "các dòng <<<<<<<, =======, >>>>>>>",
        line,
        1,
    )


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


def _build(
    text: str, typed: str, shown: Path, quiet: bool
) -> tuple[Node, list[Problem], bool, set[int]]:
    """Read ``text``, mending a line or more after each syntax error that allows it.

    With ``quiet``, syntax errors are not told (they follow from tabs that were told already).
    Returns the tree, the problems, whether the tree has the structure its author meant, and the
    lines with values that nobody typed.
    """
    faults: list[Problem] = []
    touched: set[int] = set()
    trusted = True
    while True:
        builder = TreeBuilder(text, shown, typed)
        fault = builder.run()
        if fault is None:
            return builder.root, [*faults, *builder.problems], trusted, touched
        if quiet:
            return None, builder.problems, False, touched
        faults.append(Problem(Place(shown, fault.line, fault.column), fault.key, fault.message))
        trusted = trusted and fault.trusted
        if fault.patch is None or len(faults) == MAX_REPORTED:
            return None, [*faults, *builder.problems], False, touched
        touched |= fault.touched | fault.patch.keys()
        lines = text.split("\n")
        for number, line in fault.patch.items():
            lines[number - 1] = line
        text = "\n".join(lines)
