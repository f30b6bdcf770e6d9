"""The sheet of an annex: numbers as numbers, text as text, formulas that come to what they say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from conftest import TEMPLATES, Files
from documents import SAMPLE, plain
from office import recalculated
from reports import make_workspace
from vanban.compose.report_facts import gather
from vanban.compose.report_sheet import statistics_sheet
from vanban.line_ends import plain as plain_blanks
from vanban.render.docx_package import core_properties
from vanban.render.xlsx import render_xlsx
from vanban.sheet import Formula, Sheet, SheetColumn, SheetRow, SheetValue


def opened(data: bytes, values: bool = False) -> Any:
    """Return the first sheet of a workbook: its formulas, or with ``values`` what they come to."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values).worksheets[0]


def sheet(*values: SheetValue, note: str = "", head: tuple[str, ...] = ()) -> Sheet:
    columns = tuple(SheetColumn(f"Cột {number}", 12) for number in range(len(values)))
    return Sheet("Phụ lục I", head, note, columns, (SheetRow(values, key="a"),))


def first_row(*values: SheetValue) -> list[Any]:
    _, row = opened(render_xlsx([sheet(*values)], plain("A."), None)).iter_rows()
    return list(row)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1204, 1204),
        (0, 0),
        (Decimal("0.98653"), 0.98653),
        (None, None),
        ("Hồ sơ", "Hồ sơ"),
        ("=1+1", "=1+1"),
        ("+1", "+1"),
        ("-1", "-1"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("\t=1", "\t=1"),
        ("1.204", "1.204"),
        ("http://a.vn", "http://a.vn"),
        ("<b>&amp;{{ x }}", "<b>&amp;{{ x }}"),
    ],
)
def test_values(value: SheetValue, expected: object) -> None:
    cell, _ = first_row(value, "sau")
    assert cell.value == expected
    assert cell.data_type == ("s" if isinstance(value, str) else "n")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1204, "#,##0"),
        (Decimal("12.50"), "#,##0.0"),
        (Formula("={0}", (("a", 1),), Decimal("0.9996"), "0.00%"), "0.00%"),
    ],
)
def test_numbers_show_the_decimals_they_must(value: SheetValue, shown: str) -> None:
    cell, _ = first_row(value, 1)
    assert cell.number_format == shown


def test_a_formula_names_cells_by_row_and_column_and_keeps_its_value() -> None:
    formula = Formula("={0}/{1}", (("a", 1), ("a", 2)), Decimal("0.5"), "0%")
    data = render_xlsx([sheet(formula, 1, 2, head=("Tên",))], plain("A."), None)
    assert opened(data)["A3"].value == "=B3/C3"
    assert opened(data, values=True)["A3"].value == 0.5


def test_the_sheet_prints_like_an_annex() -> None:
    made = Sheet(
        "Phụ lục I",
        ("CƠ QUAN", "Phụ lục I", "TÊN", "(Kèm theo)", "Số liệu"),
        "MẪU",
        (
            SheetColumn("STT", 8, "center"),
            SheetColumn("Tên", 10),
            SheetColumn("Mã", 9, hidden=True),
        ),
        (
            SheetRow(("1", "Nhóm", None), heading=True),
            SheetRow(("1.1", "dài " * 9, "ma"), key="ma"),
        ),
    )
    page = opened(render_xlsx([made], plain("A."), None))
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert (page.print_title_rows, page.freeze_panes) == ("$6:$6", "A7")
    assert "MẪU" in page.oddFooter.center.text and page.oddFooter.right.text == "&P/&N"
    assert [cell.value for cell in page["A"][:6]] == [*made.head, "STT"]
    assert {str(merged) for merged in page.merged_cells.ranges} == {
        f"A{row}:B{row}" for row in range(1, 6)
    }
    assert page.column_dimensions["C"].hidden and not page.column_dimensions["B"].hidden
    assert page["B7"].font.b and not page["B8"].font.b
    assert page.row_dimensions[8].height > page.sheet_format.defaultRowHeight
    assert page["A10"].value == "MẪU" and page["A10"].font.b


@pytest.mark.parametrize("stamp", [None, date(2025, 8, 1)])
def test_the_only_date_is_the_one_that_is_given(stamp: date | None) -> None:
    data = render_xlsx([sheet(1)], plain("A."), stamp)
    assert data == render_xlsx([sheet(1)], plain("A."), stamp)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}
        core = package.read("docProps/core.xml").decode()
    assert ("dcterms:created" in core) is (stamp is not None)
    assert ("2025-08-01" in core) is (stamp is not None)


