"""What one period hands on to the next: files pending at its end are those carried over after it.

A balance "carried over + new = settled + pending" is an identity with one figure of a moment
(thời điểm) and at least one flow on either side. Which period comes before is told by the days:
quarter I, six months and year all start where the year before ended, quarter III after the six
months. No period starts before the agency does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from vanban.errors import Problem
from vanban.figures.values import Figures, figure_problem
from vanban.nd30.numbers import format_typed
from vanban.workspace.models.indicators import Identity, Nature
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace

_AT_START = re.compile(r"chuyển sang|chuyển qua|(?:kỳ|quý|năm) trước|đầu kỳ", re.IGNORECASE)


class _Told(Struct, frozen=True):
    """The figures of a period with the days that they are of."""

    figures: Figures
    year: int
    first: date
    last: date

    @property
    def name(self) -> str:
        """The period as read in a sentence: "quý III năm 2025"."""
        return PERIODS[self.figures.period].title(self.year)


def check_carried(
    workspace: Workspace, years: Mapping[int, Mapping[str, Figures]]
) -> Iterator[Problem]:
    """Yield a problem for each stock at the start of a period that is not that before it.

    ``years`` maps a year to the figures of its periods. Figures that are not there are passed over.
    """
    told = sorted(_told(workspace, years), key=lambda each: (each.first, each.last))
    for identity in workspace.indicators.identities:
        stocks = _stocks(workspace, identity)
        if stocks is None:
            continue
        start, end = stocks
        for each in told:
            yield from _check(workspace, each, told, start, end)


def _told(workspace: Workspace, years: Mapping[int, Mapping[str, Figures]]) -> Iterator[_Told]:
    opened = workspace.agency.established or date.min
    for year, periods in years.items():
        for period, figures in periods.items():
            first, last = window(period, year)
            if last >= opened:
                yield _Told(figures, year, max(first, opened), last)


def _stocks(workspace: Workspace, identity: Identity) -> tuple[str, str] | None:
    """Return the stock at the start and at the end of a balance, None for other identities."""
    if identity.at_most:
        return None
    sides = []
    for side in (identity.left, identity.right):
        stocks = [name for name in side if workspace.indicators_by_id[name].nature is Nature.STATE]
        if len(stocks) != 1 or len(side) < 2:
            return None
        sides.append(stocks[0])
    start, end = sides
    names = {name: workspace.indicators_by_id[name].name for name in sides}
    if _AT_START.search(names[end]) and not _AT_START.search(names[start]):
        start, end = end, start
    return start, end


def _check(
    workspace: Workspace, each: _Told, told: list[_Told], start: str, end: str
) -> Iterator[Problem]:
    """Compare with the period that ended the day before, else with the first of the same start."""
    carried = each.figures[start].number
    if carried is None:
        return
    before = [other for other in told if other.last + timedelta(days=1) == each.first]
    beside = [other for other in told if other.first == each.first and other.last < each.last]
    for others, name in ((before, end), (beside, start)):
        known = [
            (other, number)
            for other in others
            if (number := other.figures[name].number) is not None
        ]
        if known:
            other, number = known[0]
            if number != carried:
                yield _problem(workspace, each, other, start, name)
            return


def _problem(workspace: Workspace, each: _Told, other: _Told, start: str, name: str) -> Problem:
    by_id = workspace.indicators_by_id
    here = format_typed(each.figures[start].number or 0)
    there = format_typed(other.figures[name].number or 0)
    when = "cuối" if name != start else "đầu"
    return figure_problem(
        workspace,
        each.figures.report,
        (start,),
        f"“{by_id[start].name}” của {each.name} là {here}, “{by_id[name].name}” {when} kỳ "
        f"{other.name} là {there} — hai số phải bằng nhau, sửa số sai ở một trong hai báo cáo",
    )
