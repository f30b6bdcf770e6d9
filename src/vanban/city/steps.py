"""Which points a sub-criterion can have by its rule, for whoever appraises it.

In: a sub-criterion. Out: :class:`Allowed`. A rule of levels, of yes and no or of cases leaves some
values; a ratio leaves every number of two decimals up to the maximum. No points at all are always
possible: what is not proven is worth nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from vanban.nd30.numbers import format_typed
from vanban.scoring.calculation import NO_POINTS, rounded
from vanban.workspace.models.criteria import CriteriaSet, RuleKind, SubCriterion

MOST_STEPS = 40
"""Values that are told apart; a rule of smaller steps is taken as one of any points."""
_BY_SHARE = frozenset({RuleKind.RATIO, RuleKind.SURVEY})


class Allowed(Struct, frozen=True):
    """The points that can be given: ``values``, ascending; none of them where any will do."""

    maximum: Decimal
    values: tuple[Decimal, ...] = ()

    @property
    def text(self) -> str:
        """The values as they are told: "0; 0,5; 1,5"; "từ 0 đến 2,5"."""
        if self.values:
            return "; ".join(map(format_typed, self.values))
        return f"từ 0 đến {format_typed(self.maximum)}"

    def refusal(self, points: Decimal) -> str | None:
        """Say what is wrong with ``points``, None for points that can be given."""
        said, most = format_typed(points), format_typed(self.maximum)
        if points < 0:
            return f"{said} là điểm âm — ghi {self.text}"
        if points > self.maximum:
            return f"{said} vượt điểm tối đa {most} — ghi {self.text}"
        if self.values and points not in self.values:
            return f"{said} không phải một mức của tiêu chí — ghi một trong: {self.text}"
        if points != rounded(points):
            return f"{said} có quá hai chữ số lẻ — làm tròn đến hai chữ số"
        return None


def self_scored(criteria: CriteriaSet) -> Iterator[SubCriterion]:
    """Yield the sub-criteria that a ward scores itself; the superior's survey is none of them."""
    for field in criteria.fields:
        for criterion in field.criteria:
            for part in criterion.parts:
                if part.rule.kind is not RuleKind.SURVEY:
                    yield part


def allowed(part: SubCriterion) -> Allowed:
    """Return the points that ``part`` can have by its rule."""
    maximum = rounded(part.maximum)
    tiers = part.rule.tiers
    if part.rule.kind in _BY_SHARE or any(tier.points is None for tier in tiers):
        return Allowed(maximum)
    values = {NO_POINTS, *(rounded(each) for each in _values(part))}
    fitting = tuple(sorted(each for each in values if each <= maximum))
    return Allowed(maximum, fitting if len(fitting) <= MOST_STEPS else ())


def _values(part: SubCriterion) -> Iterator[Decimal]:
    rule, maximum = part.rule, Decimal(part.maximum)
    if rule.otherwise is not None:
        yield rule.otherwise
    if rule.tiers:
        yield from (tier.points or NO_POINTS for tier in rule.tiers)
        return
    yield maximum
    if rule.kind not in (RuleKind.PER_ITEM, RuleKind.DEDUCTION) or not rule.each:
        return
    least = rule.lowest if rule.kind is RuleKind.DEDUCTION else NO_POINTS
    yield least
    for count in range(1, min(int(maximum / rule.each), MOST_STEPS) + 1):
        points = rule.each * count
        if rule.kind is RuleKind.PER_ITEM:
            yield points
        elif maximum - points >= least:
            yield maximum - points
