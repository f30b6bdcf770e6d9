"""What officials type into the cells of a form, and what is taken or refused of it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.exchange.filled_values import (
    ValueRefused,
    typed_day,
    typed_number,
    typed_ratio,
    typed_text,
)
from vanban.nd30.numbers import format_number, format_typed


@pytest.mark.parametrize(
    ("value", "decimal", "text"),
    [
        (1204, False, "1204"),
        (0, False, "0"),
        (1204.0, False, "1204"),
        ("1204", False, "1204"),
        (" 1204 ", False, "1204"),
        ("1.204", False, "1204"),  # as documents print it
        ("1 204", False, "1204"),
        ("1\u00a0204", False, "1204"),
        ("1.204 hồ sơ", False, "1204"),
        ("12.345.678", False, "12345678"),
        ("06", False, "6"),  # as documents print counts below ten
        ("06 hồ sơ", False, "6"),
        ("00", False, "0"),
        (98.7, True, "98,7"),
        (18450.499999999996, True, "18450,5"),
        ("98,7", True, "98,7"),
        ("1.204,5", True, "1204,5"),
        ("1.204", True, "1204"),
        (12, True, "12"),
    ],
)
def test_numbers_are_read(value: object, decimal: bool, text: str) -> None:
    assert typed_number(value, decimal, "hồ sơ") == text


@pytest.mark.parametrize(
    ("value", "decimal", "words"),
    [
        (1.204, False, "có phải 1204? — gõ lại số liền"),
        (1.2, False, "có phải 1200? — gõ lại số liền"),
        (1.23456, False, "ghi số nguyên"),
        ("1,204", False, "viết 1204"),
        ("98,7%", False, "có dấu % — chỉ viết số"),
        ("98,7", False, "có phần lẻ"),
        (-3, False, "số âm"),
        ("-3", False, "số âm"),
        (True, False, "TRUE/FALSE"),
        (datetime(2025, 12, 1), False, "ngày 01/12/2025: Excel đã đổi số"),
        (time(1, 2), False, "Excel đã đổi số"),
        ("=cmd|'/C calc'!A0", False, "công thức gõ thành chữ"),
        ("@SUM(A1)", False, "công thức gõ thành chữ"),
        ("#REF!", False, "báo lỗi #REF!"),
        ("#N/A", False, "báo lỗi #N/A"),
        ("không", False, "không phát sinh thì ghi 0"),
        ("-", False, "không phát sinh thì ghi 0"),
        ("khoảng 120", False, "không phải là số"),
        ("0012", False, "có số 0 thừa ở đầu"),
        ("120 người", False, "có chữ đi kèm số"),
        (float("nan"), True, "không phải là số"),
        (1e20, False, "quá lớn"),
        ("1204.5", True, "dùng dấu chấm cho phần lẻ — viết 1204,5"),
        (b"x", False, "không phải là số"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_do(
    value: object, decimal: bool, words: str
) -> None:
    with pytest.raises(ValueRefused) as caught:
        typed_number(value, decimal, "hồ sơ")
    assert words in str(caught.value) and " — " in str(caught.value)


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        ("98,7%", Decimal("98.7")),
        (0.987, Decimal("98.7")),
        (1, Decimal(100)),
        (True, None),
        ("x", None),
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
        (-float("inf"), None),
        (1e308, None),
    ],
)
def test_a_ratio_is_a_percentage_or_none(value: object, percent: Decimal | None) -> None:
    assert typed_ratio(value) == percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2025, 9, 12), "12/9/2025"),
        (date(2025, 2, 3), "03/02/2025"),
        ("12/9/2025", "12/9/2025"),
        ("12.09.2025", "12/9/2025"),
        ("12-9-2025", "12/9/2025"),
        ("ngày 12 tháng 9 năm 2025", "12/9/2025"),
    ],
)
def test_days_are_read(value: object, text: str) -> None:
    assert typed_day(value) == text


@pytest.mark.parametrize("value", ["31/9/2025", "tháng 9", "9/2025", 12])
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(ValueRefused, match="không phải là ngày"):
        typed_day(value)


def test_texts_become_paragraphs() -> None:
    decomposed = "Đã ban hành kê\u0301 hoạch."
    assert typed_text(f" {decomposed}\n\n- Hai. \n") == ("Đã ban hành kế hoạch.", "- Hai.")
    assert typed_text(12) == ("12",)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=HYPERLINK(1)", "bắt đầu như công thức"),
        ("\n@x", "bắt đầu như công thức"),
        ("x" * 5001, "dài 5001 chữ"),
        ("a\u200bb", "ký tự ẩn"),
        ("a\x07b", "ký tự điều khiển"),
    ],
)
def test_texts_that_cannot_be_printed_are_refused(value: str, words: str) -> None:
    with pytest.raises(ValueRefused, match=words):
        typed_text(value)


@given(st.decimals(0, 10**9, places=3) | st.integers(0, 10**12))
def test_a_number_is_the_same_however_it_is_typed(number: Decimal | int) -> None:
    text = format_typed(number)
    assert typed_number(float(number), True, "đồng") == text
    assert typed_number(text, True, "đồng") == text
    assert typed_number(f" {format_number(number)} đồng", True, "đồng") == text
    if isinstance(number, int):
        assert typed_number(number, False, "") == typed_number(format_number(number), False, "")
