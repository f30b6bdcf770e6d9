"""A small set of criteria with every kind of rule, and workspaces with answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support import write_content
from vanban.errors import Problem
from vanban.scoring.checks import check_scores
from vanban.scoring.leaf import LeafScore
from vanban.scoring.scores import Scores, score
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace

CRITERIA = """\
ten: Bộ tiêu chí
tong_diem: 20
linh_vuc:
  - ma: 1
    ten: Chỉ đạo
    diem_toi_da: 10
    tieu_chi:
      - ma: 1.1
        ten: Kế hoạch
        diem_toi_da: 6
        thanh_phan:
          - {ma: 1.1.1, ten: Có, diem_toi_da: 2, cach_tinh: {loai: co_khong}, dien_giai: x}
          - ma: 1.1.2
            ten: Mức
            diem_toi_da: 2
            cach_tinh:
              loai: bac
              muc:
                - {ma: du, ten: Đủ, diem: 2}
                - {ma: thieu-mot, ten: Thiếu một, diem: "0,5"}
                - {ma: khong, ten: Không, diem: 0}
            dien_giai: x
          - ma: 1.1.3
            ten: Mức theo tỷ lệ
            diem_toi_da: 2
            cach_tinh: {loai: bac_ty_le, muc: [{tu: 100%, diem: 2}, {tu: 95%}]}
            dien_giai: x
      - ma: 1.2
        ten: Tỷ lệ
        diem_toi_da: 4
        thanh_phan:
          - {ma: 1.2.1, ten: Sàn, diem_toi_da: 2, cach_tinh: {loai: ty_le, san: 80%}, dien_giai: x}
          - ma: 1.2.2
            ten: Mục tiêu
            diem_toi_da: 2
            cach_tinh: {loai: ty_le, muc_tieu: 70%, khong_phat_sinh: không áp dụng}
            dien_giai: x
  - ma: 2
    ten: Kết quả
    diem_toi_da: 10
    tieu_chi:
      - ma: 2.1
        ten: Đếm
        diem_toi_da: 5
        thanh_phan:
          - ma: 2.1.1
            ten: Mỗi việc
            diem_toi_da: 2
            cach_tinh: {loai: dem, moi: "0,5"}
            dien_giai: x
          - ma: 2.1.2
            ten: Trừ
            diem_toi_da: 3
            cach_tinh: {loai: tru, moi: 1, toi_thieu: "0,5"}
            dien_giai: x
      - ma: 2.10
        ten: Khác
        diem_toi_da: 5
        thanh_phan:
          - ma: 2.10.1
            ten: Điều kiện
            diem_toi_da: 2
            cach_tinh: {loai: ty_le, dieu_kien: có kế hoạch, khong_phat_sinh: điểm tối đa}
            dien_giai: x
          - {ma: 2.10.2, ten: Khảo sát, diem_toi_da: 3, cach_tinh: {loai: khao_sat}, dien_giai: x}
diem_thuong:
  - {ma: mo-hinh, ten: Mô hình mới, moi: "0,5", toi_da: 1}
diem_phat:
  - {ma: cham, ten: Chậm, moi: 1, toi_da: 2}
"""

HEAD = """\
noi_nhan: [dang-uy]
luu: [van-hoa-xa-hoi]
nguoi_ky: chu-tich
to_chuc: [Các phòng tự chấm.]
tra_loi:
"""

FULL: Mapping[str, str] = {
    "1.1.1": "{chon: co}",
    "1.1.2": "{chon: thieu-mot}",
    "1.1.3": "{da_dat: 97, tong_so: 100}",
    "1.2.1": "{da_dat: 9, tong_so: 10}",
    "1.2.2": "{so_lieu: {ky: q3, chi_tieu: hs-tl-truc-tuyen}}",
    "2.1.1": "{so_luong: 3}",
    "2.1.2": "{so_lieu: {ky: q3, chi_tieu: so-ky-luat}}",
    "2.10.1": "{dieu_kien: true, da_dat: 2, tong_so: 3}",
}
"""An answer to every self-scored sub-criterion; the report of q3 has 1204 of 1515 and 0 cases."""

FIRST_ANSWER_LINE = HEAD.count("\n") + 1


def make_workspace(
    root: Path,
    answers: Mapping[str, str] | None = None,
    criteria: str = CRITERIA,
    tail: str = "",
    changes: Mapping[str, str | None] | None = None,
) -> Workspace:
    """Return a workspace of 2025 with ``answers`` (all of :data:`FULL` where None).

    ``tail`` is added to ``tu-danh-gia.yaml``; ``changes`` are those of :func:`write_content`.
    """
    given = FULL if answers is None else answers
    lines = "".join(f"  {code}: {text}\n" for code, text in given.items())
    files: dict[str, str | None] = {
        "2025/tieu-chi.yaml": criteria,
        "2025/tu-danh-gia.yaml": (HEAD if lines else HEAD.replace("tra_loi:", "tra_loi: {}"))
        + lines
        + tail,
        **(changes or {}),
    }
    return load_workspace(write_content(root, files), 2025)


def scores_of(
    root: Path, changed: Mapping[str, str | None] | None = None, tail: str = ""
) -> Scores:
    """Return the scores of :data:`FULL` with some answers changed, or left out where None."""
    merged = {**FULL, **(changed or {})}
    answers = {code: text for code, text in merged.items() if text is not None}
    return score(make_workspace(root, answers, tail=tail))


def leaf_of(root: Path, code: str, answer: str) -> LeafScore:
    """Return the score of one sub-criterion answered by ``answer``."""
    return leaf_in(scores_of(root, {code: answer}), code)


def leaf_in(scores: Scores, code: str) -> LeafScore:
    """Return the score of one sub-criterion."""
    return next(leaf for leaf in scores.leaves if leaf.code == code)


def problems_of(root: Path, answers: Mapping[str, str], tail: str = "") -> list[Problem]:
    """Return the problems of ``answers``."""
    return check_scores(make_workspace(root, answers, tail=tail))


def problems_of_set(root: Path, old: str, new: str) -> list[Problem]:
    """Return the problems of :data:`CRITERIA` with ``old`` (found once) made ``new``."""
    assert CRITERIA.count(old) == 1, f"{old!r} stands {CRITERIA.count(old)} times"
    files: dict[str, str | None] = {"2025/tu-danh-gia.yaml": None}
    return check_scores(make_workspace(root, criteria=CRITERIA.replace(old, new), changes=files))
