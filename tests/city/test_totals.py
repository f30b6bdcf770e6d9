"""Totals over wards: sums, ratios from totals, and who is missing; never an average of ratios."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.city.gathered import Gathered, GatheredWard
from vanban.city.totals import exact_of, total_of
from vanban.figures.values import Number
from vanban.workspace.models.indicators import Indicator

ON_TIME = Indicator.model_validate(
    {"ma": "ty-le", "ten": "Tỷ lệ đúng hạn", "don_vi_tinh": "%", "tu_so": "dung", "mau_so": "tong"}
)
SETTLED = Indicator.model_validate({"ma": "tong", "ten": "Đã giải quyết", "don_vi_tinh": "hồ sơ"})


def ward(name: str, **figures: Number) -> GatheredWard:
    return GatheredWard(name, reported=True, figures=figures)


A, B = ward("a", dung=1, tong=2), ward("b", dung=98, tong=98)


@pytest.mark.parametrize(
    ("indicator", "wards", "exact", "lacking"),
    [
        (SETTLED, (A, B), Fraction(100), ()),
        (ON_TIME, (A, B), Fraction(99, 100), ()),  # the average of 50 % and 100 % is 75 %
        (ON_TIME, (A, B, ward("c", tong=900)), Fraction(99, 100), ("c",)),
        (ON_TIME, (ward("a", dung=0, tong=0), B), Fraction(1), ()),
        (SETTLED, (ward("a"),), None, ("a",)),
        (ON_TIME, (ward("a", dung=0, tong=0),), None, ()),
        (SETTLED, (), None, ()),
    ],
)
def test_a_total(
    indicator: Indicator,
    wards: tuple[GatheredWard, ...],
    exact: Fraction | None,
    lacking: tuple[str, ...],
) -> None:
    total = total_of(indicator, wards)
    assert total.value.exact == exact
    assert tuple(each.name for each in total.lacking) == lacking


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 100)), min_size=1))
def test_the_ratio_of_a_total_lies_between_those_of_its_wards(pairs: list[tuple[int, int]]) -> None:
    wards = [ward(str(n), dung=top, tong=bottom) for n, (top, bottom) in enumerate(pairs)]
    own = [exact for each in wards if (exact := exact_of(ON_TIME, each.figures)) is not None]
    exact = total_of(ON_TIME, wards).value.exact
    assert exact is not None
    assert min(own) <= exact <= max(own)


def test_who_is_absent_and_what_is_sample() -> None:
    figures: Mapping[str, Number] = {"tong": 1}
    sample = GatheredWard("b", reported=True, sample=True, shared="2", figures=figures)
    found = Gathered("q3", 2025, (A, sample, GatheredWard("c", absence="không đọc được")))
    assert [each.name for each in found.absent] == ["c"]
    assert found.sample
    assert found.versions == ("", "2")
    assert found.title == "quý III năm 2025"
