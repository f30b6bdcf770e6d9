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

Exact = Decimal | Fraction
"""Points before they are rounded; thirds come of points that are moved to others."""


def rounded(points: Exact | int) -> Decimal:
    """Return ``points`` with two decimals, halves up."""
    return round_half_up(points, PLACES)


def score_yes_no(maximum: Exact, yes: bool) -> Decimal:
    """``co_khong``: the maximum for yes, nothing for no."""
    return rounded(maximum) if yes else NO_POINTS


def score_tier(points: Mapping[str, Decimal], choice: str) -> Decimal:
    """``bac``: the points of the tier chosen; KeyError where there is no such tier."""
    return rounded(points[choice])


def score_ratio_tiers(
    maximum: Exact,
    tiers: Iterable[tuple[Fraction, Decimal | None]],
    ratio: Fraction,
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
    maximum: Exact,
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


def score_count_tiers(tiers: Iterable[tuple[int, Decimal]], count: Amount) -> Decimal:
    """``bac_so``: the points of the highest tier that ``count`` reaches, else 0.

    ``tiers`` are pairs of lowest count and points, highest first.
    """
    return next((rounded(points) for at_least, points in tiers if count >= at_least), NO_POINTS)


def score_on_time(maximum: Exact, days_late: int | None) -> Decimal:
    """``dung_han``: the maximum up to the day that is due; 0 later, and 0 for never (None)."""
    return rounded(maximum) if days_late is not None and days_late <= 0 else NO_POINTS


def late_penalty(
    days_late: int, first_days: int, first_penalty: Decimal, each: Decimal | None
) -> Decimal | None:
    """``tre_han``: the size of the penalty; ``first_penalty`` once for the first days, then more.

    From day ``first_days`` + 1 on ``each`` is added a day. None where there are more days than the
    rule speaks of (it has no ``each``).
    """
    if days_late <= 0:
        return NO_POINTS
    more = max(days_late - first_days, 0)
    if more and each is None:
        return None
    return rounded(first_penalty + more * (each or NO_POINTS))


def penalty_of_cases(
    maximum: Decimal | None, each: Decimal | None, count: Amount
) -> Decimal | None:
    """``tru`` in a group of penalties: the size of the penalty, at most ``maximum``.

    Without ``each`` the set only says what one case costs (``maximum``): None for more than one.
    """
    if each is not None:
        whole = each * count
        return rounded(whole if maximum is None else min(whole, maximum))
    if count > 1:
        return None
    return rounded((maximum or NO_POINTS) * count)


def moved_points(
    maxima: Mapping[str, Decimal], moves: Mapping[str, tuple[str, ...]]
) -> dict[str, Fraction]:
    """Return the maximum of each criterion after those in ``moves`` gave theirs away.

    ``moves`` has, for each criterion of which nothing arose, those that get an equal part of its
    points; it keeps none itself.
    """
    after = {code: Fraction(points) for code, points in maxima.items()}
    for code, receivers in moves.items():
        for receiver in receivers:
            after[receiver] += Fraction(maxima[code]) / len(receivers)
        after[code] -= Fraction(maxima[code]) if receivers else 0
    return after


def capped(points: Decimal, cap: Decimal | None) -> Decimal:
    """Return bonus points, at most ``cap`` where there is one."""
    return points if cap is None else min(points, rounded(cap))


def score_items(maximum: Exact, each: Decimal, count: Amount) -> Decimal:
    """``dem``: ``each`` for every item, at most the maximum."""
    return rounded(min(Fraction(each * count), Fraction(maximum)))


def score_deduction(
    maximum: Exact, each: Decimal, count: Amount, lowest: Decimal = NO_POINTS
) -> Decimal:
    """``tru``: the maximum less ``each`` for every case, at least ``lowest``."""
    return rounded(max(Fraction(maximum) - Fraction(each * count), Fraction(lowest)))


def score_nothing(maximum: Exact, choice: WhenNothing) -> Decimal | None:
    """a = 0, nothing arose: what the rule says, None for not applicable (không áp dụng).

    KeyError for what needs more than the maximum: the other choices of monitored sets.
    """
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
