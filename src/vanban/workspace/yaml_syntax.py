"""What YAML's syntax errors mean, in the words of a person who writes official text.

In: an error of PyYAML and the text it was found in. Out: a :class:`Fault` with the place, a
Vietnamese message and, where one character is to blame, what to put in its place so that reading
can go on and find the mistakes that stand further down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from vanban.workspace.wording import one_line

BLOCK_HINT = (
    "viết >- rồi xuống dòng, thụt vào và viết đoạn chữ ở đó (hoặc đặt cả đoạn trong ngoặc kép)"
)
_NO_SPACE = "thiếu dấu cách sau dấu hai chấm — viết “khóa: giá trị”"
_ALIGN_HINT = "thụt thẳng hàng với các dòng cùng nhóm, chỉ dùng dấu cách"


@dataclass(frozen=True)
class Fault:
    """One syntax error; line and column count from 1.

    ``patch`` is (index in the text, character of the same length) or None where reading cannot go
    on; ``trusted`` says whether the patched text still has the structure that its author meant.
    """

    line: int
    column: int
    key: str
    message: str
    patch: tuple[int, str] | None = None
    trusted: bool = True


def explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Turn an error of the YAML reader (libyaml's or PyYAML's wording) into a :class:`Fault`."""
    lines = text.split("\n")
    what = f"{error.context or ''} | {error.problem or ''}"
    for pattern, at_context, builder in _CASES:
        if re.search(pattern, what):
            mark = error.context_mark if at_context else error.problem_mark
            mark = mark or error.problem_mark or error.context_mark
            if mark is None:
                break
            return builder(_Spot(lines, min(mark.line, len(lines) - 1), mark.column))
    mark = error.problem_mark or error.context_mark
    spot = _Spot(lines, min(mark.line, len(lines) - 1) if mark else 0, mark.column if mark else 0)
    return spot.fault(
        "dòng này không đúng cú pháp — xem lại dấu hai chấm, ngoặc và chỗ thụt đầu dòng ở đây và ở "
        "dòng trên"
    )


def bad_start(sign: str) -> str:
    """Return the message for a value that begins with a sign that means something to YAML."""
    return f"đoạn chữ không bắt đầu bằng “{sign}” được — {BLOCK_HINT}"


@dataclass(frozen=True)
class _Spot:
    lines: list[str]
    line: int
    column: int

    @property
    def before(self) -> str:
        return self.lines[self.line][: self.column]

    @property
    def sign(self) -> str:
        return self.lines[self.line][self.column : self.column + 1]

    def fault(self, message: str, patch: str | None = None, trusted: bool = True) -> Fault:
        key = re.match(r"[\s-]*([a-z0-9_]+):(?:\s|$)", self.lines[self.line])
        index = sum(len(line) + 1 for line in self.lines[: self.line]) + self.column
        return Fault(
            self.line + 1,
            self.column + 1,
            one_line(key[1]) if key and key.start(1) < self.column else "",
            message,
            (index, patch) if patch is not None and self.sign else None,
            trusted,
        )


def _colon(spot: _Spot) -> Fault:
    above = spot.lines[spot.line - 1] if spot.line else ""
    glued = re.match(r"[\s-]*[a-z0-9_]+:(?=[^\s:])", above)
    if glued and re.fullmatch(r"[\s-]*[a-z0-9_]+", spot.before):
        return _Spot(spot.lines, spot.line - 1, glued.end() - 1).fault(_NO_SPACE)
    if re.fullmatch(r"\s+[a-z0-9_]+", spot.before):
        return spot.fault(
            "dòng này thụt sâu hơn khóa ở trên nên bị đọc liền vào đoạn chữ trước — "
            f"{_ALIGN_HINT}; nếu đây là lời văn thì {BLOCK_HINT}",
            "：",
            trusted=False,
        )
    return spot.fault(f"trong đoạn chữ có dấu “: ”, máy hiểu lầm là một khóa — {BLOCK_HINT}", "：")


def _start(spot: _Spot) -> Fault:
    if spot.sign == "\t":
        return spot.fault("có dấu tab ở chỗ thụt đầu dòng — thay bằng dấu cách")
    return spot.fault(bad_start(spot.sign), "x")


def _block_header(spot: _Spot) -> Fault:
    return spot.fault(
        f"sau “{spot.sign}” còn chữ trên cùng một dòng — viết >- rồi xuống dòng, thụt vào và viết "
        "đoạn chữ ở đó",
        "x",
    )


def _open_quote(spot: _Spot) -> Fault:
    return spot.fault(f"dấu ngoặc mở ở đây không có dấu đóng — thêm dấu đóng, hoặc {BLOCK_HINT}")


def _escape(spot: _Spot) -> Fault:
    return spot.fault(
        "dấu “\\” trong ngoặc kép không hợp lệ — viết hai dấu “\\\\”, hoặc dùng ngoặc đơn",
        "/" if spot.sign == "\\" else None,
    )


def _open_bracket(spot: _Spot) -> Fault:
    return spot.fault(
        f"ngoặc “{spot.sign}” mở ở đây chưa được đóng đúng — thêm dấu đóng hoặc dấu phẩy giữa các "
        f"mục; nếu đây là lời văn thì {BLOCK_HINT}"
    )


def _no_colon(spot: _Spot) -> Fault:
    if re.match(r"\s*[a-z0-9_]+:\S", spot.lines[spot.line]):
        return spot.fault(_NO_SPACE)
    return spot.fault(
        "dòng này không có dạng “khóa: giá trị” và cũng không phải mục “- …” — thêm khóa ở đầu "
        f"dòng; nếu là phần tiếp của đoạn chữ ở trên thì {BLOCK_HINT}"
    )


def _unexpected(spot: _Spot) -> Fault:
    if re.search(r"[\"'\]}]\s*$", spot.before):
        return spot.fault(f"có chữ đứng sau dấu ngoặc đóng — {BLOCK_HINT}")
    return spot.fault(f"dòng này thụt vào không khớp với các dòng ở trên — {_ALIGN_HINT}")


def _dash(spot: _Spot) -> Fault:
    return spot.fault(
        "dấu “- ” không đứng ở đây được — xuống dòng và thụt vào nếu là danh sách; nếu là lời văn "
        f"thì {BLOCK_HINT}",
        "–",
    )


_CASES = (
    # (what the reader says, whether the place is where the construct began, explanation)
    (r"mapping values are not allowed", False, _colon),
    (r"sequence entries are not allowed", False, _dash),
    (r"mapping keys are not allowed", False, _start),
    (r"cannot start any token", False, _start),
    (r"expected node content|expected the node content", False, _start),
    (r"scanning an? (alias|anchor|directive|tag)", True, _start),
    (r"block scalar", True, _block_header),
    (r"escape|hexdecimal|hexadecimal", False, _escape),
    (r"quoted scalar", True, _open_quote),
    (r"flow (sequence|mapping)", True, _open_bracket),
    (r"could not find expected ':'", True, _no_colon),
    (r"expected key|'-' indicator|<document start>|<block end>", False, _unexpected),
)
