"""The self-assessment report: answers, computed points and evidence → Document, by its outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from vanban.compose.furniture import basis_lines, make_document, registry_blanks, year_of
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.document import Align, Cell, Composed, Gap, Row, Run, Table
from vanban.evidence.descriptions import documents_of
from vanban.evidence.rows import evidence_rows
from vanban.figures.notation import format_ratio
from vanban.nd30.numbers import MINUS, format_number
from vanban.provenance import (
    Origin,
    computed,
    fixed,
    origins_of,
    sources_of,
    traced,
    traced_list,
)
from vanban.scoring.leaf import LeafScore, Outcome
from vanban.scoring.scores import CriterionScore, FieldScore, Scores, Tally, score
from vanban.workspace.models.answers import SelfAssessment
from vanban.workspace.models.criteria import CriteriaField, CriteriaSet, Criterion, SubCriterion
from vanban.workspace.workspace import Workspace

BAR_UNITS = 50
"""Cells that a full bar of the chart is made of: one for every 2 %."""

BAR_UNIT = 1.6
"""Width of one of them, mm."""

BAR_FILL = "7F7F7F"
UNKNOWN = "–"


@dataclass(frozen=True)
class SummaryRow:
    """A field in the summary; texts as printed."""

    code: str
    name: str
    maximum: str
    applicable: str
    points: str
    share: str
    change: str


@dataclass(frozen=True)
class TotalRow:
    """The sums over all fields; texts as printed."""

    maximum: str
    self_maximum: str
    self_applicable: str
    points: str
    share: str
    change: str


@dataclass(frozen=True)
class ScoringRow:
    """A row of the full table; a ``heading`` row is a field or a criterion."""

    code: str
    name: str
    maximum: str
    points: str
    heading: bool = False
    declared: str = ""
    ratio: str = ""
    method: str = ""
    evidence: str = ""
    explanation: str = ""
    note: str = ""


def compose_self_assessment(
    workspace: Workspace, criteria: CriteriaSet, assessment: SelfAssessment, templates: Path
) -> Composed:
    """Compose the report; the answers must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    scores = score(workspace)
    rows = tuple(_scoring_rows(scores, workspace))
    outlined = fill_outline(
        templates / "self-assessment.md",
        {
            "agency": workspace.agency,
            "year": year_of(workspace),
            "assessment": assessment,
            "criteria_name": criteria.name,
            "bases": basis_lines(assessment.bases, workspace),
            "total": _total(scores),
            "survey_sentence": _survey_sentence(scores, workspace.agency.common_noun),
            "summary": tuple(_summary_row(field, assessment) for field in scores.fields),
            "extra": tuple(_extra_rows(scores)),
            "chart": chart(scores),
            "at_maximum": tuple(_named(leaf) for leaf in scores.at_maximum),
            "reduced": tuple(_reduced(leaf) for leaf in scores.reduced),
            "not_applicable": tuple(
                traced(_named(leaf), ": ", leaf.reason or "") for leaf in scores.not_applicable
            ),
            "scoring": rows,
            "evidence": tuple(evidence_rows(workspace)),
            "explanations": tuple(row for row in rows if row.explanation),
        },
    )
    registers = (workspace.evidence,) if workspace.evidence is not None else ()
    document = make_document(
        "self-assessment",
        outlined,
        assessment,
        workspace,
        (criteria, *registers, *workspace.reports.values()),
    )
    unanswered = tuple(
        Gap(
            f"chưa trả lời: {_named(leaf)} (tra_loi: {leaf.code})",
            assessment.at("answers", leaf.code),
            f"tra_loi.{leaf.code}",
        )
        for leaf in scores.leaves
        if leaf.outcome is Outcome.UNANSWERED
    )
    missing = gaps("self-assessment", document, (assessment,), workspace, unanswered)
    return Composed(document, outlined.path, missing=missing, blanks=registry_blanks(assessment))


