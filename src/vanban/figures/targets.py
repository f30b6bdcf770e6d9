"""Targets of the plan against the figures of a period: result and verdict.

Verdicts come from exact fractions, of what adds up since the start of the year; "tăng", "giảm",
"cao hơn năm trước" are judged by the same period of last year where both figures exist. A target
is due when its deadline, or that of its task, has come by the end of the window, or in the annual
report; before that the table of tracking says what is needed by now
(:mod:`vanban.figures.verdicts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct

from vanban.errors import ContentError, Problem
from vanban.figures.levels import Bound, Direction, Level, LevelError, parse_level
from vanban.figures.notation import format_value
from vanban.figures.to_date import YEAR, measured, part_gone, values_to_date
from vanban.figures.values import Figures, Status, Value
from vanban.figures.verdicts import Judgement, Table, Verdict, judge, judge_direction, side_of
from vanban.workspace.models.city_report import Compared
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.plan import Area, Target, Task, TaskGroup
from vanban.workspace.models.tracking import Measured, Side, TrackingRow, default_tracking
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace


class TargetResult(Struct, frozen=True):
    """One target of the plan, at its place, with the result of a period.

    ``place`` is where the plan states it ("Phần II, mục I.3.1, ý 4"); ``result`` is printed text
    of ``value``, which the period has; ``to_date`` is since the start of the year, ``before`` of
    the same period of last year. ``needed`` is what the verdict compares with, None where nothing
    could be judged; ``due`` says that the level itself is.
    """

    task: Task
    target: Target
    indicator: Indicator
    place: str
    level: Level
    value: Value
    to_date: Value
    before: Value | None
    result: str
    deadline: date | None
    due: bool
    verdict: Verdict
    needed: Fraction | None

    @property
    def level_text(self) -> str:
        """The level as the plan's data words it: "từ 95% trở lên"."""
        return self.target.level


def plan_tasks(workspace: Workspace) -> Iterator[Task]:
    """Yield every task of the plan in order: purposes, requirements, areas with their groups."""
    if workspace.plan is not None:
        yield from workspace.plan.purposes
        yield from workspace.plan.requirements.tasks
    for area in workspace.areas:
        yield from tasks_of_area(area)


def tasks_of_area(area: Area) -> Iterator[Task]:
    """Yield the tasks of an area in order, those of its groups too."""
    yield from area.tasks
    yield from _tasks_of(area.groups)


def _tasks_of(groups: Iterable[TaskGroup]) -> Iterator[Task]:
    for group in groups:
        yield from group.tasks
        yield from _tasks_of(group.groups)


def leads_by_task(workspace: Workspace) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the units that lead each task by its id: its own, else its area's."""
    leads = {task.id: task.leads for task in plan_tasks(workspace)}
    for area in workspace.areas:
        for task in tasks_of_area(area):
            leads[task.id] = task.leads or area.leads
    return leads


def tasks_due(workspace: Workspace, period: str) -> tuple[Task, ...]:
    """Return the tasks whose deadline comes after ``period`` and in the next one, by deadline."""
    _, last = window(period, workspace.year)
    end = PERIODS[period].next_end(workspace.year)
    dated = [(task.deadline, task) for task in plan_tasks(workspace) if task.deadline is not None]
    due = [(deadline, task) for deadline, task in dated if last < deadline <= end]
    return tuple(task for _, task in sorted(due, key=lambda pair: pair[0]))


def check_targets(workspace: Workspace) -> list[Problem]:
    """Return a problem for each level that cannot be read or does not fit its indicator.

    Also for each row of tracking that is there twice.

    Targets of unknown indicators are passed over: that is told elsewhere.
    """
    asked: list[Target | Compared] = [target for _, target in _targets(workspace)]
    asked += _compared(workspace)
    readings = (
        _read_level(workspace, each)
        for each in asked
        if each.indicator in workspace.indicators_by_id and each.level is not None
    )
    wrong = {reading for reading in readings if isinstance(reading, Problem)}
    return sorted(wrong.union(_repeated_rows(workspace.indicators.tracking)))


def _repeated_rows(rows: Iterable[TrackingRow]) -> Iterator[Problem]:
    seen: set[tuple[Measured, Side]] = set()
    for row in rows:
        kind = (row.measured, row.side)
        if kind in seen:
            message = f"đã có một dòng cho “{row.measured}”, “{row.side}” — giữ một dòng"
            yield row.problem(message, "measured")
        seen.add(kind)


