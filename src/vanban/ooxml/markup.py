"""Small questions about elements of WordprocessingML and the values that they state.

Values that Word itself would not accept count as absent, so that a damaged file is judged by the
rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

Element = Any
"""An lxml element; the stubs of lxml do not follow xpath results."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{W}}}"
_LEVEL_BORDERS = ("top", "bottom", "insideH")


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def alternative(element: Element) -> Element:
    """Return the newest of alternative contents, which Word itself shows."""
    chosen = element.find("{*}Choice")
    if chosen is None:
        chosen = element.find("{*}Fallback")
    return etree.Element("nothing") if chosen is None else chosen


def within(element: Element, name: str) -> Element:
    """Return the nearest element of this name around ``element``."""
    return next(element.iterancestors(f"{_W}{name}"), None)


def is_prompt(control: Element) -> bool:
    """Say whether a content control shows its prompt: nobody has filled it in."""
    prompt = control.find(f"{_W}sdtPr/{_W}showingPlcHdr")
    return prompt is not None and on(prompt.get(f"{_W}val", "1"))


def is_bordered(borders: Element | None) -> bool:
    """Say whether the borders of a table or cell draw a line across."""
    if borders is None:
        return False
    lines = (borders.find(f"{_W}{side}") for side in _LEVEL_BORDERS)
    return any(
        line is not None and line.get(f"{_W}val", "single") not in ("none", "nil") for line in lines
    )


def is_mark_deleted(paragraph: Element) -> bool:
    """Say whether the mark of a paragraph is deleted or moved away: it is one with the next."""
    return is_deleted(paragraph.find(f"{_W}pPr/{_W}rPr"))


def is_deleted(properties: Element | None) -> bool:
    """Say whether a w:rPr says that its run or mark is deleted or moved away."""
    return properties is not None and any(
        properties.find(f"{_W}{name}") is not None for name in ("del", "moveFrom")
    )


def shown(root: Element) -> Iterator[Element]:
    """Yield ``root`` and all elements in it, without older alternatives of newer ones."""
    yield root
    for element in root:
        if local_name(element) == "AlternateContent":
            yield from shown(alternative(element))
        elif isinstance(element.tag, str):
            yield from shown(element)


_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(mm|cm|in|pt|pc|pi)")


def on(value: str | None) -> bool:
    return value is not None and value not in ("0", "false", "off", "none")


def number(value: str | None, unit: float = 1.0) -> float | None:
    """Return a stated number in units of ``unit``, None for what is no number.

    A length with its own unit ("21cm", as Strict Open XML writes it) is points, or twips where
    ``unit`` is 1.
    """
    if value is None:
        return None
    measure = _MEASURE.fullmatch(value)
    try:
        if measure is not None:
            result = float(measure[1]) * _UNITS[measure[2]] * (20 if unit == 1 else 1)
        else:
            result = float(value) / unit
    except ValueError:
        return None
    return result if abs(result) < 1e6 else None  # no page is a million points long; nor NaN
