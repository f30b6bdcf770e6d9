from __future__ import annotations

from fractions import Fraction

import pytest

from vanban.figures.levels import Bound, Direction, Level, LevelError, Operator, parse_level


def _percent(operator: Operator, number: str) -> Bound:
    return Bound(operator, Fraction(number) / 100, percent=True)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("100%", _percent(Operator.EQUAL, "100")),
        ("100 %", _percent(Operator.EQUAL, "100")),
        ("từ 95% trở lên", _percent(Operator.AT_LEAST, "95")),
        ("Từ 95,5% trở lên", _percent(Operator.AT_LEAST, "95.5")),
        ("ít nhất 30%", _percent(Operator.AT_LEAST, "30")),
        ("tối thiểu 30%", _percent(Operator.AT_LEAST, "30")),
        ("không quá 100%", _percent(Operator.AT_MOST, "100")),
        ("từ 5% trở xuống", _percent(Operator.AT_MOST, "5")),
        ("trên 90%", _percent(Operator.ABOVE, "90")),
        ("dưới 5%", _percent(Operator.BELOW, "5")),
        ("0", Bound(Operator.EQUAL, Fraction(0), percent=False)),
        ("từ 3 trở lên", Bound(Operator.AT_LEAST, Fraction(3), percent=False)),
        ("từ 1.204,5 trở lên", Bound(Operator.AT_LEAST, Fraction("1204.5"), percent=False)),
        ("tăng", Direction.UP),
        ("Giảm", Direction.DOWN),
        ("cao hơn  năm trước", Direction.ABOVE_LAST_YEAR),
    ],
)
def test_grammar(text: str, level: Level) -> None:
    assert parse_level(text) == level


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("từ 95-100% trở lên", "không hiểu mức “từ 95-100% trở lên” — viết như 100%, từ 95%"),
        ("khoảng 90%", "không hiểu mức"),
        (">= 95%", "không hiểu mức"),
        ("từ 95%", "không hiểu mức"),
        ("-5", "không hiểu mức"),
        ("tăng 5%", "không hiểu mức"),
        ("từ 99.5% trở lên", "viết 99,5"),
        ("1.204", "viết 1204"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(LevelError, match=message):
        parse_level(text)


@pytest.mark.parametrize(
    ("text", "met", "not_met"),
    [
        ("100%", ["1"], ["9999/10000", "10001/10000"]),
        ("từ 95% trở lên", ["19/20", "1"], ["9499999/10000000"]),
        ("trên 90%", ["9001/10000"], ["9/10"]),
        ("không quá 100%", ["1", "0"], ["10001/10000"]),
        ("dưới 5%", ["49/1000"], ["1/20"]),
        ("0", ["0"], ["1"]),
    ],
)
def test_verdict_is_exact(text: str, met: list[str], not_met: list[str]) -> None:
    level = parse_level(text)
    assert isinstance(level, Bound)
    assert all(level.is_met_by(Fraction(result)) for result in met)
    assert not any(level.is_met_by(Fraction(result)) for result in not_met)
