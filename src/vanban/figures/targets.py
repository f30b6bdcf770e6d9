"""Targets of the plan against the figures of a period.

A level is read from words that an official would use ("từ 95% trở lên"); the verdict comes from
exact figures, and only when the target is due.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vanban.errors import Problem
from vanban.figures.periods import PERIODS
from vanban.figures.ratios import format_ratio
from vanban.figures.values import Value, Values, show
from vanban.nd30.numbers import NumberError, parse_amount
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.plan import Area, Plan, Target, Task, TaskGroup
from vanban.workspace.workspace import Workspace

NO_FIGURE = "chưa có số liệu"
NOTHING_AROSE = "không phát sinh"
REACHED, MISSED, ONGOING = "Đạt", "Không đạt", "Đang thực hiện"
NO_LEVEL = "Không có mức bằng số"
NO_VERDICT = "–"

_NUMBER = r"(?P<number>[0-9][0-9.,]*)(?P<percent>\s?%)?"
_FORMS: tuple[tuple[str, Callable[[Fraction, Fraction], bool]], ...] = (
    ("(?P<number>0)(?P<percent>%)?", operator.eq),
    (rf"{_NUMBER}", operator.ge),
    (rf"từ {_NUMBER} trở lên", operator.ge),
    (rf"ít nhất {_NUMBER}", operator.ge),
    (rf"không quá {_NUMBER}", operator.le),
    (rf"trên {_NUMBER}", operator.gt),
    (rf"dưới {_NUMBER}", operator.lt),
)
"""A bare number is met when it is reached or passed ("cắt giảm 50%"), a bare 0 only by 0."""

DIRECTIONS = ("tăng", "giảm", "cao hơn năm trước")


class LevelError(ValueError):
    """A level that cannot be read; its text says in Vietnamese what to write."""


@dataclass(frozen=True)
class Level:
    """A level to reach. ``bound`` is a ratio for percents (0.95), None for a mere direction."""

    text: str
    bound: Fraction | None
    percent: bool
    reached: Callable[[Fraction, Fraction], bool] | None

    def met_by(self, amount: Fraction) -> bool | None:
        """Say whether ``amount`` reaches the level; None where there is no number to reach."""
        if self.reached is None or self.bound is None:
            return None
        return self.reached(amount, self.bound)


def parse_level(text: str) -> Level:
    """Read a level: 100%, từ 95% trở lên, ít nhất 30%, không quá 100%, 0, tăng …

    Raises LevelError for anything else.
    """
    if text in DIRECTIONS:
        return Level(text, None, False, None)
    for pattern, reached in _FORMS:
        match = re.fullmatch(pattern, text)
        if match:
            try:
                number = Fraction(parse_amount(match["number"]))
            except NumberError as error:
                raise LevelError(str(error)) from error
            percent = match["percent"] is not None
            return Level(text, number / 100 if percent else number, percent, reached)
    raise LevelError(
        f"không hiểu mức “{text}” — viết như: 100%, từ 95% trở lên, ít nhất 30%, không quá 100%, "
        "trên 90%, dưới 5%, 0, tăng, giảm, cao hơn năm trước"
    )


@dataclass(frozen=True)
class TargetResult:
    """One target of the plan: where it stands, what it asks, what was reached."""

    indicator: Indicator
    task_id: str
    level: Level
    deadline: date | None
    value: Value
    verdict: str


def format_value(indicator: Indicator, value: Value, bounds: tuple[Fraction, ...] = ()) -> str:
    """Return a value as printed: "1.204", "98,7%", or words where there is none."""
    if value.amount is None:
        return NOTHING_AROSE if value.nothing else NO_FIGURE
    if indicator.is_ratio:
        return format_ratio(value.amount, bounds)
    return show(value.amount)


def plan_targets(plan: Plan | None, areas: tuple[Area, ...]) -> list[tuple[Task, Target]]:
    """Return every target of the plan with its task, in the order of the plan."""

    def in_groups(groups: tuple[TaskGroup, ...]) -> list[Task]:
        return [task for group in groups for task in (*group.tasks, *in_groups(group.groups))]

    tasks = [*plan.purposes, *plan.requirements.tasks] if plan is not None else []
    for area in areas:
        tasks += [*area.tasks, *in_groups(area.groups)]
    return [(task, target) for task in tasks for target in task.targets]


def check_targets(workspace: Workspace) -> list[Problem]:
    """Return every level that cannot be read or does not fit its indicator."""
    problems = []
    for _, target in plan_targets(workspace.plan, workspace.areas):
        indicator = workspace.indicators_by_id[target.indicator]
        try:
            level = parse_level(target.level)
        except LevelError as error:
            problems.append(target.problem(str(error), "level"))
            continue
        if level.bound is None or level.percent == indicator.is_ratio:
            continue
        wanted = "phải có dấu %" if indicator.is_ratio else "không có dấu %"
        message = (
            f"mức “{target.level}” không hợp với chỉ tiêu “{indicator.name}” "
            f"({indicator.unit}) — mức của chỉ tiêu này {wanted}"
        )
        problems.append(target.problem(message, "level"))
    return problems


def assess(workspace: Workspace, period: str, values: Values) -> tuple[TargetResult, ...]:
    """Assess every target of the plan; the levels must have been checked."""
    _, end = PERIODS[period].window(workspace.year)
    results = []
    for task, target in plan_targets(workspace.plan, workspace.areas):
        level = parse_level(target.level)
        value = values[target.indicator]
        due = PERIODS[period].annual or (target.deadline is not None and target.deadline <= end)
        results.append(
            TargetResult(
                workspace.indicators_by_id[target.indicator],
                task.id,
                level,
                target.deadline,
                value,
                _verdict(level, value, due),
            )
        )
    return tuple(results)


def _verdict(level: Level, value: Value, due: bool) -> str:
    if level.bound is None:
        return NO_LEVEL
    if not due:
        return ONGOING
    if value.amount is None:
        return NO_VERDICT
    return REACHED if level.met_by(value.amount) else MISSED


def bounds_of(results: tuple[TargetResult, ...]) -> dict[str, tuple[Fraction, ...]]:
    """Return the levels of each indicator, which no printed figure may seem to reach."""
    bounds: dict[str, tuple[Fraction, ...]] = {}
    for result in results:
        if result.level.bound is not None:
            known = bounds.get(result.indicator.id, ())
            bounds[result.indicator.id] = (*known, result.level.bound)
    return bounds


def conflicts(results: tuple[TargetResult, ...], places: Mapping[str, str]) -> tuple[str, ...]:
    """Return a warning for each indicator that the plan gives two different targets."""
    warnings = []
    for indicator in dict.fromkeys(result.indicator.id for result in results):
        stated = [result for result in results if result.indicator.id == indicator]
        if len({(result.level.text, result.deadline) for result in stated}) > 1:
            shown = "; ".join(
                f"“{result.level.text}” ({places.get(result.task_id, result.task_id)})"
                for result in stated
            )
            warnings.append(
                f"chỉ tiêu “{stated[0].indicator.name}” có {len(stated)} mức khác nhau: {shown}"
            )
    return tuple(warnings)
