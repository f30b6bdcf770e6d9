from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.nd30.numbers import (
    NumberError,
    format_number,
    format_typed,
    parse_amount,
    parse_count,
    round_half_up,
)

AMOUNTS = st.decimals(min_value=0, max_value=10**15 - 1, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (0, None, "0"),
        (7, None, "7"),
        (1204, None, "1.204"),
        (1234567, None, "1.234.567"),
        (Decimal("1204.5"), None, "1.204,5"),
        (Decimal("1204.50"), None, "1.204,5"),
        (Decimal("100.00"), None, "100"),
        (Decimal("98.65"), 1, "98,7"),
        (Decimal("98.64999"), 1, "98,6"),
        (Decimal("0.25"), 1, "0,3"),
        (98, 1, "98,0"),
        (Decimal("999.95"), 1, "1.000,0"),
        (-3, None, "−3"),
        (Decimal("-1.25"), 1, "−1,3"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal(10**15 - 1) * 10**15, None, "999.999.999.999.999.000.000.000.000.000"),
    ],
)
def test_format(value: Decimal | int, places: int | None, printed: str) -> None:
    assert format_number(value, places) == printed


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("7", 7), ("1204", 1204), ("100", 100)])
def test_counts(text: str, value: int) -> None:
    assert parse_count(text) == value
    assert parse_amount(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("98,7", "98.7"),
        ("98,70", "98.7"),
        ("0,5", "0.5"),
        ("1204,5", "1204.5"),
        ("1.204,5", "1204.5"),
        ("1.204.300,25", "1204300.25"),
        ("1,204", "1.204"),
    ],
)
def test_amounts(text: str, value: str) -> None:
    assert parse_amount(text) == Decimal(value)


REFUSED_BY_BOTH = [
    ("1.204", "viết 1204"),
    ("1.204.300", "viết 1204300"),
    ("1_000", "viết 1000"),
    ("1 204", "viết 1204"),
    ("010", "viết 10"),
    ("00", "viết 0"),
    ("+5", "viết 5"),
    ("-5", "số âm"),
    ("−5", "số âm"),
    ("-98,7", "số âm"),
    ("1e5", "lũy thừa"),
    ("98,7%", "dấu %"),
    ("1204 hồ sơ", "có chữ đi kèm"),
    ("１２", "chữ số lạ"),
    ("١٢", "chữ số lạ"),
    ("½", "chữ số lạ"),
    ("nhiều", "không phải là số"),
    ("", "không phải là số"),
    ("12:30", "không phải là số"),
    ("1.20.4", "không phải là số"),
    ("1..204", "không phải là số"),
    (",5", "không phải là số"),
    ("5,", "không phải là số"),
    ("1" * 16, "quá lớn"),
    ("9" * 9000, "quá lớn"),
]


@pytest.mark.parametrize("parse", [parse_count, parse_amount])
@pytest.mark.parametrize(("text", "message"), REFUSED_BY_BOTH)
def test_refused(parse: type[int], text: str, message: str) -> None:
    with pytest.raises(NumberError, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [("1,486", "1486"), ("1,486,000", "1486000"), ("1'486", "1486"), ("12’000", "12000")],
)
def test_a_count_with_thousands_apart_is_told_how_to_write_it(text: str, right: str) -> None:
    with pytest.raises(NumberError, match=f"không viết liền — viết {right}$"):
        parse_count(text)


@pytest.mark.parametrize(("text", "right"), [("1,486,000", "1486000"), ("1'486", "1486")])
def test_a_measure_with_thousands_apart_is_told_too(text: str, right: str) -> None:
    with pytest.raises(NumberError, match=f"không viết liền — viết {right}$"):
        parse_amount(text)


@pytest.mark.parametrize("text", ["98,7", "1.204,5", "1204,0", "1204.5", "0.500", "1,25"])
def test_count_has_no_decimals(text: str) -> None:
    with pytest.raises(NumberError, match="phần lẻ"):
        parse_count(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1204.5", "viết 1204,5"),
        ("0.500", "viết 0,500"),
        ("1,204.5", "viết 1204,5"),
        ("1.204", "viết 1204 hoặc 1,204"),
        ("010,5", "viết 10,5"),
        ("0,1234567", "quá nhiều chữ số sau dấu phẩy"),
    ],
)
def test_amount_refused(text: str, message: str) -> None:
    with pytest.raises(NumberError, match=message):
        parse_amount(text)


@given(AMOUNTS)
def test_print_is_read_back(value: Decimal) -> None:
    assert parse_amount(format_typed(value)) == value
    if value != value.to_integral_value():
        assert parse_amount(format_number(value)) == value


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_typed_count_is_read_back(value: int) -> None:
    assert parse_count(format_typed(value)) == value


@given(st.text(alphabet="0123456789.,-+ _e%٣", max_size=12))
def test_reading_never_guesses(text: str) -> None:
    try:
        value = parse_amount(text)
    except NumberError as error:
        assert " — " in str(error) or "không phải" in str(error)
    else:
        whole, _, fraction = text.partition(",")
        assert value == Decimal(f"{whole.replace('.', '')}.{fraction or 0}")
        assert "." not in text or "," in text


@given(st.fractions(min_value=-100, max_value=100), st.integers(min_value=0, max_value=30))
def test_rounding_is_exact_half_up(value: Fraction, places: int) -> None:
    error = abs(Fraction(round_half_up(value, places))) - abs(value)
    assert -Fraction(1, 2 * 10**places) < error <= Fraction(1, 2 * 10**places)
