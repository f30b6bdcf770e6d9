"""The workbook of a city: its formulas come to what they say, names of wards never become one."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from office import recalculated
from reports import make_workspace
from vanban.city.gathered import Concern, Gathered, GatheredWard, Matter, Past
from vanban.city.outliers import outliers
from vanban.compose.city_figures import CityFigures, sheet_name
from vanban.compose.city_workbook import city_workbook
from vanban.figures.values import Number
from vanban.render.xlsx import render_xlsx
from vanban.sheet import Formula

FIGURES: dict[str, Number] = {"truoc": 5, "mang": 90, "giay": 10, "nhan": 100, "xong": 95}
WARDS = (
    *(
        GatheredWard(
            f"w{number}",
            f"Ủy ban nhân dân xã Số {number}",
            reported=True,
            figures={**FIGURES, "mang": 90 - number, "nhan": 100 - number, "von": number},
            past=(Past("q3", 2024, {**FIGURES, "mang": 10, "nhan": 20}),),
        )
        for number in (0, 0, 1, 2, 3, 4, 5)
    ),
    GatheredWard("x", "=1+1", reported=True, figures={"mang": 0, "giay": 0, "nhan": 0}),
    GatheredWard(
        "y",
        "'Tổng hợp'!A1",
        reported=True,
        figures={"mang": 900, "nhan": 500},
        doubtful=("mang",),
    ),
    GatheredWard("z", absence="chưa có báo cáo quý III năm 2025"),
)


@dataclass(frozen=True)
class Book:
    title: str = "Tổng hợp"
    author: str = "Sở"
    shared_version: str = ""


def rendered(folder: Path) -> tuple[bytes, int]:
    """Return the workbook, and how many formulas it has."""
    register = make_workspace(folder, {"q3": {}}).indicators
    named = tuple(
        GatheredWard(**{**vars(ward), "name": f"{number}-{ward.name}"})
        for number, ward in enumerate(WARDS)
    )
    gathered = Gathered("q3", 2025, named)
    city = CityFigures(gathered, register, "Sở", "SỐ LIỆU MẪU")
    concerns = [Concern(named[0].name, Matter.MISSING, "=2+2", "von", "a.yaml:1:1")]
    sheets = city_workbook(city, concerns, outliers(gathered, city.indicators))
    cells = (cell for sheet in sheets for row in sheet.rows for cell in row.cells)
    return render_xlsx(sheets, Book(), None), sum(isinstance(cell, Formula) for cell in cells)


def cells(data: bytes, values: bool) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    return {
        (page.title, cell.coordinate): cell.value
        for page in book
        for row in page.iter_rows()
        for cell in row
    }


def test_only_formulas_of_the_program_are_formulas(tmp_path: Path) -> None:
    data, formulas = rendered(tmp_path)
    typed = cells(data, values=False)
    found = [value for value in typed.values() if str(value).startswith("=")]
    texts = [value for value in found if value in ("=1+1", "=2+2")]
    assert texts
    book = openpyxl.load_workbook(io.BytesIO(data))
    kinds = [cell.data_type for page in book for row in page.iter_rows() for cell in row]
    assert kinds.count("f") == formulas


def test_totals_of_the_workbook(tmp_path: Path) -> None:
    data, _ = rendered(tmp_path)
    page = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Tổng hợp"]
    rows = {row[1]: row for row in page.iter_rows(values_only=True)}
    assert list(rows["Nhận trực tuyến"][3:6:2]) == [7 * 90 - 15 + 900, 9]
    assert rows["Nhận trực tuyến"][4] == 7 * 80 - 15
    assert rows["Nhận trực tuyến"][6:] == (
        *(0, 87.5, 90),  # without the figure in doubt
        "=1+1",
        "xã Số 0, xã Số 0",
        "số đang mâu thuẫn: 'Tổng hợp'!A1",
    )
    ratio = rows["Tỷ lệ trực tuyến"]
    assert ratio[3] == pytest.approx((7 * 90 - 15 + 900) / (7 * 100 - 15 + 500))
    assert (ratio[8], ratio[10]) == (0.9, "xã Số 0, xã Số 0")
    ranks = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Xếp hạng"]
    assert [row[2] for row in ranks.iter_rows(min_row=6, values_only=True)][:10] == [
        *(1, 1, 3, 4, 5, 6, 7),
        *("–",) * 3,
    ]


@pytest.mark.slow
@pytest.mark.soffice
def test_what_formulas_come_to_is_what_they_say(tmp_path: Path) -> None:
    data, _ = rendered(tmp_path)
    anew = cells(recalculated(data, tmp_path), values=True)
    for place, value in cells(data, values=True).items():
        expected = pytest.approx(value) if isinstance(value, float) else value
        assert anew.get(place) == expected, place


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("1. Thể chế", "1. Thể chế"),
        ("7. Chính quyền điện tử, chính quyền số", "7. Chính quyền điện tử, chính…"),
        ("A/B: [C]?*'", "A B   C    "),
    ],
)
def test_a_sheet_has_a_name_that_it_may_have(name: str, expected: str) -> None:
    assert sheet_name(name) == expected
