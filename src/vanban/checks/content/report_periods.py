"""Years, periods and dates in the text that do not fit the document's own: copied forward."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vanban.checks.citations.same import words_of_others
from vanban.checks.clauses import sentence_around
from vanban.checks.content.printed import printed_at
from vanban.checks.content.sections import is_report, look_ahead, own_words
from vanban.checks.content.times import DUE, MONTHS, PERIOD, OwnTime, own_time, period_name
from vanban.checks.data import expression
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import Project, project_algorithm, text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.figures.targets import plan_tasks
from vanban.nd30.dates import DATE, calendar_date, short_date
from vanban.workspace.models.plan import Target, Task
from vanban.workspace.periods import PERIODS, window

_PERIOD = re.compile(
    r"(?:(?:trong|kết quả|tình hình|thực hiện|công tác)\s+(?:\w+\s+){0,6}?)?"
    rf"(?P<name>{PERIOD})(?:\s*(?:năm\s+|/)(?P<year>20\d\d))?"
)

_COMPARED = expression("times", "compared_periods")
_SCOPE = re.compile(
    r"(?:số liệu|kết quả|phạm vi)(?:\s+[^\W\d][^\s.;,]*){0,8}?\s+từ\s+(?P<first>ngày\s+\S+)"
    r"(?:\s+đến(?:\s+hết)?\s+(?P<last>ngày\s+\S+))?"
)
_DATE = re.compile(DATE)
_NOT_AN_EVENT = expression("times", "bounds")
NEAR = 90
"""Letters before a date that say what it is."""

_DUE_LATER = expression("times", "due_later")


@text_algorithm
def other_periods(writing: Writing) -> Iterator[Hit]:
    own = own_time(writing)
    if not is_report(writing) or not own.period:
        return
    for passage, sections in own_words(writing):
        ahead = look_ahead(sections)
        for found in _PERIOD.finditer(passage.lower):
            start, end = sentence_around(passage.lower, *found.span())
            clause = passage.lower[start:end]
            months = MONTHS.get(period_name(found["name"]))
            if months is None or _COMPARED.search(clause):
                continue
            if found["year"] and int(found["year"]) != own.year:
                continue  # the rule about years says so
            closing = passage.text.startswith("Trên đây")
            if _is_over(months, own) and not closing if ahead else _is_other(months, own, clause):
                right = own.next_name if ahead else PERIODS[own.period].title(own.year)
                given = {
                    "ky": passage.text[slice(*found.span("name"))],
                    "phan": "phương hướng" if ahead else "kết quả",
                    "bao_cao": PERIODS[own.period].name,
                }
                yield Hit(Stretch(passage, *found.span()), right=right, given=given)


def _is_over(months: tuple[int, int], own: OwnTime) -> bool:
    """Say whether a period is over when a report looks ahead."""
    return own.months != (1, 12) and months[1] <= own.months[1]


def _is_other(months: tuple[int, int], own: OwnTime, clause: str) -> bool:
    """Say whether a report has no results of a period: it came before, or is told as done."""
    (first, last), month = own.months, months[1]
    return month < first or (month > last and "đã " in clause and _DUE_LATER.search(clause) is None)


@text_algorithm
def other_scope(writing: Writing) -> Iterator[Hit]:
    own = own_time(writing)
    if not own.year or not is_report(writing):
        return
    first, last = own.window or (window("year", own.year)[0], date(own.year, 12, 31))
    for passage, _ in own_words(writing):
        for found in _SCOPE.finditer(passage.lower):
            if re.search(r"lũy kế|luỹ kế|so với|cùng kỳ|không (?:bao )?gồm", found[0]):
                continue
            for name in ("first", "last"):
                written = _DATE.match(found[name] or "")
                day = calendar_date(written[0]) if written else None
                if day is None or first <= day <= last:
                    continue
                given = {"lay": f"{'từ' if name == 'first' else 'đến'} {short_date(day)}"}
                at = Stretch(passage, found.start(), found.end(name))
                yield Hit(at, given=given | _days(first, last))
                break


@text_algorithm
def dates_outside(writing: Writing) -> Iterator[Hit]:
    own = own_time(writing)
    if not is_report(writing) or own.window is None:
        return
    first, last = own.window
    year_start, _ = window("year", own.year)  # what is earlier is told as another year
    for passage, sections in own_words(writing):
        cited = words_of_others(passage, writing.workspace)
        for day, found in () if look_ahead(sections) else _dates(passage):
            if first <= day <= last or day < year_start:
                continue
            if any(start <= found.start() < end for start, end in cited):
                continue
            if _NOT_AN_EVENT.search(passage.lower, max(0, found.start() - NEAR), found.start()):
                continue
            given = {"ngay": short_date(day)} | _days(first, last)
            yield Hit(Stretch(passage, *found.span()), given=given)


@text_algorithm
def past_deadlines(writing: Writing) -> Iterator[Hit]:
    own = own_time(writing)
    earliest = writing.issued or (date(own.year, 1, 1) if own.year else None)
    if earliest is None or is_report(writing):
        return
    for passage in writing.prose:
        for day, found in _dates(passage):
            due = DUE.search(passage.lower, max(0, found.start() - NEAR), found.start())
            if due is not None and day < earliest:
                at = Stretch(passage, due.start(), found.end())
                yield Hit(at, given={"ngay": short_date(day)})


@project_algorithm
def deadlines_outside(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    if workspace is None or workspace.plan is None:
        return
    first = workspace.plan.date or date(workspace.year, 1, 1)
    for task in plan_tasks(workspace):
        owners: tuple[Task | Target, ...] = (task, *task.targets)
        for entry in owners:
            day = entry.deadline
            if day is None or (first <= day and day.year <= workspace.year + 1):
                continue
            wrong = "trước ngày ban hành kế hoạch" if day < first else "sau năm của kế hoạch"
            at = Datum(entry.at("deadline"), short_date(day))
            others = (printed_at(project, task, "text"),)
            yield Hit(at, others=others, given={"vi_sao": wrong})


def _days(first: date, last: date) -> dict[str, str]:
    return {"tu": short_date(first), "den": short_date(last)}


def _dates(passage: Passage) -> Iterator[tuple[date, re.Match[str]]]:
    found = ((calendar_date(each[0]), each) for each in _DATE.finditer(passage.lower))
    return ((day, each) for day, each in found if day is not None)
