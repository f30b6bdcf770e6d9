"""Annex I of a report as two sheets: its figures, sums and ratios as formulas, and its targets.

Every formula carries the value that the report prints, and comes to the same where it is computed
anew. What was typed stays a number or a text; no text of the content is ever part of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from vanban.compose.report_annexes import target_row
from vanban.compose.report_facts import Facts
from vanban.document import Document
from vanban.figures.comparison import Change
from vanban.figures.levels import Level
from vanban.figures.notation import NO_CHANGE_KNOWN, POINTS, change_places, ratio_places
from vanban.figures.tracked import Tracked
from vanban.figures.values import Figures, Status, Value
from vanban.nd30.dates import short_date
from vanban.sheet import Formula, Number, Sheet, SheetColumn, SheetRow, SheetValue, number_look
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import window

COLUMNS = (
    SheetColumn("STT", 8, "center"),
    SheetColumn("Chỉ tiêu thống kê", 46),
    SheetColumn("Đơn vị tính", 12, "center"),
    SheetColumn("Kết quả kỳ báo cáo", 14, "right"),
    SheetColumn("Cùng kỳ năm trước", 14, "right"),
    SheetColumn("Thay đổi", 13, "right"),
    SheetColumn("Ghi chú", 24),
    SheetColumn("Mã chỉ tiêu", 32, hidden=True),
)
TRACKING = "Theo dõi chỉ tiêu"
TRACKING_TITLE = "TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU CỦA KẾ HOẠCH"
TRACKING_COLUMNS = (
    SheetColumn("STT", 6, "center"),
    SheetColumn("Chỉ tiêu", 38),
    SheetColumn("Đơn vị tính", 12, "center"),
    SheetColumn("Mức đề ra", 16, "center"),
    SheetColumn("Kết quả kỳ báo cáo", 13, "right"),
    SheetColumn("Lũy kế từ đầu năm", 13, "right"),
    SheetColumn("Đánh giá", 17),
    SheetColumn("Giải thích", 32),
    SheetColumn("Chủ trì", 22),
    SheetColumn("Nơi nêu trong kế hoạch", 22),
    SheetColumn("Mã chỉ tiêu", 32, hidden=True),
)
NOW, BEFORE = 3, 4
"""The columns of this year and of last year."""

OTHERS = "Chỉ tiêu khác của kế hoạch, không in trong phụ lục"

RATIO = (
    f'=IF(AND(ISNUMBER({{1}}),{{1}}=0),"{Status.NOT_ARISEN}",'
    f'IF(COUNT({{0}},{{1}})<2,"{Status.MISSING}",{{0}}/{{1}}))'
)
"""Of a numerator {0} and a denominator {1}."""

CHANGE = f'=IF(COUNT({{0}},{{1}})<2,"{NO_CHANGE_KNOWN}",({{0}}-{{1}})*SCALE)'


def statistics_sheet(facts: Facts, document: Document) -> Sheet:
    """Return annex I of ``document`` as a sheet, a row an indicator, the groups in bold."""
    annex = document.annexes[0]
    return _sheet(annex.number, annex.title, COLUMNS, tuple(_rows(facts)), facts, document)


def tracking_sheet(facts: Facts, document: Document) -> Sheet:
    """Return the targets of the plan as they are followed, with the units that lead their tasks."""
    rows = tuple(_tracked(number, row, facts) for number, row in enumerate(facts.targets, 1))
    return _sheet(TRACKING, TRACKING_TITLE, TRACKING_COLUMNS, rows, facts, document)


def _sheet(
    name: str,
    title: str,
    columns: tuple[SheetColumn, ...],
    rows: tuple[SheetRow, ...],
    facts: Facts,
    document: Document,
) -> Sheet:
    first, last = window(facts.period.id, facts.workspace.year)
    annex = document.annexes[0]
    days = f"Số liệu từ ngày {short_date(first)} đến ngày {short_date(last)}"
    head = (" ".join(document.header.agency), annex.number, title, annex.note, days)
    return Sheet(name, head, document.banner, columns, rows)


def _tracked(number: int, row: Tracked, facts: Facts) -> SheetRow:
    told = target_row(row, facts)
    levels = facts.levels[row.indicator.id]
    cells = (
        number,
        told.name,
        row.indicator.unit,
        told.level,
        *(_number(value, levels) for value in (row.results[0].value, row.results[0].to_date)),
        told.verdict,
        told.explanation,
        facts.leads(result.task for result in row.results),
        told.place,
        row.indicator.id,
    )
    return SheetRow(cells, key=row.indicator.id)


def _number(value: Value, levels: tuple[Level, ...]) -> SheetValue:
    """Return a value alone: what it is computed from stands in the sheet of the figures."""
    if value.ratio is None:
        return value.status.value if value.number is None else value.number
    exact, look = _ratio(value, levels)
    return Number(Decimal(exact), look)


def _rows(facts: Facts) -> Iterator[SheetRow]:
    register = facts.workspace.indicators
    for group_number, group in enumerate(register.groups, 1):
        yield _heading(str(group_number), group.name)
        for number, indicator in group.numbered(str(group_number)):
            if isinstance(indicator, str):
                yield _heading(number, indicator)
            else:
                yield _row(number, indicator, facts)
    if register.others:
        yield _heading("", OTHERS)
    for indicator in register.others:
        yield _row("", indicator, facts)


def _heading(number: str, name: str) -> SheetRow:
    return SheetRow((number, name, *(None,) * (len(COLUMNS) - 2)), heading=True)


def _row(number: str, indicator: Indicator, facts: Facts) -> SheetRow:
    levels = facts.levels.get(indicator.id, ())
    cells = (
        number,
        indicator.name,
        indicator.unit,
        _value(facts.figures, indicator, NOW, levels),
        NO_CHANGE_KNOWN
        if facts.last_year is None
        else _value(facts.last_year, indicator, BEFORE, levels),
        _change(indicator, facts.changes[indicator.id]),
        facts.figures[indicator.id].note,
        indicator.id,
    )
    return SheetRow(cells, key=indicator.id)


def _value(
    figures: Figures, indicator: Indicator, column: int, levels: tuple[Level, ...]
) -> SheetValue:
    value = figures[indicator.id]
    if indicator.numerator is not None and indicator.denominator is not None:
        parts = ((indicator.numerator, column), (indicator.denominator, column))
        return Formula(RATIO, parts, *_ratio(value, levels))
    typed = any(figures[part].number is None for part in indicator.sum_of)
    if indicator.sum_of and not (typed and value.number is not None):
        total = value.number
        cells = tuple((part, column) for part in indicator.sum_of)
        text = _sum(len(cells))
        if total is None:
            return Formula(text, cells, value.status.value, "#,##0")
        return Formula(text, cells, Decimal(total), number_look(total))
    return value.status.value if value.number is None else value.number


def _sum(count: int) -> str:
    """Return the formula of a sum: as the report, it needs all of its ``count`` parts."""
    parts = ",".join(f"{{{number}}}" for number in range(count))
    return f'=IF(COUNT({parts})<{count},"{Status.MISSING}",SUM({parts}))'


def _ratio(value: Value, levels: tuple[Level, ...]) -> tuple[str | Decimal, str]:
    """Return a ratio as the report prints it, and its number format."""
    if value.ratio is None:
        return value.status.value, "0.0%"
    exact = Decimal(value.ratio.numerator) / Decimal(value.ratio.denominator)
    return exact, f"{_zeros(ratio_places(value.ratio, levels))}%"


def _change(indicator: Indicator, change: Change | None) -> SheetValue:
    scale = 100 if indicator.is_ratio else 1
    text = CHANGE.replace("SCALE", str(scale))
    cells = ((indicator.id, NOW), (indicator.id, BEFORE))
    if change is None:
        return Formula(text, cells, NO_CHANGE_KNOWN, "0")
    exact = Decimal(change.difference.numerator) / Decimal(change.difference.denominator) * scale
    shown = _zeros(change_places(change)) if indicator.is_ratio else number_look(exact)
    unit = f' "{POINTS}"' if indicator.is_ratio else ""
    return Formula(text, cells, exact, f"+{shown}{unit};−{shown}{unit};0")


def _zeros(places: int) -> str:
    return f"0.{'0' * places}" if places else "0"
