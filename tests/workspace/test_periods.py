from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from vanban.workspace.periods import PERIODS, WITHIN, window


@pytest.mark.parametrize(
    ("period", "start", "end", "title", "next_title", "cumulative"),
    [
        ("q1", (2024, 12, 15), (2025, 3, 14), "quý I năm 2025", "quý II năm 2025", True),
        (
            "h1",
            (2024, 12, 15),
            (2025, 6, 14),
            "6 tháng đầu năm 2025",
            "6 tháng cuối năm 2025",
            True,
        ),
        ("q3", (2025, 6, 15), (2025, 9, 14), "quý III năm 2025", "quý IV năm 2025", False),
        ("year", (2024, 12, 15), (2025, 12, 14), "năm 2025", "năm 2026", True),
    ],
)
def test_table(
    period: str,
    start: tuple[int, int, int],
    end: tuple[int, int, int],
    title: str,
    next_title: str,
    cumulative: bool,
) -> None:
    assert window(period, 2025) == (date(*start), date(*end))
    row = PERIODS[period]
    assert (row.title(2025), row.next_title(2025)) == (title, next_title)
    assert row.cumulative is cumulative


@pytest.mark.parametrize(("parts", "whole"), WITHIN)
def test_parts_lie_in_the_whole_without_overlap(parts: tuple[str, ...], whole: str) -> None:
    windows = [window(part, 2025) for part in parts]
    start, end = window(whole, 2025)
    assert all(start <= first <= last <= end for first, last in windows)
    assert all(left[1] < right[0] for left, right in pairwise(windows))