def levels_by_indicator(workspace: Workspace) -> dict[str, tuple[Level, ...]]:
    """Return the levels that the plan sets for each indicator, to print its ratio faithfully.

    Raises ContentError where a level cannot be read.
    """
    levels: dict[str, tuple[Level, ...]] = {}
    for _, target in _targets(workspace):
        level = _level(workspace, target)
        levels[target.indicator] = (*levels.get(target.indicator, ()), level)
    return levels


def assess(
    workspace: Workspace,
    figures: Figures,
    place_name: Callable[[str], str],
    last_year: Figures | None = None,
) -> tuple[TargetResult, ...]:
    """Return every target of the plan, in order, with its result in ``figures``.

    ``last_year`` are the figures of the same period of last year, by which "tăng" is judged;
    ``place_name`` gives the place in the composed plan for the id of a task. Raises ContentError
    where a level cannot be read.
    """
    levels = levels_by_indicator(workspace)
    _, last_day = window(figures.period, workspace.year)
    to_date = values_to_date(workspace, figures)
    table = tracking_table(workspace)
    results: list[TargetResult] = []
    for task, target in _targets(workspace):
        level = _level(workspace, target)
        value, so_far = figures[target.indicator], to_date[target.indicator]
        before = None if last_year is None else last_year[target.indicator]
        deadline = target.deadline or task.deadline
        due = figures.period == YEAR or (deadline is not None and deadline <= last_day)
        if isinstance(level, Bound):
            kind = measured(workspace, value.indicator)
            gone = part_gone(workspace, figures.period, deadline)
            judgement = _by_number(level, so_far, table, kind, due, gone)
        else:
            judgement = _by_last_year(level, value, before, due)
        results.append(
            TargetResult(
                task=task,
                target=target,
                indicator=value.indicator,
                place=place_name(task.id),
                level=level,
                value=value,
                to_date=so_far,
                before=before,
                result=format_value(value, levels[target.indicator]),
                deadline=deadline,
                due=due,
                verdict=judgement.verdict,
                needed=judgement.needed,
            )
        )
    return tuple(results)


def tracking_table(workspace: Workspace) -> Table:
    """Return the row for every kind of figure and side: the office's own where it has one."""
    rows = (*default_tracking(), *workspace.indicators.tracking)
    return {(row.measured, row.side): row for row in rows}


_WITHOUT_VALUE = {Status.MISSING: Verdict.NO_FIGURE, Status.NOT_ARISEN: Verdict.NOT_ARISEN}


def _by_number(
    level: Bound, value: Value, table: Table, kind: Measured, due: bool, gone: Fraction
) -> Judgement:
    if value.exact is None:
        return Judgement(_WITHOUT_VALUE[value.status])
    return judge(level, value.exact, table[kind, side_of(level, value.exact)], due, gone)


def _by_last_year(level: Direction, value: Value, before: Value | None, due: bool) -> Judgement:
    if value.exact is None:
        return Judgement(_WITHOUT_VALUE[value.status])
    if before is None or before.exact is None:
        return Judgement(Verdict.NO_FIGURE)
    return judge_direction(level, value.exact, before.exact, due)


def _targets(workspace: Workspace) -> Iterator[tuple[Task, Target]]:
    for task in plan_tasks(workspace):
        for target in task.targets:
            yield task, target


def _level(workspace: Workspace, target: Target) -> Level:
    reading = _read_level(workspace, target)
    if isinstance(reading, Problem):
        raise ContentError([reading])
    return reading


def _compared(workspace: Workspace) -> Iterator[Compared]:
    """Yield what the wards of a city are compared by, in all its reports."""
    for report in workspace.city_reports.values():
        yield from report.compared


def _read_level(workspace: Workspace, target: Target | Compared) -> Level | Problem:
    try:
        level = parse_level(target.level or "")
    except LevelError as error:
        return target.problem(str(error), "level")
    if isinstance(target, Compared) and isinstance(level, Direction):
        message = (
            f"mức “{target.level}” không so được từng đơn vị — ghi mức có số, như từ 95% trở lên"
        )
        return target.problem(message, "level")
    indicator = workspace.indicators_by_id[target.indicator]
    if isinstance(level, Bound) and level.percent != indicator.is_ratio:
        kind, what_to_do = (
            ("một tỷ lệ", "thêm dấu %, như từ 95% trở lên")
            if indicator.is_ratio
            else ("số đếm, không phải tỷ lệ", "bỏ dấu % hoặc chọn chỉ tiêu tỷ lệ")
        )
        message = f"mức “{target.level}” không hợp với “{indicator.name}”, là {kind} — {what_to_do}"
        return target.problem(message, "level")
    return level
