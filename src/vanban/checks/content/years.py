"""The year of a document is that of its folder: what names another was left over from a copy.

Title, date of issue, legal bases and text are compared with it, printed or not. For a Word file the
year is that of its own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from msgspec.structs import replace

from vanban.checks.content.printed import issues, not_printed, printed_at, unprinted
from vanban.checks.content.sections import Section, is_plan, is_report, look_ahead, own_words
from vanban.checks.content.times import (
    Mention,
    OwnTime,
    is_history,
    is_of_one_year,
    mentions_of_years,
    own_time,
    own_title,
    title_year,
)
from vanban.checks.data import expression
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import Project, project_algorithm
from vanban.checks.writing import PROSE, Passage, Role, Writing
from vanban.nd30.dates import long_date_in, short_date
from vanban.workspace.files import EVIDENCE
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace


@project_algorithm
def other_title(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    if workspace is None or workspace.plan is None:
        return
    plan = workspace.plan
    named = _years_named(plan.abstract)
    if named and workspace.year not in named:
        at = printed_at(project, plan, "abstract", f"năm {named[-1]}")
        yield Hit(at, given={"nam": named[-1], "nam_nay": workspace.year})


@project_algorithm
def other_day(project: Project) -> Iterator[Hit]:
    for writing in project.writings:
        year, issued = title_year(own_title(writing)), writing.issued
        if (
            writing.year
            or not year
            or issued is None
            or not (is_plan(writing) or is_report(writing))
        ):
            continue
        period = "" if is_plan(writing) else own_time(writing).period or "year"
        dated = (each for each in writing.passages if long_date_in(each.text) == issued)
        for passage in islice(dated, 1):
            yield from _wrong_day(Stretch.whole(passage), issued, year, period)
    for _, period, issue in issues(project.workspace):
        if issue.date is not None and project.workspace is not None:
            at_date = Datum(issue.at("date"), short_date(issue.date))
            yield from _wrong_day(at_date, issue.date, project.workspace.year, period)


def _wrong_day(at: Stretch | Datum, day: date, year: int, period: str) -> Iterator[Hit]:
    """Yield a hit where no plan (``period`` "") or report of ``year`` is issued on ``day``."""
    first = date(year - 1, 10, 1) if not period else date(year, 1, 1)
    if period in PERIODS:
        first = min(first, window(period, year)[0])
    last = date(year + 1, 3, 31) if period == "year" else date(year, 12, 31)
    if not first <= day <= last:
        yield Hit(at, given={"ngay": short_date(day), "nam": year})


@project_algorithm
def other_bases(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    if workspace is None:
        return
    for _, _, issue in issues(workspace):
        for basis in issue.bases:
            document = workspace.documents_by_id.get(basis.document)
            if document is None or not document.own:
                continue
            named = _years_named(document.abstract)
            if named and workspace.year not in named:
                at = Datum(basis.at("document"), basis.document)
                years = {"nam": named[-1], "nam_nay": workspace.year}
                yield Hit(at, given={"loai": document.type, **years})


def _years_named(title: str) -> list[int]:
    """Return the years that a title is of; those of a span or of a law are not."""
    return [each.year for each in mentions_of_years(unprinted(title), None)]


@project_algorithm
def other_years(project: Project) -> Iterator[Hit]:
    """Titles of others' documents are left out by the mentions; those of one's own are read."""
    for writing in project.writings:
        own = own_time(writing)
        foreign = not (writing.year or writing.is_of_agency)
        if foreign and not is_of_one_year(writing):
            continue  # a report of last year, or on two
        if own.year and (writing.year or is_report(writing) or is_plan(writing)):
            for passage, sections in _read(writing):
                for hit in _left_over(passage, writing, own, sections):
                    yield replace(hit, unsure=foreign)
    if project.workspace is not None:
        yield from _other_dossier(project.workspace)
        for text, place in not_printed(project.workspace):
            writing = Writing("", (), workspace=project.workspace, year=project.workspace.year)
            for hit in _left_over(unprinted(text, place), writing, own_time(writing), ()):
                yield replace(hit, at=Datum(place, hit.at.excerpt))


def _other_dossier(workspace: Workspace) -> Iterator[Hit]:
    """Yield the last day of the dossier of evidence where it is of another year."""
    dossier = workspace.evidence.dossier if workspace.evidence is not None else None
    day = dossier.end if dossier is not None else None
    if dossier and day and day.year not in (workspace.year, workspace.year + 1):
        yield Hit(
            Datum(dossier.at("end"), short_date(day)),
            f"hồ sơ kết thúc ngày {short_date(day)}, văn bản của năm {workspace.year}",
            "xem lại tu_ngay, den_ngay của hồ sơ",
        )


def _left_over(
    passage: Passage, writing: Writing, own: OwnTime, sections: tuple[Section, ...]
) -> Iterator[Hit]:
    """Yield the years of a passage that are not the document's own."""
    plan = is_plan(writing)
    if plan and any(_LOOKS_BACK.search(section.title.lower()) for section in sections):
        return
    ahead = look_ahead(sections)
    agency = writing.workspace.agency if writing.workspace is not None else None
    for mention in mentions_of_years(passage, writing.workspace):
        if mention.day is not None:
            first_day = agency.established if agency is not None else None
            if mention.day == first_day and first_day.year < own.year and _is_reason(mention):
                yield Hit(
                    mention.stretch,
                    f"“{mention.stretch.excerpt} nên …” là lý do của năm {first_day.year}, văn bản "
                    f"này của năm {own.year}",
                    f"viết lại theo năm {own.year}, hoặc bỏ",
                )
            wrong = mention.day != first_day and _is_old_day(mention, mention.day, own)
        else:
            wrong = mention.year < own.year or (
                mention.year > own.year and not ahead and _is_told_as_done(mention)
            )
        if not wrong or (mention.year < own.year and is_history(mention, own.year, plan)):
            continue
        yield Hit(
            mention.stretch,
            f"“{mention.stretch.excerpt}” trong văn bản của năm {own.year}",
            f"xem có phải “năm {own.year}” không",
        )


