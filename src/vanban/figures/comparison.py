"""Change against the same period of last year, and against nothing else.

Quarter III is never compared with the six months before it: their windows differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from vanban.figures.values import Figures


@dataclass(frozen=True)
class Change:
    """This period less the same period of last year, exact.

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
    changes: dict[str, Change | None] = {}
    for name, value in this_year.values.items():
        now = value.exact
        before = None if last_year is None else last_year[name].exact
        changes[name] = (
            None
            if now is None or before is None
            else Change(now - before, points=value.indicator.is_ratio)
        )
    return MappingProxyType(changes)
