"""An outline as Jinja rendered it: its text with place-holders, and where all of it stands.

Every stretch of literal text comes with a mark that names its place in the templates, every value
as a place-holder that does. The marks are taken out before the text is parsed as Markdown; what the
parser makes of a block leads back to positions of the text, which its rules give exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol, runtime_checkable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from msgspec import Struct

from vanban.errors import Place
from vanban.provenance import (
    Kind,
    Located,
    Source,
    TracedNumber,
    TracedText,
    are_same_origins,
    is_same,
)

OPEN, CLOSE = "\ue000", "\ue001"
"""Place-holders stand between these two; content may not hold private-use characters."""
MARK, MARK_END = "\ue002", "\ue003"
"""So do the marks of literal text."""

_PIECE = re.compile(f"{MARK}([0-9]+){MARK_END}|{OPEN}([0-9]+){CLOSE}")
_BAR = re.compile(r"(?<!\\)\|")
_BLANKS = " \t\n\v\f\r"
"""What Markdown strips from the ends of a text."""

Stretch = tuple[int, int]
"""Start and end of some text, as positions."""


class Inserted(Struct, frozen=True):
    """A value that an outline prints, where it does, and where a blank behind it stands."""

    value: Any
    at: Located
    behind: Place

    def is_same(self, other: Inserted) -> bool:
        """Say whether ``other`` prints the same from the same values, at the same place."""
        return (
            self.at == other.at and self.behind == other.behind and _same(self.value, other.value)
        )


def _same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, TracedNumber):
        return int(one) == int(other) and are_same_origins(one.origins, other.origins)
    if isinstance(one, str):
        return is_same(one, other)
    if isinstance(one, int):
        return bool(one == other)
    return isinstance(one, Traceable) and one.id == other.id and is_same(one.text, other.text)


@runtime_checkable
class Traceable(Protocol):
    """A value that prints its text and whose place in the document is recorded under its id."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...


class Rendered:
    """``markup`` without its marks.

    ``marked`` are what the marks name: where a literal text starts, and the blanks that stand
    before its mark. ``inserted`` are what the place-holders stand for; what comes before the first
    of them stands at ``start``.
    """

    def __init__(
        self,
        markup: str,
        marked: Sequence[tuple[Place, str]],
        inserted: Sequence[Inserted],
        start: Place,
    ) -> None:
        pieces: list[str] = []
        self._inserted = inserted
        self._starts = [0]
        self._found: list[Place | Inserted] = [start]
        length = end = 0
        for found in _PIECE.finditer(markup):
            pieces.append(markup[end : found.start()])
            length += len(pieces[-1])
            end = found.end()
            if found[1]:
                place, blanks = marked[int(found[1])]
                kept = pieces[-1].endswith(blanks)  # and not trimmed by the outline
                self._add(length - kept * len(blanks), place if kept else _behind(place, blanks))
                continue
            value = inserted[int(found[2])]
            self._add(length, value)
            pieces.append(found[0])
            length += len(found[0])
            self._add(length, value.behind)
        self.text = "".join([*pieces, markup[end:]])

    def _add(self, start: int, found: Place | Inserted) -> None:
        self._starts.append(start)
        self._found.append(found)

    def pieces(self, start: int, end: int) -> Iterator[TracedText | Inserted]:
        """Yield the words of the outline and the values between two positions of the text."""
        index = bisect_right(self._starts, start) - 1
        while start < end:
            index += 1
            last = min(end, self._starts[index]) if index < len(self._starts) else end
            found = self._found[index - 1]
            if isinstance(found, Inserted):
                yield found
            elif start < last:
                source = Source(0, last - start, Kind.WORDED, (self.at(start),))
                yield TracedText(self.text[start:last], (source,))
            start = last

    def filled(self, attribute: str) -> str:
        """Return an attribute of a block with its values in place of their place-holders."""
        return _PIECE.sub(lambda found: f"{self._inserted[int(found[2])].value}", attribute)

    def at(self, position: int) -> Located:
        """Return where a position of the text stands in the templates."""
        index = bisect_right(self._starts, position) - 1
        found = self._found[index]
        if isinstance(found, Inserted):
            return found.at
        return Located(_behind(found, self.text[self._starts[index] : position]))


