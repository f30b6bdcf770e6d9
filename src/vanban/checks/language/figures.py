"""Numbers, percentages and dates as they are written in text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import Change
from vanban.checks.rules import passage_algorithm, text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.citations import citations
from vanban.nd30.dates import calendar_date, short_date

_DASHED_DATE = re.compile(
    r"(?<![\w./-])(\d{1,2})-(\d{1,2})-((?:19|20)\d\d)(?![\w/-])"
    r"|(?<!\w)(?:ngày|trước|hạn|sau|đến|từ) (\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?![\w/-])"
)
_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")


@passage_algorithm
def dashed_date(passage: Passage) -> Iterator[Change]:
    """Yield dates written with dashes or dots."""
    for found in _DASHED_DATE.finditer(passage.text):
        right = _as_decree(*filter(None, found.groups()))
        if right is not None:
            yield Change(*found.span(), right)


@text_algorithm
def several_dates(writing: Writing) -> Iterator[Hit]:
    odd: list[tuple[Stretch, str, frozenset[str]]] = []
    usual: set[str] = set()
    for passage in writing.prose:
        told = [each.date_span for each in citations(passage.text) if each.date_span is not None]
        for found in _DATE.finditer(passage.text):
            right = _as_decree(*found.groups())
            if right is None:
                continue
            differing = _differing_parts(found[0], right)
            usual |= _parts(right) - differing
            if differing and not any(span.start <= found.start() < span.end for span in told):
                odd.append((Stretch(passage, *found.span()), right, differing))
    for at, right, differing in odd:
        if differing & usual:
            yield Hit(at, right=right)


def _parts(right: str) -> frozenset[str]:
    """Return the parts of a date that may have a zero or none; January is no September."""
    day, month, _ = right.split("/")
    parts = {"ngày": day[0] == "0", "tháng 1, 2": month[0] == "0", "tháng 3": len(month) == 1}
    return frozenset(part for part, found in parts.items() if found)


def _differing_parts(typed: str, right: str) -> frozenset[str]:
    """Return the parts of a date that are not written as in ``right``."""
    typed_day, typed_month, _ = typed.split("/")
    day, month, _ = right.split("/")
    months = _parts(right) - {"ngày"} if typed_month != month else frozenset()
    return months | ({"ngày"} if typed_day != day else frozenset())


def _as_decree(day: str, month: str, year: str) -> str | None:
    """Return a date as the decree writes those of documents, None for one of no calendar."""
    found = calendar_date(f"{day}/{month}/{year}")
    return short_date(found) if found else None
