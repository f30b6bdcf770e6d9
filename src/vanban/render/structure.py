"""The tags of a PDF: what its content is, for whoever has it read aloud.

ISO 32000-1, 14.7 and 14.8, by the rules of PDF/UA-1 (ISO 14289-1, 7). Both engines hand in elements
in their order of reading, and the pieces of content and the links that belong to them.
"""

from __future__ import annotations

from collections.abc import Mapping

import pydyf  # type: ignore[import-untyped]

from vanban.layout.pages import Field, Kind
from vanban.render.pdf_properties import LANGUAGE

DEEPEST_HEADING = 6
PRINTED = 4
"""The flag of an annotation that is printed, as PDF/A asks of every one (ISO 19005-2, 6.3.2)."""

LOCKED = 128
"""The flag of an annotation that stays at its place."""

SIGNATURES_EXIST, APPEND_ONLY = 1, 2
"""Flags of a form (ISO 32000-1, 12.7.2): it has signature fields; who writes into the file keeps it
as it is and appends, so that a signed file still begins with the built one.
"""

Rect = tuple[float, float, float, float]


class Structure:
    """The tree of tags of a PDF under construction; its pages are added in their order."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._root = self._add({"Type": "/StructTreeRoot"})
        self.whole = self._tag("Document", self._root)
        self._levels: list[int] = []
        self._list: pydyf.Dictionary | None = None
        self._pages: dict[bytes, pydyf.Array] = {}
        self._annotations: list[tuple[pydyf.Dictionary, pydyf.Dictionary]] = []
        self._fields = pydyf.Array()

    def element(
        self,
        kind: Kind,
        parent: pydyf.Dictionary | None = None,
        level: int = 0,
        columns: int = 1,
        description: str = "",
    ) -> pydyf.Dictionary:
        """Return a new element within ``parent``, None for the whole document.

        ``level`` is the outline level of a heading, ``columns`` what a cell takes. Neighbouring
        items are one list.
        """
        holder = self.whole if parent is None else parent
        if kind is Kind.ITEM:
            if self._list is None or self._list["P"] != holder.reference:
                self._list = self._tag("L", holder)
            return self._tag("LBody", self._tag(kind, self._list))
        self._list = None
        name: str = kind
        if kind is Kind.HEADING:
            # The first is H1 and none is left out (ISO 14289-1, 7.4.2).
            self._levels = [above for above in self._levels if above < level] + [level]
            name = f"H{min(len(self._levels), DEEPEST_HEADING)}"
        made = self._tag(name, holder)
        attributes: dict[str, object] = {}
        if kind is Kind.HEAD_CELL:
            attributes["Scope"] = "/Column"
        if columns > 1:
            attributes["ColSpan"] = columns
        if attributes:
            made["A"] = pydyf.Dictionary({"O": "/Table", **attributes})
        if description:
            made["Alt"] = pydyf.String(description)
        return made

    def begin(self, page: pydyf.Dictionary) -> None:
        """Make ready for the content of the next page."""
        page["StructParents"] = len(self._pages)
        page["Tabs"] = "/S"
        self._pages[page.reference] = pydyf.Array()

    def content(self, element: pydyf.Dictionary, page: pydyf.Dictionary) -> int:
        """Give the next piece of content of ``page`` to ``element``; return its number (MCID)."""
        parents = self._pages[page.reference]
        number = len(parents)
        parents.append(element.reference)
        if element.setdefault("Pg", page.reference) == page.reference:
            element["K"].append(number)
        else:
            if element["S"] == "/Figure":
                element.pop("A", None)  # its place is told only on one page
            element["K"].append(
                pydyf.Dictionary({"Type": "/MCR", "Pg": page.reference, "MCID": number})
            )
        return number

    def link(
        self,
        element: pydyf.Dictionary,
        page: pydyf.Dictionary,
        annotation: pydyf.Dictionary,
        words: str,
    ) -> pydyf.Dictionary:
        """Return a link within ``element`` for an annotation that leads where ``words`` say."""
        link = self._tag(Kind.LINK, element)
        link["Pg"] = page.reference
        link["K"].append(
            pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page.reference})
        )
        annotation["Contents"] = pydyf.String(words)
        annotation["F"] = PRINTED
        self._annotations.append((annotation, link))
        return link

    def field(
        self, element: pydyf.Dictionary, page: pydyf.Dictionary, field: Field, height: float
    ) -> None:
        """Put an empty signature field on ``page``, which is ``height`` pt high.

        ISO 32000-1, 12.7.4.5; it has words (ISO 14289-1, 7.18.1), a tag of its own (7.18.4) and an
        appearance, that of nothing (ISO 19005-2, 6.3.3). ``element`` is its tag.
        """
        top = height - field.top
        rect = (field.left, top - field.height, field.left + field.width, top)
        nothing = pydyf.Stream(
            [],
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, round(field.width, 2), round(field.height, 2)]),
            },
        )
        self._pdf.add_object(nothing)
        widget = self._add(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "FT": "/Sig",
                "T": pydyf.String(field.name),
                "TU": pydyf.String(field.label),
                "Rect": pydyf.Array(round(edge, 2) for edge in rect),
                "F": PRINTED + LOCKED,
                "P": page.reference,
                "AP": pydyf.Dictionary({"N": nothing.reference}),
            }
        )
        element["Pg"] = page.reference
        # One alone, in no list: so pyHanko knows that to sign there changes no tag.
        element["K"] = pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": widget.reference, "Pg": page.reference}
        )
        page.setdefault("Annots", pydyf.Array()).append(widget.reference)
        self._annotations.append((widget, element))
        self._fields.append(widget.reference)

    def frame(self, element: pydyf.Dictionary, rect: Rect) -> None:
        """Say where a figure stands, pt from the foot of its page."""
        box = pydyf.Array(round(edge, 2) for edge in rect)
        element["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": box, "Placement": "/Block"})

    def finish(self) -> None:
        """Tell the catalogue; nothing is added after that."""
        parents = pydyf.Array()
        for number, elements in enumerate(self._pages.values()):
            parents += [number, elements]
        for number, (annotation, element) in enumerate(self._annotations, len(self._pages)):
            annotation["StructParent"] = number
            parents += [number, element.reference]
        self._root["ParentTree"] = self._add({"Nums": parents}).reference
        catalog = self._pdf.catalog
        catalog["StructTreeRoot"] = self._root.reference
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        catalog["Lang"] = pydyf.String(LANGUAGE)
        if self._fields:
            catalog["AcroForm"] = pydyf.Dictionary(
                {"Fields": self._fields, "SigFlags": SIGNATURES_EXIST + APPEND_ONLY}
            )

    def _tag(self, name: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        made = self._add(
            {
                "Type": "/StructElem",
                "S": f"/{name}",
                "P": parent.reference,
                "K": pydyf.Array(),
            }
        )
        parent.setdefault("K", pydyf.Array()).append(made.reference)
        return made

    def _add(self, values: Mapping[str, object]) -> pydyf.Dictionary:
        made = pydyf.Dictionary(values)
        self._pdf.add_object(made)
        return made
