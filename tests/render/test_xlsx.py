"""The sheet of raw figures: one row an indicator, numbers as numbers, text as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Files
from documents import plain
from vanban.render.xlsx import render_xlsx
from vanban.sheet import Ratio, Sheet, SheetValue


def cells(data: bytes | Path) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)
    (page,) = book.worksheets
    rows = [list(row) for row in page.iter_rows()]
    book.close()
    return rows


def sheet(*values: SheetValue, note: str = "") -> Sheet:
    columns = tuple(f"Cột {number}" for number in range(len(values)))
    return Sheet("Phụ lục I", note, columns, (values,))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1204, 1204),
        (0, 0),
        (Decimal("0.98653"), 0.98653),
        (None, None),
        ("Hồ sơ", "Hồ sơ"),
        ("=1+1", "=1+1"),
        ("1.204", "1.204"),
        ("http://a.vn", "http://a.vn"),
        ("<b>&amp;{{ x }}", "<b>&amp;{{ x }}"),
    ],
)
def test_values(value: SheetValue, expected: object) -> None:
    _, (cell, _) = cells(render_xlsx(sheet(value, "sau"), plain("A."), None))
    assert cell.value == expected
    assert cell.data_type == ("s" if isinstance(value, str) else "n")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Ratio(Decimal("0.98653"), 1), "0.0%"),
        (Ratio(Decimal("0.9996"), 2), "0.00%"),
        (Ratio(Decimal(1), 0), "0%"),
        (1204, "#,##0"),
        (Decimal("12.50"), "#,##0.0"),
    ],
)
def test_numbers_show_the_decimals_they_must(value: Ratio | int | Decimal, shown: str) -> None:
    _, (cell,) = cells(render_xlsx(sheet(value), plain("A."), None))
    assert cell.number_format == shown
    amount = value.value if isinstance(value, Ratio) else value
    assert cell.value == pytest.approx(float(amount))


def test_the_note_stands_below_the_table() -> None:
    head, row, blank, note = cells(render_xlsx(sheet(1, note="MẪU"), plain("A."), None))
    assert [line[0].value for line in (head, row, blank, note)] == ["Cột 0", 1, None, "MẪU"]
    assert note[0].font.b


@pytest.mark.parametrize("stamp", [None, date(2025, 8, 1)])
def test_the_only_date_is_the_one_that_is_given(stamp: date | None) -> None:
    data = render_xlsx(sheet(1), plain("A."), stamp)
    assert data == render_xlsx(sheet(1), plain("A."), stamp)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}
        core = package.read("docProps/core.xml").decode()
    assert ("dcterms:created" in core) is (stamp is not None)
    assert ("2025-08-01" in core) is (stamp is not None)


def test_the_report_has_a_row_for_each_indicator(report_files: Files) -> None:
    given = report_files.composed.sheet
    assert given is not None
    rows = cells(report_files.path("xlsx"))
    if given.note:
        *rows, _, note = rows
        assert note[0].value == report_files.document.banner
    head, *rows = rows
    assert [cell.value for cell in head] == list(given.columns)
    assert len(rows) == len(given.rows)
    for found, expected in zip(rows, given.rows, strict=True):
        for cell, value in zip(found, expected, strict=True):
            if isinstance(value, str) or value is None:
                assert (cell.value or None) == (value or None)
            else:
                amount = value.value if isinstance(value, Ratio) else value
                assert cell.value == pytest.approx(float(amount))


def test_indicators_have_ids_of_their_own(report_files: Files) -> None:
    given = report_files.composed.sheet
    assert given is not None
    ids = [row[1] for row in given.rows]
    assert len(set(ids)) == len(ids)
    assert all(isinstance(row[1], str) and row[1] for row in given.rows)
