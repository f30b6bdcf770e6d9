"""The catalogue of documents, and building them: workspace → documents → files.

A new kind of document is one row of :data:`CATALOGUE`, one module in ``compose/`` and one outline
in ``templates/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.checked import Loaded, load_checked
from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.invocation import command_here
from vanban.io.swap import write_files
from vanban.io.text import read_text
from vanban.workspace.folder import (
    ANSWERS,
    AREAS,
    CRITERIA,
    EVIDENCE,
    PLAN,
    REPORTS,
    Reads,
    chosen_year,
    year_with,
)
from vanban.workspace.periods import PERIODS, Period

__all__ = [
    "CATALOGUE",
    "Built",
    "Kind",
    "Unmade",
    "build",
    "build_dossier",
    "buildable",
    "compose_all",
    "compose_others",
    "compose_sound",
    "epoch_date",
    "find_kind",
    "load_checked",
    "reads_of",
    "set_apart",
    "year_of",
]

if TYPE_CHECKING:
    from vanban.document import Composed, Document
    from vanban.dossier.make import Dossier
    from vanban.render.pdf_process import PdfProcess
    from vanban.workspace.workspace import Workspace


@dataclass(frozen=True)
class Kind:
    """A document that can be built.

    ``source`` is its content file below the year's folder, ``example`` a file to copy from,
    below content/; ``period`` is set for reports; ``also_needs`` are other files of the year
    without which there is none, ``also_reads`` files and folders of it that may be missing,
    ``reads_last_year`` files of the year before; a list (``is_list``) says nothing that could
    contradict another document. The registers of all years are read by every kind.
    """

    id: str
    name: str
    source: str
    example: str
    compose: Callable[[Workspace, Path], Composed | None]
    period: str | None = None
    also_needs: tuple[str, ...] = ()
    also_reads: tuple[str, ...] = ()
    reads_last_year: tuple[str, ...] = ()
    is_list: bool = False

    def reads(self, content: Path, year: int) -> Reads:
        """Return the files that its document of ``year`` is made from."""
        names = (self.source, *self.also_needs, *self.also_reads)
        return Reads.of(content, year, names, self.reads_last_year)

    def lacking(self, folder: Path) -> str | None:
        """Return the first content file of this kind that ``folder`` does not have."""
        for name in (self.source, *self.also_needs):
            if not (folder / name).is_file():
                return name
        return None


def _compose_plan(workspace: Workspace, templates: Path) -> Composed | None:
    from vanban.compose.plan import compose_plan

    if workspace.plan is None:
        return None
    return compose_plan(workspace, workspace.plan, templates)


def _compose_report(period: str, workspace: Workspace, templates: Path) -> Composed | None:
    from vanban.compose.report import compose_report

    if period not in workspace.reports:
        return None
    return compose_report(workspace, period, templates)


def _compose_self_assessment(workspace: Workspace, templates: Path) -> Composed | None:
    from vanban.compose.self_assessment import compose_self_assessment

    if workspace.criteria is None or workspace.self_assessment is None:
        return None
    return compose_self_assessment(
        workspace, workspace.criteria, workspace.self_assessment, templates
    )


def _compose_evidence_index(workspace: Workspace, templates: Path) -> Composed | None:
    from vanban.compose.evidence_index import compose_evidence_index
    from vanban.dossier.from_workspace import number_evidence
    from vanban.evidence.register import check_evidence

    criteria, register = workspace.criteria, workspace.evidence
    if criteria is None or register is None or workspace.self_assessment is None:
        return None
    problems = check_evidence(workspace)
    if problems:
        raise ContentError(problems)
    numbering = (
        number_evidence(workspace, criteria, register, templates) if register.evidence else None
    )
    return compose_evidence_index(
        workspace, register, workspace.self_assessment, numbering, templates
    )


def _report_kind(period: Period) -> Kind:
    return Kind(
        period.document_id,
        f"Báo cáo cải cách hành chính {period.name}",
        f"bao-cao/{period.id}.yaml",
        "mau/bao-cao.yaml",
        partial(_compose_report, period.id),
        period.id,
        also_reads=(PLAN, AREAS),  # for the targets that it tells about
        reads_last_year=(f"{REPORTS}/{period.id}.yaml",),
    )


CATALOGUE: tuple[Kind, ...] = (
    Kind("plan", "Kế hoạch", PLAN, f"2025/{PLAN}", _compose_plan, also_reads=(AREAS,)),
    *(_report_kind(period) for period in PERIODS.values()),
    Kind(
        "self-assessment",
        "Báo cáo tự đánh giá, chấm điểm",
        ANSWERS,
        f"2025/{ANSWERS}",
        _compose_self_assessment,
        also_needs=(CRITERIA,),
        also_reads=(REPORTS, EVIDENCE),
    ),
    Kind(
        "evidence-index",
        "Danh mục tài liệu kiểm chứng",
        EVIDENCE,
        f"2025/{EVIDENCE}",
        _compose_evidence_index,
        also_needs=(ANSWERS, CRITERIA),
        is_list=True,
    ),
)


@dataclass(frozen=True)
class Built:
    """One document that was built, the files that hold it, and the face that its PDF carries."""

    composed: Composed
    paths: tuple[Path, ...]
    face: str


def find_kind(document_id: str) -> Kind:
    """Return the kind with ``document_id``; raises UsageError with a near miss."""
    from vanban.workspace.wording import closest

    ids = [kind.id for kind in CATALOGUE]
    if document_id in ids:
        return CATALOGUE[ids.index(document_id)]
    near = closest(document_id, ids)
    hint = f" — có phải “{near}”?" if near else f" — chọn trong: {', '.join(ids)}"
    raise UsageError(f"không có văn bản “{document_id}”{hint}")


@dataclass(frozen=True)
class Unmade:
    """A document that cannot be made, and why."""

    kind: Kind
    problems: tuple[Problem, ...]


def year_of(kinds: Iterable[Kind], content: Path, year: int | None, command: str = "build") -> int:
    """Return the year to take ``kinds`` from (all that there are, where none): ``year`` if given.

    Else it is the newest in use; raises UsageError where only an older year has one of them,
    naming ``command`` for both.
    """
    chosen = chosen_year(content, year)
    for kind in kinds:
        needs = (kind.source, *kind.also_needs)
        year_with(content, year, needs, partial(_command, command, kind.id, content))
    return chosen


def _command(command: str, document_id: str, content: Path, year: int) -> str:
    return command_here(command, document_id, year=year, content=content)


def reads_of(kinds: Iterable[Kind], content: Path, year: int) -> Reads:
    """Return all that the documents of ``kinds`` are made from."""
    return Reads(frozenset(path for kind in kinds for path in kind.reads(content, year).paths))


def buildable(workspace: Workspace, content: Path) -> tuple[Kind, ...]:
    """Return the kinds whose content file exists."""
    folder = content / str(workspace.year)
    return tuple(kind for kind in CATALOGUE if kind.lacking(folder) is None)


def compose_all(
    kinds: Iterable[Kind], workspace: Workspace, content: Path, templates: Path
) -> list[Composed]:
    """Compose every document; raises one ContentError with the problems of all of them."""
    problems: list[Problem] = []
    composed: list[Composed] = []
    for kind in kinds:
        try:
            result = kind.compose(workspace, templates)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        if result is None:
            folder = content / str(workspace.year)
            source = folder / (kind.lacking(folder) or kind.source)
            example = content / kind.example
            usable = (example.is_file() and example.name == source.name) or kind.period is not None
            hint = f"; có thể chép từ ví dụ {example}" if usable and example != source else ""
            message = f"chưa có tệp này để dựng {kind.id} — hãy tạo tệp{hint}"
            problems.append(Problem(Place(source), "", message))
        else:
            composed.append(result)
    if problems:
        raise ContentError(problems)
    return composed


def compose_sound(
    kinds: Iterable[Kind], loaded: Loaded, content: Path, templates: Path
) -> tuple[list[Composed], list[Unmade]]:
    """Compose every document whose content is sound; tell the others."""
    composed: list[Composed] = []
    unmade: list[Unmade] = []
    for kind in kinds:
        try:
            workspace = loaded.require(kind.reads(content, loaded.workspace.year))
            composed += compose_all((kind,), workspace, content, templates)
        except ContentError as error:
            unmade.append(Unmade(kind, error.problems))
    return composed, unmade


def set_apart(
    composed: Iterable[Composed], typed: Mapping[Path, str]
) -> tuple[list[Composed], list[Unmade]]:
    """Set the documents apart that have a letter which the font lacks.

    ``typed`` are the texts of the content files, by which such a letter gets its place.
    """
    from vanban.render.fonts import find_times
    from vanban.render.layout import check_glyphs

    times = find_times()
    good: list[Composed] = []
    unmade: list[Unmade] = []
    for item in composed:
        try:
            check_glyphs(item.document, times, {**typed, item.outline: read_text(item.outline)})
        except ContentError as error:
            unmade.append(Unmade(find_kind(item.document.id), error.problems))
        else:
            good.append(item)
    return good, unmade


def compose_others(
    kinds: Iterable[Kind], loaded: Loaded, content: Path, templates: Path, lists: bool = False
) -> tuple[list[Composed], tuple[str, ...]]:
    """Compose every other document of the content that ``kinds`` may contradict.

    With ``lists`` also those that contradict nothing.

    Returns them, and the ids of those that cannot be composed: their mistakes are their own.
    """
    wanted = set(kinds)
    others = (
        kind
        for kind in buildable(loaded.workspace, content)
        if kind not in wanted and (lists or not kind.is_list)
    )
    composed, unmade = compose_sound(others, loaded, content, templates)
    return composed, tuple(each.kind.id for each in unmade)


def build(
    composed: Iterable[Composed],
    year: int,
    templates: Path,
    out: Path,
    progress: Callable[[str], None],
    fallback_date: date | None = None,
    pdf_process: PdfProcess | None = None,
    settle: Callable[[list[Composed]], list[Composed]] = lambda composed: composed,
    accept: Callable[[str, bytes, bytes], None] | None = None,
) -> list[Built]:
    """Render every document and write its files to ``out/<year>/``.

    All files are rendered before the first is written, and each is renamed into place, so that a
    failure leaves the folder as it was. ``progress`` is told the id of each document. The files
    carry the date of the document, else ``fallback_date``, else none. Without ``pdf_process`` the
    PDFs are made in this process.

    ``settle`` is called once, while the first PDF is being set, and returns the documents as they
    are to be: the same with other banners. ``accept`` is given id, .docx and PDF of each before
    anything is written. Both raise where a document may not be.
    """
    from vanban.render.docx import render_docx
    from vanban.render.fonts import find_times
    from vanban.render.frame import read_frame
    from vanban.render.layout import Layout
    from vanban.render.pdf import PdfEngine
    from vanban.render.xlsx import render_xlsx

    frame = read_frame(templates / "frame.docx")
    times = find_times()
    engine = pdf_process if pdf_process is not None else PdfEngine()
    folder = out / str(year)
    built: list[Built] = []
    files: list[tuple[Path, bytes]] = []
    composed = list(composed)
    if not composed:
        return []

    def start(document: Document) -> tuple[Layout, Callable[[], bytes]]:
        layout = Layout(document, frame, times)
        return layout, engine.start(document, layout, document.issued or fallback_date)

    guess = composed[0].document
    progress(guess.id)
    layout, pdf = start(guess)
    for number, item in enumerate(settle(composed)):
        document = item.document
        stamp = document.issued or fallback_date
        if number:
            progress(document.id)
            layout, pdf = start(document)
        elif document.banner != guess.banner:
            pdf()  # the engine sets one document at a time
            layout, pdf = start(document)
        outputs = {"docx": render_docx(document, layout, stamp), "pdf": pdf()}
        if accept is not None:
            accept(document.id, outputs["docx"], outputs["pdf"])
        if item.sheet is not None:
            outputs["xlsx"] = render_xlsx(item.sheet, document, stamp)
        paths = tuple(folder / f"{document.id}.{suffix}" for suffix in outputs)
        files.extend(zip(paths, outputs.values(), strict=True))
        built.append(Built(item, paths, times.name))
    write_files(files)
    return built


def build_dossier(
    workspace: Workspace, content: Path, templates: Path, out: Path, fallback_date: date | None
) -> Dossier:
    """Make the dossier of evidence of the year in ``out/<year>/``: PDF, folder and ZIP.

    Raises ContentError where criteria or register are missing, or any file cannot be used: a
    dossier is complete or not made.
    """
    from vanban.dossier.from_workspace import plan_dossier
    from vanban.dossier.make import make_dossier
    from vanban.evidence.register import check_evidence
    from vanban.render.fonts import find_times
    from vanban.render.frame import read_frame
    from vanban.render.typesetter import Typesetter

    folder = content / str(workspace.year)
    problems = [
        Problem(Place(folder / name), "", "chưa có tệp này để lập hồ sơ — hãy tạo tệp")
        for name, held in (
            (CRITERIA, workspace.criteria),
            (EVIDENCE, workspace.evidence),
        )
        if held is None
    ]
    problems += check_evidence(workspace)
    if problems or workspace.criteria is None or workspace.evidence is None:
        raise ContentError(problems)
    plan = plan_dossier(workspace, workspace.criteria, workspace.evidence)
    frame = read_frame(templates / "frame.docx")
    target = out / str(workspace.year)
    return make_dossier(plan, target, Typesetter(), frame, find_times(), fallback_date)


def epoch_date(seconds: str | None) -> date | None:
    """Return the day of SOURCE_DATE_EPOCH, None where it is not set.

    Raises UsageError where it is not a number of seconds.
    """
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (OverflowError, ValueError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH=“{seconds}” không phải là số giây — sửa hoặc bỏ biến này"
        ) from None
