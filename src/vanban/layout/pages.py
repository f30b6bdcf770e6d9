"""Pages: what stands where on paper; frozen, in points (pt) from the top left of each page.

Whoever writes a file or a picture of a document only walks these; nothing is left to break or to
measure. ``element`` numbers the element of :attr:`Pages.elements` that something belongs to, -1 for
what is no content (page numbers, lines, fills), which a reader aloud passes over.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from vanban.document import Run, StyleId
from vanban.picture import Picture

NO_ELEMENT = -1

ITEMS = frozenset({StyleId.BULLET, StyleId.RECIPIENT, StyleId.ADDRESSEE_ITEM})
"""Styles of paragraphs that are the items of a list."""


class Kind(StrEnum):
    """What an element is, by the name that tagged PDF has for it (ISO 32000-1, 14.8.4)."""

    HEADING = "H"
    PARAGRAPH = "P"
    ITEM = "LI"
    FIGURE = "Figure"
    TABLE = "Table"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    LINK = "Link"
    FORM = "Form"


class Element(Struct, frozen=True):
    """One element of the document; ``parent`` is the number of the one that holds it, -1 for none.

    ``level`` is the outline level of a heading from 1, ``columns`` what a cell takes,
    ``description`` the text that stands for a chart.
    """

    kind: Kind
    parent: int = NO_ELEMENT
    level: int = 0
    columns: int = 1
    description: str = ""


class Text(Struct, frozen=True):
    """A stretch of one line in one face; ``baseline`` is its height on the page.

    ``spread`` is added to every blank of a justified line. ``run`` and ``start`` tell which
    characters of which run these are, and so where they were typed.
    """

    text: str
    left: float
    baseline: float
    width: float
    size: float
    bold: bool
    italic: bool
    spread: float = 0.0
    color: str = "000000"
    element: int = NO_ELEMENT
    run: Run | None = None
    start: int = 0


class Box(Struct, frozen=True):
    """A filled rectangle: a drawn line, a border, the ground of a cell."""

    left: float
    top: float
    width: float
    height: float
    color: str = "000000"


class Field(Struct, frozen=True):
    """An empty signature field; ``label`` says in words whose it is."""

    name: str
    label: str
    left: float
    top: float
    width: float
    height: float
    element: int = NO_ELEMENT


class Shown(Struct, frozen=True):
    """A picture and where it stands."""

    picture: Picture
    left: float
    top: float
    width: float
    height: float
    element: int = NO_ELEMENT


class Mark(Struct, frozen=True):
    """An anchor of links; with a ``label`` a bookmark of ``level`` too."""

    anchor: str
    top: float
    label: str = ""
    level: int = 0


class Page(Struct, frozen=True):
    """One page and its size; ``number`` is the printed one, 0 where none is printed."""

    width: float
    height: float
    number: int
    texts: tuple[Text, ...]
    boxes: tuple[Box, ...]
    marks: tuple[Mark, ...]
    fields: tuple[Field, ...] = ()
    pictures: tuple[Shown, ...] = ()


class Pages(Struct, frozen=True):
    """The pages of a document and its elements in reading order."""

    pages: tuple[Page, ...]
    elements: tuple[Element, ...] = ()

    def __len__(self) -> int:
        return len(self.pages)

    @property
    def anchors(self) -> dict[str, int]:
        """The page (from 0) of each anchor."""
        return {
            mark.anchor: number for number, page in enumerate(self.pages) for mark in page.marks
        }
