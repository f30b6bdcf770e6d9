"""One ward's content → what a city gathers of it: exact figures, and what there is to look at.

Evidence is taken at its register's word: files must be there, none is opened, so that hundreds of
wards take a minute.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from vanban.app.load import Loaded, load_content
from vanban.city.agreement import disagreements
from vanban.city.gathered import Concern, GatheredWard, Matter, Past, Points, WardFound
from vanban.errors import ContentError, Place, Problem, printable
from vanban.evidence.coverage import AT_RISK, Coverage, cover
from vanban.evidence.file_kinds import FileFacts, FileKind
from vanban.evidence.inspection import inspect
from vanban.figures.checks import check_figures
from vanban.figures.targets import assess, check_targets
from vanban.figures.tracked import Tracked, shortfalls, tracked
from vanban.figures.values import (
    Figures,
    Number,
    missing_figures,
    read_figures,
    read_last_year,
    read_report,
)
from vanban.figures.verdicts import Verdict
from vanban.nd30.numbers import format_number
from vanban.scoring.scores import score
from vanban.workspace.files import AREAS, PLAN, REPORTS
from vanban.workspace.folder import Reads, find_years, problem_at, shown_path
from vanban.workspace.load import Reading, read_content
from vanban.workspace.models.entry import flagged_entries
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.shared_version import shared_version
from vanban.workspace.wards import Ward
from vanban.workspace.workspace import Workspace

Register = Mapping[str, tuple[str, ...]]
"""What the figure of an indicator is, by its id: unit, nature and parts; see :func:`register`."""


def register(workspace: Workspace) -> Register:
    """Return the register as far as figures of two wards must agree in it to be added."""
    return {each.id: _meaning(each) for each in workspace.all_indicators()}


def gather_ward(ward: Ward, year: int, period: str, city: Register) -> WardFound:
    """Return what ``ward`` says of ``period``; ``city`` is the register that it is added by.

    Raises ContentError where its content has no such year or no sound register.
    """
    root = ward.content.absolute().parent
    if year not in find_years(ward.content):
        return _absent(ward, "", _no_year(ward, year))
    loaded = load_content(ward.content, year)
    agency = str(loaded.workspace.agency.name)
    path = shown_path(REPORTS.path(ward.content, year) / f"{period}.yaml")
    workspace, own = loaded.workspace, set[Problem]()
    if period not in workspace.reports:  # it has mistakes; its figures may be read all the same
        reading = read_content(ward.content, year)
        if reading.workspace is None or period not in reading.workspace.reports:
            return _absent(ward, agency, _no_report(reading, path, year, period))
        workspace = reading.workspace
        own = {problem for problem in check_figures(workspace) if problem.place.file == path}
    figures = read_figures(workspace, period)
    version = shared_version(ward.content)
    told = _Told(ward.name, root)
    contradictions = [told.of(Matter.CONTRADICTION, problem) for problem in sorted(own)]
    targets = _targets(loaded, figures)
    covered = _covered(loaded)
    concerns = (
        *contradictions,
        *_other_register(workspace, city, told),
        *(told.target(row) for row in targets),
        *_unproven(workspace, covered, told),
        *_missing(figures, path, told),
        *_others(loaded, own, told),
    )
    return WardFound(
        GatheredWard(
            name=ward.name,
            agency=agency,
            reported=True,
            shared=version.name if version is not None else "",
            sample=any(True for _ in flagged_entries(workspace.reports[period])),
            figures=_numbers(figures, city),
            past=tuple(_past(workspace, period, city)),
            missed=_ids(targets, Verdict.MISSED),
            at_risk=_ids(targets, Verdict.AT_RISK),
            unproven=tuple(each.about for each in concerns if each.matter is Matter.EVIDENCE),
            points=_points(covered),
            contradictions=tuple(f"{each.text} ({each.place})" for each in contradictions),
            doubtful=_doubtful(workspace, figures, contradictions),
        ),
        concerns,
        str(workspace.agency.province or ""),
    )


class _Told(Struct, frozen=True):
    """Makes concerns of a ward, with places from its folder ``root``."""

    ward: str
    root: Path

    def of(self, matter: Matter, problem: Problem) -> Concern:
        return self.at(matter, problem.message, problem.key, problem.place)

    def at(self, matter: Matter, text: str, about: str, place: Place) -> Concern:
        return Concern(self.ward, matter, printable(text), about, within(self.root, place))

    def target(self, row: Tracked) -> Concern:
        missed = row.verdict is Verdict.MISSED
        level = row.results[0].target
        text = f"“{row.indicator.name}”: {row.result}, mức đề ra {level.level}"
        why = row.explanation and f"; {row.explanation[0].lower()}{row.explanation[1:]}"
        return self.at(
            Matter.MISSED if missed else Matter.AT_RISK,
            text + why,
            str(row.indicator.id),
            level.at("level"),
        )


def within(root: Path, place: Place) -> str:
    """Return a place as it is called from the folder of the ward."""
    return str(Place(Path(os.path.relpath(place.file, root)), place.line, place.column))


def _meaning(indicator: Indicator) -> tuple[str, ...]:
    parts = (indicator.numerator or "", indicator.denominator or "")
    return str(indicator.unit), str(indicator.nature), *map(str, (*parts, *indicator.sum_of))


# --- wards without figures --------------------------------------------------------------------


def _absent(ward: Ward, agency: str, why: Problem) -> WardFound:
    concern = _Told(ward.name, ward.content.absolute().parent).of(Matter.UNREAD, why)
    gathered = GatheredWard(ward.name, agency, absence=printable(why.message))
    return WardFound(gathered, (concern,))


def _no_year(ward: Ward, year: int) -> Problem:
    years = ", ".join(map(str, find_years(ward.content))) or "chưa có năm nào"
    message = f"đơn vị chưa có nội dung năm {year} (có: {years})"
    return problem_at(ward.content / str(year), message)


def _no_report(reading: Reading, path: Path, year: int, period: str) -> Problem:
    """Return why there is no report: its first mistake, or that nobody has made one."""
    own = [each for each in reading.problems if each.place.file == path]
    if own:
        more = f" (và {len(own) - 1} lỗi nữa trong tệp)" if len(own) > 1 else ""
        return Problem(own[0].place, own[0].key, own[0].message + more)
    if reading.workspace is None and reading.problems:
        return reading.problems[0]
    return Problem(Place(path), "", f"chưa có báo cáo {PERIODS[period].title(year)}")


# --- figures ----------------------------------------------------------------------------------


def _numbers(figures: Figures, city: Register) -> dict[str, Number]:
    """Return typed and summed figures that mean what the city means; ratios follow from them."""
    return {
        str(name): value.number
        for name, value in figures.values.items()
        if value.number is not None and city.get(name) == _meaning(value.indicator)
    }


def _past(workspace: Workspace, period: str, city: Register) -> Iterator[Past]:
    """Yield the earlier periods that the content holds, those of last year first."""
    _, last = window(period, workspace.year)
    for year, reports in (
        (workspace.year - 1, workspace.last_year_reports),
        (workspace.year, workspace.reports),
    ):
        for name, report in reports.items():
            if window(name, year)[1] < last:
                yield Past(name, year, _numbers(read_report(workspace, name, report), city))


def _doubtful(
    workspace: Workspace, figures: Figures, contradictions: Iterable[Concern]
) -> tuple[str, ...]:
    """Return the indicators whose figures contradict others, or were told to."""
    named = {each.about for each in contradictions}
    if named:
        numbers = {name: value.number for name, value in figures.values.items()}
        known = {name: number for name, number in numbers.items() if number is not None}
        apart = disagreements(workspace.indicators, known)
        named.update(each for ids, _ in apart for each in ids)
    return tuple(str(each) for each in workspace.indicators_by_id if each in named)


def _missing(figures: Figures, path: Path, told: _Told) -> Iterator[Concern]:
    for indicator in missing_figures(figures):
        text = f"“{indicator.name}”: chưa có số liệu"
        yield told.at(Matter.MISSING, text, str(indicator.id), Place(path))


def _other_register(workspace: Workspace, city: Register, told: _Told) -> Iterator[Concern]:
    """Yield the indicators that are others under the same id, or that the city does not know."""
    for indicator in workspace.all_indicators():
        if city.get(indicator.id) == _meaning(indicator):
            continue
        what = (
            "đơn vị tính, tính chất hoặc cách tính khác sổ chỉ tiêu của nơi tổng hợp nên không cộng"
            if indicator.id in city
            else "không có trong sổ chỉ tiêu của nơi tổng hợp nên không cộng"
        )
        text = f"“{indicator.name}”: {what} — dùng cùng một sổ chỉ tiêu"
        yield told.at(Matter.OTHER_REGISTER, text, str(indicator.id), indicator.at("id"))


def _others(loaded: Loaded, told_already: set[Problem], told: _Told) -> Iterator[Concern]:
    rest = (problem for problem in loaded.problems if problem not in told_already)
    causes = ContentError(rest).problems  # without those that follow from others
    yield from (told.of(Matter.OTHER, problem) for problem in causes)


# --- targets and evidence ---------------------------------------------------------------------


def _targets(loaded: Loaded, figures: Figures) -> tuple[Tracked, ...]:
    """Return the targets that are missed or in danger; none where the plan has mistakes."""
    workspace = loaded.workspace
    plan = Reads.of(workspace.root, workspace.year, (PLAN, AREAS))
    if loaded.problems_in(plan) or check_targets(workspace):
        return ()
    last_year = read_last_year(workspace, figures.period)
    return shortfalls(tracked(assess(workspace, figures, str, last_year)))


def _ids(targets: Iterable[Tracked], verdict: Verdict) -> tuple[str, ...]:
    return tuple(str(row.indicator.id) for row in targets if row.verdict is verdict)


def _covered(loaded: Loaded) -> Coverage | None:
    """Return what the evidence proves as it is registered; None where nothing is scored."""
    workspace = loaded.workspace
    if workspace.criteria is None or workspace.self_assessment is None:
        return None
    found = inspect(workspace, _is_there)
    return cover(workspace, score(workspace), found, ())


def _is_there(path: Path) -> FileFacts:
    """Take a file that is there for what its register says; it is not opened."""
    return FileFacts(FileKind.PDF, path.stat().st_size, "")


def _unproven(workspace: Workspace, covered: Coverage | None, told: _Told) -> Iterator[Concern]:
    answers = workspace.self_assessment
    for row in covered.rows if covered is not None else ():
        if row.state in AT_RISK and answers is not None:
            text = (
                f"tiêu chí {row.code} “{row.name}”: {row.state}, có {row.readable}/{row.needed} "
                f"tài liệu; {format_number(row.at_risk)} điểm có thể mất"
            )
            yield told.at(Matter.EVIDENCE, text, row.code, answers.at("answers", row.code))


def _points(covered: Coverage | None) -> tuple[Points, ...]:
    rows = covered.rows if covered is not None else ()
    return tuple(Points(str(row.code), row.points, row.maximum, row.at_risk) for row in rows)
