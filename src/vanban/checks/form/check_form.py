"""A Word file and its pages → the report of form: one row an aspect, and findings.

The front of this package. The page is measured on the PDF that goes with the file; where there is
none, LibreOffice makes one, and without it those rows are not evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.checks.excuses import excuse
from vanban.checks.finding import Finding, Severity, Spot, Standing
from vanban.checks.form.components import Components, find_components
from vanban.checks.form.engine import FormRule, Row, Verdict, form_rules, judge
from vanban.checks.form.front_matter import is_letterhead
from vanban.checks.form.measure import Form, excerpt
from vanban.checks.form.parts import Part
from vanban.checks.form.printed_pages import Pages, PagesUnread, read_pages
from vanban.checks.form.regime import (
    BOUND_SHEETS,
    HANDOUT,
    LIST,
    SEPARATE_ANNEX,
    Declined,
    other_regime,
)
from vanban.checks.form.specification import components
from vanban.checks.identity import Identity, identify
from vanban.checks.run import in_order
from vanban.checks.state import NotReady
from vanban.errors import ContentError, Place
from vanban.identifier import ANNEX_MARK, BOUND_MARK, HANDOUT_MARK, LIST_MARK, text_hash
from vanban.office import ConversionError, UnreadableOffice, find_soffice, prepare, to_pdf
from vanban.ooxml.parts_read import coverage_text
from vanban.ooxml.reading import read_word_file
from vanban.ooxml.word_file import WordFile
from vanban.workspace.workspace import Workspace

ASKED = {Standing.LAW: "quy định", Standing.SAMPLE: "theo mẫu", Standing.DATA: "phải là"}
"""What a message calls the right value; "nên là" where nobody prescribes it."""

MARKED = {
    BOUND_MARK: BOUND_SHEETS,
    HANDOUT_MARK: HANDOUT,
    LIST_MARK: LIST,
    ANNEX_MARK: SEPARATE_ANNEX,
}
"""By how the identifier of a file begins: what the program itself made without a form."""


MOST_SECONDS = 60
"""How long LibreOffice may take to set the pages of a file; one of 114 pages took it 156."""


class OpenedWord(Struct, frozen=True, eq=False, dict=True):
    """A Word file read and taken apart; serves the rules of form and those of text."""

    file: Path
    word: WordFile
    components: Components
    workspace: Workspace | None = None
    """What the content folder says that the file is compared with, None outside any."""

    @cached_property
    def identity(self) -> Identity:
        """Whose document it is."""
        return identify(self.components, self.workspace.agency if self.workspace else None)

    @property
    def declined(self) -> Declined | None:
        for mark, declined in MARKED.items():
            if self.word.identifier.startswith(mark):
                return declined
        return other_regime(self.components)

    @property
    def coverage(self) -> str:
        """Which parts were read and which were not."""
        return coverage_text(self.word.read, self.word.unread)

    @property
    def text_changed(self) -> bool | None:
        """Whether the text is another than when this program wrote it, None for other files."""
        identifier = self.word.identifier
        for mark in MARKED:
            identifier = identifier.removeprefix(mark)
        kind, _, built = identifier.partition(":")
        if kind != "sha256":
            return None
        texts = (paragraph.text[len(paragraph.label) :] for paragraph in self.word.paragraphs)
        return text_hash(texts) != built


class FormReport(Struct, frozen=True, eq=False):
    """The rows of a file in the order of the component table; none where it is declined.

    ``findings`` are the rows that are không đạt or cảnh báo, worst first.
    """

    file: Path
    kind: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    declined: Declined | None = None
    coverage: str = ""
    """Which parts of the file were read and which were not, in Vietnamese."""

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict; a row that could not be evaluated is no pass."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def told(self) -> str:
        """The counts in words, "85 đạt, 13 không đạt …", or why it is not judged."""
        if self.declined is not None:
            return f"không xét: {self.declined.reason}"
        return ", ".join(f"{count} {verdict}" for verdict, count in self.counts.items())


def open_word(docx: bytes, file: Path, workspace: Workspace | None = None) -> OpenedWord:
    """Read the bytes of a Word file; raises ContentError with one line where that fails."""
    try:
        word = read_word_file(docx, is_letterhead)
    except UnreadableOffice as error:
        raise ContentError.at(file, str(error)) from error
    return OpenedWord(file, word, find_components(word), workspace)


def check_form(
    docx: bytes,
    pdf: bytes | None,
    file: Path,
    workspace: Workspace | None = None,
    measure: bool = True,
) -> FormReport:
    """Judge the form of a Word file by every row of the component table.

    ``pdf`` are its pages; without it LibreOffice sets them, unless ``measure`` is False. ``file``
    is the path that findings show. Raises ContentError for what is no readable .docx.
    """
    opened = open_word(docx, file, workspace)
    pages, unmeasured = (None, "")
    if opened.declined is None:
        pages, unmeasured = measured_pages(docx, pdf, measure)
    return check_opened(opened, pages, unmeasured)


def check_opened(
    opened: OpenedWord, pages: Pages | None, unmeasured: str = "", of_pages: bool = False
) -> FormReport:
    """Judge an opened file; ``unmeasured`` says why it has no ``pages``.

    With ``of_pages`` the file is a PDF: nothing but its pages is known of its form.
    """
    kind = opened.components.kind
    declined = opened.declined
    if declined is not None:
        return FormReport(opened.file, kind, (), (), declined, opened.coverage)
    unread = opened.word.unread_text
    if unread:  # what LibreOffice sets lacks it as well
        pages, unmeasured = None, unread
    form = Form(
        opened.word,
        opened.components,
        pages,
        unmeasured,
        opened.text_changed,
        opened.workspace if opened.identity.own else None,
    )
    rules: Iterable[FormRule] = form_rules()
    if of_pages:
        rules = (replace(rule, looked_at=()) for rule in rules if rule.on_pages)
    rows = tuple(row for rule in rules for row in judge(rule, form))
    findings = in_order(_findings(rows, form, opened.file))
    return FormReport(opened.file, kind, rows, findings, coverage=opened.coverage)


def measured_pages(
    docx: bytes, pdf: bytes | None, measure: bool = True
) -> tuple[Pages | None, str]:
    """Return the pages of a file, or None and why there are none.

    Those of ``pdf``, else those that LibreOffice sets if ``measure`` is True and it is there.
    """
    try:
        if pdf is None:
            if not measure:
                return None, "chưa có bản PDF để đo trên trang"
            if find_soffice() is None:
                return None, "máy này không có LibreOffice để đo trên trang"
            pdf = to_pdf(prepare(docx).data, ".docx", MOST_SECONDS)
        return read_pages(pdf), ""
    except (ConversionError, PagesUnread, UnreadableOffice) as error:
        return None, str(error)


def _findings(rows: tuple[Row, ...], form: Form, file: Path) -> Iterator[Finding]:
    for row in rows:
        if row.verdict not in (Verdict.FAIL, Verdict.WARN):
            continue
        asked = ASKED.get(row.rule.standing, "nên là")
        allowed = f"; {asked}: {row.allowed}" if row.allowed else ""
        name = components()[row.rule.component].name
        yield Finding(
            row.rule.id,
            row.rule.severity,
            f"{name}, {row.aspect}: {row.measured}{allowed}",
            row.advice,
            row.rule.clause,
            tuple(_spots(row.at, form.pages, file)),
            frozenset({file.stem}),
            component=row.rule.component,
        )


def _spots(parts: tuple[Part, ...], pages: Pages | None, file: Path) -> tuple[Spot, ...]:
    """Return the places of ``parts``, or the file as a whole."""
    texts = [part.text for part in parts]
    numbers = (0,) * len(parts) if pages is None else pages.page_numbers(texts)
    spots = dict.fromkeys(
        Spot(Place(file), part.paragraph.number, page, excerpt(part.text), part.paragraph.where)
        for part, page in zip(parts, numbers, strict=True)
    )
    return tuple(spots) or (Spot(Place(file)),)


def require_form(workspace: Workspace, document_id: str, docx: bytes, pdf: bytes) -> None:
    """Raise NotReady where the form of a rendered document has an error that nobody excused."""
    report = check_form(docx, pdf, Path(f"{document_id}.docx"), workspace)
    findings, _ = excuse(report.findings, workspace.review)
    errors = [each for each in findings if each.severity is Severity.ERROR and not each.excused]
    if errors:
        lines = "\n  ".join(each.message for each in errors)
        raise NotReady(f"chưa dựng bản để ký, vì thể thức của {document_id} còn lỗi:\n  {lines}")
