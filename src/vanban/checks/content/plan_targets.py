"""Targets compared: words against the data of the same task, and all places that state the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from vanban.checks.content.printed import PrintedValues
from vanban.checks.content.sections import is_report, section_of
from vanban.checks.content.stated_levels import (
    StatedLevel,
    conflicts,
    stated_levels,
    words_of,
)
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import Project, project_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.figures.levels import Bound, LevelError, Operator, parse_level
from vanban.figures.targets import plan_tasks
from vanban.workspace.models.plan import Target, Task
from vanban.workspace.workspace import Workspace

_AIMS = ("phấn đấu", "mục tiêu", "chỉ tiêu", "đặt ra", "yêu cầu", "theo kế hoạch")
_OUTLOOK = ("phương hướng", "nhiệm vụ trọng tâm", "nhiệm vụ, giải pháp")


@project_algorithm
def words_against_data(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    printed = PrintedValues(project)
    for task in plan_tasks(project.workspace):
        stated = [each for each in _statements(task) if not each.change]
        targets = [(target, level) for target, level in _bounds(task) if level.percent]
        free = [each for each in stated if not any(each.agrees(level) for _, level in targets)]
        for target, level in targets:
            if not free or any(each.agrees(level) for each in _statements(task)):
                continue
            name = project.workspace.indicators_by_id[target.indicator].name
            words = _closest(free, name)
            yield Hit(
                printed.at(task.text, task.at("text"), words.stretch.excerpt),
                f"lời văn ghi “{words.words}”, chi_tieu của nhiệm vụ ghi “{target.level}” cho "
                f"“{name}”",
                others=(_datum(target),),
            )


@project_algorithm
def conflicting_data(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    printed = PrintedValues(project)
    for name, same in _by_indicator(project.workspace):
        if len({level for _, _, level in same}) < 2:
            continue
        first, *others = (_stated_at(printed, task, level) for task, _, level in same)
        levels = ", ".join(f"“{target.level}”" for _, target, _ in same)
        yield Hit(
            first,
            f"chỉ tiêu “{name}” có {len(same)} mức khác nhau: {levels}",
            matter=name,
            others=tuple(others),
        )


@project_algorithm
def conflicting_words(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    stated = [
        each
        for writing in project.writings
        for passage in _aims(writing)
        for each in stated_levels(passage)
    ]
    tasks = [] if workspace is None else [task for task in plan_tasks(workspace) if task.targets]
    known = PrintedValues(project).printed(task.at("text") for task in tasks)
    for first, second in conflicts(stated):
        if id(first.passage) in known and id(second.passage) in known:
            continue  # told of their data
        yield Hit(
            first.stretch,
            f"cùng một nội dung nêu hai mức: “{first.words}” và “{second.words}”",
            matter=f"{first.stretch.excerpt}\n{second.stretch.excerpt}",
            others=(second.stretch,),
        )


@project_algorithm
def impossible_data(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    for task in plan_tasks(project.workspace):
        for target, level in _bounds(task):
            indicator = project.workspace.indicators_by_id[target.indicator]
            if indicator.is_ratio and not indicator.may_exceed_100 and _asks_too_much(level):
                yield Hit(
                    _datum(target),
                    f"mức “{target.level}” không thể đạt: “{indicator.name}” không vượt 100%",
                )


@project_algorithm
def untracked_words(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    printed = PrintedValues(project)
    for task in plan_tasks(project.workspace):
        for each in () if task.targets else _statements(task):
            yield Hit(
                printed.at(task.text, task.at("text"), each.stretch.excerpt),
                f"nhiệm vụ nêu “{each.words}” nhưng chưa khai chi_tieu nên báo cáo không theo dõi "
                "được",
            )


def _statements(task: Task) -> tuple[StatedLevel, ...]:
    """Return what a task states in words."""
    return tuple(stated_levels(Passage(task.text, Role.BULLET, 0, task.at("text"))))


def _bounds(task: Task) -> Iterator[tuple[Target, Bound]]:
    """Yield the targets of a task that have a number."""
    for target in task.targets:
        try:
            level = parse_level(target.level)
        except LevelError:
            continue  # stops the build and is told there
        if isinstance(level, Bound):
            yield target, level


def _by_indicator(workspace: Workspace) -> Iterator[tuple[str, list[tuple[Task, Target, Bound]]]]:
    """Yield the name of each indicator with its numbered targets, apart by deadline."""
    by_indicator: dict[tuple[str, date | None], list[tuple[Task, Target, Bound]]] = {}
    for task in plan_tasks(workspace):
        for target, level in _bounds(task):
            key = (target.indicator, target.deadline or task.deadline)
            by_indicator.setdefault(key, []).append((task, target, level))
    for (indicator, _), same in by_indicator.items():
        yield workspace.indicators_by_id[indicator].name, same


def _stated_at(printed: PrintedValues, task: Task, level: Bound) -> Stretch | Datum:
    """Return the clause of a task that states ``level``, the whole task where none does."""
    for each in _statements(task):
        if each.agrees(level):
            return printed.at(task.text, task.at("text"), each.stretch.excerpt)
    return printed.at(task.text, task.at("text"))


def _closest(stated: list[StatedLevel], name: str) -> StatedLevel:
    """Return the statement that shares most words with the name of an indicator."""
    return max(stated, key=lambda each: len(each.subject & words_of(name)))


def _datum(target: Target) -> Datum:
    return Datum(target.at("level"), target.level)


def _asks_too_much(level: Bound) -> bool:
    return level.percent and (level.value > 1 or level == Bound(Operator.ABOVE, Fraction(1), True))


def _aims(writing: Writing) -> Iterator[Passage]:
    """Yield the passages that set targets; of a report only those that speak of aims."""
    if not is_report(writing):
        yield from writing.prose
        return
    sections = section_of(writing)
    for passage in writing.prose:
        section = sections.get(passage.number)
        aims = any(word in passage.lower for word in _AIMS)
        if aims or (section is not None and section.titled(*_OUTLOOK)):
            yield passage
