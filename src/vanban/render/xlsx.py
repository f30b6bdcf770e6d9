"""Sheet of raw figures → bytes of an .xlsx, one row an indicator."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from lxml import etree

from vanban.document import Document
from vanban.ooxml.markup import remove
from vanban.ooxml.package import parse_part, rewrite
from vanban.sheet import Ratio, Sheet

COLUMN_WIDTHS = (8, 28, 60)
"""Of the first columns, in characters; the others take :data:`OTHER_WIDTH`."""

OTHER_WIDTH = 16


def render_xlsx(sheet: Sheet, document: Document, stamp: date | None) -> bytes:
    """Return the workbook of ``sheet``; equal arguments give equal bytes.

    ``stamp`` is the date in the file's properties, None for none.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        properties: dict[str, str | datetime] = {
            "title": document.title,
            "author": document.author,
        }
        if stamp is not None:
            properties["created"] = datetime.combine(stamp, time(), UTC)
        book.set_properties(properties)
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        text = book.add_format({**font, "text_wrap": True})
        head = book.add_format({**font, "text_wrap": True, "bold": True, "border": 1})

        def number_look(value: int | Decimal | Ratio) -> Any:
            """Return the format with exactly the decimals that the value has or must show."""
            if isinstance(value, Ratio):
                places, form = value.places, "0{}%"
            else:
                places = max(-int(Decimal(value).normalize().as_tuple().exponent), 0)
                form = "#,##0{}"
            decimals = f".{'0' * places}" if places else ""
            return book.add_format({**font, "num_format": form.format(decimals)})

        page = book.add_worksheet(sheet.name)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        for index in range(len(sheet.columns)):
            width = COLUMN_WIDTHS[index] if index < len(COLUMN_WIDTHS) else OTHER_WIDTH
            page.set_column(index, index, width)
        row = 0
        for index, name in enumerate(sheet.columns):
            page.write_string(row, index, name, head)
        page.repeat_rows(row)
        page.freeze_panes(row + 1, 0)
        for values in sheet.rows:
            row += 1
            for index, value in enumerate(values):
                if isinstance(value, str):
                    page.write_string(row, index, value, text)
                elif value is not None:
                    amount = value.value if isinstance(value, Ratio) else value
                    page.write_number(row, index, float(amount), number_look(value))
        if sheet.note:
            page.write_string(row + 2, 0, sheet.note, book.add_format({**font, "bold": True}))
            page.set_footer(f"&C&B{sheet.note}")
    return _fixed(target.getvalue(), stamp)


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
