"""What a sentence says of an indicator, by the words that the register gives it (``loi_van``).

Passage → statements: "Có 12 công chức bị kỷ luật", "hoàn thành 30/38 nhiệm vụ", "không có hồ sơ
quá hạn", "hồ sơ quá hạn thuộc …". What is aimed at, compared, of another time or of one unit only
is not said of the period's figure and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from vanban.checks.clauses import NEAR, sentence_around
from vanban.checks.content.times import QUARTER, period_name
from vanban.checks.data import expression, word_list
from vanban.checks.writing import Passage
from vanban.nd30.numbers import PRINTED, SPOKEN, printed_number, spoken_number
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import Period


class Kind(Enum):
    """What a sentence says: a count, part of a whole, a share, nothing at all, or something."""

    COUNT = "count"
    FRACTION = "fraction"
    SHARE = "share"
    NONE = "none"
    SOME = "some"


class StatedFigure(Struct, frozen=True):
    """A statement on an indicator; ``number`` is the count, the part or per cent.

    ``sign`` is "trên", "dưới" … or ""; ``narrowed`` says that the words go on to narrow it, so
    that the whole can only be more.
    """

    indicator: Indicator
    kind: Kind
    start: int
    end: int
    words: str
    number: Decimal = Decimal(0)
    whole: Decimal | None = None
    sign: str = ""
    narrowed: bool = False


_ALL = ("toàn bộ", "tất cả")
_OF = r"(?:\s*/\s*|\s+trên\s+(?:tổng\s+số\s+)?)"
_FIGURE = rf"(?<![\w.,/]){PRINTED}(?:{_OF}{PRINTED})?(?:\s*%)?(?![\d/])"
_NUMBER = rf"(?:\b(?:{'|'.join(_ALL)})\b|{_FIGURE}|\b{SPOKEN}\b)"
_SIGN = r"(?:(?:trên|hơn|dưới|gần|khoảng|xấp xỉ|từ|ít nhất|tối thiểu|không dưới)\s+)?"
_LIGHT = r"(?:(?:tổng số|số|trường hợp|lượt người|lượt|người|vụ việc|vụ|các)\s+)"
_NO = r"(?:không|chưa)\s+(?:(?:có|còn|phát sinh|phát hiện|ghi nhận|để xảy ra|để|xảy ra|phải)\s+)?"

_AIM = expression("figures", "aims")
_OTHER_TIME = expression("figures", "other_times")
_PERIOD = re.compile(rf"(?P<quarter>{QUARTER})|năm\s+(?P<year>20\d\d)")
_OTHER_UNIT = expression("figures", "units")
_AGENCY = expression("figures", "agencies")
_OTHER_SCOPE = expression("figures", "other_scopes")
_CHANGE = expression("figures", "changes")
_UNREAL = expression("figures", "unreal")
_EXISTS_BEFORE = re.compile(
    rf"(?:\b(?:đã có|có|phát sinh|còn|để xảy ra|xảy ra|một số|một vài|nhiều|những|đã gửi)\s+)"
    rf"{_LIGHT}{{0,2}}$"
)
_EXISTS_AFTER = expression("figures", "exists_after")
_TENDED = expression("figures", "tended")
_PART_END = re.compile(r"[,;:()\n]|[.!?](?=\s|$)")
_NEXT_CLAUSE = re.compile(
    rf"{_PART_END.pattern}|(?<!\S)(?:nên|nhưng|vì|do|mà|để|song|tuy|còn|và)(?!\S)"
)
_GENERIC = {
    *word_list("report-words"),
    *word_list("empty-words"),
    *re.findall(r"\w+", "kế hoạch đề ra cải cách chính cchc so với năm bằng nào"),
}
"""Words after a number's that do not narrow what was counted."""


def stated_figures(
    passage: Passage, indicators: Iterable[Indicator], own: Period, year: int
) -> Iterator[StatedFigure]:
    """Yield what a passage of the report of a period says of indicators, in order.

    Where words of two indicators overlap, the longer ones count.
    """
    found: list[StatedFigure] = []
    for indicator in indicators:
        for words in indicator.wordings:
            found += _stated(passage, indicator, words)
    taken: list[StatedFigure] = []
    for each in sorted(found, key=lambda each: (each.start - each.end, each.kind.value)):
        clash = any(
            each.start < other.end
            and other.start < each.end
            and (
                (other.indicator.id, other.kind) == (each.indicator.id, each.kind)
                or (
                    other.indicator.id != each.indicator.id
                    and other.end - other.start > each.end - each.start
                )
            )
            for other in taken
        )
        if not clash and each not in taken and _is_of_the_period(passage, each, own, year):
            taken.append(each)
    yield from sorted(taken, key=lambda each: each.start)


