"""The scoring rules: one small pure function a kind, on exact numbers.

In: points (điểm) as Decimal, shares as Fraction (1 is 100 %), counts. Out: points rounded half up
to two decimals, never below 0 and never above the maximum. The parameters are those of
``tieu-chi.yaml``; :mod:`vanban.scoring.checks` sees to it that they make sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from vanban.nd30.numbers import round_half_up
from vanban.workspace.models.criteria import WhenNothing

PLACES = 2
"""Decimals of points in the usual scoring software and forms."""

NO_POINTS = Decimal("0.00")

Amount = int | Decimal
"""A count, or an amount with decimals such as million đồng."""


def rounded(points: Decimal | Fraction | int) -> Decimal:
    """Return ``points`` with two decimals, halves up."""
    return round_half_up(points, PLACES)


def score_yes_no(maximum: Decimal, yes: bool) -> Decimal:
    """``co_khong``: the maximum for yes, nothing for no."""
    return rounded(maximum) if yes else NO_POINTS


def score_tier(points: Mapping[str, Decimal], choice: str) -> Decimal:
    """``bac``: the points of the tier chosen; KeyError where there is no such tier."""
    return rounded(points[choice])


def score_ratio_tiers(
    maximum: Decimal, tiers: Iterable[tuple[Fraction, Decimal | None]], ratio: Fraction
) -> Decimal:
    """``bac_ty_le``: the points of the highest tier that ``ratio`` reaches, else 0.

    ``tiers`` are pairs of lowest share and points, highest first; without points a tier gives
    ``ratio`` × ``maximum``.
    """
    for at_least, points in tiers:
        if ratio >= at_least:
            return score_ratio(maximum, ratio) if points is None else rounded(points)
    return NO_POINTS


def score_ratio(
    maximum: Decimal,
    ratio: Fraction,
    floor: Fraction | None = None,
    target: Fraction | None = None,
) -> Decimal:
    """``ty_le``: ``ratio`` ÷ ``target`` × ``maximum``, at most the maximum; 0 under ``floor``.

    Without a target the maximum is reached at 100 %. The floor is compared with the exact ratio
    and is itself enough.
    """
    if floor is not None and ratio < floor:
        return NO_POINTS
    share = ratio if target is None else ratio / target
    return rounded(min(share, Fraction(1)) * Fraction(maximum))


def score_items(maximum: Decimal, each: Decimal, count: Amount) -> Decimal:
    """``dem``: ``each`` for every item, at most the maximum."""
    return rounded(min(each * count, maximum))


def score_deduction(
    maximum: Decimal, each: Decimal, count: Amount, lowest: Decimal = NO_POINTS
) -> Decimal:
    """``tru``: the maximum less ``each`` for every case, at least ``lowest``."""
    return rounded(max(maximum - each * count, lowest))


def score_survey(maximum: Decimal, share: Fraction) -> Decimal:
    """``khao_sat``: the share that the superior's survey found × the maximum."""
    return score_ratio(maximum, share)


def score_nothing(maximum: Decimal, choice: WhenNothing) -> Decimal | None:
    """a = 0, nothing arose: what the rule says, None for not applicable (không áp dụng)."""
    return {
        WhenNothing.FULL: rounded(maximum),
        WhenNothing.ZERO: NO_POINTS,
        WhenNothing.NOT_APPLICABLE: None,
    }[choice]


def score_adjustment(each: Decimal, count: Amount, cap: Decimal) -> Decimal:
    """Bonus (điểm thưởng) or penalty (điểm phạt): ``each`` for every case, at most ``cap``.

    The result is a size; the caller adds or subtracts it.
    """
    return rounded(min(each * count, cap))
