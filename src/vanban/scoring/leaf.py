"""The score of one sub-criterion (tiêu chí thành phần): its answer, figures and points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from vanban.figures.levels import Bound, Operator
from vanban.figures.notation import format_ratio
from vanban.nd30.dates import short_date
from vanban.nd30.numbers import format_number
from vanban.provenance import traced
from vanban.scoring.calculation import (
    NO_POINTS,
    Exact,
    rounded,
    score_count_tiers,
    score_deduction,
    score_items,
    score_nothing,
    score_on_time,
    score_ratio,
    score_ratio_tiers,
    score_tier,
    score_yes_no,
)
from vanban.scoring.facts import AnswerReader, Facts
from vanban.scoring.fit import YES
from vanban.workspace.models.answers import Answer
from vanban.workspace.models.criteria import Rule, RuleKind, SubCriterion


class Outcome(StrEnum):
    """What came of a sub-criterion."""

    SCORED = "đã chấm"
    NOT_APPLICABLE = "không áp dụng"
    AWAITING_SURVEY = "chờ kết quả khảo sát"
    UNANSWERED = "chưa trả lời"


NOTHING_AROSE = "Không phát sinh trong năm"
"""The reason of a leaf that its rule makes not applicable when nothing arose."""


class LeafScore(Struct, frozen=True):
    """The score of one sub-criterion (tiêu chí thành phần).

    ``points`` is None unless ``outcome`` is SCORED; ``facts`` are the figures or choice used, None
    where there are none; ``reason`` says why it is not applicable.
    """

    part: SubCriterion
    answer: Answer | None
    outcome: Outcome
    facts: Facts | None = None
    points: Decimal | None = None
    reason: str | None = None

    @property
    def code(self) -> str:
        return self.part.code

    @property
    def maximum(self) -> Decimal:
        return rounded(self.part.maximum)

    @property
    def is_applicable(self) -> bool:
        return self.outcome is not Outcome.NOT_APPLICABLE

    @property
    def is_survey(self) -> bool:
        return self.part.rule.kind is RuleKind.SURVEY

    @property
    def lost(self) -> Decimal | None:
        """Points short of the maximum, None where there are no points."""
        return None if self.points is None else self.maximum - self.points

    @property
    def ratio(self) -> Fraction | None:
        """b/a exactly, or the share that the survey found."""
        if self.facts is None:
            return None
        return self.facts.survey if self.is_survey else self.facts.ratio

    @property
    def ratio_text(self) -> str:
        """The ratio as printed, never on the other side of a bound of its rule; "" for none."""
        return ratio_text(self.part.rule, self.ratio)

    @property
    def declared(self) -> str:
        """What was declared (số liệu kê khai): "41/46", the tier's name, a count; "" for none."""
        return "" if self.facts is None else declared(self.part.rule, self.facts)

    @property
    def has_source(self) -> bool:
        """Say whether typed figures name their source; choices and references need none."""
        answer = self.answer
        if answer is None or answer.source is not None or answer.figure is not None:
            return True
        return answer.done is None and answer.total is None and answer.count is None


def score_leaf(reader: AnswerReader, part: SubCriterion, answer: Answer | None) -> LeafScore:
    """Apply the rule of ``part`` to ``answer``."""
    if answer is not None and answer.not_applicable is not None:
        return LeafScore(part, answer, Outcome.NOT_APPLICABLE, reason=answer.not_applicable)
    facts = None if answer is None else reader.read(part, answer).facts
    if facts is None:
        survey = part.rule.kind is RuleKind.SURVEY
        return LeafScore(part, answer, Outcome.AWAITING_SURVEY if survey else Outcome.UNANSWERED)
    points = points_of(part, facts)
    if points is None:
        return LeafScore(part, answer, Outcome.NOT_APPLICABLE, facts, reason=NOTHING_AROSE)
    return LeafScore(part, answer, Outcome.SCORED, facts, points)


def points_of(part: SubCriterion, facts: Facts) -> Decimal | None:
    """Return the points that ``facts`` are worth, None for not applicable (không áp dụng).

    ``facts`` must be those that the rule needs, as :class:`AnswerReader` gives them.
    """
    return points_by(part.rule, part.maximum, facts)


def points_by(rule: Rule, maximum: Exact, facts: Facts) -> Decimal | None:
    """Return the points of ``facts`` by ``rule``, as :func:`points_of` does, of ``maximum``."""
    if facts.precondition is False:
        paid = rule.otherwise is not None and facts.choice == YES
        return rounded(rule.otherwise or 0) if paid else NO_POINTS
    if facts.nothing_arose and rule.when_nothing is not None:
        return score_nothing(maximum, rule.when_nothing)
    return _POINTS[rule.kind](maximum, rule, facts)


_POINTS: Mapping[RuleKind, Callable[[Exact, Rule, Facts], Decimal]] = {
    RuleKind.YES_NO: lambda maximum, rule, facts: score_yes_no(maximum, facts.choice == YES),
    RuleKind.TIERS: lambda maximum, rule, facts: score_tier(
        {tier.id or "": tier.points or NO_POINTS for tier in rule.tiers}, facts.choice or ""
    ),
    RuleKind.RATIO_TIERS: lambda maximum, rule, facts: score_ratio_tiers(
        maximum,
        [
            (tier.at_least or Fraction(0), tier.points)
            for tier in rule.tiers
            if tier.above is None or tier.reached_by(facts.ratio or Fraction(0))
        ],
        facts.ratio or Fraction(0),
    ),
    RuleKind.COUNT_TIERS: lambda maximum, rule, facts: score_count_tiers(
        [(tier.at_least_count or 0, tier.points or NO_POINTS) for tier in rule.tiers],
        facts.count or 0,
    ),
    RuleKind.ON_TIME: lambda maximum, rule, facts: score_on_time(maximum, facts.days_late),
    RuleKind.RATIO: lambda maximum, rule, facts: score_ratio(
        maximum, facts.ratio or Fraction(0), rule.floor, rule.target or None
    ),
    RuleKind.PER_ITEM: lambda maximum, rule, facts: score_items(
        maximum, rule.each or NO_POINTS, facts.count or 0
    ),
    RuleKind.DEDUCTION: lambda maximum, rule, facts: score_deduction(
        maximum, rule.each or NO_POINTS, facts.count or 0, rule.lowest
    ),
    RuleKind.SURVEY: lambda maximum, rule, facts: score_ratio(maximum, facts.survey or Fraction(0)),
}


def ratio_text(rule: Rule, ratio: Fraction | None) -> str:
    """Return a ratio as printed, never on the other side of a bound of ``rule``; "" for none."""
    if ratio is None:
        return ""
    shares = [rule.floor, rule.target, *(tier.at_least for tier in rule.tiers)]
    bounds = [Bound(Operator.AT_LEAST, share, True) for share in shares if share is not None]
    return format_ratio(ratio, bounds)


def declared(rule: Rule, facts: Facts) -> str:
    """Return what was declared as it is printed: "41/46", a tier's name, a count, a day."""
    if facts.precondition is False:
        return traced("Không đạt điều kiện: ", rule.precondition or "")
    if facts.total is not None and facts.done is not None:
        return f"{format_number(facts.done)}/{format_number(facts.total)}"
    if facts.count is not None:
        return format_number(facts.count)
    if facts.day is not None:
        return short_date(facts.day)
    if rule.kind in (RuleKind.YES_NO, RuleKind.ON_TIME, RuleKind.LATE):
        return "Có" if facts.choice == YES else "Không"
    names = {tier.id: tier.name for tier in rule.tiers}
    return (names.get(facts.choice) or "") if facts.choice is not None else ""
