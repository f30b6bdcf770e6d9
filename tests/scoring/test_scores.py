from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from assessments import CRITERIA, make_workspace, scores_of
from vanban.scoring.checks import check_scores
from vanban.scoring.leaf import Outcome
from vanban.scoring.scores import score
from vanban.workspace.load import load_workspace

CONTENT = Path(__file__).parents[2] / "content"
SURVEY = {"2.10.2": "{ket_qua_khao_sat: 90%}"}


def _texts(*points: Decimal | None) -> list[str]:
    return [str(each) for each in points]


def test_sums(tmp_path: Path) -> None:
    scores = scores_of(tmp_path)
    # 2 + 0,5 + 1,94 + 1,8 + 2 + 1,5 + 3 + 1,33
    assert scores.tally.points == Decimal("14.07")
    assert _texts(scores.tally.maximum, scores.tally.self_applicable) == ["20.00", "17.00"]
    assert scores.tally.survey_applicable == 3
    assert [field.tally.points for field in scores.fields] == [Decimal("8.24"), Decimal("5.83")]
    first = scores.fields[0].criteria[0]
    assert _texts(first.tally.points, first.tally.maximum) == ["4.44", "6.00"]
    assert scores.tally.share == Fraction(1407, 1700)
    assert scores.tally.lost == Decimal("2.93")


def test_the_index_waits_for_the_survey(tmp_path: Path) -> None:
    scores = scores_of(tmp_path)
    assert scores.tally.is_complete
    assert (scores.tally.survey_points, scores.tally.total) == (None, None)
    assert (scores.index, scores.final) == (None, None)


def test_index_of_100(tmp_path: Path) -> None:
    scores = scores_of(tmp_path, SURVEY)
    assert scores.tally.survey_points == Decimal("2.70")
    assert scores.tally.total == Decimal("16.77")
    assert scores.index == scores.final == Decimal("83.85")
    assert scores.tally.points == Decimal("14.07")


def test_not_applicable_leaves_the_denominator(tmp_path: Path) -> None:
    scores = scores_of(tmp_path, {**SURVEY, "1.1.2": "{khong_ap_dung: Không có việc này}"})
    assert _texts(scores.tally.maximum, scores.tally.applicable) == ["20.00", "18.00"]
    assert _texts(scores.tally.self_maximum, scores.tally.self_applicable) == ["17.00", "15.00"]
    assert scores.index == Decimal("90.39")
    assert [leaf.code for leaf in scores.not_applicable] == ["1.1.2"]


def test_a_set_whose_survey_does_not_apply(tmp_path: Path) -> None:
    scores = scores_of(tmp_path, {"2.10.2": "{khong_ap_dung: Thành phố không khảo sát}"})
    assert _texts(scores.tally.survey_applicable, scores.tally.survey_points) == ["0.00", "0.00"]
    assert scores.index == Decimal("82.76")


def test_unanswered_leaves(tmp_path: Path) -> None:
    scores = scores_of(tmp_path, {**SURVEY, "1.1.1": None})
    assert (scores.tally.unanswered, scores.tally.is_complete) == (1, False)
    assert scores.tally.points == Decimal("12.07")
    assert scores.tally.self_applicable == 17
    assert scores.index is None


def test_without_answers(tmp_path: Path) -> None:
    scores = score(make_workspace(tmp_path, changes={"2025/tu-danh-gia.yaml": None}))
    assert scores.tally.unanswered == 8
    assert scores.tally.points == 0


def test_without_criteria(tmp_path: Path) -> None:
    files: dict[str, str | None] = {"2025/tu-danh-gia.yaml": None, "2025/tieu-chi.yaml": None}
    made = make_workspace(tmp_path, changes=files)
    assert check_scores(made) == []
    with pytest.raises(ValueError, match="2025"):
        score(made)


