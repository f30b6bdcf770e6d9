"""Lines: what fits is taken, a line ends at blanks and after dashes, no letter is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import frame, times
from vanban.document import Run, Runs, StyleId
from vanban.layout.lines import Line, Measure, break_lines, pieces_of

STYLE = frame().styles[StyleId.TABLE_CELL]
MEASURE = Measure(times())


def lines_of(runs: Runs | str, space: float) -> list[Line]:
    given_runs = (Run(runs),) if isinstance(runs, str) else runs
    return list(break_lines(pieces_of(given_runs, STYLE, MEASURE), STYLE, space, MEASURE))


def texts(lines: list[Line]) -> list[str]:
    return ["".join(stretch.text for stretch in line.stretches) for line in lines]


def width(text: str) -> float:
    return MEASURE.width(text, STYLE.bold, STYLE.italic) * STYLE.size


WORDS = "một hai ba"

BREAKS: list[tuple[str, str, str, list[str]]] = [
    ("all on one line", WORDS, WORDS, [WORDS]),
    ("after the words that fit", WORDS, "một hai", ["một hai", "ba"]),
    ("a word that fits to the hair", WORDS, "hai ba", ["một", "hai ba"]),
    ("several blanks stand nowhere", "một   hai", "một h", ["một", "hai"]),
    ("after a dash before a letter", "UBND-VHXH", "UBND-V", ["UBND-", "VHXH"]),
    ("after a dash before a digit", "2021–2026", "2021–2", ["2021–", "2026"]),
    ("not after a slash", "3/45 ngày", "3/45 ng", ["3/45", "ngày"]),
    ("not after a dash before a blank", "a - bcd", "a - b", ["a -", "bcd"]),
    ("not at a no-break space", "ngày\u00a0mai đi", "ngày\u00a0mai", ["ngày\u00a0mai", "đi"]),
    ("where a sign allows it", "a_\u200bbc", "a_b", ["a_\u200b", "bc"]),
    ("first, behind a slash", "12/KH-UBND", "UBND", ["12/", "KH-", "UBND"]),
    ("first, once more", "công/tác/dài", "công/tá", ["công/", "tác/dài"]),
    ("first, behind the one before its end", "công/tác/dài", "công/tác/", ["công/", "tác/dài"]),
    ("first, a slash alone", "UBND/HĐND", "HĐND", ["UBND", "/", "HĐND"]),
    ("first, not in a date", "2/9/2025", "2/9/20", ["2/9/20", "25"]),
    ("first, not before a dash", "12/KH-UBND/a", "12/KH-U", ["12/KH-U", "BND/a"]),
    ("not first, at any letter", "x 12/KH-UBND", "12/K", ["x", "12/K", "H-", "UB", "ND"]),
    ("nothing", "", "m", [""]),
]
"""Name, text, the words that a line is as wide as, the lines."""


@pytest.mark.parametrize(
    ("text", "as_wide", "expected"), [pytest.param(*rest, id=name) for name, *rest in BREAKS]
)
def test_lines_break_where_word_breaks_them(text: str, as_wide: str, expected: list[str]) -> None:
    assert texts(lines_of(text, width(as_wide))) == expected


def test_a_piece_goes_over_the_borders_of_runs() -> None:
    runs = (Run("một h", bold=True), Run("ai", italic=True), Run(" ba"))
    lines = lines_of(runs, width("một hai") * 0.9)
    assert texts(lines) == ["một", "hai", "ba"][: len(lines)] or texts(lines) == ["một", "hai ba"]
    assert [stretch.run for stretch in lines[1].stretches][:2] == [runs[0], runs[1]]


def test_what_is_wider_than_a_line_begins_its_own_and_breaks_anywhere() -> None:
    lines = texts(lines_of(f"a {'x' * 25} b", width("x" * 10)))
    assert lines == ["a", "x" * 10, "x" * 10, "xxxxx b"]


letters = st.text("abcđê -–/\u00a01", max_size=60)


@given(st.lists(letters, min_size=1, max_size=4), st.floats(20, 200))
def test_no_letter_is_lost_and_no_line_is_too_wide(parts: list[str], space: float) -> None:
    runs = tuple(Run(part, bold=number % 2 == 1) for number, part in enumerate(parts))
    lines = lines_of(runs, space)
    assert "".join(texts(lines)).replace(" ", "") == "".join(parts).replace(" ", "")
    for line in lines:
        assert line.width <= space + 0.01 or len("".join(texts([line])).strip()) <= 1
        for stretch in line.stretches:
            start = stretch.start
            assert stretch.run.text[start : start + len(stretch.text)] == stretch.text
