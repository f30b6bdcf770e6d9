"""Verdicts: one table of figure × side × deadline, the office's own rows, what adds up to date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from reports import REGISTER, make_workspace
from vanban.errors import ContentError
from vanban.figures.levels import Bound, Direction, parse_level
from vanban.figures.targets import assess, check_targets, tracking_table
from vanban.figures.to_date import part_gone
from vanban.figures.tracked import Tracked, shortfalls, tracked
from vanban.figures.values import read_figures, read_last_year
from vanban.figures.verdicts import Verdict, judge, judge_direction, side_of
from vanban.workspace.models.tracking import Measured, default_tracking
from vanban.workspace.workspace import Workspace

MISSED, AT_RISK, ON_TRACK, REACHED = list(Verdict)[:4]
TABLE = {(row.measured, row.side): row for row in default_tracking()}
COUNT, RATIO, STATE = Measured

# a level, half of the time gone: figure → verdict before the deadline, verdict at the deadline
CASES: dict[tuple[Measured, str], dict[str, tuple[Verdict, Verdict]]] = {
    (COUNT, "từ 10 trở lên"): {
        "0": (AT_RISK, MISSED),
        "4": (AT_RISK, MISSED),
        "5": (ON_TRACK, MISSED),
        "9": (ON_TRACK, MISSED),
        "10": (REACHED, REACHED),
        "11": (REACHED, REACHED),
    },
    (COUNT, "trên 10"): {"5": (ON_TRACK, MISSED), "10": (ON_TRACK, MISSED), "11": (REACHED,) * 2},
    (COUNT, "10"): {"4": (AT_RISK, MISSED), "10": (REACHED,) * 2, "11": (MISSED,) * 2},
    (COUNT, "không quá 10"): {
        "0": (ON_TRACK, REACHED),
        "5": (ON_TRACK, REACHED),
        "6": (AT_RISK, REACHED),
        "10": (AT_RISK, REACHED),
        "11": (MISSED, MISSED),
    },
    (COUNT, "dưới 10"): {"5": (ON_TRACK, REACHED), "10": (MISSED, MISSED)},
    (COUNT, "0"): {"0": (ON_TRACK, REACHED), "1": (MISSED, MISSED)},
    (RATIO, "từ 80% trở lên"): {
        "79%": (AT_RISK, MISSED),
        "80%": (ON_TRACK, REACHED),
        "100%": (ON_TRACK, REACHED),
    },
    (RATIO, "100%"): {"99,96%": (AT_RISK, MISSED), "100%": (ON_TRACK, REACHED)},
    (RATIO, "dưới 5%"): {"4,9%": (ON_TRACK, REACHED), "5%": (AT_RISK, MISSED)},
    (STATE, "từ 80% trở lên"): {
        "39%": (AT_RISK, MISSED),
        "40%": (ON_TRACK, MISSED),
        "80%": (REACHED, REACHED),
    },
    (STATE, "không quá 100%"): {
        "50%": (ON_TRACK, REACHED),
        "100%": (ON_TRACK, REACHED),
        "101%": (AT_RISK, MISSED),
    },
}


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_levels_with_a_number(kind: Measured, text: str) -> None:
    level = parse_level(text)
    assert isinstance(level, Bound)

    def verdict(figure: str, due: bool) -> Verdict:
        exact = parse_level(figure)
        assert isinstance(exact, Bound)
        row = TABLE[kind, side_of(level, exact.value)]
        return judge(level, exact.value, row, due, Fraction(1, 2)).verdict

    found = {
        figure: (verdict(figure, False), verdict(figure, True)) for figure in CASES[kind, text]
    }
    assert found == CASES[kind, text]


@pytest.mark.parametrize(
    ("direction", "change", "verdicts"),
    [
        (Direction.UP, 1, (ON_TRACK, REACHED)),
        (Direction.UP, 0, (AT_RISK, MISSED)),
        (Direction.UP, -1, (AT_RISK, MISSED)),
        (Direction.DOWN, -1, (ON_TRACK, REACHED)),
        (Direction.DOWN, 0, (AT_RISK, MISSED)),
        (Direction.ABOVE_LAST_YEAR, 1, (ON_TRACK, REACHED)),
        (Direction.ABOVE_LAST_YEAR, -1, (AT_RISK, MISSED)),
    ],
)
def test_directions(direction: Direction, change: int, verdicts: tuple[Verdict, Verdict]) -> None:
    before = Fraction(5)
    for due, verdict in zip((False, True), verdicts, strict=True):
        assert judge_direction(direction, before + change, before, due).verdict is verdict


def only(made: Workspace, period: str = "q3") -> Tracked:
    results = assess(made, read_figures(made, period), str, read_last_year(made, period))
    (row,) = tracked(results)
    return row


LONG_AGO = "01/7/2015"
H1 = {"mang": "50", "giay": "50", "xong": "60"}


@pytest.mark.parametrize(
    ("target", "reports", "result", "verdict", "explanation"),
    [
        # 15/12 to 14/9 are 274 of 365 days, 75.1 %
        (
            "{ma: xong, muc: từ 100 trở lên}",
            {"h1": {"xong": "60"}, "q3": {"xong": "20"}},
            "20",
            ON_TRACK,
            "Lũy kế từ đầu năm 80; đạt mức cần có đến nay (75,1)",
        ),
        (
            "{ma: xong, muc: từ 100 trở lên}",
            {"h1": {"xong": "60"}, "q3": {"xong": "10"}},
            "10",
            AT_RISK,
            "Lũy kế từ đầu năm 70; thấp hơn mức cần có đến nay (75,1) 5,1 hồ sơ",
        ),
        (
            "{ma: xong, muc: từ 100 trở lên}",
            {"q3": {"xong": "90"}},
            "90",
            Verdict.NO_FIGURE,
            "Chưa có số liệu lũy kế từ đầu năm",
        ),
        (
            "{ma: tl-mang, muc: từ 60% trở lên}",
            {"h1": H1, "q3": {"mang": "100", "giay": "0"}},
            "100%",
            ON_TRACK,
            "Lũy kế từ đầu năm 75%",
        ),
        (
            "{ma: tl-mang, muc: từ 60% trở lên, han: 14/9/2025}",
            {"h1": H1, "q3": {"mang": "50", "giay": "50"}},
            "50%",
            MISSED,
            "Thấp hơn mức đề ra 10 điểm %",
        ),
        (
            "{ma: dang, muc: không quá 5}",
            {"q3": {"dang": "7"}},
            "7",
            AT_RISK,
            "Vượt mức đề ra 2 hồ sơ",
        ),
        ("{ma: dang, muc: không quá 5}", {"q3": {}}, "chưa có số liệu", Verdict.NO_FIGURE, ""),
        (
            "{ma: xong, muc: không quá 100}",
            {"h1": {"xong": "40"}, "q3": {"xong": "20"}},
            "20",
            ON_TRACK,
            "Lũy kế từ đầu năm 60; trong mức cho phép đến nay (75,1)",
        ),
        (
            "{ma: xong, muc: không quá 100}",
            {"h1": {"xong": "70"}, "q3": {"xong": "20"}},
            "20",
            AT_RISK,
            "Lũy kế từ đầu năm 90; vượt mức cho phép đến nay (75,1) 14,9 hồ sơ",
        ),
        # 81,25 % is printed 81,3 %: the gap is that of what is printed
        (
            "{ma: tl-mang, muc: 100%}",
            {"h1": {"mang": "13", "giay": "3"}, "q3": {"mang": "0", "giay": "0"}},
            "không phát sinh",
            AT_RISK,
            "Lũy kế từ đầu năm 81,3%; thấp hơn mức đề ra 18,7 điểm %",
        ),
        (
            "{ma: tl-mang, muc: trên 50%, han: 14/9/2025}",
            {"h1": H1, "q3": {"mang": "50", "giay": "50"}},
            "50%",
            MISSED,
            "Chỉ bằng mức đề ra",
        ),
    ],
)
def test_what_adds_up_is_judged_since_the_start_of_the_year(
    tmp_path: Path,
    target: str,
    reports: Mapping[str, Mapping[str, str]],
    result: str,
    verdict: Verdict,
    explanation: str,
) -> None:
    row = only(make_workspace(tmp_path, reports, targets=(target,), opened=LONG_AGO))
    assert (row.result, row.verdict, row.explanation) == (result, verdict, explanation)


def test_last_year_is_told(tmp_path: Path) -> None:
    targets = ("{ma: tl-mang, muc: tăng}",)
    now, before = {"mang": "60", "giay": "40"}, {"mang": "50", "giay": "50"}
    row = only(make_workspace(tmp_path, {"q3": now}, {"q3": before}, targets=targets))
    assert (row.verdict, row.explanation) == (ON_TRACK, "Cao hơn cùng kỳ năm trước 10 điểm %")


def test_shortfalls_stand_by_gravity(tmp_path: Path) -> None:
    targets = (
        "{ma: dang, muc: không quá 5}",
        "{ma: truoc, muc: 0}",
        "{ma: dang, muc: 0, han: 14/9/2025}",
        "{ma: ky-luat, muc: không quá 1, han: 14/9/2025}",
    )
    figures = {"dang": "2", "truoc": "1", "ky-luat": "2"}
    made = make_workspace(tmp_path, {"h1": figures, "q3": figures}, targets=targets)
    rows = tracked(assess(made, read_figures(made, "q3"), str))
    assert [(row.indicator.id, row.verdict) for row in shortfalls(rows)] == [
        ("dang", MISSED),
        ("ky-luat", MISSED),
        ("truoc", AT_RISK),
    ]
    assert rows[0].explanation == (
        "Mức không quá 5: đang thực hiện, đúng tiến độ; mức 0: vượt mức đề ra 2 hồ sơ"
    )


def test_a_row_of_the_office_takes_the_place_of_the_default(tmp_path: Path) -> None:
    row = "{so_lieu: tỷ lệ lũy kế, huong: tối thiểu, theo_thoi_gian: false, he_so: 90%, "
    register = f"{REGISTER}theo_doi:\n  - {row}ket_luan_som: true}}\n"
    figures = {"q1": {"mang": "93", "giay": "7"}}
    targets = ("{ma: tl-mang, muc: 100%}",)
    assert only(make_workspace(tmp_path / "a", figures, targets=targets), "q1").verdict is AT_RISK
    made = make_workspace(tmp_path / "b", figures, targets=targets, register=register)
    assert only(made, "q1").verdict is ON_TRACK
    assert len(tracking_table(made)) == len(default_tracking())
    assert check_targets(made) == []


def test_a_row_may_stand_once(tmp_path: Path) -> None:
    row = "  - {so_lieu: số lũy kế, huong: tối đa, theo_thoi_gian: true, ket_luan_som: true}\n"
    register = f"{REGISTER}theo_doi:\n{row}{row}"
    (problem,) = check_targets(make_workspace(tmp_path, {"q3": {}}, register=register))
    assert (problem.place.line, problem.key) == (register.count("\n"), "so_lieu")
    assert problem.message == "đã có một dòng cho “số lũy kế”, “tối đa” — giữ một dòng"


@pytest.mark.parametrize(
    ("period", "deadline", "part"),
    [
        ("q1", None, Fraction(90, 365)),
        ("q3", None, Fraction(274, 365)),
        ("h1", None, Fraction(182, 365)),
        ("year", None, Fraction(1)),
        ("q1", date(2025, 3, 14), Fraction(1)),
        ("q1", date(2025, 6, 14), Fraction(90, 182)),
        ("h1", date(2025, 1, 1), Fraction(1)),
    ],
)
def test_part_of_the_time_gone(
    tmp_path: Path, period: str, deadline: date | None, part: Fraction
) -> None:
    made = make_workspace(tmp_path, {}, opened=LONG_AGO)
    assert part_gone(made, period, deadline) == part


def test_an_agency_has_the_time_since_it_began(tmp_path: Path) -> None:
    made = make_workspace(tmp_path, {"q3": {"xong": "90"}}, targets=("{ma: xong, muc: trên 100}",))
    assert part_gone(made, "q3", None) == Fraction(76, 167)
    assert only(made).explanation == "Đạt mức cần có đến nay (45,5)"


ROW = {
    "so_lieu": "số lũy kế",
    "huong": "tối đa",
    "theo_thoi_gian": "true",
    "he_so": "90%",
    "ket_luan_som": "true",
}


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("so_lieu", "lũy kế", "lũy kế"),
        ("huong", "cao", "cao"),
        ("he_so", "90", "thiếu dấu %"),
        ("theo_thoi_gian", "có", "viết true hoặc false"),
        ("ket_luan_som", "", ""),
        ("theo_thoi_gian", None, "thiếu"),
    ],
)
def test_a_wrong_row_has_its_place(tmp_path: Path, key: str, typed: str | None, words: str) -> None:
    row = ", ".join(f"{k}: {v}" for k, v in (ROW | {key: typed}).items() if v is not None)
    register = f"{REGISTER}theo_doi:\n  - {{{row}}}\n"
    with pytest.raises(ContentError) as raised:
        make_workspace(tmp_path, {}, register=register)
    (problem,) = raised.value.problems
    assert problem.place.file.name == "chi-tieu.yaml"
    assert problem.place.line == register.count("\n")
    assert key in problem.key and words in problem.message
