"""How a table words the points of a criterion → the keys of a rule (``cach_tinh``).

In: the words of a table, as tables of criteria write them ("100%: 10; 90–<100: 8; <90: 0"), and
the points. Out: :class:`Understood`: keys and values of YAML, or None, and what is doubtful. What
is not understood as a whole is not understood at all: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from msgspec import Struct, field

from vanban.nd30.numbers import NumberError, format_typed, parse_amount
from vanban.workspace.models.criteria import RuleKind, WhenNothing

Tier = tuple[tuple[str, str], ...]


class Tiers(Struct, frozen=True):
    """The tiers of a rule, highest first; each has keys and values."""

    levels: tuple[Tier, ...]


Value = str | tuple[str, ...] | Tiers
Keys = dict[str, Value]
"""Keys of a rule in their order: texts, lists of codes, or tiers."""

NO_FORMULA = "bảng không nêu cách tính điểm của chỉ tiêu này"
INFERRED = "phép quy đổi tỷ lệ × điểm tối đa là suy luận, nguồn không nêu"
ONCE_OR_EACH = "bảng không nói trừ một lần hay trừ mỗi trường hợp"
ADDED_UP = "bảng không nói điểm trừ mỗi ngày có cộng với điểm trừ những ngày đầu không: coi là cộng"
DUE_FOLLOWS = "hạn nộp suy ra từ ngày cuối được tiếp nhận"
DAY_ITSELF = "bảng ghi “trước” hạn: coi nộp đúng ngày hạn là kịp, cần xác nhận"


class Words(Struct, frozen=True):
    """What a table says of one criterion; "" for nothing.

    ``points`` is the size of its points, None where the table has none; ``rules`` are those of the
    criteria above it by code, for "như II.1.1". ``head`` are the lines above the table. A set that
    is self-scored (``is_self_scored``) has fewer kinds of rules.
    """

    kind: str
    method: str
    name: str = ""
    points: Decimal | None = None
    threshold: str = ""
    below: str = ""
    note: str = ""
    excused: str = ""
    is_self_scored: bool = False
    is_bonus: bool = False
    is_penalty: bool = False
    head: str = ""
    rules: Mapping[str, Keys] = field(default_factory=dict)


class Understood(Struct, frozen=True):
    """The keys of the rule, None where it was not understood, and what is doubtful of it."""

    keys: Keys | None
    doubts: tuple[str, ...] = ()


def understood(words: Words) -> Understood:
    """Read the rule of one criterion."""
    same = re.fullmatch(r"như ([0-9A-Za-z.]+)", words.method)
    if same:
        known = words.rules.get(same[1])
        return Understood(None if known is None else dict(known))
    if words.kind and words.kind not in _READERS:
        return Understood(None)
    tried = [words.kind] if words.kind else _GUESSED
    for kind in tried:
        found = _READERS[kind](words)
        if found.keys is not None:
            return Understood(_with_nothing(found.keys, words), found.doubts)
    return Understood(None)


def _rule(kind: RuleKind, **values: str | None) -> Keys:
    keys: Keys = {"loai": kind.value}
    keys.update({name: value for name, value in values.items() if value is not None})
    return keys


# --- clauses: "condition: points; condition: points" -------------------------------------------


class Clause(Struct, frozen=True):
    """``text`` is the condition; ``points`` are None where they are no number ("≤3")."""

    text: str
    points: Decimal | None
    words: str


def number(text: str) -> Decimal | None:
    """Read the size of points: "1,5", "−1"; None for what is none."""
    try:
        return parse_amount(re.sub(r"^[-−–]\s*", "", text.strip()))
    except NumberError:
        return None


def clauses(text: str) -> tuple[Clause, ...]:
    """Part a method into its clauses; empty where one has no points behind a colon."""
    found = []
    for piece in filter(None, (each.strip() for each in text.rstrip(". ").split(";"))):
        condition, colon, points = piece.rpartition(":")
        if not colon:
            return ()
        found.append(Clause(condition.strip(), number(points), points.strip()))
    return tuple(found)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    share = r"(\d+(?:,\d+)?)\s*%?"
    return {
        "at_least": re.compile(rf"≥\s*{share}"),
        "between": re.compile(rf"{share}\s*–\s*<\s*{share}"),
        "within": re.compile(rf"{share}\s*≤\s*x\s*<\s*{share}"),
        "by_ratio": re.compile(r"b/a\s*×\s*(\d+(?:,\d+)?)"),
        "below": re.compile(rf"<\s*{share}"),
        "exactly": re.compile(share),
        "nothing": re.compile(r"không(?: có)?|0\s*%?"),
        "formula": re.compile(rf"tỷ lệ\s*/\s*{share}\s*×\s*(\d+(?:,\d+)?)(?:\s*\([^)]*\))?"),
        "count_at_least": re.compile(r"≥\s*(\d+)(?:\s+[^\d;]+)?"),
        "count_between": re.compile(r"(\d+)\s*–\s*<?\s*\d+"),
        "count_exactly": re.compile(r"(\d+)"),
        "count_below": re.compile(r"<\s*\d+"),
        "with_plan": re.compile(r"có KH: (.+)\. Không KH: có(?: tổ chức)? (\d+(?:,\d+)?); không 0"),
        "before": re.compile(r"trước (?:ngày )?(\d{1,2}/\d{1,2})|trước ngày (\d{1,2}) hằng tháng"),
        "first_days": re.compile(r"≤\s*(\d+) ngày(?::\s*[-−–]\s*(\d+(?:,\d+)?))?"),
        "each_day": re.compile(r"từ ngày thứ (\d+):\s*[-−–]\s*(\d+(?:,\d+)?)/ngày"),
        "refused": re.compile(r"sau (?:ngày )?(\d{1,2}(?:/\d{1,2})?)\b"),
        "due": re.compile(r"hạn (\d{1,2}/\d{1,2})"),
        "each": re.compile(
            r"mỗi [^:;]*:\s*(?:trừ\s*)?[-−–]?\s*(\d+(?:,\d+)?)(?: điểm)?(?: \(tối thiểu 0\))?",
            re.IGNORECASE,
        ),
        "ratio": re.compile(
            r"(?:R|b/a)(?: × (?:Pmax|[\d,]+))(?:; b/a < (0,\d+): 0)?"
            r"(?:; không phát sinh: (điểm tối đa))?"
        ),
        "ratio_over": re.compile(
            r"(?:R|b/a)\s*[/÷]\s*(?:(\d+(?:,\d+)?)\s*%|(0,\d+))\s*×\s*"
            r"(?:Pmax|[\d,]+)(?:, tối đa [\d,]+)?"
        ),
        "moved": re.compile(
            r"thì điểm mục này chia đều cho ([0-9A-Za-z.]+(?:(?:, | và )[0-9A-Za-z.]+)*)"
        ),
    }


def _match(name: str, text: str) -> re.Match[str] | None:
    return _patterns()[name].fullmatch(text)


def _search(name: str, text: str) -> re.Match[str] | None:
    return _patterns()[name].search(text)


def _percent(share: str) -> str:
    """Return "0,70" as 70%."""
    return f"{format_typed(parse_amount(share) * 100)}%"


# --- kinds -------------------------------------------------------------------------------------


def _ratio(words: Words) -> Understood:
    """R × Pmax, or over a threshold: a table says so in a column of its own or in the method."""
    text = (words.below or words.method).replace("[SUY]", "").strip()
    doubts = (INFERRED,) if "[SUY]" in words.below or "suy luận" in words.below else ()
    over = _match("ratio_over", text)
    threshold = words.threshold.removesuffix("%").strip()
    if over:
        target = f"{over[1]}%" if over[1] else _percent(over[2])
        if threshold and f"{threshold}%" != target:
            return Understood(None)
        return Understood(_rule(RuleKind.RATIO, muc_tieu=target), doubts)
    plain = _match("ratio", text)
    if plain and not threshold:
        floor = _percent(plain[1]) if plain[1] else None
        return Understood(_rule(RuleKind.RATIO, san=floor, khong_phat_sinh=plain[2]), doubts)
    if doubts and "R × Pmax" in text and not threshold:
        return Understood(_rule(RuleKind.RATIO), doubts)
    return (
        Understood(_rule(RuleKind.RATIO)) if words.points is None and not text else Understood(None)
    )


def _ratio_tiers(words: Words) -> Understood:
    if words.threshold:
        return _ratio(words)
    plan = _match("with_plan", words.method)
    found = _tiers_of_ratio(clauses(plan[1] if plan else words.method), words.points)
    if found is None:
        return Understood(None)
    if plan:
        found |= {"dieu_kien": "có kế hoạch", "khong_dieu_kien": plan[2]}
    return Understood(found)


_AT_LEAST = ("at_least", "between", "within", "exactly")
"""Patterns of conditions that begin with the lowest ratio of a tier."""


def _tiers_of_ratio(parts: tuple[Clause, ...], points: Decimal | None) -> Keys | None:
    if not parts or parts[0].points is None or parts[0].points != points:
        return None
    nothing = any(_match("nothing", part.text) for part in parts)
    formula: re.Match[str] | None = None
    tiers: list[Tier] = []
    lowest = ""
    for part in parts:
        if _match("nothing", part.text):
            if part.points:
                return None
            continue
        found = next((m for name in _AT_LEAST if (m := _match(name, part.text))), None)
        below = _match("below", part.text)
        if found is None and below is None:
            return None
        by_ratio = _match("by_ratio", part.words)
        if by_ratio and found is not None and number(by_ratio[1]) == points:
            tiers.append((("tu", f"{found[1]}%"),))
            continue
        if part.points is None:
            formula = _match("formula", part.words)
            if formula is None or found is None or number(formula[2]) != points:
                return None
            lowest = found[1]
            continue
        if found is not None:
            tiers.append((("tu", f"{found[1]}%"), ("diem", format_typed(part.points))))
        elif part.points:
            level = ("tren", "0%") if nothing else ("tu", "0%")
            tiers.append((level, ("diem", format_typed(part.points))))
    if formula is None:
        return {"loai": RuleKind.RATIO_TIERS.value, "muc": Tiers(tuple(tiers))}
    if len(tiers) != 1 or tiers[0][0] != ("tu", f"{formula[1]}%"):
        return None
    return _rule(RuleKind.RATIO, san=f"{lowest}%", muc_tieu=f"{formula[1]}%")


def _tiers(words: Words) -> Understood:
    """Levels to choose from, or levels of a count where every condition is a number."""
    parts = clauses(words.method)
    if not parts or any(part.points is None for part in parts) or parts[0].points != words.points:
        return Understood(None)
    counted = _tiers_of_count(parts)
    if counted is not None:
        return Understood(counted)
    tiers = [
        (("ma", f"muc-{position}"), ("ten", part.text), ("diem", format_typed(part.points or 0)))
        for position, part in enumerate(parts, 1)
    ]
    if parts[-1].points and words.is_bonus:
        tiers.append((("ma", "khong"), ("ten", "Không có"), ("diem", "0")))
    return Understood({"loai": RuleKind.TIERS.value, "muc": Tiers(tuple(tiers))})


def _tiers_of_count(parts: tuple[Clause, ...]) -> Keys | None:
    if _match("count_at_least", parts[0].text) is None:
        return None
    tiers: list[Tier] = []
    for part in parts:
        if _match("nothing", part.text):
            if part.points:
                return None
            continue
        names = ("count_at_least", "count_between", "count_exactly")
        found = next((m for name in names if (m := _match(name, part.text))), None)
        if found is None and _match("count_below", part.text) is None:
            return None
        least = "1" if found is None else found[1]
        tiers.append((("tu_so", least), ("diem", format_typed(part.points or 0))))
    return {"loai": RuleKind.COUNT_TIERS.value, "muc": Tiers(tuple(tiers))}


def _yes_no(words: Words) -> Understood:
    parts = clauses(words.method)
    if words.method and (
        len(parts) < 2
        or parts[0].points != words.points
        or any(part.points != 0 for part in parts[1:])
    ):
        return Understood(None)
    before = _search("before", words.name)
    if before is None or (words.is_self_scored and before[1] is None):
        return Understood(_rule(RuleKind.YES_NO))
    return Understood(_rule(RuleKind.ON_TIME, han=before[1] or before[2]), (DAY_ITSELF,))


def _deduction(words: Words) -> Understood:
    text = f"{words.name}; {words.method}"
    if _search("first_days", text):
        return _late(words, text)
    each = _match("each", words.method)
    if each:
        return Understood(_rule(RuleKind.DEDUCTION, moi=each[1]))
    if words.method or not words.is_penalty or words.points is None:
        return Understood(None)
    return Understood(_rule(RuleKind.DEDUCTION), (ONCE_OR_EACH,))


def _late(words: Words, text: str) -> Understood:
    """A penalty a day: the last day that is taken may tell which day was due."""
    first, each, refused = (_search(name, text) for name in ("first_days", "each_day", "refused"))
    due = _search("due", words.head)
    assert first is not None
    days = int(first[1])
    size = first[2] or (None if words.points is None else format_typed(words.points))
    day = due[1] if due else ""
    if refused and "/" not in refused[1]:  # of each month: it follows from the days that are taken
        day = str(int(refused[1]) - days) if each is None else ""
    if not day or size is None or (each and int(each[1]) != days + 1):
        return Understood(None)
    doubts = (ADDED_UP,) * bool(each) + (DUE_FOLLOWS,) * ("/" not in day)
    return Understood(
        _rule(
            RuleKind.LATE,
            han=day,
            khong_nhan_sau=refused[1] if refused else None,
            so_ngay_dau=first[1],
            tru_dau=size,
            moi=each[2] if each else None,
        ),
        doubts,
    )


def _per_item(words: Words) -> Understood:
    each = _match("each", words.method)
    return Understood(None if each is None else _rule(RuleKind.PER_ITEM, moi=each[1]))


def _with_nothing(keys: Keys, words: Words) -> Keys:
    """Add what a rule of a ratio does where nothing arose, as far as the table says it."""
    if keys["loai"] not in (RuleKind.RATIO, RuleKind.RATIO_TIERS) or "khong_phat_sinh" in keys:
        return keys
    moved = _search("moved", words.note)
    if moved:
        codes = tuple(re.split(r", | và ", moved[1]))
        return {**keys, "khong_phat_sinh": WhenNothing.MOVED.value, "chuyen_cho": codes}
    if re.search(r"mẫu số 0: lấy số năm trước\s*/\s*12", words.note):
        return {**keys, "khong_phat_sinh": WhenNothing.LAST_YEAR.value}
    if words.is_self_scored and not words.excused:  # the answer is asked when it comes to that
        return keys
    nothing = WhenNothing.NOT_APPLICABLE if words.excused else WhenNothing.UNKNOWN
    return {**keys, "khong_phat_sinh": nothing.value}


_READERS: dict[str, Callable[[Words], Understood]] = {
    "ty_le": _ratio,
    "bac_ty_le": _ratio_tiers,
    "bac": _tiers,
    "bac_so": _tiers,
    "co_khong": _yes_no,
    "tru": _deduction,
    "dem": _per_item,
    "theo_doi": lambda words: Understood(_rule(RuleKind.WATCHED)),
    "khao_sat": lambda words: Understood(_rule(RuleKind.SURVEY)),
}
_GUESSED = ("bac_ty_le", "ty_le", "co_khong", "bac")
"""Kinds that the words of a method alone can tell, tried in this order."""
