"""Every problem of the year's criteria and answers, each at its place.

Unknown codes, kinds of rules and indicators are told by loading; here stands what needs the whole
set: sums, parameters of rules, and answers that do not fit their rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vanban.errors import Problem
from vanban.scoring.facts import AnswerReader, read_adjustment
from vanban.scoring.leaf import LeafScore, score_leaf
from vanban.scoring.set_checks import check_set
from vanban.workspace.models.answers import AdjustmentAnswer, SelfAssessment
from vanban.workspace.models.criteria import Adjustment, CriteriaSet
from vanban.workspace.workspace import Workspace


def check_scores(workspace: Workspace) -> list[Problem]:
    """Return every problem of criteria and answers, sorted; empty where the year has no set.

    A sub-criterion without an answer is none: during the year they are entered one by one.
    """
    criteria, assessment = workspace.criteria, workspace.self_assessment
    if criteria is None:
        return []
    problems = {*check_set(criteria)}
    if assessment is not None:
        problems.update(_check_answers(workspace, assessment))
        problems.update(_check_last_year(criteria, assessment))
        for attribute, known, others, answers in (
            ("bonuses", criteria.bonuses, criteria.penalties, assessment.bonuses),
            ("penalties", criteria.penalties, criteria.bonuses, assessment.penalties),
        ):
            problems.update(_check_adjustments(attribute, known, others, answers))
    return sorted(problems)


def _check_answers(workspace: Workspace, assessment: SelfAssessment) -> Iterator[Problem]:
    reader = AnswerReader(workspace)
    parents = [code.rpartition(".")[0] for code in workspace.sub_criteria]
    parents += [code.rpartition(".")[0] for code in parents]
    for code, answer in assessment.answers.items():
        part = workspace.sub_criteria.get(code)
        if part is not None:
            problems = reader.read(part, answer).problems
            yield from problems
            if answer.ratio is not None:
                yield answer.problem(
                    "bản tự đánh giá phải có tử số và mẫu số — ghi da_dat và tong_so", "ratio"
                )
            if answer.cause is not None and not problems:
                yield from _check_cause(score_leaf(reader, part, answer))
        elif code in parents:
            yield Problem(
                assessment.at("answers", code),
                code,
                f"{code} không phải là tiêu chí thành phần nên không chấm trực tiếp — trả lời các "
                f"tiêu chí thành phần của {code}",
            )


def _check_cause(leaf: LeafScore) -> Iterator[Problem]:
    if not leaf.lost and leaf.answer is not None:
        yield leaf.answer.problem(
            f"tiêu chí {leaf.code} không bị trừ điểm nên không có nguyên nhân — xóa dòng này",
            "cause",
        )


def _check_last_year(criteria: CriteriaSet, assessment: SelfAssessment) -> Iterator[Problem]:
    fields = {field.code for field in criteria.fields}
    for code in assessment.last_year:
        if code not in fields:
            yield Problem(
                assessment.at("last_year", code),
                code,
                f"điểm năm trước ghi theo lĩnh vực — ghi mã lĩnh vực: {', '.join(sorted(fields))}",
            )


def _check_adjustments(
    attribute: str,
    known: Iterable[Adjustment],
    others: Iterable[Adjustment],
    answers: Iterable[AdjustmentAnswer],
) -> Iterator[Problem]:
    key = SelfAssessment.model_fields[attribute].alias
    ids, other_ids = {each.id for each in known}, {each.id for each in others}
    told: set[str] = set()
    for answer in answers:
        if answer.id not in ids and answer.id in other_ids:
            yield answer.problem(
                f"“{answer.id}” không thuộc {key} trong tieu-chi.yaml — chuyển sang nhóm kia", "id"
            )
        if answer.id in told:
            yield answer.problem(f"“{answer.id}” đã ghi ở trên — cộng vào một chỗ", "id")
        told.add(answer.id)
        yield from read_adjustment(answer)[1]
