"""Syllables: tone placement, letters and tone, distance."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.checks.language.words import Syllable, slipped, split
from vanban.nd30.letters import Placement, place_tone, plain

TWO_WAYS = [
    ("hòa", "hoà"),
    ("Hóa", "Hoá"),
    ("HÓA", "HOÁ"),
    ("khỏe", "khoẻ"),
    ("ủy", "uỷ"),
    ("Ủy", "Uỷ"),
    ("THỦY", "THUỶ"),
    ("tùy", "tuỳ"),
    ("lũy", "luỹ"),
]
ONE_WAY = ["toàn", "khoảng", "thuyền", "quý", "QUÝ", "quỷ", "huỳnh", "hoa", "uy", "nghĩa", "quá"]


@pytest.mark.parametrize(("first", "second"), TWO_WAYS)
def test_open_syllables_have_two_ways(first: str, second: str) -> None:
    assert place_tone(second, Placement.FIRST) == first
    assert place_tone(first, Placement.SECOND) == second
    assert place_tone(first, Placement.FIRST) == first
    assert plain(first) == plain(second) == first.lower()


@pytest.mark.parametrize("word", ONE_WAY)
@pytest.mark.parametrize("placement", Placement)
def test_other_syllables_are_never_touched(word: str, placement: Placement) -> None:
    assert place_tone(word, placement) == word


@pytest.mark.parametrize(
    ("word", "letters", "tone"),
    [
        ("Ủy", "uy", "\u0309"),
        ("uỷ", "uy", "\u0309"),
        ("đường", "đương", "\u0300"),
        ("QUYẾT", "quyêt", "\u0301"),
        ("ban", "ban", ""),
        ("80", "80", ""),
    ],
)
def test_letters_keep_their_own_marks(word: str, letters: str, tone: str) -> None:
    assert split(word) == split(unicodedata.normalize("NFD", word)) == Syllable(letters, tone)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("định", "đinh", True),
        ("dẫn", "dẩn", True),
        ("dẫn", "đẫn", True),
        ("cách", "các", True),
        ("cán", "các", True),
        ("hành", "thành", True),
        ("điện", "diện", True),
        ("hòa", "hoà", False),
        ("cách", "cách", False),
        ("cách", "Cách", False),
        ("cách", "cạc", False),
        ("định", "đình đám", False),
        ("chính", "chinh sách", False),
        ("lượng", "lường", True),
        ("ủy", "", False),
    ],
)
def test_one_slip_apart(one: str, other: str, expected: bool) -> None:
    assert slipped(one, other) is expected
    assert slipped(other, one) is expected


@given(st.text())
def test_any_text_has_a_form_that_stays(word: str) -> None:
    assert plain(plain(word)) == plain(word)
    assert not slipped(word, word)
    for placement in Placement:
        assert len(place_tone(word, placement)) == len(word)
