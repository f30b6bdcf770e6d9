from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.scoring.calculation import (
    capped,
    late_penalty,
    moved_points,
    penalty_of_cases,
    rounded,
    score_adjustment,
    score_count_tiers,
    score_deduction,
    score_items,
    score_nothing,
    score_on_time,
    score_ratio,
    score_ratio_tiers,
    score_tier,
    score_yes_no,
)
from vanban.workspace.models.criteria import WhenNothing


def _share(text: str) -> Fraction:
    return Fraction(text) / 100


@pytest.mark.parametrize(
    ("points", "expected"),
    [("2.005", "2.01"), ("2.0049", "2.00"), ("2", "2.00"), ("0", "0.00"), ("1.995", "2.00")],
)
def test_half_up_to_two_decimals(points: str, expected: str) -> None:
    assert str(rounded(Decimal(points))) == expected


@pytest.mark.parametrize(("yes", "expected"), [(True, "1.50"), (False, "0.00")])
def test_yes_no(yes: bool, expected: str) -> None:
    assert str(score_yes_no(Decimal("1.5"), yes)) == expected


@pytest.mark.parametrize(
    ("choice", "expected"), [("dung-han", "1.50"), ("muon", "0.50"), ("khong", "0.00")]
)
def test_tiers(choice: str, expected: str) -> None:
    points = {"dung-han": Decimal("1.5"), "muon": Decimal("0.5"), "khong": Decimal(0)}
    assert str(score_tier(points, choice)) == expected


def test_unknown_tier() -> None:
    with pytest.raises(KeyError):
        score_tier({"du": Decimal(1)}, "thieu")


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Fraction(1), "6.00"),
        (Fraction(97, 100), "5.82"),
        (Fraction(1922, 1923), "6.00"),
        (Fraction(95, 100), "5.70"),
        (Fraction(9499, 10000), "0.00"),
        (Fraction(0), "0.00"),
        (Fraction(2), "6.00"),
    ],
)
def test_ratio_tiers_with_a_formula(ratio: Fraction, expected: str) -> None:
    tiers = [(Fraction(1), Decimal(6)), (_share("95"), None)]
    assert str(score_ratio_tiers(Decimal(6), tiers, ratio)) == expected


@pytest.mark.parametrize(
    ("percent", "expected"), [("90", "2.00"), ("89.99", "1.00"), ("50", "1.00"), ("49", "0.00")]
)
def test_ratio_tiers_with_points(percent: str, expected: str) -> None:
    tiers = [(_share("90"), Decimal(2)), (_share("50"), Decimal(1))]
    assert str(score_ratio_tiers(Decimal(2), tiers, _share(percent))) == expected


@pytest.mark.parametrize(
    ("ratio", "floor", "target", "expected"),
    [
        (Fraction(36, 38), "80", None, "2.37"),
        (Fraction(80, 100), "80", None, "2.00"),
        (Fraction(7999, 10000), "80", None, "0.00"),
        (Fraction(0), None, None, "0.00"),
        (Fraction(1, 3), None, None, "0.83"),
        (Fraction(1), None, None, "2.50"),
        (Fraction(3, 2), None, None, "2.50"),
        (Fraction(35, 100), None, "70", "1.25"),
        (Fraction(70, 100), None, "70", "2.50"),
        (Fraction(90, 100), None, "70", "2.50"),
        (Fraction(69, 100), None, "70", "2.46"),
        (Fraction(20, 100), "30", "70", "0.00"),
        (Fraction(30, 100), "30", "70", "1.07"),
    ],
)
def test_ratio(ratio: Fraction, floor: str | None, target: str | None, expected: str) -> None:
    low = None if floor is None else _share(floor)
    goal = None if target is None else _share(target)
    assert str(score_ratio(Decimal("2.5"), ratio, low, goal)) == expected


@pytest.mark.parametrize(
    ("each", "count", "expected"),
    [("0.5", 0, "0.00"), ("0.5", 3, "1.50"), ("0.5", 4, "2.00"), ("0.5", 9, "2.00")],
)
def test_items(each: str, count: int, expected: str) -> None:
    assert str(score_items(Decimal(2), Decimal(each), count)) == expected


@pytest.mark.parametrize(
    ("count", "lowest", "expected"),
    [
        (0, "0", "1.50"),
        (1, "0", "1.00"),
        (3, "0", "0.00"),
        (9, "0", "0.00"),
        (2, "0.75", "0.75"),
        (1, "0.75", "1.00"),
    ],
)
def test_deduction(count: int, lowest: str, expected: str) -> None:
    points = score_deduction(Decimal("1.5"), Decimal("0.5"), count, Decimal(lowest))
    assert str(points) == expected


@pytest.mark.parametrize(("percent", "expected"), [("92.26", "9.23"), ("100", "10.00")])
def test_survey(percent: str, expected: str) -> None:
    assert str(score_ratio(Decimal(10), _share(percent))) == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (WhenNothing.FULL, Decimal("1.50")),
        (WhenNothing.ZERO, Decimal("0.00")),
        (WhenNothing.NOT_APPLICABLE, None),
    ],
)
def test_nothing_arose(choice: WhenNothing, expected: Decimal | None) -> None:
    assert score_nothing(Decimal("1.5"), choice) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0.00"), (1, "0.50"), (2, "1.00"), (5, "1.00")]
)
def test_adjustment_has_a_cap(count: int, expected: str) -> None:
    assert str(score_adjustment(Decimal("0.5"), count, Decimal(1))) == expected


