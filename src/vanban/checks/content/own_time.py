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

from vanban.checks.data import expression
from vanban.checks.writing import Role, Writing
from vanban.workspace.periods import PERIODS, window

QUARTER = r"quý\s+(?:iv|iii|ii|i)\b"
PERIOD = rf"(?:{QUARTER}|(?:6|sáu|9|chín)\s+tháng(?:\s+(?:đầu|cuối)(?:\s+năm)?\b)?)"
"""A part of a year as texts name it, in lower case."""

MONTHS: dict[str, tuple[int, int]] = {
    "quý i": (1, 3),
    "quý ii": (4, 6),
    "quý iii": (7, 9),
    "quý iv": (10, 12),
    "6 tháng đầu năm": (1, 6),
    "9 tháng đầu năm": (1, 9),
    "6 tháng cuối năm": (7, 12),
}
"""First and last month of the periods that texts name, by :func:`period_name`."""

DUE = expression("times", "due")

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
    def months(self) -> tuple[int, int]:
        """First and last month of what its name says; all where it names no part of a year."""
        return MONTHS.get(PERIODS[self.period].name.lower(), (1, 12)) if self.period else (1, 12)

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
    named = {period_name(found) for found in re.findall(PERIOD, title)}
    period = next((id for id, each in PERIODS.items() if each.name.lower() in named), "")
    return OwnTime(year, period)


def period_name(words: str) -> str:
    """Return the key of :data:`MONTHS` for the words of a period."""
    return " ".join(words.split()).replace("sáu", "6").replace("chín", "9")


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
