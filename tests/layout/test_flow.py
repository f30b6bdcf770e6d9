"""Pages: two lines at the foot and the head, kept together, whole rows, repeated heads, numbers."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from documents import frame, layout, paragraph, plain, sample, table
from vanban.document import Block, Cell, Document, Paragraph, Row, Run, StyleId
from vanban.layout.blocks import CellBlock, FixedBlock, ParagraphBlock, RowBlock, TableBlock
from vanban.layout.flow import fill_pages
from vanban.layout.lay_out import lay_out
from vanban.layout.pages import Page, Pages

LINE = "Một dòng."
LONG = " ".join(["cải cách hành chính"] * 5)
"""More than one line, less than two."""


def pages_of(*blocks: Block, **changes: Any) -> Pages:
    document = sample(body=blocks, annexes=(), **changes)
    return lay_out(document, layout(document))


def lines(page: Page) -> list[str]:
    """Return the lines of a page from the top, without its margins."""
    rows: dict[float, str] = {}
    for text in page.texts:
        if frame().page.top <= text.baseline <= page.height - frame().page.bottom:
            rows[text.baseline] = rows.get(text.baseline, "") + text.text
    return [text for _, text in sorted(rows.items())]


def at(pages: Pages, words: str) -> list[int]:
    """Return the numbers of the pages with a line that has ``words``, from 0."""
    return [
        number for number, page in enumerate(pages.pages) for line in lines(page) if words in line
    ]


def filler(count: int) -> tuple[Paragraph, ...]:
    return tuple(paragraph(LINE, StyleId.RECIPIENT) for _ in range(count))


def filling() -> int:
    """Return how many one-line paragraphs fill the first page."""
    many = pages_of(*filler(200)).pages[0]
    return sum(line == LINE for line in lines(many))


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_two_lines_stand_together_at_the_foot_and_at_the_head(count: int) -> None:
    text = " ".join(["hành chính công"] * (count * 4))
    for left in range(8):
        pages = pages_of(*filler(filling() - left), paragraph(text))
        parts = [sum("hành chính" in line for line in lines(page)) for page in pages.pages]
        assert 1 not in parts, (left, parts)


def test_a_heading_stays_with_what_follows() -> None:
    for left in range(6):
        pages = pages_of(
            *filler(filling() - left), paragraph("Đầu đề", StyleId.TABLE_TITLE), paragraph(LONG)
        )
        (heading,) = at(pages, "Đầu đề")
        assert heading in at(pages, "cải cách")


def test_lines_kept_together_go_over_together() -> None:
    for left in range(10):
        block = Paragraph(StyleId.BODY, (Run(LONG * 3),), keep_together=True)
        pages = pages_of(*filler(filling() - left), block)
        assert len(set(at(pages, "cải cách"))) == 1


def test_the_head_of_a_table_is_repeated_and_rows_are_whole() -> None:
    rows = [("hai dòng " * 12, str(number)) for number in range(40)]
    pages = pages_of(table(("A", "B"), *rows))
    assert len(pages) > 2
    parts = [sum("hai dòng" in line for line in lines(page)) for page in pages.pages]
    assert all(part % (sum(parts) // 40) == 0 for part in parts), parts
    for page, part in zip(pages.pages, parts, strict=True):
        assert not part or "AB" in lines(page)


def test_the_heading_of_rows_stays_with_the_next_row() -> None:
    made = table(("A", "B"), *[("hàng", "một")] * 200)
    heading = Row((Cell((Run("Tên nhóm"),), columns=2),))
    for before in range(80):
        rows = (*made.rows[:before], heading, heading, *made.rows[before:])
        pages = pages_of(replace(made, rows=rows))
        places = at(pages, "Tên nhóm")
        assert places[0] == places[1]
        page = lines(pages.pages[places[1]])
        assert "hàng" in page[len(page) - page[::-1].index("Tên nhóm")], before


@pytest.mark.parametrize("headings", [1, 2, 3])
@pytest.mark.parametrize("follows", ["Dòng", "Dòng thứ hai " * 300], ids=["row", "tall-row"])
def test_heading_rows_stay_with_the_row_that_follows(headings: int, follows: str) -> None:
    grid = table(("A", "B"), ("1", "2"))
    group = [Row((Cell((Run(f"Nhóm {n}"),), columns=2),)) for n in range(headings)]
    after = Row((Cell((Run("dữ liệu"),)), Cell((Run(follows),))))
    before = set()
    for left in range(14):
        rows = (*grid.rows, *group, after, *grid.rows)
        pages = pages_of(*filler(filling() - left), replace(grid, rows=rows))
        stands = at(pages, "Nhóm")
        assert len(stands) == headings
        assert set(stands) == {at(pages, "dữ liệu")[0]}, left
        before.add(stands[0] - at(pages, "12")[0])
    assert before == {0, 1}, "some were moved away from the row before them"


@pytest.mark.parametrize(("missing", "page"), [(0.0, 0), (0.4, 1)])
def test_a_table_begins_where_its_first_rows_fit_with_their_border(
    missing: float, page: int
) -> None:
    look, size = frame(), frame().page
    lines = layout(plain("Nhóm")).unfitted((Run("Nhóm"),), StyleId.TABLE_CELL, 100).lines
    cell = CellBlock(ParagraphBlock(look.styles[StyleId.TABLE_CELL], lines, 0, 100, 0), 0, 100)
    rows = (RowBlock((cell,), keep_next=True), RowBlock((cell,)))
    block = TableBlock((), rows, 0.5, (2, 2))
    above = size.text_height - sum(map(block.row_height, rows)) - block.border + missing
    pages = fill_pages([FixedBlock(above), block], size)
    assert [len(each.texts) for each in pages][page] == 2


def test_more_heading_rows_than_a_page_holds_fill_their_pages() -> None:
    group = tuple(Row((Cell((Run(f"Nhóm {n}"),), columns=2),)) for n in range(100))
    pages = pages_of(replace(table(("A", "B")), rows=group))
    assert len(pages) == len(pages_of(table(("A", "B"), *[("Nhóm", "")] * 100)))


def test_a_title_stays_above_heading_rows_that_fill_a_page_without_it() -> None:
    titles = [paragraph(f"Đầu đề {n}", StyleId.TABLE_TITLE) for n in range(3)]
    for count in range(30, 50):
        group = tuple(Row((Cell((Run(f"Nhóm {n}"),), columns=2),)) for n in range(count))
        rows = (*group, *table(("A", "B"), ("dữ", "liệu")).rows)
        pages = pages_of(*filler(2), *titles, replace(table(("A", "B")), rows=rows))
        assert {*at(pages, "Đầu đề")} == {at(pages, "Nhóm 0")[0]}, count


@pytest.mark.parametrize("count", [30, 70])
def test_a_table_begins_a_page_where_more_than_a_page_is_kept_with_it(count: int) -> None:
    grid = replace(table(("A", "B"), ("dữ", "liệu"), ("dữ", "liệu")), keep_with_next=True)
    end = Paragraph(StyleId.AFTER_TABLE, (Run("./."),), keep_with_next=True)
    names = tuple(f"- Đơn vị {number};" for number in range(count))
    pages = pages_of(*filler(2), paragraph("Tên", StyleId.TABLE_TITLE), grid, end, recipients=names)
    title, rows, last = at(pages, "Tên"), at(pages, "dữ"), at(pages, "./.")
    assert {*title} == {*rows} == {int(count > 50)}
    assert last[0] - rows[0] == int(count > 50), "as LibreOffice"


def test_pages_are_numbered_but_the_first_and_annexes_begin_anew() -> None:
    document = sample()
    many = replace(document, body=(*filler(150), *document.body))
    pages = lay_out(many, layout(many))
    numbers = [page.number for page in pages.pages]
    annexes = len(document.annexes)
    body = numbers[: len(numbers) - annexes]
    assert body == [0, *range(2, len(body) + 1)]
    assert numbers[-annexes:] == [0] * annexes
    widths = {page.width for page in pages.pages[-annexes:]}
    assert widths == {frame().page.height, frame().page.width}


def test_every_letter_of_a_document_stands_on_a_page() -> None:
    document: Document = plain("Một.", "Hai.")
    pages = lay_out(document, layout(document))
    printed = "".join(text.text for page in pages.pages for text in page.texts)
    for text in document.texts():
        for word in text.split():
            assert word in printed


def test_a_run_knows_which_of_its_letters_stand_where() -> None:
    document = sample()
    for page in lay_out(document, layout(document)).pages:
        for text in page.texts:
            assert text.run is not None
            assert text.run.text[text.start : text.start + len(text.text)] == text.text


@pytest.mark.parametrize("left", range(20))
def test_no_heading_ends_a_page_and_no_row_stands_alone_on_the_last(left: int) -> None:
    grid = table(("A", "B"), *((f"hàng {number}", "x") for number in range(9)))
    heading = Row(tuple(Cell((Run(text, bold=True),)) for text in ("nhóm", "")))
    grid = replace(grid, rows=(*grid.rows[:4], heading, *grid.rows[4:]), keep_with_next=True)
    pages = pages_of(*filler(filling() - left), grid, paragraph("./.", StyleId.AFTER_TABLE))
    assert at(pages, "nhóm") == at(pages, "hàng 4")
    assert at(pages, "hàng 7") == at(pages, "hàng 8") == at(pages, "./.")
