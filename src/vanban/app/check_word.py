"""Any Word file, PDF or workbook → what is found in it; one that cannot be read hides no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from vanban.checks.excuses import excuse
from vanban.checks.finding import Finding
from vanban.checks.given import (
    CONVERTED,
    PAGES,
    WORD,
    WORKBOOK,
    partly_read,
    passed_over,
    read_given,
    unreadable,
)
from vanban.checks.registry import text_rules
from vanban.checks.rules import Project
from vanban.checks.run import Run, in_order, run_rules
from vanban.checks.word_report import ReadWord, WordReport, sections_of
from vanban.errors import ContentError
from vanban.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vanban.checks.form.check_form import FormReport, OpenedWord
    from vanban.checks.form.printed_pages import Pages
    from vanban.checks.identity import Identity
    from vanban.ooxml.word_file import Section


def check_word(
    file: Path, workspace: Workspace | None, alone: bool, keep: bool = False
) -> WordReport:
    """Check one Word file; ``workspace`` is the content that it is compared with, if any.

    A file that a program left behind is an error only where it is given ``alone``. With ``keep``
    the report has what was read of a .docx.
    """
    left = passed_over(file, alone)
    if left is not None:
        return WordReport(file, findings=(left,), declined=left.message)
    try:
        report = _checked(file, workspace)
    except ContentError as error:
        why = "; ".join(problem.message for problem in error.problems)
        report = WordReport(file, findings=tuple(unreadable(error.problems)), unreadable=why)
    if not keep or file.suffix.lower() not in WORD:
        report = replace(report, read=None)
    if workspace is None:
        return report
    findings, _ = excuse(report.findings, workspace.review)
    return replace(report, findings=findings)


def _checked(file: Path, workspace: Workspace | None) -> WordReport:
    data, suffix = read_given(file), file.suffix.lower()
    if suffix in PAGES:
        return _check_pdf(data, file, workspace)
    if suffix in WORKBOOK:
        return _check_workbook(data, file)
    if suffix not in CONVERTED:
        return _check_docx(data, file, workspace)
    from vanban.exchange.word_import.source import as_docx
    from vanban.office import ConversionError, UnreadableOffice

    try:
        report = _check_docx(as_docx(data, suffix), file, workspace)
    except (UnreadableOffice, ConversionError) as error:
        raise ContentError.at(file, str(error)) from error
    return replace(report, notes=(*report.notes, f"LibreOffice đã chuyển từ {suffix} sang .docx"))


def _check_docx(data: bytes, file: Path, workspace: Workspace | None) -> WordReport:
    from vanban.checks.form.check_form import check_opened, measured_pages, open_word

    opened = open_word(data, file, workspace)
    read = ReadWord(data, opened.word)
    if opened.declined is not None:
        return replace(_declined(opened, check_opened(opened, None)), read=read)
    pages, unmeasured = measured_pages(data, None)
    form = check_opened(opened, pages, unmeasured)
    report = replace(_read(opened, form, pages), read=read)
    if unmeasured:
        told = f"thể thức trên trang không đo được — {unmeasured}"
        report = replace(report, notes=(*report.notes, told))
    return report


def _check_pdf(data: bytes, file: Path, workspace: Workspace | None) -> WordReport:
    """Check the text of a PDF, and of its form what the pages show."""
    from vanban.checks.form.check_form import OpenedWord, check_opened, measured_pages
    from vanban.checks.form.components import find_components
    from vanban.exchange.word_import.pdf_text import read_pdf_text
    from vanban.ooxml.package import UnreadableOffice

    try:
        word = read_pdf_text(data)
    except UnreadableOffice as error:
        raise ContentError.at(file, str(error)) from error
    pages, unmeasured = measured_pages(b"", data)
    word = structs.replace(word, sections=_sections(pages) or word.sections)
    opened = OpenedWord(file, word, find_components(word), workspace)
    if opened.declined is not None:
        return _declined(opened, check_opened(opened, None))
    form = check_opened(opened, pages, unmeasured, of_pages=True)
    report = _read(opened, form, pages)
    told = "tệp PDF: soát lời văn, khổ giấy, lề, số trang; kiểu chữ thì soát tệp Word"
    return replace(report, notes=(*report.notes, told))


SPELLING = (
    *("chinh-ta/", "ky-tu/", "dau-cau/cach-truoc-dau", "dau-cau/khoang-trang-kep"),
    *("dau-cau/thieu-cach", "dau-cau/ngoac-kep"),
)
"""How the ids begin of the rules that hold for any text, whoever wrote it."""


def _declined(opened: OpenedWord, form: FormReport) -> WordReport:
    """Return the report of a file whose form is not judged: of its words the spelling is."""
    from vanban.checks.from_word import writing_of_word

    writing = writing_of_word(opened)
    rules = [rule for rule in text_rules() if rule.id.startswith(SPELLING)]
    run = run_rules(Project(None, (writing,)), rules)
    return WordReport(
        opened.file,
        str(opened.identity) if opened.identity.kind or opened.identity.issuer else "",
        run.findings,
        (DECLINED, opened.coverage),
        form.declined.reason if form.declined is not None else "",
        sections=sections_of(writing),
        form=form,
    )


DECLINED = "chỉ soát chính tả, lặp từ, dấu câu, ký tự; không áp dụng các quy tắc khác"


def _sections(pages: Pages | None) -> tuple[Section, ...]:
    """Return a section for each size of pages, its side margins where the text ends."""
    from vanban.ooxml.word_file import Section

    found: dict[tuple[float, float], Section] = {}
    for page in pages.pages if pages is not None else ():
        boxes = [box for _, box in page.lines]
        left = min((box.left for box in boxes), default=0.0)
        right = page.width - max((box.right for box in boxes), default=page.width)
        size = (page.width, page.height)
        before = found.get(size, Section(left=left, right=right))
        left, right = min(left, before.left), min(right, before.right)
        found[size] = Section(width=page.width, height=page.height, left=left, right=right)
    return tuple(found.values())


def _read(opened: OpenedWord, form: FormReport, pages: Pages | None) -> WordReport:
    """Return the report of an opened file whose form was judged."""
    from vanban.checks.from_word import writing_of_word

    writing = writing_of_word(opened, pages)
    run = run_rules(Project(None, (writing,)))
    findings: list[Finding] = [*form.findings, *run.findings]
    if opened.word.unread_text:
        findings.append(partly_read(opened.file, opened.word.unread_text))
    told = f"thể thức {form.told} (xem từng mục: --html)"
    return WordReport(
        opened.file,
        _about(opened),
        in_order(findings),
        (told, opened.coverage, *_not_evaluated(run)),
        sections=sections_of(writing),
        form=form,
        pages=pages,
    )


def _check_workbook(data: bytes, file: Path) -> WordReport:
    """Check the text of the cells of a workbook."""
    from vanban.exchange.sheet_text import writing_of_workbook
    from vanban.ooxml.package import UnreadableOffice

    try:
        writing = writing_of_workbook(data, file)
    except UnreadableOffice as error:
        raise ContentError.at(file, str(error)) from error
    run = run_rules(Project(None, (writing,)))
    notes = ("tệp Excel: chỉ soát lời văn trong các ô", *_not_evaluated(run))
    sections = sections_of(writing)
    return WordReport(file, "bảng tính", in_order(run.findings), notes, sections=sections)


def _not_evaluated(run: Run) -> Iterator[str]:
    for reason, rules in run.not_evaluated.items():
        yield f"không đánh giá được {', '.join(rules)}: {reason}"


def _about(opened: OpenedWord) -> str:
    return f"{opened.identity}{_not_applied(opened.identity, opened.workspace)}"


def _not_applied(identity: Identity, workspace: Workspace | None) -> str:
    """Return which rules say nothing of a Word file, and why; "" where all speak."""
    count = sum(rule.own_documents for rule in text_rules())
    if workspace is None:
        return f"; không áp dụng {count} quy tắc riêng của cơ quan soạn thảo vì không có nội dung"
    if identity.own:
        return ""
    why = "văn bản của cơ quan khác" if identity.issuer else "không đọc được cơ quan ban hành"
    return f"; không áp dụng {count} quy tắc riêng của {workspace.agency.short_name} vì {why}"
