from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reports import make_workspace
from vanban.errors import ContentError
from vanban.figures.targets import assess, check_targets, plan_tasks
from vanban.figures.tracked import conflicting_targets, tracked
from vanban.figures.values import read_figures, read_last_year


@pytest.mark.parametrize(
    ("target", "period", "figures", "result", "verdict"),
    [
        ("{ma: ky-luat, muc: 0}", "q3", {"ky-luat": "0"}, "0", "Đang thực hiện, đúng tiến độ"),
        ("{ma: ky-luat, muc: 0}", "year", {"ky-luat": "0"}, "0", "Đã đạt"),
        ("{ma: ky-luat, muc: 0}", "year", {"ky-luat": "1"}, "1", "Không đạt"),
        ("{ma: ky-luat, muc: 0, han: 14/9/2025}", "q3", {"ky-luat": "0"}, "0", "Đã đạt"),
        (
            "{ma: ky-luat, muc: 0, han: 15/9/2025}",
            "q3",
            {"ky-luat": "0"},
            "0",
            "Đang thực hiện, đúng tiến độ",
        ),
        ("{ma: ky-luat, muc: 0, han: 31/12/2025}", "year", {"ky-luat": "0"}, "0", "Đã đạt"),
        ("{ma: ky-luat, muc: 0}", "year", {}, "chưa có số liệu", "Chưa đủ số liệu"),
        ("{ma: ky-luat, muc: giảm}", "year", {"ky-luat": "1"}, "1", "Chưa đủ số liệu"),
        ("{ma: tl-mang, muc: 100%}", "year", {"mang": "2499", "giay": "1"}, "99,96%", "Không đạt"),
        ("{ma: tl-mang, muc: 100%}", "year", {"mang": "5", "giay": "0"}, "100%", "Đã đạt"),
        (
            "{ma: tl-mang, muc: từ 95% trở lên}",
            "year",
            {"mang": "19", "giay": "1"},
            "95%",
            "Đã đạt",
        ),
        (
            "{ma: tl-vuot, muc: không quá 100%}",
            "year",
            {"mang": "2500", "giay": "0", "xong": "2501"},
            "100,04%",
            "Không đạt",
        ),
        (
            "{ma: tl-mang, muc: 100%}",
            "year",
            {"mang": "0", "giay": "0"},
            "không phát sinh",
            "Không phát sinh",
        ),
    ],
)
def test_assess(
    tmp_path: Path,
    target: str,
    period: str,
    figures: Mapping[str, str],
    result: str,
    verdict: str,
) -> None:
    made = make_workspace(tmp_path, {period: figures}, targets=(target,))
    (assessed,) = assess(made, read_figures(made, period), {"tthc-01": "mục 1"}.__getitem__)
    assert (assessed.result, assessed.verdict, assessed.place) == (result, verdict, "mục 1")


def test_two_levels_show_both_and_warn(tmp_path: Path) -> None:
    targets = ("{ma: tl-mang, muc: 100%}", "{ma: tl-mang, muc: từ 95% trở lên}")
    made = make_workspace(tmp_path, {"year": {"mang": "2499", "giay": "1"}}, targets=targets)
    results = assess(made, read_figures(made, "year"), lambda task: f"ý {task}")
    assert [(item.result, item.verdict) for item in results] == [
        ("99,96%", "Không đạt"),
        ("99,96%", "Đã đạt"),
    ]
    (row,) = tracked(results)
    assert row.verdict == "Không đạt"
    assert row.explanation == (
        "Mức 100%: thấp hơn mức đề ra 0,04 điểm %; mức từ 95% trở lên: đã đạt"
    )
    (warning,) = conflicting_targets((row,))
    assert "“100%” tại ý tthc-01; “từ 95% trở lên” tại ý tthc-01" in warning


