"""What the cases of the benchmark read: documents as each way takes them, a Word file, evidence."""

from __future__ import annotations

import io
import json
import pickle
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import img2pdf
import openpyxl
import pikepdf
from bench_cases import CONTENT, COPIES, ENTRIES, FILES, PAGES_A_FILE, ROWS, TEMPLATES, UNITS
from msgspec.structs import replace
from PIL import Image

from vanban.app.catalogue import find_kind
from vanban.app.composing import compose
from vanban.app.dossier import DossierFront
from vanban.app.load import load_content
from vanban.compose.dossier_front import compose_dossier_front
from vanban.document import Align, Block, Cell, Document, Heading, Row, Run, Runs, Table
from vanban.dossier.front import number_pages
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import Criterion, DossierPlan, Field
from vanban.exchange.addresses import addresses
from vanban.exchange.form_workbook import form_workbook
from vanban.exchange.forms import make_forms
from vanban.exchange.marks import hidden_of, with_marks
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.layout.measures import Layout
from vanban.layout.preparation import prepared
from vanban.ooxml.package import rewrite
from vanban.render.css import stylesheet
from vanban.render.docx import render_docx
from vanban.render.pdf import document_html
from vanban.render.typesetter import Typesetter
from vanban.workspace.workspace import Workspace


def main(target: Path) -> None:
    """Write the documents, and each as the other ways take it; the Word file; the evidence."""

    kinds = [find_kind("plan"), find_kind("report-q3")]
    workspace = load_content(CONTENT, 2025).workspace
    plan, report = (compose(kind, workspace, TEMPLATES).document for kind in kinds)
    listed = dossier_plan([target / "none.pdf"] * ENTRIES)
    pages = dict.fromkeys((item.code for item in listed.placed()), PAGES_A_FILE)
    numbering = number_pages(listed, DossierFront(listed, TEMPLATES), pages)
    documents = {
        "plan": plan,
        "report-q3": report,
        "table": replace(plan, body=(long_table(),), annexes=()),
        "index": compose_dossier_front(listed, numbering, TEMPLATES),
    }
    for name, document in documents.items():
        write_document(document, target / name)
    twice = replace(plan, body=plan.body * 2)
    write_document(twice, target / "twice")
    shutil.copy(target / "twice" / "template.docx", target / "20-trang.docx")
    (target / "edited.docx").write_bytes(edited(report, workspace))
    write_evidence(target / "evidence")
    write_filled_forms(target / "units")


def write_document(document: Document, folder: Path) -> None:

    folder.mkdir()
    layout = Layout(document, read_frame(TEMPLATES / "frame.docx"), find_times())
    sheet = stylesheet(document, layout.frame, layout.times)
    (folder / "document.pickle").write_bytes(pickle.dumps(document))
    (folder / "template.docx").write_bytes(render_docx(document, layout, None))
    (folder / "page.html").write_text(document_html(document, layout), encoding="utf-8")
    (folder / "page.css").write_text(sheet, encoding="utf-8")
    (folder / "page.typ").write_text(typst_source(document, layout.times.name), encoding="utf-8")


