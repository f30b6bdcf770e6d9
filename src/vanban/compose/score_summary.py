"""The sums of the self-assessment by field: a table that adds up on the page, and its bars.

Self-scored points, those of the superior's survey and the total stand there once each.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from vanban.compose.bars import Bar, bar_chart
from vanban.compose.score_texts import UNKNOWN, change_text, code_of, origins, points_text
from vanban.document import Table
from vanban.figures.notation import format_ratio
from vanban.nd30.numbers import MINUS, format_number
from vanban.provenance import computed, origins_of, traced
from vanban.scoring.scores import FieldScore, Scores
from vanban.workspace.models.answers import SelfAssessment

NOT_PUBLISHED = "chưa công bố"


class SummaryRow(Struct, frozen=True):
    """A row of the summary; texts as printed."""

    code: str
    name: str
    maximum: str
    applicable: str
    points: str
    change: str = UNKNOWN


class Summary(Struct, frozen=True):
    """The summary: self-scored ``fields``, their sum, ``survey``, the total, bonus and penalty.

    ``share`` is the self-score over its applicable maximum. ``left_out`` are the points that do
    not apply, ``survey_points`` those of the survey, ``index`` and ``final`` the index of 100
    without and with bonus and penalty: "" where there are none. ``compares`` says that some field
    has points of last year.
    """

    fields: tuple[SummaryRow, ...]
    own: SummaryRow
    survey: tuple[SummaryRow, ...]
    total: SummaryRow
    adjustments: tuple[SummaryRow, ...]
    share: str
    left_out: str
    survey_maximum: str
    survey_points: str
    index: str
    final: str
    compares: bool


def summary(scores: Scores, assessment: SelfAssessment) -> Summary:
    tally = scores.tally
    every = origins(*scores.fields)
    surveyed = origins(*(leaf for leaf in scores.leaves if leaf.is_survey))

    def text(points: Decimal | None) -> str:
        return computed("" if points is None else points_text(points), *every)

    total = (tally.maximum, tally.applicable, tally.total)
    left_out = tally.self_maximum - tally.self_applicable
    adjusted = scores.final if scores.bonuses or scores.penalties else None
    survey_points = tally.survey_points if tally.survey_applicable else None
    return Summary(
        fields=tuple(_own_row(each, assessment) for each in scores.fields if _is_own(each)),
        own=SummaryRow(
            "",
            "",
            text(tally.self_maximum),
            text(tally.self_applicable),
            text(tally.points),
            computed(_change_of_all(scores), *every),
        ),
        survey=tuple(_survey_row(each) for each in scores.fields if _has_survey(each)),
        total=SummaryRow("", "", *(computed(points_text(each), *every) for each in total)),
        adjustments=tuple(_adjustments(scores)),
        share=computed(UNKNOWN if tally.share is None else format_ratio(tally.share), *every),
        left_out=text(left_out or None),
        survey_maximum=computed(
            points_text(tally.survey_applicable) if tally.survey_applicable else "", *surveyed
        ),
        survey_points=computed(
            "" if survey_points is None else points_text(survey_points), *surveyed
        ),
        index=text(scores.index),
        final=text(adjusted),
        compares=any(each.last_year is not None for each in scores.fields),
    )


def _is_own(field: FieldScore) -> bool:
    return bool(field.tally.self_maximum)


def _has_survey(field: FieldScore) -> bool:
    return any(leaf.is_survey for leaf in field.leaves)


def _own_row(field: FieldScore, assessment: SelfAssessment) -> SummaryRow:
    tally = field.tally
    made_from = (*origins(field), assessment.origin("last_year", field.field.code))
    texts = (
        points_text(tally.self_maximum),
        points_text(tally.self_applicable),
        points_text(tally.points),
        change_text(field.change),
    )
    return SummaryRow(
        code_of(field.field), field.field.name, *(computed(text, *made_from) for text in texts)
    )


def _survey_row(field: FieldScore) -> SummaryRow:
    """Return what the survey gives of a field; named by it where nothing of it is self-scored."""
    tally, made_from = field.tally, origins(field)
    points = tally.survey_points
    texts = (
        points_text(tally.maximum - tally.self_maximum),
        points_text(tally.survey_applicable),
        NOT_PUBLISHED if points is None else points_text(points),
    )
    name = field.field.name
    if _is_own(field):
        name = traced(name, computed(" (điều tra xã hội học)", *made_from))
    return SummaryRow(code_of(field.field), name, *(computed(text, *made_from) for text in texts))


def _adjustments(scores: Scores) -> Iterator[SummaryRow]:
    for kind, sign, adjusted in (
        ("Điểm thưởng", "+", scores.bonuses),
        ("Điểm phạt", MINUS, scores.penalties),
    ):
        for each in adjusted:
            counted = computed(format_number(each.count), each.answer.origin("count"))
            name = traced(kind, ": ", each.adjustment.name, " (", counted, " trường hợp)")
            cap = computed(points_text(each.adjustment.cap), each.adjustment.origin("cap"))
            unknown = computed(UNKNOWN, each.answer.origin())
            signed = computed(f"{sign}{points_text(each.points)}", *origins_of(counted, cap))
            yield SummaryRow("", name, cap, unknown, signed, unknown)


def _change_of_all(scores: Scores) -> str:
    known = [field.last_year for field in scores.fields if _is_own(field)]
    before = [points for points in known if points is not None]
    complete = bool(known) and len(before) == len(known)
    return change_text(scores.tally.points - sum(before, Decimal(0)) if complete else None)


def chart(scores: Scores) -> Table:
    """Return the bars of the fields, the best first.

    Labels are short, so that every bar is a line high; the names stand in the table of points and
    in the words for those who do not see the chart.
    """
    shares = [(field.tally.share, field) for field in scores.fields]
    known = [(share, field) for share, field in shares if share is not None]
    bars = []
    for share, field in sorted(known, key=lambda each: -each[0]):
        made_from, code = origins(field), code_of(field.field)
        label = traced(computed("Lĩnh vực ", *made_from), code)
        reached = computed(format_ratio(share), *made_from)
        bars.append(Bar(label, share, reached, traced(code, ". ", field.field.name)))
    return bar_chart(bars, ("Lĩnh vực", "Tỷ lệ điểm đạt", ""), (30.0, 110.0, 25.0))
