"""The catalogue of documents, and composing them: workspace → documents.

A new kind of document is one row of :data:`CATALOGUE`, one module in ``compose/`` and one outline
in ``templates/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vanban.app.load import Loaded
from vanban.document import Composed
from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.invocation import command_here
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
    from vanban.app.dossier import number_evidence
    from vanban.compose.evidence_index import compose_evidence_index
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