@pytest.mark.parametrize(
    ("tail", "bonus", "penalty", "final"),
    [
        ("", "0.00", "0.00", "83.85"),
        ("diem_thuong: [{ma: mo-hinh, so_luong: 1}]\n", "0.50", "0.00", "84.35"),
        ("diem_thuong: [{ma: mo-hinh, so_luong: 9}]\n", "1.00", "0.00", "84.85"),
        ("diem_phat: [{ma: cham, so_luong: 1}]\n", "0.00", "1.00", "82.85"),
        ("diem_phat: [{ma: cham, so_luong: 5}]\n", "0.00", "2.00", "81.85"),
        ("diem_phat: [{ma: cham, so_luong: 0}]\n", "0.00", "0.00", "83.85"),
    ],
)
def test_bonus_and_penalty(tmp_path: Path, tail: str, bonus: str, penalty: str, final: str) -> None:
    scores = scores_of(tmp_path, SURVEY, tail)
    assert (str(scores.bonus), str(scores.penalty)) == (bonus, penalty)
    assert (str(scores.index), str(scores.final)) == ("83.85", final)


def test_the_final_index_stays_within_100(tmp_path: Path) -> None:
    full = {
        "1.1.2": "{chon: du}",
        "1.1.3": "{da_dat: 1, tong_so: 1}",
        "1.2.1": "{da_dat: 1, tong_so: 1}",
        "2.1.1": "{so_luong: 4}",
        "2.10.1": "{dieu_kien: true, da_dat: 1, tong_so: 1}",
        "2.10.2": "{ket_qua_khao_sat: 100%}",
    }
    scores = scores_of(tmp_path, full, "diem_thuong: [{ma: mo-hinh, so_luong: 2}]\n")
    assert scores.index == scores.final == 100
    assert scores.reduced == ()


def test_lists_of_leaves(tmp_path: Path) -> None:
    scores = scores_of(tmp_path, SURVEY)
    assert [leaf.code for leaf in scores.at_maximum] == ["1.1.1", "1.2.2", "2.1.2"]
    reduced = ["1.1.2", "1.1.3", "1.2.1", "2.1.1", "2.10.1"]
    assert [leaf.code for leaf in scores.reduced] == reduced


def test_last_year(tmp_path: Path) -> None:
    first, second = scores_of(tmp_path, tail='nam_truoc: {1: "9,5"}\n').fields
    assert (first.last_year, first.change) == (Decimal("9.50"), Decimal("-1.26"))
    assert (second.last_year, second.change) == (None, None)


def test_leaves_are_rounded_before_they_are_added(tmp_path: Path) -> None:
    third = "{da_dat: 1, tong_so: 3}"
    criteria = CRITERIA.replace("san: 80%", "san: 30%").replace("muc_tieu: 70%, ", "")
    scores = score(make_workspace(tmp_path, {"1.2.1": third, "1.2.2": third}, criteria))
    # 0,666… twice would add up to 1,33
    assert scores.tally.points == Decimal("1.34")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("muc_tieu: 70%", "muc_tieu: 0%"),
        ("muc: [{tu: 100%, diem: 2}, {tu: 95%}]", "muc: [{diem: 2}]"),
        ('ten: Thiếu một, diem: "0,5"', "ten: Thiếu một"),
        ('{loai: dem, moi: "0,5"}', "{loai: dem}"),
    ],
)
def test_an_unsound_set_is_scored_all_the_same(tmp_path: Path, old: str, new: str) -> None:
    made = make_workspace(tmp_path, criteria=CRITERIA.replace(old, new))
    assert check_scores(made)
    assert score(made).tally.is_complete


# --- the sample set ---------------------------------------------------------------------------


def test_sample_set_is_whole() -> None:
    workspace = load_workspace(CONTENT, 2025)
    assert check_scores(workspace) == []
    assert workspace.criteria is not None and workspace.uses_sample(workspace.criteria)
    scores = score(workspace)
    sizes = [(len(field.criteria), len(field.leaves)) for field in scores.fields]
    assert (sum(size[0] for size in sizes), sum(size[1] for size in sizes)) == (23, 44)
    assert [field.tally.maximum for field in scores.fields] == [15, 8, 22, 8, 10, 9, 18, 10]
    assert _texts(scores.tally.maximum, scores.tally.self_maximum) == ["100.00", "90.00"]


def test_sample_answers() -> None:
    scores = score(load_workspace(CONTENT, 2025))
    assert scores.tally.is_complete
    assert [leaf.code for leaf in scores.leaves if leaf.outcome is Outcome.AWAITING_SURVEY] == [
        "8.1.1"
    ]
    assert scores.not_applicable and scores.reduced
    assert scores.index is None
