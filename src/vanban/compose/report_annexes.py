"""The annexes of the periodic report as rows, and the sheet of raw figures that goes beside it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from vanban.compose.furniture import BLANK_NUMBER, date_of
from vanban.compose.report_facts import Facts
from vanban.figures.notation import format_ratio
from vanban.figures.targets import TargetResult, tracking_table
from vanban.figures.to_date import YEAR, part_gone, span
from vanban.figures.tracked import Tracked
from vanban.nd30.dates import short_date
from vanban.provenance import computed, origins_of, traced, traced_list
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.models.tracking import Side, TrackingRow
from vanban.workspace.workspace import Workspace


class StatisticsRow(Struct, frozen=True):
    """A row of the statistical annex; a ``heading`` row has only number and name."""

    number: str
    name: str
    heading: bool = False
    unit: str = ""
    value: str = ""
    last_year: str = ""
    change: str = ""
    note: str = ""


class TargetRow(Struct, frozen=True):
    """A row of the table of targets: an indicator with all its levels."""

    name: str
    place: str
    level: str
    value: str
    verdict: str
    explanation: str


class IssuedRow(Struct, frozen=True):
    """A row of the list of documents issued in the period."""

    number: str
    date: str
    title: str
    note: str


# --- annex I --------------------------------------------------------------------------------


def statistics(facts: Facts) -> Iterator[StatisticsRow]:
    for group_number, group in enumerate(facts.workspace.indicators.groups, 1):
        top = computed(str(group_number), group.origin())
        yield StatisticsRow(top, group.name, heading=True)
        for number, indicator in group.numbered(str(group_number)):
            if isinstance(indicator, str):
                topic = computed(number, *origins_of(indicator))
                yield StatisticsRow(topic, indicator, heading=True)
                continue
            yield StatisticsRow(
                computed(number, indicator.origin()),
                indicator.name,
                unit=indicator.unit,
                value=_beside_unit(facts.printed(indicator), indicator.unit),
                last_year=_beside_unit(facts.printed_last_year(indicator), indicator.unit),
                change=facts.printed_change(indicator),
                note=facts.figures[indicator.id].note or "",
            )


def _beside_unit(value: str, unit: str) -> str:
    """Return a figure without the sign that the column of units prints already."""
    return value.removesuffix("%") if unit == "%" else value


def target_row(row: Tracked, facts: Facts) -> TargetRow:
    typed = facts.typed(row.indicator, facts.figures, facts.last_year)
    judged = (*(each.target.origin("level") for each in row.results), *typed)
    places = dict.fromkeys(
        computed(each.place, each.task.origin("text")) for each in row.results if each.place
    )
    return TargetRow(
        row.indicator.name,
        traced_list("; ", places),
        traced_list("; ", map(_level, row.levels)),
        computed(row.result, *facts.typed(row.indicator, facts.figures)),
        computed(row.verdict, *judged),
        computed(row.explanation, *judged),
    )


def _level(result: TargetResult) -> str:
    owner = result.target if result.target.deadline is not None else result.task
    deadline = date_of(owner, "deadline")
    return traced(result.level_text, ", đến ", deadline) if deadline else result.level_text


class TrackingRule(Struct, frozen=True):
    """Rows of the table of tracking that say the same, in words; ``share`` is "" for 100 %."""

    figures: str
    side: str
    share: str
    at_least: bool
    by_time: bool
    final: bool


class TrackingNote(Struct, frozen=True):
    """The table of tracking as the note under the annex tells it.

    ``gone`` is the part of the time since ``start`` that is gone; ``rules`` are empty where every
    target is due.
    """

    start: str
    gone: str
    rules: tuple[TrackingRule, ...]


def tracking_note(facts: Facts) -> TrackingNote:
    workspace, period = facts.workspace, facts.period.id
    start, _ = span(workspace)
    gone = format_ratio(part_gone(workspace, period, None))
    own = facts.report.origin()
    alike: dict[tuple[object, ...], list[TrackingRow]] = {}
    for row in tracking_table(workspace).values() if period != YEAR else ():
        alike.setdefault((row.side, row.share, row.by_time, row.final), []).append(row)
    rules = tuple(map(_tracking_rule, alike.values()))
    return TrackingNote(computed(short_date(start), own), computed(gone, own), rules)


def _tracking_rule(rows: list[TrackingRow]) -> TrackingRule:
    row = rows[0]
    figures = ", ".join(each.measured for each in rows)
    share = "" if row.share == 1 else format_ratio(row.share)
    return TrackingRule(
        computed(figures, *(each.origin("measured") for each in rows)),
        computed(row.side, row.origin("side")),
        computed(share, row.origin("share")),
        row.side is Side.AT_LEAST,
        row.by_time,
        row.final,
    )


# --- annex II -------------------------------------------------------------------------------


def issued_row(document: CitedDocument, workspace: Workspace) -> IssuedRow:
    return IssuedRow(
        document.printed_number or BLANK_NUMBER + (document.number or ""),
        date_of(document),
        traced(document.type, " ", document.abstract),
        computed("Mẫu" if workspace.uses_sample(document) else "", document.origin("sample")),
    )
