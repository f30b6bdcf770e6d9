"""The catalogue of documents: which there are, and what each is made from.

A new kind of document is one row of :data:`CATALOGUE`, one module in ``compose/`` and one outline
in ``templates/``; content of its own is a model and its row in ``workspace/files.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from vanban.app.begin import COMMANDS
from vanban.city.appraised import ROUND
from vanban.errors import ContentError, UsageError
from vanban.invocation import command_here
from vanban.workspace.files import (
    ANSWERS,
    APPRAISALS,
    AREAS,
    CITY_REPORTS,
    CRITERIA,
    EVIDENCE,
    GATHERED,
    MONITORED,
    PAPERS,
    PLAN,
    REPORTS,
    SCORED,
    AnyFile,
    Stands,
    Years,
)
from vanban.workspace.folder import (
    Reads,
    chosen_year,
    find_years,
    first_missing,
    problem_at,
    shown_path,
    standing,
    yaml_files,
    year_with,
)
from vanban.workspace.office_glance import is_of_province
from vanban.workspace.paper_glance import glance_at
from vanban.workspace.periods import PERIODS
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vanban.compose.composed import Composed


class Kind(Struct, frozen=True):
    """A document that can be built.

    ``source`` is the row of its content, of which it reads one file; ``stem`` is the name of that
    file without ending where there are several. ``also_needs`` are other rows without which there
    is none, ``also_reads`` those that may be missing. ``compose`` is called where all that it needs
    is there. A list (``is_list``) says nothing that could contradict another document; one that is
    ``on_request`` is made where it is named, not with all. ``made_by`` are the commands that write
    the files which it needs, in their order, where nobody types them. Every kind reads the
    registers.
    """

    id: str
    name: str
    source: AnyFile
    compose: Callable[[Workspace, Path], Composed]
    stem: str | None = None
    also_needs: tuple[AnyFile, ...] = ()
    also_reads: tuple[AnyFile, ...] = ()
    is_list: bool = False
    on_request: bool = False
    made_by: tuple[str, ...] = ()

    def needs(self, content: Path, year: int) -> tuple[Path, ...]:
        """Return the content files without which there is none, its own first."""
        files = (self.source, *self.also_needs)
        paths = ((file, standing(file, content, year)) for file in files)
        return tuple(
            path if file.stands is Stands.FILE else path / f"{self.stem}.yaml"
            for file, path in paths
        )

    def reads(self, content: Path, year: int) -> Reads:
        """Return the files that its document of ``year`` is made from."""
        years = (year, year - 1) if self.source.years is Years.THE_ONE_BEFORE else (year,)
        own = (self.needs(content, each)[0] for each in years)
        single = [file for file in self.also_needs if file.stands is Stands.FILE]
        paths = (*own, *self.needs(content, year))
        return Reads.of(content, year, (*single, *self.also_reads), paths)

    def lacking(self, content: Path, year: int) -> Path | None:
        """Return the first of the files that it needs and that is not there."""
        return first_missing(self.needs(content, year))

    def command_for(self, lacking: Path, content: Path, year: int) -> str:
        """Return the command, as typed here, that writes a file that it needs; "" for none."""
        made = dict(zip(self.needs(content, year), self.made_by, strict=False))
        command = made.get(lacking, "")
        return command_here(command, content=content, year=year) if command else ""

    def is_held(self, workspace: Workspace) -> bool:
        """Say whether ``workspace`` holds what it needs."""
        return all(
            (file.key if file.stands is Stands.FILE else self.stem) in workspace.entries(file)
            for file in (self.source, *self.also_needs)
        )

    def is_offered(self, of_province: bool, content: Path, year: int) -> bool:
        """Say whether an office is told of it that has no file of it yet.

        Wards have reports of their own, offices ``of_province`` those on their wards.
        """
        others = REPORTS if of_province else CITY_REPORTS
        return self.source is not others or self.needs(content, year)[0].exists()

    @property
    def period(self) -> str | None:
        """The period whose figures are typed in its file, None where none are."""
        return self.stem if self.source is REPORTS else None

    @property
    def reports_on(self) -> str | None:
        """The period that it reports on, None for no report."""
        return self.stem if self.source in (REPORTS, CITY_REPORTS) else None


# Each imports what it composes with when it is called: most commands compose one kind or none.


def _compose_plan(workspace: Workspace, templates: Path) -> Composed:
    from vanban.compose.plan import compose_plan

    return compose_plan(workspace, templates)


def _compose_report(period: str, workspace: Workspace, templates: Path) -> Composed:
    from vanban.compose.report import compose_report

    return compose_report(workspace, period, templates)


def _compose_city_report(period: str, workspace: Workspace, templates: Path) -> Composed:
    from vanban.compose.city_report import compose_city_report

    return compose_city_report(workspace, period, templates)


def _compose_brief(period: str, workspace: Workspace, templates: Path) -> Composed:
    from vanban.app.brief import compose_on_one_sheet

    return compose_on_one_sheet(workspace, period, templates)


def _compose_self_assessment(workspace: Workspace, templates: Path) -> Composed:
    from vanban.compose.self_assessment import compose_self_assessment

    criteria, answers = workspace.need(CRITERIA), workspace.need(ANSWERS)
    return compose_self_assessment(workspace, criteria, answers, templates)


def _compose_evidence_index(workspace: Workspace, templates: Path) -> Composed:
    from vanban.app.dossier import number_evidence
    from vanban.compose.evidence_index import compose_evidence_index

    _, numbering = number_evidence(workspace, templates)
    return compose_evidence_index(workspace, workspace.need(EVIDENCE), numbering, templates)


def _compose_dossier_front(workspace: Workspace, templates: Path) -> Composed:
    from vanban.app.dossier import number_evidence
    from vanban.compose.composed import Composed
    from vanban.compose.dossier_front import compose_dossier_front, outline_in

    plan, numbering = number_evidence(workspace, templates)
    front = compose_dossier_front(plan, numbering, templates)
    return Composed(front, outline_in(templates))


def _compose_paper(name: str, workspace: Workspace, templates: Path) -> Composed:
    from vanban.compose.paper import compose_paper

    return compose_paper(workspace, name)


def _compose_scores(name: str, workspace: Workspace, templates: Path) -> Composed:
    from vanban.compose.scores import compose_scores

    return compose_scores(workspace, name, templates)


def _compose_appraisal(name: str, workspace: Workspace, templates: Path) -> Composed:
    from vanban.compose.appraisal import compose_appraisal

    return compose_appraisal(workspace, name, templates)


CATALOGUE: tuple[Kind, ...] = (
    Kind("plan", "Kế hoạch", PLAN, _compose_plan, also_reads=(AREAS,)),
    *(
        Kind(
            period.document_id,
            f"Báo cáo cải cách hành chính {period.name}",
            REPORTS,
            partial(_compose_report, period.id),
            period.id,
            also_reads=(PLAN, AREAS),  # for the targets that it tells about
            made_by=(f"new report {period.id}",),
        )
        for period in PERIODS.values()
    ),
    *(
        Kind(
            f"brief-{period.id}",
            f"Tài liệu họp, tóm tắt kết quả {period.name}",
            REPORTS,
            partial(_compose_brief, period.id),
            period.id,
            also_reads=(PLAN, AREAS),
            is_list=True,
            on_request=True,
            made_by=(f"new report {period.id}",),
        )
        for period in PERIODS.values()
    ),
    *(
        Kind(
            period.city_document_id,
            f"Báo cáo chung về các xã, phường {period.name}",
            CITY_REPORTS,
            partial(_compose_city_report, period.id),
            period.id,
            also_needs=(GATHERED,),
            made_by=(f"new city-report {period.id}", f"gather CÁC_ĐƠN_VỊ --period {period.id}"),
        )
        for period in PERIODS.values()
    ),
    Kind(
        "self-assessment",
        "Báo cáo tự đánh giá, chấm điểm",
        ANSWERS,
        _compose_self_assessment,
        also_needs=(CRITERIA,),
        also_reads=(REPORTS, EVIDENCE),
        made_by=(COMMANDS[ANSWERS], COMMANDS[CRITERIA]),
    ),
    Kind(
        "evidence-index",
        "Danh mục tài liệu kiểm chứng",
        EVIDENCE,
        _compose_evidence_index,
        also_needs=(CRITERIA,),
        is_list=True,
        made_by=(COMMANDS[EVIDENCE], COMMANDS[CRITERIA]),
    ),
    Kind(
        "dossier-front",
        "Bìa và mục lục hồ sơ tài liệu kiểm chứng",
        EVIDENCE,
        _compose_dossier_front,
        also_needs=(CRITERIA,),
        is_list=True,
        made_by=(COMMANDS[EVIDENCE], COMMANDS[CRITERIA]),
    ),
)


RESERVED = frozenset(kind.id for kind in CATALOGUE)
"""Ids that no paper can have."""


def kinds_in(content: Path, year: int) -> tuple[Kind, ...]:
    """Return every kind of ``year``: those of the catalogue, papers, sheets of scores, letters."""
    folder = PAPERS.path(content, year)
    names = _stems(folder)
    of_province = is_of_province(content)
    offered = (each for each in CATALOGUE if each.is_offered(of_province, content, year))
    known = (*offered, *_kinds_of_scores(content, year), *_letters_to_wards(content, year))
    taken = RESERVED.union(kind.id for kind in known).intersection(names)
    if taken:
        raise ContentError(
            problem_at(
                folder / f"{name}.yaml",
                f"mã “{name}” là của một văn bản khác của chương trình — đổi tên tệp này",
            )
            for name in sorted(taken)
        )
    return (*known, *(_paper(folder / f"{name}.yaml") for name in names))


def _paper(file: Path) -> Kind:
    """Return the kind of one paper; it reads the reports where it refers to their figures."""
    glance = glance_at(file)
    compose = partial(_compose_paper, file.stem)
    reports = (REPORTS, PLAN, AREAS) if glance.cites_figures else ()
    return Kind(file.stem, glance.name, PAPERS, compose, file.stem, also_reads=reports)


def _kinds_of_scores(content: Path, year: int) -> tuple[Kind, ...]:
    return tuple(
        Kind(
            f"scores-{name}",
            "Bảng điểm theo bộ chỉ số",
            SCORED,
            partial(_compose_scores, name),
            name,
            also_reads=(SCORED, MONITORED, REPORTS),
            is_list=True,
            on_request=True,
        )
        for name in _stems(SCORED.path(content, year))
    )


def _letters_to_wards(content: Path, year: int) -> tuple[Kind, ...]:
    """Return a kind a round of appraisal: of one ward, so that none contradicts another.

    A later round tells of the earlier ones.
    """
    return tuple(
        Kind(
            f"appraisal-{name}",
            "Công văn kết quả thẩm định điểm tự chấm",
            APPRAISALS,
            partial(_compose_appraisal, name),
            name,
            also_needs=(CRITERIA,),
            also_reads=(APPRAISALS,) if ROUND in name else (),
            is_list=True,
        )
        for name in _stems(APPRAISALS.path(content, year))
    )


def scores_of(names: Iterable[str], content: Path, year: int | None) -> tuple[str, ...]:
    """Return the ids of the sheets of scores ``names`` ("qd766-quy-3"), or of all of the year.

    Raises UsageError where there are none of the year.
    """
    folder = SCORED.path(content, chosen_year(content, year))
    wanted = tuple(names) or _stems(folder)
    if not wanted:
        raise UsageError(
            f"chưa có số liệu nào ở {shown_path(folder)} — tạo bằng lệnh new scores BỘ KỲ"
        )
    return tuple(f"scores-{name.removeprefix('scores-')}" for name in wanted)


def _stems(folder: Path) -> tuple[str, ...]:
    return tuple(file.stem for file in yaml_files(folder)) if folder.is_dir() else ()


def find_kind(document_id: str, content: Path | None = None) -> Kind:
    """Return the kind with ``document_id``; raises UsageError with a near miss.

    Papers are those of any year of ``content``.
    """
    kinds = {kind.id: kind for kind in CATALOGUE}
    if content is not None:
        kinds |= {kind.id: kind for year in find_years(content) for kind in kinds_in(content, year)}
    if document_id in kinds:
        return kinds[document_id]
    ids = tuple(kinds)
    near = closest(document_id, ids)
    hint = f" — có phải “{near}”?" if near else f" — chọn trong: {', '.join(ids)}"
    raise UsageError(f"không có văn bản “{document_id}”{hint}")


def year_of(kinds: Iterable[Kind], content: Path, year: int | None, command: str = "build") -> int:
    """Return the year to take ``kinds`` from (all that there are, where none): ``year`` if given.

    Else it is the newest in use; raises UsageError where only an older year has one of them,
    naming ``command`` for both.
    """
    chosen = chosen_year(content, year)
    for kind in kinds:
        typed = partial(command_here, command, kind.id, content=content)
        year_with(content, year, partial(kind.needs, content), typed)
    return chosen


def reads_of(kinds: Iterable[Kind], content: Path, year: int) -> Reads:
    """Return all that the documents of ``kinds`` are made from."""
    return Reads(frozenset(path for kind in kinds for path in kind.reads(content, year).paths))


def buildable(workspace: Workspace) -> tuple[Kind, ...]:
    """Return the kinds whose content files are there, without those made on request alone."""
    content, year = workspace.root, workspace.year
    kinds = (kind for kind in kinds_in(content, year) if not kind.on_request)
    return tuple(kind for kind in kinds if not kind.lacking(content, year))
