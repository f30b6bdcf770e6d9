"""Measure the dossier: 1,500 pages of evidence in 100 files, and an index of 1,000 entries.

The evidence is 80 files of set text and 20 of scans (JPEG of 1 megapixel), 15 pages each. What
counts is the time beyond setting the index, which is measured apart; memory is the peak of the
whole process. Each case runs as a process of its own. Nothing is written outside a temporary
folder.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from vanban.app.dossier import DossierFront
from vanban.dossier.assemble import make_dossier_pdf, number_pages
from vanban.dossier.front import OPENING, read_front
from vanban.dossier.originals import make_dossier_folder, zip_folder
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import Criterion, DossierPlan, Field
from vanban.render.typesetter import Typesetter

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FILES, PAGES = 100, 15
ENTRIES = (250, 500, 1000)
CSS = "html, body, p { display: block } @page { size: A4; margin: 20mm } p { font: 14pt Tinos }"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", type=int, help=argparse.SUPPRESS)
    case: int | None = parser.parse_args().case
    if case is not None:
        print(measure_pages() if case == 0 else measure_index(case))
        return
    print("dossier of", FILES * PAGES, "pages in", FILES, "files; index of many entries")
    for number in (0, *ENTRIES):
        command = [sys.executable, __file__, "--case", str(number)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        print(" ", done.stdout.strip())


def measure_pages() -> str:
    """Return the times of a dossier with much evidence, and the peak of memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_evidence(Typesetter(), folder)
        plan = make_plan([folder / f"{number}.pdf" for number in range(FILES)])
        front = DossierFront(plan, TEMPLATES)
        start = time.perf_counter()
        front.pdf(number_pages(plan, front, dict.fromkeys((i.code for i in plan.placed()), PAGES)))
        index = time.perf_counter() - start
        start = time.perf_counter()
        facts = make_dossier_pdf(plan, folder / "d.pdf", front, front.times)
        beyond = time.perf_counter() - start - index
        size = (folder / "d.pdf").stat().st_size / 1e6
        start = time.perf_counter()
        make_dossier_folder(plan, folder / "d", facts.placements, b"", None)
        zip_folder(folder / "d", folder / "d.zip", "d")
        rest = time.perf_counter() - start
    return (
        f"{facts.page_count} pages, {size:.0f} MB: index {index:.2f} s, beyond it {beyond:.2f} s"
        f" (limit 3 s); folder and zip {rest:.2f} s; peak {peak():.0f} MB (limit 500 MB)"
    )


def measure_index(entries: int) -> str:
    """Return the time that setting an index takes, once for its length and once with numbers."""
    plan = make_plan([Path("none.pdf")] * entries)
    DossierFront(replace(plan, fields=plan.fields[:1]), TEMPLATES).pages(None)
    front = DossierFront(plan, TEMPLATES)
    start = time.perf_counter()
    numbering = number_pages(plan, front, dict.fromkeys((i.code for i in plan.placed()), 1))
    counted = time.perf_counter() - start
    pages = read_front(front, numbering, plan).parts[OPENING]
    seconds = time.perf_counter() - start
    return (
        f"index of {entries} entries, {len(pages)} pages: counted in {counted:.2f} s, "
        f"in all {seconds:.2f} s; {peak():.0f} MB"
    )


def peak() -> float:
    """Return the most memory that this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_plan(files: list[Path]) -> DossierPlan:
    """Return a plan of eight fields of five criteria."""
    items: dict[tuple[int, int], list[EvidenceDocument]] = {}
    for number, file in enumerate(files):
        place = number % 8 + 1, number // 8 % 5 + 1
        listed = items.setdefault(place, [])
        code = f"{place[0]}.{place[1]}.1-{len(listed) + 1:02}"
        listed.append(
            EvidenceDocument(
                code,
                file,
                "Quyết định",
                f"{number}/QĐ-UBND",
                None,
                "UBND phường",
                "về việc ban hành Kế hoạch nâng cao Chỉ số cải cách hành chính năm 2025",
                "trang 2",
            )
        )
    fields = tuple(
        Field(
            str(field),
            "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
            tuple(
                Criterion(f"{field}.{criterion}", "Kế hoạch cải cách", tuple(listed))
                for (own, criterion), listed in items.items()
                if own == field
            ),
        )
        for field in sorted({own for own, _ in items})
    )
    agency = ("ỦY BAN NHÂN DÂN", "PHƯỜNG TRẦN LIỄU")
    return DossierPlan("Tự đánh giá năm 2025", agency, "01.CCHC", "Vĩnh viễn", 2025, fields)


def write_evidence(typesetter: Typesetter, folder: Path) -> None:
    """Write the files; each differs from the others by its title."""
    words = "Nâng cao chất lượng phục vụ người dân, doanh nghiệp trên địa bàn phường. " * 52
    html = f"<html><body>{f'<p>{words}</p>' * PAGES}</body></html>"
    text = typesetter.pdf(html, CSS)
    for number in range(FILES):
        if number % 5:
            with pikepdf.open(io.BytesIO(text)) as pdf:
                del pdf.pages[PAGES:]
                pdf.docinfo["/Title"] = str(number)
                pdf.save(folder / f"{number}.pdf")
        else:
            write_scan(folder / f"{number}.pdf", number)


def write_scan(path: Path, number: int) -> None:
    pdf = pikepdf.new()
    for page in range(PAGES):
        picture = io.BytesIO()
        noise = Image.effect_noise((850, 1200), 20 + (number + page) % 30)
        noise.save(picture, "JPEG", quality=60)
        image = pdf.make_stream(
            picture.getvalue(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=850,
            Height=1200,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        pdf.pages.append(
            pikepdf.Page(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=Array([0, 0, 595, 842]),
                        Resources=Dictionary(XObject=Dictionary(I=image)),
                        Contents=pdf.make_stream(b"595 0 0 842 0 0 cm /I Do"),
                    )
                )
            )
        )
    pdf.save(path)


if __name__ == "__main__":
    main()
