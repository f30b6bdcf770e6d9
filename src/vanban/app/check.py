"""The one front of the check: documents of the content by id, and any Word file by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from vanban.app.catalogue import Kind, buildable, find_kind, reads_of, year_of
from vanban.app.check_word import check_word
from vanban.app.composing import compose_others, compose_sound
from vanban.app.load import load_content, new_problems
from vanban.checks.excuses import excuse
from vanban.checks.finding import Finding, Severity
from vanban.checks.fix import find_edits, fixed_files, mended_files
from vanban.checks.given import read_given, unreadable
from vanban.checks.output import FileFindings, summary
from vanban.checks.review import Reviewed, content_texts, read_project, review
from vanban.checks.run import in_order
from vanban.checks.state import State
from vanban.checks.word_report import WordReport
from vanban.compose.composed import Composed
from vanban.document import Document
from vanban.errors import ContentError, Problem
from vanban.io.journal import Record, Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.workspace.edit import Edit
from vanban.workspace.folder import chosen_year
from vanban.workspace.models.house_rules import Excuse
from vanban.workspace.shared_folder import shared_folder
from vanban.workspace.shared_version import shared_line
from vanban.workspace.versions import refuse_newer
from vanban.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vanban.checks.form.check_form import FormReport, OpenedWord

MAX_PASSES = 5
"""Mending a place can bring up another; two passes are the rule."""


class Checked(Struct):
    """What a check found in the content, lines about what was looked at, and each Word file.

    ``verdicts`` say the state and the counts of each document, a line each; ``missing`` are lines
    about data that is not there yet. ``problems`` keep documents from being made and so from being
    checked, but not the Word files; ``excuses`` are those that have not excused anything yet.
    """

    verdicts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    forms: list[FormReport] = field(default_factory=list)
    excuses: tuple[Excuse, ...] = ()
    words: list[WordReport] = field(default_factory=list)

    def files(self, content: Path) -> Iterator[FileFindings]:
        """Yield what is told of each file, first of the content as a whole if it was looked at."""
        if self.verdicts or self.missing or self.notes:
            about = "; ".join(self.verdicts)
            yield FileFindings(content, about, notes=(*self.missing, *self.notes))
        by_file: dict[Path, list[Finding]] = {}
        for finding in self.findings:
            by_file.setdefault(finding.spot.place.file, []).append(finding)
        yield from (FileFindings(file, findings=tuple(each)) for file, each in by_file.items())
        yield from self.words

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those of the content, then those of each Word file."""
        return (*self.findings, *(each for report in self.words for each in report.findings))

    @property
    def status(self) -> int:
        """0 where nothing is to be done; 1 for errors of the content, errors and warnings of a
        Word file; 3 where a file was not read or is not for these rules.
        """
        if any(report.unreadable or report.declined for report in self.words):
            return 3
        errors = any(each.severity is Severity.ERROR and not each.excused for each in self.findings)
        return int(bool(self.problems) or errors or not all(each.is_clean for each in self.words))

    def add_findings(self, findings: Iterable[Finding], workspace: Workspace | None) -> None:
        """Add findings, those marked that the content excuses."""
        if workspace is not None:
            findings, unused = excuse(findings, workspace.review)
            self.excuses = tuple(each for each in self.excuses if each in unused)
        self.findings.extend(findings)

    def add_form(self, report: FormReport, workspace: Workspace | None) -> None:
        self.forms.append(report)
        self.add_findings(report.findings, workspace)
        self.notes.append(f"{report.file}: thể thức {report.told} (xem từng mục: --html)")

    def add_not_evaluated(self, rules: Iterable[str], reason: str) -> None:
        self.notes.append(f"không đánh giá được {', '.join(rules)}: {reason}")


def check(
    targets: Iterable[str],
    content: Path,
    year: int | None,
    templates_of: Callable[[Path], Path],
    out: Path,
    keep_words: bool = False,
) -> Checked:
    """Check the documents with these ids and the Word files at these paths; all documents if none.

    With ``keep_words`` the reports of Word files keep what was read, to be annotated.

    A Word file that cannot be read is a finding; so are the others checked. Raises ContentError
    where nothing but the content is asked for and it cannot be read, UsageError for an unknown id.
    """
    targets = tuple(targets)
    kinds, files = _sorted_targets(targets, content)
    checked = Checked()
    if kinds or not files:
        try:
            _check_content(checked, kinds, content, year, templates_of(content), out)
        except ContentError as error:
            if not files:
                raise
            checked.problems += error.problems  # the Word files are checked all the same
    workspace = _known(content, year, checked) if files else None
    alone = len(targets) == 1
    checked.words += (check_word(file, workspace, alone, keep_words) for file in files)
    checked.findings[:] = in_order(checked.findings)
    return checked


