"""Automatic numbering of Word → the label that a reader sees: "1.", "a)", "-"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vanban.ooxml.markup import Element, W, number, on
from vanban.ooxml.opening import Package
from vanban.ooxml.properties import flat

_W = f"{{{W}}}"
_PLACE = re.compile(r"%([1-9])")
MAX_LEVEL = 9
MAX_LETTERS = 260
"""Longer lists are shown in Arabic numerals."""

ROMAN = tuple(
    f"{tens}{ones}"
    for tens in ("", "X", "XX", "XXX")
    for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
)


@dataclass(frozen=True)
class Level:
    """One level of a list: how its numbers look and what formatting it brings along.

    ``legal`` levels print all numbers in Arabic; ``style`` is the paragraph style they belong to.
    It starts anew below a paragraph of a level under ``restart``: 0 means that it always counts on
    (Điều through all Chương).
    """

    form: str
    text: str
    start: int
    properties: Mapping[str, str]
    gap: str
    legal: bool
    style: str
    restart: int


@dataclass(frozen=True)
class List:
    """One list (w:num): what it is counted with, its levels, and where it starts anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """Counts the lists of a document, paragraph by paragraph in reading order."""

    def __init__(self, lists: Mapping[str, List]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def anew(self) -> Numbering:
        """Return the same lists, none of them begun."""
        return Numbering(self._lists)

    def level(
        self, stated: Element | None, of_style: Element | None = None, style: str = ""
    ) -> tuple[str, int, Level] | None:
        """Return list, depth and level, None where nothing is numbered.

        ``stated`` is the w:numPr of the paragraph, ``of_style`` that of its style; each may leave
        list or level to the other, or the level to the one that names the ``style``.
        """
        found = [each for each in (stated, of_style) if each is not None]
        list_id = next((text for each in found if (text := _text(each, "numId"))), "")
        depths = (_number(each, "ilvl") for each in found)
        depth = next((depth for depth in depths if depth is not None), None)
        if list_id not in self._lists:
            return None
        levels = self._lists[list_id].levels
        if depth is None:
            depth = next((d for d, level in levels.items() if level.style == style != ""), 0)
        level = levels.get(depth) if 0 <= depth < MAX_LEVEL else None
        return None if level is None else (list_id, depth, level)

    def next_label(self, list_id: str, depth: int, level: Level) -> str:
        """Count a paragraph and return its label with the gap after it."""
        found_list = self._lists[list_id]
        abstract, levels, overrides = found_list.abstract, found_list.levels, found_list.starts
        counts = self._counts.setdefault(abstract, [None] * MAX_LEVEL)
        starts = {place: overrides.get(place, each.start) for place, each in levels.items()}
        if depth in overrides and (list_id, depth) not in self._started:
            counts[depth] = None
            self._started.add((list_id, depth))
        for above in range(depth):
            if counts[above] is None:
                counts[above] = starts.get(above)
        before = counts[depth]
        counts[depth] = starts[depth] if before is None else before + 1
        for below in range(depth + 1, MAX_LEVEL):
            if below not in levels or depth < levels[below].restart:
                counts[below] = None
        if level.form == "bullet":
            return f"-{level.gap}"

        def shown(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form = levels[place].form if place in levels else "decimal"
            if level.legal and form != "none":
                form = "decimal"
            return _numeral(counts[place] or 0, form)

        label = _PLACE.sub(shown, level.text)
        return f"{label}{level.gap}" if label else ""


def read_numbering(package: Package) -> Numbering:
    """Read the lists of a file."""
    root = package.related("numbering")
    if root is None:
        return Numbering({})
    definitions = {
        found.get(f"{_W}abstractNumId", ""): found for found in root.iter(f"{_W}abstractNum")
    }
    nums = {found.get(f"{_W}numId", ""): found for found in root.iter(f"{_W}num")}
    styles = {
        **_lists_of_styles(package, nums),
        **{_text(found, "styleLink"): name for name, found in definitions.items()},
    }
    levels = {name: _levels(found) for name, found in definitions.items()}
    lists = {}
    for list_id, found in nums.items():
        name = _text(found, "abstractNumId")
        definition = definitions.get(name)
        if definition is not None:  # a list of a numbering style has its levels there
            name = styles.get(_text(definition, "numStyleLink") or "-", name)
        starts = {
            _whole(override.get(f"{_W}ilvl")): start
            for override in found.iter(f"{_W}lvlOverride")
            if (start := _number(override, "startOverride")) is not None
        }
        lists[list_id] = List(name, {**levels.get(name, {}), **_levels(found)}, starts)
    return Numbering(lists)


def _lists_of_styles(package: Package, nums: Mapping[str, Element]) -> dict[str, str]:
    """Return what the lists of styles are counted with, by the ids of the styles."""
    root = package.related("styles")
    found = {}
    for style in () if root is None else root.iter(f"{_W}style"):
        stated = style.find(f"{_W}pPr/{_W}numPr")
        list_ = None if stated is None else nums.get(_text(stated, "numId"))
        if list_ is not None:
            found[style.get(f"{_W}styleId", "")] = _text(list_, "abstractNumId")
    return found


def _levels(definition: Element) -> dict[int, Level]:
    """Read the levels of a w:abstractNum, or those that a w:num puts in their place."""
    levels = {}
    for element in definition.iter(f"{_W}lvl"):
        depth = _whole(element.get(f"{_W}ilvl"))
        start, restart = _number(element, "start"), _number(element, "lvlRestart")
        legal = element.find(f"{_W}isLgl")
        gap = {"nothing": "", "space": " "}.get(_text(element, "suff"), " ")
        levels[depth] = Level(
            _text(element, "numFmt") or "decimal",
            _text(element, "lvlText"),
            1 if start is None else start,
            flat(element.find(f"{_W}pPr")),
            gap,
            legal is not None and on(legal.get(f"{_W}val", "1")),
            _text(element, "pStyle"),
            depth if restart is None else restart,
        )
    return levels


def _numeral(count: int, form: str) -> str:
    if form == "none":
        return ""
    match form:
        case "upperRoman" | "lowerRoman" if 0 < count < len(ROMAN):
            return ROMAN[count] if form == "upperRoman" else ROMAN[count].lower()
        case "upperLetter" | "lowerLetter" if 0 < count <= MAX_LETTERS:
            # Word counts a … z, then aa, bb: it knows no đ.
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
    return f"{count:02}" if form == "decimalZero" else str(count)


def _text(parent: Element, name: str) -> str:
    element = parent.find(f"{_W}{name}")
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _number(parent: Element, name: str) -> int | None:
    value = number(_text(parent, name))
    return None if value is None else int(value)


def _whole(value: str | None) -> int:
    return int(number(value) or 0)
