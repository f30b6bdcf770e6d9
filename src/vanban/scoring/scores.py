"""Points of every sub-criterion, and their sums by criterion, by field and in all.

Points are rounded half up to two decimals at the leaf, so that the printed numbers add up. Not
applicable (không áp dụng) takes a leaf out of the denominator; it is never 0. What the superior's
survey supplies is never part of the self-score: it has its own maximum and points.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from vanban.figures.values import Number
from vanban.scoring.calculation import NO_POINTS, rounded, score_adjustment
from vanban.scoring.facts import AnswerReader, read_adjustment
from vanban.scoring.leaf import LeafScore, score_leaf
from vanban.workspace.models.answers import AdjustmentAnswer
from vanban.workspace.models.criteria import Adjustment, CriteriaField, Criterion
from vanban.workspace.workspace import Workspace


class Tally(Struct, frozen=True):
    """Sums over some sub-criteria.

    ``self_maximum`` is what can be self-scored at all, ``self_applicable`` what of it applies to
    this ward, ``points`` what was reached of that. ``survey_applicable`` and ``survey_points``
    are the same for the superior's survey. ``unanswered`` counts self-scored leaves without
    points; while there are any, ``points`` are those of the others.
    """

    maximum: Decimal
    applicable: Decimal
    self_maximum: Decimal
    self_applicable: Decimal
    points: Decimal
    survey_applicable: Decimal
    survey_points: Decimal | None
    unanswered: int

    @property
    def is_complete(self) -> bool:
        return self.unanswered == 0

    @property
    def share(self) -> Fraction | None:
        """Self-score over the self-scored applicable maximum, None where nothing applies."""
        if not self.self_applicable:
            return None
        return Fraction(self.points) / Fraction(self.self_applicable)

    @property
    def lost(self) -> Decimal:
        return self.self_applicable - self.points

    @property
    def total(self) -> Decimal | None:
        """Self-score and survey together, None until both are there."""
        if not self.is_complete or self.survey_points is None:
            return None
        return self.points + self.survey_points


class CriterionScore(Struct, frozen=True, dict=True):
    criterion: Criterion
    leaves: tuple[LeafScore, ...]

    @cached_property
    def tally(self) -> Tally:
        return tally(self.leaves)


class FieldScore(Struct, frozen=True, dict=True):
    """``last_year`` is the field's self-score of the year before, None where it is not known."""

    field: CriteriaField
    criteria: tuple[CriterionScore, ...]
    last_year: Decimal | None = None

    @property
    def leaves(self) -> tuple[LeafScore, ...]:
        return tuple(leaf for criterion in self.criteria for leaf in criterion.leaves)

    @cached_property
    def tally(self) -> Tally:
        return tally(self.leaves)

    @property
    def change(self) -> Decimal | None:
        """Points more than last year; negative for fewer."""
        return None if self.last_year is None else self.tally.points - self.last_year


class AdjustmentScore(Struct, frozen=True):
    """A bonus or penalty that was answered; ``points`` is its size after the cap."""

    adjustment: Adjustment
    answer: AdjustmentAnswer
    count: Number
    points: Decimal


