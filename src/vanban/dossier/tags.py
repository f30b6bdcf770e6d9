"""The tags of a dossier: its own pages keep theirs, a page of evidence is a figure with a text.

Tags within evidence are not taken over, so the text says what the page is: code, type, abstract
(ISO 32000-1, 14.7 to 14.9). A reader aloud goes through the dossier in the order of its pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

FIGURE = b"/Figure <</MCID 0>> BDC\n"
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC\n"
"""Begins what is passed over: the strip at the foot of a page."""
END = b"EMC\n"


class Tags:
    """The structure tree that the front of a dossier brought along, and what is added to it."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.StructTreeRoot
        (self._whole,) = list(self._root.K)
        self._parents: list[Object | int] = list(self._root.ParentTree.Nums)
        self._order: list[Object] = []
        self._front: dict[tuple[int, int], list[Object]] = {}
        page: Object = pdf.pages[0].obj
        for element in self._whole.K:
            page = next(_pages_of(element), page)
            self._front.setdefault(page.objgen, []).append(element)

    def own_page(self, page: Object) -> None:
        """Let what begins on a page of the front be read next."""
        self._order += self._front.get(page.objgen, [])

    def figure(self, page: Object, text: str) -> None:
        """Let ``text`` be read for a page whose content stands within :data:`FIGURE`."""
        figure = self._element(Name.Figure, self._whole, page)
        figure.K = Array([0])
        figure.Alt = String(text)
        figure.A = Dictionary(O=Name.Layout, BBox=page.MediaBox, Placement=Name.Block)
        self._order.append(figure)
        page.StructParents = self._entry(Array([figure]))

    def link(self, page: Object, annotation: Object) -> None:
        """Let a link be read, by its own words."""
        paragraph = self._element(Name.P, self._whole, page)
        link = self._element(Name.Link, paragraph, page)
        paragraph.K = Array([link])
        link.K = Array([Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)])
        self._order.append(paragraph)
        annotation.StructParent = self._entry(link)

    def finish(self) -> None:
        """Write what was added into the tree."""
        self._whole.K = Array(self._order)
        self._root.ParentTree.Nums = Array(self._parents)

    def _element(self, kind: Name, parent: Object, page: Object) -> Object:
        return self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=parent, Pg=page))

    def _entry(self, parent: Object) -> int:
        """Add what content or a link belongs to; return its key."""
        key = int(self._parents[-2]) + 1
        self._parents += [key, parent]
        return key


def _pages_of(element: Object) -> Iterator[Object]:
    """Yield the pages on which an element has content, the first first."""
    if "/Pg" in element:
        yield element.Pg
    for kid in element.get("/K", ()):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _pages_of(kid)
