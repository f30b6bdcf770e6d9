"""Which character of a scalar stands where in its file, by the rules of the styles of YAML 1.1.

In: the text of a file, where the scalar starts, its style and its value as the reader gave it. Out:
for each character of the value the position that it is read from: an escape stands where its
backslash does, the blank of a folded line where that line ends.
"""

from __future__ import annotations

import re

_BREAK = r"\n[ \t\n]*"
_FOLD = rf"[ \t]*{_BREAK}"
_FLOW = {
    "": re.compile(f"{_FOLD}|."),
    "'": re.compile(f"{_FOLD}|''|."),
    '"': re.compile(rf"\\{_BREAK}|\\(?:x..|u.{{4}}|U.{{8}}|.)|{_FOLD}|."),
}
"""What one piece of a scalar outside of a block is: a line break with what goes with it, a sign."""
_PROPERTY = re.compile(r"[&!]\S*\s*")


def positions(text: str, start: int, style: str, value: str) -> tuple[int, ...]:
    """Return the position in ``text`` of each character of ``value``."""
    while found := _PROPERTY.match(text, start):  # no value starts with such a sign
        start = found.end()
    read = _block if style in ("|", ">") else _flow
    return tuple(read(text, start, style, value)[: len(value)])


def _flow(text: str, start: int, style: str, value: str) -> list[int]:
    found: list[int] = []
    position = start + len(style)
    while len(found) < len(value):
        piece = _FLOW[style].match(text, position)
        assert piece is not None
        position = piece.end()
        breaks = [each for each in range(*piece.span()) if text[each] == "\n"]
        if breaks:  # one break is a blank, of more the first goes; it always does after a backslash
            found += breaks[1:] if piece[0][0] == "\\" or len(breaks) > 1 else breaks
        else:
            found.append(piece.start())
    return found


def _block(text: str, start: int, style: str, value: str) -> list[int]:
    line = text.index("\n", start) + 1
    indent = _indent(text, line, value)
    found: list[int] = []
    breaks: list[int] = []
    keeps = True  # the first of the line breaks since the last line with text
    while line <= len(text) and len(found) < len(value):
        end = text.find("\n", line)
        end = len(text) if end < 0 else end
        first = line + indent
        if first < end and not text[line:first].strip(" "):
            blank = text[first] in " \t"
            found += breaks if keeps or blank else breaks[1:] or breaks
            found += range(first, end)
            keeps, breaks = style == "|" or blank, []
        elif text[line:end].strip(" "):
            break
        breaks.append(end)
        line = end + 1
    return found + breaks


def _indent(text: str, line: int, value: str) -> int:
    """Return the columns before the text of a block whose first line starts at ``line``."""
    body = value.lstrip("\n")
    if not body:
        return len(text)
    for _ in range(len(value) - len(body)):
        line = text.index("\n", line) + 1
    return _spaces(text, line) - _spaces(body, 0)


def _spaces(text: str, start: int) -> int:
    return len(text) - start - len(text[start:].lstrip(" "))
