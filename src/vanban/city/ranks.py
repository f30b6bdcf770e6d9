"""Places of wards by one indicator, the highest value first; equal values share a place.

Figures that contradict others of their ward have no place until that is mended. What is high is not
always good: a rank says an order and no verdict. Values are exact, so nothing
is equal by rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from vanban.city.gathered import GatheredWard
from vanban.city.totals import exact_of
from vanban.workspace.models.indicators import Indicator


class Rank(Struct, frozen=True):
    """``place`` counts from 1; after two on place 2 comes 4. ``tied`` says that others share it."""

    place: int
    value: Fraction
    tied: bool


def ranks(indicator: Indicator, wards: Iterable[GatheredWard]) -> Mapping[str, Rank]:
    """Return the rank of each ward with a value, by its name, the first first."""
    sound = (each for each in wards if not each.is_doubtful(indicator))
    known = ((each.name, exact_of(indicator, each.figures)) for each in sound)
    return placed({name: value for name, value in known if value is not None})


def placed(values: Mapping[str, Fraction]) -> Mapping[str, Rank]:
    """Return the rank of each name by its value, the highest first."""
    many = Counter(values.values())
    places: dict[Fraction, int] = {}
    place = 1
    for value in sorted(many, reverse=True):
        places[value] = place
        place += many[value]
    ordered = sorted(values, key=lambda name: places[values[name]])
    return {
        name: Rank(places[values[name]], values[name], many[values[name]] > 1) for name in ordered
    }
