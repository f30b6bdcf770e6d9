"""Word files for tests of form: a good document, and packages with one thing changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document as new_word
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents import docx_of, paragraph, pdf_of, sample, table
from vanban.checks.form.check_form import FormReport, check_form, open_word
from vanban.checks.form.engine import Verdict
from vanban.checks.form.parts import Part
from vanban.checks.from_word import writing_of_word
from vanban.checks.writing import Writing
from vanban.document import Annex, Document, Heading, Paragraph, Run, StyleId
from vanban.workspace.workspace import Workspace

FILE = Path("vanban.docx")
LONG = (
    "Các phòng, ban chuyên môn tổ chức thực hiện nghiêm túc các nhiệm vụ được giao, định kỳ báo "
    "cáo kết quả về Ủy ban nhân dân phường"
)
Edit = Callable[[str], str]
Expected = set[tuple[str, str, str]]
"""Rule, aspect, place of what did not pass: its first words, +2 for more, "" for the file."""

GOOD = sample(
    body=(
        paragraph("Căn cứ Luật Tổ chức chính quyền địa phương;", StyleId.LEGAL_BASIS),
        paragraph("Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021.", StyleId.LEGAL_BASIS),
        paragraph(f"{LONG} như sau:"),
        Heading(StyleId.PART, 1, "Phần I", (Run("MỤC ĐÍCH"),), True, "muc-1"),
        Heading(StyleId.SECTION, 2, "I.", (Run("YÊU CẦU"),), False, "muc-2"),
        Heading(StyleId.CLAUSE, 3, "1.", (Run("Công tác chỉ đạo"),), False, "muc-3"),
        Heading(StyleId.POINT, 4, "a)", (Run("Kế hoạch"),), False, "muc-4"),
        paragraph(f"- {LONG} (chi tiết tại Phụ lục I).", StyleId.BULLET),
        Heading(StyleId.POINT, 4, "b)", (Run("Kiểm tra"),), False, "muc-5"),
        paragraph(f"- {LONG} (chi tiết tại Phụ lục II).", StyleId.BULLET),
        table(("A", "B"), ("1", "2")),
        Paragraph(StyleId.BODY, (Run(f"{LONG}./."),), keep_with_next=True, keep_together=True),
    ),
    annexes=(
        Annex("Phụ lục I", "BẢNG", "(Kèm theo Báo cáo)", True, "pl-1", (table(("A",), ("1",)),)),
        Annex("Phụ lục II", "DANH MỤC", "(Kèm theo Báo cáo)", False, "pl-2", (paragraph("C."),)),
    ),
    banner="",
)
"""A report that is right in every row."""


@cache
def word_file(document: Document) -> bytes:
    """Return the .docx of a document."""
    return docx_of(document)


@cache
def rendered(document: Document) -> tuple[bytes, bytes]:
    """Return .docx and PDF of a document."""
    return word_file(document), pdf_of(document)


def edited(package: bytes, edits: Mapping[str, Edit]) -> bytes:
    """Return a Word file with the parts in ``edits`` changed; an edit must change something."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            text = source.read(name).decode()
            if name in edits:
                after = edits[name](text)
                assert after != text, f"the edit of {name} changes nothing"
                text = after
            changed.writestr(name, text)
    return target.getvalue()


def swapped(old: str, new: str, count: int = 1) -> Edit:
    """Return an edit that puts ``new`` for the first ``count`` places of ``old`` (-1: all)."""

    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not there"
        return text.replace(old, new, count)

    return edit


def wrong_rows(report: FormReport) -> set[tuple[str, str]]:
    """Return rule (without its group) and aspect of every row that did not pass."""
    return {
        (row.rule.id.removeprefix("hinh-thuc/"), row.aspect)
        for row in report.rows
        if row.verdict in (Verdict.FAIL, Verdict.WARN)
    }


def places(report: FormReport) -> Expected:
    """Return rule, aspect and place of every row that did not pass; no row has a gap to fill."""
    texts = (each for row in report.rows for each in (row.measured, row.allowed, row.advice))
    assert [text for text in texts if "{" in text] == []
    return {
        (row.rule.id.removeprefix("hinh-thuc/"), row.aspect, _place(row.at))
        for row in report.rows
        if row.verdict in (Verdict.FAIL, Verdict.WARN)
    }


def _place(parts: Sequence[Part]) -> str:
    first = "".join(" ".join(part.text.split())[:30].strip() for part in parts[:1])
    return f"{first} +{len(parts) - 1}" if len(parts) > 1 else first


def judged(docx: bytes, pdf: bytes | None = None, workspace: Workspace | None = None) -> FormReport:
    """Judge a Word file with these pages, or without any."""
    return check_form(docx, pdf, FILE, workspace, measure=False)


def read_writing(docx: bytes, file: Path = FILE, workspace: Workspace | None = None) -> Writing:
    """Read a Word file for the rules of text."""
    return writing_of_word(open_word(docx, file, workspace))


def saved(word: WordDocument) -> bytes:
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def word_of(*texts: str) -> WordDocument:
    """Return a new Word file of these paragraphs, as python-docx makes it."""
    word = new_word()
    for text in texts:
        word.add_paragraph(text)
    return word


W = nsdecls("w", "r")


def named(text: str) -> str:
    """Return XML whose first element knows the usual names."""
    return re.sub(r"<([\w:]+)", rf"<\1 {W}", text, count=1)


def xml(text: str) -> Any:
    """Return an element of this XML."""
    return parse_xml(named(text))


def with_body(*blocks: str) -> bytes:
    """Return a Word file with these paragraphs or tables as its whole body."""
    word = word_of()
    for block in blocks:
        word.element.body.insert(len(word.element.body) - 1, xml(block))
    return saved(word)


def p(content: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{content}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r>{look and f"<w:rPr>{look}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"
