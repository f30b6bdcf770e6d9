"""Lines inside words that are wider than a line; long texts take time that grows with them."""

from __future__ import annotations

import io
import time

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import docx_of, frame, layout, paragraph, pdf_of, plain, sample, table, times
from vanban.document import Document, Run, StyleId, text_of
from vanban.layout.measures import text_width

MARK = "|"
MEASURES = layout(sample())
STYLE = frame().styles[StyleId.TABLE_CELL]
SENTENCE = "Hồ sơ nhận bàn giao khi phường bắt đầu hoạt động. "


@given(
    st.lists(st.text("abcimwđươ/-.1", min_size=1, max_size=90), min_size=1, max_size=6),
    st.floats(30, 300),
)
def test_marks_stand_only_where_a_line_ends_inside_or_before_a_wide_word(
    words: list[str], space: float
) -> None:
    text = " ".join(words)
    marked = text_of(
        MEASURES.unfitted((Run(text),), StyleId.TABLE_CELL, space).with_line_ends(MARK)
    )
    assert marked.replace(MARK, "") == text
    for word, whole in zip(marked.split(" "), words, strict=True):
        if text_width(whole, STYLE, times()) <= space:
            assert word.removesuffix(MARK) == whole
        for line in word.split(MARK):
            # A hyphen ends a piece: what is left of a line after it counts from there.
            assert text_width(line.split("-")[-1], STYLE, times()) <= space


def test_the_text_of_the_pdf_has_no_trace_of_the_marks() -> None:
    word = "abcdefghi" * 40
    with pdfplumber.open(io.BytesIO(pdf_of(plain(word)))) as file:
        text = "".join((page.extract_text() or "") for page in file.pages)
    assert word in text.replace("\n", "")


LONG: dict[str, Document] = {
    "a word": plain("a" * 30_000),
    "a word in a cell": sample(body=(table(("A", "B"), ("x", "a" * 30_000)),), annexes=()),
    "slashes": sample(body=(table(("A", "B"), ("x", "a/" * 10_000)),), annexes=()),
    "a paragraph": plain((SENTENCE * 2_000)[:100_000]),
    "a cell": sample(body=(table(("A", "B"), ("x", SENTENCE * 1_000)),), annexes=()),
    "many paragraphs": sample(body=(paragraph("A."),) * 2_000, annexes=()),
}


@pytest.mark.slow
@pytest.mark.parametrize("document", LONG.values(), ids=LONG)
def test_time_grows_with_the_text_alone(document: Document) -> None:
    """A generous ceiling of CPU: a quadratic step took minutes for the words and the cells."""
    start = time.process_time()
    docx_of(document)
    pdf_of(document)
    assert time.process_time() - start < 40
