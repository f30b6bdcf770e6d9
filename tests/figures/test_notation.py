from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vanban.figures.comparison import Change
from vanban.figures.levels import Bound, Operator, parse_level
from vanban.figures.notation import format_change, format_ratio


@pytest.mark.parametrize(
    ("ratio", "levels", "printed"),
    [
        ("1", [], "100%"),
        ("4/5", [], "80%"),
        ("0", [], "0%"),
        ("987/1000", [], "98,7%"),
        ("13/16", [], "81,3%"),
        ("1/3", [], "33,3%"),
        ("9996/10000", [], "99,96%"),
        ("9996/10000", ["100%"], "99,96%"),
        ("99996/100000", ["100%"], "99,996%"),
        ("9494/10000", ["từ 95% trở lên"], "94,9%"),
        ("9496/10000", ["từ 95% trở lên"], "94,96%"),
        ("9504/10000", ["từ 95% trở lên"], "95,0%"),
        ("9004/10000", ["trên 90%"], "90,04%"),
        ("10004/10000", [], "100,0%"),
        ("10004/10000", ["không quá 100%"], "100,04%"),
        ("10004/10000", ["100%"], "100,04%"),
        ("4996/100000", ["dưới 5%"], "4,996%"),
        ("9496/10000", ["100%", "từ 95% trở lên"], "94,96%"),
        ("9496/10000", ["tăng"], "95,0%"),
        ("12345/1000", [], "1.234,5%"),
    ],
)
def test_ratio(ratio: str, levels: list[str], printed: str) -> None:
    assert format_ratio(Fraction(ratio), [parse_level(level) for level in levels]) == printed


RATIOS = st.builds(
    lambda bottom, share: Fraction(round(bottom * share), bottom),
    st.integers(min_value=1, max_value=10**9),
    st.one_of(
        st.floats(min_value=0, max_value=1.5),
        st.floats(min_value=0.999, max_value=1.001),
        st.floats(min_value=0.949, max_value=0.951),
    ),
)
BOUNDS = st.builds(
    Bound,
    st.sampled_from(Operator),
    st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(19, 20), Fraction(1)]),
    st.just(True),
)


@example(Fraction(10521268, 11075019), [Bound(Operator.EQUAL, Fraction(19, 20), True)])
@given(RATIOS, st.lists(BOUNDS, max_size=3))
def test_print_tells_the_exact_verdict(ratio: Fraction, bounds: list[Bound]) -> None:
    text = format_ratio(ratio, bounds)
    # More places may be printed than may be typed: as many as the verdict takes.
    printed = Fraction(text.removesuffix("%").replace(".", "").replace(",", ".")) / 100
    assert (printed < 1) == (ratio < 1)
    for bound in bounds:
        assert bound.is_met_by(printed) == bound.is_met_by(ratio)
    assert abs(printed - ratio) <= Fraction(1, 2000)
    assert ("," not in text) == ((ratio * 100).denominator == 1)


@pytest.mark.parametrize(
    ("difference", "points", "printed"),
    [
        ("12", False, "+12"),
        ("-3", False, "−3"),
        ("0", False, "0"),
        ("-1204", False, "−1.204"),
        ("5/2", False, "+2,5"),
        ("12/1000", True, "+1,2 điểm %"),
        ("-1/80", True, "−1,3 điểm %"),
        ("1/50", True, "+2 điểm %"),
        ("204/10000", True, "+2,0 điểm %"),
        ("0", True, "0 điểm %"),
        ("4/10000", True, "+0,04 điểm %"),
    ],
)
def test_change(difference: str, points: bool, printed: str) -> None:
    assert format_change(Change(Fraction(difference), points)) == printed


def test_no_change_known() -> None:
    assert format_change(None) == "–"
