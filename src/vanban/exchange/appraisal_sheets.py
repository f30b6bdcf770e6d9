"""Sheets of points of many wards: what they come to, with ranks, and points by sub-criterion.

In: an open workbook and the wards' points. What is sample is marked on every page of every sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from msgspec import Struct

from vanban.city.appraisal import Sum, WardPoints, without_points
from vanban.exchange.appraisal_table import TableKey
from vanban.nd30.dates import short_date
from vanban.render.xlsx import A4, FACE, GREY, LETTERS, LINE, Look
from vanban.workspace.models.criteria import CriteriaSet

SAMPLE = "SỐ LIỆU MẪU – KHÔNG DÙNG ĐỂ CÔNG BỐ"
HEAD = 4
"""Row of the head of each table, from 0; above it stand mark, title and how to fill."""

MATRIX_PAGES = 2
"""Pages side by side that the columns of all sub-criteria are printed on, to be read."""

Shown = Decimal | str | None
"""What a cell holds."""


class Column(Struct, frozen=True):
    """A column of the table of appraisal: its head, width in characters, alignment."""

    name: str
    width: float
    align: str = "left"


class Standing(Struct, frozen=True):
    """A line of the summary: a ward, its ranks, and what its last ``round`` came to (0: none).

    ``pending`` are the sub-criteria that this round has no points for yet: it has no rank then.
    """

    ward: WardPoints
    rank: int
    appraised: Sum | None = None
    appraised_rank: int | None = None
    round: int = 0
    pending: int = 0

    @property
    def note(self) -> str:
        """What a table notes of the ward."""
        round = f"thẩm định lần {self.round}" if self.round else ""
        pending = f"còn {self.pending} tiêu chí chưa thẩm định" if self.pending else ""
        sample = "số liệu mẫu" if self.ward.is_sample else ""
        return "; ".join(filter(None, (round, pending, sample)))


class Pages(Struct, frozen=True):
    """What all sheets have: their page, title, and the mark of samples on every page."""

    book: Any
    key: TableKey
    look: Look
    day: date
    is_sample: bool

    def begin(self, name: str, title: str, how_to: str, columns: Iterable[Column]) -> Any:
        page, look = self.book.add_worksheet(name), self.look
        columns = tuple(columns)
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.5, right=0.4, top=0.7, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD)
        page.hide_gridlines(2)
        page.set_default_row(LINE)
        font = f'&"{FACE},Regular"&10'
        page.set_footer(f"&L{font}{self.key.agency}&R{font}Trang &P/&N")
        if self.is_sample:
            page.set_header(f'&C&"{FACE},Bold"&10{SAMPLE}')
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width)
        page.write_string(1, 0, f"{title} NĂM {self.key.year}", look(bold=True, font_size=14))
        page.write_string(2, 0, f"Ngày {short_date(self.day)}. {how_to}", look(italic=True))
        head = look(bold=True, border=1, text_wrap=True, align="center", bg_color=GREY)
        for index, column in enumerate(columns):
            page.write_string(HEAD, index, column.name, head)
        deepest = max(ceil(len(each.name) / (each.width * LETTERS)) for each in columns)
        page.set_row(HEAD, LINE * max(2, deepest))
        return page


# --- what all wards come to -------------------------------------------------------------------


def write_standings(
    pages: Pages, criteria: CriteriaSet, standings: tuple[Standing, ...], failed: Mapping[str, str]
) -> None:
    fields = [(field.code, str(field.name)) for field in criteria.fields]
    scored = {leaf.code.split(".")[0] for each in standings for leaf in each.ward.leaves}
    fields = [(code, name) for code, name in fields if code in scored]
    columns = (
        Column("Xếp hạng tự chấm", 8, "center"),
        Column("Đơn vị", 26),
        Column("Điểm tối đa áp dụng", 9, "right"),
        Column("Điểm tự chấm", 9, "right"),
        Column("Tỷ lệ", 8, "right"),
        Column("Điểm có nguy cơ", 9, "right"),
        Column("Điểm từ số liệu mẫu", 9, "right"),
        *(Column(f"{code}. {name}", 11, "right") for code, name in fields),
        Column("Điểm thẩm định", 10, "right"),
        Column("Chênh lệch", 9, "right"),
        Column("Xếp hạng thẩm định", 8, "center"),
        Column("Ghi chú", 26),
    )
    how_to = (
        "Xếp hạng theo tỷ lệ điểm trên điểm tối đa áp dụng; điểm theo lĩnh vực là điểm tự chấm."
    )
    page, look = pages.begin("Tổng hợp", "TỔNG HỢP ĐIỂM TỰ CHẤM", how_to, columns), pages.look
    page.freeze_panes(HEAD + 1, 2)
    text, number = look(border=1, text_wrap=True), look(border=1, num_format="0.00")
    centred, share = look(border=1, align="center"), look(border=1, num_format="0.0%")
    for row, each in enumerate(standings, HEAD + 1):
        own = each.ward.sum()
        page.write_number(row, 0, each.rank, centred)
        page.write_string(row, 1, each.ward.short, text)
        page.write_number(row, 2, own.maximum, number)
        page.write_number(row, 3, own.points, number)
        page.write_number(row, 4, float(own.share), share)
        page.write_number(row, 5, own.at_risk, number)
        page.write_number(row, 6, own.sampled, number)
        for index, (code, _) in enumerate(fields, 7):
            page.write_number(row, index, each.ward.sum(code).points, number)
        last = 7 + len(fields)
        if each.appraised is None:
            for index in range(last, last + 3):
                page.write_blank(row, index, None, text)
        else:
            page.write_number(row, last, each.appraised.points, number)
            if each.appraised_rank is None:  # a part of the points is compared with nothing
                page.write_blank(row, last + 1, None, text)
                page.write_blank(row, last + 2, None, text)
            else:
                page.write_formula(
                    row,
                    last + 1,
                    f"={cell_at(row, last)}-{cell_at(row, 3)}",
                    look(border=1, num_format='+0.00;"−"0.00;0.00'),
                    each.appraised.points - own.points,
                )
                page.write_number(row, last + 2, each.appraised_rank, centred)
        page.write_string(row, last + 3, each.note, text)
    for row, (name, reason) in enumerate(failed.items(), HEAD + 1 + len(standings)):
        page.write_string(row, 0, "–", centred)
        page.write_string(row, 1, name, text)
        for index in range(2, len(columns) - 1):
            page.write_blank(row, index, None, text)
        page.write_string(row, len(columns) - 1, reason, text)
        page.set_row(row, LINE * ceil(len(reason) / (26 * LETTERS)))


def cell_at(row: int, column: int) -> str:
    """Return the name of a cell, both numbers from 0: B5."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def points_of(ward: WardPoints, code: str) -> Shown:
    leaf = next((each for each in ward.leaves if each.code == code), None)
    if leaf is None or leaf.points is not None:
        return None if leaf is None else leaf.points
    return without_points(leaf.left_out)


