# ruff: noqa: E501 - tables of cases read best one case a line
from __future__ import annotations

from pathlib import Path

import pytest

from assessments import CRITERIA, problems_of_set
from vanban.scoring.set_checks import PARAMETERS, TIER_PARAMETERS
from vanban.workspace.models.criteria import Rule, RuleKind, Tier

FLOOR = "{loai: ty_le, san: 80%}"
TARGET = "{loai: ty_le, muc_tieu: 70%, khong_phat_sinh: không áp dụng}"
TIERED = "{loai: bac_ty_le, muc: [{tu: 100%, diem: 2}, {tu: 95%}]}"


def test_a_sound_set(tmp_path: Path) -> None:
    assert problems_of_set(tmp_path, "tong_diem: 20\n", "tong_diem: 20\n") == []


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("tong_diem: 20", "tong_diem: 21", "tong_diem", "bộ tiêu chí ghi 21 điểm nhưng các phần bên dưới cộng lại là 20"),
        ("ten: Chỉ đạo\n    diem_toi_da: 10", "ten: Chỉ đạo\n    diem_toi_da: 9,5", "diem_toi_da", "lĩnh vực 1 ghi 9,5 điểm"),
        ("ten: Có, diem_toi_da: 2", "ten: Có, diem_toi_da: 1", "diem_toi_da", "tiêu chí 1.1 ghi 6 điểm nhưng các phần bên dưới cộng lại là 5"),
        ("ten: Có, diem_toi_da: 2", "ten: Có, diem_toi_da: 0", "diem_toi_da", "phải lớn hơn 0"),
        ("ten: Có, diem_toi_da: 2", 'ten: Có, diem_toi_da: "2,001"', "diem_toi_da", "nhiều nhất 2 chữ số"),
        ("ma: 1.1.1", "ma: 1.2.9", "ma", "“1.2.9” nằm trong 1.1 nên mã phải là 1.1 và thêm một số — viết như 1.1.1"),
        ("ma: 1.1.1", "ma: 1.9", "ma", "tiêu chí thành phần “1.9” nằm trong 1.1"),
        ("- ma: 1.2\n", "- ma: 3.2\n", "ma", "tiêu chí “3.2” nằm trong 1"),
        ("- ma: 2\n", "- ma: 2.2\n", "ma", "mã lĩnh vực “2.2” phải là một số"),
        ("{loai: co_khong}", "{loai: co_khong, san: 80%}", "san", "cách tính co_khong không dùng khóa này — xóa đi"),
        ("{loai: khao_sat}", "{loai: khao_sat, dieu_kien: x}", "dieu_kien", "khao_sat không dùng"),
        ('{loai: dem, moi: "0,5"}', "{loai: dem}", "", "cách tính dem cần moi — thêm “moi: …”"),
        ('{loai: dem, moi: "0,5"}', '{loai: dem, moi: "0,5", toi_thieu: 1}', "toi_thieu", "dem không dùng"),
        ('{loai: dem, moi: "0,5"}', "{loai: dem, moi: 0}", "moi", "phải lớn hơn 0"),
        (', toi_thieu: "0,5"', ", toi_thieu: 4", "toi_thieu", "lớn hơn điểm tối đa 3"),
        (FLOOR, "{loai: ty_le, san: 0%}", "san", "lớn hơn 0%"),
        (FLOOR, "{loai: ty_le, san: 101%}", "san", "không quá 100%"),
        (FLOOR, "{loai: ty_le, san: 80%, muc_tieu: 70%}", "san", "sàn phải thấp hơn mục tiêu"),
        (FLOOR, "{loai: ty_le, san: }", "san", "đang để trống"),
        (TARGET, "{loai: ty_le, muc_tieu: 0%}", "muc_tieu", "lớn hơn 0%"),
        (TIERED, "{loai: bac_ty_le}", "", "cần muc"),
        (TIERED, "{loai: bac_ty_le, muc: []}", "", "cần muc"),
        (TIERED, "{loai: bac_ty_le, muc: [{tu: 95%}, {tu: 100%}]}", "tu", "tỷ lệ của mức này không thấp hơn mức trên"),
        (TIERED, "{loai: bac_ty_le, muc: [{diem: 2}]}", "", "cần tu"),
        (TIERED, "{loai: bac_ty_le, muc: [{tu: 90%, diem: 3}]}", "diem", "3 điểm, lớn hơn điểm tối đa 2 của tiêu chí 1.1.3"),
        ("{ma: du, ten: Đủ, diem: 2}", "{ma: du, ten: Đủ, diem: 5}", "diem", "5 điểm, lớn hơn điểm tối đa 2"),
        ("{ma: du, ten: Đủ, diem: 2}", "{ma: du, ten: Đủ, diem: 1}", "diem", "mức cao nhất được 1 điểm, chưa bằng điểm tối đa 2"),
        ("{ma: du, ten: Đủ, diem: 2}", "{ma: khong, ten: Đủ, diem: 2}", "ma", "mã mức “khong” đã dùng"),
        ("{ma: du, ten: Đủ, diem: 2}", "{ten: Đủ, diem: 2}", "", "cách tính bac cần ma"),
        ("{ma: du, ten: Đủ, diem: 2}", "{ma: du, ten: Đủ, diem: 2, tu: 90%}", "tu", "bac không dùng"),
        ("{ma: khong, ten: Không, diem: 0}", "{ma: khong, ten: Không, diem: 1}", "diem", "điểm của mức này không thấp hơn mức trên"),
        ("{loai: co_khong}", "{loai: dung_han, han: 22}", "han", "hạn có cả tháng — viết như 15/12"),
        ("{loai: co_khong}", "{loai: bac_so, muc: [{tu_so: 2, diem: 2}, {tu_so: 3, diem: 1}]}", "tu_so", "số lượng của mức này không thấp hơn"),
        ("{loai: co_khong}", "{loai: theo_doi}", "loai", "cách tính theo_doi chỉ dùng"),
        (TARGET, "{loai: ty_le, khong_phat_sinh: chưa xác định}", "khong_phat_sinh", "ghi điểm tối đa, không áp dụng hoặc 0 điểm"),
        ('moi: "0,5", toi_da: 1', 'moi: "0,5", toi_da: 0', "toi_da", "phải lớn hơn 0"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    problems = problems_of_set(tmp_path, old, new)
    found = [problem for problem in problems if message in problem.message]
    assert [problem.key for problem in found] == [key], problems
    assert found[0].place.file.name == "tieu-chi.yaml"
    # At the line that was changed, or where the changed line makes its parent wrong.
    line = CRITERIA[: CRITERIA.index(old)].count("\n") + 1
    assert found[0].place.line - line in range(-6, 3)
    assert " — " in found[0].message


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("tong_diem: 20", "tong_diem: 21", "bộ tiêu chí"),
        ("ten: Chỉ đạo\n    diem_toi_da: 10", "ten: Chỉ đạo\n    diem_toi_da: 9,5", "lĩnh vực 1"),
        ("ma: 1.1\n        ten: Kế hoạch\n        diem_toi_da: 6", "ma: 1.1\n        ten: Kế hoạch\n        diem_toi_da: 7", "tiêu chí 1.1"),
        ("ten: Có, diem_toi_da: 2", "ten: Có, diem_toi_da: 3", "tiêu chí 1.1"),
    ],
)  # fmt: skip
def test_one_wrong_number_is_told_once(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in CRITERIA
    (problem,) = problems_of_set(tmp_path, old, new)
    assert problem.message.startswith(f"{key} ghi ")


def test_two_wrong_numbers_are_told_both(tmp_path: Path) -> None:
    old = "ten: Chỉ đạo\n    diem_toi_da: 10"
    text = CRITERIA.replace("tong_diem: 20", "tong_diem: 21")
    head = text[: text.index(old) + len(old)]
    first, second = problems_of_set(
        tmp_path, CRITERIA[: len(head)], head.replace(old, f"{old[:-2]}9,5")
    )
    assert first.message.startswith("bộ tiêu chí ghi 21")
    assert second.message.startswith("lĩnh vực 1 ghi 9,5")


def test_sums_stand_at_the_parent(tmp_path: Path) -> None:
    (problem,) = problems_of_set(tmp_path, "tong_diem: 20", "tong_diem: 100")
    assert (problem.place.line, problem.place.column) == (2, 12)


def test_every_parameter_has_its_kinds() -> None:
    assert set(PARAMETERS) == set(RuleKind)
    used = {name for needed, allowed in PARAMETERS.values() for name in (*needed, *allowed)}
    assert used == set(Rule.model_fields) - {"kind", "sample"}
    used = {name for needed, allowed in TIER_PARAMETERS.values() for name in (*needed, *allowed)}
    assert used == set(Tier.model_fields) - {"sample"}
