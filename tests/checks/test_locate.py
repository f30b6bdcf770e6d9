"""From a stretch of printed text to the place where its words were typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.checks.finding import Datum, Stretch
from vanban.checks.from_document import as_typed
from vanban.checks.locate import pieces, spot_of
from vanban.checks.writing import Passage, Role
from vanban.errors import Place
from vanban.provenance import sources_of, traced
from vanban.workspace.source import Mapping, Scalar, Sequence
from vanban.workspace.yaml_file import parse_yaml

FILE = Path("a.yaml")


def typed(yaml: str) -> Scalar:
    """Return the value of key ``a``, or the first item of it."""
    tree = parse_yaml(yaml.encode(), FILE).tree
    assert isinstance(tree, Mapping)
    value = tree["a"][0] if isinstance(tree["a"], Sequence) else tree["a"]
    assert isinstance(value, Scalar)
    return value


def located(yaml: str, words: str, before: str = "- ") -> tuple[int, int] | None:
    """Return line and column of ``words`` in the value of key ``a``, printed after ``before``."""
    scalar = typed(yaml)
    text = as_typed(traced(before, scalar.respaced(" ".join(scalar.split()))))
    passage = Passage(text, Role.BULLET, 1, scalar.place, sources=sources_of(text))
    start = text.index(words)
    place = spot_of(Stretch(passage, start, start + len(words))).place
    return place.line, place.column


@pytest.mark.parametrize(
    ("yaml", "words", "place"),
    [
        ("a: một hai ba\n", "hai", (1, 8)),
        ("a: một hai ba\n", "một", (1, 4)),
        ("a: >-\n  một hai\n  ba bốn\n", "bốn", (3, 6)),
        ("a: >-\n  một hai\n  ba bốn\n", "hai ba", (2, 7)),
        ("a: |\n  một\n\n  hai\n", "hai", (4, 3)),
        ("a: 'một hai'\n", "hai", (1, 9)),
        ("b: ba\na: một\n   hai ba\n", "ba", (3, 8)),
        ("a: một  hai\n", "một  hai", (1, 4)),
        ("a: một hai một\n", "một", (1, 4)),
        ('a: "m\\u1ED9t hai"\n', "hai", (1, 14)),
        ("a: 'nói ''thế'' hay'\n", "hay", (1, 17)),
        ("a: &x một hai\n", "hai", (1, 11)),
        ("a:\n  - • một\n", "một", (2, 7)),
        ("a:\n  - •một\n", "một", (2, 6)),
    ],
)
def test_the_place_of_words(yaml: str, words: str, place: tuple[int, int]) -> None:
    assert located(yaml, words) == place


def test_repeated_blanks_are_read_as_typed_only_within_a_line() -> None:
    scalar = typed("a: >-\n  một  hai\n  ba\n")
    text = as_typed(traced("- ", scalar.respaced("một hai ba"), "."))
    assert text == "- một  hai ba."
    assert [(each.start, each.end) for each in sources_of(text) if each.is_typed] == [(2, 13)]


def test_a_value_that_no_passage_prints_has_its_own_place() -> None:
    spot = spot_of(Datum(Place(FILE, 3, 4), "x"))
    assert (spot.place.line, spot.place.column, spot.excerpt) == (3, 4, "x")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b", "a b", ()),
        ("trung tâm Phục vụ", "Trung tâm phục vụ", ((0, 5, "Trung"), (10, 14, "phục"))),
        ("a  b", "a b", ((2, 3, ""),)),
        ("- - a", "- a", ((2, 4, ""),)),
        ("a,b", "a, b", ((2, 2, " "),)),
    ],
)
def test_pieces(old: str, new: str, expected: tuple[tuple[int, int, str], ...]) -> None:
    assert pieces(old, new) == expected


@given(st.text(), st.text())
def test_pieces_turn_the_old_into_the_new(old: str, new: str) -> None:
    text = old
    for start, end, part in reversed(pieces(old, new)):
        text = text[:start] + part + text[end:]
    assert text.split() == new.split()
