"""Pages → bytes of a tagged PDF/A-2a file that is PDF/UA-1 by its parts (ISO 19005-2, 14289-1).

pydyf writes the objects and HarfBuzz the subsets of the fonts; nothing is measured or broken here.
Equal pages give equal bytes. Heights of PDF count from the foot of the page.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import pydyf  # type: ignore[import-untyped]
from msgspec import Struct

from vanban.document import Document
from vanban.layout.fonts import TimesFamily
from vanban.layout.lay_out import lay_out
from vanban.layout.measures import Layout
from vanban.layout.pages import Kind, Page, Pages, Text
from vanban.line_ends import MAY_BREAK
from vanban.picture import Picture
from vanban.render.font_objects import add_font
from vanban.render.font_subset import FontSubset, subset
from vanban.render.image_objects import image_object
from vanban.render.pdf_file import PdfFile
from vanban.render.pdf_properties import add_properties
from vanban.render.pdf_settled import settle
from vanban.render.structure import Structure


def write_pdf(document: Document, pages: Pages, times: TimesFamily, stamp: date | None) -> bytes:
    """Return the file of ``document`` as laid out in ``pages``.

    ``stamp`` is the date in the file's properties, None for none.
    """
    return _Writer(pages, times).write(document, stamp)


class PagesEngine:
    """Writes the pages that :func:`vanban.layout.lay_out.lay_out` makes; needs no process."""

    def start(
        self, document: Document, layout: Layout, stamp: date | None
    ) -> Callable[[], PdfFile]:
        return lambda: self.render(document, layout, stamp)

    def render(self, document: Document, layout: Layout, stamp: date | None) -> PdfFile:
        """Return the PDF of ``document``; equal arguments give equal bytes."""
        pages = lay_out(document, layout)
        return PdfFile(write_pdf(document, pages, layout.times, stamp), len(pages.pages))


class _Font(Struct):
    name: str
    subset: FontSubset
    resource: pydyf.Dictionary


class _Writer:
    def __init__(self, pages: Pages, times: TimesFamily) -> None:
        self.pages, self.pdf = pages, pydyf.PDF()
        self.fonts = dict(self._fonts(times))
        self.structure = Structure(self.pdf)
        self.elements: list[pydyf.Dictionary] = []
        for element in pages.elements:
            parent = self.elements[element.parent] if element.parent >= 0 else None
            self.elements.append(
                self.structure.element(
                    element.kind, parent, element.level, element.columns, element.description
                )
            )
        self.page_objects: list[pydyf.Dictionary] = []
        self.marks: dict[str, pydyf.Array] = {}

    def write(self, document: Document, stamp: date | None) -> bytes:
        pdf, catalog = self.pdf, self.pdf.catalog
        resources_ = self._add(
            {
                "Font": pydyf.Dictionary(
                    {font.name: font.resource.reference for font in self.fonts.values()}
                ),
                "XObject": self._pictures(),
            }
        )
        for page in self.pages.pages:
            self._page(page, resources_)
        self._frames()
        self.structure.finish()
        names = pydyf.Array()
        for anchor, target in sorted(self.marks.items()):
            names += [pydyf.String(anchor), target]
        catalog["Names"] = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": names})})
        self._outline()
        add_properties(pdf, document, stamp)
        settle(pdf)
        target = io.BytesIO()
        pdf.write(target, version=b"1.7", identifier=True, compress=True)
        return target.getvalue()

    def _add(self, values: Mapping[str, object]) -> pydyf.Dictionary:
        made = pydyf.Dictionary(values)
        self.pdf.add_object(made)
        return made

    def _stream(self, lines: Sequence[str | bytes], extra: Mapping[str, object]) -> pydyf.Stream:
        made = pydyf.Stream(list(lines), pydyf.Dictionary(extra), compress=True)
        self.pdf.add_object(made)
        return made

    # --- fonts --------------------------------------------------------------------------------

    def _fonts(self, times: TimesFamily) -> Iterator[tuple[tuple[bool, bool], _Font]]:
        used: dict[tuple[bool, bool], set[str]] = {}
        for page in self.pages.pages:
            for text in page.texts:
                used.setdefault((text.bold, text.italic), set()).update(_printed(text))
        for number, (look, letters) in enumerate(sorted(used.items())):
            made = subset(times.face(*look), frozenset(letters))
            yield look, _Font(f"F{number}", made, add_font(self.pdf, made))

    # --- pictures -----------------------------------------------------------------------------

    def _pictures(self) -> pydyf.Dictionary:
        """Add every picture once; return their references by name."""
        used = {
            _name(shown.picture): shown.picture
            for page in self.pages.pages
            for shown in page.pictures
        }
        made = {name: image_object(picture) for name, picture in sorted(used.items())}
        for image in made.values():
            self.pdf.add_object(image)
        return pydyf.Dictionary({name: image.reference for name, image in made.items()})

    # --- pages --------------------------------------------------------------------------------

    def _page(self, page: Page, resources_: pydyf.Dictionary) -> None:
        made = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": self.pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, _number(page.width), _number(page.height)]),
                "Resources": resources_.reference,
            }
        )
        self.pdf.add_page(made)
        self.structure.begin(made)
        annotations = pydyf.Array()
        lines = [*_boxes(page), *self._drawn(page, made), *self._texts(page, made, annotations)]
        made["Contents"] = self._stream(lines, {}).reference
        if annotations:
            made["Annots"] = annotations
        for field in page.fields:
            self.structure.field(self.elements[field.element], made, field, page.height)
        for mark in page.marks:
            place = pydyf.Array(
                [made.reference, "/XYZ", "null", _number(page.height - mark.top), "null"]
            )
            self.marks.setdefault(mark.anchor, place)
        self.page_objects.append(made)

    def _drawn(self, page: Page, made: pydyf.Dictionary) -> Iterator[str]:
        """Yield what draws the pictures of a page."""
        for shown in page.pictures:
            number = self.structure.content(self.elements[shown.element], made)
            place = f"{_number(shown.left)} {_number(page.height - shown.top - shown.height)}"
            yield f"/Figure <</MCID {number}>> BDC q"
            yield f"{_number(shown.width)} 0 0 {_number(shown.height)} {place} cm"
            yield f"/{_name(shown.picture)} Do Q EMC"

    def _texts(self, page: Page, made: pydyf.Dictionary, annotations: pydyf.Array) -> Iterator[str]:
        """Yield what writes the texts of a page; each link on it becomes one of ``annotations``."""
        yield "BT"
        held, font, color = None, "", "000000"
        annotation = pydyf.Dictionary()
        for text in page.texts:
            target = text.run.target if text.run is not None else None
            owner = (text.element, (text.run, text.baseline) if target else None)
            if owner != held:
                if held is not None:
                    yield "EMC"
                held = owner
                if text.element < 0:
                    yield "/Artifact <</Type /Pagination>> BDC"
                else:
                    element = self.elements[text.element]
                    if text.run is not None and target is not None:
                        annotation = self._annotation(target)
                        annotations.append(annotation.reference)
                        words = text.run.text.strip()
                        element = self.structure.link(element, made, annotation, words)
                    number = self.structure.content(element, made)
                    yield f"{element['S']} <</MCID {number}>> BDC"
            if target is not None:
                _grow(annotation, text, page)
            chosen = self.fonts[text.bold, text.italic]
            selected = f"/{chosen.name} {_number(text.size)} Tf"
            if selected != font:
                yield selected
                font = selected
            if text.color != color:
                yield f"{_color(text.color)} rg"
                color = text.color
            yield f"1 0 0 1 {_number(text.left)} {_number(page.height - text.baseline)} Tm"
            yield chosen.subset.shown(_printed(text), text.spread / text.size)
        if held is not None:
            yield "EMC"
        yield "ET"

    def _annotation(self, target: str) -> pydyf.Dictionary:
        return self._add(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Border": pydyf.Array([0, 0, 0]),
                "Dest": pydyf.String(target),
            }
        )

    def _frames(self) -> None:
        """Say of every figure where it stands."""
        figures = {
            number: pydyf.Dictionary()
            for number, element in enumerate(self.pages.elements)
            if element.kind is Kind.FIGURE
        }
        for page in self.pages.pages if figures else ():
            for shown in page.pictures:
                low = page.height - shown.top - shown.height
                right, high = shown.left + shown.width, low + shown.height
                figures[shown.element]["Rect"] = (shown.left, low, right, high)
            for text in page.texts:
                if text.element in figures:
                    _grow(figures[text.element], text, page)
        for number, place in figures.items():
            self.structure.frame(self.elements[number], tuple(place["Rect"]))

    # --- bookmarks, properties ----------------------------------------------------------------

    def _outline(self) -> None:
        marks = [
            (mark, page, made)
            for page, made in zip(self.pages.pages, self.page_objects, strict=True)
            for mark in page.marks
            if mark.label
        ]
        if not marks:
            return
        root = self._add({"Type": "/Outlines"})
        self.pdf.catalog["Outlines"] = root.reference
        above: list[tuple[int, pydyf.Dictionary]] = [(0, root)]
        for mark, page, made in marks:
            while above[-1][0] >= mark.level:
                above.pop()
            parent = above[-1][1]
            top = _number(page.height - mark.top)
            item = self._add(
                {
                    "Title": pydyf.String(mark.label),
                    "Parent": parent.reference,
                    "Dest": pydyf.Array([made.reference, "/XYZ", "null", top, "null"]),
                }
            )
            if "Last" in parent:
                before = self._object(parent["Last"])
                before["Next"], item["Prev"] = item.reference, before.reference
            else:
                parent["First"] = item.reference
            parent["Last"] = item.reference
            for _, holder in above:
                holder["Count"] = holder.get("Count", 0) + 1
            above.append((mark.level, item))

    def _object(self, reference: bytes) -> pydyf.Dictionary:
        return self.pdf.objects[int(reference.split()[0])]


def _name(picture: Picture) -> str:
    return f"P{picture.digest[:16]}"


def _boxes(page: Page) -> Iterator[str]:
    """Yield what fills the boxes of a page, which are no content."""
    if not page.boxes:
        return
    yield "/Artifact BMC"
    color = ""
    for box in page.boxes:
        if box.color != color:
            yield f"{_color(box.color)} rg"
            color = box.color
        bottom = page.height - box.top - box.height
        size = f"{_number(box.width)} {_number(box.height)}"
        yield f"{_number(box.left)} {_number(bottom)} {size} re f"
    yield "EMC"
    yield "0 0 0 rg"


def _grow(annotation: pydyf.Dictionary, text: Text, page: Page) -> None:
    """Let the place of a link take in a text."""
    bottom = page.height - text.baseline - 0.216 * text.size
    left, low, right, high = annotation.get("Rect", (1e9, 1e9, 0, 0))
    annotation["Rect"] = pydyf.Array(
        (
            min(left, round(text.left, 2)),
            min(low, round(bottom, 2)),
            max(right, round(text.left + text.width, 2)),
            max(high, round(bottom + 1.107 * text.size, 2)),
        )
    )


def _printed(text: Text) -> str:
    """Return what is drawn of a text: not what only lets a line end."""
    return text.text.replace(MAY_BREAK, "")


def _color(color: str) -> str:
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.3g}" for at in (0, 2, 4))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