@lru_cache(maxsize=1024)
def _outline(words: str) -> re.Pattern[str]:
    """Return what :func:`_pattern` cannot match without; that takes long to compile."""
    gap = rf"(?:\s++\S++){{0,{MOST_BETWEEN}}}?\s++"
    return re.compile(rf"(?<!\w){gap.join(map(re.escape, words.lower().split()))}(?!\w)")


MOST_BETWEEN = 12
"""Words between two of an indicator: "đạt ít nhất 17 trên tổng số 38 trường hợp lượt"."""


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    """Return the form of an indicator's words, a number before, between or after them."""
    gap = rf"\s+(?:(?:nào|được|tốt|đã|phải|xong|đạt)\s+)?(?:{_SIGN}(?P<in#>{_NUMBER})\s+{_LIGHT}?)?"
    first, *rest = (re.escape(word) for word in words.lower().split())
    middle = "".join(gap.replace("#", str(index)) + word for index, word in enumerate(rest))
    return re.compile(
        rf"(?P<no>\b{_NO}{_LIGHT}{{0,2}})?"
        rf"(?:(?P<sign>{_SIGN})(?P<before>{_NUMBER})\s+{_LIGHT}{{0,2}})?"
        rf"(?P<phrase>(?<!\w){first}{middle}(?!\w))"
        rf"(?:\s+nào)?(?:(?:\s*[:=(]\s*|\s+(?:là|đạt|bằng|chiếm|gồm)\s+(?:tỷ lệ\s+)?|\s+)"
        rf"(?P<sign_after>{_SIGN})(?P<after>{_NUMBER}))?"
    )


@lru_cache(maxsize=1 << 14)
def _names(text: str, words: str) -> bool:
    """Say whether a text in lower case has the words of an indicator near one another."""
    every = all(word in text for word in words.lower().split())
    return every and _outline(words).search(text) is not None


def _stated(passage: Passage, indicator: Indicator, words: str) -> Iterator[StatedFigure]:
    text = passage.lower
    if not _names(text, words):
        return
    for found in _pattern(words).finditer(text):
        inside = [
            name for name in found.groupdict() if name.startswith("in") and found[name] is not None
        ]
        if found["no"] and (inside or found["before"]):
            continue  # "chưa hoàn thành 17/38 nhiệm vụ" is said of the others
        slots = [name for name in ("before", *inside, "after") if found[name] is not None]
        for slot in slots:
            if not _fits_unit(text, found, slot, indicator):
                continue
            read = _number_of(found[slot], indicator)
            if read is None:
                continue
            kind, number, whole = read
            sign = found["sign_after"] if slot == "after" else found["sign"]
            if slot in inside:
                before = text[: found.start(slot)]
                sign = re.search(rf"{_SIGN}$", before)[0]  # type: ignore[index]
            yield StatedFigure(
                indicator,
                kind,
                min(found.start(slot), found.start("phrase")),
                max(found.end(slot), found.end("phrase")),
                " ".join(passage.text[found.start(slot) : found.end(slot)].split()),
                number,
                whole,
                (sign or "").strip(),
                _is_narrowed(text, max(found.end(slot), found.end("phrase")), indicator),
            )
        if slots or indicator.is_ratio:
            continue
        start, end = found.span("phrase")
        if found["no"]:
            start, narrowed = found.start("no"), _is_narrowed(text, end, indicator)
            words = passage.text[start:end]
            yield StatedFigure(indicator, Kind.NONE, start, end, words, narrowed=narrowed)
        elif _is_there(text, start, end):
            yield StatedFigure(indicator, Kind.SOME, start, end, passage.text[start:end])


