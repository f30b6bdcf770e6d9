"""Rows higher than half of a page: split in both files, with the head and all borders."""

from __future__ import annotations

import io
import re

import pdfplumber
import pytest

from documents import ENGINES, docx_of, paragraph, part, pdf_of, sample, table
from vanban.document import Document, StyleId, Table

WIDTHS = (40 * 72 / 25.4,) * 3
HEAD = ("STT", "Nội dung", "Ghi chú")
NOTE = "Hồ sơ nhận bàn giao khi phường bắt đầu hoạt động."
SHORT = ("1", "Một việc", "Không")


def with_note(times: int, before: int = 3) -> Document:
    """Return a document whose table has a note of so many sentences in its fourth row."""
    long = ("4", "Việc khác", " ".join([NOTE] * times))
    return with_table(table(HEAD, *[SHORT] * before, long, *[SHORT] * 3))


def with_table(made: Table) -> Document:
    return sample(body=(made, paragraph("./.", StyleId.AFTER_TABLE)), annexes=())


@pytest.mark.parametrize(
    ("times", "whole"),
    [(1, 8), (7, 8), (40, 7)],
    ids=["a line or two", "less than half a page", "two pages"],
)
def test_only_a_row_of_half_a_page_may_split_in_word(times: int, whole: int) -> None:
    xml = part(docx_of(with_note(times)), "word/document.xml")
    rows = re.findall(r"<w:tr>.*?</w:tr>", xml)
    assert sum("<w:cantSplit/>" in row for row in rows if "<w:tblHeader/>" in row) == 1
    assert (
        sum("<w:cantSplit/>" in row for row in rows if "OBang" in row or "DauBang" in row) == whole
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_split_row_has_its_head_and_all_borders_on_every_page(engine: str) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(with_note(40), engine=engine))) as file:
        pages = [page for page in file.pages if page.search("Ghi chú")]
        assert len(pages) >= 3
        for page in pages:
            lines = [*page.lines, *page.rects]  # a thin rectangle is a line, too
            level = [line for line in lines if line["height"] < 1]
            upright = [line for line in lines if line["width"] < 1]
            foot = max(line["bottom"] for line in level)
            closing = sum(line["width"] for line in level if line["bottom"] > foot - 0.1)
            assert closing == pytest.approx(sum(WIDTHS), abs=3)
            sides = {round(line["x0"]) for line in upright if line["bottom"] > foot - 0.1}
            assert len(sides) == len(WIDTHS) + 1
            (head,) = page.search("Ghi chú")
            words = page.crop((head["x0"] - 50, head["bottom"], page.width, foot)).extract_words()
            assert words[0]["top"] - head["bottom"] < 20
            assert words[-1]["bottom"] < foot


@pytest.mark.parametrize("engine", ENGINES)
def test_no_word_of_a_split_row_is_lost(engine: str) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(with_note(40), engine=engine))) as file:
        text = " ".join(page.extract_text() or "" for page in file.pages)
    assert text.count("phường") == 40
