"""Targets of the plan against the figures of a period: result and, when due, the verdict.

Verdicts come from exact fractions; "tăng", "giảm", "cao hơn năm trước" are judged by the same
period of last year where both figures exist. A target is due when its deadline, or that of its
task, has come by the end of the window, or in the annual report; before that it is under way
(đang thực hiện).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from vanban.errors import ContentError, Problem
from vanban.figures.levels import Bound, Level, LevelError, parse_level
from vanban.figures.notation import format_value
from vanban.figures.values import Figures, Status, Value
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.plan import Target, Task, TaskGroup
from vanban.workspace.periods import window
from vanban.workspace.workspace import Workspace


class Verdict(StrEnum):
    """What a report says of a target; only the first two judge."""

    REACHED = "Đạt"
    NOT_REACHED = "Không đạt"
    UNDER_WAY = "Đang thực hiện"
    NO_NUMBER = "Không có mức bằng số"
    NO_FIGURE = "Chưa có số liệu"
    NOT_ARISEN = "Không phát sinh"


@dataclass(frozen=True)
class TargetResult:
    """One target of the plan, at its place, with the result of a period.

    ``place`` is where the plan states it ("Phần II, mục I.3.1, ý 4"); ``result`` is printed text.
    ``due`` says whether the period may judge it.
    """

    task: Task
    target: Target
    indicator: Indicator
    place: str
    level: Level
    value: Value
    result: str
    due: bool
    verdict: Verdict

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
        yield from area.tasks
        yield from _tasks_of(area.groups)


def _tasks_of(groups: Iterable[TaskGroup]) -> Iterator[Task]:
    for group in groups:
        yield from group.tasks
        yield from _tasks_of(group.groups)


def check_targets(workspace: Workspace) -> list[Problem]:
    """Return a problem for each level that cannot be read or does not fit its indicator.

    Targets of unknown indicators are passed over: that is told elsewhere.
    """
    readings = (
        _read_level(workspace, target)
        for _, target in _targets(workspace)
        if target.indicator in workspace.indicators_by_id
    )
    return sorted({reading for reading in readings if isinstance(reading, Problem)})


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
    results: list[TargetResult] = []
    for task, target in _targets(workspace):
        level = _level(workspace, target)
        value = figures[target.indicator]
        deadline = target.deadline or task.deadline
        due = figures.period == "year" or (deadline is not None and deadline <= last_day)
        results.append(
            TargetResult(
                task=task,
                target=target,
                indicator=value.indicator,
                place=place_name(task.id),
                level=level,
                value=value,
                result=format_value(value, levels[target.indicator]),
                due=due,
                verdict=_verdict(
                    level, value, None if last_year is None else last_year[target.indicator], due
                ),
            )
        )
    return tuple(results)


def conflicting_targets(results: Iterable[TargetResult]) -> tuple[str, ...]:
    """Return a warning for each indicator that the plan gives different levels, with the places."""
    by_indicator: dict[str, list[TargetResult]] = {}
    for result in results:
        by_indicator.setdefault(result.indicator.id, []).append(result)
    warnings: list[str] = []
    for same in by_indicator.values():
        if len({result.level for result in same}) > 1:
            levels = "; ".join(f"“{result.level_text}” tại {result.place}" for result in same)
            warnings.append(
                f"chỉ tiêu “{same[0].indicator.name}” có các mức khác nhau: {levels} — nên thống "
                "nhất một mức trong kế hoạch"
            )
    return tuple(warnings)


_WITHOUT_VALUE = {Status.MISSING: Verdict.NO_FIGURE, Status.NOT_ARISEN: Verdict.NOT_ARISEN}


def _verdict(level: Level, value: Value, before: Value | None, due: bool) -> Verdict:
    known = None if before is None else before.exact
    if not isinstance(level, Bound) and known is None:
        return Verdict.NO_NUMBER
    if value.exact is None:
        return _WITHOUT_VALUE[value.status]
    if not due:
        return Verdict.UNDER_WAY
    if isinstance(level, Bound):
        met = level.is_met_by(value.exact)
    else:
        assert known is not None
        met = level.is_met_by(value.exact, known)
    return Verdict.REACHED if met else Verdict.NOT_REACHED


def _targets(workspace: Workspace) -> Iterator[tuple[Task, Target]]:
    for task in plan_tasks(workspace):
        for target in task.targets:
            yield task, target


def _level(workspace: Workspace, target: Target) -> Level:
    reading = _read_level(workspace, target)
    if isinstance(reading, Problem):
        raise ContentError([reading])
    return reading


def _read_level(workspace: Workspace, target: Target) -> Level | Problem:
    try:
        level = parse_level(target.level)
    except LevelError as error:
        return target.problem(str(error), "level")
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