def chart(scores: Scores) -> Table:
    """Return the bars of the fields as a table: name, bar, points.

    The bar is a filled cell over as many of :data:`BAR_UNITS` narrow columns as the field reached
    of its applicable maximum; the figures stand beside it as text.
    """
    rows = []
    described: list[str] = []
    for field in scores.fields:
        share = field.tally.share
        units = round((share or Fraction(0)) * BAR_UNITS)
        filled = (Cell((), columns=units, fill=BAR_FILL),) if units else ()
        empty = (Cell((), columns=BAR_UNITS - units),) if units < BAR_UNITS else ()
        label = traced(_code(field.field), ". ", field.field.name)
        text = UNKNOWN
        if share is not None:
            tally = field.tally
            text = f"{points_text(tally.points)}/{points_text(tally.self_applicable)}"
        reached = computed(text, *_origins(field))
        described.append(traced(label, ": ", reached))
        figure = Cell((Run(reached),), Align.RIGHT)
        rows.append(Row((Cell((Run(label),)), *filled, *empty, figure)))
    head = Row(
        (
            Cell((Run(fixed("Lĩnh vực")),), Align.CENTER),
            Cell((Run(fixed("Tỷ lệ điểm đạt")),), Align.CENTER, columns=BAR_UNITS),
            Cell((Run(fixed("Điểm")),), Align.CENTER),
        )
    )
    widths = (58.0, *(BAR_UNIT,) * BAR_UNITS, 27.0)
    return Table(widths, (head,), tuple(rows), traced_list("; ", described))


def points_text(points: Decimal | None) -> str:
    """Return points with two decimals, "–" where there are none."""
    return UNKNOWN if points is None else format_number(points, 2)


def _code(entry: CriteriaField | Criterion | SubCriterion) -> str:
    return computed(entry.code, entry.origin("code"))


def _origins(*scores: FieldScore | CriterionScore | LeafScore) -> tuple[Origin, ...]:
    """Return the maximum points and the answers that points are made from."""
    found: list[Origin] = []
    for each in scores:
        if isinstance(each, LeafScore):
            found.append(each.part.origin("maximum"))
            found += [] if each.answer is None else [each.answer.origin()]
        else:
            found += _origins(*(each.criteria if isinstance(each, FieldScore) else each.leaves))
    return tuple(found)


def _summary_row(field: FieldScore, assessment: SelfAssessment) -> SummaryRow:
    tally = field.tally
    own = bool(tally.self_maximum)
    texts = (
        points_text(tally.maximum),
        points_text(tally.self_applicable if own else tally.survey_applicable),
        points_text(tally.points) if own else "khảo sát",
        _share(tally),
        _change(field.change),
    )
    origins = (*_origins(field), assessment.origin("last_year", field.field.code))
    return SummaryRow(
        _code(field.field), field.field.name, *(computed(text, *origins) for text in texts)
    )


def _extra_rows(scores: Scores) -> Iterator[SummaryRow]:
    """Yield what stands below the self-score: the survey, bonuses and penalties."""
    tally = scores.tally
    if tally.survey_applicable:
        points = tally.survey_points
        share = Fraction(points) / Fraction(tally.survey_applicable) if points is not None else None
        texts = (
            "Điều tra xã hội học",
            points_text(tally.survey_applicable),
            points_text(tally.survey_applicable),
            points_text(points),
            format_ratio(share) if share is not None else UNKNOWN,
            UNKNOWN,
        )
        survey = _origins(*(leaf for leaf in scores.leaves if leaf.is_survey))
        yield SummaryRow("", *(computed(text, *survey) for text in texts))
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
            yield SummaryRow("", name, cap, unknown, signed, unknown, unknown)


def _total(scores: Scores) -> TotalRow:
    tally = scores.tally
    known = [field.last_year for field in scores.fields if field.tally.self_maximum]
    before = [points for points in known if points is not None]
    complete = bool(known) and len(before) == len(known)
    texts = (
        points_text(tally.maximum),
        points_text(tally.self_maximum),
        points_text(tally.self_applicable),
        points_text(tally.points),
        _share(tally),
        _change(tally.points - sum(before, Decimal(0)) if complete else None),
    )
    origins = _origins(*scores.fields)
    return TotalRow(*(computed(text, *origins) for text in texts))


def _share(tally: Tally) -> str:
    return UNKNOWN if tally.share is None else format_ratio(tally.share)


