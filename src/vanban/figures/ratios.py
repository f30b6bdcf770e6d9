"""Ratios in print: one decimal, half up, never reading as a target they fall short of."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from vanban.nd30.numbers import format_number

MOST_PLACES = 12


def format_ratio(ratio: Fraction, bounds: tuple[Fraction, ...] = ()) -> str:
    """Return ``ratio`` (0.987) as "98,7%"; whole percents without decimals.

    ``bounds`` are levels that count, as ratios; 100 % always does. Decimals are added until the
    printed figure stands on the same side of each bound as the exact one: 0.9996 is "99,96%".
    """
    percent = ratio * 100
    limits = [Fraction(100), *(bound * 100 for bound in bounds)]
    if percent.denominator == 1:
        return f"{format_number(percent.numerator)}%"
    places = 1
    while places < MOST_PLACES:
        printed = Fraction(rounded(percent, places))
        if all(_side(printed, limit) == _side(percent, limit) for limit in limits):
            break
        places += 1
    return f"{format_number(rounded(percent, places))}%"


def _side(value: Fraction, limit: Fraction) -> int:
    return (value > limit) - (value < limit)


def rounded(value: Fraction, places: int) -> Decimal:
    """Round ``value`` half up to ``places`` decimals, exactly."""
    scaled = value * 10**places
    return Decimal(math.floor(scaled + Fraction(1, 2))).scaleb(-places)
