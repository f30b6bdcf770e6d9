"""Vietnamese letters: composed, without marks, alike wherever the tone stands."""

from __future__ import annotations

import unicodedata

import pytest

from vanban.nd30.letters import composed_line, fold, plain, without_marks


@pytest.mark.parametrize(
    ("text", "without", "folded"),
    [
        ("Đường", "Duong", "DUONG"),
        ("Uỷ  ban\u00a0nhân dân", "Uy  ban\u00a0nhan dan", "UY BAN NHAN DAN"),
        ("phường Trần Liễu", "phuong Tran Lieu", "PHUONG TRAN LIEU"),
        ("15/KH-UBND", "15/KH-UBND", "15/KH-UBND"),
        ("", "", ""),
    ],
)
def test_letters_without_marks(text: str, without: str, folded: str) -> None:
    for form in ("NFC", "NFD"):
        assert without_marks(unicodedata.normalize(form, text)) == without
        assert fold(unicodedata.normalize(form, text)) == folded


def test_a_line_is_composed_and_its_blanks_single() -> None:
    assert composed_line(unicodedata.normalize("NFD", " Kế \n hoạch ")) == "Kế hoạch"


@pytest.mark.parametrize(("one", "other"), [("Hoà", "hòa"), ("UỶ", "ủy"), ("khoẻ", "khỏe")])
def test_spellings_compare_alike(one: str, other: str) -> None:
    assert plain(one) == plain(unicodedata.normalize("NFD", other)) == other
