"""Tests of vanban.workspace.references: every reference leads somewhere, every id is there once."""

# ruff: noqa: E501 - a table of cases reads best with one case a line

from __future__ import annotations

from pathlib import Path

import pytest

from support import changed, write_content
from vanban.errors import ContentError
from vanban.workspace.load import load_workspace
from vanban.workspace.references import TARGET_CHECKS
from vanban.workspace.typed_ids import DEFINITIONS, REFERENCES

AREA, PLAN, REPORT = "2025/linh-vuc/03-thu-tuc.yaml", "2025/ke-hoach.yaml", "2025/bao-cao/q3.yaml"
AGENCY, INDICATORS = "co-quan.yaml", "chi-tieu.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (AREA, "[trung-tam-hcc]", "[trung-tam-hc]", ":4:11: chu_tri: không có đơn vị “trung-tam-hc” — có phải “trung-tam-hcc”?"),
        (AREA, "phoi_hop: [van", "phoi_hop: [x, van", ":5:12: phoi_hop: không có đơn vị “x” — thêm vào co-quan.yaml"),
        (AREA, "[trung-tam-hcc]", "[trung-tam-hcc, trung-tam-hcc]", ":4:26: chu_tri: “trung-tam-hcc” ghi hai lần"),
        (AREA, "- {ma: hs-tl-truc-tuyen", "- {ma: hs-tl", ":10:14: ma: không có chỉ tiêu “hs-tl”"),
        (AREA, "ma: tthc-01", "ma: md-01", ":7:9: ma: mã “md-01” của nhiệm vụ đã dùng ở "),
        (AREA, "    chi_tieu:\n", "    chu_tri: [x]\n    phoi_hop: [y]\n    chi_tieu:\n", ":9:15: chu_tri: không có đơn vị “x”"),
        (AREA, "    chi_tieu:\n", "    chu_tri: [x]\n    phoi_hop: [y]\n    chi_tieu:\n", ":10:16: phoi_hop: không có đơn vị “y”"),
        (PLAN, "van_ban: cv-1747", "van_ban: cv-174", ":4:34: van_ban: không có văn bản “cv-174” — có phải “cv-1747”?"),
        (PLAN, "[ubnd-tp, dang-uy]", "[ubnd-tp, dang]", ":5:21: noi_nhan: không có nơi nhận “dang”"),
        (PLAN, "nguoi_ky: chu-tich", "nguoi_ky: chu-tic", ":7:11: nguoi_ky: không có người ký “chu-tic” — có phải “chu-tich”?"),
        (PLAN, "luu: [van-hoa-xa-hoi]", "luu: [trung-tam-hcc]", ":6:7: luu: đơn vị “trung-tam-hcc” chưa có ky_hieu"),
        (REPORT, "kinh_gui: [ubnd-tp]", "kinh_gui: [ubnd]", "kinh_gui: không có nơi nhận “ubnd”"),
        (REPORT, "hs-truc-tiep: 311", "hs-truc-tip: 311", ":9:3: so_lieu: không có chỉ tiêu “hs-truc-tip” — có phải “hs-truc-tiep”?"),
        (REPORT, "hs-truc-tiep: 311", "hs-tl-truc-tuyen: 98%", ":9:3: so_lieu: “hs-tl-truc-tuyen” là tỷ lệ, do máy tính từ tử số và mẫu số — xóa dòng này, nhập số liệu của “hs-truc-tuyen” và “hs-tiep-nhan”"),
        (AGENCY, "ma: trung-tam-hcc", "ma: van-hoa-xa-hoi", "ma: mã “van-hoa-xa-hoi” của đơn vị đã dùng ở "),
        (AGENCY, "ma: dang-uy", "ma: ubnd-tp", "mã “ubnd-tp” của nơi nhận đã dùng ở "),
        (AGENCY, "ky: q3", "ky: q4", "ky: không có kỳ báo cáo “q4”"),
        (AGENCY, "  - {ky: q3, ngay_chot_so_lieu: 14/9, han_gui: 20/9}\n", "  - {ky: q3, ngay_chot_so_lieu: 14/9, han_gui: 20/9}\n  - {ky: q3, ngay_chot_so_lieu: 14/9, han_gui: 20/9}\n", "mã “q3” của kỳ trong lịch báo cáo đã dùng"),
        (INDICATORS, "ma: hs-truc-tiep", "ma: hs-truc-tuyen", "mã “hs-truc-tuyen” của chỉ tiêu đã dùng"),
        (INDICATORS, "            mau_so: hs-tiep-nhan\n", "", ":12:13: mau_so: tỷ lệ phải có cả tu_so và mau_so"),
        (INDICATORS, "mau_so: hs-tiep-nhan", "mau_so: hs-tiep-nhan\n            tong_cua: [so-ky-luat]", ":17:13: tong_cua: một chỉ tiêu không thể vừa là tổng vừa là tỷ lệ"),
        (INDICATORS, "[hs-truc-tuyen, hs-truc-tiep]", "[hs-truc-tuyen, hs-tiep-nhan]", "chỉ tiêu “hs-tiep-nhan” là tổng của chính nó"),
        (INDICATORS, "[hs-truc-tuyen, hs-truc-tiep]", "[hs-truc-tuyen, hs-tl-truc-tuyen]", "“hs-tl-truc-tuyen” là tỷ lệ, do máy tính từ tử số và mẫu số — chọn chỉ tiêu là số đếm"),
        (INDICATORS, "ve_trai: [hs-truc-tuyen]", "ve_trai: [hs]", "ve_trai: không có chỉ tiêu “hs”"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    content = write_content(tmp_path, changed(file, old, new))
    with pytest.raises(ContentError) as error:
        load_workspace(content)
    assert any(expected in str(problem) for problem in error.value.problems), str(error.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (AREA, "[trung-tam-hcc]", "[Trung tâm phục vụ hành chính công]", "đây là tên, ghi mã “trung-tam-hcc”"),
        (AREA, "[trung-tam-hcc]", "Trung tâm Phục vụ hành chính công", "đây là tên, ghi mã “trung-tam-hcc”"),
        (AREA, "[trung-tam-hcc]", "[Ban Xyz Wvu]", "mã “Ban Xyz Wvu” không hợp lệ"),
        (PLAN, "nguoi_ky: chu-tich", "nguoi_ky: Trần Thị Tình", "đây là tên, ghi mã “chu-tich”"),
        (REPORT, "hs-truc-tiep: 311", "Hs-truc-tiep: 311", "có phải “hs-truc-tiep”?"),
    ],
)  # fmt: skip
def test_a_wrong_id_is_told_once(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """A name typed for the id, or an id in capitals: what to write, not that it is no id too."""
    content = write_content(tmp_path, changed(file, old, new))
    with pytest.raises(ContentError) as error:
        load_workspace(content)
    (told,) = [each for each in error.value.problems if str(each.place.file).endswith(file)]
    assert expected in str(told)


def test_a_repeated_id_names_the_first_place(tmp_path: Path) -> None:
    content = write_content(tmp_path, changed(AREA, "ma: tthc-01", "ma: md-01"))
    with pytest.raises(ContentError, match=r"đã dùng ở \S*ke-hoach\.yaml:9:10 — "):
        load_workspace(content)


@pytest.mark.parametrize("table", [DEFINITIONS, REFERENCES])
def test_tables_name_attributes_that_exist(table: dict[tuple[type, str], str]) -> None:
    for model, attribute in table:
        assert attribute in model.model_fields  # type: ignore[attr-defined]
    assert set(TARGET_CHECKS) <= {attribute for _, attribute in REFERENCES}


def test_a_broken_register_does_not_accuse_every_reference(tmp_path: Path) -> None:
    content = write_content(tmp_path, changed(AGENCY, "don_vi:\n", "don_vii:\n"))
    with pytest.raises(ContentError) as error:
        load_workspace(content)
    assert [problem.key for problem in error.value.problems] == ["don_vii"]
