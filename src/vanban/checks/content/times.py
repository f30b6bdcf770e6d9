"""What time a document is of, and which years its text names as its own.

The year is that of the folder that a document was composed from; for any other file it is read from
its abstract or title ("… quý III năm 2025"), else its own date is taken or the content's year. The
period of a report is read from the title.

No years of its own: spans ("2021 - 2030"), laws, documents of others with their dates and titles.
What is compared with, came before or was reached in an earlier year is history and belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import dropwhile, islice, takewhile

from msgspec import Struct

from vanban.checks.citations.same import words_of_others
from vanban.checks.clauses import context_start, sentence_around
from vanban.checks.data import expression
from vanban.checks.finding import Stretch
from vanban.checks.writing import Passage, Role, Writing
from vanban.nd30.dates import calendar_date
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace

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
_DAY = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")
_TYPES = ("KẾ HOẠCH", "BÁO CÁO", "TỜ TRÌNH", "CHƯƠNG TRÌNH")
_BODY = re.compile(r"\s*(?:[-–#]|\d|Căn cứ|Thực hiện|Kính gửi|Phần|PHẦN|[IVX]+\.)|.*[.;:]\s*$")
"""What the text of a document begins with, after its title."""

OPENING = 15
"""Passages that a title may stand among, in a file whose roles are not known."""


class OwnTime(Struct, frozen=True):
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
    if not year and writing.workspace is not None and writing.own:
        year = writing.workspace.year
    named = {period_name(found) for found in re.findall(PERIOD, title)}
    period = next((id for id, each in PERIODS.items() if each.name.lower() in named), "")
    return OwnTime(year, period)


def period_name(words: str) -> str:
    """Return the key of :data:`MONTHS` for the words of a period."""
    return " ".join(words.split()).replace("sáu", "6").replace("chín", "9")


def is_of_one_year(writing: Writing) -> bool:
    """Say whether the title names one year, so that others are no time of the document's own."""
    return len({*_years(own_title(writing))}) == 1


def title_year(title: str) -> int:
    """Return the year that a title (lower case) names last, 0 where it names none."""
    years = _years(title)
    return int(years[-1]) if years else 0


def _years(title: str) -> list[str]:
    """Return the years that a title names; those of days are of what it cites."""
    return _YEAR.findall(_DAY.sub("", title))


def own_title(writing: Writing) -> str:
    """Return the abstract or title of a document in lower case, "" where none is known."""
    title = [passage.text for passage in writing.passages if passage.role is Role.ABSTRACT]
    if not title:
        below = dropwhile(
            lambda line: line.strip() not in _TYPES,
            (each.text for each in writing.passages[:OPENING]),
        )
        title = list(takewhile(lambda line: not _BODY.match(line), islice(below, 1, None)))
    return " ".join(" ".join(title).lower().split())


CONTEXT = 7
"""Words before a year that a reader needs to recognise the place."""

_Y = r"20\d\d"
_PART = rf"(?:{PERIOD}|tháng\s+\d{{1,2}})"
_MENTION = re.compile(
    rf"(?:ngày\s+)?(?<![\d/])(?P<day>\d{{1,2}})(?:/|\s+tháng\s+)(?P<month>\d{{1,2}})"
    rf"(?:/|\s+năm\s+)(?P<of_day>{_Y})(?!\d)"
    rf"|(?P<part>{_PART})\s*/\s*(?P<of_part>{_Y})(?!\d|[./]\d)"
    rf"|(?:(?P<named>{_PART})\s+)?\bnăm\s+(?P<of_year>{_Y})(?!\d|[./]\d)"
    rf"|(?<=\s)(?P<bare>{_Y})(?=\s*(?:$|[,;.)](?!\d)|của\s|tại\s|trên\s|và\s))"
)
_BEFORE_BARE = expression("times", "before_bare_year")
_SPAN = re.compile(
    rf"(?:giai đoạn|nhiệm kỳ|năm học|các năm|thời kỳ)\s+(?:từ\s+)?(?:năm\s+)?{_Y}"
    rf"(?:\s*(?:[-–—/,]|đến|và)\s*(?:hết\s+)?(?:năm\s+)?{_Y})*"
    rf"|(?:năm\s+)?{_Y}\s*(?:[-–—]|đến(?:\s+hết)?(?:\s+năm)?)\s*{_Y}"
)
_LAW = expression("times", "laws")
_CARRIED = expression("times", "carried")
_PAST = expression("times", "compared_years", "since", "judged", "carried")
_RANKED = expression("times", "ranked")
_AIM = expression("times", "aims")
_RESULT = expression("times", "results")
_OPENS = expression("times", "opens")
_DONE = expression("times", "done")
_FIGURE = expression("times", "figures_beside")


class Mention(Struct, frozen=True):
    """A year that a passage names: that of a ``day``, of a ``part`` of the year, or alone."""

    passage: Passage
    start: int
    end: int
    year: int
    day: date | None = None
    part: bool = False

    @property
    def clause(self) -> tuple[str, str]:
        """The words of the sentence before and after it, in lower case."""
        text = self.passage.lower
        start, end = sentence_around(text, self.start, self.end)
        return text[start : self.start], text[self.end : end]

    @property
    def stretch(self) -> Stretch:
        """The mention with the words before it, within its part of the clause."""
        start = context_start(self.passage.text, self.start, CONTEXT)
        return Stretch(self.passage, start, self.end)


def mentions_of_years(passage: Passage, workspace: Workspace | None) -> Iterator[Mention]:
    """Yield the years of a passage that may be meant as its own time, in order."""
    if "20" not in passage.text:
        return
    text = passage.lower
    spans = [found.span() for found in _SPAN.finditer(text)]
    spans += words_of_others(passage, workspace)
    for found in _MENTION.finditer(text):
        start, end = found.span()
        if any(first < end and start < last for first, last in spans):
            continue
        if _LAW.search(passage.text, max(0, start - 130), start):
            continue
        if found["bare"] and not _BEFORE_BARE.search(text, max(0, start - 60), start):
            continue
        year = int(found["of_day"] or found["of_part"] or found["of_year"] or found["bare"])
        day = None
        if found["day"]:
            day = calendar_date(f"{found['day']}/{found['month']}/{year}")
            if day is None:
                continue  # another rule says so
        yield Mention(passage, start, end, year, day, bool(found["part"] or found["named"]))


def is_history(mention: Mention, year: int, plan: bool) -> bool:
    """Say whether an earlier year than ``year`` is told of as past; a plan may tell more of it."""
    before, after = mention.clause
    if DUE.search(before):
        return False
    if _PAST.search(before) or _CARRIED.search(after[:60]):
        return True
    if _RANKED.search(f"{before[-80:]} {after[:80]}") and not _AIM.search(before + after[:80]):
        return True
    if f"năm {year}" in before + after and _FIGURE.search(before + after):
        return True  # two years side by side
    if not plan:
        return False
    if _OPENS.search(before):
        done = _DONE.search(after)
        return done is not None and not _AIM.search(done[0])
    return _RESULT.search(before) is not None
