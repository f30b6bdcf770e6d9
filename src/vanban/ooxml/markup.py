"""Small questions about elements of WordprocessingML and the values that they state.

Values that Word itself would not accept count as absent, so that a damaged file is judged by the
rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OLD_OFFICE = "urn:schemas-microsoft-com:office:office"

_LEVEL_BORDERS = ("top", "bottom", "insideH")
_LINE_SHAPES = ("line", "straightConnector1")
_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(mm|cm|in|pt|pc|pi)")


@cache
def w(*names: str) -> str:
    """Return the path of an element below another: "{…}pPr/{…}jc" of "pPr", "jc"."""
    return "/".join(f"{{{W}}}{name}" for name in names)


def tags(names: str, namespace: str = W) -> tuple[str, ...]:
    """Return the tags of the elements whose ``names`` are given with blanks between them."""
    return tuple(f"{{{namespace}}}{name}" for name in names.split())


def child(parent: Element | None, *names: str) -> Element | None:
    """Return the first element at the path ``names`` below ``parent``, None if there is none."""
    if parent is None:
        return None
    if len(names) == 1:  # by far the most: no path is read for it
        return next(parent.iterchildren(w(*names)), None)
    return parent.find(w(*names))


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute, None where it or the element is absent."""
    return None if element is None else element.get(f"{{{W}}}{name}")


def value(parent: Element | None, *names: str) -> str:
    """Return w:val of the element at the path ``names`` below ``parent``, "" if absent."""
    return attribute(child(parent, *names)) or ""


def is_set(parent: Element | None, *names: str) -> bool:
    """Say whether an element that switches something on is below ``parent``."""
    found = child(parent, *names)
    return found is not None and on(found.get(w("val"), "1"))


def on(stated: str | None) -> bool:
    """Say whether a stated value switches on; a border that is "nil" is none."""
    return stated is not None and stated not in ("0", "false", "off", "none", "nil")


def number(stated: str | None, unit: float = 1.0) -> float | None:
    """Return a stated number in units of ``unit``, None for what is no number.

    A length with its own unit ("21cm", as Strict Open XML writes it) is points, or twips where
    ``unit`` is 1.
    """
    if stated is None:
        return None
    measure = _MEASURE.fullmatch(stated)
    try:
        if measure is not None:
            result = float(measure[1]) * _UNITS[measure[2]] * (20 if unit == 1 else 1)
        else:
            result = float(stated) / unit
    except ValueError:
        return None
    return result if abs(result) < 1e6 else None  # no page is a million points long; nor NaN


def whole(stated: str | None) -> int | None:
    """Return a stated number without its fraction, None for what is no number."""
    found = number(stated)
    return None if found is None else int(found)


def text_of(element: Element) -> str:
    """Return the words of the runs in an element."""
    return "".join(str(text) for text in element.itertext(w("t")))


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def alternative(element: Element) -> Element:
    """Return the newest of alternative contents, which Word itself shows."""
    chosen = element.find("{*}Choice")
    if chosen is None:
        chosen = element.find("{*}Fallback")
    return etree.Element("nothing") if chosen is None else chosen


def is_shown(element: Element) -> bool:
    """Say whether an element does not stand in an older alternative of newer contents."""
    return all(
        alternative(around) is choice
        for choice in element.iterancestors("{*}Choice", "{*}Fallback")
        if (around := choice.getparent()) is not None and local_name(around) == "AlternateContent"
    )


def within(element: Element, name: str) -> Element | None:
    """Return the nearest element of this name around ``element``."""
    return next(element.iterancestors(w(name)), None)


def is_prompt(control: Element) -> bool:
    """Say whether a content control shows its prompt: nobody has filled it in."""
    return is_set(control, "sdtPr", "showingPlcHdr")


def is_bordered(borders: Element | None) -> bool:
    """Say whether the borders of a table or cell draw a line across."""
    lines = (child(borders, side) for side in _LEVEL_BORDERS)
    return any(line is not None and on(line.get(w("val"), "single")) for line in lines)


# --- changes ------------------------------------------------------------------------------------


def remove(element: Element) -> None:
    """Take an element out of its tree, with what is in it; the text after it stays.

    A root stays: it is a whole part, or was taken out already.
    """
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put the children of an element in its place; a root stays."""
    if element.getparent() is not None:
        for each in list(element):
            element.addprevious(each)
        remove(element)


# --- drawings -----------------------------------------------------------------------------------


def outer_boxes(drawing: Element) -> Iterator[Element]:
    """Yield the text boxes of a drawing, not those inside them or in its older alternative."""
    for element in drawing:
        match local_name(element):
            case "txbxContent":
                yield element
            case "AlternateContent":
                yield from outer_boxes(alternative(element))
            case _:
                yield from outer_boxes(element)


def is_line(drawing: Element) -> bool:
    """Say whether a drawing is a straight line: a connector, a line, a thin VML shape."""
    for element in drawing.iter():
        match local_name(element):
            case "prstGeom" if element.get("prst") in _LINE_SHAPES:
                return True
            case "line" if "vml" in element.tag:
                return True
            case "shape" | "rect" if element.get("type") == "#_x0000_t32" or on(
                element.get(f"{{{OLD_OFFICE}}}hr")
            ):
                return True
    return False
