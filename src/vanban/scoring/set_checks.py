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
    CriteriaField,
    CriteriaSet,
    Criterion,
    Rule,
    RuleKind,
    SubCriterion,
    Tier,
    WhenNothing,
)
from vanban.workspace.models.entry import Entry

PARAMETERS: dict[RuleKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # kind of rule: attributes of Rule it needs, and attributes it may have
    RuleKind.YES_NO: ((), ("precondition",)),
    RuleKind.TIERS: (("tiers",), ("precondition",)),
    RuleKind.RATIO_TIERS: (
        ("tiers",),
        ("precondition", "when_nothing", "moved_to", "otherwise"),
    ),
    RuleKind.RATIO: ((), ("floor", "target", "precondition", "when_nothing", "moved_to")),
    RuleKind.PER_ITEM: (("each",), ("precondition",)),
    RuleKind.DEDUCTION: (("each",), ("lowest", "precondition")),
    RuleKind.SURVEY: ((), ()),
    RuleKind.COUNT_TIERS: (("tiers",), ("precondition",)),
    RuleKind.ON_TIME: (("due",), ("precondition",)),
    RuleKind.LATE: (("due", "first_days", "first_penalty"), ("each", "refused_after")),
    RuleKind.WATCHED: ((), ()),
    RuleKind.UNKNOWN: ((), ()),
}
MONITORED_KINDS = frozenset({RuleKind.LATE, RuleKind.WATCHED, RuleKind.UNKNOWN})
"""Kinds of rules that only a monitored set has."""
MONITORED_NOTHING = frozenset({WhenNothing.MOVED, WhenNothing.LAST_YEAR, WhenNothing.UNKNOWN})
"""What only a monitored set does where nothing arose."""
TIER_PARAMETERS: dict[RuleKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # the same for the attributes of a Tier
    RuleKind.TIERS: (("id", "name", "points"), ()),
    RuleKind.RATIO_TIERS: ((), ("at_least", "above", "id", "name", "points")),
    RuleKind.COUNT_TIERS: (("at_least_count", "points"), ("id", "name")),
}

COUNTED = (
    *(RuleKind.RATIO, RuleKind.RATIO_TIERS, RuleKind.PER_ITEM, RuleKind.DEDUCTION),
    RuleKind.COUNT_TIERS,
)
"""Kinds of rules whose answers are figures."""

WHOLE = Fraction(1)


def check_set(criteria: CriteriaSet) -> Iterator[Problem]:
    """Yield every problem of the set itself."""
    yield from _check_sum(criteria, "total", criteria.total, "bộ tiêu chí", criteria.fields)
    for field in criteria.fields:
        yield from _check_code(field, "lĩnh vực", "", 1)
        yield from check_points(field, "maximum", field.maximum)
        yield from _check_sum(
            field, "maximum", field.maximum, f"lĩnh vực {field.code}", field.criteria
        )
        for criterion in field.criteria:
            yield from _check_code(criterion, "tiêu chí", field.code, 2)
            yield from check_points(criterion, "maximum", criterion.maximum)
            name = f"tiêu chí {criterion.code}"
            yield from _check_sum(criterion, "maximum", criterion.maximum, name, criterion.parts)
            for part in criterion.parts:
                yield from _check_code(part, "tiêu chí thành phần", criterion.code, 3)
                yield from check_points(part, "maximum", part.maximum)
                yield from check_rule(part)
    for adjustment in (*criteria.bonuses, *criteria.penalties):
        yield from check_points(adjustment, "each", adjustment.each)
        yield from check_points(adjustment, "cap", adjustment.cap)


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
        yield entry.problem(wrong_sum(name, declared, _sum(parts)), attribute)