@given(
    maximum=st.decimals("0.01", "30", places=2),
    top=st.integers(0, 2000),
    bottom=st.integers(1, 2000),
    more=st.integers(0, 50),
    floor=st.none() | st.fractions(0, 1),
    target=st.none() | st.fractions(Fraction(1, 10), 1),
)
def test_ratio_stays_in_bounds_and_never_falls(
    maximum: Decimal,
    top: int,
    bottom: int,
    more: int,
    floor: Fraction | None,
    target: Fraction | None,
) -> None:
    points = score_ratio(maximum, Fraction(top, bottom), floor, target)
    assert 0 <= points <= maximum
    assert points <= score_ratio(maximum, Fraction(top + more, bottom), floor, target)


@given(
    maximum=st.decimals("0.01", "30", places=2),
    each=st.decimals("0.01", "5", places=2),
    count=st.integers(0, 1000),
)
def test_items_and_deductions_complete_each_other(
    maximum: Decimal, each: Decimal, count: int
) -> None:
    items, rest = score_items(maximum, each, count), score_deduction(maximum, each, count)
    assert items + rest == maximum


@pytest.mark.parametrize(
    ("percent", "expected"),
    # ratio over the threshold, capped: R ÷ 80 % × 4
    [("0", "0.00"), ("40", "2.00"), ("79", "3.95"), ("80", "4.00"), ("100", "4.00")],
)  # fmt: skip
def test_a_ratio_over_its_threshold_is_capped(percent: str, expected: str) -> None:
    assert str(score_ratio(Decimal(4), _share(percent), target=_share("80"))) == expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    # "≥85%: 10; 60–<85%: tỷ lệ/85% × 10; <60%: 0"
    [("85", "10.00"), ("84.99", "10.00"), ("70", "8.24"), ("60", "7.06"), ("59.99", "0.00")],
)
def test_a_ratio_over_its_threshold_with_a_floor(percent: str, expected: str) -> None:
    assert str(score_ratio(Decimal(10), _share(percent), _share("60"), _share("85"))) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0.00"), (1, "2.00"), (49, "2.00"), (50, "3.00"), (99, "3.00"), (100, "4.00")],
)  # fmt: skip
def test_tiers_of_a_count(count: int, expected: str) -> None:
    tiers = [(100, Decimal(4)), (50, Decimal(3)), (1, Decimal(2))]
    assert str(score_count_tiers(tiers, count)) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(-30, "8.00"), (0, "8.00"), (1, "0.00"), (None, "0.00")]
)
def test_on_time(days: int | None, expected: str) -> None:
    assert str(score_on_time(Decimal(8), days)) == expected


@pytest.mark.parametrize(
    ("days", "first_days", "first", "each", "expected"),
    [
        # "≤2 ngày: −1; từ ngày thứ 3: −1/ngày"
        (0, 2, "1", "1", "0.00"),
        (1, 2, "1", "1", "1.00"),
        (2, 2, "1", "1", "1.00"),
        (3, 2, "1", "1", "2.00"),
        (5, 2, "1", "1", "4.00"),
        # "≤ 1 ngày: −2", and nothing said of more
        (1, 1, "2", None, "2.00"),
        (2, 1, "2", None, None),
        (-3, 1, "2", None, "0.00"),
        (3, 0, "0", "0.5", "1.50"),
    ],
)
def test_penalty_a_day(
    days: int, first_days: int, first: str, each: str | None, expected: str | None
) -> None:
    more = None if each is None else Decimal(each)
    points = late_penalty(days, first_days, Decimal(first), more)
    assert (None if points is None else str(points)) == expected


@pytest.mark.parametrize(
    ("maximum", "each", "count", "expected"),
    [
        (None, "0.5", 3, "1.50"),
        ("1", "0.5", 3, "1.00"),
        ("0.5", None, 0, "0.00"),
        ("0.5", None, 1, "0.50"),
        ("0.5", None, 2, None),
    ],
)
def test_penalty_of_cases(
    maximum: str | None, each: str | None, count: int, expected: str | None
) -> None:
    known = [None if text is None else Decimal(text) for text in (maximum, each)]
    points = penalty_of_cases(known[0], known[1], count)
    assert (None if points is None else str(points)) == expected


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ({}, {"5.2": 6, "5.3": 6, "5.4": 6}),
        ({"5.3": ("5.2", "5.4")}, {"5.2": 9, "5.3": 0, "5.4": 9}),
        ({"5.3": ("5.4",)}, {"5.2": 6, "5.3": 0, "5.4": 12}),
        ({"5.3": ("5.4",), "5.2": ("5.4",)}, {"5.2": 0, "5.3": 0, "5.4": 18}),
    ],
)
def test_points_move_to_others(moves: dict[str, tuple[str, ...]], expected: dict[str, int]) -> None:
    maxima = dict.fromkeys(("5.2", "5.3", "5.4"), Decimal(6))
    after = moved_points(maxima, moves)
    assert after == expected
    assert sum(after.values()) == 18


def test_moved_points_stay_exact_thirds() -> None:
    maxima = {code: Decimal(1) for code in "abcd"}
    assert moved_points(maxima, {"a": ("b", "c", "d")})["b"] == Fraction(4, 3)
    assert str(score_ratio(Fraction(4, 3), Fraction(1))) == "1.33"


@pytest.mark.parametrize(
    ("points", "cap", "expected"),
    [("14", "15", "14"), ("15", "15", "15"), ("17.5", "15", "15.00"), ("17.5", None, "17.5")],
)
def test_bonus_is_capped(points: str, cap: str | None, expected: str) -> None:
    assert str(capped(Decimal(points), None if cap is None else Decimal(cap))) == expected
