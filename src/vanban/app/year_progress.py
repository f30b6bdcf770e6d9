"""How far a year is: targets by area, points by field, what is at risk, who owes what.

In: the workspace and a day. Out: frozen rows for the charts of the desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from vanban.app.due import owed
from vanban.app.load import Loaded
from vanban.evidence.coverage import Covered, coverage
from vanban.exchange.due import DueItem, UnitState, unit_states
from vanban.figures.targets import assess, tasks_of_area
from vanban.figures.values import read_figures, read_last_year
from vanban.figures.verdicts import Verdict
from vanban.scoring.scores import score
from vanban.workspace.periods import PERIODS
from vanban.workspace.workspace import Workspace

NO_AREA = "Phần chung của kế hoạch"


class AreaTargets(Struct, frozen=True):
    """How many targets of an area have come to which verdict."""

    name: str
    counts: Mapping[Verdict, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class FieldPoints(Struct, frozen=True):
    """Points of a field of the self-assessment, of ``maximum``.

    ``at_risk`` of them are not proven yet; ``unanswered`` further ones nobody has answered for.
    """

    name: str
    points: Decimal
    at_risk: Decimal
    unanswered: Decimal
    maximum: Decimal


class Owes(Struct, frozen=True):
    """What one unit, or some together, owe; "" is nobody in particular."""

    who: str
    items: tuple[DueItem, ...]


class YearProgress(Struct, frozen=True):
    """Everything that the charts show.

    ``period`` is the title of the last one that has a report, "" where none has: ``targets`` and
    ``units`` are of it. ``fields`` and ``risks`` are empty where the year has no set of criteria.
    """

    period: str
    targets: tuple[AreaTargets, ...]
    units: tuple[UnitState, ...]
    fields: tuple[FieldPoints, ...]
    risks: tuple[Covered, ...]
    owed: tuple[Owes, ...]


def year_progress(loaded: Loaded, today: date, days: int) -> YearProgress:
    """Return how far the year is on ``today``; what is owed, as far as ``days`` ahead."""
    workspace = loaded.workspace
    period = next((each for each in reversed(PERIODS) if each in workspace.reports), None)
    fields, risks = _points(workspace)
    return YearProgress(
        PERIODS[period].title(workspace.year) if period is not None else "",
        _targets(workspace, period) if period is not None else (),
        unit_states(workspace, period) if period is not None else (),
        fields,
        risks,
        _owed(owed(loaded, today, days)),
    )


def _targets(workspace: Workspace, period: str) -> tuple[AreaTargets, ...]:
    figures, before = read_figures(workspace, period), read_last_year(workspace, period)
    areas = {task.id: area.name for area in workspace.areas for task in tasks_of_area(area)}
    counts: dict[str, Counter[Verdict]] = {}
    for result in assess(workspace, figures, lambda _: "", before):
        name = areas.get(result.task.id, NO_AREA)
        counts.setdefault(name, Counter())[result.verdict] += 1
    return tuple(AreaTargets(name, counted) for name, counted in counts.items())


def _points(workspace: Workspace) -> tuple[tuple[FieldPoints, ...], tuple[Covered, ...]]:
    if workspace.criteria is None:
        return (), ()
    scores = score(workspace)
    covered = {row.code: row for row in coverage(workspace, scores).rows}
    fields = tuple(
        FieldPoints(
            each.field.name,
            each.tally.points,
            _sum(covered[leaf.code] for leaf in each.leaves if leaf.points is not None),
            _sum(covered[leaf.code] for leaf in each.leaves if leaf.points is None),
            each.tally.self_applicable,
        )
        for each in scores.fields
        if each.tally.self_applicable
    )
    risks = (row for row in covered.values() if row.at_risk)
    return fields, tuple(sorted(risks, key=lambda row: -row.at_risk))


def _sum(rows: Iterable[Covered]) -> Decimal:
    return sum((row.at_risk for row in rows), Decimal())


def _owed(items: tuple[DueItem, ...]) -> tuple[Owes, ...]:
    """Return what is owed by whom, who is to be asked first before the others."""
    by_units: dict[str, list[DueItem]] = {}
    for item in items:
        by_units.setdefault(item.who, []).append(item)
    return tuple(Owes(names, tuple(owed)) for names, owed in by_units.items())
