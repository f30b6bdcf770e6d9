# ruff: noqa: E501 - tables of cases read best one case a line
"""What the self-assessment says of points that were lost, a sentence for each kind of rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments import CRITERIA, FULL, make_workspace, problems_of, problems_of_set
from conftest import TEMPLATES
from support import compose_all
from vanban.app.catalogue import find_kind
from vanban.compose.composed import Composed
from vanban.document import Table

AFTER = "3. Tiêu chí bị trừ điểm và nguyên nhân"
BEFORE = "4. Tiêu chí không áp dụng"


def composed(root: Path, answers: dict[str, str], criteria: str = CRITERIA) -> Composed:
    workspace = make_workspace(root, {**FULL, **answers}, criteria)
    (made,) = compose_all([find_kind("self-assessment")], workspace, TEMPLATES)
    return made


def sentence(root: Path, code: str, answer: str, criteria: str = CRITERIA) -> str:
    texts = [block.text for block in composed(root, {code: answer}, criteria).document.body]
    about = texts[texts.index(AFTER) + 1 : texts.index(BEFORE)]
    (found,) = [text for text in about if f"Tiêu chí {code}" in text]
    return found.removeprefix("- ")


WHY = "nguyen_nhan: Thiếu người"

OF_COUNT = CRITERIA.replace(
    "{loai: co_khong}", "{loai: bac_so, muc: [{tu_so: 5, diem: 2}, {tu_so: 2, diem: 1}]}"
)
IN_TIME = CRITERIA.replace("{loai: co_khong}", "{loai: dung_han, han: 15/12}")
ABOVE = CRITERIA.replace("{tu: 95%}", '{tren: 0%, diem: "0,5"}')


@pytest.mark.parametrize(
    ("criteria", "code", "answer", "expected"),
    [
        (OF_COUNT, "1.1.1", "{so_luong: 3, %s}", "(Có): kê khai 3, thuộc mức từ 2, được 1,00/2,00 điểm"),
        (OF_COUNT, "1.1.1", "{so_luong: 1, %s}", "(Có): kê khai 1 nên không được điểm (0/2,00)"),
        (IN_TIME, "1.1.1", "{ngay: 16/12/2025, %s}", "(Có): hoàn thành ngày 16/12/2025, sau hạn 15/12 nên không được điểm (0/2,00)"),
        (IN_TIME, "1.1.1", "{chon: khong, %s}", "(Có): chưa thực hiện nên không được điểm (0/2,00)"),
        (ABOVE, "1.1.3", "{da_dat: 1, tong_so: 10, %s}", "(Mức theo tỷ lệ): kê khai 1/10, đạt 10%, thuộc mức trên 0%, được 0,50/2,00 điểm"),
    ],
)  # fmt: skip
def test_kinds_of_counts_and_days(
    tmp_path: Path, criteria: str, code: str, answer: str, expected: str
) -> None:
    others = {"1.1.1": "{so_luong: 5}"} if criteria is OF_COUNT else {"1.1.1": "{ngay: 01/12/2025}"}
    given = {**(others if criteria is not ABOVE else {}), code: answer % WHY}
    texts = [block.text for block in composed(tmp_path, given, criteria).document.body]
    assert any(f"Tiêu chí {code} {expected}." in text for text in texts), texts


@pytest.mark.parametrize(
    ("code", "answer", "expected"),
    [
        ("1.1.1", "{chon: khong, %s}", "(Có): chưa thực hiện nên không được điểm (0/2,00)"),
        ("1.1.2", "{chon: thieu-mot, %s}", "(Mức): đạt mức “Thiếu một”, được 0,50/2,00 điểm"),
        ("1.1.2", "{chon: khong, %s}", "(Mức): đạt mức “Không” nên không được điểm (0/2,00)"),
        (
            "1.1.3",
            "{da_dat: 97, tong_so: 100, %s}",
            "(Mức theo tỷ lệ): kê khai 97/100, đạt 97%, được 1,94/2,00 điểm",
        ),
        (
            "1.1.3",
            "{da_dat: 9, tong_so: 10, %s}",
            "(Mức theo tỷ lệ): kê khai 9/10, đạt 90%, dưới mức 95% nên không được điểm (0/2,00)",
        ),
        (
            "1.2.1",
            "{da_dat: 1, tong_so: 2, %s}",
            "(Sàn): kê khai 1/2, đạt 50%, dưới mức 80% nên không được điểm (0/2,00)",
        ),
        (
            "1.2.1",
            "{da_dat: 9, tong_so: 10, %s}",
            "(Sàn): kê khai 9/10, đạt 90%, được 1,80/2,00 điểm",
        ),
        (
            "1.2.2",
            "{da_dat: 1, tong_so: 2, %s}",
            "(Mục tiêu): kê khai 1/2, đạt 50%, chưa đến mức 70% để được điểm tối đa, được "
            "1,43/2,00 điểm",
        ),
        (
            "2.1.1",
            "{so_luong: 3, %s}",
            "(Mỗi việc): kê khai 3, mỗi việc được 0,5 điểm, được 1,50/2,00 điểm",
        ),
        (
            "2.1.2",
            "{so_luong: 1, %s}",
            "(Trừ): kê khai 1, mỗi trường hợp bị trừ 1 điểm, được 2,00/3,00 điểm",
        ),
        (
            "2.10.1",
            "{dieu_kien: false, %s}",
            "(Điều kiện): chưa đạt điều kiện “có kế hoạch” nên không được điểm (0/2,00)",
        ),
    ],
)
def test_each_kind_of_rule_has_its_sentence(
    tmp_path: Path, code: str, answer: str, expected: str
) -> None:
    found = sentence(tmp_path, code, answer % WHY)
    assert found == f"Tiêu chí {code} {expected}. Nguyên nhân: Thiếu người."


def test_nothing_arose(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("khong_phat_sinh: không áp dụng", "khong_phat_sinh: 0 điểm")
    found = sentence(tmp_path, "1.2.2", "{da_dat: 0, tong_so: 0}", criteria)
    expected = "trong năm không phát sinh nên không được điểm (0/2,00)."
    assert found == f"Tiêu chí 1.2.2 (Mục tiêu): {expected}"


def test_a_tier_of_ratios_with_points_of_its_own(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("{tu: 95%}]", '{tu: 80%, diem: "0,5"}]')
    found = sentence(tmp_path, "1.1.3", "{da_dat: 9, tong_so: 10}", criteria)
    assert found.endswith("kê khai 9/10, đạt 90%, thuộc mức từ 80%, được 0,50/2,00 điểm.")


def test_the_sentence_of_a_criterion_stands_for_its_name(tmp_path: Path) -> None:
    criteria = CRITERIA.replace(
        "{ma: 1.2.1, ten: Sàn,", '{ma: 1.2.1, ten: Sàn, ket_qua: "đã làm {so_lieu} việc",'
    )
    found = sentence(tmp_path, "1.2.1", "{da_dat: 1, tong_so: 2}", criteria)
    expected = "đã làm 1/2 việc, đạt 50%, dưới mức 80% nên không được điểm (0/2,00)."
    assert found == f"Tiêu chí 1.2.1: {expected}"


def test_a_deduction_without_a_reason_is_missing(tmp_path: Path) -> None:
    made = composed(tmp_path, {"1.1.1": "{chon: khong}"})
    told = [gap for gap in made.missing if "nguyen_nhan" in gap.text]
    assert "1.1.1" in told[0].text
    assert told[0].key == "tra_loi.1.1.1.nguyen_nhan"
    reduced = {**FULL, "1.1.1": "{chon: khong}"}
    answers = {
        code: text.removesuffix("}") + f", {WHY}}}" for code, text in reduced.items() if text
    }
    answers |= {code: FULL[code] for code in ("1.2.2", "2.1.2")}  # that reach their maximum
    made = composed(tmp_path / "told", answers)
    assert [gap for gap in made.missing if "nguyen_nhan" in gap.text] == []


def test_a_reason_without_a_deduction_is_a_mistake(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, {"1.1.1": "{chon: co, nguyen_nhan: Muộn}"})
    assert "1.1.1 không bị trừ điểm" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{ma: 1.2.1, ten: Sàn,", "{ma: 1.2.1, ten: Sàn, ket_qua: đã làm,", "đúng một lần"),
        (
            "{ma: 1.2.1, ten: Sàn,",
            '{ma: 1.2.1, ten: Sàn, ket_qua: "{so_lieu}, {so_lieu}",',
            "đúng một lần",
        ),
        ("{ma: 1.1.1, ten: Có,", '{ma: 1.1.1, ten: Có, ket_qua: "{so_lieu}",', "không có số liệu"),
    ],
)
def test_a_sentence_has_one_place_for_figures(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    (problem,) = problems_of_set(tmp_path, old, new)
    assert words in problem.message
    assert problem.place.line is not None


def test_survey_last_year_and_bonus_stand_in_the_summary(tmp_path: Path) -> None:
    answers = {**FULL, "2.10.2": "{ket_qua_khao_sat: 90%}"}
    tail = 'nam_truoc: {1: 5, 2: "4,5"}\ndiem_thuong: [{ma: mo-hinh, so_luong: 3}]\n'
    workspace = make_workspace(tmp_path, answers, tail=tail)
    (made,) = compose_all([find_kind("self-assessment")], workspace, TEMPLATES)
    summary = next(block for block in made.document.body if isinstance(block, Table))
    assert [[cell.text for cell in row.cells] for row in summary.rows] == [
        ["1", "Chỉ đạo", "10,00", "10,00", "8,24", "+3,24"],
        ["2", "Kết quả", "7,00", "7,00", "5,83", "+1,33"],
        ["", "Cộng điểm tự chấm", "17,00", "17,00", "14,07", "+4,57"],
        ["2", "Kết quả (điều tra xã hội học)", "3,00", "3,00", "2,70", "–"],
        ["", "Tổng cộng", "20,00", "20,00", "16,77", "–"],
        ["", "Điểm thưởng: Mô hình mới (3 trường hợp)", "1,00", "–", "+1,00", "–"],
    ]
    text = "\n".join(block.text for block in made.document.body)
    assert "Chỉ số trên thang 100 là 83,85, sau điểm thưởng, điểm phạt là 84,85." in text
    assert "chưa được công bố" not in text
