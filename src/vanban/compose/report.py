"""The periodic report (báo cáo định kỳ): figures and narrative → Document, by ``report.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from jinja2 import UndefinedError

from vanban.compose.furniture import (
    BLANK_NUMBER,
    SAMPLE_BANNER,
    basis_lines,
    date_of,
    make_document,
    registry_blanks,
)
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.plan import task_places
from vanban.document import Composed, Gap, Ratio, Sheet, SheetValue
from vanban.figures.comparison import Change, compare
from vanban.figures.levels import Level
from vanban.figures.notation import NO_CHANGE_KNOWN, format_change, format_value, ratio_places
from vanban.figures.targets import (
    TargetResult,
    assess,
    conflicting_targets,
    levels_by_indicator,
)
from vanban.figures.values import (
    Figures,
    Status,
    Value,
    missing_figures,
    read_figures,
    read_last_year,
    typed_for,
)
from vanban.nd30.dates import short_date
from vanban.provenance import Origin, computed, origins_of, traced
from vanban.workspace.models.base import Entry, SampleEntry
from vanban.workspace.models.indicators import Indicator, IndicatorGroup
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.models.report import Report
from vanban.workspace.periods import PERIODS, Period, window
from vanban.workspace.workspace import Workspace

INITIATIVES = "chi_dao_dieu_hanh.sang_kien"
INITIATIVE_PERIODS = ("h1", "year")
"""Initiatives are reported for six months and the year; in other periods only where there are."""


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
    figures: Figures
    last_year: Figures | None
    changes: Mapping[str, Change | None]
    levels: Mapping[str, tuple[Level, ...]]
    targets: tuple[TargetResult, ...]
    issued: tuple[CitedDocument, ...]

    def typed(self, indicator: Indicator, *reports: Figures | None) -> tuple[Origin, ...]:
        """Return the figures that were typed in ``reports`` for an indicator."""
        known = [each for each in reports if each is not None] or [self.figures]
        return tuple(
            origin for each in known for origin in typed_for(self.workspace, each, indicator.id)
        )

    def printed(self, indicator: Indicator) -> str:
        """Return the result of the period; a ratio never reads as reaching a level it misses."""
        text = format_value(self.figures[indicator.id], self.levels.get(indicator.id, ()))
        return computed(text, *self.typed(indicator, self.figures))

    def printed_last_year(self, indicator: Indicator) -> str:
        text = NO_CHANGE_KNOWN
        if self.last_year is not None:
            text = format_value(self.last_year[indicator.id], self.levels.get(indicator.id, ()))
        return computed(text, *self.typed(indicator, self.last_year))

    def printed_change(self, indicator: Indicator) -> str:
        text = format_change(self.changes[indicator.id])
        return computed(text, *self.typed(indicator, self.figures, self.last_year))


def compose_report(workspace: Workspace, period_id: str, templates: Path) -> Composed:
    """Compose the report of ``period_id``; the figures must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    facts = _gather(workspace, period_id, templates)
    report, period = facts.report, facts.period

    def indicator(indicator_id: str) -> Indicator:
        found = workspace.indicators_by_id.get(indicator_id)
        if found is None:
            raise UndefinedError(f"chi-tieu.yaml không có chỉ tiêu {indicator_id}")
        return found

    def figure(indicator_id: str) -> str:
        return facts.printed(indicator(indicator_id))

    def known(*indicator_ids: str) -> bool:
        """Say whether a sentence can be made from these figures: each has a value."""
        return all(facts.figures[indicator(each).id].exact is not None for each in indicator_ids)

    first, last = window(period_id, workspace.year)
    own = report.origin()
    outlined = fill_outline(
        templates / "report.md",
        {
            "agency": workspace.agency,
            "report": report,
            "bases": basis_lines(report.bases, workspace),
            "abstract": computed(period.report_abstract(workspace.year), own),
            "period_title": computed(period.title(workspace.year), own),
            "next_period_title": computed(period.next_title(workspace.year), own),
            "window": {
                "start": computed(short_date(first), own),
                "end": computed(short_date(last), own),
            },
            "cumulative": period.cumulative,
            "initiatives_due": period.id in INITIATIVE_PERIODS,
            "figure": figure,
            "known": known,
            "statistics": tuple(_statistics(facts)),
            "targets": tuple(_target_row(result, facts) for result in facts.targets),
            "issued": tuple(_issued_row(document, workspace) for document in facts.issued),
        },
    )
    document = make_document(period.document_id, outlined, report, workspace, _used(facts))
    return Composed(
        document,
        outlined.path,
        sheet=_sheet(facts, bool(document.banner)),
        missing=gaps("report", document, (report,), workspace, _missing(facts)),
        blanks=registry_blanks(report),
        warnings=conflicting_targets(facts.targets),
    )


