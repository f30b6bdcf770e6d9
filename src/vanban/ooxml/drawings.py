"""Drawings in a run → the lines and text boxes among them."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.ooxml.markup import Element, alternative, local_name, on

_LINE_SHAPES = frozenset(("line", "straightConnector1"))


def outer_boxes(drawing: Element) -> Iterator[Element]:
    """Yield the text boxes of a drawing, not those inside them or in its older alternative."""
    for element in drawing:
        name = local_name(element)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            yield from outer_boxes(alternative(element))
        else:
            yield from outer_boxes(element)


def is_line(drawing: Element) -> bool:
    """Say whether a drawing is a straight line: a connector, a line, a thin VML shape."""
    for element in drawing.iter():
        name = local_name(element)
        if name == "prstGeom" and element.get("prst") in _LINE_SHAPES:
            return True
        if name == "line" and "vml" in element.tag:
            return True
        if name in ("shape", "rect") and (
            element.get("type") == "#_x0000_t32"
            or on(element.get("{urn:schemas-microsoft-com:office:office}hr"))
        ):
            return True
    return False
