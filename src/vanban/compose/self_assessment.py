"""The self-assessment report: answers, computed points and evidence → Document, by its outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from vanban.compose.abbreviations import used_abbreviations
from vanban.compose.composed import Composed, Gap
from vanban.compose.deductions import deduction
from vanban.compose.furniture import basis_lines, make_document, registry_blanks, year_of
from vanban.compose.needs import gaps, not_attached
from vanban.compose.outline import fill_outline
from vanban.compose.score_summary import chart, summary
from vanban.compose.score_texts import UNKNOWN, code_of, made, origins, points_text
from vanban.evidence.awaited import awaited
from vanban.evidence.descriptions import documents_of
from vanban.evidence.rows import evidence_rows
from vanban.provenance import TracedNumber, computed, traced, traced_list
from vanban.scoring.leaf import LeafScore, Outcome
from vanban.scoring.scores import CriterionScore, FieldScore, Scores, score
from vanban.workspace.models.answers import SelfAssessment
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.workspace import Workspace


class FullMarks(Struct, frozen=True):
    """The sub-criteria of a field that reach their maximum; texts as printed."""

    name: str
    codes: str
    points: str


class LeftOut(Struct, frozen=True):
    """A sub-criterion that does not apply, and why."""

    code: str
    name: str
    maximum: str
    reason: str


class ScoringRow(Struct, frozen=True):
    """A row of the full table; a ``heading`` row is a field or a criterion.

    ``remark`` is the explanation, then the note or why the sub-criterion does not apply.
    """

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
    remark: str = ""


def compose_self_assessment(
    workspace: Workspace, criteria: CriteriaSet, assessment: SelfAssessment, templates: Path
) -> Composed:
    """Compose the report; the answers must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    scores = score(workspace)
    rows = tuple(_scoring_rows(scores, workspace))
    evidence = tuple(evidence_rows(workspace))
    reduced = tuple(map(deduction, scores.reduced))
    printed = (rows, evidence, reduced, *_narrative(assessment))
    outlined = fill_outline(
        templates / "self-assessment.md",
        {
            "agency": workspace.agency,
            "year": year_of(workspace),
            "assessment": assessment,
            "criteria_name": criteria.name,
            "bases": basis_lines(assessment.bases, workspace),
            "abbreviations": used_abbreviations(workspace, *printed),
            "summary": summary(scores, assessment),
            "chart": chart(scores),
            "at_maximum": tuple(_full_marks(scores)),
            "all_full": _marks(scores.at_maximum),
            "own_count": _count([leaf for leaf in scores.leaves if _is_scored(leaf)]),
            "reduced": reduced,
            "not_applicable": tuple(map(_left_out, scores.not_applicable)),
            "scoring": rows,
            "evidence": evidence,
            "explanations": tuple(row for row in rows if row.explanation),
        },
    )
    lacking_copies = tuple(each.document for each in awaited(workspace))
    registers = (workspace.evidence,) if workspace.evidence is not None else ()
    document = make_document(
        "self-assessment",
        outlined,
        assessment,
        workspace,
        (criteria, *registers, *workspace.reports.values(), *lacking_copies),
    )
    lacking = (*_lacking(scores, assessment), *not_attached(workspace))
    missing = gaps("self-assessment", document, (assessment,), workspace, lacking)
    return Composed(document, outlined.path, missing=missing, blanks=registry_blanks(assessment))


def _narrative(assessment: SelfAssessment) -> Iterator[str]:
    for items in (assessment.organisation, assessment.difficulties, assessment.proposals):
        yield from (item.text for item in items)


def _lacking(scores: Scores, assessment: SelfAssessment) -> Iterator[Gap]:
    """Yield the sub-criteria without an answer, and those that lost points for no stated reason."""
    for leaf in scores.leaves:
        place, keys = assessment.at("answers", leaf.code), f"tra_loi.{leaf.code}"
        name = traced(code_of(leaf.part), ". ", leaf.part.name)
        if leaf.outcome is Outcome.UNANSWERED:
            yield Gap(f"chưa trả lời: {name} (tra_loi: {leaf.code})", place, keys)
        elif _is_scored(leaf) and leaf.lost and leaf.answer and leaf.answer.cause is None:
            yield Gap(f"chưa ghi nguyen_nhan bị trừ điểm: {name}", place, f"{keys}.nguyen_nhan")


def _is_scored(leaf: LeafScore) -> bool:
    return leaf.is_applicable and not leaf.is_survey


def _full_marks(scores: Scores) -> Iterator[FullMarks]:
    for field in scores.fields:
        full = [leaf for leaf in field.leaves if _is_scored(leaf) and leaf.lost == 0]
        if full:
            codes = traced_list(", ", (code_of(leaf.part) for leaf in full))
            yield FullMarks(field.field.name, codes, _marks(full)[1])


def _marks(leaves: Iterable[LeafScore]) -> tuple[TracedNumber, str]:
    """Return how many ``leaves`` there are, and their points."""
    listed = list(leaves)
    points = sum((leaf.points or Decimal(0) for leaf in listed), Decimal(0))
    return _count(listed), computed(points_text(points), *origins(*listed))


def _count(leaves: Sequence[LeafScore]) -> TracedNumber:
    return TracedNumber(len(leaves), *origins(*leaves))


def _left_out(leaf: LeafScore) -> LeftOut:
    maximum = computed(points_text(leaf.maximum), leaf.part.origin("maximum"))
    return LeftOut(code_of(leaf.part), leaf.part.name, maximum, made(leaf.reason or "", leaf))


def _scoring_rows(scores: Scores, workspace: Workspace) -> Iterator[ScoringRow]:
    proofs = documents_of(workspace)
    for field in scores.fields:
        yield _heading(code_of(field.field), field.field.name.upper(), field)
        for criterion in field.criteria:
            yield _heading(code_of(criterion.criterion), criterion.criterion.name, criterion)
            for leaf in criterion.leaves:
                answer = leaf.answer
                codes = traced_list(", ", (each.code for each in proofs.get(leaf.code, ())))
                note = (answer.note or "") if answer is not None else ""
                note = note or made(leaf.reason or "", leaf)
                explanation = (answer.explanation or "") if answer is not None else ""
                yield ScoringRow(
                    code_of(leaf.part),
                    leaf.part.name,
                    computed(points_text(leaf.maximum), leaf.part.origin("maximum")),
                    made(_points_of(leaf), leaf),
                    declared=made(_declared(leaf), leaf),
                    ratio=made(leaf.ratio_text.removesuffix("%"), leaf),
                    method=leaf.part.method,
                    evidence=codes,
                    explanation=explanation,
                    remark=traced_list(" ", filter(None, (explanation, note))),
                )


def _declared(leaf: LeafScore) -> str:
    """Return what was declared; b / a with room for a line to break between two long figures."""
    return leaf.declared.replace("/", " / ") if leaf.ratio is not None else leaf.declared


def _heading(code: str, name: str, score: FieldScore | CriterionScore) -> ScoringRow:
    tally, made_from = score.tally, origins(score)
    points = points_text(tally.points) if tally.self_maximum else UNKNOWN
    maximum = points_text(tally.maximum)
    return ScoringRow(
        code, name, computed(maximum, *made_from), computed(points, *made_from), heading=True
    )


def _points_of(leaf: LeafScore) -> str:
    if leaf.outcome is Outcome.NOT_APPLICABLE:
        return "không áp dụng"
    if leaf.outcome is Outcome.AWAITING_SURVEY:
        return "khảo sát"
    return points_text(leaf.points)
