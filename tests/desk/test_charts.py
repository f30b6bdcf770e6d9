"""Bars of charts: parts of a whole, in words too, whatever the figures are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vanban.app.year_progress import FieldPoints
from vanban.desk.charts import Number, Part, bar, bar_of_points


def widths(svg: str) -> list[str]:
    return [piece.split('"')[0] for piece in svg.split('width="')[1:]]


@pytest.mark.parametrize(
    ("sizes", "whole", "drawn", "told"),
    [
        ((1, 3), 4, ["25.00", "75.00"], "a 1, b 3"),
        ((0, 2), 4, ["50.00"], "b 2"),
        ((Decimal("1.5"), 0), 3, ["50.00"], "a 1,5"),
        ((-1, 2), 4, ["50.00"], "b 2"),
        ((3, 9), 4, ["75.00", "25.00"], "a 3, b 9"),
        ((0, 0), 4, [], "chưa có gì"),
    ],
)
def test_parts_of_a_bar(
    sizes: tuple[Number, Number], whole: int, drawn: list[str], told: str
) -> None:
    svg = bar((Part(name, size, "good") for name, size in zip("ab", sizes, strict=True)), whole)
    assert widths(svg) == drawn
    assert f'aria-label="{told}"' in svg


def test_words_of_content_are_no_markup() -> None:
    assert "&lt;b&gt;" in bar([Part("<b>", 1, "good")], 1)


@pytest.mark.parametrize(
    ("points", "at_risk", "unanswered", "told"),
    [
        ("3", "1", "0", "đã có tài liệu chứng minh 2, có nguy cơ mất 1, chưa đạt 2"),
        ("3", "0", "2", "đã có tài liệu chứng minh 3, chưa trả lời 2"),
        ("0", "0", "5", "chưa trả lời 5"),
    ],
)
def test_points_of_a_field(points: str, at_risk: str, unanswered: str, told: str) -> None:
    field = FieldPoints("", Decimal(points), Decimal(at_risk), Decimal(unanswered), Decimal(5))
    assert f'aria-label="{told}"' in bar_of_points(field, Decimal(5))
