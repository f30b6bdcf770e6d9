"""One figure against one level → the verdict, by a row of the table of tracking.

When due, a level is reached or missed. Before that, a row (:class:`TrackingRow`) says how much of
it is needed by now; nothing is judged from a figure that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from vanban.figures.levels import Bound, Direction, Operator
from vanban.workspace.models.tracking import Measured, Side, TrackingRow

Table = Mapping[tuple[Measured, Side], TrackingRow]


class Verdict(StrEnum):
    """What a report says of a target, the gravest first."""

    MISSED = "Không đạt"
    AT_RISK = "Nguy cơ không đạt"
    ON_TRACK = "Đang thực hiện, đúng tiến độ"
    REACHED = "Đã đạt"
    NO_FIGURE = "Chưa đủ số liệu"
    NOT_ARISEN = "Không phát sinh"


GRAVEST_FIRST = tuple(Verdict)
SHORT_OF = (Verdict.MISSED, Verdict.AT_RISK)
"""Verdicts of targets that are shortcomings."""


class Judgement(Struct, frozen=True):
    """A verdict, and the value that it compares with (of a ratio a share of 1), where it does."""

    verdict: Verdict
    needed: Fraction | None = None


def judge(level: Bound, exact: Fraction, row: TrackingRow, due: bool, gone: Fraction) -> Judgement:
    """Judge ``exact`` by a level with a number; ``gone`` is the part of the time that is gone."""
    met = level.is_met_by(exact)
    if due:
        return Judgement(Verdict.REACHED if met else Verdict.MISSED, level.value)
    needed = level.value * row.share * (gone if row.by_time else 1)
    if row.side is Side.AT_LEAST:
        settled, on_track = met, met or level.value > needed <= exact
        final = Verdict.REACHED
    else:
        settled, on_track = not met, met and exact <= needed
        final = Verdict.MISSED
    if row.final and settled:
        return Judgement(final, level.value)
    return Judgement(Verdict.ON_TRACK if on_track else Verdict.AT_RISK, needed)


def judge_direction(level: Direction, exact: Fraction, before: Fraction, due: bool) -> Judgement:
    """Judge ``exact`` by the value of the same period of last year."""
    good, bad = (Verdict.REACHED, Verdict.MISSED) if due else (Verdict.ON_TRACK, Verdict.AT_RISK)
    return Judgement(good if level.is_met_by(exact, before) else bad, before)


_SIDES = {
    Operator.AT_LEAST: Side.AT_LEAST,
    Operator.ABOVE: Side.AT_LEAST,
    Operator.AT_MOST: Side.AT_MOST,
    Operator.BELOW: Side.AT_MOST,
}


def side_of(level: Bound, exact: Fraction) -> Side:
    """Return the side that ``level`` keeps to; an exact number is come up to, 0 is not left."""
    over = level.value == 0 or exact > level.value
    return _SIDES.get(level.operator, Side.AT_MOST if over else Side.AT_LEAST)
