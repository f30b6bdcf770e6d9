"""The periodic report (báo cáo định kỳ): figures and narrative → Document, by ``report.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from jinja2 import UndefinedError

from vanban.compose.furniture import (
    BLANK_NUMBER,
    SAMPLE_BANNER,
    basis_lines,
    make_document,
    missing_issue_data,
)
from vanban.compose.outline import fill_outline
from vanban.compose.plan import task_places
from vanban.document import Composed, Sheet, SheetValue
from vanban.figures.comparison import format_change
from vanban.figures.periods import PERIODS, Period
from vanban.figures.targets import (
    NO_FIGURE,
    TargetResult,
    assess,
    bounds_of,
    conflicts,
    format_value,
)
from vanban.figures.values import Values, compute_values
from vanban.nd30.dates import short_date
from vanban.workspace.models.base import Entry, SampleEntry, uses_sample
from vanban.workspace.models.indicators import Indicator, IndicatorGroup
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.models.report import Report
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


@dataclass(frozen=True)
class _Facts:
    """Everything computed for one report."""

    workspace: Workspace
    report: Report
    period: Period
    values: Values
    last_year: Values
    targets: tuple[TargetResult, ...]
    bounds: Mapping[str, tuple[Fraction, ...]]
    issued: tuple[CitedDocument, ...]

    def printed(self, indicator: Indicator) -> str:
        value = self.values[indicator.id]
        return format_value(indicator, value, self.bounds.get(indicator.id, ()))


def compose_report(workspace: Workspace, period_id: str, templates: Path) -> Composed:
    """Compose the report of ``period_id``; the figures must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    facts = _gather(workspace, period_id)
    report, period = facts.report, facts.period
    places = task_places(workspace, workspace.plan, templates) if workspace.plan is not None else {}

    def figure(indicator_id: str) -> str:
        indicator = workspace.indicators_by_id.get(indicator_id)
        if indicator is None:
            raise UndefinedError(f"chi-tieu.yaml không có chỉ tiêu {indicator_id}")
        return facts.printed(indicator)

    first, last = period.window(workspace.year)
    outlined = fill_outline(
        templates / "report.md",
        {
            "agency": workspace.agency,
            "report": report,
            "bases": basis_lines(report.bases, workspace),
            "period_title": period.title(workspace.year),
            "next_period_title": period.next_title(workspace.year),
            "window": {"start": short_date(first), "end": short_date(last)},
            "cumulative": period.cumulative,
            "initiatives_due": period.initiatives,
            "figure": figure,
            "statistics": tuple(_statistics(facts)),
            "targets": tuple(_target_rows(facts, places)),
            "issued": tuple(_issued_row(document) for document in facts.issued),
        },
    )
    document = make_document(f"report-{period.id}", outlined, report, workspace, _used(facts))
    return Composed(
        document,
        sheet=_sheet(facts, bool(document.banner)),
        missing=(*missing_issue_data(report), *_missing(facts)),
        warnings=conflicts(facts.targets, places),
    )


def _gather(workspace: Workspace, period_id: str) -> _Facts:
    report = workspace.reports[period_id]
    values, _ = compute_values(workspace, report)
    before = workspace.last_year_reports.get(period_id)
    last_year = compute_values(workspace, before)[0] if before is not None else {}
    period = PERIODS[period_id]
    targets = assess(workspace, period_id, values)
    return _Facts(
        workspace,
        report,
        period,
        values,
        last_year,
        targets,
        bounds_of(targets),
        tuple(_issued(workspace, period)),
    )


def _used(facts: _Facts) -> tuple[SampleEntry, ...]:
    """Return what the report is made from, besides its own file and its head."""
    workspace = facts.workspace
    used: list[SampleEntry] = [workspace.indicators, *workspace.areas, *facts.issued]
    if workspace.plan is not None:
        used.append(workspace.plan)
    before = workspace.last_year_reports.get(facts.period.id)
    if before is not None:
        used.append(before)
    return tuple(used)


# --- annex I --------------------------------------------------------------------------------


