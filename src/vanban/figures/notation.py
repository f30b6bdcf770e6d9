"""How values, ratios and changes print: Vietnamese numbers that never flatter.

A printed ratio never says another verdict than the exact one: 99,96 % of a target of 100 % prints
as 99,96%, not as 100,0%.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from vanban.figures.comparison import Change
from vanban.figures.levels import Bound, Level, Operator
from vanban.figures.values import Value
from vanban.nd30.numbers import MAX_PLACES, MINUS, format_number, round_half_up

NO_CHANGE_KNOWN = "–"
"""Stands where there is nothing to compare with."""

POINTS = "điểm %"
POINTS_IN_WORDS = "điểm phần trăm"

_WHOLE = Bound(Operator.AT_LEAST, Fraction(1), percent=True)


def format_ratio(ratio: Fraction, levels: Iterable[Level] = ()) -> str:
    """Return ``ratio`` (1 is 100 %) as "98,7%", rounded half up to one decimal.

    A whole number of per cent prints without decimals ("100%", "80%"). Decimals are added until
    the printed number meets exactly those ``levels`` that the exact ratio meets, and is below
    100 % where the ratio is.
    """
    places = ratio_places(ratio, levels)
    return f"{format_number(round_half_up(ratio * 100, places), places)}%"


def ratio_places(ratio: Fraction, levels: Iterable[Level] = ()) -> int:
    """Return the number of decimals that :func:`format_ratio` prints."""
    if (ratio * 100).denominator == 1:
        return 0
    bounds = [_WHOLE, *(level for level in levels if isinstance(level, Bound))]
    places = 1
    while True:
        printed = Fraction(round_half_up(ratio * 100, places)) / 100
        if all(bound.is_met_by(printed) == bound.is_met_by(ratio) for bound in bounds):
            return places
        places += 1


def rounded_ratio(ratio: Fraction, levels: Iterable[Level] = ()) -> Fraction:
    """Return ``ratio`` as :func:`format_ratio` prints it."""
    return Fraction(round_half_up(ratio * 100, ratio_places(ratio, levels))) / 100


def format_value(value: Value, levels: Iterable[Level] = ()) -> str:
    """Return what a report prints for ``value``: a number, a ratio or why there is none."""
    if value.number is not None:
        return format_number(value.number)
    if value.ratio is not None:
        return format_ratio(value.ratio, levels)
    return value.status.value


def format_change(change: Change | None) -> str:
    """Return "+12", "−3", "+1,2 điểm %", "0", or "–" where there is nothing to compare.

    Points are rounded as ratios are; decimals are added where a change would print as none.
    """
    if change is None:
        return NO_CHANGE_KNOWN
    sign = "" if not change.difference else "+" if change.difference > 0 else MINUS
    return f"{sign}{format_size(abs(change.difference), change.points)}"


def format_size(size: Fraction, points: bool) -> str:
    """Return how far two values are apart: "12", or of ratios "1,2 điểm %"."""
    if not points:
        return format_number(round_half_up(size, MAX_PLACES))
    places = _places(size * 100)
    return f"{format_number(round_half_up(size * 100, places), places)} {POINTS}"


def change_places(change: Change) -> int:
    """Return the number of decimals that :func:`format_change` prints of percentage points."""
    return _places(abs(change.difference) * 100)


def _places(size: Fraction) -> int:
    places = 0 if size.denominator == 1 else 1
    while size and not round_half_up(size, places):
        places += 1
    return places


def format_in_sentence(value: Value, levels: Iterable[Level] = ()) -> str:
    """Return ``value`` as a sentence writes it: a count below ten as "01", never as "1"."""
    if isinstance(value.number, int) and 0 < value.number < 10:
        return f"{value.number:02}"
    return format_value(value, levels)


def change_in_words(change: Change, unit: str, against: str) -> str:
    """Return "tăng 3,1 điểm phần trăm so với cùng kỳ năm trước"; "bằng …" where nothing changed."""
    if not change.difference:
        return f"bằng {against}"
    way = "tăng" if change.difference > 0 else "giảm"
    size = format_size(abs(change.difference), change.points)
    said = size.replace(POINTS, POINTS_IN_WORDS) if change.points else f"{size} {unit}"
    return f"{way} {said} so với {against}"
