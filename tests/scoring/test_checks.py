# ruff: noqa: E501 - tables of cases read best one case a line
from __future__ import annotations

from pathlib import Path

import pytest

from assessments import FIRST_ANSWER_LINE, FULL, make_workspace, problems_of
from vanban.errors import ContentError
from vanban.scoring.checks import check_scores
from vanban.scoring.fit import ALL_INPUTS, INPUTS
from vanban.workspace.models.answers import Answer
from vanban.workspace.models.criteria import RuleKind


def test_sound_answers(tmp_path: Path) -> None:
    assert check_scores(make_workspace(tmp_path)) == []


@pytest.mark.parametrize(
    ("code", "answer", "key", "message"),
    [
        ("1.1.1", "{chon: du}", "chon", "tiêu chí 1.1.1 không có mức “du” — chọn một trong: co, khong"),
        ("1.1.1", "{chon: kho}", "chon", "có phải “khong”?"),
        ("1.1.2", "{chon: thieu}", "chon", "tiêu chí 1.1.2 không có mức “thieu” — "),
        ("1.1.2", "{chon: thieu-mo}", "chon", "có phải “thieu-mot”?"),
        ("1.1.2", "{da_dat: 1, tong_so: 2}", "da_dat", "tiêu chí 1.1.2 thuộc loại bac, không trả lời bằng da_dat, tong_so — ghi chon: du hoặc thieu-mot hoặc khong"),
        ("1.1.2", "{giai_trinh: x}", "", "tiêu chí 1.1.2 chưa có câu trả lời — ghi chon: du"),
        ("1.2.1", "{}", "", "tiêu chí 1.2.1 chưa có câu trả lời — ghi da_dat và tong_so, hoặc so_lieu"),
        ("1.2.1", "{da_dat: 5}", "", "thiếu tong_so của tiêu chí 1.2.1"),
        ("1.2.1", "{tong_so: 5}", "", "thiếu da_dat của tiêu chí 1.2.1"),
        ("1.2.1", "{da_dat: 5, tong_so: 4}", "da_dat", "số đã đạt 5 lớn hơn tổng số 4 — sửa số sai"),
        ("1.2.1", "{da_dat: 1.204, tong_so: 1500}", "da_dat", "viết 1204 hoặc 1,204"),
        ("1.2.1", "{da_dat: 1, tong_so: -3}", "tong_so", "số âm"),
        ("1.2.1", "{ty_le: 90%}", "ty_le", "bản tự đánh giá phải có tử số và mẫu số"),
        ("1.2.1", "{da_dat: 1, tong_so: 2, ngay: 01/8/2025}", "ngay", "không trả lời bằng ngay"),
        ("1.2.1", "{da_dat: 0, tong_so: 0}", "tong_so", "thêm khong_phat_sinh vào cach_tinh trong tieu-chi.yaml"),
        ("1.2.1", "{chon: co}", "chon", "loại ty_le, không trả lời bằng chon"),
        ("1.2.1", "{da_dat: 1, tong_so: 2, so_lieu: {ky: q3, chi_tieu: hs-tl-truc-tuyen}}", "da_dat", "chỉ giữ một"),
        ("1.2.1", "{so_lieu: {ky: h1, chi_tieu: hs-tl-truc-tuyen}}", "ky", "năm 2025 chưa có báo cáo “h1” — nhập bao-cao/h1.yaml, hoặc chọn kỳ đã có: q3"),
        ("1.2.1", "{so_lieu: {ky: q3, chi_tieu: hs-truc-tuyen}}", "chi_tieu", "“hs-truc-tuyen” không phải là tỷ lệ — có phải “hs-tl-truc-tuyen”?"),
        ("1.2.1", "{so_lieu: {ky: q3, chi_tieu: so-ky-luat}}", "chi_tieu", "chọn chỉ tiêu có tu_so và mau_so"),
        ("2.1.1", '{so_luong: "1,5"}', "so_luong", "viết số nguyên"),
        ("2.1.1", "{}", "", "ghi so_luong, hoặc so_lieu"),
        ("2.1.2", "{}", "", "không có thì ghi 0"),
        ("2.1.1", "{so_lieu: {ky: q3, chi_tieu: hs-tl-truc-tuyen}}", "chi_tieu", "là tỷ lệ, tiêu chí này cần số trường hợp"),
        ("2.10.1", "{da_dat: 1, tong_so: 2}", "", "chưa trả lời điều kiện của tiêu chí 2.10.1 (có kế hoạch) — thêm dieu_kien"),
        ("2.10.1", "{dieu_kien: true}", "", "chưa có câu trả lời"),
        ("1.2.1", "{dieu_kien: true, da_dat: 1, tong_so: 2}", "dieu_kien", "tiêu chí 1.2.1 không có điều kiện — xóa dòng này"),
        ("2.10.2", "{chon: co}", "chon", "loại khao_sat, không trả lời bằng chon — chỉ ghi ket_qua_khao_sat"),
        ("1.1.1", "{ket_qua_khao_sat: 90%}", "ket_qua_khao_sat", "loại co_khong"),
        ("1.1.1", "{chon: co, khong_ap_dung: Không có việc này}", "khong_ap_dung", "vừa ghi khong_ap_dung vừa có câu trả lời (chon) — chỉ giữ một"),
        ("2.10.1", "{dieu_kien: false, khong_ap_dung: Không có việc này}", "khong_ap_dung", "(dieu_kien)"),
        ("1.1.1", "{khong_ap_dung: true}", "khong_ap_dung", "“true” không phải là lý do"),
        ("1.1.1", "{chon: co, khong_ap_dung: }", "khong_ap_dung", "đang để trống"),
        ("1.1", "{chon: co}", "1.1", "1.1 không phải là tiêu chí thành phần"),
        ("2", "{chon: co}", "2", "2 không phải là tiêu chí thành phần"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path: Path, code: str, answer: str, key: str, message: str) -> None:
    (problem,) = problems_of(tmp_path, {code: answer})
    assert (problem.key, problem.place.line) == (key, FIRST_ANSWER_LINE)
    assert problem.place.file.name == "tu-danh-gia.yaml"
    assert message in problem.message
    assert " — " in problem.message


@pytest.mark.parametrize(
    ("answer", "lacking"),
    [
        ("1.2.1: {so_lieu: {ky: q3, chi_tieu: hs-tl-truc-tuyen}}", "“hs-tiep-nhan”"),
        ("2.1.2: {so_lieu: {ky: q3, chi_tieu: so-ky-luat}}", "“so-ky-luat”"),
    ],
)
def test_a_report_that_lacks_the_figures(tmp_path: Path, answer: str, lacking: str) -> None:
    from support import CONTENT

    report = CONTENT["2025/bao-cao/q3.yaml"].replace("  hs-truc-tiep: 311\n", "")
    report = report.replace("  so-ky-luat: {gia_tri: 0, ghi_chu: Không có}\n", "")
    code, text = answer.split(": ", 1)
    made = make_workspace(tmp_path, {code: text}, changes={"2025/bao-cao/q3.yaml": report})
    (problem,) = check_scores(made)
    assert problem.key == "chi_tieu"
    assert f"báo cáo “q3” chưa có số liệu của {lacking} — " in problem.message


def test_a_leaf_without_an_answer_is_no_mistake(tmp_path: Path) -> None:
    answers = {code: text for code, text in FULL.items() if code not in ("1.1.1", "2.10.1")}
    assert problems_of(tmp_path, answers) == []


@pytest.mark.parametrize(
    ("tail", "key", "message"),
    [
        ("diem_thuong: [{ma: cham, so_luong: 1}]\n", "ma", "“cham” không thuộc diem_thuong"),
        ("diem_phat: [{ma: mo-hinh, so_luong: 1}]\n", "ma", "“mo-hinh” không thuộc diem_phat"),
        ("diem_phat: [{ma: cham, so_luong: hai}]\n", "so_luong", "không phải là số"),
        (
            "diem_phat: [{ma: cham, so_luong: 1}, {ma: cham, so_luong: 1}]\n",
            "ma",
            "“cham” đã ghi ở trên",
        ),
        ("nam_truoc: {1.1: 2}\n", "1.1", "ghi mã lĩnh vực: 1, 2"),
    ],
)
def test_other_mistakes(tmp_path: Path, tail: str, key: str, message: str) -> None:
    (problem,) = problems_of(tmp_path, FULL, tail=tail)
    assert problem.key == key
    assert message in problem.message


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"1.1.9": "{chon: co}"}, "không có tiêu chí “1.1.9”"),
        ({"01.1.1": "{chon: co}"}, "không có tiêu chí “01.1.1” — có phải “1.1.1”?"),
        ({"1.2.1": "{so_lieu: {ky: q2, chi_tieu: hs-tl-truc-tuyen}}"}, "không có kỳ báo cáo “q2”"),
        ({"1.2.1": "{so_lieu: {ky: q3, chi_tieu: hs-tl}}"}, "không có chỉ tiêu “hs-tl”"),
    ],
)
def test_mistakes_that_loading_tells(tmp_path: Path, answers: dict[str, str], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        make_workspace(tmp_path, answers)


def test_a_rule_of_unknown_kind(tmp_path: Path) -> None:
    from assessments import CRITERIA

    with pytest.raises(ContentError, match=r"tieu-chi\.yaml:12:.*loai.*co_khongg.*co_khong"):
        make_workspace(tmp_path, {}, CRITERIA.replace("{loai: co_khong}", "{loai: co_khongg}"))


def test_every_kind_has_its_inputs() -> None:
    assert set(INPUTS) == set(RuleKind)
    assert {name for names in INPUTS.values() for name in names} == set(ALL_INPUTS)
    others = {"sample", "source", "precondition", "not_applicable", "explanation", "cause", "note"}
    others.add("last_year")
    assert set(ALL_INPUTS) | others == set(Answer.model_fields)
