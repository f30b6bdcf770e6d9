#!/usr/bin/env python3
"""Make the sample evidence of content/2025/minh-chung, all visibly “TÀI LIỆU MẪU”.

The register content/2025/minh-chung.yaml says what each document is; :data:`RECIPES` says what
its file looks like: built by the project itself, scanned, turned, landscape, A3, digitally signed,
a picture, a Word file. Pages and hashes are written back into the register. With the fonts that
the project requires, the same bytes come out again.

    make_sample_evidence.py                     the set of content/2025
    make_sample_evidence.py --many 100 15 DIR   100 files of 15 pages each, for measurements

The signature is that of a key anyone can compute again from a number; it proves nothing.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFilter
from sample_documents import BANNER, ROOT, TABLE_HEAD, Press, document_of, table_rows
from sample_signature import sign

from vanban.evidence.descriptions import EvidenceDocument, described
from vanban.evidence.file_facts import FileFacts, read_facts
from vanban.render.xlsx import render_xlsx
from vanban.sheet import Sheet, SheetColumn, SheetRow
from vanban.workspace.load import load_workspace
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace

YEAR = 2025


@dataclass(frozen=True)
class Made:
    """The bytes of a file and, where it was made from one, of its original."""

    data: bytes
    original: bytes | None = None


# --- looks -------------------------------------------------------------------------------------


def built(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    return Made(press.pdf(document_of(evidence.code, about)))


def landscape(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    """Keep only the landscape annex."""
    return Made(_pages(built(evidence, about, press).data, lambda pages: pages[1:]))


def turned(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    """Lay the page on its side, with /Rotate to stand it up again, as scanners do."""
    with pikepdf.open(io.BytesIO(landscape(evidence, about, press).data)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(number) for number in page.mediabox.as_list())
            page.contents_add(b"q 0 1 -1 0 %f 0 cm" % (top - bottom), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = pikepdf.Array([0, 0, top - bottom, right - left])
            for name in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
                if name in page.obj:
                    del page.obj[name]
            page.obj["/Rotate"] = 90
        return Made(_saved(pdf))


def large(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    """Put the landscape annex on A3."""
    source = landscape(evidence, about, press).data
    with pikepdf.open(io.BytesIO(source)) as small, pikepdf.new() as pdf:
        for page in small.pages:
            width, height = (float(number) for number in page.mediabox.as_list()[2:])
            sheet = pdf.add_blank_page(page_size=(width * 2**0.5, height * 2**0.5))
            look = pdf.copy_foreign(page.as_form_xobject())
            sheet.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=look))
            scale = f"{2**0.5:.6f}"
            sheet.contents_add(f"q {scale} 0 0 {scale} 0 0 cm /Page Do Q".encode())
        return Made(_saved(pdf))


def scanned(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    images = [_paper(page, evidence.code) for page in _drawn(evidence, about, press, 110)]
    target = io.BytesIO()
    first, *others = images
    first.save(
        target,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=110,
        quality=35,
    )
    with pikepdf.open(target) as pdf:
        del pdf.docinfo  # it says when the file was made
        return Made(_saved(pdf))


def many_page_tiff(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    first, *others = (
        page.convert("1", dither=Image.Dither.NONE) for page in _drawn(evidence, about, press, 150)
    )
    annex = Image.new("1", first.size, 1)
    pen = ImageDraw.Draw(annex)
    pen.text((120, 120), f"PHỤ LỤC\n{about.abstract}\n\n{BANNER}", 0, press.font(26))
    for number in range(1, 18):
        y = 320 + number * 70
        pen.rectangle((110, y, first.width - 110, y + 70), outline=0)
        pen.text(
            (130, y + 20), f"{number}.   Thủ tục hành chính mẫu số {number}", 0, press.font(26)
        )
    target = io.BytesIO()
    pages = [*others, annex]
    first.save(
        target, "TIFF", save_all=True, append_images=pages, compression="group4", dpi=(150, 150)
    )
    return Made(target.getvalue())


def signed(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    day = about.date or date(YEAR, 1, 1)
    stamp = Image.new("RGB", (600, 170), "white")
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((2, 2, 597, 167), outline=(200, 0, 0), width=3)
    lines = (
        "TÀI LIỆU MẪU – chữ ký số thử nghiệm",
        f"Ký bởi: {about.issuer} (mẫu)",
        f"Ngày ký: {day:%d/%m/%Y}",
    )
    for number, line in enumerate(lines):
        pen.text((20, 16 + number * 48), line, (200, 0, 0), press.font(32))
    return Made(sign(built(evidence, about, press).data, day, stamp))


def from_word(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    document = document_of(evidence.code, about)
    return Made(press.pdf(document), press.docx(document))


def from_excel(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    document = document_of(evidence.code, about)
    rows = tuple(
        SheetRow((row[0], row[1], row[2], int(row[3]), int(row[4]), row[5]))
        for row in table_rows(evidence.code, 14)
    )
    columns = tuple(SheetColumn(name, 20) for name in TABLE_HEAD)
    sheet = Sheet("Kết xuất (mẫu)", (), BANNER, columns, rows)
    pdf = landscape(evidence, about, press).data
    return Made(pdf, render_xlsx([sheet], document, document.issued))


def photograph(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    """Draw a board in a room, as a telephone would take it."""
    chance = random.Random(evidence.code)
    image = Image.new("RGB", (1280, 960), (214, 205, 190))
    pen = ImageDraw.Draw(image)
    for y in range(960):
        shade = 225 - y // 12
        pen.line((0, y, 1280, y), (shade, shade - 8, shade - 22))
    pen.polygon([(0, 960), (1280, 960), (1280, 820), (0, 780)], (120, 92, 70))
    pen.rectangle((170, 120, 1110, 640), (30, 82, 62), (92, 64, 40), 14)
    pen.text((640, 190), "TÀI LIỆU MẪU", "white", press.font(54, True), "mm")
    for number, line in enumerate(_wrapped(about.abstract, 38)):
        pen.text((640, 280 + number * 52), line, "white", press.font(40), "mm")
    for _ in range(9):
        x, y = chance.randrange(190, 960), chance.randrange(410, 540)
        pen.rectangle((x, y, x + 110, y + 80), (245, 244, 236))
        for height in range(y + 14, y + 70, 13):
            pen.line((x + 10, height, x + 96, height), (90, 90, 90), 2)
    pen.text((640, 900), BANNER, "white", press.font(34), "mm")
    image = image.rotate(-1.4, expand=False, fillcolor=(150, 140, 125))
    target = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.7)).save(target, "JPEG", quality=55, dpi=(150, 150))
    return Made(target.getvalue())


def screenshot(evidence: Evidence, about: EvidenceDocument, press: Press) -> Made:
    image = Image.new("RGB", (1200, 700), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 1200, 64), (16, 76, 140))
    pen.text((24, 16), "Trục liên thông văn bản (màn hình mẫu)", "white", press.font(28, True))
    for number in range(8):
        y = 110 + number * 62
        pen.rectangle(
            (24, y, 1176, y + 62), "white" if number % 2 else (236, 242, 250), (200, 205, 212)
        )
        gap, day = " " * 4, f"{number + 5:02}/9/{YEAR}"
        text = gap.join((f"{number + 14}/BC-UBND", f"Báo cáo mẫu số {number + 1}", day, "Đã gửi"))
        pen.text((44, y + 16), text, "black", press.font(26))
    pen.text((600, 655), f"{BANNER}", (180, 0, 0), press.font(28, True), "mm")
    target = io.BytesIO()
    image.quantize(64).save(target, "PNG", optimize=True, dpi=(110, 110))
    return Made(target.getvalue())


RECIPES: dict[str, Callable[[Evidence, EvidenceDocument, Press], Made]] = {
    "1.1.2-01": landscape,
    "1.2.1-01": signed,
    "1.2.1-02": screenshot,
    "1.3.1-02": scanned,
    "1.4.1-02": photograph,
    "3.1.2-01": photograph,
    "3.2.1-01": many_page_tiff,
    "3.3.1-01": from_excel,
    "3.4.1-01": turned,
    "5.1.1-01": large,
    "5.1.2-01": from_word,
}
"""What a file looks like; those not named are built by the project as they are."""


# --- pages and pictures ------------------------------------------------------------------------


def _pages(data: bytes, choose: Callable[[list[pikepdf.Page]], list[pikepdf.Page]]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.new() as chosen:
        chosen.pages.extend(choose(list(pdf.pages)))
        return _saved(chosen)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()


def _drawn(
    evidence: Evidence, about: EvidenceDocument, press: Press, dpi: int
) -> list[Image.Image]:
    """Return the pages of the built document as pictures in grey."""
    with pypdfium2.PdfDocument(built(evidence, about, press).data) as pdf:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in pdf]


def _paper(page: Image.Image, code: str) -> Image.Image:
    """Make a page look scanned: askew, grey paper, specks, a dark edge."""
    chance = random.Random(code)
    image = page.rotate(chance.uniform(-1.2, 1.2), Image.Resampling.BICUBIC, fillcolor=255)
    image = image.point([16 + value * 222 // 255 for value in range(256)])
    pen = ImageDraw.Draw(image)
    for _ in range(120):
        x, y = chance.randrange(image.width), chance.randrange(image.height)
        pen.ellipse((x, y, x + 1, y + 1), chance.randrange(60, 200))
    pen.rectangle((0, 0, 5, image.height), 120)
    return image


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


# --- the set -----------------------------------------------------------------------------------


def make_set(workspace: Workspace, folder: Path) -> dict[str, tuple[FileFacts, FileFacts | None]]:
    """Write every file of the register to ``folder``; return code → facts of file and original."""
    press = Press()
    facts = {}
    assert workspace.evidence is not None
    for evidence in workspace.evidence.evidence:
        if not workspace.uses_sample(evidence):
            sys.exit(f"{evidence.at('code')}: không phải tài liệu mẫu — không ghi đè")
        made = RECIPES.get(evidence.code, built)(evidence, described(evidence, workspace), press)
        path = folder / evidence.file
        path.write_bytes(made.data)
        original = None
        if made.original is not None and evidence.original is not None:
            (folder / evidence.original).write_bytes(made.original)
            original = read_facts(folder / evidence.original)
        facts[evidence.code] = read_facts(path), original
        print(
            f"{path.name}: {len(made.data) // 1000} kB, {facts[evidence.code][0].page_count} trang"
        )
    return facts


def with_facts(text: str, facts: dict[str, tuple[FileFacts, FileFacts | None]]) -> str:
    """Return the register's text with the pages and hashes of ``facts``."""
    text = re.sub(r"^ {4}(so_trang|sha256|sha256_goc): .*\n", "", text, flags=re.MULTILINE)
    entries = re.split(r"(?m)^(?=  - ma: )", text)
    written = [entries[0]]
    for entry in entries[1:]:
        code = entry.split()[2]
        file, original = facts[code]
        lines = f"    so_trang: {file.page_count}\n    sha256: {file.sha256}\n"
        if original is not None:
            lines += f"    sha256_goc: {original.sha256}\n"
        written.append(
            re.sub(r"(?m)^(    tep: .*\n(?:    tep_goc: .*\n)?)", rf"\g<1>{lines}", entry)
        )
    return "".join(written)


