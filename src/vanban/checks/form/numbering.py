"""Automatic numbering of Word → the label that a reader sees: "1.", "a)", "-"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vanban.checks.form.opening import Package
from vanban.checks.form.properties import flat, number
from vanban.nd30.numbering import roman
from vanban.render.frame import Element, W

_W = f"{{{W}}}"
_PLACE = re.compile(r"%([1-9])")
MAX_LEVEL = 9
MAX_ROMAN = 39
MAX_LETTERS = 260
"""Longer lists are shown in Arabic numerals."""


@dataclass(frozen=True)
class Level:
    """One level of a list: how its numbers look and what formatting it brings along.

    ``legal`` levels print all numbers in Arabic; ``style`` is the paragraph style they belong to.
    """

    form: str
    text: str
    start: int
    properties: Mapping[str, str]
    gap: str
    legal: bool = False
    style: str = ""


@dataclass(frozen=True)
class List:
    """One list (w:num): what it is counted with, its levels, and where it starts anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """Counts the lists of a document, paragraph by paragraph in reading order."""

    def __init__(self, package: Package) -> None:
        root = package.related("numbering")
        self._lists: dict[str, List] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        definitions = {
            found.get(f"{_W}abstractNumId", ""): found for found in root.iter(f"{_W}abstractNum")
        }
        styles = {
            _text(found, "styleLink"): name
            for name, found in definitions.items()
            if _text(found, "styleLink")
        }
        levels = {name: _levels(found) for name, found in definitions.items()}
        for found in root.iter(f"{_W}num"):
            name = _text(found, "abstractNumId")
            definition = definitions.get(name)
            if definition is not None:  # a list of a numbering style has its levels there
                name = styles.get(_text(definition, "numStyleLink"), name)
            self._lists[found.get(f"{_W}numId", "")] = List(
                name,
                {**levels.get(name, {}), **_levels(found)},
                {
                    _whole(override.get(f"{_W}ilvl")): start
                    for override in found.iter(f"{_W}lvlOverride")
                    if (start := _number(override, "startOverride")) is not None
                },
            )

    def level(
        self, stated: Element | None, of_style: Element | None = None, style: str = ""
    ) -> tuple[str, int, Level] | None:
        """Return list, level and its look, None where nothing is numbered.

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
        counts = self._counts.setdefault(abstract, [0] * MAX_LEVEL)
        if depth in overrides and (list_id, depth) not in self._started:
            counts[depth] = overrides[depth] - 1
            self._started.add((list_id, depth))
        for above in range(depth):
            if counts[above] == 0 and above in levels:
                counts[above] = levels[above].start
        counts[depth] = level.start if counts[depth] == 0 else counts[depth] + 1
        counts[depth + 1 :] = [0] * (MAX_LEVEL - depth - 1)
        if level.form == "bullet":
            return f"-{level.gap}"

        def shown(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form = levels[place].form if place in levels else "decimal"
            if level.legal and form != "none":
                form = "decimal"
            return _numeral(counts[place], form)

        label = _PLACE.sub(shown, level.text)
        return f"{label}{level.gap}" if label else ""


def _levels(definition: Element) -> dict[int, Level]:
    """Read the levels of a w:abstractNum, or those that a w:num puts in their place."""
    levels = {}
    for element in definition.iter(f"{_W}lvl"):
        start = _number(element, "start")
        gap = {"nothing": "", "space": " "}.get(_text(element, "suff"), " ")
        levels[_whole(element.get(f"{_W}ilvl"))] = Level(
            _text(element, "numFmt") or "decimal",
            _text(element, "lvlText"),
            1 if start is None else start,
            flat(element.find(f"{_W}pPr")),
            gap,
            element.find(f"{_W}isLgl") is not None,
            _text(element, "pStyle"),
        )
    return levels


def _numeral(count: int, form: str) -> str:
    if form == "none":
        return ""
    match form:
        case "upperRoman" | "lowerRoman" if 0 < count <= MAX_ROMAN:
            return roman(count) if form == "upperRoman" else roman(count).lower()
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