class Scores(Struct, frozen=True, dict=True):
    """The whole self-assessment, in the order of the set."""

    fields: tuple[FieldScore, ...]
    bonuses: tuple[AdjustmentScore, ...] = ()
    penalties: tuple[AdjustmentScore, ...] = ()

    @property
    def leaves(self) -> tuple[LeafScore, ...]:
        return tuple(leaf for field in self.fields for leaf in field.leaves)

    @cached_property
    def tally(self) -> Tally:
        return tally(self.leaves)

    @property
    def bonus(self) -> Decimal:
        return sum((each.points for each in self.bonuses), NO_POINTS)

    @property
    def penalty(self) -> Decimal:
        return sum((each.points for each in self.penalties), NO_POINTS)

    @property
    def index(self) -> Decimal | None:
        """The index of 100: points reached with the survey ÷ applicable maximum × 100.

        None until every leaf has points and the survey's value is entered. Bonus and penalty are
        not in it; see :attr:`final`.
        """
        total, applicable = self.tally.total, self.tally.applicable
        if total is None or not applicable:
            return None
        return rounded(Fraction(total) / Fraction(applicable) * 100)

    @property
    def final(self) -> Decimal | None:
        """The index with bonus and penalty, kept between 0 and 100; None like the index."""
        if self.index is None:
            return None
        return min(max(self.index + self.bonus - self.penalty, NO_POINTS), Decimal("100.00"))

    @property
    def at_maximum(self) -> tuple[LeafScore, ...]:
        """Self-scored leaves that reach their maximum."""
        return tuple(leaf for leaf in self.leaves if not leaf.is_survey and leaf.lost == 0)

    @property
    def reduced(self) -> tuple[LeafScore, ...]:
        """Self-scored leaves that lose points."""
        return tuple(leaf for leaf in self.leaves if not leaf.is_survey and leaf.lost)

    @property
    def not_applicable(self) -> tuple[LeafScore, ...]:
        return tuple(leaf for leaf in self.leaves if not leaf.is_applicable)


def score(workspace: Workspace) -> Scores:
    """Score this year's answers by this year's set.

    A leaf without a usable answer has no points; :func:`vanban.scoring.checks.check_scores` says
    why. Without ``tu-danh-gia.yaml`` no leaf is answered. Raises ValueError where the year has no
    set of criteria.
    """
    if workspace.criteria is None:
        raise ValueError(f"{workspace.year} has no set of criteria")
    assessment = workspace.self_assessment
    answers = {} if assessment is None else assessment.answers
    last_year = {} if assessment is None else assessment.last_year
    reader = AnswerReader(workspace)
    fields = tuple(
        FieldScore(
            field,
            tuple(
                CriterionScore(
                    criterion,
                    tuple(
                        score_leaf(reader, part, answers.get(part.code)) for part in criterion.parts
                    ),
                )
                for criterion in field.criteria
            ),
            rounded(last_year[field.code]) if field.code in last_year else None,
        )
        for field in workspace.criteria.fields
    )
    if assessment is None:
        return Scores(fields)
    return Scores(
        fields,
        _adjustments(workspace.criteria.bonuses, assessment.bonuses),
        _adjustments(workspace.criteria.penalties, assessment.penalties),
    )


def tally(leaves: Iterable[LeafScore]) -> Tally:
    """Add up ``leaves``."""
    every = tuple(leaves)
    own = [leaf for leaf in every if not leaf.is_survey]
    survey = [leaf for leaf in every if leaf.is_survey and leaf.is_applicable]
    applicable = [leaf for leaf in own if leaf.is_applicable]
    surveyed = all(leaf.points is not None for leaf in survey)
    return Tally(
        maximum=_sum(leaf.maximum for leaf in every),
        applicable=_sum(leaf.maximum for leaf in every if leaf.is_applicable),
        self_maximum=_sum(leaf.maximum for leaf in own),
        self_applicable=_sum(leaf.maximum for leaf in applicable),
        points=_sum(leaf.points for leaf in applicable),
        survey_applicable=_sum(leaf.maximum for leaf in survey),
        survey_points=_sum(leaf.points for leaf in survey) if surveyed else None,
        unanswered=sum(leaf.points is None for leaf in applicable),
    )


def _sum(points: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in points if each is not None), NO_POINTS)


def _adjustments(
    known: Iterable[Adjustment], answers: Iterable[AdjustmentAnswer]
) -> tuple[AdjustmentScore, ...]:
    by_id = {adjustment.id: adjustment for adjustment in known}
    scored = []
    for answer in answers:
        count, _ = read_adjustment(answer)
        if answer.id in by_id and count is not None:
            adjustment = by_id[answer.id]
            points = score_adjustment(adjustment.each, count, adjustment.cap)
            scored.append(AdjustmentScore(adjustment, answer, count, points))
    return tuple(scored)
