"""Points of wards → bytes of a workbook (.xlsx): sums and ranks, wards × criteria, cells to fill.

Sheets: what all wards come to; points and points at risk by sub-criterion; the table of appraisal,
locked but for three columns that take valid points and texts. Equal input gives equal bytes; text
is written as text, whatever it begins with.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from vanban.city.appraisal import without_points
from vanban.exchange.appraisal_sheets import (
    HEAD,
    Column,
    Pages,
    Shown,
    Standing,
    at_risk_of,
    cell_at,
    points_of,
    write_matrix,
    write_standings,
)
from vanban.exchange.appraisal_table import AppraisalRow, AppraisalTable
from vanban.ooxml.package import rewrite
from vanban.render.xlsx import DARK_RED, FILL, LETTERS, LINE, RED, Look, workbook
from vanban.workspace.models.criteria import CriteriaSet

ENTRY = "Thẩm định"

CODE, TITLE = "Mã dòng", "Tên đầy đủ"
"""Heads of the hidden columns: ids of rows, and the wards as letters call them."""
GIVEN, REASON, ASKED = "Điểm thẩm định", "Lý do", "Cần bổ sung"
"""Heads of the columns that are filled."""
BEFORE = "Thẩm định lần trước"
COLUMNS = (
    Column(CODE, 8),
    Column(TITLE, 8),
    Column("Đơn vị", 17),
    Column("Tiêu chí", 8, "center"),
    Column("Nội dung tiêu chí", 34),
    Column("Điểm tối đa", 8, "right"),
    Column("Điểm tự chấm", 9, "right"),
    Column("Số liệu kê khai", 16, "center"),
    Column("Nguy cơ", 17),
    Column("Tài liệu", 11),
    Column("Giải trình của đơn vị", 24),
    Column("Mức được cho", 13),
    Column(BEFORE, 10, "right"),
    Column(GIVEN, 10, "right"),
    Column(REASON, 30),
    Column(ASKED, 24),
)
FILLED = (GIVEN, REASON, ASKED)
AT = {column.name: number for number, column in enumerate(COLUMNS)}
STEPS = len(COLUMNS)
MOST_STEPS = 12
"""Hidden columns of the values that a rule allows, by which a sheet refuses others; a rule of more
values is left to the reader."""
HOW_TO = (
    "Chỉ nhập vào ô nền vàng: điểm trong mức được cho; khác điểm tự chấm thì ghi lý do (in trong "
    "công văn gửi đơn vị). Không cần bổ sung gì thêm thì để trống, công văn nêu tài liệu mà bộ "
    "tiêu chí yêu cầu."
)


def appraisal_workbook(
    table: AppraisalTable,
    criteria: CriteriaSet,
    standings: tuple[Standing, ...],
    failed: Mapping[str, str],
    day: date,
) -> bytes:
    """Return the workbook; without ``standings`` it has the table of appraisal alone.

    ``failed`` are wards without points, with the reason. ``day`` is told as that of the table.
    """
    target = io.BytesIO()
    title = f"Thẩm định điểm tự chấm năm {table.key.year}"
    with workbook(target, title, table.key.agency, day, valign="vcenter") as (book, look):
        is_sample = table.is_sample or any(each.ward.is_sample for each in standings)
        pages = Pages(book, table.key, look, day, is_sample)
        if standings:
            write_standings(pages, criteria, standings, failed)
            write_matrix(pages, standings, "Điểm tự chấm", "ĐIỂM TỰ CHẤM", points_of)
            write_matrix(pages, standings, "Điểm có nguy cơ", "ĐIỂM CÓ NGUY CƠ", at_risk_of)
        if table.rows:
            _write_table(pages, table, look)
    return rewrite(target.getvalue(), lambda name, content: content)


# --- the table of appraisal -------------------------------------------------------------------


def _write_table(pages: Pages, table: AppraisalTable, look: Look) -> None:
    page = pages.begin(ENTRY, "THẨM ĐỊNH ĐIỂM TỰ CHẤM", "", COLUMNS)
    page.write_string(0, 0, table.key.mark, look(font_color="#FFFFFF", font_size=1))
    first = AT["Đơn vị"]
    title = f"THẨM ĐỊNH ĐIỂM TỰ CHẤM NĂM {table.key.year}"
    for line, text, style in ((1, title, look(bold=True, font_size=14)), (2, HOW_TO, look())):
        page.write_blank(line, 0, None)
        page.write_string(line, first, text, style)
    page.freeze_panes(HEAD + 1, AT["Nội dung tiêu chí"])
    unused = () if any(row.before is not None for row in table.rows) else (BEFORE,)
    for index, column in enumerate(COLUMNS):
        hidden = column.name in (CODE, TITLE, *unused)
        page.set_column(index, index, column.width, None, {"hidden": hidden})
    page.set_column(STEPS, STEPS + MOST_STEPS - 1, 6, None, {"hidden": True})
    for number, row in enumerate(table.rows, HEAD + 1):
        _write_row(page, number, row, look)
    last = HEAD + len(table.rows)
    page.autofilter(HEAD, first, last, len(COLUMNS) - 1)
    _guard(page, last, look)
    allowed = ("autofilter", "sort", "format_columns", "format_rows", "select_locked_cells")
    page.protect("", dict.fromkeys(allowed, True))


def _write_row(page: Any, number: int, row: AppraisalRow, look: Look) -> None:
    leaf, key = row.leaf, row.key
    texts: dict[str, Shown] = {
        CODE: key.id,
        TITLE: key.title,
        "Đơn vị": row.ward,
        "Tiêu chí": key.code,
        "Nội dung tiêu chí": row.name,
        "Điểm tối đa": row.maximum,
        "Điểm tự chấm": without_points(key.left_out) if key.own is None else key.own,
        "Số liệu kê khai": leaf.declared,
        "Nguy cơ": "; ".join(leaf.risks),
        "Tài liệu": ", ".join(leaf.evidence),
        "Giải trình của đơn vị": leaf.explanation,
        "Mức được cho": row.allowed.text,
        BEFORE: row.before,
        GIVEN: row.given,
        REASON: row.reason or None,
        ASKED: row.asked or None,
    }
    lines = 1
    for index, column in enumerate(COLUMNS):
        value, style = texts[column.name], {"border": 1, "text_wrap": True, "align": column.align}
        if column.name in FILLED:
            style |= {"bg_color": FILL, "locked": False}
        if column.name == GIVEN:
            style |= {"num_format": "0.00"}
        if isinstance(value, Decimal):
            page.write_number(number, index, value, look(**{"num_format": "0.00", **style}))
        elif value is None:
            page.write_blank(number, index, None, look(**style))
        else:
            page.write_string(number, index, value, look(**style))
            if column.name not in (CODE, TITLE):
                lines = max(lines, ceil(len(value) / (column.width * LETTERS)))
    page.set_row(number, LINE * min(lines, 12))
    if len(row.allowed.values) <= MOST_STEPS:
        for index, step in enumerate(row.allowed.values, STEPS):
            page.write_number(number, index, step, look())


def _guard(page: Any, last: int, look: Look) -> None:
    """Let a sheet refuse points that cannot be, and show where a reason is lacking."""
    first, given, reason = HEAD + 1, AT[GIVEN], AT[REASON]
    own, most = (f"${cell_at(first, AT[name])}" for name in ("Điểm tự chấm", "Điểm tối đa"))
    value, why = f"${cell_at(first, given)}", f"${cell_at(first, reason)}"
    steps = f"${cell_at(first, STEPS)}:${cell_at(first, STEPS + MOST_STEPS - 1)}"
    fits = (
        f"IF(ISNUMBER({value}),AND({value}>=0,{value}<={most},ROUND({value},2)={value},"
        f"IF(COUNT({steps})=0,TRUE,COUNTIF({steps},{value})>0)),FALSE)"
    )
    page.data_validation(
        first,
        given,
        last,
        given,
        {
            "validate": "custom",
            "value": f"={fits}",
            "error_title": "Điểm chưa đúng",
            "error_message": "Ghi điểm trong cột “Mức được cho”, nhiều nhất hai chữ số lẻ.",
        },
    )
    wrong = look(bg_color=RED, font_color=DARK_RED)
    for column, formula in (
        (given, f'=AND({value}<>"",NOT({fits}))'),
        (reason, f'=AND(ISNUMBER({value}),{value}<>{own},{why}="")'),
    ):
        rule = {"type": "formula", "criteria": formula, "format": wrong}
        page.conditional_format(first, column, last, column, rule)
