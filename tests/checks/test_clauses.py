"""Sentences and clauses around a place, and patterns of plain words."""

from __future__ import annotations

import pytest

from vanban.checks.clauses import (
    any_of,
    clause_around,
    context_start,
    sentence_around,
    whole_words,
)


@pytest.mark.parametrize(
    ("text", "sentence", "clause"),
    [
        ("Một. Hai ĐÂY ba. Bốn", " Hai ĐÂY ba", "Hai ĐÂY ba"),
        ("- Giao phòng: rà soát ĐÂY; họp", "- Giao phòng: rà soát ĐÂY", "rà soát ĐÂY"),
        ("- đạt 1.204 hồ sơ ĐÂY", "- đạt 1.204 hồ sơ ĐÂY", "đạt 1.204 hồ sơ ĐÂY"),
        ("ĐÂY", "ĐÂY", "ĐÂY"),
    ],
)
def test_what_lies_around_a_place(text: str, sentence: str, clause: str) -> None:
    at = text.index("ĐÂY"), text.index("ĐÂY") + 3
    assert text[slice(*sentence_around(text, *at))] == sentence
    assert text[slice(*clause_around(text, *at))] == clause


@pytest.mark.parametrize(
    ("text", "count", "shown"),
    [
        ("Thực hiện theo yêu cầu của Sở", 2, "cầu của Sở"),
        ("Hồ sơ, giấy tờ của Sở", 6, "giấy tờ của Sở"),
        ("- của Sở", 6, "của Sở"),
        ("Sở", 6, "Sở"),
    ],
)
def test_words_before_a_place_stay_in_its_part(text: str, count: int, shown: str) -> None:
    assert text[context_start(text, text.index("Sở"), count) :] == shown


def test_patterns_stand_for_whole_words_and_any_blanks() -> None:
    assert any_of(("chủ trì", "chủ")).findall("chủ  trì; chủ; chủng") == ["chủ  trì", "chủ"]
    assert any_of(()).search("chủ") is None
    assert whole_words("của (?:sở|ngành)").findall("của\u00a0sở của sởi") == ["của\u00a0sở"]