def _statistics(facts: _Facts) -> Iterator[StatisticsRow]:
    for group_number, group in enumerate(facts.workspace.indicators.groups, 1):
        yield StatisticsRow(str(group_number), group.name, heading=True)
        for number, indicator in _numbered(group, str(group_number)):
            if isinstance(indicator, str):
                yield StatisticsRow(number, indicator, heading=True)
                continue
            before = facts.last_year.get(indicator.id)
            figure = facts.report.figures.get(indicator.id)
            yield StatisticsRow(
                number,
                indicator.name,
                unit=indicator.unit,
                value=facts.printed(indicator),
                last_year=format_value(indicator, before) if before is not None else "–",
                change=format_change(indicator, facts.values[indicator.id], before),
                note=(figure.note or "") if figure is not None else "",
            )


def _numbered(group: IndicatorGroup, prefix: str) -> Iterator[tuple[str, Indicator | str]]:
    """Yield the topics (by name) and indicators of a group with their numbers 1.1, 1.1.1."""
    for topic_number, topic in enumerate(group.topics, 1):
        yield f"{prefix}.{topic_number}", topic.name
        for number, indicator in enumerate(topic.indicators, 1):
            yield f"{prefix}.{topic_number}.{number}", indicator


def _target_rows(facts: _Facts, places: Mapping[str, str]) -> Iterator[TargetRow]:
    for result in facts.targets:
        deadline = f", đến {short_date(result.deadline)}" if result.deadline is not None else ""
        yield TargetRow(
            result.indicator.name,
            places.get(result.task_id, result.task_id),
            result.level.text + deadline,
            facts.printed(result.indicator),
            result.verdict,
        )


# --- annex II -------------------------------------------------------------------------------


def _issued(workspace: Workspace, period: Period) -> Iterator[CitedDocument]:
    """Yield the agency's own documents dated in the period, by date."""
    first, last = period.window(workspace.year)
    dated = [
        (document.date, document)
        for document in workspace.documents.documents
        if document.own and document.date is not None and first <= document.date <= last
    ]
    for _, document in sorted(dated, key=lambda pair: pair[0]):
        yield document


def _issued_row(document: CitedDocument) -> IssuedRow:
    number = document.number or ""
    return IssuedRow(
        number if document.has_number else BLANK_NUMBER + number,
        short_date(document.date) if document.date is not None else "",
        f"{document.type} {document.abstract}",
        "Mẫu" if uses_sample(document) else "",
    )


# --- what is missing; the sheet -------------------------------------------------------------


def _missing(facts: _Facts) -> Iterator[str]:
    for indicator in facts.workspace.all_indicators():
        typed = not indicator.is_ratio and not indicator.sum_of
        if typed and facts.values[indicator.id].amount is None:
            yield f"{NO_FIGURE}: {indicator.name} (so_lieu: {indicator.id})"
    for document in facts.issued:
        if not document.has_number:
            yield f"số văn bản của “{document.type} {document.abstract}” (van-ban.yaml)"
    for keys, label in _empty_sections(facts.report):
        if keys.endswith("sang_kien") and not facts.period.initiatives:
            continue
        yield f"chưa có nội dung: {label} ({keys})"


def _empty_sections(entry: Entry, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield path of keys and label of every narrative section without text."""
    for name, declared in type(entry).model_fields.items():
        value = getattr(entry, name)
        keys = f"{prefix}{declared.alias}"
        if isinstance(value, Entry):
            yield from _empty_sections(value, f"{keys}.")
        elif value == () and (prefix or name in ("next_steps", "proposals")):
            yield keys, str(declared.title)


def _sheet(facts: _Facts, sample: bool) -> Sheet:
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
        percent=(6,),
    )


def _sheet_row(number: str, indicator: Indicator, facts: _Facts) -> tuple[SheetValue, ...]:
    value = facts.values[indicator.id]
    before = facts.last_year.get(indicator.id)
    ratio = value.amount if indicator.is_ratio else None
    note = "" if value.amount is not None else facts.printed(indicator)
    return (
        number,
        indicator.id,
        indicator.name,
        indicator.unit,
        _raw(value.numerator),
        _raw(value.denominator),
        _raw(ratio),
        None if indicator.is_ratio else _raw(value.amount),
        _raw(before.amount) if before is not None else None,
        note,
    )


def _raw(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else Decimal(amount.numerator) / Decimal(amount.denominator)
