"""Helpers of the tests of the dossier: small evidence files, plans, and looking at pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from vanban.dossier.assemble import DossierFacts, make_dossier_pdf
from vanban.dossier.make import Dossier, make_dossier
from vanban.dossier.plan import Criterion, DossierPlan, Field, Item
from vanban.errors import Place
from vanban.render.fonts import find_times
from vanban.render.frame import read_frame
from vanban.render.typesetter import Typesetter

FRAME = Path(__file__).parent.parent / "templates" / "frame.docx"
DAY = date(2025, 12, 1)
A4 = (0, 0, 595.276, 841.89)

PICTURE = b"""0 0 1 rg -9000 -9000 20000 20000 re f
1 0 0 rg 70 60 200 120 re f 0 1 0 rg 270 180 60 200 re f 1 1 0 rg 350 60 80 60 re f
"""
"""Content that fills every page to its edges and beyond, and looks different from every side."""


class Maker:
    """Makes dossiers with one typesetter for all tests."""

    def __init__(self) -> None:
        self.frame = read_frame(FRAME)
        self.times = find_times()
        self.typesetter = Typesetter()

    def pdf(self, plan: DossierPlan, target: Path) -> DossierFacts:
        return make_dossier_pdf(plan, target, self.typesetter, self.frame, self.times, DAY)

    def all(self, plan: DossierPlan, out: Path) -> Dossier:
        return make_dossier(plan, out, self.typesetter, self.frame, self.times, DAY)


def write_pdf(
    path: Path,
    pages: int = 1,
    box: Sequence[float] = A4,
    content: bytes = PICTURE,
    change: Callable[[Pdf], None] | None = None,
    **keys: Any,
) -> Path:
    """Write a PDF of equal pages; ``keys`` go into each page, ``change`` sees the whole."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = Dictionary(Type=Name.Page, MediaBox=Array(list(box)), Resources=Dictionary(), **keys)
        page.Contents = pdf.make_stream(content)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    if change is not None:
        change(pdf)
    pdf.save(path, static_id=True)
    return path


def item(code: str, file: Path, **values: object) -> Item:
    settings: dict[str, object] = {
        "title": f"Quyết định về việc {code}",
        "number": "15/QĐ-UBND",
        "issued": date(2025, 1, 20),
        "issuer": "UBND phường",
        "place": Place(Path("minh-chung.yaml"), 7),
    }
    return Item(code, file=file, **(settings | values))  # type: ignore[arg-type]


def plan(*items: Item, **values: object) -> DossierPlan:
    """Return a plan with a field for each first number of the codes."""
    fields: dict[str, dict[str, list[Item]]] = {}
    for one in items:
        first, second = one.code.split(".")[:2]
        fields.setdefault(first, {}).setdefault(f"{first}.{second}", []).append(one)
    return DossierPlan(
        title="Tự đánh giá năm 2025",
        agency=("ỦY BAN NHÂN DÂN", "PHƯỜNG TRẦN LIỄU"),
        file_code="01.CCHC",
        retention="Vĩnh viễn",
        year=2025,
        fields=tuple(
            Field(
                code,
                f"CẢI CÁCH HÀNH CHÍNH {code}",
                tuple(
                    Criterion(name, "Kế hoạch", tuple(entries)) for name, entries in rest.items()
                ),
            )
            for code, rest in fields.items()
        ),
        **values,  # type: ignore[arg-type]
    )


def picture_of(path: Path, page: int, dpi: float = 72) -> Image.Image:
    """Return the page (from 1) as a viewer shows it, with annotations."""
    document = pypdfium2.PdfDocument(path)
    try:
        document.init_forms()
        image: Image.Image = document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")
        return image
    finally:
        document.close()


def text_of(path: Path) -> list[str]:
    """Return the text of every page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