def year_to_check(targets: Iterable[str], content: Path, year: int | None) -> int | None:
    """Return the year whose documents ``targets`` name; ``year`` as it is where they name none.

    Raises ContentError where there is no such year, UsageError for an unknown id, and where only
    an older year than the newest in use has one of the documents.
    """
    kinds, files = _sorted_targets(targets, content)
    return year_of(kinds, content, year, "check") if kinds or not files else year


def word_files(targets: Iterable[str], content: Path) -> tuple[Path, ...]:
    """Return the Word files among ``targets``, each once; raises UsageError for an unknown id."""
    return _sorted_targets(targets, content)[1]


def _sorted_targets(
    targets: Iterable[str], content: Path
) -> tuple[tuple[Kind, ...], tuple[Path, ...]]:
    """Return the kinds of documents and the files among ``targets``, each once.

    Files are names with an ending, or paths.
    """
    kinds: dict[Kind, None] = {}
    files: dict[Path, Path] = {}
    for target in targets:
        path = Path(target)
        if path.suffix or {"/", "\\"} & set(target):
            files.setdefault(path.absolute(), path)
        else:
            kinds[find_kind(target, content)] = None
    return tuple(kinds), tuple(files.values())


def _check_content(
    checked: Checked,
    kinds: tuple[Kind, ...],
    content: Path,
    year: int | None,
    templates: Path,
    out: Path,
) -> None:
    loaded = load_content(content, year_of(kinds, content, year, "check"))
    workspace = loaded.workspace
    wanted = kinds or buildable(workspace)
    composed, unmade = compose_sound(wanted, loaded, templates)
    checked.problems += sorted({problem for each in unmade for problem in each.problems})
    if not composed and checked.problems:
        raise ContentError(checked.problems)
    others, left_out = compose_others(wanted, loaded, templates)
    left_out += tuple(each.kind.id for each in unmade)
    checked.notes += loaded.remarks(reads_of(wanted, content, workspace.year))
    wanted = tuple(kind for kind in wanted if kind.id not in left_out)
    reviewed = review(workspace, composed, others)
    checked.findings += reviewed.of(kind.id for kind in wanted) if kinds else reviewed.findings
    checked.excuses = reviewed.unused
    folder = out / str(workspace.year)
    for item in composed:
        _check_built(checked, item.document, folder, workspace)
        lines = _missing_lines(item, checked.findings)
        checked.missing += [line for line in lines if line not in checked.missing]
    for kind in wanted:
        built = folder / f"{kind.id}.docx"
        own = [
            each
            for each in checked.findings
            if kind.id in each.documents or each.spot.place.file == built
        ]
        checked.verdicts.append(_verdict(kind, reviewed.states[kind.id], own))
    if not kinds and not left_out:  # of a part of the documents nobody can say what excuses nothing
        checked.notes += [
            f"{each.at('rule')}: chấp nhận {each.rule} không còn phát hiện nào — xóa mục này"
            for each in checked.excuses
        ]
    _add_notes(checked, reviewed, left_out)
    _note_shared(checked, content)


def _note_shared(checked: Checked, content: Path) -> None:
    """Say which version is shared, and how many findings are not this ward's to mend."""
    common, line = shared_folder(content), shared_line(content)
    if common is None or line is None:
        return
    checked.notes.append(line)
    files = (each.spot.place.file for each in checked.findings if not each.excused)
    count = sum(file.is_relative_to(common) for file in files)
    if count:
        checked.notes.append(
            f"{common}: {count} chỗ ở thư mục dùng chung, --fix không sửa ở đó — báo người phụ "
            "trách bộ dùng chung"
        )


def _check_built(checked: Checked, document: Document, folder: Path, workspace: Workspace) -> None:
    """Judge the form of a document of the content as it was built, where it was."""
    built = folder / f"{document.id}.docx"
    pdf = built.with_suffix(".pdf")
    if not (built.is_file() and pdf.is_file()):
        checked.notes.append(f"thể thức của {document.id}: chưa xét — dựng văn bản rồi soát lại")
        return
    try:
        opened, report = form_of(built, workspace)
    except ContentError as error:
        checked.add_findings(unreadable(error.problems), workspace)
        return
    checked.add_form(report, workspace)
    if opened.word.identifier != document.identifier and not opened.text_changed:
        checked.notes.append(f"{built} cũ hơn nội dung — dựng lại rồi soát lại")