def _change(change: Decimal | None) -> str:
    if change is None:
        return UNKNOWN
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{format_number(abs(change), 2)}"


def _survey_sentence(scores: Scores, own: str) -> str:
    text = _survey_words(scores, own)
    return computed(text, *_origins(*(leaf for leaf in scores.leaves if leaf.is_survey)))


def _survey_words(scores: Scores, own: str) -> str:
    tally = scores.tally
    if not tally.survey_applicable:
        return "Bộ tiêu chí không có phần điều tra xã hội học."
    maximum = points_text(tally.survey_applicable)
    if tally.survey_points is None:
        return (
            f"Phần điều tra xã hội học ({maximum} điểm) do Sở Nội vụ công bố, {own} không tự "
            "chấm; chưa có kết quả nên chưa tính Chỉ số trên thang 100."
        )
    sentence = f"Điểm điều tra xã hội học là {points_text(tally.survey_points)}/{maximum} điểm"
    if scores.index is None or scores.final is None:
        return f"{sentence}."
    sentence = f"{sentence}; Chỉ số trên thang 100 là {points_text(scores.index)}"
    if scores.bonuses or scores.penalties:
        return f"{sentence}, sau điểm thưởng, điểm phạt là {points_text(scores.final)}."
    return f"{sentence}."


def _named(leaf: LeafScore) -> str:
    maximum = computed(points_text(leaf.maximum), leaf.part.origin("maximum"))
    return traced(_code(leaf.part), ". ", leaf.part.name, " (", maximum, " điểm)")


def _reduced(leaf: LeafScore) -> str:
    cause = leaf.answer.note if leaf.answer is not None else None
    points = _made(f"{points_text(leaf.points)}/{points_text(leaf.maximum)}", leaf)
    declared = _made(leaf.declared, leaf)
    return traced(
        *(_code(leaf.part), ". ", leaf.part.name, ": đạt ", points, " điểm"),
        *(("; kê khai: ", declared) if declared else ()),
        *("; cách tính: ", leaf.part.method),
        *((". Nguyên nhân: ", cause) if cause is not None else ()),
    )


def _scoring_rows(scores: Scores, workspace: Workspace) -> Iterator[ScoringRow]:
    proofs = documents_of(workspace)
    for field in scores.fields:
        yield _heading(_code(field.field), field.field.name.upper(), field)
        for criterion in field.criteria:
            yield _heading(_code(criterion.criterion), criterion.criterion.name, criterion)
            for leaf in criterion.leaves:
                answer = leaf.answer
                codes = traced_list(", ", (each.code for each in proofs.get(leaf.code, ())))
                note = (answer.note or "") if answer is not None else ""
                yield ScoringRow(
                    _code(leaf.part),
                    leaf.part.name,
                    computed(points_text(leaf.maximum), leaf.part.origin("maximum")),
                    _made(_points_of(leaf), leaf),
                    declared=_made(_declared(leaf), leaf),
                    ratio=_made(leaf.ratio_text, leaf),
                    method=leaf.part.method,
                    evidence=codes,
                    explanation=(answer.explanation or "") if answer is not None else "",
                    note=note or _made(leaf.reason or "", leaf),
                )


def _declared(leaf: LeafScore) -> str:
    """Return what was declared; b / a with room for a line to break between two long figures."""
    return leaf.declared.replace("/", " / ") if leaf.ratio is not None else leaf.declared


def _made(text: str, leaf: LeafScore) -> str:
    """Return ``text`` as made from an answer, where it does not say more of itself."""
    return text if sources_of(text) else computed(text, *_origins(leaf))


def _heading(code: str, name: str, score: FieldScore | CriterionScore) -> ScoringRow:
    tally, origins = score.tally, _origins(score)
    points = points_text(tally.points) if tally.self_maximum else UNKNOWN
    maximum = points_text(tally.maximum)
    return ScoringRow(
        code, name, computed(maximum, *origins), computed(points, *origins), heading=True
    )


def _points_of(leaf: LeafScore) -> str:
    if leaf.outcome is Outcome.NOT_APPLICABLE:
        return "không áp dụng"
    if leaf.outcome is Outcome.AWAITING_SURVEY:
        return "khảo sát"
    return points_text(leaf.points)
