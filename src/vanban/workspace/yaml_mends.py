"""What copying from Word and web pages leaves in YAML, and how it is certainly mended.

In: the text of a file, loadable or not. Out: the lines to change. Letters taken apart (NFD) are
put together; blanks that only look like a space become one where YAML needs it, and go at the end
of a line; "•" of Word becomes "- " or goes. Nothing else of the text changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from pathlib import Path

from msgspec import Struct

from vanban.errors import Place, Problem
from vanban.invocation import command_here
from vanban.nd30.letters import composed

_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NO_WIDTH = "\u00ad\u200b-\u200f\u2060\ufeff"
_ODD = re.compile(f"[{_WIDE}{_NO_WIDTH}]")
_INVISIBLE = re.compile(f"[{_NO_WIDTH}]")
_BLANK = f"[ {_WIDE}{_NO_WIDTH}]"
_INDENT = re.compile(f"[ \t{_WIDE}{_NO_WIDTH}]*")
_DASH = re.compile(f"-{_BLANK}+")
_KEY = re.compile(f"[A-Za-z0-9_.-]+({_BLANK}*):({_BLANK}+)")
_END = re.compile(f"[ \t{_WIDE}{_NO_WIDTH}]+")
_SPACES = re.compile(" *")
_START = re.compile(r"[ \t]*(?:-[ \t]+)*")
_SIGNS = "•‣◦▪■●\uf0a7\uf0b7"
_BULLET = re.compile(f"[{_SIGNS}][ \t{_WIDE}{_NO_WIDTH}]*+(?![-{_SIGNS}])")
_ODD_OR_BULLET = re.compile(f"[{_WIDE}{_NO_WIDTH}{_SIGNS}]")
_BLOCK = re.compile(r"(?:^|[:-])[ \t]+[|>][-+0-9]*$")
_NAMES = {"\u00a0": "dấu cách không ngắt", "\u3000": "dấu cách toàn khổ"}


class Slip(Enum):
    """Where something odd stands; the value is how it is told, with a name of the sign."""

    COMPOSED = "chữ ở dạng Unicode tổ hợp, không phải dựng sẵn"
    INDENT = "thụt đầu dòng bằng {}, không phải dấu cách thường"
    DASH = "{} sau dấu gạch đầu mục"
    COLON = "{} ở cạnh dấu hai chấm"
    BULLET = "dấu “•” dán từ Word đứng chỗ của dấu “- ”"
    END = "{} ở cuối dòng"
    AFTER_DASH = ""  # read as typed; a rule of the check tells it


class Mend(Struct, frozen=True):
    """One line, counted from 1, and what it becomes.

    ``slips`` are what is odd there, each with its column and the sign.
    """

    line: int
    old: str
    new: str
    slips: tuple[tuple[Slip, int, str], ...]

    @property
    def as_read(self) -> str:
        """The line as it is read: mended, but "•" after a dash is text that the check tells."""
        start = len(_match(_START, self.new))
        bullets = [sign for slip, _, sign in self.slips if slip is Slip.AFTER_DASH]
        return f"{self.new[:start]}{bullets[0]} {self.new[start:]}" if bullets else self.new


def find_mends(text: str) -> tuple[Mend, ...]:
    """Return the lines of ``text`` (lines end with \\n) that are certainly to be mended."""
    if _ODD_OR_BULLET.search(text) is None and composed(text) == text:
        return ()
    return tuple(_mends(text.split("\n")))


def as_read(text: str, mends: Collection[Mend]) -> str:
    """Return ``text`` with ``mends`` made as far as reading goes; see :attr:`Mend.as_read`."""
    if not mends:
        return text
    lines = text.split("\n")
    for mend in mends:
        lines[mend.line - 1] = mend.as_read
    return "\n".join(lines)


def tell(mends: Iterable[Mend], shown: Path) -> tuple[list[Problem], list[Problem]]:
    """Return the mistakes and the notes of a file: one a kind of slip, at its first place.

    Blanks at the ends of lines are a note, since they are read as they were meant.
    """
    places: dict[Slip, list[tuple[int, int, str]]] = {}
    for mend in mends:
        comment = mend.old.lstrip().startswith("#")
        for slip, column, sign in mend.slips:
            if not comment and slip is not Slip.AFTER_DASH:
                places.setdefault(slip, []).append((mend.line, column, sign))
    told: tuple[list[Problem], list[Problem]] = ([], [])
    for slip, found in places.items():
        line, column, sign = found[0]
        others = len({each[0] for each in found}) - 1
        more = f", ở dòng này và {others} dòng nữa" if others else ""
        name = _NAMES.get(sign, "ký tự ẩn" if _INVISIBLE.match(sign) else "dấu cách lạ")
        what = slip.value.format(f"{name} (U+{ord(sign):04X})") + more
        fix = command_here("check", options="--fix")
        message = f"{what} — sửa một lượt bằng lệnh {fix}"
        told[slip is Slip.END].append(Problem(Place(shown, line, column), "", message))
    return told


def _mends(lines: list[str]) -> Iterator[Mend]:
    block: int | None = None  # least indentation of the block of text that the line stands in
    items: int | None = None  # column of the dashes of the list that the line may go on
    opened = False  # whether the line before opened a list or a mapping
    for number, line in enumerate(lines, 1):
        width = len(_plain(_match(_INDENT, line)))
        is_blank = _END.fullmatch(line) is not None
        if block is not None and width < block and not is_blank:
            block = None
        new, slips = _mend_line(line, block, opened or width == items)
        if slips:
            yield Mend(number, line, new, tuple(slips))
        if is_blank or not line or block is not None or new.lstrip().startswith("#"):
            continue
        start = len(_match(_START, new))
        if start > width:
            items = width
        elif items is not None and width <= items:
            items = None
        opened = new.endswith(":")
        if _BLOCK.search(new):
            block = start + 1


def _mend_line(
    line: str, block: int | None, may_be_item: bool
) -> tuple[str, list[tuple[Slip, int, str]]]:
    """Return the line mended, and its slips; ``block`` is None outside of a block of text."""
    slips: list[tuple[Slip, int, str]] = []
    end = _match(_END, line[::-1])[::-1]
    body = line.removesuffix(end) if end else line
    indent = _match(_INDENT, body)
    new, at = indent, len(indent)
    if _ODD.search(indent) and (block is None or len(_match(_SPACES, indent)) < block):
        new = _plain(indent)
        slips += _slip(Slip.INDENT, indent, 0)
    if block is None and not body[at:].startswith("#"):
        while dash := _match(_DASH, body, at):
            new += _plain(dash) if len(_plain(dash)) > 1 else "- "
            slips += _slip(Slip.DASH, dash, at)
            at += len(dash)
        bullet = _match(_BULLET, body, at)
        if bullet and at > len(indent):
            slips.append((Slip.AFTER_DASH, at + 1, bullet[0]))
            at += len(bullet)
        elif bullet and may_be_item:
            slips.append((Slip.BULLET, at + 1, bullet[0]))
            new += "- "
            at += len(bullet)
        key = _match(_KEY, body, at)
        if _ODD.search(key):
            name, _, blanks = key.partition(":")
            new += f"{_plain(name).rstrip()}:{_plain(blanks) or ' '}"
            slips += _slip(Slip.COLON, key, at)
            at += len(key)
    new += body[at:]
    if _ODD.search(end):
        slips += _slip(Slip.END, end, len(body))
    else:
        new += end
    right = composed(new)
    if right != new:
        column = next(n for n, sign in enumerate(new) if right[n : n + 1] != sign) + 1
        slips.append((Slip.COMPOSED, column, new[column - 1]))
    return right, slips


def _slip(slip: Slip, piece: str, at: int) -> list[tuple[Slip, int, str]]:
    found = _ODD.search(piece)
    return [(slip, at + found.start() + 1, found[0])] if found else []


def _match(pattern: re.Pattern[str], text: str, at: int = 0) -> str:
    found = pattern.match(text, at)
    return found[0] if found else ""


def _plain(piece: str) -> str:
    """Return ``piece`` with odd blanks as spaces; those without width are nothing."""
    return _ODD.sub(lambda found: "" if _INVISIBLE.match(found[0]) else " ", piece)
