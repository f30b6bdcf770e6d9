"""Automatic numbering of Word → the label that a reader sees: "1.", "a)", "-"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from vanban.ooxml.markup import Element, attribute, child, is_set, value, w, whole
from vanban.ooxml.styles import Properties, flat

_PLACE = re.compile(r"%([1-9])")
MAX_LEVEL = 9
MAX_LETTERS = 260
"""Longer lists are shown in Arabic numerals."""

ROMAN = tuple(
    f"{tens}{ones}"
    for tens in ("", "X", "XX", "XXX")
    for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
)


class Level(Struct, frozen=True):
    """One level of a list: how its numbers look and what formatting it brings along.

    ``legal`` levels print all numbers in Arabic; ``style`` is the paragraph style they belong to.
    It starts anew below a paragraph of a level under ``restart``: 0 means that it always counts on
    (Điều through all Chương).
    """

    form: str
    text: str
    start: int
    properties: Properties
    gap: str
    legal: bool
    style: str
    restart: int


class List(Struct, frozen=True):
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
        list_id = value(stated, "numId") or value(of_style, "numId")
        depths = (whole(value(each, "ilvl")) for each in (stated, of_style))
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


def read_numbering(root: Element | None, styles: Element | None) -> Numbering:
    """Read the lists of a file from the roots of its parts of numbering and of styles."""
    if root is None:
        return Numbering({})
    definitions = {
        attribute(each, "abstractNumId") or "": each for each in root.iter(w("abstractNum"))
    }
    nums = {attribute(each, "numId") or "": each for each in root.iter(w("num"))}
    linked = {
        attribute(style, "styleId"): value(nums[list_id], "abstractNumId")
        for style in (() if styles is None else styles.iter(w("style")))
        if (list_id := value(style, "pPr", "numPr", "numId")) in nums
    }
    linked |= {value(each, "styleLink"): name for name, each in definitions.items()}
    levels = {name: _levels(each) for name, each in definitions.items()}
    lists = {}
    for list_id, num in nums.items():
        name = value(num, "abstractNumId")
        # A list of a numbering style has its levels there.
        name = linked.get(value(definitions.get(name), "numStyleLink") or "-", name)
        starts = {
            whole(attribute(override, "ilvl")) or 0: start
            for override in num.iter(w("lvlOverride"))
            if (start := whole(value(override, "startOverride"))) is not None
        }
        lists[list_id] = List(name, {**levels.get(name, {}), **_levels(num)}, starts)
    return Numbering(lists)


def _levels(definition: Element) -> dict[int, Level]:
    """Read the levels of a w:abstractNum, or those that a w:num puts in their place."""
    levels = {}
    for element in definition.iter(w("lvl")):
        depth = whole(attribute(element, "ilvl")) or 0
        start, restart = whole(value(element, "start")), whole(value(element, "lvlRestart"))
        levels[depth] = Level(
            value(element, "numFmt") or "decimal",
            value(element, "lvlText"),
            1 if start is None else start,
            flat(child(element, "pPr")),
            "" if value(element, "suff") == "nothing" else " ",
            is_set(element, "isLgl"),
            value(element, "pStyle"),
            depth if restart is None else restart,
        )
    return levels


def _numeral(count: int, form: str) -> str:
    match form:
        case "none":
            return ""
        case "upperRoman" | "lowerRoman" if 0 < count < len(ROMAN):
            return ROMAN[count] if form == "upperRoman" else ROMAN[count].lower()
        case "upperLetter" | "lowerLetter" if 0 < count <= MAX_LETTERS:
            # Word counts a … z, then aa, bb: it knows no đ.
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
    return f"{count:02}" if form == "decimalZero" else str(count)