def _number_of(words: str, indicator: Indicator) -> tuple[Kind, Decimal, Decimal | None] | None:
    """Return kind, number and whole of a number's words, None where they do not fit."""
    if words in _ALL:
        return (Kind.SHARE, Decimal(100), None) if indicator.is_ratio else None
    text = re.sub(_OF, "/", words).replace(" ", "")
    if text.endswith("%"):
        share = printed_number(text[:-1]) if "/" not in text else None
        return None if share is None or not indicator.is_ratio else (Kind.SHARE, share, None)
    part, _, whole = text.partition("/")
    if whole:
        numbers = printed_number(part), printed_number(whole)
        if None in numbers or not indicator.is_ratio:
            return None
        return Kind.FRACTION, numbers[0] or Decimal(0), numbers[1]
    number = printed_number(part.lstrip("0") or "0") if part[:1].isdigit() else spoken_number(words)
    return None if number is None or indicator.is_ratio else (Kind.COUNT, number, None)


def _fits_unit(text: str, found: re.Match[str], slot: str, indicator: Indicator) -> bool:
    """Say whether the word after a number that follows the words is of the indicator's unit."""
    if slot != "after" or "%" in found["after"]:
        return True
    end = found.end("after")
    after = _PART_END.split(text[end : end + NEAR], maxsplit=1)[0].strip()
    return not after or after.startswith(indicator.unit.lower()) or "/" in found["after"]


def _is_narrowed(text: str, end: int, indicator: Indicator) -> bool:
    """Say whether the words that follow narrow what was counted."""
    part = _NEXT_CLAUSE.split(text[end : end + NEAR], maxsplit=1)[0]
    part = part.strip().removeprefix(indicator.unit.lower())
    return any(word not in _GENERIC for word in re.findall(r"[^\W\d_]+", part))


def _is_there(text: str, start: int, end: int) -> bool:
    """Say whether the words tell of cases that there were, not of cases that there may be."""
    before = text[sentence_around(text, start, end)[0] : start]
    if _UNREAL.search(before) or "nếu có" in text[end : end + 30] or _TENDED.match(text, end):
        return False
    if re.search(r"(?:không|chưa)(?:\s+\w+){0,3}\s*$", before):
        return False
    opens = re.search(r"(?:^|[,;:])\W*$", before) is not None
    return _EXISTS_BEFORE.search(before) is not None or (
        opens and _EXISTS_AFTER.match(text, end) is not None
    )


def _is_of_the_period(passage: Passage, each: StatedFigure, own: Period, year: int) -> bool:
    """Say whether a statement is a result of the report's period and of the whole agency."""
    text = passage.lower
    start, end = sentence_around(text, each.start, each.end)
    before, after = text[start : each.start], text[each.end : end]
    part_before = _PART_END.split(before)[-1]
    part_after = _PART_END.split(after, maxsplit=1)[0]
    part = f"{part_before}{text[each.start : each.end]}{part_after}"
    if _AIM.search(before) or _AIM.search(part_after) or _is_other_time(part, own):
        return False
    if _CHANGE.search(part_before) or each.sign in ("khoảng", "xấp xỉ"):
        return False
    if each.kind is not Kind.SOME:
        subject = _subject(passage.text[start : each.start])
        if _OTHER_SCOPE.search(subject.lower()) or _OTHER_UNIT.search(subject):
            return False
    for found in _PERIOD.finditer(f"{before} {part_after}"):
        other = found["quarter"] and period_name(found["quarter"]) != own.name.lower()
        if other or (found["year"] and int(found["year"]) != year):
            return False
    opening = _PART_END.split(before)[0]
    return not (len(opening) < OPENING and _is_other_time(opening, own))


def _subject(before: str) -> str:
    """Return the last part of ``before``: "Lĩnh vực đất đai: tiếp nhận …" is of the field.

    A comma may stand in the name of a unit: "Phòng Kinh tế, Hạ tầng và Đô thị".
    """
    parts = [
        found.end()
        for found in re.finditer(r"[,;(]\s*", before)
        if not before[found.end() : found.end() + 1].isupper()
        or _AGENCY.match(before, found.end()) is not None
    ]
    return before[parts[-1] if parts else 0 :]


OPENING = 60
"""Letters of an opening that can set the time of a whole sentence: "So với quý II, …"."""


def _is_other_time(text: str, own: Period) -> bool:
    text = text.replace(own.name.lower(), "")
    if own.cumulative:
        text = re.sub(r"lũy kế|luỹ kế|từ đầu năm|đến nay", "", text)
    return _OTHER_TIME.search(text) is not None
