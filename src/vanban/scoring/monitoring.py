"""Points of a monitored set for one period: figures → points of rows, groups and the whole.

In: a set and the figures of a period, which were checked. Out: frozen scores. A row whose points
do not follow from what the set and the figures say has none, with the reason; then the total is
not known either. Points are rounded half up to two decimals at the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from vanban.scoring.calculation import (
    NO_POINTS,
    capped,
    late_penalty,
    moved_points,
    penalty_of_cases,
    score_ratio,
)
from vanban.scoring.facts import AnswerReader, Facts
from vanban.scoring.leaf import declared, points_by, ratio_text
from vanban.workspace.files import MONITORED
from vanban.workspace.models.answers import Answer
from vanban.workspace.models.criteria import RuleKind, WhenNothing
from vanban.workspace.models.monitoring import (
    MonitoredFigures,
    MonitoredGroup,
    MonitoredRow,
    MonitoredSet,
    Role,
    last_month,
    periods_a_year,
)
from vanban.workspace.workspace import Workspace


class RowOutcome(StrEnum):
    """What came of a row."""

    SCORED = "đã chấm"
    NOT_APPLICABLE = "không áp dụng"
    MOVED = "chuyển điểm"
    WATCHED = "theo dõi, không chấm"
    NO_FIGURES = "chưa có số liệu"
    UNKNOWN = "chưa xác định"
    REFUSED = "không được tiếp nhận"


OPEN = frozenset({RowOutcome.NO_FIGURES, RowOutcome.UNKNOWN, RowOutcome.REFUSED})
"""Outcomes with which there is no total."""


class Why(StrEnum):
    """Why a row has no points; the names are those that the outline has a sentence for."""

    PROVINCE_ONLY = "chỉ cấp tỉnh"
    NO_MAXIMUM = "không có điểm riêng"
    NO_RULE = "chưa biết cách tính"
    NOTHING_AROSE = "không phát sinh"
    MOVED = "chuyển điểm"
    TOO_LATE = "quá ngày tiếp nhận"
    TOO_MANY = "không nói mức trừ"


class RowScore(Struct, frozen=True):
    """A row and its points.

    ``maximum`` is what it can reach in this period, with what other rows gave it; None where that
    is not known. ``points`` of a penalty are its size. ``reason`` says why there are no points.
    """

    row: MonitoredRow
    outcome: RowOutcome
    answer: Answer | None = None
    facts: Facts | None = None
    maximum: Fraction | None = None
    points: Decimal | None = None
    why: Why | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome in OPEN

    @property
    def declared(self) -> str:
        return "" if self.facts is None else declared(self.row.rule, self.facts)

    @property
    def ratio_text(self) -> str:
        return "" if self.facts is None else ratio_text(self.row.rule, self.facts.ratio)


class GroupScore(Struct, frozen=True):
    """A group and its rows; ``points`` and ``maximum`` are those of the rows that have points."""

    group: MonitoredGroup
    rows: tuple[RowScore, ...]

    @property
    def scored(self) -> tuple[RowScore, ...]:
        return tuple(row for row in self.rows if row.points is not None)

    @property
    def open(self) -> tuple[RowScore, ...]:
        return tuple(row for row in self.rows if row.is_open)

    @property
    def points(self) -> Decimal:
        points = sum((row.points or NO_POINTS for row in self.scored), NO_POINTS)
        return capped(points, self.group.maximum) if self.group.role is Role.BONUS else points

    @property
    def maximum(self) -> Fraction:
        return sum((row.maximum or Fraction(0) for row in self.scored), Fraction(0))


class SetScore(Struct, frozen=True):
    """A set in one period."""

    set: MonitoredSet
    figures: MonitoredFigures
    groups: tuple[GroupScore, ...]

    def of(self, role: Role) -> tuple[GroupScore, ...]:
        return tuple(group for group in self.groups if group.group.role is role)

    @property
    def rows(self) -> tuple[RowScore, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def open(self) -> tuple[RowScore, ...]:
        return tuple(row for row in self.rows if row.is_open)

    @property
    def points(self) -> Decimal:
        """Points of the scored groups so far, without bonuses and penalties."""
        return _points(self.of(Role.SCORED))

    @property
    def maximum(self) -> Fraction:
        """What the rows that have points could have reached."""
        return sum((group.maximum for group in self.of(Role.SCORED)), Fraction(0))

    @property
    def scored_count(self) -> int:
        return sum(len(group.scored) for group in self.of(Role.SCORED))

    @property
    def bonus(self) -> Decimal:
        return _points(self.of(Role.BONUS))

    @property
    def penalty(self) -> Decimal:
        return _points(self.of(Role.PENALTY))

    @property
    def total(self) -> Decimal | None:
        """Points, bonuses and penalties together; None while any row is open."""
        return None if self.open else self.points + self.bonus - self.penalty


def _points(groups: Iterable[GroupScore]) -> Decimal:
    return sum((group.points for group in groups), NO_POINTS)


def score_set(workspace: Workspace, figures: MonitoredFigures) -> SetScore:
    """Score one period; KeyError where the year has no set of that id."""
    monitored = workspace.entries(MONITORED)[figures.set_id]
    reader = AnswerReader(workspace, last_month(figures.period))
    read = {
        row.code: reader.read(row, answer).facts
        for row in monitored.rows
        if (answer := figures.answers.get(row.code)) is not None
    }
    moves = {
        row.code: row.rule.moved_to
        for row in monitored.rows
        if row.rule.when_nothing is WhenNothing.MOVED and _nothing(read.get(row.code))
    }
    maxima = {row.code: row.maximum for row in monitored.rows if row.maximum is not None}
    after = moved_points(maxima, moves)
    return SetScore(
        monitored,
        figures,
        tuple(
            GroupScore(
                group,
                tuple(
                    _row_score(
                        row,
                        group.role,
                        figures.answers.get(row.code),
                        read.get(row.code),
                        after.get(row.code),
                        periods_a_year(figures.period),
                    )
                    for row in group.rows
                ),
            )
            for group in monitored.groups
        ),
    )


def _nothing(facts: Facts | None) -> bool:
    return facts is not None and facts.nothing_arose


def _row_score(
    row: MonitoredRow,
    role: Role,
    answer: Answer | None,
    facts: Facts | None,
    maximum: Fraction | None,
    periods: int,
) -> RowScore:
    def no_points(outcome: RowOutcome, why: Why | None = None) -> RowScore:
        return RowScore(row, outcome, answer, facts, maximum, None, why)

    open_by_set = _open_by_set(row, role)
    if row.rule.kind is RuleKind.WATCHED:
        return no_points(RowOutcome.WATCHED)
    if open_by_set is not None:
        return no_points(RowOutcome.UNKNOWN, open_by_set)
    if answer is None:
        return no_points(RowOutcome.NO_FIGURES)
    if answer.not_applicable is not None:
        return no_points(RowOutcome.NOT_APPLICABLE)
    if facts is None:
        return no_points(RowOutcome.NO_FIGURES)
    if facts.refused and row.rule.kind is RuleKind.LATE:
        return no_points(RowOutcome.REFUSED, Why.TOO_LATE)
    if facts.nothing_arose and row.rule.when_nothing is WhenNothing.MOVED:
        return no_points(RowOutcome.MOVED, Why.MOVED)
    if facts.nothing_arose and row.rule.when_nothing is WhenNothing.UNKNOWN:
        return no_points(RowOutcome.UNKNOWN, Why.NOTHING_AROSE)
    points = _points_of(row, role, facts, maximum or Fraction(0), periods)
    if points is None and role is Role.PENALTY:
        return no_points(RowOutcome.UNKNOWN, Why.TOO_MANY)
    if points is None:
        return no_points(RowOutcome.NOT_APPLICABLE, Why.NOTHING_AROSE)
    return RowScore(row, RowOutcome.SCORED, answer, facts, maximum, points)


def _open_by_set(row: MonitoredRow, role: Role) -> Why | None:
    """Return why no figures at all would give this row points, None where they would."""
    if row.province_only:
        return Why.PROVINCE_ONLY
    if row.rule.kind is RuleKind.UNKNOWN:
        return Why.NO_RULE
    return Why.NO_MAXIMUM if row.maximum is None and role is not Role.PENALTY else None


def _points_of(
    row: MonitoredRow, role: Role, facts: Facts, maximum: Fraction, periods: int
) -> Decimal | None:
    rule = row.rule
    if role is Role.PENALTY and rule.kind in _PENALTIES:
        return _PENALTIES[rule.kind](row, facts)
    if facts.nothing_arose and rule.when_nothing is WhenNothing.LAST_YEAR:
        share = Fraction(facts.last_year or 0) / periods
        ratio = Fraction(facts.done or 0) / share if share else Fraction(0)
        return score_ratio(maximum, ratio, rule.floor, rule.target)
    return points_by(rule, maximum, facts)


_PENALTIES: dict[RuleKind, Callable[[MonitoredRow, Facts], Decimal | None]] = {
    RuleKind.DEDUCTION: lambda row, facts: penalty_of_cases(
        row.maximum, row.rule.each, facts.count or 0
    ),
    RuleKind.LATE: lambda row, facts: late_penalty(
        facts.days_late or 0,
        row.rule.first_days or 0,
        row.rule.first_penalty or NO_POINTS,
        row.rule.each,
    ),
}
