"""What YAML's syntax errors mean, in the words of a person who writes official text.

In: an error of PyYAML and the text it was found in. Out: a :class:`Fault` with the place, a
Vietnamese message and, where one character is to blame, what to put in its place so that reading
can go on and find the mistakes that stand further down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml
from msgspec import Struct

from vanban.workspace.wording import one_line

BLOCK_HINT = (
    "viết >- rồi xuống dòng, thụt vào và viết đoạn chữ ở đó (hoặc đặt cả đoạn trong ngoặc kép)"
)
_KEY = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*"
"""What a key or an id looks like."""
_COLONS = "：﹕∶꞉˸;="
"""Signs that look like a colon, or are typed for one."""
_NO_SPACE = "thiếu dấu cách sau dấu hai chấm — viết “khóa: giá trị”"
_ALIGN_HINT = "thụt thẳng hàng với các dòng cùng nhóm, chỉ dùng dấu cách"
_TOO_DEEP = (
    "dòng này thụt sâu hơn khóa ở trên nên bị đọc liền vào đoạn chữ trước — "
    f"{_ALIGN_HINT}; nếu đây là lời văn thì {BLOCK_HINT}"
)


class Fault(Struct, frozen=True):
    """One syntax error; line and column count from 1.

    ``patch`` maps lines, counted from 1, to what they are read as so that reading can go on; None
    where it cannot. ``trusted`` says whether the patched text still has the structure that its
    author meant. ``touched`` are lines whose values nobody typed as they are read then.
    """

    line: int
    column: int
    key: str
    message: str
    patch: Mapping[int, str] | None = None
    trusted: bool = True
    touched: frozenset[int] = frozenset()


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


class _Spot(Struct, frozen=True):
    lines: list[str]
    line: int
    column: int

    @property
    def before(self) -> str:
        return self.lines[self.line][: self.column]

    @property
    def sign(self) -> str:
        return self.lines[self.line][self.column : self.column + 1]

    @property
    def text(self) -> str:
        return self.lines[self.line]

    def fault(self, message: str, sign: str | None = None) -> Fault:
        """Return a fault here; reading can go on with ``sign`` in place of the one here."""
        patch = None
        if sign is not None and self.sign:
            patch = {self.line + 1: self.text[: self.column] + sign + self.text[self.column + 1 :]}
        return self.patched(message, patch)

    def patched(self, message: str, patch: Mapping[int, str] | None, trusted: bool = True) -> Fault:
        key = re.match(rf"[\s-]*({_KEY}):(?:\s|$)", self.text)
        return Fault(
            self.line + 1,
            self.column + 1,
            one_line(key[1]) if key and key.start(1) < self.column else "",
            message,
            patch,
            trusted,
            frozenset(range(self._value_start() + 1, self.line + 2)),
        )

    def _value_start(self) -> int:
        """Return the line, from 0, that the value here begins on: one with a key or a dash."""
        at = self.line
        while at > 0 and not re.match(rf"\s*(- |-$|{_KEY}:(\s|$))", self.lines[at]):
            at -= 1
        return at


def _colon(spot: _Spot) -> Fault:
    is_key = re.fullmatch(rf"(\s*(?:- +)*){_KEY}", spot.before)
    above = next((n for n in range(spot.line - 1, -1, -1) if _has_content(spot.lines[n])), None)
    for number in (above, None if is_key else spot.line):
        fault = _lacking_sign(_Spot(spot.lines, number, 0)) if number is not None else None
        if fault is not None:
            return fault
    if is_key and above is not None:
        column = _key_column(spot.lines[above])
        indent = len(is_key[1])
        if column is not None and column < indent:
            return spot.patched(_TOO_DEEP, _moved_left(spot.lines, spot.line, column), False)
    return spot.fault(f"trong đoạn chữ có dấu “: ”, máy hiểu lầm là một khóa — {BLOCK_HINT}", "：")


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _key_column(line: str) -> int | None:
    """Return the column, from 0, of the key on a line; None where it has none."""
    found = re.match(rf"(\s*(?:- +)*){_KEY}:(\s|$)", line)
    return len(found[1]) if found else None


def _moved_left(lines: list[str], first: int, column: int) -> dict[int, str]:
    """Return the line ``first`` and those below that stand as deep, moved left to ``column``."""
    depth = _indent(lines[first])
    moved = {}
    for number in range(first, len(lines)):
        line = lines[number]
        if line.strip() and _indent(line) < depth:
            break
        moved[number + 1] = line[depth - column :]
    return moved


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lacking_sign(spot: _Spot) -> Fault | None:
    """Return what is wrong with the colon of a line that is plainly a key and a value."""
    found = re.match(rf"(\s*(?:- +)*)({_KEY})(:| *[{_COLONS}]|)( *)(\S.*)?$", spot.text)
    if found is None:
        return None
    start, key, colon, blank, value = found.groups(default="")
    colon = colon.strip()
    right = f"{start}{key}: {value}".rstrip()
    at = _Spot(spot.lines, spot.line, len(start) + len(key))
    if colon and colon != ":":
        message = f"dấu “{colon}” (U+{ord(colon):04X}) không phải dấu hai chấm — gõ lại dấu “:”"
    elif colon and value and not blank:
        message = _NO_SPACE
    elif not colon and _is_key_and_value(key, value) and blank:
        message = f"thiếu dấu hai chấm sau “{one_line(key)}” — viết “{one_line(right.strip())}”"
    else:
        return None
    return at.patched(message, {spot.line + 1: right})


def _start(spot: _Spot) -> Fault:
    if spot.sign == "\t":
        after_dash = spot.before.rstrip().endswith("-")
        where = "sau dấu gạch đầu mục" if after_dash else "ở chỗ thụt đầu dòng"
        return spot.fault(f"có dấu tab {where} — thay bằng dấu cách", " ")
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


def _is_key_and_value(key: str, value: str) -> bool:
    """Say whether two words are a key and its value rather than the start of a sentence."""
    if "_" in key:
        return bool(value)
    return "-" in key and (value[:1].isdigit() or (bool(value) and " " not in value))


def lacking_sign(text: str) -> str | None:
    """Return what is wrong with the colon of a text that should be keys and values, else None."""
    found = re.match(rf"({_KEY})(:?)(\s*)(\S+)", text)
    if found is None or bool(found[2]) == bool(found[3]):
        return None
    key = one_line(found[1])
    what = "thiếu dấu cách sau dấu hai chấm" if found[2] else f"thiếu dấu hai chấm sau “{key}”"
    return f"{what} — viết “{one_line(f'{found[1]}: {found[4]}')}”"


def _no_colon(spot: _Spot) -> Fault:
    fault = _lacking_sign(spot)
    if fault is not None:
        return fault
    bare = re.fullmatch(rf"\s*(?:- +)*({_KEY})\s*", spot.text)
    if bare and re.search("[-_]", bare[1]):
        end = _Spot(spot.lines, spot.line, bare.end(1))
        message = f"thiếu dấu hai chấm sau “{one_line(bare[1])}” — viết “{one_line(bare[1])}:”"
        return end.patched(message, {spot.line + 1: spot.text[: bare.end(1)] + ":"})
    return spot.fault(
        "dòng này không có dạng “khóa: giá trị” và cũng không phải mục “- …” — thêm khóa ở đầu "
        f"dòng; nếu là phần tiếp của đoạn chữ ở trên thì {BLOCK_HINT}"
    )


def _unexpected(spot: _Spot) -> Fault:
    if re.search(r"[\"'\]}]\s*$", spot.before):
        return spot.fault(f"có chữ đứng sau dấu ngoặc đóng — {BLOCK_HINT}")
    above = next((n for n in range(spot.line - 1, -1, -1) if _has_content(spot.lines[n])), None)
    column = _key_column(spot.lines[above]) if above is not None else None
    if column is not None and column < _indent(spot.text) == spot.column:
        moved = _moved_left(spot.lines, spot.line, column)
        message = f"dòng này thụt sâu hơn các dòng cùng nhóm ở trên — {_ALIGN_HINT}"
        return spot.patched(message, moved, trusted=False)
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
