"""A ward of which only the workbook came: the same figures as its content, or why not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from support import load_checked
from vanban.app.ward_figures import gather_ward, register
from vanban.city.gathered import Matter, Past, WardFound
from vanban.compose.report import compose_report
from vanban.errors import ContentError
from vanban.exchange.report_file import read_report_file
from vanban.render.xlsx import render_xlsx
from vanban.workspace.wards import Ward
from vanban.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ward() -> Workspace:
    return load_checked(ROOT / "content", 2025)


@pytest.fixture(scope="module")
def built(ward: Workspace) -> bytes:
    made = compose_report(ward, "q3", ROOT / "templates")
    return render_xlsx(made.sheets, made.document, None)


def read(data: bytes, folder: Path, ward: Workspace, beside: object = None) -> WardFound:
    path = folder / "phuong-a.xlsx"
    path.write_bytes(data)
    if beside is not None:
        path.with_suffix(".json").write_text(json.dumps(beside), encoding="utf-8")
    return read_report_file(path, "phuong-a", 2025, "q3", ward.indicators)


def edited(data: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """Return a workbook as a program of sheets saves it, its formulas as their values."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def put(code: str, value: str | float, column: int = 4) -> Callable[[Workbook], None]:
    """Put a value into the row of an indicator, by default as the figure of the period."""

    def edit(book: Workbook) -> None:
        page = book.worksheets[0]
        (row,) = (cell.row for cell in page["H"] if cell.value == code)
        page.cell(row, column).value = value

    return edit


def put_head(cell: str, value: str | None) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book.worksheets[0][cell] = value

    return edit


def told(found: WardFound) -> list[str]:
    """Return what is told but for figures that are missing in the content itself."""
    every = [f"{each.matter.name} {each.place}: {each.text}" for each in found.concerns]
    return [each for each in every if not each.startswith("MISSING")]


def test_a_workbook_gives_the_figures_of_its_content(
    built: bytes, ward: Workspace, tmp_path: Path
) -> None:
    from_content = gather_ward(Ward("phuong-a", ROOT / "content"), 2025, "q3", register(ward))
    found = read(built, tmp_path, ward).ward
    assert told(read(built, tmp_path, ward)) == []
    assert (found.agency, found.sample, found.reported) == (ward.agency.name, True, True)
    assert found.figures == from_content.ward.figures
    assert found.figures["von-dau-tu-giai-ngan"] == Decimal("11236.8")
    assert read(edited(built, put("ho-so-bcci", 37, 4)), tmp_path, ward).ward == found


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            put("ho-so-bcci", 38),
            "CONTRADICTION phuong-a.xlsx: tổng “Tổng số hồ sơ tiếp nhận mới” ghi 1925 nhưng các số "
            "thành phần cộng lại là 1926",
        ),
        (put("ho-so-bcci", "37 hs"), "CONTRADICTION phuong-a.xlsx!Phụ lục I!D61: “"),
        (put("ho-so-bcci", 37.5), "CONTRADICTION phuong-a.xlsx!Phụ lục I!D61: “"),
        (put("pakn-da-xu-ly", 7), "CONTRADICTION phuong-a.xlsx: “Tỷ lệ"),
        (put("ho-so-ky-truoc", 85), "CONTRADICTION phuong-a.xlsx: không khớp: "),
    ],
)
def test_what_a_workbook_says_wrong_is_told(
    edit: Callable[[Workbook], None], expected: str, built: bytes, ward: Workspace, tmp_path: Path
) -> None:
    found = read(edited(built, edit), tmp_path, ward)
    assert any(each.startswith(expected) for each in told(found)), told(found)
    assert len(found.ward.contradictions) == len(told(found))


def test_the_same_period_of_last_year_is_its_past(
    built: bytes, ward: Workspace, tmp_path: Path
) -> None:
    found = read(edited(built, put("ho-so-bcci", 12, 5)), tmp_path, ward)
    assert found.ward.past == (Past("q3", 2024, {"ho-so-bcci": 12}),)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (put_head("A5", "Số liệu từ ngày 15/12/2024 đến ngày 14/6/2025"), "không phải quý III năm"),
        (put_head("A5", None), "không thấy dòng “Số liệu từ ngày"),
        (put_head("D6", "Số"), "không phải phụ lục thống kê"),
        (put_head("H6", None), "không phải phụ lục thống kê"),
    ],
)
def test_another_workbook_is_refused(
    edit: Callable[[Workbook], None], expected: str, built: bytes, ward: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(ContentError, match=expected):
        read(edited(built, edit), tmp_path, ward)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no workbook", b"%PDF-1.7"])
def test_a_file_that_is_no_workbook_is_refused(
    data: bytes, ward: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(ContentError, match=r"phuong-a\.xlsx"):
        read(data, tmp_path, ward)


def test_the_description_beside_tells_whether_the_workbook_was_changed(
    built: bytes, ward: Workspace, tmp_path: Path
) -> None:
    beside = {
        "co_quan_ban_hanh": "Ủy ban nhân dân phường A",
        "trang_thai": "trình ký",
        "bo_dung_chung": "2025.1-3f9a2c1b",
        "tep": [{"ten": "report-q3.xlsx", "sha256": sha256(built).hexdigest()}],
    }
    found = read(built, tmp_path, ward, beside)
    assert told(found) == []
    assert (found.ward.agency, found.ward.shared) == (
        "Ủy ban nhân dân phường A",
        "2025.1-3f9a2c1b",
    )
    changed = read(edited(built, put("tin-bai", 99)), tmp_path, ward, beside)
    assert [each.matter for each in changed.concerns if each.matter is not Matter.MISSING] == [
        Matter.ALTERED
    ]
    assert "phuong-a.json ghi mã khác" in told(changed)[0]
    (tmp_path / "phuong-a.json").write_text("{", encoding="utf-8")
    assert "không đọc được phuong-a.json" in told(read(built, tmp_path, ward))[0]
