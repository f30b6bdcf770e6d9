# ruff: noqa: E501 - tables of cases read best one case a line
"""The sheet of points of a monitored set: what has no points says why, and what is doubtful."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import TEMPLATES
from monitoring import FULL, SET, WITHOUT_OPEN, files
from support import load_checked, write_content
from vanban.compose.composed import Composed
from vanban.compose.scores import compose_scores
from vanban.document import Heading, Table
from vanban.sheet import Formula

ROOT = Path(__file__).parent.parent.parent


def composed(
    folder: Path, answers: dict[str, str], text: str = SET, **others: dict[str, str]
) -> Composed:
    given = files(answers, text=text)
    for name, more in others.items():
        given[f"2025/cham-diem/{name}.yaml"] = files(more, "thang-8")["2025/cham-diem/thu-ky.yaml"]
    return compose_scores(load_checked(write_content(folder, given), 2025), "thu-ky", TEMPLATES)


def texts(item: Composed) -> str:
    return "\n".join(block.text for block in item.document.body if not isinstance(block, Table))


def rows(item: Composed, table: int = 1) -> dict[str, list[str]]:
    tables = [block for block in item.document.body if isinstance(block, Table)]
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in tables[table].rows}


def test_an_open_set_has_no_total(tmp_path: Path) -> None:
    item = composed(tmp_path, {"A.1": "{da_dat: 40, tong_so: 100}", "A.10": "{chon: co}"})
    said = texts(item)
    assert "Tổng điểm tháng 9 năm 2025: chưa xác định, vì còn 13 chỉ tiêu chưa có điểm." in said
    assert "2 chỉ tiêu đã tính được 3,00/5,00 điểm, đạt 60%; phần này không thay cho" in said
    assert "- Chỉ tiêu B.1: bộ chỉ số chỉ chấm cho cấp tỉnh" in said
    assert "- Chỉ tiêu B.2: bộ chỉ số không nêu điểm của riêng chỉ tiêu này." in said
    assert rows(item)["A.1"] == ["Ngưỡng", "4,00", "40/100", "40%", "2,00", ""]
    assert rows(item)["A.6"] == ["Theo dõi", "–", "", "", "–", "theo dõi, không chấm"]
    assert rows(item, 0)["A. Nhóm chấm"] == ["34,00", "3,00", "5,00", "6"]
    assert item.document.is_bare and item.document.banner == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Tổng điểm tháng 9 năm 2025 là 40,00 điểm. Điểm tối đa của các chỉ tiêu áp dụng là 40,00 điểm, đạt 100%."),
        ({"C.2": "{chon: co}", "D.2": "{so_luong: 1}"}, "là 41,00 điểm, gồm 40,00 điểm của các chỉ tiêu, 2,00 điểm thưởng, trừ 1,00 điểm."),
        ({"A.3": "{da_dat: 0, tong_so: 0}"}, "Chỉ tiêu A.3: trong kỳ không phát sinh, điểm chia đều cho chỉ tiêu A.2, A.4b."),
        ({"A.9.2": "{khong_ap_dung: không được giao việc}"}, "Chỉ tiêu A.9.2: không được giao việc."),
        ({"A.4b": "{da_dat: 0, tong_so: 0}"}, "Chỉ tiêu A.4b: trong kỳ không phát sinh, không tính vào điểm tối đa."),
        ({"D.1": "{chon: khong}"}, "Chỉ tiêu D.1: không nộp, hoặc nộp sau ngày cuối được tiếp nhận."),
    ],
)  # fmt: skip
def test_what_is_said(tmp_path: Path, changes: dict[str, str], words: str) -> None:
    assert words in texts(composed(tmp_path, {**FULL, **changes}, WITHOUT_OPEN))


def test_periods_of_the_same_set_stand_side_by_side(tmp_path: Path) -> None:
    item = composed(tmp_path, {}, thang8={"A.1": "{da_dat: 40, tong_so: 100}"})
    assert rows(item, 2) == {
        "tháng 8 năm 2025": ["2,00", "4,00", "chưa xác định"],
        "tháng 9 năm 2025": ["0,00", "0,00", "chưa xác định"],
    }


def test_the_sheet_has_numbers_and_formulas(tmp_path: Path) -> None:
    (sheet,) = composed(tmp_path, {**FULL, "C.1": "{so_luong: 2}", "C.2": "{chon: co}"}).sheets
    cells = {row.key or row.cells[1]: row.cells for row in sheet.rows}
    ratio, group, bonus = cells["A.1"][5], cells["Nhóm chấm"][6], cells["Thưởng"][6]
    assert cells["A.1"][3:5] == (80, 100)
    assert isinstance(ratio, Formula) and (ratio.text, str(ratio.value)) == ("={0}/{1}", "0.8")
    assert isinstance(group, Formula) and str(group.value) == "34.00"
    assert isinstance(bonus, Formula) and bonus.text == "=MIN(SUM({0},{1}),3)"
    assert str(bonus.value) == "3.00"


def test_the_index_of_766_of_the_content() -> None:
    """Doubtful rows are told, the province's rows leave the total open, figures are a sample."""
    workspace = load_checked(ROOT / "content", 2025)
    item = compose_scores(workspace, "qd766-quy-3", TEMPLATES)
    said = texts(item)
    assert "bộ chỉ số đang được sử dụng, chưa đối chiếu văn bản gốc" in said
    assert "Tổng điểm quý III năm 2025: chưa xác định" in said
    assert "- Chỉ tiêu 3.0, 4.5b, 4.5a: bộ chỉ số chỉ chấm cho cấp tỉnh" in said
    assert "phép quy đổi tỷ lệ × điểm tối đa là suy luận" in said
    assert item.document.banner and not item.missing
    titles = [block.text for block in item.document.body if isinstance(block, Heading)]
    assert titles[-1] == "5. Nội dung cần đối chiếu với văn bản gốc"
