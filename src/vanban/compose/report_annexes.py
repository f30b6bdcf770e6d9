"""The annexes of the periodic report as rows, and the sheet of raw figures that goes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vanban.compose.furniture import BLANK_NUMBER, SAMPLE_BANNER, date_of
from vanban.compose.report_facts import Facts
from vanban.document import Ratio, Sheet, SheetValue
from vanban.figures.levels import Level
from vanban.figures.notation import ratio_places
from vanban.figures.targets import TargetResult
from vanban.figures.values import Value
from vanban.provenance import computed, origins_of, traced
from vanban.workspace.models.indicators import Indicator, IndicatorGroup
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace


@dataclass(frozen=True)
class StatisticsRow:
    """A row of the statistical annex; a ``heading`` row has only number and name."""

    number: str
    name: str
    heading: bool = False
    unit: str = ""
    value: str = ""
    last_year: str = ""
    change: str = ""
    note: str = ""


@dataclass(frozen=True)
class TargetRow:
    """A row of the table of targets."""

    name: str
    place: str
    level: str
    value: str
    verdict: str


@dataclass(frozen=True)
class IssuedRow:
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
        for number, indicator in _numbered(group, str(group_number)):
            if isinstance(indicator, str):
                numbered = computed(number, *origins_of(indicator))
                yield StatisticsRow(numbered, indicator, heading=True)
                continue
            yield StatisticsRow(
                computed(number, indicator.origin()),
                indicator.name,
                unit=indicator.unit,
                value=facts.printed(indicator),
                last_year=facts.printed_last_year(indicator),
                change=facts.printed_change(indicator),
                note=facts.figures[indicator.id].note or "",
            )


def _numbered(group: IndicatorGroup, prefix: str) -> Iterator[tuple[str, Indicator | str]]:
    """Yield the topics (by name) and indicators of a group with their numbers 1.1, 1.1.1."""
    for topic_number, topic in enumerate(group.topics, 1):
        yield f"{prefix}.{topic_number}", topic.name
        for number, indicator in enumerate(topic.indicators, 1):
            yield f"{prefix}.{topic_number}.{number}", indicator


def target_row(result: TargetResult, facts: Facts) -> TargetRow:
    owner = result.target if result.target.deadline is not None else result.task
    deadline = date_of(owner, "deadline")
    typed = facts.typed(result.indicator, facts.figures)
    return TargetRow(
        result.indicator.name,
        computed(result.place, result.task.origin("text")),
        traced(result.level_text, ", đến ", deadline) if deadline else result.level_text,
        computed(result.result, *typed),
        computed(result.verdict, result.target.origin("level"), *typed),
    )


# --- annex II -------------------------------------------------------------------------------


def issued_row(document: CitedDocument, workspace: Workspace) -> IssuedRow:
    return IssuedRow(
        document.printed_number or BLANK_NUMBER + (document.number or ""),
        date_of(document),
        traced(document.type, " ", document.abstract),
        computed("Mẫu" if workspace.uses_sample(document) else "", document.origin("sample")),
    )


# --- the sheet ------------------------------------------------------------------------------


def sheet_of(facts: Facts, sample: bool) -> Sheet:
    """Return the raw figures of annex I, one row an indicator."""
    rows: list[tuple[SheetValue, ...]] = []
    for group_number, group in enumerate(facts.workspace.indicators.groups, 1):
        for number, indicator in _numbered(group, str(group_number)):
            if not isinstance(indicator, str):
                rows.append(_sheet_row(number, indicator, facts))
    rows += [_sheet_row("", indicator, facts) for indicator in facts.workspace.indicators.others]
    return Sheet(
        name="Phụ lục I",
        note=SAMPLE_BANNER if sample else "",
        columns=(
            "STT",
            "Mã chỉ tiêu",
            "Tên chỉ tiêu",
            "Đơn vị tính",
            "Tử số",
            "Mẫu số",
            "Tỷ lệ",
            "Giá trị",
            "Cùng kỳ năm trước",
            "Ghi chú",
        ),
        rows=tuple(rows),
    )


def _sheet_row(number: str, indicator: Indicator, facts: Facts) -> tuple[SheetValue, ...]:
    value = facts.figures[indicator.id]
    before = facts.last_year[indicator.id] if facts.last_year is not None else None
    levels = facts.levels.get(indicator.id, ())
    return (
        number,
        indicator.id,
        indicator.name,
        indicator.unit,
        value.numerator,
        value.denominator,
        _raw(value, levels) if indicator.is_ratio else None,
        value.number,
        _raw(before, levels) if before is not None else None,
        value.note or ("" if value.exact is not None else value.status.value),
    )


def _raw(value: Value, levels: tuple[Level, ...]) -> Ratio | int | Decimal | None:
    """Return the ratio or the number of ``value`` for a spreadsheet."""
    if value.ratio is None:
        return value.number
    exact = Decimal(value.ratio.numerator) / Decimal(value.ratio.denominator)
    return Ratio(exact, ratio_places(value.ratio, levels))