def at_risk_of(ward: WardPoints, code: str) -> Shown:
    leaf = next((each for each in ward.leaves if each.code == code), None)
    return leaf.at_risk if leaf is not None and leaf.at_risk else None


def write_matrix(
    pages: Pages,
    standings: tuple[Standing, ...],
    name: str,
    title: str,
    shown: Callable[[WardPoints, str], Shown],
) -> None:
    codes = list(dict.fromkeys(leaf.code for each in standings for leaf in each.ward.leaves))
    columns = (Column("Đơn vị", 26), *(Column(code, 7.5, "right") for code in codes))
    page, look = pages.begin(name, title, "Cột là mã tiêu chí thành phần.", columns), pages.look
    page.freeze_panes(HEAD + 1, 1)
    page.fit_to_pages(MATRIX_PAGES, 0)
    page.repeat_columns(0)
    number = look(border=1, num_format="0.00")
    small = look(border=1, text_wrap=True, font_size=8, align="center")
    for row, each in enumerate(standings, HEAD + 1):
        page.write_string(row, 0, each.ward.short, look(border=1))
        for index, code in enumerate(codes, 1):
            value = shown(each.ward, code)
            if isinstance(value, str):
                page.write_string(row, index, value, small)
            elif value is None:
                page.write_blank(row, index, None, number)
            else:
                page.write_number(row, index, value, number)
