"""Dates that cannot be as the text says: another day of the week, done after the day of signing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.clauses import sentence_around
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Writing
from vanban.nd30.citations import citations
from vanban.nd30.dates import calendar_date

_DAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy", "chủ nhật")
"""From Monday on."""
_WEEKDAY = r"(?:thứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<sunday>chủ\s+nhật))"
_DATE = (
    r"(?P<date>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
)
_NAMED = (
    re.compile(rf"\b{_WEEKDAY}\b[\s,(]*(?:ngày\s+)?{_DATE}", re.IGNORECASE),
    re.compile(rf"\b(?:ngày\s+)?{_DATE}[\s,]*\(\s*{_WEEKDAY}\s*\)", re.IGNORECASE),
)
_ANY = re.compile(rf"(?<!\w)ngày\s+{_DATE}", re.IGNORECASE)
_SHORT = re.compile(
    r"(?<!\w)ngày\s+(?P<day>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:(?:\s*/\s*|\s+năm\s+)(?P<year>\d{4}))?(?![\d/])",
    re.IGNORECASE,
)
"""A day after its word; without a year it may be one of a leap year."""
_DONE = re.compile(r"\bđã\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(sẽ|trước|đến|từ|kể từ|hạn|chậm nhất|dự kiến|hiệu lực|thời hạn|hết|giao|yêu cầu|tới)\b",
    re.IGNORECASE,
)
"""Words of what is still to come; the sentence may speak of a date ahead."""


@text_algorithm
def wrong_weekdays(writing: Writing) -> Iterator[Hit]:
    """Tell days of the week that are not those of the date beside them."""
    for passage in writing.passages:
        for found in (each for pattern in _NAMED for each in pattern.finditer(passage.text)):
            day = calendar_date(found["date"])
            said = _number_of(found["day"] or found["sunday"])
            if day is not None and day.weekday() != said:
                name = _DAYS[day.weekday()]
                right = name if name == "chủ nhật" else f"thứ {name.capitalize()}"
                given = {"ngay": f"{day.day:02}/{day.month}/{day.year}", "thu": right}
                yield Hit(Stretch(passage, *found.span()), given=given)


def _number_of(name: str) -> int:
    word = " ".join(name.lower().split())
    return int(word) - 2 if word.isdigit() else _DAYS.index(word)


@text_algorithm
def done_after_signing(writing: Writing) -> Iterator[Hit]:
    """Tell what is said to be done on a day after that of the document."""
    for passage in writing.prose if writing.issued is not None else ():
        for found in _ANY.finditer(passage.text):
            day = calendar_date(found["date"])
            if day is None or writing.issued is None or day <= writing.issued:
                continue
            start, end = sentence_around(passage.text, *found.span())
            sentence = passage.text[start:end]
            if passage.is_quoted(*found.span()) or _AHEAD.search(sentence):
                continue
            if _DONE.search(sentence):
                signed = writing.issued
                given = {"ngay_ky": f"{signed.day:02}/{signed.month}/{signed.year}"}
                yield Hit(Stretch(passage, *found.span()), given=given)


@text_algorithm
def impossible_dates(writing: Writing) -> Iterator[Hit]:
    """Tell days that no calendar has; those of cited documents are told with them."""
    for passage in writing.passages:
        for found in _SHORT.finditer(passage.text):
            day, month, year = int(found["day"]), int(found["month"]), int(found["year"] or 2024)
            if _is_day(day, month, year) or any(
                each.span.start <= found.start() < each.span.end for each in citations(passage.text)
            ):
                continue
            yield Hit(Stretch(passage, *found.span()))


def _is_day(day: int, month: int, year: int) -> bool:
    return calendar_date(f"{day}/{month}/{year}") is not None
