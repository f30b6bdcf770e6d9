from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reports import FIRST_FIGURE_LINE, REGISTER, make_workspace
from vanban.figures.checks import check_figures

GOOD = {"truoc": "5", "mang": "6", "giay": "4", "xong": "12", "dang": "3"}


@pytest.mark.parametrize(
    "figures", [GOOD, {**GOOD, "dang": "3", "nhan": "10"}, {"mang": "6", "xong": "99"}, {}]
)
def test_figures_that_agree(tmp_path: Path, figures: Mapping[str, str]) -> None:
    assert check_figures(make_workspace(tmp_path, {"q3": figures})) == []


def test_identity_shows_both_sides(tmp_path: Path) -> None:
    (problem,) = check_figures(make_workspace(tmp_path, {"q3": {**GOOD, "dang": "2"}}))
    assert problem.place.line == FIRST_FIGURE_LINE
    assert problem.key == "truoc"
    assert problem.message.startswith("không khớp: Kỳ trước và mới bằng đã và đang — ")
    assert "vế trái 15 (truoc 5 + nhan 10)" in problem.message
    assert "vế phải 14 (xong 12 + dang 2)" in problem.message


def test_identity_at_most(tmp_path: Path) -> None:
    register = REGISTER.replace(
        "ve_trai: [mang], ve_phai: [nhan]", "ve_trai: [von], ve_phai: [xong]"
    )
    made = make_workspace(tmp_path, {"q3": {"von": "2,5", "xong": "2"}}, register=register)
    (problem,) = check_figures(made)
    assert "vế trái 2,5 (von 2,5), vế phải 2 (xong 2)" in problem.message
    assert "không được lớn hơn" in problem.message


@pytest.mark.parametrize(
    ("reports", "messages"),
    [
        ({"q1": {"mang": "5"}, "h1": {"mang": "5"}, "year": {"mang": "9"}}, []),
        ({"q1": {"mang": "6"}, "h1": {"mang": "5"}}, ["là 5, nhỏ hơn quý I (6)"]),
        (
            {"h1": {"mang": "5"}, "q3": {"mang": "5"}, "year": {"mang": "9"}},
            ["năm là 9, nhỏ hơn 6 tháng đầu năm (5) + quý III (5)"],
        ),
        (
            {"q1": {"mang": "5"}, "q3": {"mang": "5"}, "year": {"mang": "9"}},
            ["quý I (5) + quý III"],
        ),
        ({"h1": {"mang": "9"}, "q3": {"mang": "1"}}, []),
        ({"q1": {"dang": "9"}, "h1": {"dang": "1"}}, []),
        ({"q1": {"mang": "5"}, "h1": {}}, []),
        ({"q1": {"mang": "5", "giay": "1"}, "h1": {"mang": "4", "giay": "1"}}, ["Nhận trực tuyến"]),
        ({"q1": {"nhan": "5"}, "h1": {"mang": "1", "giay": "1"}}, ["“Tiếp nhận” 6 tháng"]),
        ({"h1": {"mang": "9"}, "q3": {}, "year": {"mang": "8"}}, ["6 tháng đầu năm (9)"]),
    ],
)
@pytest.mark.parametrize("last_year", [False, True])
def test_order_over_the_year(
    tmp_path: Path,
    reports: Mapping[str, Mapping[str, str]],
    messages: list[str],
    last_year: bool,
) -> None:
    made = (
        make_workspace(tmp_path, {}, last_year=reports)
        if last_year
        else make_workspace(tmp_path, reports)
    )
    problems = check_figures(made)
    assert len(problems) == len(messages)
    for problem, message in zip(problems, messages, strict=True):
        assert message in problem.message
        assert ("2024" if last_year else "2025") in problem.place.file.parts


def test_problems_of_reading_and_of_all_reports(tmp_path: Path) -> None:
    problems = check_figures(
        make_workspace(tmp_path, {"q3": {"mang": "1.204"}, "h1": {"giay": "-1"}})
    )
    assert [problem.key for problem in problems] == ["giay", "mang"]


def test_percentages_are_not_typed(tmp_path: Path) -> None:
    register = REGISTER.replace("don_vi_tinh: người", 'don_vi_tinh: "%"')
    (problem,) = check_figures(make_workspace(tmp_path, {}, register=register))
    assert (problem.key, problem.place.file.name) == ("don_vi_tinh", "chi-tieu.yaml")
    assert "khai hai chỉ tiêu làm tử số, mẫu số" in problem.message
