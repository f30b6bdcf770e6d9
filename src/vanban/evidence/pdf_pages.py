"""A page of a PDF as viewers see it, however its dictionary is written; lengths are pt.

In: a page. Out: :class:`View`. What is no box, no turn or no unit is taken as viewers take it, and
named; nothing is raised for values of a wrong type.
"""

from __future__ import annotations

import math
from decimal import Decimal

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, Page

Box = tuple[float, float, float, float]

LETTER: Box = (0, 0, 612, 792)
"""What viewers take for a page without a size of its own."""
FARTHEST = 1_000_000
"""Coordinates beyond (350 m) are mistakes, and too large for the arithmetic of viewers."""
LARGEST_UNIT = 75_000
"""UserUnit of the largest page that ISO 32000-1, Annex C, knows."""
DEEPEST = 100
"""Nodes above a page that may lend it a value; they may point in circles."""


class View(Struct, frozen=True):
    """What is seen of a page: ``box``, turned by ``rotation`` (0, 90, 180, 270), times ``unit``.

    ``odd`` are the keys that are not taken as they are written.
    """

    box: Box
    rotation: int
    unit: float
    odd: tuple[str, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the page is seen, pt."""
        x0, y0, x1, y1 = self.box
        width, height = (x1 - x0) * self.unit, (y1 - y0) * self.unit
        return (height, width) if self.rotation % 180 else (width, height)


def view_of(page: Page) -> View:
    """Return how viewers see ``page``: the crop box within the media box, which is A4 or Letter."""
    odd: list[str] = []

    def box(key: str, default: Box) -> Box:
        value = inherited(page.obj, key)
        found = box_of(value)
        if found is None and value is not None:
            odd.append(key)
        return found or default

    media = box("/MediaBox", LETTER)
    crop = box("/CropBox", media)
    seen = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if seen[0] >= seen[2] or seen[1] >= seen[3]:
        odd.append("/CropBox")
        seen = media
    turn = inherited(page.obj, "/Rotate")
    rotation = number(turn) or 0.0
    if turn is not None and (number(turn) is None or rotation % 90):
        odd.append("/Rotate")
        rotation = 0
    unit = page.obj.get("/UserUnit")
    scale = number(unit) or 0.0
    if unit is not None and not 0 < scale <= LARGEST_UNIT:
        odd.append("/UserUnit")
    return View(
        seen,
        int(rotation) % 360,
        scale if 0 < scale <= LARGEST_UNIT else 1.0,
        tuple(dict.fromkeys(odd)),
    )


def inherited(page: Dictionary, key: str) -> Object | None:
    """Return the value of ``key`` of the page, or of the nearest node above that has it."""
    node: Object | None = page
    for _ in range(DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def number(value: object) -> float | None:
    """Return a number of a PDF that is within reason; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    real = float(value)
    return real if math.isfinite(real) and abs(real) <= FARTHEST else None


def numbers(value: object, count: int) -> tuple[float, ...] | None:
    """Return an array of ``count`` numbers; None for anything else."""
    if not isinstance(value, Array) or len(value) != count:
        return None
    found = tuple(number(each) for each in value.as_list())
    return found if all(each is not None for each in found) else None  # type: ignore[return-value]


def box_of(value: object) -> Box | None:
    """Return a rectangle, lower left corner first; None where it is none or has no area."""
    found = numbers(value, 4)
    if found is None:
        return None
    x0, y0, x1, y1 = found
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[0] < box[2] and box[1] < box[3] else None


def name_of(value: object) -> str:
    """Return a name with its slash, "" for anything else; bytes that are no text stay escaped."""
    return value.unparse().decode("latin-1") if isinstance(value, Name) else ""
