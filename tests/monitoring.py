# ruff: noqa: E501 - one row a line
"""A small monitored set with every kind of rule of its own, and scores of figures for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support import write_content
from vanban.app.load import load_content
from vanban.errors import Problem
from vanban.scoring.monitoring import RowScore, SetScore, score_set
from vanban.workspace.files import SCORED

SET = """\
ten: Bộ chỉ số thử
tinh_trang: chưa đối chiếu văn bản gốc
tong_diem: 40
ky: [thang, nam]
nhom:
  - ma: A
    ten: Nhóm chấm
    diem_toi_da: 34
    muc: [{ma: A.9, ten: Mục, diem_toi_da: 6}]
    chi_tieu:
      - {ma: A.1, ten: Ngưỡng, diem_toi_da: 4, cach_tinh: {loai: ty_le, muc_tieu: 80%, khong_phat_sinh: theo năm trước}}
      - {ma: A.2, ten: Nhận một, diem_toi_da: 6, cach_tinh: {loai: ty_le, khong_phat_sinh: chưa xác định}}
      - {ma: A.3, ten: Chuyển, diem_toi_da: 6, cach_tinh: {loai: ty_le, khong_phat_sinh: chuyển điểm, chuyen_cho: [A.2, A.4b]}}
      - {ma: A.4b, ten: Nhận hai, diem_toi_da: 6, cach_tinh: {loai: ty_le, khong_phat_sinh: không áp dụng}}
      - ma: A.5
        ten: Bậc
        diem_toi_da: 5
        cach_tinh:
          loai: bac_ty_le
          dieu_kien: có kế hoạch
          khong_dieu_kien: 2
          muc: [{tu: 100%, diem: 5}, {tu: 60%, diem: 3}, {tren: 0%, diem: 2}]
      - {ma: A.6, ten: Theo dõi, cach_tinh: {loai: theo_doi}}
      - {ma: A.9.1, thuoc: A.9, ten: Bậc số, diem_toi_da: 4, cach_tinh: {loai: bac_so, muc: [{tu_so: 100, diem: 4}, {tu_so: 1, diem: 2}]}}
      - {ma: A.9.2, thuoc: A.9, ten: Đúng hạn, diem_toi_da: 2, cach_tinh: {loai: dung_han, han: 22}, khi_khong_ap_dung: không được giao}
      - {ma: A.10, ten: Có, diem_toi_da: 1, cach_tinh: {loai: co_khong}}
  - ten: Nhóm mở
    diem_toi_da: 6
    chi_tieu:
      - {ma: B.1, ten: Tỉnh, diem_toi_da: 6, chi_cap_tinh: true, cach_tinh: {loai: ty_le}}
      - {ma: B.2, ten: Không nêu điểm, cach_tinh: {loai: ty_le}}
  - ma: C
    ten: Thưởng
    vai_tro: thưởng
    diem_toi_da: 3
    chi_tieu:
      - {ma: C.1, ten: Một, diem_toi_da: 2, cach_tinh: {loai: bac_so, muc: [{tu_so: 2, diem: 2}, {tu_so: 1, diem: 1}]}}
      - {ma: C.2, ten: Hai, diem_toi_da: 2, cach_tinh: {loai: co_khong}}
  - ma: D
    ten: Trừ
    vai_tro: trừ
    chi_tieu:
      - {ma: D.1, ten: Trễ, cach_tinh: {loai: tre_han, han: 22, khong_nhan_sau: 25, so_ngay_dau: 1, tru_dau: 2, moi: 1}}
      - {ma: D.2, ten: Mỗi lần, cach_tinh: {loai: tru, moi: 1}}
      - {ma: D.3, ten: Một lần, diem_toi_da: 1, cach_tinh: {loai: tru}}
"""
"""Points: 34 and 6; B is open for a ward whatever its figures."""

WITHOUT_OPEN = SET.replace("chi_cap_tinh: true, ", "").replace(
    "      - {ma: B.2, ten: Không nêu điểm, cach_tinh: {loai: ty_le}}\n", ""
)
"""The same with nothing that a ward's figures could not score."""

FULL: Mapping[str, str] = {
    "A.1": "{da_dat: 80, tong_so: 100}",
    "A.2": "{da_dat: 5, tong_so: 5}",
    "A.3": "{da_dat: 5, tong_so: 5}",
    "A.4b": "{da_dat: 5, tong_so: 5}",
    "A.5": "{dieu_kien: true, da_dat: 5, tong_so: 5}",
    "A.9.1": "{so_luong: 100}",
    "A.9.2": "{ngay: 22/9/2025}",
    "A.10": "{chon: co}",
    "B.1": "{da_dat: 5, tong_so: 5}",
    "C.1": "{so_luong: 0}",
    "C.2": "{chon: khong}",
    "D.1": "{ngay: 22/9/2025}",
    "D.2": "{so_luong: 0}",
    "D.3": "{so_luong: 0}",
}
"""Figures that reach every point of :data:`WITHOUT_OPEN`, no bonus, no penalty."""


def files(answers: Mapping[str, str], period: str = "thang-9", text: str = SET) -> dict[str, str]:
    lines = "".join(f"  {code}: {answer}\n" for code, answer in answers.items())
    given = f"tra_loi:\n{lines}" if lines else ""
    return {
        "2025/bo-chi-so/thu.yaml": text,
        "2025/cham-diem/thu-ky.yaml": f"bo: thu\nky: {period}\n{given}",
    }


def scored(
    folder: Path, answers: Mapping[str, str], period: str = "thang-9", text: str = SET
) -> SetScore:
    """Return the scores of ``answers``, which must be without problems."""
    loaded = load_content(write_content(folder, files(answers, period, text)), 2025)
    assert loaded.problems == ()
    (figures,) = loaded.workspace.all_of(SCORED)
    return score_set(loaded.workspace, figures)


def row_of(score: SetScore, code: str) -> RowScore:
    return next(row for row in score.rows if row.row.code == code)


def problems(
    folder: Path, answers: Mapping[str, str], period: str = "thang-9", text: str = SET
) -> tuple[Problem, ...]:
    return load_content(write_content(folder, files(answers, period, text)), 2025).problems
