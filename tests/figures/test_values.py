from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from reports import FIRST_FIGURE_LINE, make_workspace
from vanban.figures.values import Status, read_figures, read_last_year


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"mang": "3", "giay": "1"}, {"nhan": 4, "tl-mang": Fraction(3, 4)}),
        ({"mang": "3"}, {"mang": 3, "giay": None, "nhan": None, "tl-mang": None}),
        ({"mang": "3", "nhan": "4"}, {"nhan": 4, "tl-mang": Fraction(3, 4)}),
        ({"mang": "3", "giay": "1", "nhan": "4"}, {"nhan": 4}),
        ({"mang": "0", "giay": "0"}, {"mang": 0, "nhan": 0, "tl-mang": None}),
        ({"von": "1.204,5"}, {"von": Decimal("1204.5")}),
        ({"mang": "3", "giay": "1", "xong": "5"}, {"tl-vuot": Fraction(5, 4)}),
        ({"mang": "1", "giay": "2"}, {"tl-mang": Fraction(1, 3)}),
        ({}, {"mang": None, "nhan": None, "von": None}),
    ],
)
def test_values(
    tmp_path: Path,
    figures: Mapping[str, str],
    expected: Mapping[str, int | Decimal | Fraction | None],
) -> None:
    read = read_figures(make_workspace(tmp_path, {"q3": figures}), "q3")
    assert read.problems == ()
    assert {name: read[name].exact for name in expected} == expected


@pytest.mark.parametrize(
    ("figures", "indicator", "status"),
    [
        ({"mang": "0", "giay": "0"}, "tl-mang", Status.NOT_ARISEN),
        ({"mang": "0"}, "tl-mang", Status.MISSING),
        ({"giay": "1"}, "mang", Status.MISSING),
        ({"mang": "0"}, "mang", Status.KNOWN),
    ],
)
def test_status(tmp_path: Path, figures: Mapping[str, str], indicator: str, status: Status) -> None:
    assert read_figures(make_workspace(tmp_path, {"q3": figures}), "q3")[indicator].status is status


@pytest.mark.parametrize(
    ("figures", "line", "key", "message"),
    [
        ({"mang": "1.204"}, 0, "mang", "viết 1204"),
        ({"giay": "1", "mang": "-3"}, 1, "mang", "số âm"),
        ({"mang": "98,7"}, 0, "mang", "phần lẻ"),
        ({"von": "1204.5"}, 0, "von", "viết 1204,5"),
        ({"mang": "{gia_tri: 1_000, ghi_chu: x}"}, 0, "mang", "viết 1000"),
        (
            {"giay": "1", "mang": "3", "nhan": "5"},
            2,
            "nhan",
            "“Tiếp nhận” ghi 5 nhưng các số thành phần cộng lại là 4 — ",
        ),
        ({"giay": "6", "nhan": "5"}, 1, "nhan", "cộng lại là 6"),
        (
            {"giay": "0", "mang": "0", "xong": "3"},
            2,
            "xong",
            "tử số “Đã giải quyết” là 3, lớn hơn mẫu số “Tiếp nhận” là 0 — mẫu số bằng 0",
        ),
    ],
)
def test_problems(
    tmp_path: Path, figures: Mapping[str, str], line: int, key: str, message: str
) -> None:
    problem = read_figures(make_workspace(tmp_path, {"q3": figures}), "q3").problems[0]
    assert problem.key == key
    assert message in problem.message
    assert problem.place.file.name == "q3.yaml"
    assert problem.place.line == FIRST_FIGURE_LINE + line
    assert problem.place.column > 1


RATIO = """\
linh_vuc:
  - ten: A
    muc:
      - ten: B
        chi_tieu:
          - {ma: a, ten: Phần, don_vi_tinh: người}
          - {ma: b, ten: Toàn bộ, don_vi_tinh: người}
          - {ma: tong-a, ten: Tổng phần, don_vi_tinh: người, tong_cua: [a]}
          - {ma: ty-le, ten: Tỷ lệ, don_vi_tinh: "%", tu_so: tong-a, mau_so: b}
"""


def test_numerator_above_denominator_stands_at_the_numerator(tmp_path: Path) -> None:
    read = read_figures(
        make_workspace(tmp_path, {"q3": {"b": "9", "a": "10"}}, register=RATIO), "q3"
    )
    (problem,) = read.problems
    assert (problem.key, problem.place.line) == ("a", FIRST_FIGURE_LINE + 1)
    assert "“Tỷ lệ”: tử số “Tổng phần” là 10, lớn hơn mẫu số “Toàn bộ” là 9" in problem.message


def test_sums_stay_exact(tmp_path: Path) -> None:
    register = RATIO.replace("người}", "đồng, so_thap_phan: true}").replace("[a]", "[a, b]")
    figures = {"a": "999999999999999,000001", "b": "0,000002"}
    read = read_figures(make_workspace(tmp_path, {"q3": figures}, register=register), "q3")
    assert read["tong-a"].number == Decimal("999999999999999.000003")


def test_last_year(tmp_path: Path) -> None:
    made = make_workspace(tmp_path, {"q3": {}}, last_year={"q3": {"mang": "7"}})
    last = read_last_year(made, "q3")
    assert last is not None
    assert last["mang"].number == 7
    assert read_last_year(made, "h1") is None