def _is_old_day(mention: Mention, day: date, own: OwnTime) -> bool:
    """Say whether a day is before the document's year; a report's window judges later ones."""
    before = mention.clause[0]
    return (
        day < window("year", own.year)[0]
        and mention.passage.role is not Role.CELL
        and (_BOUND.search(before) is None or _SPAN_OF_DAYS.search(before) is not None)
    )


def _is_reason(mention: Mention) -> bool:
    """Say whether a day explains what was done in its own year: "hoạt động từ ngày … nên …".

    The scope of figures is judged by a rule of its own.
    """
    after = mention.clause[1].lstrip(" ,")
    return after.startswith("nên ") and _OF_BOTH_YEARS.search(after) is None


def _is_told_as_done(mention: Mention) -> bool:
    before, after = mention.clause
    return bool(mention.part or before.rstrip().endswith("trong")) and "đã " in f"{before}{after}"


def _read(writing: Writing) -> Iterator[tuple[Passage, tuple[Section, ...]]]:
    """Yield what speaks of the document's own time, with the sections that it stands in.

    Legal bases are judged as entries of the content; of tables only what was typed for the year.
    """
    for passage, sections in own_words(writing, PROSE | {Role.HEADING, Role.CELL}):
        if passage.role is not Role.CELL or _is_typed_for(passage, writing.year):
            yield passage, sections


def _is_typed_for(passage: Passage, year: int) -> bool:
    """Say whether a cell holds words of the year's folder, other than its register of evidence."""
    files = {source.place.file for source in passage.typed}
    return any(f"{year}" in file.parts and file.name != EVIDENCE.name for file in files)


_LOOKS_BACK = expression("times", "looks_back")
_BOUND = expression("times", "bounds")
_SPAN_OF_DAYS = re.compile(
    r"\btừ\s+(?:ngày\s+)?\d{1,2}(?:/\d{1,2}(?:/\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)\s+"
    r"đến\s+(?:hết\s+)?$"
)
"""Before the last day of a span of days, which is over."""
_OF_BOTH_YEARS = expression("times", "of_both_years")
