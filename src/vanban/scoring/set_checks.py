"""Is the set of criteria sound? Codes, sums of points, and the parameters of each rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from vanban.errors import Problem
from vanban.nd30.numbers import format_typed
from vanban.scoring.calculation import PLACES
from vanban.scoring.fit import check_empty
from vanban.workspace.models.criteria import (
    DECLARED,
    Adjustment,
    CriteriaField,
    CriteriaSet,
    Criterion,
    Rule,
    RuleKind,
    SubCriterion,
    Tier,
)

PARAMETERS: dict[RuleKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # kind of rule: attributes of Rule it needs, and attributes it may have
    RuleKind.YES_NO: ((), ("precondition",)),
    RuleKind.TIERS: (("tiers",), ("precondition",)),
    RuleKind.RATIO_TIERS: (("tiers",), ("precondition", "when_nothing")),
    RuleKind.RATIO: ((), ("floor", "target", "precondition", "when_nothing")),
    RuleKind.PER_ITEM: (("each",), ("precondition",)),
    RuleKind.DEDUCTION: (("each",), ("lowest", "precondition")),
    RuleKind.SURVEY: ((), ()),
}
TIER_PARAMETERS: dict[RuleKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # the same for the attributes of a Tier
    RuleKind.TIERS: (("id", "name", "points"), ()),
    RuleKind.RATIO_TIERS: (("at_least",), ("id", "name", "points")),
}

COUNTED = (RuleKind.RATIO, RuleKind.RATIO_TIERS, RuleKind.PER_ITEM, RuleKind.DEDUCTION)
"""Kinds of rules whose answers are figures."""

WHOLE = Fraction(1)


def check_set(criteria: CriteriaSet) -> Iterator[Problem]:
    """Yield every problem of the set itself."""
    yield from _check_sum(criteria, "total", criteria.total, "bộ tiêu chí", criteria.fields)
    for field in criteria.fields:
        yield from _check_code(field, "lĩnh vực", "", 1)
        yield from _check_points(field, "maximum", field.maximum)
        yield from _check_sum(
            field, "maximum", field.maximum, f"lĩnh vực {field.code}", field.criteria
        )
        for criterion in field.criteria:
            yield from _check_code(criterion, "tiêu chí", field.code, 2)
            yield from _check_points(criterion, "maximum", criterion.maximum)
            name = f"tiêu chí {criterion.code}"
            yield from _check_sum(criterion, "maximum", criterion.maximum, name, criterion.parts)
            for part in criterion.parts:
                yield from _check_code(part, "tiêu chí thành phần", criterion.code, 3)
                yield from _check_points(part, "maximum", part.maximum)
                yield from check_rule(part)
    for adjustment in (*criteria.bonuses, *criteria.penalties):
        yield from _check_points(adjustment, "each", adjustment.each)
        yield from _check_points(adjustment, "cap", adjustment.cap)


Scored = CriteriaField | Criterion | SubCriterion


def _sum(parts: Iterable[Scored]) -> Decimal:
    return sum((part.maximum for part in parts), Decimal(0))


def _points_below(part: Scored) -> Decimal:
    """Return what the parts of ``part`` add up to; the points of one that has none."""
    match part:
        case CriteriaField():
            return _sum(part.criteria)
        case Criterion():
            return _sum(part.parts)
        case SubCriterion():
            return part.maximum


def _check_sum(
    entry: CriteriaSet | CriteriaField | Criterion,
    attribute: str,
    declared: Decimal,
    name: str,
    parts: Sequence[Scored],
) -> Iterator[Problem]:
    """Compare declared points with those of the parts.

    A part that is itself at odds with what is below it has its own problem: where the sum is right
    with what is below counted in its place, the mistake is not told again here.
    """
    if declared not in (_sum(parts), sum(map(_points_below, parts), Decimal(0))):
        total = _sum(parts)
        yield entry.problem(
            f"{name} ghi {format_typed(declared)} điểm nhưng các phần bên dưới cộng lại là "
            f"{format_typed(total)} — sửa số sai",
            attribute,
        )


def _check_code(entry: Scored, name: str, parent: str, depth: int) -> Iterator[Problem]:
    head, _, _ = entry.code.rpartition(".")
    if entry.code.count(".") + 1 == depth and head == parent:
        return
    if parent:
        message = (
            f"{name} “{entry.code}” nằm trong {parent} nên mã phải là {parent} và thêm một số — "
            f"viết như {parent}.1"
        )
    else:
        message = f"mã {name} “{entry.code}” phải là một số — viết như 1"
    yield entry.problem(message, "code")


def _check_points(
    entry: Scored | Adjustment | Rule | Tier, attribute: str, points: Decimal, zero: bool = False
) -> Iterator[Problem]:
    if not points and not zero:
        yield entry.problem("số điểm phải lớn hơn 0 — sửa số này", attribute)
    if points != round(points, PLACES):
        yield entry.problem(
            f"{format_typed(points)} có quá nhiều chữ số sau dấu phẩy — điểm ghi nhiều nhất "
            f"{PLACES} chữ số",
            attribute,
        )


# --- rules ------------------------------------------------------------------------------------


def check_rule(part: SubCriterion) -> Iterator[Problem]:
    """Yield every problem of the parameters of one rule."""
    rule = part.rule
    yield from _check_result(part)
    yield from _check_parameters(rule, PARAMETERS[rule.kind], rule.kind)
    for attribute in ("floor", "target"):
        yield from _check_share(rule, attribute, getattr(rule, attribute))
    if rule.floor is not None and rule.target is not None and rule.floor >= rule.target:
        yield rule.problem("sàn phải thấp hơn mục tiêu — sửa san hoặc muc_tieu", "floor")
    if rule.each is not None:
        yield from _check_points(rule, "each", rule.each)
    if rule.lowest > part.maximum:
        yield rule.problem(
            f"điểm tối thiểu {format_typed(rule.lowest)} lớn hơn điểm tối đa "
            f"{format_typed(part.maximum)} — sửa số sai",
            "lowest",
        )
    if rule.kind in TIER_PARAMETERS:
        for tier in rule.tiers:
            yield from _check_parameters(tier, TIER_PARAMETERS[rule.kind], rule.kind)
            yield from _check_share(tier, "at_least", tier.at_least, zero=True)
            if tier.points is not None:
                yield from _check_points(tier, "points", tier.points, zero=True)
        yield from _check_tiers(part)


def _check_result(part: SubCriterion) -> Iterator[Problem]:
    """Yield a problem where the sentence of a criterion has no place for its figures."""
    if part.result is None:
        return
    if part.rule.kind not in COUNTED:
        yield part.problem(
            f"cách tính {part.rule.kind.value} không có số liệu nên không dùng khóa này — xóa đi",
            "result",
        )
    elif part.result.count(DECLARED) != 1:
        yield part.problem(
            f"câu phải có {DECLARED} đúng một lần, ở chỗ của số liệu — viết như: đã xử lý "
            f"{DECLARED} văn bản",
            "result",
        )


def _check_parameters(
    entry: Rule | Tier, table: tuple[tuple[str, ...], tuple[str, ...]], kind: RuleKind
) -> Iterator[Problem]:
    yield from check_empty(entry)
    needed, allowed = table
    keys = {name: field.alias or name for name, field in type(entry).model_fields.items()}
    given = {name for name in entry.model_fields_set if getattr(entry, name) not in (None, ())}
    for name in needed:
        if name not in given:
            yield entry.problem(f"cách tính {kind.value} cần {keys[name]} — thêm “{keys[name]}: …”")
    for name in sorted(given - {*needed, *allowed, "kind", "sample"}):
        yield entry.problem(f"cách tính {kind.value} không dùng khóa này — xóa đi", name)


def _check_share(
    entry: Rule | Tier, attribute: str, share: Fraction | None, zero: bool = False
) -> Iterator[Problem]:
    if share is not None and (share > WHOLE or not (share or zero)):
        yield entry.problem("tỷ lệ phải lớn hơn 0% và không quá 100% — sửa số này", attribute)


def _check_tiers(part: SubCriterion) -> Iterator[Problem]:
    tiers = part.rule.tiers
    ids = [tier.id for tier in tiers]
    for position, tier in enumerate(tiers):
        if tier.id is not None and tier.id in ids[:position]:
            yield tier.problem(f"mã mức “{tier.id}” đã dùng ở mức trên — đặt mã khác", "id")
        if tier.points is not None and tier.points > part.maximum:
            yield tier.problem(
                f"mức này được {format_typed(tier.points)} điểm, lớn hơn điểm tối đa "
                f"{format_typed(part.maximum)} của tiêu chí {part.code} — sửa số sai",
                "points",
            )
    if part.rule.kind is RuleKind.TIERS:
        yield from _check_descending(tiers, "points", "điểm")
        first = tiers[0].points if tiers else None
        if first is not None and first < part.maximum:
            yield tiers[0].problem(
                f"mức cao nhất được {format_typed(first)} điểm, chưa bằng điểm tối đa "
                f"{format_typed(part.maximum)} của tiêu chí {part.code} — sửa số sai",
                "points",
            )
    else:
        yield from _check_descending(tiers, "at_least", "tỷ lệ")


def _check_descending(tiers: Sequence[Tier], attribute: str, name: str) -> Iterator[Problem]:
    above: Decimal | Fraction | None = None
    for tier in tiers:
        value: Decimal | Fraction | None = getattr(tier, attribute)
        if value is not None and above is not None and value >= above:
            yield tier.problem(
                f"{name} của mức này không thấp hơn mức trên — xếp các mức từ cao xuống thấp",
                attribute,
            )
        above = value if value is not None else above
