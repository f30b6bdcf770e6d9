"""What time a document is of: its year and, for a report, its period.

The year is that of the folder that a document was composed from; for any other file it is read from
its abstract or title ("… quý III năm 2025"), else its own date is taken or the content's year. The
period is read from the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from vanban.checks.writing import Role, Writing
from vanban.workspace.periods import PERIODS, window

_NAMES = (
    (re.compile(r"\bquý iii\b"), "q3"),
    (re.compile(r"\bquý i\b"), "q1"),
    (re.compile(r"\b(?:6|sáu) tháng đầu năm\b"), "h1"),
)
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b")
_TYPES = ("KẾ HOẠCH", "BÁO CÁO", "TỜ TRÌNH", "CHƯƠNG TRÌNH")
_BODY = re.compile(r"\s*(?:[-–#]|\d|Căn cứ|Thực hiện|Kính gửi|Phần|PHẦN|[IVX]+\.)|.*[.;:]\s*$")
"""What the text of a document begins with, after its title."""

OPENING = 15
"""Passages that a title may stand among, in a file whose roles are not known."""


@dataclass(frozen=True)
class OwnTime:
    """``period`` is an id of :data:`PERIODS` ("" where none is named); ``year`` 0 if unknown."""

    year: int
    period: str = ""

    @property
    def window(self) -> tuple[date, date] | None:
        """The days whose figures the report counts, None where its period is not known."""
        return window(self.period, self.year) if self.period and self.year else None

    @property
    def next_name(self) -> str:
        return PERIODS[self.period].next_title(self.year) if self.period else ""


def own_time(writing: Writing) -> OwnTime:
    """Return year and period of a document."""
    title = own_title(writing)
    year = writing.year or title_year(title)
    if not year and writing.issued is not None:
        year = writing.issued.year
    if not year and writing.workspace is not None:
        year = writing.workspace.year
    period = next((id for pattern, id in _NAMES if pattern.search(title)), "")
    return OwnTime(year, period)


def title_year(title: str) -> int:
    """Return the year that a title (lower case) names last, 0 where it names none."""
    years = _YEAR.findall(title)
    return int(years[-1]) if years else 0


def own_title(writing: Writing) -> str:
    """Return the abstract or title of a document in lower case, "" where none is known."""
    return " ".join(_title(writing).lower().split())


def _title(writing: Writing) -> str:
    abstract = [passage.text for passage in writing.passages if passage.role is Role.ABSTRACT]
    if abstract:
        return " ".join(abstract)
    lines = [passage.text for passage in writing.passages[:OPENING]]
    for index, line in enumerate(lines):
        if line.strip() in _TYPES:
            return " ".join(takewhile(lambda below: not _BODY.match(below), lines[index + 1 :]))
    return ""
