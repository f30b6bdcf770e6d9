"""A form → bytes of its workbook (.xlsx): printed on A4, locked but for the cells to fill.

Three sheets: figures with their checks, evidence that is owed, narrative. Equal forms give equal
bytes; text is written as text, whatever it begins with.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from math import ceil
from typing import Any

from vanban.exchange.form_layout import (
    ASKED,
    BESIDE,
    COLUMNS,
    DAY,
    LAST_YEAR,
    NAMES,
    NUMBER,
    PREVIOUS,
    STATE,
    VALUE,
    FormColumn,
    SheetKind,
    position,
)
from vanban.exchange.forms import Form, FormCheck, FormRow
from vanban.nd30.dates import blank_date, short_date
from vanban.ooxml.package import rewrite
from vanban.render.xlsx import (
    A4,
    DARK_RED,
    FACE,
    FILL,
    GREY,
    LETTERS,
    LINE,
    RED,
    Look,
    workbook,
)
from vanban.workspace.models.form_answer import EvidenceState

TITLES: dict[SheetKind, str] = {
    SheetKind.FIGURES: "BIỂU SỐ LIỆU",
    SheetKind.EVIDENCE: "TÀI LIỆU KIỂM CHỨNG CẦN GỬI",
    SheetKind.NARRATIVE: "NỘI DUNG GÓP VÀO BÁO CÁO",
}
HOW_TO: dict[SheetKind, str] = {
    SheetKind.FIGURES: "Chỉ nhập vào ô nền vàng. Không phát sinh thì ghi 0, chưa có số liệu thì "
    "để trống. Tổng, tỷ lệ do máy tính; dòng kiểm tra màu đỏ là số chưa khớp.",
    SheetKind.EVIDENCE: "Chọn tình trạng ở từng dòng; đã có thì ghi số, ngày, gửi kèm tệp.",
    SheetKind.NARRATIVE: "Viết câu trọn vẹn, ngắn gọn; mỗi đoạn một dòng (Alt+Enter). "
    "Mục nào không có nội dung thì để trống.",
}
COUNTED = {SheetKind.FIGURES: "Số liệu", SheetKind.NARRATIVE: "Kết quả"}


def form_workbook(form: Form) -> bytes:
    """Return the workbook; its date of creation is the last day of the period."""
    target = io.BytesIO()
    title = f"Biểu cung cấp số liệu {form.title}, {form.unit_name}"
    said = (title, form.key.agency, form.end, form.shared_version)
    with workbook(target, *said, valign="vcenter") as (book, look):
        _write_figures(_begin(book, form, SheetKind.FIGURES, look), form, look)
        if form.evidence:
            _write_evidence(_begin(book, form, SheetKind.EVIDENCE, look), form, look)
        _write_narrative(_begin(book, form, SheetKind.NARRATIVE, look), form, look)
    return rewrite(target.getvalue(), lambda name, content: content)


# --- what all sheets have ---------------------------------------------------------------------

HEAD = 6
"""Row of the head of the table, from 0; above it stand agency, title and how to fill."""


def _begin(book: Any, form: Form, kind: SheetKind, look: Look) -> Any:
    """Add a sheet with its page, its head and the head of its table; rows follow from HEAD + 1."""
    page = book.add_worksheet(NAMES[kind])
    columns = COLUMNS[kind]
    _set_up(page, form)
    empty = _without_values(form) if kind is SheetKind.FIGURES else ()
    for index, column in enumerate(columns):
        hidden = index == 0 or column.name in empty
        page.set_column(index, index, column.width, look(locked=True), {"hidden": hidden})
    last = len(columns) - 1
    half = _half(columns)
    page.write_string(0, 0, form.key.mark(kind), look())
    for row, left, right in (
        (0, " ".join(form.head), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (1, form.unit_name.upper(), "Độc lập - Tự do - Hạnh phúc"),
    ):
        _merge(page, row, 1, half, left, look(bold=row == 1, align="center"))
        underlined = look(bold=True, align="center", underline=row)
        _merge(page, row, half + 1, last, right, underlined)
    title = f"{TITLES[kind]} CẢI CÁCH HÀNH CHÍNH {form.title.upper()}"
    if kind is SheetKind.EVIDENCE:
        title = f"{TITLES[kind]} NĂM {form.key.year}"
    _merge(page, 3, 1, last, title, look(bold=True, align="center", font_size=14))
    _merge(page, 4, 1, last, f"({_asked(form, kind)})", look(italic=True, align="center"))
    _merge(page, 5, 1, last, HOW_TO[kind], look(italic=True, align="center", text_wrap=True))
    page.set_row(5, LINE * 1.5)
    head = look(bold=True, border=1, text_wrap=True, align="center", bg_color=GREY)
    for index, column in enumerate(columns):
        page.write_string(HEAD, index, _head_of(column, form), head)
    page.set_row(HEAD, LINE * 3)
    return page


def _asked(form: Form, kind: SheetKind) -> str:
    sent = f"gửi {form.compiler} chậm nhất ngày {short_date(form.due)}"
    if kind is SheetKind.EVIDENCE:
        return f"Biểu này {sent}; tài liệu gửi khi có, chậm nhất theo cột hạn gửi"
    start, end = short_date(form.start), short_date(form.end)
    return f"{COUNTED[kind]} từ ngày {start} đến ngày {end}; {sent}"


def _set_up(page: Any, form: Form) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.freeze_panes(HEAD + 1, 3)
    page.hide_gridlines(2)
    page.set_default_row(LINE)
    page.set_footer(f'&L&"{FACE},Regular"&10{form.unit_name}&R&"{FACE},Regular"&10Trang &P/&N')
    page.protect("", {"format_columns": True, "format_rows": True})


def _head_of(column: FormColumn, form: Form) -> str:
    if column.name == PREVIOUS and form.previous_title:
        return f"{PREVIOUS} ({form.previous_title})"
    return column.name


def _without_values(form: Form) -> tuple[str, ...]:
    """Return the columns of earlier figures that no row has; they are hidden."""
    shown = {
        PREVIOUS: any(row.previous for row in form.rows),
        LAST_YEAR: any(row.last_year for row in form.rows),
    }
    return tuple(name for name, has_values in shown.items() if not has_values)


def _half(columns: tuple[FormColumn, ...]) -> int:
    """Return the last column of the left half of the page."""
    whole, gone = sum(column.width for column in columns[1:]), 0.0
    for index, column in enumerate(columns[1:-1], 1):
        gone += column.width
        if gone + columns[index + 1].width / 2 > whole / 2:
            return index
    return len(columns) - 2


def _merge(page: Any, row: int, first: int, last: int, text: str, form: Any) -> None:
    if last > first:
        page.merge_range(row, first, row, last, "", form)
    page.write_string(row, first, text, form)


def _height(page: Any, row: int, cells: Iterable[tuple[str, float]]) -> None:
    """Give a row the height of its longest cell; programs do not do so when they print."""
    lines = (ceil(len(text) / (width * LETTERS)) for text, width in cells)
    page.set_row(row, LINE * max(1, *lines))


def _sign(page: Any, row: int, form: Form, kind: SheetKind, look: Look) -> None:
    """Write who made the form and who answers for it, side by side below the table."""
    half, last = _half(COLUMNS[kind]), len(COLUMNS[kind]) - 1
    how = "(Ký, ghi rõ họ tên)"
    lines = (
        ("", blank_date(form.end.year).capitalize(), look(align="center", italic=True)),
        ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", look(align="center", bold=True)),
        (how, how, look(align="center", italic=True)),
    )
    for line, (left, right, shown) in enumerate(lines, row):
        page.write_string(line, 0, BESIDE, shown)
        _merge(page, line, 1, half, left, shown)
        _merge(page, line, half + 1, last, right, shown)


# --- figures ----------------------------------------------------------------------------------

VALUE_AT = position(SheetKind.FIGURES, VALUE)


def _write_figures(page: Any, form: Form, look: Look) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    columns = COLUMNS[SheetKind.FIGURES]
    cells = {
        row.indicator: xl_rowcol_to_cell(number, VALUE_AT)
        for number, row in enumerate(form.rows, HEAD + 1)
        if row.is_filled
    }
    for number, row in enumerate(form.rows, HEAD + 1):
        _write_figure(page, number, row, cells, look)
        _height(page, number, ((row.name, columns[2].width), (row.definition, columns[4].width)))
    below = HEAD + len(form.rows) + 2
    if form.checks:
        _write_checks(page, below, form.checks, cells, look)
        below += len(form.checks) + 2
    _sign(page, below, form, SheetKind.FIGURES, look)


def _write_figure(page: Any, number: int, row: FormRow, cells: dict[str, str], look: Look) -> None:
    columns = COLUMNS[SheetKind.FIGURES]
    texts = (row.indicator, row.number, row.name, row.unit, row.definition)
    fixed = (*texts, row.previous, row.last_year)
    cell = {"border": 1, "text_wrap": True, "bold": not row.indicator}
    for index, (text, column) in enumerate(zip(fixed, columns, strict=False)):
        page.write_string(number, index, text, look(**cell, align=column.align))
    open_cell = look(**cell, bg_color=FILL, locked=False)
    if row.is_filled:
        number_format = "General" if row.decimal else "#,##0"
        value = look(border=1, bg_color=FILL, locked=False, num_format=number_format, align="right")
        page.write_blank(number, VALUE_AT, None, value)
        page.data_validation(number, VALUE_AT, number, VALUE_AT, _validation(row))
        wrong = look(bg_color=RED, font_color=DARK_RED)
        own = cells[row.indicator]
        rule = {"type": "formula", "criteria": f"=ISTEXT({own})", "format": wrong}
        page.conditional_format(number, VALUE_AT, number, VALUE_AT, rule)
    elif row.parts:
        page.write_formula(number, VALUE_AT, *_computed(row, cells, look))
    else:
        page.write_blank(number, VALUE_AT, None, look(**cell))
    for index in range(VALUE_AT + 1, len(columns)):
        page.write_blank(number, index, None, open_cell if row.is_filled else look(**cell))


def _validation(row: FormRow) -> dict[str, object]:
    kind = "decimal" if row.decimal else "integer"
    what = "Số có phần lẻ, từ 0 trở lên" if row.decimal else "Số nguyên, từ 0 trở lên"
    return {
        "validate": kind,
        "criteria": ">=",
        "value": 0,
        "input_title": f"Đơn vị tính: {row.unit}"[:32],
        "input_message": f"{what}. Không phát sinh thì ghi 0; chưa có thì để trống.",
        "error_title": "Số liệu chưa đúng",
        "error_message": f"{what}; không gõ chữ, dấu %, đơn vị tính.",
    }


def _computed(row: FormRow, cells: dict[str, str], look: Look) -> tuple[str, Any, str]:
    """Return formula, look and value of a sum or ratio; "" until all of its cells are filled."""
    top, bottom = _sum(row.parts, cells), _sum(row.over, cells)
    names = dict.fromkeys(cells[each] for each in (*row.parts, *row.over))
    lacking = f"COUNT({','.join(names)})<{len(names)}"
    value = f'IF({bottom}=0,"",({top})/({bottom}))' if row.over else top
    form = look(
        border=1, align="right", bg_color=GREY, num_format="0.0%" if row.over else "General"
    )
    return f'=IF({lacking},"",{value})', form, ""


def _sum(names: Iterable[str], cells: dict[str, str]) -> str:
    return "+".join(cells[name] for name in names)


def _write_checks(
    page: Any, top: int, checks: tuple[FormCheck, ...], cells: dict[str, str], look: Look
) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    columns = COLUMNS[SheetKind.FIGURES]
    last, width = len(columns) - 1, sum(each.width for each in columns[2:5])
    title = "Kiểm tra số liệu (máy tự đối chiếu; dòng màu đỏ phải sửa trước khi gửi)"
    _merge(page, top, 1, last, title, look(bold=True))
    for number, check in enumerate(checks, 1):
        row = top + number
        page.write_string(row, 0, BESIDE, look())
        page.write_string(row, 1, str(number), look(border=1, align="center"))
        _merge(page, row, 2, VALUE_AT - 1, check.name, look(border=1, text_wrap=True))
        _height(page, row, [(check.name, width)])
        names = dict.fromkeys(cells[each] for each in (*check.left, *check.right))
        left, right = _sum(check.left, cells), _sum(check.right, cells)
        sign = "<=" if check.at_most else "="
        formula = (
            f'=IF(COUNT({",".join(names)})<{len(names)},"chưa đủ số liệu",'
            f'IF(ROUND({left},6){sign}ROUND({right},6),"khớp",'
            f'"KHÔNG KHỚP: "&({left})&" và "&({right})))'
        )
        form = look(border=1, align="center")
        page.merge_range(row, VALUE_AT, row, last, "", form)
        page.write_formula(row, VALUE_AT, formula, form, "chưa đủ số liệu")
        wrong = look(bg_color=RED, font_color=DARK_RED, bold=True)
        own = xl_rowcol_to_cell(row, VALUE_AT, row_abs=True, col_abs=True)
        red = {"type": "formula", "criteria": f'=LEFT({own},5)="KHÔNG"', "format": wrong}
        page.conditional_format(row, 1, row, last, red)


# --- evidence and narrative -------------------------------------------------------------------


def _write_evidence(page: Any, form: Form, look: Look) -> None:
    columns = COLUMNS[SheetKind.EVIDENCE]
    first, last = HEAD + 1, HEAD + len(form.evidence)
    for number, each in enumerate(form.evidence, 1):
        known = f"{each.registered}/{each.needed}"
        code = each.criterion
        texts = (code, str(number), code, each.name, each.required, known, short_date(each.due))
        _write_row(page, HEAD + number, texts, SheetKind.EVIDENCE, look)
        cells = ((each.name, columns[3].width), (each.required, columns[4].width))
        _height(page, HEAD + number, cells)
    state, day = (position(SheetKind.EVIDENCE, name) for name in (STATE, DAY))
    page.data_validation(
        first,
        state,
        last,
        state,
        {
            "validate": "list",
            "source": [each.value for each in EvidenceState],
            "error_title": "Tình trạng chưa đúng",
            "error_message": "Chọn một mục trong danh sách.",
        },
    )
    number_at = position(SheetKind.EVIDENCE, NUMBER)
    for row in range(first, last + 1):
        dated = look(border=1, bg_color=FILL, locked=False, num_format="dd/mm/yyyy", align="center")
        page.write_blank(row, day, None, dated)
        worded = look(border=1, bg_color=FILL, locked=False, num_format="@", text_wrap=True)
        page.write_blank(row, number_at, None, worded)
    _sign(page, last + 2, form, SheetKind.EVIDENCE, look)


def _write_narrative(page: Any, form: Form, look: Look) -> None:
    group, row, number = "", HEAD, 0
    for section in form.sections:
        if section.group not in (group, section.title):
            row += 1
            heading = look(border=1, bold=True)
            _merge(page, row, 1, 3, section.group, heading)
            page.write_blank(row, 0, None, heading)
        group, row, number = section.group, row + 1, number + 1
        texts = (section.path, str(number), section.title)
        _write_row(page, row, texts, SheetKind.NARRATIVE, look)
        page.set_row(row, LINE * 4)


def _write_row(page: Any, row: int, texts: tuple[str, ...], kind: SheetKind, look: Look) -> None:
    for index, column in enumerate(COLUMNS[kind]):
        cell = {"border": 1, "text_wrap": True, "align": column.align}
        if column.name in ASKED[kind]:
            top = {"valign": "top"} if kind is SheetKind.NARRATIVE else {}
            page.write_blank(row, index, None, look(**cell, **top, bg_color=FILL, locked=False))
        else:
            page.write_string(row, index, texts[index], look(**cell))
