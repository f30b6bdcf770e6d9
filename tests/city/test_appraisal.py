"""Points of a ward, and why some of them are at risk."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from assessments import FULL, make_workspace
from vanban.city.appraisal import Risk, WardPoints, set_sign, ward_points
from vanban.evidence.file_facts import FileFacts, FileKind
from vanban.evidence.inspection import inspect

REGISTER = """\
ho_so: {so_ho_so: "01", tieu_de: Hồ sơ, thoi_han: Vĩnh viễn, don_vi_lap: van-hoa-xa-hoi}
tai_lieu:
  - {ma: 1.1.1-01, loai: Quyết định, so_ky_hieu: 12/QĐ-UBND, tep: a.pdf, sha256: "%s"}
  - {ma: 1.1.2-01, loai: Báo cáo, so_ky_hieu: 3/BC-UBND, tep: b.pdf, tep_goc: b.docx}
  - {ma: 1.2.1-01, loai: Bảng kết xuất, tep: c.pdf, tep_goc: c.xlsx}
""" % ("0" * 64)


def points_of(
    root: Path,
    changed: Mapping[str, str] | None = None,
    broken: tuple[str, ...] = (),
    tail: str = "",
    register: str = REGISTER,
) -> WardPoints:
    changes: dict[str, str | None] = {"2025/minh-chung.yaml": register}
    workspace = make_workspace(root, {**FULL, **(changed or {})}, tail=tail, changes=changes)

    def facts(path: Path) -> FileFacts:
        return FileFacts(FileKind(path.suffix), 1, "0" * 64)

    folder = root / "content" / "2025" / "minh-chung"
    folder.mkdir(exist_ok=True)
    for name in ("a.pdf", "b.pdf", "b.docx", "c.pdf", "c.xlsx"):
        (folder / name).touch()
    return ward_points("a", workspace, inspect(workspace, facts), broken)


def test_points_at_risk_by_reason(tmp_path: Path) -> None:
    found = {leaf.code: leaf for leaf in points_of(tmp_path).leaves}
    assert found["1.1.1"].risks == ()
    assert found["1.1.2"].risks == (Risk.UNSIGNED,)  # a numbered report, made from a Word file
    assert found["1.2.1"].risks == (Risk.TOO_FEW,)  # a print-out needs no signature, but a source
    assert found["2.1.1"].risks == (Risk.NO_EVIDENCE,)
    assert "2.10.2" not in found, "the superior's survey is not self-scored"
    whole = sum((leaf.at_risk for leaf in found.values()), Decimal(0))
    assert whole == Decimal("14.07") - 2


@pytest.mark.parametrize(
    ("code", "answer", "broken", "risks", "at_risk"),
    [
        ("2.1.1", "{so_luong: 3, giai_trinh: Không lưu văn bản}", (), (Risk.EXPLAINED,), "1.50"),
        ("1.1.1", "{khong_ap_dung: Không có việc này}", (), (), "0.00"),
        ("1.1.1", "{chon: co, so_lieu_mau: true}", (), (Risk.SAMPLE,), "0.00"),
        (
            "2.1.2",
            FULL["2.1.2"],
            ("q3",),
            (Risk.CONTRADICTS, Risk.NO_EVIDENCE, Risk.SAMPLE),
            "3.00",
        ),
    ],
)
def test_each_risk(
    tmp_path: Path,
    code: str,
    answer: str,
    broken: tuple[str, ...],
    risks: tuple[Risk, ...],
    at_risk: str,
) -> None:
    ward = points_of(tmp_path, {code: answer}, broken)
    leaf = next(leaf for leaf in ward.leaves if leaf.code == code)
    assert (leaf.risks, str(leaf.at_risk)) == (risks, at_risk)


def test_a_file_that_changed_since_it_was_registered_is_a_risk(tmp_path: Path) -> None:
    ward = points_of(tmp_path, register=REGISTER.replace("0" * 64, "1" * 64))
    leaf = next(leaf for leaf in ward.leaves if leaf.code == "1.1.1")
    assert (leaf.risks, str(leaf.at_risk)) == ((Risk.CHANGED,), "2.00")


def test_what_rests_on_a_sample_is_one(tmp_path: Path) -> None:
    ward = points_of(tmp_path)
    rests = [leaf.code for leaf in ward.leaves if Risk.SAMPLE in leaf.risks]
    assert (rests, ward.is_sample) == (["1.2.2", "2.1.2"], True), (
        "figures of a report that is a sample"
    )


def test_sums_leave_out_what_does_not_apply(tmp_path: Path) -> None:
    ward = points_of(tmp_path, {"1.1.2": "{khong_ap_dung: Không có}"})
    assert ward.sum().points == Decimal("13.57")
    assert ward.sum().maximum == 15
    assert ward.sum("2").points == Decimal("5.83")


def test_sets_are_told_apart_by_what_makes_points(tmp_path: Path) -> None:
    from assessments import CRITERIA

    def sign(name: str, old: str, new: str) -> str:
        criteria = make_workspace(
            tmp_path / name, criteria=CRITERIA.replace(old, new) if old else CRITERIA
        ).criteria
        assert criteria is not None
        return set_sign(criteria)

    own = sign("a", "", "")
    assert sign("b", "ten: Mỗi việc", "ten: Từng việc") == own
    assert sign("c", "san: 80%", "san: 85%") != own
