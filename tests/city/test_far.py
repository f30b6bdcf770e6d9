"""Ranks with their ties, and figures far from others or from the own past; small ones are quiet."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.city.gathered import Figures, Gathered, GatheredWard, Past
from vanban.city.outliers import Against, outliers, quantile, spread
from vanban.city.ranks import ranks
from vanban.city.totals import total_of
from vanban.workspace.models.indicators import Indicator

COUNT = Indicator.model_validate({"ma": "n", "ten": "Hồ sơ", "don_vi_tinh": "hồ sơ"})
SHARE = Indicator.model_validate(
    {"ma": "tl", "ten": "Tỷ lệ", "don_vi_tinh": "%", "tu_so": "tu", "mau_so": "mau"}
)
SCORE = Indicator.model_validate({"ma": "n", "ten": "Điểm chỉ số", "don_vi_tinh": "Điểm"})


def ward(number: int, figures: Figures, past: Figures | None = None) -> GatheredWard:
    before = () if past is None else (Past("q3", 2024, past),)
    return GatheredWard(f"w{number}", reported=True, figures=figures, past=before)


def far(indicator: Indicator, wards: Iterable[GatheredWard]) -> list[tuple[str, Against]]:
    found = outliers(Gathered("q3", 2025, tuple(wards)), [indicator])
    return [(each.ward.name, each.against) for each in found]


def counts(*numbers: int) -> list[GatheredWard]:
    return [ward(number, {"n": each}) for number, each in enumerate(numbers)]


def shares(*pairs: tuple[int, int]) -> list[GatheredWard]:
    return [ward(n, {"tu": top, "mau": bottom}) for n, (top, bottom) in enumerate(pairs)]


USUAL = (100, 120, 90, 150, 110, 130, 80)
GOOD = ((95, 100), (96, 100), (97, 100), (98, 100), (94, 100), (95, 100), (97, 100))


@pytest.mark.parametrize(
    ("indicator", "wards", "expected"),
    [
        (COUNT, counts(*USUAL, 1200), ["w7"]),  # a digit too many
        (COUNT, counts(*USUAL, 12), ["w7"]),  # one too few
        (COUNT, counts(*USUAL, 400), []),  # a large ward
        (COUNT, counts(*USUAL[1:], 1200), []),  # too few wards to compare
        (COUNT, counts(0, 1, 0, 2, 1, 0, 1, 15), []),  # small numbers
        (COUNT, counts(0, 0, 0, 0, 0, 0, 0, 50), ["w7"]),
        (SHARE, shares(*GOOD, (50, 100)), ["w7"]),
        (SHARE, shares(*GOOD, (87, 100)), []),  # not ten points away
        (SHARE, shares(*GOOD, (1, 4)), []),  # a ratio of few cases
        (SHARE, shares(*((100, 100),) * 7, (89, 100)), ["w7"]),  # all others alike
        (SHARE, shares(*((n * 10, 100) for n in range(8))), []),  # spread out anyway
    ],
)
def test_far_from_the_others(
    indicator: Indicator, wards: list[GatheredWard], expected: list[str]
) -> None:
    assert far(indicator, wards) == [(name, Against.OTHERS) for name in expected]


def test_figures_in_doubt_are_compared_with_nothing() -> None:
    """They are told as contradictions, and move no median that others are compared with."""
    doubtful = GatheredWard("w8", reported=True, figures={"n": 1200}, doubtful=("n",))
    assert far(COUNT, [*counts(*USUAL, 100), doubtful]) == []
    assert far(COUNT, [*counts(*USUAL), doubtful]) == []


@pytest.mark.parametrize(
    ("indicator", "now", "before", "is_far"),
    [
        (COUNT, {"n": 300}, {"n": 100}, True),
        (COUNT, {"n": 30}, {"n": 100}, True),
        (COUNT, {"n": 190}, {"n": 100}, False),
        (COUNT, {"n": 15}, {"n": 3}, False),
        (COUNT, {"n": 50}, {"n": 0}, True),
        (COUNT, {"n": 50}, {}, False),
        (SHARE, {"tu": 50, "mau": 100}, {"tu": 95, "mau": 100}, True),
        (SHARE, {"tu": 80, "mau": 100}, {"tu": 95, "mau": 100}, False),
        (SHARE, {"tu": 0, "mau": 5}, {"tu": 95, "mau": 100}, False),
    ],
)
def test_far_from_the_own_past(
    indicator: Indicator, now: Figures, before: Figures, is_far: bool
) -> None:
    assert far(indicator, [ward(0, now, before)]) == [("w0", Against.PAST)] * is_far


def test_what_moves_everywhere_is_not_far() -> None:
    moved = [ward(number, {"n": 300}, {"n": 100}) for number in range(8)]
    assert far(COUNT, moved) == []
    still = ward(8, {"n": 100}, {"n": 100})
    assert far(COUNT, [*moved, still]) == [("w8", Against.PAST)]


def test_ties_share_a_place_and_contradictions_have_none() -> None:
    pairs = ((1, 2), (2, 4), (9, 10), (1, 3))
    found = ranks(SHARE, shares(*pairs))
    assert [(name, each.place, each.tied) for name, each in found.items()] == [
        ("w2", 1, False),
        ("w0", 2, True),
        ("w1", 2, True),
        ("w3", 4, False),
    ]
    wrong = GatheredWard("x", reported=True, figures={"tu": 1, "mau": 1}, doubtful=("mau",))
    assert "x" not in ranks(SHARE, [*shares(*pairs), wrong])


def test_points_are_not_added_up() -> None:
    total = total_of(SCORE, counts(80, 90))
    assert (total.value.exact, len(total.counted)) == (None, 2)


@settings(max_examples=30)
@given(st.lists(st.fractions(0, 100, max_denominator=20), min_size=1, max_size=9))
def test_quartiles_lie_in_their_order(values: list[Fraction]) -> None:
    lies = spread(values)
    assert lies is not None
    assert min(values) == lies.least <= lies.lower <= lies.median <= lies.upper <= max(values)
    assert quantile(sorted(values), Fraction(0)) == lies.least
