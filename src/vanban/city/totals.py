"""Totals over wards, and ratios from totals: the sum of numerators by that of denominators.

A ratio of a city is never the average of its wards' ratios. A ward counts in a ratio only with
both parts of it, so that numerator and denominator are of the same wards. Points (điểm) of many
wards add up to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from vanban.city.gathered import Figures, GatheredWard
from vanban.figures.values import Number, Value
from vanban.workspace.models.indicators import Indicator

POINTS = "điểm"
"""The unit of what is a score, not a number of things."""


class Total(Struct, frozen=True):
    """An indicator over all wards: ``value`` as a report has one, and who is in it and who not.

    ``lacking`` are the wards with figures that do not say it (or not both parts of a ratio).
    """

    value: Value
    counted: tuple[GatheredWard, ...]
    lacking: tuple[GatheredWard, ...]

    @property
    def complete(self) -> bool:
        return not self.lacking


def value_of(indicator: Indicator, figures: Figures) -> Value:
    """Return what ``figures`` say of an indicator, its parts where it is a ratio."""
    if indicator.numerator is None or indicator.denominator is None:
        return Value(indicator, number=figures.get(indicator.id))
    top, bottom = figures.get(indicator.numerator), figures.get(indicator.denominator)
    return Value(indicator, numerator=top, denominator=bottom)


def exact_of(indicator: Indicator, figures: Figures) -> Fraction | None:
    """Return the number or the exact ratio (1 is 100 %), None where there is none."""
    return value_of(indicator, figures).exact


def total_of(indicator: Indicator, wards: Iterable[GatheredWard]) -> Total:
    """Return the total of ``indicator``; its value is None where no ward says it, or of points."""
    counted: list[GatheredWard] = []
    lacking: list[GatheredWard] = []
    parts = (indicator.numerator, indicator.denominator) if indicator.is_ratio else (indicator.id,)
    for ward in wards:
        (counted if all(part in ward.figures for part in parts) else lacking).append(ward)
    sums = [_sum(ward.figures[part or ""] for ward in counted) for part in parts]
    value = Value(indicator)
    if counted and indicator.is_ratio:
        value = Value(indicator, numerator=sums[0], denominator=sums[1])
    elif counted and is_additive(indicator):
        value = Value(indicator, number=sums[0])
    return Total(value, tuple(counted), tuple(lacking))


def is_additive(indicator: Indicator) -> bool:
    """Say whether the numbers of wards may be added up."""
    return not indicator.is_ratio and POINTS not in indicator.unit.casefold().split()


def totals(indicators: Iterable[Indicator], wards: Iterable[GatheredWard]) -> Mapping[str, Total]:
    """Return the total of each indicator over the wards that have figures, by its id."""
    reporting = tuple(ward for ward in wards if ward.reported)
    return {each.id: total_of(each, reporting) for each in indicators}


def _sum(numbers: Iterable[Number]) -> Number:
    return sum(numbers, 0)