def make_many(files: int, pages: int, folder: Path) -> None:
    """Write ``files`` PDFs of ``pages`` pages each to ``folder``, all different."""
    workspace = load_workspace(ROOT / "content", YEAR)
    assert workspace.evidence is not None
    evidence = workspace.evidence.evidence[0]
    about = described(evidence, workspace)
    folder.mkdir(parents=True, exist_ok=True)
    press = Press()
    document = document_of(evidence.code, about)
    data = press.pdf(replace(document, body=document.body * (2 * pages), annexes=()))
    for number in range(1, files + 1):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            del pdf.pages[pages:]
            pdf.docinfo["/Subject"] = f"{BANNER} {number}"
            (folder / f"mau-{number:04}.pdf").write_bytes(_saved(pdf))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--many", nargs=3, metavar=("FILES", "PAGES", "DIR"))
    arguments = parser.parse_args()
    if arguments.many:
        files, pages, folder = arguments.many
        make_many(int(files), int(pages), Path(folder))
        return
    register = ROOT / "content" / str(YEAR) / "minh-chung.yaml"
    target = register.parent / "minh-chung"
    target.mkdir(exist_ok=True)
    facts = make_set(load_workspace(ROOT / "content", YEAR), target)
    register.write_text(with_facts(register.read_text(encoding="utf-8"), facts), encoding="utf-8")


if __name__ == "__main__":
    main()
