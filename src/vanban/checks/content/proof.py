"""Points of the self-assessment that nothing proves, or that the annual report contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.content.stated_levels import MIN_SUBJECT, same_subject, words_of
from vanban.checks.finding import Datum, Hit
from vanban.checks.rules import Project, project_algorithm
from vanban.evidence.checks import check_register
from vanban.evidence.coverage import Coverage, Covered, State, coverage
from vanban.figures.values import Figures, Value, read_figures
from vanban.kept import kept
from vanban.nd30.numbers import format_number, printed_number
from vanban.scoring.checks import check_scores
from vanban.scoring.scores import score


@project_algorithm
def unproven_points(project: Project) -> Iterator[Hit]:
    for row in _rows(project, State.MISSING):
        yield _hit(project, row, "chưa có tài liệu kiểm chứng nào đọc được và chưa giải trình")


@project_algorithm
def poorly_proven_points(project: Project) -> Iterator[Hit]:
    for row in _rows(project, State.TO_EXPLAIN):
        lacking = "" if row.has_source else "; số liệu chưa ghi nguồn"
        yield _hit(project, row, f"có {row.readable}/{row.needed} tài liệu kiểm chứng{lacking}")


@project_algorithm
def unexplained_deductions(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    if _covered(project) is None or workspace is None or workspace.self_assessment is None:
        return
    for leaf in score(workspace).reduced:
        if leaf.answer is not None and leaf.answer.cause is None:
            place = workspace.self_assessment.at("answers", leaf.code)
            yield Hit(
                Datum(place, f"{leaf.code}. {leaf.part.name}"),
                f"tiêu chí {leaf.code} bị trừ {format_number(leaf.lost or 0, 2)} điểm, chưa nêu "
                "nguyên nhân",
                matter=leaf.code,
            )


@project_algorithm
def answers_against_report(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    if workspace is None or workspace.self_assessment is None or "year" not in workspace.reports:
        return
    figures = read_figures(workspace, "year")
    for code, answer in workspace.self_assessment.answers.items():
        part, typed = workspace.sub_criteria.get(code), f"{answer.done}/{answer.total}"
        value = None if part is None else _named(part.name, figures)
        if value is None or answer.done is None or answer.total is None:
            continue
        declared = (printed_number(answer.done), printed_number(answer.total))
        if declared == (value.numerator, value.denominator):
            continue
        right = f"{value.numerator}/{value.denominator}"
        given = {"tieu_chi": code, "ke_khai": typed, "chi_tieu": value.indicator.name}
        yield Hit(Datum(answer.at("done"), typed), matter=code, right=right, given=given)


@project_algorithm
def evidence_of_other_years(project: Project) -> Iterator[Hit]:
    covered, workspace = _covered(project), project.workspace
    outside = covered.outside_year if covered is not None else ()
    places = [Datum(each.at("code"), each.code) for each in outside]
    if places and workspace is not None:
        given = {"so": len(places), "nam": workspace.year}
        yield Hit(places[0], others=tuple(places[1:]), given=given)


def _named(criterion: str, figures: Figures) -> Value | None:
    """Return the known ratio whose whole name a criterion contains, the longest name first."""
    words = words_of(criterion)
    named = [
        value
        for value in figures.values.values()
        if value.ratio is not None
        and len(words_of(value.indicator.name)) >= MIN_SUBJECT
        and same_subject(words_of(value.indicator.name), words)
    ]
    return max(named, key=lambda value: len(words_of(value.indicator.name)), default=None)


def _rows(project: Project, state: State) -> Iterator[Covered]:
    covered = _covered(project)
    return (row for row in (covered.rows if covered is not None else ()) if row.state is state)


@kept
def _covered(project: Project) -> Coverage | None:
    """Return what is proven; None while criteria, answers or register are wrong."""
    workspace = project.workspace
    if not project.wants("self-assessment"):
        return None
    if workspace is None or workspace.criteria is None or workspace.self_assessment is None:
        return None
    if check_scores(workspace) or check_register(workspace):
        return None  # stops the build and is told there
    return coverage(workspace, score(workspace))


def _hit(project: Project, row: Covered, wrong: str) -> Hit:
    assert project.workspace is not None and project.workspace.self_assessment is not None
    points = "" if row.points is None else f" {format_number(row.points, 2)} điểm"
    return Hit(
        Datum(project.workspace.self_assessment.at("answers", row.code), f"{row.code}. {row.name}"),
        f"tiêu chí {row.code} tự chấm{points}: {wrong}",
        matter=row.code,
    )
