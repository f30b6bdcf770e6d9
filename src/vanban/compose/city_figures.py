"""Wards × indicators as sheets: one a field of the register, and one that sums up all of them.

Each ward is a row, below the row of the total. Sums and ratios are formulas with their values; the
ratio of the total is that of the sums, over the wards that have both parts of it. What was read of
wards stays a number or a text: it is never part of a formula. Ranks, and what is least, median and
greatest, are numbers: they leave out figures in doubt, which no formula over a column can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from vanban.city.gathered import Gathered, GatheredWard
from vanban.city.outliers import Spread, spread
from vanban.city.ranks import ranks
from vanban.city.totals import Total, exact_of, is_additive, total_of, totals, value_of
from vanban.figures.comparison import Change, change_since
from vanban.figures.notation import NO_CHANGE_KNOWN, ratio_places
from vanban.figures.values import Number as Figure
from vanban.figures.values import Status, Value
from vanban.sheet import (
    Cells,
    Formula,
    Number,
    Sheet,
    SheetColumn,
    SheetRow,
    SheetValue,
    number_look,
)
from vanban.workspace.models.indicators import Indicator, IndicatorRegister

TOTAL = "Toàn bộ"
TOTAL_KEY = " total"
"""No folder of a ward has such a name."""
OTHERS = "Chỉ tiêu khác"
FIRST = 2
"""The column of the first indicator of a sheet, after number and ward."""
NO_VALUE = "–"
LONGEST = 31
"""Letters that the name of a sheet may have."""
LEGEND = f"{NO_VALUE}: chưa có số liệu; tỷ lệ toàn bộ tính từ tổng tử số và tổng mẫu số"

RATIO = (
    f'=IF(AND(ISNUMBER({{1}}),{{1}}=0),"{Status.NOT_ARISEN}",'
    f'IF(COUNT({{0}},{{1}})<2,"{NO_VALUE}",{{0}}/{{1}}))'
)
"""Of a numerator {0} and a denominator {1}."""
_BOTH = "SUMPRODUCT(--ISNUMBER({{0}}),--ISNUMBER({{1}}),{})"
TOTAL_RATIO = (
    f"=IF({_BOTH.format('{1}')}=0,"
    f'IF(SUMPRODUCT(--ISNUMBER({{0}}),--ISNUMBER({{1}}))=0,"{NO_VALUE}","{Status.NOT_ARISEN}"),'
    f"{_BOTH.format('{0}')}/{_BOTH.format('{1}')})"
)
"""Of columns of numerators {0} and denominators {1}: over the wards that have both."""


class Group(Struct, frozen=True):
    """A field of the register: its sheet, and the indicators that are its columns."""

    sheet: str
    title: str
    indicators: tuple[Indicator, ...]


class CityFigures(Struct, frozen=True, dict=True):
    """What the sheets are made of; ``head`` are the lines above each table but for its title."""

    gathered: Gathered
    register: IndicatorRegister
    author: str
    banner: str

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        found = []
        for number, group in enumerate(self.register.groups, 1):
            indicators = tuple(each for topic in group.topics for each in topic.indicators)
            found.append(Group(sheet_name(f"{number}. {group.name}"), group.name, indicators))
        if self.register.others:
            found.append(Group(OTHERS, OTHERS, self.register.others))
        return tuple(found)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(each for group in self.groups for each in group.indicators)

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, int]]:
        """The sheet and the column of each indicator."""
        return {
            each.id: (group.sheet, number)
            for group in self.groups
            for number, each in enumerate(group.indicators, FIRST)
        }

    @cached_property
    def totals(self) -> Mapping[str, Total]:
        return totals(self.indicators, self.gathered.wards)

    @cached_property
    def wards(self) -> tuple[GatheredWard, ...]:
        return self.gathered.wards

    def head(self, title: str, *notes: str) -> tuple[str, ...]:
        period = f"{self.gathered.title[:1].upper()}{self.gathered.title[1:]}"
        return (self.author, title, period, "; ".join(notes) or " ")

    def column(self, indicator: str, own: str) -> Cells:
        """Return the cells of all wards of an indicator, as the sheet ``own`` names them."""
        sheet, column = self.columns[indicator]
        first, last = self.wards[0].name, self.wards[-1].name
        return Cells(first, column, last, "" if sheet == own else sheet)

    def cell(self, indicator: str, row: str, own: str) -> Cells:
        sheet, column = self.columns[indicator]
        return Cells(row, column, sheet="" if sheet == own else sheet)


def sheet_name(text: str) -> str:
    """Return a name that a sheet may have: no sign that is forbidden, cut at a word."""
    name = re.sub(r"[\[\]:*?/\\']", " ", text)
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 1].rsplit(' ', 1)[0].rstrip(' ,')}…"


def group_sheets(city: CityFigures) -> Iterator[Sheet]:
    """Yield a sheet a field: the total, then the wards in the order in which they were named."""
    for group in city.groups:
        columns = (
            SheetColumn("STT", 6, "center"),
            SheetColumn("Đơn vị", 30),
            *(SheetColumn(_label(each), 14, "right") for each in group.indicators),
        )
        total = (None, TOTAL, *(_total(city, each, group.sheet) for each in group.indicators))
        rows = [SheetRow(total, TOTAL_KEY, heading=True)]
        for number, ward in enumerate(city.wards, 1):
            cells = (_value(city, each, ward, group.sheet) for each in group.indicators)
            rows.append(SheetRow((number, ward.territory, *cells), ward.name))
        head = city.head(group.title.upper(), LEGEND)
        yield Sheet(group.sheet, head, city.banner, columns, tuple(rows), fixed=FIRST)


SUMMARY_COLUMNS = (
    SheetColumn("STT", 6, "center"),
    SheetColumn("Chỉ tiêu", 46),
    SheetColumn("Đơn vị tính", 12, "center"),
    SheetColumn(TOTAL, 14, "right"),
    SheetColumn("Thay đổi so với cùng kỳ năm trước", 15, "right"),
    SheetColumn("Số đơn vị có số liệu", 10, "center"),
    SheetColumn("Thấp nhất", 12, "right"),
    SheetColumn("Trung vị", 12, "right"),
    SheetColumn("Cao nhất", 12, "right"),
    SheetColumn("Đơn vị thấp nhất", 28),
    SheetColumn("Đơn vị cao nhất", 28),
    SheetColumn("Ghi chú", 28),
)


def summary_sheet(city: CityFigures) -> Sheet:
    """Return the indicators of all fields with their totals, and how the wards lie."""
    rows: list[SheetRow] = []
    number = 0
    for group in city.groups:
        rows.append(
            SheetRow((None, group.title, *(None,) * (len(SUMMARY_COLUMNS) - 2)), heading=True)
        )
        for indicator in group.indicators:
            number += 1
            rows.append(_summary_row(city, number, indicator))
    reporting, absent = len(city.gathered.reporting), len(city.gathered.absent)
    head = city.head(
        "TỔNG HỢP SỐ LIỆU CỦA CÁC ĐƠN VỊ",
        f"{reporting} đơn vị có số liệu" + (f", {absent} chưa có" if absent else ""),
        "tỷ lệ toàn bộ tính từ tổng tử số và tổng mẫu số",
        "thấp nhất, trung vị, cao nhất không tính số đang mâu thuẫn",
    )
    return Sheet("Tổng hợp", head, city.banner, SUMMARY_COLUMNS, tuple(rows), fixed=FIRST)


def rank_sheet(city: CityFigures) -> Sheet:
    """Return the places of the wards by each ratio; counts follow from how large a ward is."""
    ratios = [each for each in city.indicators if each.is_ratio]
    columns = (
        SheetColumn("STT", 6, "center"),
        SheetColumn("Đơn vị", 30),
        *(SheetColumn(str(each.name), 14, "center") for each in ratios),
    )
    placed = {each.id: ranks(each, city.gathered.reporting) for each in ratios}
    rows = []
    for number, ward in enumerate(city.wards, 1):
        cells: list[SheetValue] = []
        for each in ratios:
            rank = placed[each.id].get(ward.name)
            if rank is None:
                cells.append(NO_VALUE)
            else:
                cells.append(Number(Decimal(rank.place), '0" ="' if rank.tied else "0"))
        rows.append(SheetRow((number, ward.territory, *cells), ward.name))
    head = city.head(
        "THỨ TỰ CỦA CÁC ĐƠN VỊ THEO TỪNG TỶ LỆ",
        "1 là tỷ lệ cao nhất, chưa chắc là tốt nhất; dấu = là cùng thứ hạng với đơn vị khác",
        f"{NO_VALUE} là chưa có số liệu, hoặc số đang mâu thuẫn",
    )
    return Sheet("Xếp hạng", head, city.banner, columns, tuple(rows), fixed=FIRST)


# --- cells ------------------------------------------------------------------------------------


def _label(indicator: Indicator) -> str:
    return str(indicator.name) if indicator.is_ratio else f"{indicator.name} ({indicator.unit})"


def _value(city: CityFigures, indicator: Indicator, ward: GatheredWard, own: str) -> SheetValue:
    value = value_of(indicator, ward.figures)
    if indicator.numerator is not None and indicator.denominator is not None:
        parts = (indicator.numerator, indicator.denominator)
        if not all(part in city.columns for part in parts):
            return _plain(value)
        cells = tuple(city.cell(part, ward.name, own) for part in parts)
        return Formula(RATIO, cells, *_ratio(value))
    known = [ward.figures.get(part) for part in indicator.sum_of]
    parts_known = [number for number in known if number is not None]
    if known and len(parts_known) == len(known) and sum(parts_known) == value.number:
        cells = tuple(city.cell(part, ward.name, own) for part in indicator.sum_of)
        names = ",".join(f"{{{number}}}" for number in range(len(cells)))
        return Formula(f"=SUM({names})", cells, Decimal(value.number), number_look(value.number))
    return _plain(value)


def _total(city: CityFigures, indicator: Indicator, own: str) -> SheetValue:
    value = city.totals[indicator.id].value
    if indicator.numerator is not None and indicator.denominator is not None:
        columns = (
            city.column(indicator.numerator, own),
            city.column(indicator.denominator, own),
        )
        return Formula(TOTAL_RATIO, columns, *_ratio(value))
    if not is_additive(indicator):
        return NO_VALUE
    text = f'=IF(COUNT({{0}})=0,"{NO_VALUE}",SUM({{0}}))'
    total = NO_VALUE if value.number is None else Decimal(value.number)
    look = "#,##0" if value.number is None else number_look(value.number)
    return Formula(text, (city.column(indicator.id, own),), total, look)


def _plain(value: Value) -> SheetValue:
    if value.ratio is not None:
        exact, look = _ratio(value)
        return Number(Decimal(exact), look)
    return NO_VALUE if value.number is None else value.number


def _ratio(value: Value) -> tuple[str | Decimal, str]:
    """Return a ratio with its format; a text where there is none."""
    if value.ratio is None:
        return (Status.NOT_ARISEN if value.status is Status.NOT_ARISEN else NO_VALUE), "0.0%"
    return _decimal(value.ratio), ratio_look(value.ratio)


def ratio_look(ratio: Fraction) -> str:
    places = ratio_places(ratio)
    return f"0.{'0' * places}%" if places else "0%"


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _summary_row(city: CityFigures, number: int, indicator: Indicator) -> SheetRow:
    total = city.totals[indicator.id]
    every = [
        (ward, exact)
        for ward in city.gathered.reporting
        if (exact := exact_of(indicator, ward.figures)) is not None
    ]
    own = [each for each in every if not each[0].is_doubtful(indicator)]
    lies = spread(exact for _, exact in own)
    column = city.column(indicator.id, "")
    place = city.cell(indicator.id, TOTAL_KEY, "")
    shown, look = _ratio(total.value) if indicator.is_ratio else _shown(total.value.number)
    return SheetRow(
        (
            number,
            str(indicator.name),
            str(indicator.unit),
            Formula("={0}", (place,), shown, look),
            _change(city, indicator),
            Formula("=COUNT({0})", (column,), Decimal(len(every)), "0"),
            *_lying(indicator, lies),
            _named(ward for ward, exact in own if lies is not None and exact == lies.least),
            _named(ward for ward, exact in own if lies is not None and exact == lies.greatest),
            "; ".join(_remarks(total, indicator)) or None,
        ),
        str(indicator.id),
    )


def _remarks(total: Total, indicator: Indicator) -> Iterator[str]:
    if total.lacking:
        yield f"{len(total.lacking)} đơn vị chưa có số liệu"
    doubtful = [ward for ward in total.counted if ward.is_doubtful(indicator)]
    if doubtful:
        yield f"số đang mâu thuẫn: {_named(doubtful)}"
    if not indicator.is_ratio and not is_additive(indicator):
        yield "điểm không cộng"


def _shown(number: Figure | None) -> tuple[str | Decimal, str]:
    if number is None:
        return NO_VALUE, "#,##0"
    return Decimal(number), number_look(number)


def _lying(indicator: Indicator, lies: Spread | None) -> Iterator[SheetValue]:
    for exact in (lies.least, lies.median, lies.greatest) if lies is not None else (None,) * 3:
        if exact is None:
            yield NO_VALUE
            continue
        look = ratio_look(exact) if indicator.is_ratio else number_look(_decimal(exact))
        yield Number(_decimal(exact), look)


def _named(wards: Iterable[GatheredWard], most: int = 2) -> str | None:
    names = [ward.territory for ward in wards]
    if len(names) > most:
        return f"{len(names)} đơn vị"
    return ", ".join(names) or None


def _change(city: CityFigures, indicator: Indicator) -> SheetValue:
    change = change_of(city.gathered, indicator)
    if change is None:
        return NO_CHANGE_KNOWN
    exact = _decimal(change.difference) * (100 if change.points else 1)
    shown = "0.0" if change.points else number_look(exact)
    unit = ' "điểm %"' if change.points else ""
    return Number(exact, f"+{shown}{unit};−{shown}{unit};0")


def change_of(gathered: Gathered, indicator: Indicator) -> Change | None:
    """Return how the total changed since the same period of last year.

    Only wards that say both periods are compared; None where there are none.
    """
    pairs = [
        (ward, GatheredWard(ward.name, figures=past))
        for ward in gathered.reporting
        if (past := ward.past_of(gathered.period, gathered.year - 1))
    ]
    both = [
        pair
        for pair in pairs
        if all(exact_of(indicator, ward.figures) is not None for ward in pair)
    ]
    if not both:
        return None
    now, before = (total_of(indicator, wards).value for wards in zip(*both, strict=True))
    return change_since(before, now)
