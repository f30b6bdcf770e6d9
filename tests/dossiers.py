"""Helpers of the tests of the dossier: small evidence files, plans, and looking at pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops, ImageStat

from vanban.app.dossier import Dossier, DossierFront, make_dossier
from vanban.dossier.assemble import DossierFacts, make_dossier_pdf
from vanban.dossier.placing import find_spot
from vanban.dossier.stamp import STRIP
from vanban.errors import Place
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import Criterion, DossierPlan, Field
from vanban.evidence.file_facts import Copies, read_facts

TEMPLATES = Path(__file__).parent.parent / "templates"
DAY = date(2025, 12, 1)
A4 = (0, 0, 595.276, 841.89)

PICTURE = b"""0 0 1 rg -9000 -9000 20000 20000 re f
1 0 0 rg 70 60 200 120 re f 0 1 0 rg 270 180 60 200 re f 1 1 0 rg 350 60 80 60 re f
"""
"""Content that fills every page to its edges and beyond, and looks different from every side."""


class Maker:
    """Makes dossiers of one day."""

    def front(self, plan: DossierPlan) -> DossierFront:
        return DossierFront(plan, TEMPLATES, DAY)

    def pdf(self, plan: DossierPlan, target: Path) -> DossierFacts:
        front = self.front(plan)
        with tempfile.TemporaryDirectory() as folder:
            copies = Copies(Path(folder, "copies"))
            return make_dossier_pdf(plan, target, front, front.times, copies)

    def all(self, plan: DossierPlan, out: Path) -> Dossier:
        return make_dossier(lambda copies: self.front(plan), out)


def write_pdf(
    path: Path,
    pages: int = 1,
    box: Sequence[float] = A4,
    content: bytes = PICTURE,
    change: Callable[[Pdf], object] | None = None,
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


def item(code: str, file: Path, **values: object) -> EvidenceDocument:
    settings: dict[str, object] = {
        "type": "Quyết định",
        "abstract": f"về việc {code}",
        "number": "15/QĐ-UBND",
        "date": date(2025, 1, 20),
        "issuer": "UBND phường",
        "place": Place(Path("minh-chung.yaml"), 7),
    }
    if "title" in values:
        settings |= {"type": "", "abstract": values.pop("title")}
    return EvidenceDocument(code, file, **(settings | values))  # type: ignore[arg-type]


def plan(*items: EvidenceDocument, **values: object) -> DossierPlan:
    """Return a plan with a field for each first number of the codes."""
    fields: dict[str, dict[str, list[EvidenceDocument]]] = {}
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


def dossier_page(maker: Maker, folder: Path, file: Path, banner: str = "") -> tuple[Path, int]:
    """Return a dossier with the one file and the number of its first page."""
    target = folder / "dossier.pdf"
    facts = maker.pdf(plan(item("1.1.1-01", file), banner=banner), target)
    return target, facts.placements["1.1.1-01"].first


def difference(maker: Maker, folder: Path, file: Path, dpi: float = 72) -> float:
    """Return how much the page in the dossier differs from the original, 0 to 255."""
    target, number = dossier_page(maker, folder, file)
    return difference_of(picture_of(target, number, dpi), file, dpi)


def difference_of(page: Image.Image, file: Path, dpi: float = 72) -> float:
    """Return how much ``page`` of a dossier differs from the first page of ``file``, 0 to 255."""
    with pikepdf.open(file) as source:
        first = source.pages[0]
        x0, y0, x1, y1 = (float(v) for v in first.cropbox.as_list())
        m0, n0, m1, n1 = (float(v) for v in first.mediabox.as_list())
        box = (max(min(m0, m1), min(x0, x1)), max(min(n0, n1), min(y0, y1)))
        box = (*box, min(max(m0, m1), max(x0, x1)), min(max(n0, n1), max(y0, y1)))  # type: ignore[assignment]
        unit = float(first.obj.get("/UserUnit", 1))
        spot = find_spot(box, first.rotation, unit)  # type: ignore[arg-type]
        width, height = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit  # type: ignore[misc]
        if first.rotation % 180:
            width, height = height, width
    zoom = dpi / 72
    size = round(width * spot.scale * zoom), round(height * spot.scale * zoom)
    left = round((spot.width - width * spot.scale) / 2 * zoom)
    bottom = STRIP + (spot.height - STRIP - height * spot.scale) / 2
    top = round((spot.height - bottom - height * spot.scale) * zoom)
    seen = page.crop((left, top, left + size[0], top + size[1]))
    original = picture_of(file, 1, dpi * 2).resize(size)
    inner = (3, 3, size[0] - 3, size[1] - 3)
    mean = ImageStat.Stat(ImageChops.difference(seen.crop(inner), original.crop(inner))).mean
    return float(max(mean))


@dataclass(frozen=True)
class Shown:
    """What a dossier made of a file: its warnings and its first page."""

    file: Path
    warnings: tuple[str, ...]
    page: Image.Image

    def says(self, words: str) -> bool:
        return any(words in warning for warning in self.warnings)


def show(
    maker: Maker, folder: Path, changes: Mapping[str, Callable[[Pdf], object]], **keys: Any
) -> dict[str, Shown]:
    """Put a PDF for each of ``changes`` into one dossier; ``keys`` are those of write_pdf.

    Every file must be one that `evidence add` accepts, and is as it was afterwards.
    """
    items = {}
    for number, (name, change) in enumerate(changes.items(), 1):
        file = write_pdf(folder / f"{number}.pdf", change=change, **keys)
        read_facts(file)
        items[name] = item(f"1.1.1-{number:02}", file)
    before = [each.file.read_bytes() for each in items.values()]
    facts = maker.pdf(plan(*items.values()), folder / "dossier.pdf")
    assert before == [each.file.read_bytes() for each in items.values()]
    return {
        name: Shown(
            each.file,
            tuple(w.message for w in facts.warnings if w.key == each.code),
            picture_of(folder / "dossier.pdf", facts.placements[each.code].first),
        )
        for name, each in items.items()
    }
