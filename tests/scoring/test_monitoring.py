# ruff: noqa: E501 - tables of cases read best one case a line
"""Tests of vanban.scoring.monitoring and its checks: points of a monitored set."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from monitoring import FULL, SET, WITHOUT_OPEN, problems, row_of, scored
from vanban.scoring.monitoring import RowOutcome, Why
from vanban.scoring.set_checks import PARAMETERS
from vanban.workspace.models.criteria import RuleKind


@pytest.mark.parametrize(
    ("code", "answer", "points"),
    [
        ("A.1", "{da_dat: 40, tong_so: 100}", "2.00"),
        ("A.1", "{da_dat: 100, tong_so: 100}", "4.00"),
        ("A.1", "{da_dat: 4, tong_so: 0, nam_truoc: 96}", "2.50"),  # 4 of 96/12 = 50 %, of 80 %
        ("A.1", "{da_dat: 0, tong_so: 0, nam_truoc: 0}", "0.00"),
        ("A.1", "{ty_le: 40%}", "2.00"),
        ("A.1", "{ty_le: '79,9%'}", "4.00"),
        ("A.5", "{dieu_kien: true, da_dat: 5, tong_so: 5}", "5.00"),
        ("A.5", "{dieu_kien: true, da_dat: 3, tong_so: 5}", "3.00"),
        ("A.5", "{dieu_kien: true, da_dat: 1, tong_so: 5}", "2.00"),
        ("A.5", "{dieu_kien: true, da_dat: 0, tong_so: 5}", "0.00"),
        ("A.5", "{dieu_kien: false, chon: co}", "2.00"),
        ("A.5", "{dieu_kien: false, chon: khong}", "0.00"),
        ("A.5", "{dieu_kien: false}", "0.00"),
        ("A.9.1", "{so_luong: 100}", "4.00"),
        ("A.9.1", "{so_luong: 99}", "2.00"),
        ("A.9.1", "{so_luong: 0}", "0.00"),
        ("A.9.2", "{ngay: 22/9/2025}", "2.00"),
        ("A.9.2", "{ngay: 23/9/2025}", "0.00"),
        ("A.9.2", "{ngay: 31/8/2025}", "2.00"),
        ("A.9.2", "{chon: khong}", "0.00"),
        ("C.1", "{so_luong: 3}", "2.00"),
        ("D.1", "{ngay: 23/9/2025}", "2.00"),
        ("D.1", "{ngay: 24/9/2025}", "3.00"),
        ("D.1", "{ngay: 25/9/2025}", "4.00"),
        ("D.2", "{so_luong: 3}", "3.00"),
        ("D.3", "{so_luong: 1}", "1.00"),
    ],
)  # fmt: skip
def test_points_of_a_row(tmp_path: Path, code: str, answer: str, points: str) -> None:
    row = row_of(scored(tmp_path, {code: answer}), code)
    assert (row.outcome, str(row.points)) == (RowOutcome.SCORED, points)


@pytest.mark.parametrize(
    ("code", "answer", "outcome", "why"),
    [
        ("A.1", None, RowOutcome.NO_FIGURES, None),
        ("A.2", "{da_dat: 0, tong_so: 0}", RowOutcome.UNKNOWN, Why.NOTHING_AROSE),
        ("A.3", "{da_dat: 0, tong_so: 0}", RowOutcome.MOVED, Why.MOVED),
        ("A.4b", "{da_dat: 0, tong_so: 0}", RowOutcome.NOT_APPLICABLE, Why.NOTHING_AROSE),
        ("A.6", "{da_dat: 3, tong_so: 4}", RowOutcome.WATCHED, None),
        ("A.6", None, RowOutcome.WATCHED, None),
        ("A.9.2", "{khong_ap_dung: không được giao việc}", RowOutcome.NOT_APPLICABLE, None),
        ("B.1", "{da_dat: 3, tong_so: 4}", RowOutcome.UNKNOWN, Why.PROVINCE_ONLY),
        ("B.2", "{da_dat: 3, tong_so: 4}", RowOutcome.UNKNOWN, Why.NO_MAXIMUM),
        ("D.1", "{ngay: 26/9/2025}", RowOutcome.REFUSED, Why.TOO_LATE),
        ("D.1", "{chon: khong}", RowOutcome.REFUSED, Why.TOO_LATE),
        ("D.3", "{so_luong: 2}", RowOutcome.UNKNOWN, Why.TOO_MANY),
    ],
)  # fmt: skip
def test_rows_without_points(
    tmp_path: Path, code: str, answer: str | None, outcome: RowOutcome, why: Why | None
) -> None:
    row = row_of(scored(tmp_path, {} if answer is None else {code: answer}), code)
    assert (row.outcome, row.points, row.why) == (outcome, None, why)


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({}, "40.00"),
        ({"A.10": "{chon: khong}"}, "39.00"),
        # nothing arose: the points of A.3 go to A.2 and A.4b, 3 each
        ({"A.3": "{da_dat: 0, tong_so: 0}"}, "40.00"),
        ({"A.3": "{da_dat: 0, tong_so: 0}", "A.2": "{da_dat: 1, tong_so: 2}"}, "35.50"),
        ({"A.3": "{da_dat: 0, tong_so: 5}"}, "34.00"),
        ({"C.1": "{so_luong: 2}", "C.2": "{chon: co}"}, "43.00"),  # 2 + 2, at most 3
        ({"C.1": "{so_luong: 1}", "D.2": "{so_luong: 2}"}, "39.00"),
        ({"A.2": "{da_dat: 0, tong_so: 0}"}, None),
        ({"D.1": "{ngay: 30/9/2025}"}, None),
        ({"B.1": None}, None),
    ],
)
def test_the_total(tmp_path: Path, changes: dict[str, str | None], total: str | None) -> None:
    answers = {code: text for code, text in {**FULL, **changes}.items() if text is not None}
    score = scored(tmp_path, answers, text=WITHOUT_OPEN)
    assert (None if score.total is None else str(score.total)) == total


def test_a_province_only_row_leaves_the_total_open(tmp_path: Path) -> None:
    answers = {code: text for code, text in FULL.items() if code != "B.1"}
    score = scored(tmp_path, answers)
    assert score.total is None
    assert (score.points, score.maximum, score.scored_count) == (Decimal(34), Fraction(34), 8)
    assert [row.row.code for row in score.open] == ["B.1", "B.2"]


@pytest.mark.parametrize(
    ("period", "day", "points"),
    [("thang-1", "22/01/2025", "2.00"), ("thang-1", "23/01/2025", "0.00"), ("nam", "22/12/2025", "2.00")],
)  # fmt: skip
def test_days_of_the_month_that_is_scored(
    tmp_path: Path, period: str, day: str, points: str
) -> None:
    row = row_of(scored(tmp_path, {"A.9.2": f"{{ngay: {day}}}"}, period), "A.9.2")
    assert str(row.points) == points


@pytest.mark.parametrize(
    ("period", "points"), [("thang-9", "4.00"), ("nam", "0.50")]
)  # 10 of 120/12 and of 120
def test_last_year_by_the_kind_of_period(tmp_path: Path, period: str, points: str) -> None:
    answer = "{da_dat: 12, tong_so: 0, nam_truoc: 120}"
    assert str(row_of(scored(tmp_path, {"A.1": answer}, period), "A.1").points) == points


@pytest.mark.parametrize(
    ("code", "answer", "message"),
    [
        ("A.11", "{chon: co}", "không có chỉ tiêu “A.11” — "),
        ("A.1", "{ty_le: 101%}", "lớn hơn 100%"),
        ("A.1", "{ty_le: 40%, da_dat: 4, tong_so: 10}", "chỉ giữ da_dat và tong_so"),
        ("A.10", "{chon: dat}", "không có mức “dat”"),
        ("A.10", "{da_dat: 1, tong_so: 2}", "không trả lời bằng da_dat, tong_so"),
        ("A.1", "{da_dat: 0, tong_so: 0}", "ghi nam_truoc"),
        ("A.2", "{da_dat: 3, tong_so: 2}", "lớn hơn tổng số"),
        ("A.2", "{da_dat: 1, tong_so: 2, nam_truoc: 3}", "không dùng số năm trước"),
        ("A.10", "{khong_ap_dung: không được giao việc}", "không nói khi nào được giảm trừ"),
        ("A.9.2", "{ngay: 22/9/2025, chon: khong}", "chỉ giữ một"),
        ("A.9.2", "{ngay: 22/9/2024}", "không thể thuộc tháng 9 năm 2025"),
        ("A.9.2", "{chon: co}", "chọn một trong: khong"),
        ("A.5", "{dieu_kien: false, da_dat: 1, tong_so: 2}", "không trả lời bằng"),
        ("A.9.1", "{so_luong: 1.5}", "là số đếm — viết số nguyên"),
        ("D.1", "{so_luong: 2}", "ghi ngay đã nộp"),
    ],
)
def test_figures_that_do_not_fit(tmp_path: Path, code: str, answer: str, message: str) -> None:
    found = problems(tmp_path, {code: answer})
    assert [each for each in found if message in each.message and " — " in each.message], found
    assert {each.place.file.name for each in found} == {"thu-ky.yaml"}
    assert {each.place.line for each in found} == {4}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("tong_diem: 40", "tong_diem: 41", "bộ chỉ số ghi 41 điểm nhưng các phần bên dưới cộng lại là 40"),
        ("diem_toi_da: 34", "diem_toi_da: 33", "cộng lại là 34"),
        ("ten: Mục, diem_toi_da: 6", "ten: Mục, diem_toi_da: 7", "mục A.9 ghi 7 điểm"),
        ("ma: A.10", "ma: A.1", "mã “A.1” đã dùng ở"),
        ("thuoc: A.9, ten: Bậc số", "thuoc: A.8, ten: Bậc số", "không có mục “A.8” — thêm vào khóa muc"),
        ("chuyen_cho: [A.2, A.4b]", "chuyen_cho: [A.2, A.4]", "không có chỉ tiêu “A.4” — "),
        ("chuyen_cho: [A.2, A.4b]", "chuyen_cho: [A.3]", "không nhận điểm chuyển sang được"),
        ("chuyen_cho: [A.2, A.4b]", "chuyen_cho: []", "đi cùng nhau"),
        ("{loai: tre_han, han: 22, ", "{loai: tre_han, ", "cần han"),
        ("{loai: dung_han, han: 22}", "{loai: dung_han, han: 31/4}", "không phải là hạn"),
        ("{loai: dung_han, han: 22}", "{loai: dung_han, han: 29}", "không phải là hạn"),
        ("{loai: bac_so, muc: [{tu_so: 2, diem: 2}", "{loai: bac_so, muc: [{tu_so: 1, diem: 2}", "số lượng của mức này không thấp hơn"),
        ("muc: [{tu: 100%, diem: 5}", "muc: [{tu: 100%, tren: 90%, diem: 5}", "cần tu hoặc tren"),
        ("          dieu_kien: có kế hoạch\n", "", "khóa này đi cùng dieu_kien"),
        ("{loai: tru, moi: 1}", "{loai: tru}", "chưa có số điểm trừ"),
        ("diem_toi_da: 1, cach_tinh: {loai: co_khong}", "diem_toi_da: 1, cach_tinh: {loai: tre_han, han: 22, so_ngay_dau: 1, tru_dau: 1}", "tre_han là điểm trừ"),
        ("ten: Nhóm mở\n    diem_toi_da: 6", "ten: Nhóm mở", "chưa có điểm tối đa"),
        ("vai_tro: trừ", "vai_tro: phạt", "một trong"),
    ],
)  # fmt: skip
def test_mistakes_of_a_set(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert SET.count(old) == 1
    found = problems(tmp_path, {}, text=SET.replace(old, new))
    assert any(message in each.message for each in found), found
    line = SET[: SET.index(old)].count("\n") + 1
    near = [each for each in found if message in each.message]
    assert near[0].place.file.name == "thu.yaml"
    assert near[0].place.line - line in range(-3, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bo: thuu\nky: nam\n", "không có bộ chỉ số “thuu” — có phải “thu”?"),
        ("bo: thu\nky: thang-13\n", "viết thang-1 đến thang-12"),
        ("bo: thu\nky: quy-3\n", "không chấm theo kỳ quy — chọn: thang, nam"),
        ("bo: thu\nky: thang-9\n", "đã có ở"),
    ],
)
def test_mistakes_of_a_period(tmp_path: Path, text: str, message: str) -> None:
    from monitoring import files
    from support import write_content
    from vanban.app.load import load_content

    given = {**files({}), "2025/cham-diem/thu-hai.yaml": text}
    found = load_content(write_content(tmp_path, given), 2025).problems
    assert [each for each in found if message in each.message], found


def test_every_kind_has_its_parameters() -> None:
    assert set(PARAMETERS) == set(RuleKind)
