"""Numbers of headings: Roman numerals, Vietnamese letters, the forms an outline may ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.document import StyleId
from vanban.nd30.heading_numbers import HEADING_FORMS, LETTERS, heading_number, letter, roman

ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "I"),
        (2, "II"),
        (3, "III"),
        (4, "IV"),
        (5, "V"),
        (6, "VI"),
        (8, "VIII"),
        (9, "IX"),
        (10, "X"),
        (14, "XIV"),
        (19, "XIX"),
        (20, "XX"),
        (39, "XXXIX"),
    ],
)
def test_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@given(st.integers(1, 49))
def test_roman_numerals_add_up(number: int) -> None:
    values = [ROMAN_VALUES[digit] for digit in roman(number)]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    assert total == number


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "d"),
        (5, "đ"),
        (6, "e"),
        (7, "g"),
        (10, "k"),
        (22, "x"),
        (23, "y"),
        (24, "aa"),
        (25, "ab"),
        (28, "ađ"),
        (46, "ay"),
        (47, "ba"),
    ],
)
def test_letter(number: int, expected: str) -> None:
    assert letter(number) == expected


def test_letters_are_those_of_the_vietnamese_alphabet_for_points() -> None:
    assert len(LETTERS) == 23
    assert not set(LETTERS) & set("fjwz")


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_no_two_points_share_a_letter(one: int, two: int) -> None:
    assert (letter(one) == letter(two)) == (one == two)


@pytest.mark.parametrize(
    ("form", "count", "parent", "label", "style", "stacked"),
    [
        ("Phần I", 1, "", "Phần I", StyleId.PART, True),
        ("Phần I", 4, "", "Phần IV", StyleId.PART, True),
        ("I.", 3, "Phần I", "III.", StyleId.SECTION, False),
        ("1.", 12, "III.", "12.", StyleId.CLAUSE, False),
        ("1.1.", 2, "12.", "12.2.", StyleId.POINT, False),
        ("1.1.1.", 3, "12.2.", "12.2.3.", StyleId.SUBPOINT, False),
        ("a)", 5, "12.", "đ)", StyleId.POINT, False),
    ],
)
def test_heading_forms(
    form: str, count: int, parent: str, label: str, style: StyleId, stacked: bool
) -> None:
    chosen = HEADING_FORMS[form]
    assert chosen.label(count, parent) == label
    assert (chosen.style, chosen.stacked) == (style, stacked)


def test_every_form_is_named_by_its_first_label() -> None:
    parents = {"1.1.": "1.", "1.1.1.": "1.1."}
    for name, form in HEADING_FORMS.items():
        assert form.label(1, parents.get(name, "")) == name


@pytest.mark.parametrize(
    ("text", "kind", "level", "number"),
    [
        ("Phần II MỤC ĐÍCH", "phần, chương", 1, "Phần II"),
        ("CHƯƠNG 3.", "phần, chương", 1, "CHƯƠNG 3."),
        ("Phần thứ hai", "phần, chương", 1, "Phần thứ hai"),
        ("Tiểu mục 2. Chung", "mục, tiểu mục", 2, "Tiểu mục 2."),
        ("IV. TỔ CHỨC", "mục có số La Mã", 2, "IV."),
        ("Điều 5a. Phạm vi", "điều", 3, "Điều 5a."),
        ("1. Chung", "khoản", 4, "1."),
        ("12) Chung", "khoản", 4, "12)"),
        ("7.1. Chung", "khoản nhiều cấp", 5, "7.1."),
        ("7.1.2 Chung", "khoản nhiều cấp", 6, "7.1.2"),
        ("đ) Điểm", "điểm", 9, "đ)"),
    ],
)
def test_what_a_heading_begins_with(text: str, kind: str, level: int, number: str) -> None:
    for start, line in ((0, text), (2, f"  {text}")):
        found = heading_number(line, start)
        assert found is not None
        assert (found.kind, found.level, line[start : found.end]) == (kind, level, number)


@pytest.mark.parametrize(
    "text",
    [
        "Phần lớn hồ sơ",
        "Mục tiêu",
        "Điều tra",
        "1.486 hồ sơ",
        "1.5",
        "IV",
        "a",
        "- ý",
        "",
        "1.",
        "ghi) chú",
    ],
)
def test_what_is_no_number_of_a_heading(text: str) -> None:
    assert heading_number(text) is None