@pytest.mark.parametrize("second", ["{ma: tl-mang, muc: 100 %}", "{ma: ky-luat, muc: 0}"])
def test_no_warning(tmp_path: Path, second: str) -> None:
    made = make_workspace(tmp_path, {"q3": {}}, targets=("{ma: tl-mang, muc: 100%}", second))
    assert conflicting_targets(tracked(assess(made, read_figures(made, "q3"), str))) == ()


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("{ma: tl-mang, muc: khoảng 95%}", "không hiểu mức “khoảng 95%”"),
        ("{ma: tl-mang, muc: 95}", "là một tỷ lệ — thêm dấu %"),
        ("{ma: ky-luat, muc: 0%}", "là số đếm, không phải tỷ lệ — bỏ dấu %"),
    ],
)
def test_level_does_not_fit(tmp_path: Path, target: str, message: str) -> None:
    made = make_workspace(tmp_path, {"q3": {}}, targets=(target,))
    (problem,) = check_targets(made)
    assert message in problem.message
    assert problem.key == "muc"
    assert (problem.place.line, problem.place.file.name) == (10, "03-thu-tuc.yaml")
    with pytest.raises(ContentError):
        assess(made, read_figures(made, "q3"), str)


def test_tasks_in_order_of_the_plan(tmp_path: Path) -> None:
    assert [task.id for task in plan_tasks(make_workspace(tmp_path, {}))] == [
        "md-01",
        "yc-01",
        "tthc-01",
    ]


DUE = "han: 14/9/2025"


@pytest.mark.parametrize(
    ("target", "period", "now", "before", "verdict"),
    [
        ("{ma: xong, muc: tăng}", "year", {"xong": "9"}, {"xong": "8"}, "Đã đạt"),
        ("{ma: xong, muc: tăng}", "year", {"xong": "8"}, {"xong": "8"}, "Không đạt"),
        ("{ma: xong, muc: tăng}", "year", {"xong": "7"}, {"xong": "8"}, "Không đạt"),
        ("{ma: xong, muc: giảm}", "year", {"xong": "7"}, {"xong": "8"}, "Đã đạt"),
        ("{ma: xong, muc: giảm}", "year", {"xong": "8"}, {"xong": "8"}, "Không đạt"),
        ("{ma: von, muc: cao hơn năm trước}", "year", {"von": "9,1"}, {"von": "9"}, "Đã đạt"),
        ("{ma: von, muc: cao hơn năm trước}", "year", {"von": "9"}, {"von": "9"}, "Không đạt"),
        (
            "{ma: tl-mang, muc: tăng}",
            "year",
            {"mang": "667", "giay": "333"},
            {"mang": "2", "giay": "1"},
            "Đã đạt",
        ),
        (f"{{ma: xong, muc: tăng, {DUE}}}", "q3", {"xong": "9"}, {"xong": "8"}, "Đã đạt"),
        (
            "{ma: xong, muc: tăng}",
            "q3",
            {"xong": "9"},
            {"xong": "8"},
            "Đang thực hiện, đúng tiến độ",
        ),
        ("{ma: xong, muc: tăng}", "year", {}, {"xong": "8"}, "Chưa đủ số liệu"),
        ("{ma: xong, muc: tăng}", "year", {"xong": "9"}, {}, "Chưa đủ số liệu"),
        (
            "{ma: tl-mang, muc: tăng}",
            "year",
            {"mang": "0", "giay": "0"},
            {"mang": "1", "giay": "1"},
            "Không phát sinh",
        ),
    ],
)
def test_direction_against_last_year(
    tmp_path: Path,
    target: str,
    period: str,
    now: Mapping[str, str],
    before: Mapping[str, str],
    verdict: str,
) -> None:
    made = make_workspace(tmp_path, {period: now}, {period: before}, targets=(target,))
    last_year = read_last_year(made, period)
    (assessed,) = assess(made, read_figures(made, period), str, last_year)
    assert assessed.verdict == verdict


def test_another_period_of_last_year_judges_nothing(tmp_path: Path) -> None:
    target = "{ma: xong, muc: tăng}"
    made = make_workspace(
        tmp_path, {"year": {"xong": "9"}}, {"q3": {"xong": "8"}}, targets=(target,)
    )
    (assessed,) = assess(made, read_figures(made, "year"), str, read_last_year(made, "year"))
    assert assessed.verdict == "Chưa đủ số liệu"
