# ruff: noqa: E501 - tables of cases read best one case a line
from __future__ import annotations

from pathlib import Path

import pytest

from assessments import CRITERIA, FULL, leaf_in, leaf_of, make_workspace, scores_of
from vanban.scoring.leaf import NOTHING_AROSE, Outcome
from vanban.scoring.scores import score


@pytest.mark.parametrize(
    ("code", "answer", "points", "declared", "ratio"),
    [
        ("1.1.1", "{chon: co}", "2.00", "Có", ""),
        ("1.1.1", "{chon: khong}", "0.00", "Không", ""),
        ("1.1.2", "{chon: du}", "2.00", "Đủ", ""),
        ("1.1.2", "{chon: thieu-mot}", "0.50", "Thiếu một", ""),
        ("1.1.2", "{chon: khong}", "0.00", "Không", ""),
        ("1.1.3", "{da_dat: 97, tong_so: 100}", "1.94", "97/100", "97%"),
        ("1.1.3", "{da_dat: 9499, tong_so: 10000}", "0.00", "9.499/10.000", "94,99%"),
        ("1.2.1", "{da_dat: 8, tong_so: 10}", "1.60", "8/10", "80%"),
        ("1.2.1", "{da_dat: 7999, tong_so: 10000}", "0.00", "7.999/10.000", "79,99%"),
        ("1.2.1", '{da_dat: "16.512,3", tong_so: "18.450,5"}', "1.79", "16.512,3/18.450,5", "89,5%"),
        ("1.2.2", "{da_dat: 1, tong_so: 2}", "1.43", "1/2", "50%"),
        ("1.2.2", "{so_lieu: {ky: q3, chi_tieu: hs-tl-truc-tuyen}}", "2.00", "1.204/1.515", "79,5%"),
        ("2.1.1", "{so_luong: 0}", "0.00", "0", ""),
        ("2.1.1", "{so_luong: 3}", "1.50", "3", ""),
        ("2.1.2", "{so_luong: 1}", "2.00", "1", ""),
        ("2.1.2", "{so_luong: 7}", "0.50", "7", ""),
        ("2.1.2", "{so_lieu: {ky: q3, chi_tieu: so-ky-luat}}", "3.00", "0", ""),
        ("2.10.1", "{dieu_kien: true, da_dat: 1, tong_so: 2}", "1.00", "1/2", "50%"),
        ("2.10.1", "{dieu_kien: false}", "0.00", "Không đạt điều kiện: có kế hoạch", ""),
        ("2.10.1", "{dieu_kien: false, da_dat: 2, tong_so: 2}", "0.00", "Không đạt điều kiện: có kế hoạch", "100%"),
        ("2.10.1", "{dieu_kien: true, da_dat: 0, tong_so: 0}", "2.00", "0/0", ""),
        ("2.10.1", "{dieu_kien: false, da_dat: 0, tong_so: 0}", "0.00", "Không đạt điều kiện: có kế hoạch", ""),
        ("2.10.2", '{ket_qua_khao_sat: "92,5%"}', "2.78", "", "92,5%"),
    ],
)  # fmt: skip
def test_points(
    tmp_path: Path, code: str, answer: str, points: str, declared: str, ratio: str
) -> None:
    leaf = leaf_of(tmp_path, code, answer)
    assert leaf.outcome is Outcome.SCORED
    assert (str(leaf.points), leaf.declared, leaf.ratio_text) == (points, declared, ratio)
    assert leaf.lost is not None and leaf.points is not None
    assert leaf.lost + leaf.points == leaf.maximum


def test_nothing_arose_and_the_rule_says_not_applicable(tmp_path: Path) -> None:
    leaf = leaf_of(tmp_path, "1.2.2", "{da_dat: 0, tong_so: 0}")
    assert (leaf.outcome, leaf.points, leaf.reason) == (Outcome.NOT_APPLICABLE, None, NOTHING_AROSE)
    assert leaf.declared == "0/0"


@pytest.mark.parametrize(
    ("choice", "points"), [("điểm tối đa", "2.00"), ("0 điểm", "0.00"), ("không áp dụng", "None")]
)
def test_nothing_arose_follows_the_rule(tmp_path: Path, choice: str, points: str) -> None:
    criteria = CRITERIA.replace("khong_phat_sinh: không áp dụng", f"khong_phat_sinh: {choice}")
    answers = {**FULL, "1.2.2": "{da_dat: 0, tong_so: 0}"}
    assert (
        str(leaf_in(score(make_workspace(tmp_path, answers, criteria)), "1.2.2").points) == points
    )


def test_not_applicable_with_its_reason(tmp_path: Path) -> None:
    leaf = leaf_of(tmp_path, "1.1.1", "{khong_ap_dung: Phường không có đơn vị}")
    assert (leaf.outcome, leaf.points) == (Outcome.NOT_APPLICABLE, None)
    assert leaf.reason == "Phường không có đơn vị"
    assert not leaf.is_applicable


@pytest.mark.parametrize(
    ("code", "answer", "outcome"),
    [
        ("1.1.1", None, Outcome.UNANSWERED),
        ("1.1.1", "{giai_trinh: x y}", Outcome.UNANSWERED),
        ("1.2.1", "{da_dat: 5, tong_so: 4}", Outcome.UNANSWERED),
        ("1.2.1", "{da_dat: 0, tong_so: 0}", Outcome.UNANSWERED),
        ("2.10.2", None, Outcome.AWAITING_SURVEY),
        ("2.10.2", "{ghi_chu: x}", Outcome.AWAITING_SURVEY),
    ],
)
def test_no_points(tmp_path: Path, code: str, answer: str | None, outcome: Outcome) -> None:
    leaf = leaf_in(scores_of(tmp_path, {code: answer}), code)
    assert (leaf.outcome, leaf.points, leaf.lost, leaf.declared) == (outcome, None, None, "")


@pytest.mark.parametrize(
    ("code", "answer", "has_source"),
    [
        ("1.2.1", "{da_dat: 9, tong_so: 10}", False),
        ("1.2.1", "{da_dat: 9, tong_so: 10, nguon: Sổ theo dõi}", True),
        ("2.1.1", "{so_luong: 3}", False),
        ("1.2.2", "{so_lieu: {ky: q3, chi_tieu: hs-tl-truc-tuyen}}", True),
        ("1.1.1", "{chon: co}", True),
    ],
)
def test_source(tmp_path: Path, code: str, answer: str, has_source: bool) -> None:
    assert leaf_of(tmp_path, code, answer).has_source is has_source
