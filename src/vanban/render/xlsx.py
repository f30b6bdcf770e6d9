"""Sheets → bytes of an .xlsx: head, groups, numbers with their formats, formulas with their values.

Text is written as text, whatever it begins with; only a :class:`Formula` becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from math import ceil
from typing import Any, Protocol

from lxml import etree

from vanban.identifier import shared_property
from vanban.ooxml.markup import remove
from vanban.ooxml.package import parse_part, rewrite
from vanban.sheet import Cells, Formula, Number, Sheet, SheetRow, number_look

FACE = "Times New Roman"
FONT = {"font_name": FACE, "font_size": 12}
GREY, FILL, RED, DARK_RED = "#F2F2F2", "#FFF2CC", "#FFC7CE", "#9C0006"
"""Grounds of heads, of cells to fill in, of what is wrong, and letters on that."""
LINE = 17
"""Height of a line in pt; programs of sheets do not heighten rows by themselves when printing."""
LETTERS = 1.15
"""Letters in one unit of a column's width, at least."""

WIDEST = 230
"""Characters across a sheet of paper that can still be read."""
A4 = 9
"""The number of the paper's size in a print set-up."""


Look = Callable[..., Any]
"""Returns the format of cells with some properties, by their names in XlsxWriter."""

Rows = Mapping[str, Mapping[str, int]]
"""The number of each row with a key, from 0, by the name of its sheet."""


class Described(Protocol):
    """What the file's properties name: a document, or what else a workbook is made of."""

    @property
    def title(self) -> str: ...

    @property
    def author(self) -> str: ...

    @property
    def shared_version(self) -> str: ...


def render_xlsx(sheets: Iterable[Sheet], document: Described, stamp: date | None) -> bytes:
    """Return the workbook of ``sheets``; equal arguments give equal bytes.

    ``stamp`` is the date in the file's properties, None for none.
    """
    target = io.BytesIO()
    said = (document.title, document.author, stamp, document.shared_version)
    with workbook(target, *said) as (book, look):
        sheets = tuple(sheets)
        rows = {sheet.name: _numbered(sheet) for sheet in sheets}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name, _worksheet())
            _set_up(page, sheet)
            _write(page, sheet, rows, look)
    return _fixed(target.getvalue(), stamp)


@contextmanager
def workbook(
    target: io.BytesIO,
    title: str,
    author: str,
    day: date | None,
    shared_version: str = "",
    **common: object,
) -> Iterator[tuple[Any, Look]]:
    """Have a workbook, made on ``day``, written to ``target`` at the end; and its looks.

    A look is made once for the same properties; each has those in ``common``.
    """
    import xlsxwriter

    properties: dict[str, object] = {"title": title, "author": author}
    if day is not None:
        properties["created"] = datetime.combine(day, time(), UTC)
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({**properties, **shared_property(shared_version)})

        @cache
        def known(*own: tuple[str, object]) -> Any:
            return book.add_format({**FONT, **common, **dict(own)})

        yield book, lambda **own: known(*sorted(own.items()))


@cache
def _worksheet() -> Any:
    """Return the class of worksheets: formulas go into the file as they are.

    The library looks through each for thirty functions newer than Excel 2010; none is used here,
    and it takes a third of the time of a workbook with many.
    """
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("=")

    return Plain


def _set_up(page: Any, sheet: Sheet) -> None:
    """Landscape A4, as wide as the paper, the head of the table on every page and on the screen.

    A table of many columns, some of which are fixed, goes over several sheets of paper.
    """
    head = len(sheet.head)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    page.center_horizontally()
    width = sum(column.width for column in sheet.columns if not column.hidden)
    page.fit_to_pages(ceil(width / WIDEST) if sheet.fixed else 1, 0)
    page.repeat_rows(head)
    page.freeze_panes(head + 1, sheet.fixed)
    if sheet.fixed:
        page.repeat_columns(0, sheet.fixed - 1)
    page.set_default_row(LINE)
    page.set_footer(f'&C&"{FACE},Bold"&12{sheet.note}&R&"{FACE},Regular"&12&P/&N')
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, None, {"hidden": column.hidden})


def _numbered(sheet: Sheet) -> dict[str, int]:
    first = len(sheet.head) + 1
    return {row.key: number for number, row in enumerate(sheet.rows, first) if row.key}


def _write(page: Any, sheet: Sheet, rows: Rows, look: Callable[..., Any]) -> None:
    last = max(index for index, column in enumerate(sheet.columns) if not column.hidden)
    for line, text in enumerate(sheet.head):
        align = "left" if line == 0 else "center"
        form = look(bold=line < len(sheet.head) - 2, align=align)
        page.merge_range(line, 0, line, last, "", form)
        page.write_string(line, 0, text, form)
    top = len(sheet.head)
    head = look(bold=True, border=1, text_wrap=True, align="center", valign="vcenter")
    for index, column in enumerate(sheet.columns):
        page.write_string(top, index, column.name, head)
    page.set_row(top, LINE * max(2, *(_lines(each.name, each.width) for each in sheet.columns)))
    for number, row in enumerate(sheet.rows, top + 1):
        _write_row(page, number, row, rows, sheet, look)
    if sheet.note:
        page.write_string(top + len(sheet.rows) + 2, 0, sheet.note, look(bold=True))


def _write_row(
    page: Any,
    number: int,
    row: SheetRow,
    rows: Rows,
    sheet: Sheet,
    look: Callable[..., Any],
) -> None:
    lines = 1
    for index, (value, column) in enumerate(zip(row.cells, sheet.columns, strict=True)):
        cell = {"border": 1, "valign": "top", "bold": row.heading, "align": column.align}
        match value:
            case None:
                page.write_blank(number, index, None, look(**cell))
            case str():
                page.write_string(number, index, value, look(**cell, text_wrap=True))
                lines = lines if column.hidden else max(lines, _lines(value, column.width))
            case Formula():
                places = [_place(each, rows, sheet.name) for each in value.cells]
                cached = value.value if isinstance(value.value, str) else float(value.value)
                form = look(**cell, num_format=value.look)
                page.write_formula(number, index, value.text.format(*places), form, cached)
            case Number():
                form = look(**cell, num_format=value.look)
                page.write_number(number, index, float(value.value), form)
            case _:
                form = look(**cell, num_format=number_look(value))
                page.write_number(number, index, float(value), form)
    if lines > 1:
        page.set_row(number, LINE * lines)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, about."""
    return ceil(len(text) / (width * LETTERS))


def _place(cells: tuple[str, int] | Cells, rows: Rows, own: str) -> str:
    """Return cells as a formula of the sheet ``own`` names them: A1, or 'Other sheet'!A1:A9."""
    from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell

    if isinstance(cells, tuple):
        cells = Cells(*cells)
    known = rows[cells.sheet or own]
    first, column = known[cells.first], cells.column
    if cells.last:
        place = xl_range(first, column, known[cells.last], column)
    else:
        place = xl_rowcol_to_cell(first, column)
    return f"{quote_sheetname(cells.sheet)}!{place}" if cells.sheet else str(place)


def _fixed(data: bytes, stamp: date | None) -> bytes:
    """Write the package anew with fixed time stamps, without the clock's date of creation."""

    def change(name: str, content: bytes) -> bytes:
        if name == "docProps/core.xml" and stamp is None:
            root = parse_part(content)
            for element in list(root.iter("{*}created", "{*}modified")):
                remove(element)
            declaration, _, _ = content.partition(b"<cp:")
            return declaration + etree.tostring(root, encoding="UTF-8")
        return content

    return rewrite(data, change)
