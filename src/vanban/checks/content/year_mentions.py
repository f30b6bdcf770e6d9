"""Which years a text names as its own time: passage → mentions, and what is told of the past.

Not mentions: spans ("2021 - 2030"), laws, documents of others with their dates and titles. What is
compared with, came before or was reached in an earlier year is history and belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vanban.checks.citations.same import agree, register_of
from vanban.checks.clauses import context_start, sentence_around
from vanban.checks.content.own_time import DUE, PERIOD
from vanban.checks.data import expression
from vanban.checks.finding import Stretch
from vanban.checks.writing import Passage
from vanban.nd30.citations import citations
from vanban.nd30.dates import calendar_date
from vanban.workspace.workspace import Workspace

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


@dataclass(frozen=True)
class Mention:
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


def words_of_others(passage: Passage, workspace: Workspace | None) -> list[tuple[int, int]]:
    """Return where others' documents are cited, and the numbers and dates of the agency's own."""
    spans = []
    register = register_of(workspace)
    for citation in citations(passage.text):
        document = register.find(citation)
        own = (document is not None and document.own) or (
            citation.issuer is not None
            and any(agree(citation.issuer, name) for name in register.own_names)
        )
        span = citation.head if own else citation.span
        spans.append((span.start, span.end))
    return spans


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
