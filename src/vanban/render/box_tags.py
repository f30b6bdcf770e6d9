"""Boxes of WeasyPrint → tags of our own (:mod:`vanban.render.structure`), in place of its own.

WeasyPrint tags every box for itself: a table that runs over pages becomes several, a repeated head
is read again, each line is a span, head cells have no scope (ISO 14289-1, 7.5), page numbers hang
in no tree. Here an element of the HTML is one element of the tree, wherever its boxes stand.
"""

from __future__ import annotations

import json
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.formatting_structure.boxes import (
    BlockBox,
    LineBox,
    MarginBox,
    ParentBox,
    ReplacedBox,
    TextBox,
)

from vanban.layout.pages import Kind
from vanban.layout.signing_fields import SigningSpace
from vanban.render.structure import Structure

PT_PER_PX = 0.75

KINDS = {
    "p": Kind.PARAGRAPH,
    "li": Kind.ITEM,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "th": Kind.HEAD_CELL,
    "td": Kind.CELL,
    "img": Kind.FIGURE,
    **{f"h{level}": Kind.HEADING for level in range(1, 7)},
}
"""What the elements of our HTML are; others only group."""

WITHIN = {Kind.ROW: "/Table", Kind.HEAD_CELL: "/TR", Kind.CELL: "/TR"}
"""Where alone an element counts: tables that only place things, and charts, have no rows."""

SPACE = "data-space"
"""Attribute of the first line of a space to sign in: who signs there, as JSON."""

LAYOUT = "layout"
"""Class of a table that only places things."""


def add_tags(pdf: pydyf.PDF, document: Any, version: object, streams: list[Any]) -> None:
    """Tag the pages of ``document``; has the parameters of the function that it replaces."""
    tagger = _Tagger(pdf)
    for reference, page, stream in zip(pdf.page_references, document.pages, streams, strict=True):
        tagger.page(pdf.objects[int(reference.split()[0])], page._page_box, stream)
    tagger.structure.finish()


class _Tagger:
    def __init__(self, pdf: pydyf.PDF) -> None:
        self.structure = Structure(pdf)
        self.made: dict[Any, pydyf.Dictionary] = {}
        """By element of the HTML."""
        self.heads: set[Any] = set()
        self.owned: dict[int, tuple[str, int]] = {}
        """Kind of the owner and number of a piece of content of the page, by WeasyPrint's number.

        They are given in the order of reading: WeasyPrint paints when the page has been walked.
        """

    def page(self, page: pydyf.Dictionary, box: Any, stream: Any) -> None:
        self.current, self.height, self.tags = page, box.height, stream._tags
        self.height = box.margin_height()
        self.owned = {}
        self.structure.begin(page)
        self.walk(box, self.structure.whole)
        self.mark(stream.stream)

    def mark(self, parts: list[Any]) -> None:
        """Write into the operators of a page which tag each piece of content belongs to."""
        for at, part in enumerate(parts):
            if isinstance(part, pydyf.Dictionary) and "MCID" in part:
                owned = self.owned.get(part["MCID"])
                if owned is None:
                    parts[at - 1], parts[at] = "/Artifact", pydyf.Dictionary()
                else:
                    parts[at - 1], part["MCID"] = owned

    def walk(self, box: Any, owner: pydyf.Dictionary | None) -> None:
        """Tag what a box holds; without an ``owner`` it is no content."""
        if isinstance(box, ReplacedBox) and owner is not None:
            owner = self.owner(box, owner)
        if isinstance(box, TextBox | ReplacedBox):
            if owner is not None and owner is not self.structure.whole:
                number = self.structure.content(owner, self.current)
                self.owned[self.tags[box]["mcid"]] = owner["S"], number
            return
        if isinstance(box, MarginBox) or self.is_repeated(box):
            owner = None
        if owner is None and box.link_annotation is not None:
            self.current["Annots"].remove(box.link_annotation.reference)
        if owner is not None and not isinstance(box, LineBox) and box.element is not None:
            owner = self.owner(box, owner)
        if isinstance(box, BlockBox) and box.element is not None and SPACE in box.element.attrib:
            self.space(box, SigningSpace(**json.loads(box.element.get(SPACE))))
        if isinstance(box, ParentBox):
            for child in box.children:
                self.walk(child, owner)

    def is_repeated(self, box: Any) -> bool:
        """Say whether a box is the head of a table once more."""
        if not getattr(box, "is_header", False):
            return False
        seen = box.element in self.heads
        self.heads.add(box.element)
        return seen

    def space(self, first: Any, space: SigningSpace) -> None:
        """Put the fields of ``space`` at its place, which the box of its ``first`` line begins."""
        edges = (
            first.position_x,
            first.position_y,
            first.margin_width(),
            first.margin_height() * space.lines,
        )
        for field in space.fields(*(edge * PT_PER_PX for edge in edges)):
            element = self.structure.element(Kind.FORM)
            self.structure.field(element, self.current, field, self.height * PT_PER_PX)

    def owner(self, box: Any, above: pydyf.Dictionary) -> pydyf.Dictionary:
        """Return the element that the content of ``box`` belongs to."""
        html = box.element
        if box.link_annotation is not None:
            words = html.get("title")
            return self.structure.link(above, self.current, box.link_annotation, words)
        kind = KINDS.get(html.tag)
        if html in self.made:
            return self.made[html]
        if kind is None or WITHIN.get(kind, above["S"]) != above["S"]:
            return above
        if kind is Kind.TABLE and html.get("class") == LAYOUT:
            return above
        description = html.get("aria-label", "") or html.get("alt", "")
        made = self.structure.element(
            Kind.FIGURE if description else kind,
            above,
            level=int(html.tag[1]) if kind is Kind.HEADING else 0,
            columns=int(html.get("colspan", 1)),
            description=description,
        )
        if description:
            x, y = box.border_box_x(), box.border_box_y()
            edges = (
                x,
                self.height - y - box.border_height(),
                x + box.border_width(),
                self.height - y,
            )
            self.structure.frame(made, tuple(edge * PT_PER_PX for edge in edges))
        self.made[html] = made
        return made
