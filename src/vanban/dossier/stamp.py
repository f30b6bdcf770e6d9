"""Text drawn onto pages: an embedded font, and the strip at the foot of every page.

The font is a subset of the machine's Times family with the few characters needed, one object for
the whole file. Lengths are pt.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf
from msgspec import Struct
from pikepdf import Pdf

from vanban.dossier.tags import ARTIFACT, END
from vanban.layout.fonts import Face
from vanban.render.font_objects import font_file
from vanban.render.font_subset import subset

STRIP = 10 / 25.4 * 72
"""Height of the free strip: 10 mm, the least that holds a line above what printers cannot reach."""

STAMP_SIZE = 9
BASELINE = 4.5 / 25.4 * 72
"""Of the stamp, above the edge of the page; office printers leave out up to 4.2 mm."""

FOOT = 2.0
"""Below and above the words that lead back."""

SIDE = 30.0
"""Free to the left and right of the stamp; also kept clear by the holes of a file."""

GAP = 12.0
"""Least distance between two texts of the stamp."""


class Text(Struct, frozen=True):
    """A line of text on a page; ``x`` and ``y`` are the start of its baseline."""

    x: float
    y: float
    text: str
    size: float


class DrawnFont:
    """A font of a PDF under construction; holds just the characters it was made for."""

    def __init__(self, face: Face, name: str, characters: Iterable[str]) -> None:
        """Cut ``face`` (TrueType outlines) down to ``characters``; ``name`` is for resources."""
        self.name = name
        self._face = face
        self._subset = subset(face, frozenset({*characters, " "}))

    def width(self, text: str, size: float) -> float:
        return size * sum(self._face.widths[ord(character)] for character in text)

    def draw(self, *lines: Text) -> bytes:
        """Return the operators that draw ``lines``."""
        if not lines:
            return b""
        parts = ["BT"]
        for line in lines:
            parts.append(
                f"{self.name} {line.size:g} Tf 1 0 0 1 {line.x:.2f} {line.y:.2f} Tm"
                f" {self._subset.shown(line.text, 0.0)}"
            )
        return " ".join([*parts, "ET\n"]).encode("ascii")

    def embed(self, pdf: Pdf) -> pikepdf.Object:
        """Add the font to ``pdf`` and return it."""
        with pikepdf.open(io.BytesIO(font_file(self._subset))) as made:
            return pdf.copy_foreign(made.Root.Font)


class Stamp(Struct, frozen=True):
    """What the strip of one page says.

    ``left`` names the document and its page, "" for pages of no document; ``back`` is the words
    that lead back to the index, "" for none: room is left for them, since they are not printed.
    """

    left: str
    right: str
    back: str = ""
    banner: str = ""


Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1."""


class Room(Struct, frozen=True):
    """Where a strip leads back, and where the words that say so may stand."""

    link: Rect
    words: Rect


class DrawnStamp(Struct, frozen=True):
    """Operators of a strip, and its room for the way back, None where there is no way."""

    operators: bytes
    back: Room | None


def draw_stamp(stamp: Stamp, width: float, plain: DrawnFont, bold: DrawnFont) -> DrawnStamp:
    """Return the strip of a page of ``width``; the banner shrinks to the room that is left."""
    size = STAMP_SIZE
    left_end = SIDE + plain.width(stamp.left, size)
    lines = [Text(SIDE, BASELINE, stamp.left, size)] if stamp.left else []
    back = None
    if stamp.back:
        start = left_end + GAP if stamp.left else SIDE
        left_end = start + plain.width(stamp.back, size)
        foot, top = FOOT, STRIP - FOOT
        back = Room((SIDE - 3, foot, left_end + 3, top), (start, foot, left_end, top))
    right = width - SIDE - plain.width(stamp.right, size)
    lines.append(Text(right, BASELINE, stamp.right, size))
    operators = ARTIFACT + b"q 0 g 0 G\n" + plain.draw(*lines)
    if stamp.banner:
        room = right - left_end - 2 * GAP
        natural = bold.width(stamp.banner, size)
        fitting = min(size, size * room / natural)
        x = left_end + GAP + (room - natural * fitting / size) / 2
        operators += bold.draw(Text(x, BASELINE, stamp.banner, round(fitting, 3)))
    return DrawnStamp(operators + b"Q\n" + END, back)
