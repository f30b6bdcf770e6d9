"""Page and sheet numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.evidence.page_numbers import Placement, number_parts, sheet_of


def placed_parts(counts: list[int], two_sided: bool) -> list[Placement]:
    parts = ((str(n), count) for n, count in enumerate(counts))
    return list(number_parts(parts, two_sided).places.values())


@pytest.mark.parametrize(
    ("counts", "two_sided", "firsts", "blanks"),
    [
        ([2, 1, 3], False, [1, 3, 4], [0, 0, 0]),
        ([2, 1, 3], True, [1, 3, 5], [0, 0, 1]),
        ([1, 1, 2, 1], True, [1, 3, 5, 7], [0, 1, 1, 0]),
        ([], True, [], []),
    ],
)
def test_places(counts: list[int], two_sided: bool, firsts: list[int], blanks: list[int]) -> None:
    placed = placed_parts(counts, two_sided)
    assert [place.first for place in placed] == firsts
    assert [place.blanks for place in placed] == blanks


@given(st.lists(st.integers(1, 9), max_size=30), st.booleans())
def test_parts_follow_each_other(counts: list[int], two_sided: bool) -> None:
    placed = placed_parts(counts, two_sided)
    free = 1
    for place, count in zip(placed, counts, strict=True):
        assert place.first == free + place.blanks
        assert place.last - place.first + 1 == count
        assert not two_sided or place.first % 2 == 1
        free = place.last + 1


@pytest.mark.parametrize(
    ("page", "two_sided", "sheet"),
    [(1, False, 1), (5, False, 5), (1, True, 1), (2, True, 1), (3, True, 2)],
)
def test_sheets(page: int, two_sided: bool, sheet: int) -> None:
    assert sheet_of(page, two_sided) == sheet