def edited(document: Document, workspace: Workspace) -> bytes:
    """Return the Word file of ``document`` with its marks, edited in ten places."""
    marked, base = with_marks(document, 2025, workspace.agency.name, addresses(workspace))
    frame, times = read_frame(TEMPLATES / "frame.docx"), find_times()
    marked = prepared(marked, frame, times)
    docx = render_docx(marked, Layout(marked, frame, times), None, hidden_of(base))

    def edit(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        return data.replace("thực hiện".encode(), "triển khai".encode(), 10)

    return rewrite(docx, edit)


def typst_source(document: Document, face: str) -> str:
    """Return the blocks of ``document`` in the language of Typst: text, headings, tables."""
    annexes = [block for annex in document.annexes for block in annex.blocks]
    return "\n\n".join(
        (
            f"#set document(title: {json.dumps(document.title, ensure_ascii=False)})",
            '#set page(paper: "a4", margin: (left: 30mm, rest: 20mm), numbering: "1")',
            f'#set text(font: "{face}", size: 14pt, lang: "vi")\n#set par(justify: true)',
            *map(typst_block, (*document.body, *annexes)),
        )
    )


def typst_block(block: Block) -> str:

    if isinstance(block, Table):
        widths = ", ".join(f"{width}mm" for width in block.widths)
        head, body = (
            "".join(
                f"table.cell(colspan: {cell.columns})[{typst_runs(cell.runs)}], "
                for row in rows
                for cell in row.cells
            )
            for rows in (block.head, block.rows)
        )
        return f"#table(columns: ({widths}), table.header({head}), {body})"
    if isinstance(block, Heading):
        return f"#heading(level: {block.level})[{typst_runs((Run(block.outline_text),))}]"
    return typst_runs(block.runs)


def typst_runs(runs: Runs) -> str:
    return "".join(
        f"#text(weight: {700 if run.bold else 400}, "
        f'style: "{"italic" if run.italic else "normal"}", '
        f"{json.dumps(str(run.text), ensure_ascii=False)})"
        for run in runs
    )


def long_table() -> Block:

    def row(*texts: str) -> Row:
        return Row(tuple(Cell((Run(text),), Align.LEFT) for text in texts))

    head = row("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Kết quả")
    rows = (
        row(str(number), f"Số hồ sơ tiếp nhận, giải quyết của đợt {number}", "Hồ sơ", str(number))
        for number in range(1, ROWS + 1)
    )
    return Table((15.0, 85.0, 30.0, 35.0), (head,), tuple(rows))


def dossier_plan(files: Sequence[Path]) -> DossierPlan:
    """Return a plan of eight fields of five criteria that ``files`` are spread over."""

    listed: dict[tuple[int, int], list[EvidenceDocument]] = {}
    for number, file in enumerate(files):
        place = number % 8 + 1, number // 8 % 5 + 1
        own = listed.setdefault(place, [])
        code = f"{place[0]}.{place[1]}.1-{len(own) + 1:02}"
        kind, sign, office = "Quyết định", f"{number}/QĐ-UBND", "UBND phường"
        title = "về việc ban hành Kế hoạch nâng cao Chỉ số cải cách hành chính năm 2025"
        own.append(EvidenceDocument(code, file, kind, sign, None, office, title, "trang 2"))
    fields = tuple(
        Field(
            str(field),
            "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
            tuple(
                Criterion(f"{field}.{criterion}", "Kế hoạch cải cách", tuple(own))
                for (of, criterion), own in listed.items()
                if of == field
            ),
        )
        for field in sorted({of for of, _ in listed})
    )
    agency = ("ỦY BAN NHÂN DÂN", "PHƯỜNG TRẦN LIỄU")
    return DossierPlan("Tự đánh giá năm 2025", agency, "01.CCHC", "Vĩnh viễn", 2025, fields)


def write_evidence(folder: Path) -> None:
    """Write 80 files of set text and 20 of scans (JPEG of 1 megapixel); no two are alike."""

    folder.mkdir()
    words = "Nâng cao chất lượng phục vụ người dân, doanh nghiệp trên địa bàn phường. " * 52
    html = f"<html><body>{f'<p>{words}</p>' * PAGES_A_FILE}</body></html>"
    css = "html, body, p { display: block } @page { size: A4; margin: 20mm } p { font: 14pt Tinos }"
    text = Typesetter().pdf(html, css).data
    for number in range(FILES):
        if number % 5:
            with pikepdf.open(io.BytesIO(text)) as pdf:
                del pdf.pages[PAGES_A_FILE:]
                pdf.docinfo["/Title"] = str(number)
                pdf.save(folder / f"{number}.pdf")
        else:
            (folder / f"{number}.pdf").write_bytes(scans(number))


def write_filled_forms(folder: Path) -> None:
    """Write content of units that all answer for everything, and what they send back."""

    shutil.copytree(CONTENT, folder / "content")
    (folder / "filled").mkdir()
    agency, indicators = (folder / "content" / name for name in ("co-quan.yaml", "chi-tieu.yaml"))
    ids = [f"don-vi-{number}" for number in range(UNITS)]
    units = "".join(f"  - {{ma: {name}, ten: Phòng {name}}}\n" for name in ids)
    text = agency.read_text(encoding="utf-8").replace("don_vi:\n", f"don_vi:\n{units}", 1)
    agency.write_text(text, encoding="utf-8")
    said = f"\\1    don_vi_cung_cap: [{', '.join(ids)}]\n"
    text = re.sub(r"(\n  - ten: .*\n)(?=    muc:)", said, indicators.read_text(encoding="utf-8"))
    indicators.write_text(text, encoding="utf-8")
    workspace = load_content(folder / "content", 2025).workspace
    known = workspace.reports["q3"].figures
    for form in make_forms(workspace, "q3", date(2025, 9, 14)):
        if form.key.unit in ids:
            book = openpyxl.load_workbook(io.BytesIO(form_workbook(form)))
            for row in book.worksheets[0].iter_rows(min_row=8):
                if row[0].value in known:
                    row[7].value = known[str(row[0].value)].value
            for copy in range(COPIES):
                book.save(folder / "filled" / f"{form.key.unit} ({copy}).xlsx")


def scans(number: int) -> bytes:

    def pictures() -> Iterator[bytes]:
        for page in range(PAGES_A_FILE):
            picture = io.BytesIO()
            noise = Image.effect_noise((850, 1200), 20 + (number + page) % 30)
            noise.save(picture, "JPEG", quality=60)
            yield picture.getvalue()

    size = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    data: bytes = img2pdf.convert(list(pictures()), layout_fun=size)
    return data


if __name__ == "__main__":
    main(Path(sys.argv[1]))
