"""Automatic numbering of Word → the label that a reader sees: "1.", "a)", "-"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vanban.checks.form.looks import flat, number
from vanban.checks.form.opening import Package
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
    """One level of a list: how its numbers look and what formatting it brings along."""

    form: str
    text: str
    start: int
    properties: Mapping[str, str]
    gap: str


class Numbering:
    """Counts the lists of a document, paragraph by paragraph in reading order."""

    def __init__(self, package: Package) -> None:
        root = package.related("numbering")
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = _levels(abstract)
        for found in root.iter(f"{_W}num"):
            overrides: dict[int, int] = {}
            for override in found.iter(f"{_W}lvlOverride"):
                start = _number(override, "startOverride")
                if start is not None:
                    overrides[_whole(override.get(f"{_W}ilvl"))] = start
            self._lists[found.get(f"{_W}numId", "")] = (
                _text(found, "abstractNumId"),
                overrides,
            )

    def level(self, properties: Element | None) -> tuple[str, int, Level] | None:
        """Return list, level and its look for a w:numPr, None where it numbers nothing."""
        if properties is None:
            return None
        list_id = _text(properties, "numId")
        depth = _number(properties, "ilvl") or 0
        if list_id not in self._lists or not 0 <= depth < MAX_LEVEL:
            return None
        level = self._levels.get(self._lists[list_id][0], {}).get(depth)
        return None if level is None else (list_id, depth, level)

    def next_label(self, list_id: str, depth: int, level: Level) -> str:
        """Count a paragraph and return its label with the gap after it."""
        abstract, overrides = self._lists[list_id]
        levels = self._levels[abstract]
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
            return _numeral(counts[place], form)

        label = _PLACE.sub(shown, level.text)
        return f"{label}{level.gap}" if label else ""


def _levels(abstract: Element) -> dict[int, Level]:
    levels = {}
    for element in abstract.iter(f"{_W}lvl"):
        start = _number(element, "start")
        gap = {"nothing": "", "space": " "}.get(_text(element, "suff"), " ")
        levels[_whole(element.get(f"{_W}ilvl"))] = Level(
            _text(element, "numFmt") or "decimal",
            _text(element, "lvlText"),
            1 if start is None else start,
            flat(element.find(f"{_W}pPr")),
            gap,
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