def wrong_sum(name: str, stated: Decimal, total: Decimal, parts: str = "phần") -> str:
    """Return what to tell of stated points that are not the ``total`` of the ``parts`` below."""
    return (
        f"{name} ghi {format_typed(stated)} điểm nhưng các {parts} bên dưới cộng lại là "
        f"{format_typed(total)} — sửa số sai"
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


def check_points(
    entry: Entry, attribute: str, points: Decimal, zero: bool = False
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
    """Yield every problem of the rule of a sub-criterion."""
    rule = part.rule
    yield from _check_result(part)
    if rule.kind in MONITORED_KINDS:
        yield rule.problem(
            f"cách tính {rule.kind.value} chỉ dùng trong bộ chỉ số theo dõi (bo-chi-so) — chọn "
            "loại khác",
            "kind",
        )
    if rule.kind is RuleKind.ON_TIME and rule.due is not None and rule.due.month is None:
        yield rule.problem("tự đánh giá theo năm nên hạn có cả tháng — viết như 15/12", "due")
    if rule.when_nothing in MONITORED_NOTHING or rule.moved_to:
        yield rule.problem(
            "cách này chỉ dùng trong bộ chỉ số theo dõi (bo-chi-so) — ghi điểm tối đa, không áp "
            "dụng hoặc 0 điểm",
            "when_nothing",
        )
    yield from check_parameters(rule, part.maximum, part.code)


def check_parameters(rule: Rule, maximum: Decimal | None, code: str) -> Iterator[Problem]:
    """Yield every problem of the parameters of a rule; ``maximum`` None is not known."""
    yield from _check_keys(rule, PARAMETERS[rule.kind], rule.kind)
    for attribute in ("floor", "target"):
        yield from _check_share(rule, attribute, getattr(rule, attribute))
    if rule.floor is not None and rule.target is not None and rule.floor >= rule.target:
        yield rule.problem("sàn phải thấp hơn mục tiêu — sửa san hoặc muc_tieu", "floor")
    for attribute in ("each", "otherwise", "first_penalty"):
        points = getattr(rule, attribute)
        if points is not None:
            yield from check_points(rule, attribute, points)
    if maximum is not None and rule.lowest > maximum:
        yield rule.problem(
            f"điểm tối thiểu {format_typed(rule.lowest)} lớn hơn điểm tối đa "
            f"{format_typed(maximum)} — sửa số sai",
            "lowest",
        )
    if rule.otherwise is not None and rule.precondition is None:
        yield rule.problem("khóa này đi cùng dieu_kien — thêm “dieu_kien: …”", "otherwise")
    if rule.kind in TIER_PARAMETERS:
        for tier in rule.tiers:
            yield from _check_keys(tier, TIER_PARAMETERS[rule.kind], rule.kind)
            if rule.kind is RuleKind.RATIO_TIERS and (tier.at_least is None) == (
                tier.above is None
            ):
                yield tier.problem("cách tính bac_ty_le cần tu hoặc tren — thêm “tu: …”")
            for attribute in ("at_least", "above"):
                yield from _check_share(tier, attribute, getattr(tier, attribute), zero=True)
            if tier.points is not None:
                yield from check_points(tier, "points", tier.points, zero=True)
        yield from _check_tiers(rule, maximum, code)


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


def _check_keys(
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


def _check_tiers(rule: Rule, maximum: Decimal | None, code: str) -> Iterator[Problem]:
    tiers = rule.tiers
    ids = [tier.id for tier in tiers]
    for position, tier in enumerate(tiers):
        if tier.id is not None and tier.id in ids[:position]:
            yield tier.problem(f"mã mức “{tier.id}” đã dùng ở mức trên — đặt mã khác", "id")
        if tier.points is not None and maximum is not None and tier.points > maximum:
            yield tier.problem(
                f"mức này được {format_typed(tier.points)} điểm, lớn hơn điểm tối đa "
                f"{format_typed(maximum)} của tiêu chí {code} — sửa số sai",
                "points",
            )
    yield from _check_descending(rule)
    first = tiers[0].points if tiers and rule.kind is not RuleKind.RATIO_TIERS else None
    if first is not None and maximum is not None and first < maximum:
        yield tiers[0].problem(
            f"mức cao nhất được {format_typed(first)} điểm, chưa bằng điểm tối đa "
            f"{format_typed(maximum)} của tiêu chí {code} — sửa số sai",
            "points",
        )


_LEVELS = {
    # attribute of a Tier that says how high it is: what that is called
    "points": "điểm",
    "at_least": "tỷ lệ",
    "above": "tỷ lệ",
    "at_least_count": "số lượng",
}


def _level(tier: Tier, kind: RuleKind) -> str:
    """Return the attribute that says how high a tier is."""
    if kind is RuleKind.RATIO_TIERS:
        return "at_least" if tier.above is None else "above"
    return "at_least_count" if kind is RuleKind.COUNT_TIERS else "points"


def _check_descending(rule: Rule) -> Iterator[Problem]:
    higher: Decimal | Fraction | int | None = None
    for tier in rule.tiers:
        attribute = _level(tier, rule.kind)
        value: Decimal | Fraction | int | None = getattr(tier, attribute)
        if value is not None and higher is not None and value >= higher:
            yield tier.problem(
                f"{_LEVELS[attribute]} của mức này không thấp hơn mức trên — xếp các mức từ cao "
                "xuống thấp",
                attribute,
            )
        higher = value if value is not None else higher