@pytest.mark.parametrize("version", ["", "2026.1-3f9a2c1b"])
def test_the_version_of_a_shared_set_is_a_property_where_there_is_one(version: str) -> None:
    document = replace(plain("A."), shared_version=version)
    with zipfile.ZipFile(io.BytesIO(render_xlsx([sheet(1)], document, None))) as package:
        core = package.read("docProps/core.xml").decode()
    for told in (core, core_properties(document, None)):
        assert ("cp:keywords" in told) is bool(version)
        assert told.count(f">bộ dùng chung {version}<") == bool(version)


# --- the annex of a report ----------------------------------------------------------------------


def test_the_report_has_a_row_for_each_indicator(report_files: Files) -> None:
    given, _ = report_files.composed.sheets
    page = opened(report_files.path("xlsx").read_bytes(), values=True)
    annex = report_files.document.annexes[0]
    lines = [row[0].value for row in page.iter_rows(max_row=len(given.head))]
    assert lines == list(given.head)
    assert plain_blanks(annex.title) in lines and "PHƯỜNG TRẦN LIỄU" in lines[0]
    top = len(given.head) + 1
    for row, found in zip(given.rows, page.iter_rows(min_row=top + 1), strict=False):
        for value, cell in zip(row.cells, found, strict=True):
            expected = value.value if isinstance(value, Formula) else value
            if isinstance(expected, int | Decimal):
                assert cell.value == pytest.approx(float(expected))
            else:
                assert (cell.value or None) == (expected or None)
    keys = [row.key for row in given.rows if row.key]
    assert len(set(keys)) == len(keys) > 80
    assert all(row.heading for row in given.rows if not row.key)


NOW = {"truoc": "5", "mang": "90", "giay": "10", "xong": "99", "von": "9,25", "ky-luat": "0"}
BEFORE = {"truoc": "0", "mang": "50", "giay": "7", "dang": "3", "xong": "50", "von": "10"}
NOTHING = {"mang": "0", "giay": "0"}
PARTS = {"mang": "7", "xong": "1"}


def formulas(given: Sheet) -> Iterator[tuple[str, Formula]]:
    for number, row in enumerate(given.rows, len(given.head) + 2):
        for column, value in zip("ABCDEFGH", row.cells, strict=True):
            if isinstance(value, Formula):
                yield f"{column}{number}", value


@pytest.mark.soffice
@pytest.mark.parametrize(
    ("now", "before"),
    [(NOW, BEFORE), (NOW, None), (NOTHING, NOW), (PARTS, NOTHING)],
    ids=["both years", "one year", "nothing arose", "parts missing"],
)
def test_what_formulas_come_to_is_what_they_say(
    now: dict[str, str], before: dict[str, str] | None, tmp_path: Path
) -> None:
    last_year = None if before is None else {"q3": before}
    made = make_workspace(tmp_path, {"q3": now}, last_year)
    given = statistics_sheet(gather(made, "q3", TEMPLATES), SAMPLE)
    data = render_xlsx([given], SAMPLE, None)
    cached, anew = opened(data, values=True), opened(recalculated(data, tmp_path), values=True)
    told = dict(formulas(given))
    assert len(told) >= 10
    for place, formula in told.items():
        if isinstance(formula.value, str):
            assert cached[place].value == anew[place].value == formula.value, place
        else:
            expected = pytest.approx(float(formula.value))
            assert cached[place].value == expected and anew[place].value == expected, place


def test_the_targets_of_the_plan_are_followed_in_a_sheet_of_their_own(report_files: Files) -> None:
    _, given = report_files.composed.sheets
    page = openpyxl.load_workbook(report_files.path("xlsx")).worksheets[1]
    assert page.title == given.name == "Theo dõi chỉ tiêu"
    rows = {row[-1].value: row for row in page.iter_rows(min_row=len(given.head) + 2)}
    rate = rows["ty-le-tthc-bcci"]
    assert rate[4].value == pytest.approx(31 / 250) and rate[4].number_format == "0.0%"
    assert [cell.value for cell in rate[6:9]] == [
        "Nguy cơ không đạt",
        "Thấp hơn mức cần có đến nay (38,7%) 26,3 điểm %",
        "Phòng Văn hóa - Xã hội",
    ]
    assert rows["ty-le-ho-so-dung-han"][3].value == "100%; từ 95% trở lên"
    assert rows["diem-chi-so-cchc"][4].value == "chưa có số liệu"
