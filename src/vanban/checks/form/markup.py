"""Small questions about elements of WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vanban.checks.form.properties import on
from vanban.render.frame import Element, W

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
