"""Change against the same period of last year, or the last period of the same kind.

Quarter III is never compared with the six months before it: their windows differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from msgspec import Struct

from vanban.figures.values import Figures, Value, read_report
from vanban.workspace.periods import PERIODS
from vanban.workspace.workspace import Workspace


class Change(Struct, frozen=True):
    """This period less the one that it is compared with, exact.

    ``points`` says that both are ratios: the difference 1/100 is one percentage point.
    """

    difference: Fraction
    points: bool


def compare(this_year: Figures, last_year: Figures | None) -> Mapping[str, Change | None]:
    """Return the change of each indicator, None where either year has no value.

    ``last_year`` must be of the same period; ValueError where it is not.
    """
    if last_year is not None and last_year.period != this_year.period:
        raise ValueError(f"{this_year.period} must not be compared with {last_year.period}")
    changes = {
        name: None if last_year is None else change_since(last_year[name], value)
        for name, value in this_year.values.items()
    }
    return MappingProxyType(changes)


def change_since(before: Value, now: Value) -> Change | None:
    """Return the change from one value to the other, None where either is not known."""
    if now.exact is None or before.exact is None:
        return None
    return Change(now.exact - before.exact, points=now.indicator.is_ratio)


PREVIOUS: Mapping[str, tuple[str, int]] = MappingProxyType({"q3": ("q1", 0), "q1": ("q3", -1)})
"""The last period of the same kind, and how many years from its own: quarters have three months.

Of six months and of a year that is the same period of last year.
"""


def read_previous(workspace: Workspace, period: str) -> tuple[Figures, str] | None:
    """Return the last period of the same kind and how it is called, None where there is none."""
    name, years = PREVIOUS.get(period, ("", 0))
    reports = workspace.last_year_reports if years else workspace.reports
    if name not in reports:
        return None
    figures = read_report(workspace, name, reports[name])
    return figures, PERIODS[name].title(workspace.year + years)
