"""Why a sub-criterion has not all of its points, by the kind of its rule.

In: a score below its maximum. Out: one of a few reasons, each of which the outline of the
self-assessment has a sentence for, and the share that decided.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from vanban.scoring.leaf import LeafScore
from vanban.workspace.models.criteria import DueDay, RuleKind


class Why(StrEnum):
    """How points were lost; the names are those that the outline asks for."""

    CONDITION = "thiếu điều kiện"
    NOTHING = "không phát sinh"
    NO = "không đạt"
    TIER = "chọn mức"
    BELOW = "dưới mức"
    TIER_OF_RATIO = "mức theo tỷ lệ"
    RATIO = "theo tỷ lệ"
    ITEMS = "đếm việc"
    CASES = "trừ điểm"
    TIER_OF_COUNT = "mức theo số lượng"
    LATE = "trễ hạn"


_OF_KIND = {
    RuleKind.YES_NO: Why.NO,
    RuleKind.TIERS: Why.TIER,
    RuleKind.PER_ITEM: Why.ITEMS,
    RuleKind.DEDUCTION: Why.CASES,
}


class Shortfall(Struct, frozen=True):
    """``why``, and the bound that was not reached, or of the tier that was; None for none.

    It is a share of 1 (``strict``: the tier is above it), a count, or the day that was due.
    """

    why: Why
    bound: Fraction | int | DueDay | None = None
    strict: bool = False


def shortfall(leaf: LeafScore) -> Shortfall:
    """Say why ``leaf``, which lost points, has them not."""
    rule, facts = leaf.part.rule, leaf.facts
    if facts is not None and facts.precondition is False:
        return Shortfall(Why.CONDITION)
    if rule.kind in _OF_KIND:
        return Shortfall(_OF_KIND[rule.kind])
    if rule.kind is RuleKind.COUNT_TIERS and facts is not None:
        count = facts.count or 0
        levels = [tier.at_least_count or 0 for tier in rule.tiers]
        return Shortfall(Why.TIER_OF_COUNT, next((each for each in levels if count >= each), None))
    if rule.kind is RuleKind.ON_TIME:
        late = facts is not None and facts.day is not None
        return Shortfall(Why.LATE, rule.due) if late else Shortfall(Why.NO)
    ratio = leaf.ratio
    if ratio is None:
        return Shortfall(Why.NOTHING)
    if rule.kind is RuleKind.RATIO:
        if rule.floor is not None and ratio < rule.floor:
            return Shortfall(Why.BELOW, rule.floor)
        return Shortfall(Why.RATIO, rule.target)
    reached = next((tier for tier in rule.tiers if tier.reached_by(ratio)), None)
    if reached is None:
        return Shortfall(Why.BELOW, rule.tiers[-1].at_least)
    if reached.points is not None and reached.above is not None:
        return Shortfall(Why.TIER_OF_RATIO, reached.above, strict=True)
    if reached.points is not None:
        return Shortfall(Why.TIER_OF_RATIO, reached.at_least)
    return Shortfall(Why.RATIO)