def form_of(built: Path, workspace: Workspace) -> tuple[OpenedWord, FormReport]:
    """Return a Word file and what its form and that of the PDF beside it come to.

    Raises ContentError where one of them cannot be read.
    """
    from vanban.checks.form.check_form import check_opened, measured_pages, open_word

    data = read_given(built)
    opened = open_word(data, built, workspace)
    pages, unmeasured = measured_pages(data, read_given(built.with_suffix(".pdf")))
    return opened, check_opened(opened, pages, unmeasured)


def _known(content: Path, year: int | None, checked: Checked) -> Workspace | None:
    """Return the content that a Word file is compared with, None where there is none to use."""
    if not content.is_dir():
        return None
    try:
        return load_content(content, year).workspace
    except ContentError:
        checked.notes.append(f"nội dung trong {content} đang có lỗi nên không đối chiếu với sổ")
        return None


def _missing_lines(item: Composed, findings: Iterable[Finding]) -> Iterator[str]:
    """Yield what a document lacks, but for what a finding tells at the same place."""
    told = {spot.place for each in findings if not each.excused for spot in each.spots}
    for gap in item.missing:
        if gap.place is None:
            yield f"{item.document.id}: {gap}"
        elif not (gap.place.line and gap.place in told):
            yield str(gap)


def _verdict(kind: Kind, state: State, findings: Iterable[Finding]) -> str:
    reasons = f" ({'; '.join(state.reasons)})" if state.reasons else ""
    return f"{kind.name} ({kind.id}): {state.name}{reasons} — {summary(findings)}"


def _add_notes(checked: Checked, reviewed: Reviewed, left_out: tuple[str, ...]) -> None:
    for reason, rules in reviewed.not_evaluated.items():
        checked.add_not_evaluated(rules, reason)
    if left_out:
        names = ", ".join(left_out)
        checked.notes.append(f"chưa đối chiếu được với {names}: nội dung ở đó đang có lỗi")


def mend(
    content: Path, year: int | None, templates: Path, stamp: Stamp | None
) -> tuple[dict[Path, tuple[bytes, bytes]], ...]:
    """Mend what is certain in the YAML files; return the files before and after, pass by pass.

    One mended place may show another, so passes follow until nothing changes; they are one change
    in the journal. Without ``stamp`` only the first is made and nothing is written. What copying
    left in a file is mended even where the content cannot be loaded.
    """
    with locked_to_write(content, stamp):
        return tuple(_mend(content, chosen_year(content, year), templates, stamp))


def _mend(
    content: Path, chosen: int, templates: Path, stamp: Stamp | None
) -> Iterator[dict[Path, tuple[bytes, bytes]]]:
    refuse_newer(content)
    files = mended_files(content_texts(content, chosen))
    record: Record | None = None
    for _ in range(MAX_PASSES):
        if files:
            yield files
            if stamp is None:
                break
            after = [(path, after) for path, (_, after) in files.items()]
            read = {path: before for path, (before, _) in files.items()}
            record = write_change(content, after, stamp, read, record)
        try:
            loaded = load_content(content, chosen)
        except ContentError:
            break  # the check that follows tells; what was mended stays mended
        workspace = loaded.workspace
        composed, _ = compose_others((), loaded, templates, lists=True)
        project = read_project(workspace, composed)
        edits = own_edits(find_edits(project, workspace.review), content)
        files = sound_files(content, chosen, fixed_files(edits))
        if not files:
            break


def own_edits(edits: Iterable[Edit], content: Path) -> tuple[Edit, ...]:
    """Return the edits of the ward's own files: what it shares with others stays reported."""
    common = shared_folder(content)
    return tuple(each for each in edits if common is None or not each.path.is_relative_to(common))


def sound_files(
    content: Path, year: int, files: dict[Path, tuple[bytes, bytes]]
) -> dict[Path, tuple[bytes, bytes]]:
    """Return those of ``files``, before and after, that a build finds no new fault with.

    The mistakes of the others stay reported.
    """
    while files:
        problems = new_problems(content, year, {path: after for path, (_, after) in files.items()})
        if not problems:
            break
        blamed = {problem.place.file for problem in problems} & files.keys()
        files = {path: each for path, each in files.items() if blamed and path not in blamed}
    return files
