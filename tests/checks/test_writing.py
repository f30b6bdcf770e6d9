"""Passages of a document: which hold some words, and which are alike for whoever reads one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.checks.language.names import Names
from vanban.checks.writing import Passage, Role, Writing, plain_writing
from vanban.errors import Place
from vanban.provenance import Kind, Located, Source

HERE = Path("a.md")


def writing(*lines: str) -> Writing:
    return plain_writing("\n".join(lines), HERE)


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        (("hoa",), []),
        (("hòa",), [1, 3]),
        (("phường", "hòa"), [1, 2, 3]),
        (("hòa", "hòa"), [1, 3]),
        ((), []),
    ],
)
def test_passages_that_hold_a_word_come_in_order_and_once(
    keys: tuple[str, ...], numbers: list[int]
) -> None:
    own = writing("Hoà bình, hòa giải", "Phường", "HÒA của phường", "Xã")
    assert [passage.number for passage in own.with_any(keys)] == numbers


WORDS = st.lists(st.sampled_from(["Ủy", "ban", "nhân", "dân", "phường", "HÒA", "hoà,", "-"]))


@given(st.lists(WORDS.map(" ".join), max_size=6), st.lists(WORDS.map(" ".join), max_size=4))
def test_names_stand_only_where_their_first_words_do(lines: list[str], names: list[str]) -> None:
    own, sought = writing(*lines), Names(names, shortest=1)
    everywhere = [found for passage in own.passages for found in sought.find(passage)]
    passages = sought.may_stand_in(own)
    assert [found for passage in passages for found in sought.find(passage)] == everywhere


def test_what_was_typed_is_not_alike_to_what_the_program_words() -> None:
    place = Place(HERE, 1, 1)
    typed, worded = (
        Passage("…………", Role.BODY, 1, place, sources=(Source(0, 4, kind, (Located(place),)),))
        for kind in (Kind.TYPED, Kind.WORDED)
    )
    assert typed.digest != worded.digest
