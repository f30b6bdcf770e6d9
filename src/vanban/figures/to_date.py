"""Figures of a period → the same indicators from the start of the reporting year to its end.

What adds up over time (lũy kế) of quarter III is added to that of the six months before it, unless
the agency did not exist then; a figure of a moment is that of the period.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from msgspec.structs import replace

from vanban.figures.values import Figures, Number, Value, read_figures
from vanban.workspace.models.indicators import Indicator, Nature
from vanban.workspace.models.tracking import Measured
from vanban.workspace.periods import PERIODS, Period, window
from vanban.workspace.workspace import Workspace

YEAR = "year"


def values_to_date(workspace: Workspace, figures: Figures) -> Mapping[str, Value]:
    """Return the value of each indicator since the start of the year.

    A part of the year without a figure leaves what adds up without one.
    """
    earlier = period_before(workspace, figures.period)
    if earlier is None:
        return figures.values
    there = earlier.id in workspace.reports
    before = read_figures(workspace, earlier.id) if there else None

    def number(name: str) -> Number | None:
        now = figures[name].number
        if figures[name].indicator.nature is Nature.STATE:
            return now
        added = None if before is None else before[name].number
        return None if now is None or added is None else now + added

    def value(name: str, given: Value) -> Value:
        top, bottom = given.indicator.numerator, given.indicator.denominator
        if top is None or bottom is None:
            return replace(given, number=number(name))
        return replace(given, numerator=number(top), denominator=number(bottom))

    return {name: value(name, given) for name, given in figures.values.items()}


def period_before(workspace: Workspace, period: str) -> Period | None:
    """Return the period that its figures must be added to, None where they are all there is."""
    first, _ = window(period, workspace.year)
    opened = workspace.agency.established or date.min
    for each in PERIODS.values():
        _, last = window(each.id, workspace.year)
        if last + timedelta(days=1) == first and last >= opened:
            return each
    return None


def part_gone(workspace: Workspace, period: str, deadline: date | None) -> Fraction:
    """Return the part of the time until ``deadline`` that is gone at the end of ``period``.

    Time counts from the start of the reporting year, or from the day that the agency began; until
    the end of that year where there is no deadline.
    """
    start, end = span(workspace, deadline)
    _, today = window(period, workspace.year)
    if end < start:
        return Fraction(1)
    days = (today - start).days + 1
    return min(max(Fraction(days, (end - start).days + 1), Fraction(0)), Fraction(1))


def span(workspace: Workspace, deadline: date | None = None) -> tuple[date, date]:
    """Return the first and the last day that a target has."""
    first, last = window(YEAR, workspace.year)
    return max(first, workspace.agency.established or first), deadline or last


def measured(workspace: Workspace, indicator: Indicator) -> Measured:
    """Return what ``indicator`` is as far as time matters to it."""
    by_id = workspace.indicators_by_id
    if indicator.numerator is None or indicator.denominator is None:
        return Measured.STATE if indicator.nature is Nature.STATE else Measured.COUNT
    top, bottom = by_id[indicator.numerator].nature, by_id[indicator.denominator].nature
    if top is Nature.STATE:
        return Measured.STATE
    return Measured.COUNT if bottom is Nature.STATE else Measured.RATIO
