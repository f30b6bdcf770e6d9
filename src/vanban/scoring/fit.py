"""Does an answer fit its rule? What each kind of rule takes, and problems of what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from vanban.errors import Problem
from vanban.nd30.numbers import format_typed
from vanban.scoring.calculation import Amount
from vanban.workspace.models.answers import Answer
from vanban.workspace.models.criteria import Rule, RuleKind, WhenNothing
from vanban.workspace.models.entry import Entry
from vanban.workspace.wording import closest

YES, NO = "co", "khong"

INPUTS: dict[RuleKind, tuple[str, ...]] = {
    # kind of rule: attributes of an Answer that can answer it
    RuleKind.YES_NO: ("choice",),
    RuleKind.TIERS: ("choice",),
    RuleKind.RATIO_TIERS: ("done", "total", "figure", "ratio"),
    RuleKind.RATIO: ("done", "total", "figure", "ratio"),
    RuleKind.PER_ITEM: ("count", "figure"),
    RuleKind.DEDUCTION: ("count", "figure"),
    RuleKind.SURVEY: ("survey",),
    RuleKind.COUNT_TIERS: ("count", "figure"),
    RuleKind.ON_TIME: ("day", "choice"),
    RuleKind.LATE: ("day", "choice"),
    RuleKind.WATCHED: ("done", "total", "count", "figure", "ratio"),
    RuleKind.UNKNOWN: ("done", "total", "count", "figure", "ratio", "choice", "day"),
}
ALL_INPUTS = ("choice", "done", "total", "count", "figure", "ratio", "survey", "day")
RATIO_KINDS = (RuleKind.RATIO, RuleKind.RATIO_TIERS)

_HOW = {
    # kind of rule: what to write in the answer
    RuleKind.RATIO_TIERS: "ghi da_dat và tong_so, hoặc so_lieu",
    RuleKind.RATIO: "ghi da_dat và tong_so, hoặc so_lieu",
    RuleKind.PER_ITEM: "ghi so_luong, hoặc so_lieu",
    RuleKind.DEDUCTION: "ghi so_luong (không có thì ghi 0), hoặc so_lieu",
    RuleKind.SURVEY: "chỉ ghi ket_qua_khao_sat khi Sở Nội vụ đã công bố",
    RuleKind.COUNT_TIERS: "ghi so_luong (không có thì ghi 0), hoặc so_lieu",
    RuleKind.ON_TIME: "ghi ngay đã nộp, hoặc chon: khong nếu không nộp",
    RuleKind.LATE: "ghi ngay đã nộp, hoặc chon: khong nếu không nộp",
    RuleKind.WATCHED: "ghi da_dat và tong_so, so_luong hoặc so_lieu",
}


class Part(Protocol):
    """What is scored: a sub-criterion of the self-assessment, or a row of a monitored set."""

    @property
    def code(self) -> str: ...

    @property
    def rule(self) -> Rule: ...


def choices(part: Part) -> tuple[str, ...]:
    """Return what ``chon`` may be for this sub-criterion."""
    if part.rule.kind is RuleKind.YES_NO or part.rule.otherwise is not None:
        return (YES, NO)
    if part.rule.kind in (RuleKind.ON_TIME, RuleKind.LATE):
        return (NO,)
    return tuple(tier.id for tier in part.rule.tiers if tier.id is not None)


def used(answer: Answer) -> Iterator[str]:
    """Yield the inputs that ``answer`` gives."""
    return (name for name in ALL_INPUTS if getattr(answer, name) is not None)


def _key(attribute: str) -> str:
    return Answer.model_fields[attribute].alias or attribute


def _keys(attributes: Iterable[str]) -> str:
    return ", ".join(_key(attribute) for attribute in attributes)


def how_to_answer(part: Part) -> str:
    """Return what to write as the answer of ``part``."""
    how = _HOW.get(part.rule.kind)
    return how if how is not None else f"ghi chon: {' hoặc '.join(choices(part))}"


def unanswered(part: Part) -> str:
    return f"tiêu chí {part.code} chưa có câu trả lời — {how_to_answer(part)}"


def check_not_applicable(part: Part, answer: Answer) -> Iterator[Problem]:
    """Yield a problem where the answer has no reason, or is also an answer of another kind."""
    reason = answer.not_applicable or ""
    given = [*used(answer), *(["precondition"] if answer.precondition is not None else [])]
    if given:
        yield answer.problem(
            f"tiêu chí {part.code} vừa ghi khong_ap_dung vừa có câu trả lời ({_keys(given)}) — chỉ "
            "giữ một",
            "not_applicable",
        )
    if " " not in reason:
        yield answer.problem(
            f"“{reason}” không phải là lý do — ghi vì sao tiêu chí {part.code} không áp dụng với "
            "cơ quan",
            "not_applicable",
        )


def check_fit(part: Part, answer: Answer) -> Iterator[Problem]:
    """Yield a problem for everything that the rule has no use for or needs and lacks."""
    yield from check_empty(answer)
    allowed = INPUTS[part.rule.kind]
    if part.rule.otherwise is not None and answer.precondition is False:
        allowed = ("choice",)
    strange = [name for name in used(answer) if name not in allowed]
    if strange:
        yield answer.problem(
            f"tiêu chí {part.code} thuộc loại {part.rule.kind.value}, không trả lời bằng "
            f"{_keys(strange)} — {how_to_answer(part)}",
            strange[0],
        )
    typed = [name for name in used(answer) if name in allowed and name != "figure"]
    if answer.figure is not None and typed:
        yield answer.problem(
            f"vừa nhập số ({_keys(typed)}) vừa lấy số liệu của báo cáo (so_lieu) — chỉ giữ một",
            typed[0],
        )
    if answer.last_year is not None and part.rule.when_nothing is not WhenNothing.LAST_YEAR:
        yield answer.problem(
            f"cách tính của tiêu chí {part.code} không dùng số năm trước — xóa dòng này",
            "last_year",
        )
    if answer.ratio is not None and (answer.done is not None or answer.total is not None):
        yield answer.problem(
            "vừa ghi ty_le vừa ghi tử số, mẫu số — chỉ giữ da_dat và tong_so", "ratio"
        )
    condition = part.rule.precondition
    if condition is None and answer.precondition is not None:
        yield answer.problem(
            f"tiêu chí {part.code} không có điều kiện — xóa dòng này", "precondition"
        )
    if condition is not None and answer.precondition is None:
        yield answer.problem(
            f"chưa trả lời điều kiện của tiêu chí {part.code} ({condition}) — thêm dieu_kien: true "
            "hoặc dieu_kien: false"
        )


def check_empty(entry: Entry) -> Iterator[Problem]:
    """Yield a problem for every key that stands there without a value."""
    for name in sorted(entry.model_fields_set):
        if getattr(entry, name) is None:
            yield entry.problem("đang để trống — điền giá trị hoặc xóa cả dòng khóa này", name)


def check_choice(part: Part, answer: Answer) -> Iterator[Problem]:
    known = choices(part)
    if answer.choice is None:
        yield answer.problem(unanswered(part))
    elif answer.choice not in known:
        near = closest(answer.choice, known)
        hint = f"có phải “{near}”?" if near else f"chọn một trong: {', '.join(known)}"
        yield answer.problem(
            f"tiêu chí {part.code} không có mức “{answer.choice}” — {hint}", "choice"
        )


def check_parts(
    part: Part, answer: Answer, done: Amount | None, total: Amount | None
) -> Iterator[Problem]:
    missing = [name for name in ("done", "total") if getattr(answer, name) is None]
    if len(missing) == 2:
        yield answer.problem(unanswered(part))
    elif missing:
        yield answer.problem(
            f"thiếu {_key(missing[0])} của tiêu chí {part.code} — {how_to_answer(part)}"
        )
    elif (
        done is not None
        and total is not None
        and done > total
        and not (total == 0 and part.rule.when_nothing is WhenNothing.LAST_YEAR)
    ):
        yield answer.problem(
            f"số đã đạt {format_typed(done)} lớn hơn tổng số {format_typed(total)} — sửa số sai",
            "done",
        )
