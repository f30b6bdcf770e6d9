"""The pages of our own among those of a dossier: cover, index, dividers, pages in place of files.

They are one document, composed and set elsewhere; here they are cut into their parts, which stand
before and between the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from pikepdf import Object, Page, Pdf

from vanban.errors import TemplateError
from vanban.evidence.dossier_plan import DossierPlan
from vanban.evidence.page_numbers import Numbering, number_parts
from vanban.layout.pages import Pages

OPENING = ""
"""Key of cover and index together, which come first."""
INDEX = "muc-luc"
"""The anchor at which the index begins."""


class Printed(Struct, frozen=True):
    """The front with its numbers: its pages, their PDF, whose links lead to the codes of documents,
    and the same as a .docx."""

    pages: Pages
    pdf: bytes
    word: bytes


class FrontMaker(Protocol):
    """Makes the front of one dossier; without a numbering every number in it is 0."""

    @property
    def outline(self) -> Path:
        """The file that words it."""

    def pages(self, numbering: Numbering | None) -> Pages:
        """Lay out its pages."""

    def printed(self, numbering: Numbering) -> Printed:
        """Set it with its numbers."""


class Link(Struct, frozen=True):
    """A link on a page (from 0): what it leads to, its rectangle in pt, and itself in the PDF."""

    target: str
    page: int
    rect: tuple[float, float, float, float]
    annotation: Object


class Front(Struct, frozen=True):
    """The pages of our own with their numbers, as PDF and as .docx (``word``).

    ``parts`` are pages (from 0) of cover and index, and of each other part by its anchor: that of a
    field, or the code of a document that needs a stand-in; the index begins on page ``index``.
    """

    numbering: Numbering
    parts: Mapping[str, range]
    index: int
    pdf: bytes
    word: bytes


def parts_of(pages: Pages, plan: DossierPlan, outline: Path) -> dict[str, range]:
    """Return the pages of each part; raises TemplateError where the ``outline`` lacks one."""
    anchors = pages.anchors
    needed = [field.anchor for field in plan.fields]
    needed += [item.code for item in plan.placed() if item.needs_stand_in]
    missing = [anchor for anchor in (INDEX, *needed) if anchor not in anchors]
    if missing:
        message = f"mẫu thiếu trang có mã #{missing[0]} — lấy lại bản gốc của mẫu"
        raise TemplateError.at(outline, message)
    starts = [(OPENING, 0), *((anchor, anchors[anchor]) for anchor in needed), ("", len(pages))]
    return {key: range(start, end) for (key, start), (_, end) in pairwise(starts)}


def number_pages(plan: DossierPlan, maker: FrontMaker, counts: Mapping[str, int]) -> Numbering:
    """Number the dossier by the lengths of its front, set without numbers.

    ``counts`` are the pages of the documents that are drawn, by code.
    """
    parts = parts_of(maker.pages(None), plan, maker.outline)
    lengths = {**counts, **{key: len(pages) for key, pages in parts.items()}}

    def keys() -> Iterator[str]:
        yield OPENING
        for field in plan.fields:
            yield field.anchor
            yield from (item.code for item in plan.placed_in(field))

    return number_parts(((key, lengths[key]) for key in keys()), plan.two_sided)


def make_front(plan: DossierPlan, maker: FrontMaker, counts: Mapping[str, int]) -> Front:
    """Number the dossier as :func:`number_pages` does, and set its front with the numbers."""
    numbering = number_pages(plan, maker, counts)
    printed = maker.printed(numbering)
    parts = parts_of(printed.pages, plan, maker.outline)
    if any(numbering.places[key].count != len(own) for key, own in parts.items()):
        message = "có số trang thì mục lục dài thêm trang — nới rộng cột Trang, Tờ (cot=)"
        raise TemplateError.at(maker.outline, message)
    return Front(numbering, parts, printed.pages.anchors[INDEX], printed.pdf, printed.word)


def links_in(pdf: Pdf) -> tuple[Link, ...]:
    """Return the links on all pages of a front, in their order."""
    return tuple(link for number, page in enumerate(pdf.pages) for link in _links(page, number))


def _links(page: Page, number: int) -> Iterator[Link]:
    for link in page.get("/Annots", ()):
        x0, y0, x1, y1 = map(float, link.Rect)
        yield Link(str(link.Dest), number, (x0, y0, x1, y1), link)