def _gather(workspace: Workspace, period_id: str, templates: Path) -> _Facts:
    figures = read_figures(workspace, period_id)
    last_year = read_last_year(workspace, period_id)
    places = task_places(workspace, workspace.plan, templates) if workspace.plan is not None else {}
    return _Facts(
        workspace,
        figures.report,
        PERIODS[period_id],
        figures,
        last_year,
        compare(figures, last_year),
        levels_by_indicator(workspace),
        assess(workspace, figures, lambda task_id: places.get(task_id, ""), last_year),
        tuple(_issued(workspace, period_id)),
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


def _target_row(result: TargetResult, facts: _Facts) -> TargetRow:
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


def _issued(workspace: Workspace, period_id: str) -> Iterator[CitedDocument]:
    """Yield the agency's own documents dated in the period, by date."""
    first, last = window(period_id, workspace.year)
    dated = [
        (document.date, document)
        for document in workspace.all_documents
        if document.own and document.date is not None and first <= document.date <= last
    ]
    for _, document in sorted(dated, key=lambda pair: pair[0]):
        yield document


def _issued_row(document: CitedDocument, workspace: Workspace) -> IssuedRow:
    return IssuedRow(
        document.printed_number or BLANK_NUMBER + (document.number or ""),
        date_of(document),
        traced(document.type, " ", document.abstract),
        computed("Mẫu" if workspace.uses_sample(document) else "", document.origin("sample")),
    )


# --- what is missing; the sheet -------------------------------------------------------------


def _missing(facts: _Facts) -> Iterator[Gap]:
    report = facts.report
    for indicator in missing_figures(facts.figures):
        text = f"{Status.MISSING}: {indicator.name} (so_lieu: {indicator.id})"
        yield Gap(text, report.at("figures"), f"so_lieu.{indicator.id}")
    plan = facts.workspace.plan
    for document in facts.issued:
        if not document.has_number:
            is_plan = plan is not None and document.id == plan.id
            place = plan.at("number") if is_plan and plan is not None else document.at("number")
            yield Gap(f"số văn bản của “{document.type} {document.abstract}”", place)
    for document in facts.workspace.documents.documents:
        if document.own and document.date is None:
            title = f"{document.type} {document.abstract}"
            text = f"ngày của “{title}” — chưa có ngày nên không vào Phụ lục II"
            yield Gap(text, document.at("date"))
    for gap in _empty_sections(report):
        if gap.key != INITIATIVES or facts.period.id in INITIATIVE_PERIODS:
            yield gap


def _empty_sections(entry: Entry, prefix: str = "") -> Iterator[Gap]:
    """Yield every narrative section without text; its label is the title of its heading."""
    for name, declared in type(entry).model_fields.items():
        value = getattr(entry, name)
        keys = f"{prefix}{declared.alias}"
        if isinstance(value, Entry):
            yield from _empty_sections(value, f"{keys}.")
        elif value == () and (prefix or name in ("next_steps", "proposals")):
            label = str(declared.title)
            yield Gap(f"chưa có nội dung: {label} ({keys})", entry.at(name), keys, label)


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
    )


def _sheet_row(number: str, indicator: Indicator, facts: _Facts) -> tuple[SheetValue, ...]:
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