def _behind(place: Place, text: str) -> Place:
    """Return the place behind a text that starts at ``place``."""
    lines = text.count("\n")
    column = len(text) - text.rfind("\n") if lines else place.column + len(text)
    return Place(place.file, place.line + lines, column)


MOST_KEPT = 100_000
"""Letters of an outline whose tokens are kept; those of a list of 1,000 rows fill some 60 MB."""


def tokens_of(body: str) -> Sequence[Token]:
    """Parse an outline; its values are place-holders, so that it stays the same as they change."""
    return _kept_tokens(body) if len(body) <= MOST_KEPT else _parse(body)


@lru_cache(maxsize=16)
def _kept_tokens(body: str) -> Sequence[Token]:
    return _parse(body)


def _parse(body: str) -> Sequence[Token]:
    markdown = MarkdownIt("zero")
    markdown.use(attrs_block_plugin)
    markdown.enable(["heading", "list", "table", "newline", "emphasis", "link", "attr"])
    return markdown.parse(body)


class Positions:
    """Where parsed tokens stand in a text, of which the part from ``offset`` on was parsed."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._rows: dict[int, list[int]] = {}
        self._starts = [offset, *(offset + each.end() for each in re.finditer("\n", text[offset:]))]

    def line(self, number: int) -> Stretch:
        """Return a line, counted from 0, without the blanks around it."""
        start = self._starts[number]
        text = self._text[start : self._text.find("\n", start) % (len(self._text) + 1)]
        end = start + len(text.rstrip(_BLANKS))
        return end - len(text.strip(_BLANKS)), end

    def texts(self, token: Token, column: int | None = None) -> Iterator[list[Stretch]]:
        """Yield where each text and line break of a block stands: in one stretch, but for escapes.

        ``column`` counts the cell within a row of a table.
        """
        content = self._block(token) if column is None else self._cell(token, column)
        at = 0
        for child in token.children or []:
            match child.type:
                case "text":
                    yield _stretches(content[at : at + len(child.content)])
                    at += len(child.content)
                case "softbreak" | "hardbreak":
                    at = token.content.index("\n", at)
                    yield _stretches(content[at : at + 1])
                    at = len(token.content) - len(token.content[at:].lstrip(_BLANKS))
                case "link_open":
                    at += 1
                case "link_close":
                    at = token.content.index(")", at) + 1
                case _:
                    at += len(child.markup)

    def _block(self, token: Token) -> list[int]:
        """Return the position of each character of a block: each line ends as its line does."""
        found: list[int] = []
        first, last = token.map or (0, 0)
        for number, line in zip(range(first, last), token.content.split("\n"), strict=True):
            start, end = self.line(number)
            words = line.rstrip(_BLANKS)
            if not self._text.endswith(words.lstrip(_BLANKS), start, end):  # "# Title #"
                end = start + len(self._text[start:end].rstrip("#").rstrip(_BLANKS))
            found += range(end - len(words), end - len(words) + len(line) + 1)
        return found

    def _cell(self, token: Token, column: int) -> list[int]:
        """Return the position of each character of a cell, what stands between two bars."""
        if not token.content:
            return []
        edges = self._edges((token.map or (0, 0))[0])
        cell = self._text[edges[column] + 1 : edges[column + 1]]
        first = edges[column + 1] - len(cell.lstrip(_BLANKS))
        whole = range(first, first + len(cell.strip(_BLANKS)))
        if "\\" not in cell:
            return list(whole)
        return [each for each in whole if self._text[each : each + 2] != "\\|"]

    def _edges(self, line: int) -> list[int]:
        """Return the bars around the cells of a row, and where one would stand."""
        if line not in self._rows:
            start, end = self.line(line)
            bars = [each.start() for each in _BAR.finditer(self._text, start, end)]
            self._rows[line] = [*([] if bars[:1] == [start] else [start - 1]), *bars, end]
        return self._rows[line]


def _stretches(positions: list[int]) -> list[Stretch]:
    if positions and positions[-1] - positions[0] == len(positions) - 1:
        return [(positions[0], positions[-1] + 1)]
    gaps = [n for n in range(1, len(positions)) if positions[n] != positions[n - 1] + 1]
    edges = [0, *gaps, len(positions)] if positions else [0]
    return [(positions[a], positions[b - 1] + 1) for a, b in pairwise(edges)]
