"""Points of the self-assessment: proven or not, and as in the annual report."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import REPORT_FORM
from support import write_content
from vanban.checks.content.proof import answers_against_report
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.workspace.load import load_workspace

CRITERIA = """\
ten: Bộ tiêu chí
tong_diem: 2
linh_vuc:
  - ma: 1
    ten: Thủ tục
    diem_toi_da: 2
    tieu_chi:
      - ma: 1.1
        ten: Hồ sơ
        diem_toi_da: 2
        thanh_phan:
          - ma: 1.1.1
            ten: Tỷ lệ hồ sơ nhận trực tuyến
            diem_toi_da: 1
            cach_tinh: {loai: ty_le}
            dien_giai: Theo tỷ lệ
            so_tai_lieu: 0
          - ma: 1.1.2
            ten: Công khai thủ tục
            diem_toi_da: 1
            cach_tinh: {loai: co_khong}
            dien_giai: Có thì đạt
"""


def project(folder: Path, ratio: str, choice: str) -> Project:
    answers = (
        "nguoi_ky: chu-tich\nto_chuc: [Phường tự đánh giá.]\n"
        f"tra_loi:\n  1.1.1: {{{ratio}}}\n  1.1.2: {{{choice}}}\n"
    )
    changes = {
        "2025/tieu-chi.yaml": CRITERIA,
        "2025/tu-danh-gia.yaml": answers,
        "2025/bao-cao/year.yaml": REPORT_FORM.format("Phường nhận hồ sơ."),
    }
    return Project(load_workspace(write_content(folder, changes)), ())


PROVEN = "da_dat: 1204, tong_so: 1515, nguon: Sổ theo dõi"


@pytest.mark.parametrize(
    ("ratio", "choice", "missing", "poor"),
    [
        (PROVEN, "chon: co", ["1.1.2. Công khai thủ tục"], []),
        (PROVEN, "chon: khong", [], []),
        (PROVEN, "chon: co, giai_trinh: Đã niêm yết.", [], []),
        (
            "da_dat: 1204, tong_so: 1515",
            "chon: khong",
            [],
            ["1.1.1. Tỷ lệ hồ sơ nhận trực tuyến"],
        ),
        ("khong_ap_dung: Không có hồ sơ", "chon: khong", [], []),
    ],
)
def test_proof(
    tmp_path: Path, ratio: str, choice: str, missing: list[str], poor: list[str]
) -> None:
    found = project(tmp_path, ratio, choice)
    for id, expected in (("diem-khong-can-cu", missing), ("diem-thieu-can-cu", poor)):
        (rule,) = (each for each in all_rules() if each.id == f"minh-chung/{id}")
        assert [hit.at.excerpt for hit in hits_of(rule, found)] == expected


@pytest.mark.parametrize(
    ("ratio", "found"),
    [
        (PROVEN, []),
        ("da_dat: 1240, tong_so: 1515, nguon: Sổ", ["1240/1515"]),
        ("so_lieu: {ky: q3, chi_tieu: hs-tl-truc-tuyen}", []),
    ],
)
def test_answers_and_report(tmp_path: Path, ratio: str, found: list[str]) -> None:
    hits = answers_against_report(project(tmp_path, ratio, "chon: khong"))
    assert [hit.at.excerpt for hit in hits] == found


def test_without_a_self_assessment_nothing_is_said(tmp_path: Path) -> None:
    workspace = load_workspace(write_content(tmp_path))
    for rule in all_rules():
        if rule.group == "minh-chung":
            assert list(hits_of(rule, Project(workspace, ()))) == []
            assert list(hits_of(rule, Project(None, ()))) == []
