"""Widths of columns: longest words fit, tall cells get the room, fixed ones and rules stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from documents import frame, layout, sample, times
from vanban.document import Cell, Document, Row, Run, StyleId, Table
from vanban.layout.columns import STEP, with_widths
from vanban.layout.lay_out import lay_out
from vanban.layout.measures import PT_PER_MM

TEXT_WIDTH = frame().page.text_width / PT_PER_MM
LONG = "Trong năm không phát sinh trường hợp bị xử lý kỷ luật nên không có quyết định kỷ luật. "


def row_of(texts: Sequence[str]) -> Row:
    return Row(tuple(Cell((Run(text),)) for text in texts))


def document(*rows: Sequence[str], widths: Sequence[float] = ()) -> Document:
    head, *others = map(row_of, rows)
    table = Table(tuple(widths) or (0.0,) * len(rows[0]), (head,), tuple(others))
    return sample(body=(table,), annexes=())


def widths_of(made: Document) -> tuple[float, ...]:
    (table,) = with_widths(made, frame(), times()).body
    assert isinstance(table, Table)
    return table.widths


def height(made: Document, widths: Sequence[float]) -> int:
    (table,) = made.body
    assert isinstance(table, Table)
    look = layout(made)
    return sum(
        max(
            len(look.fitted_cell(cell.runs, StyleId.TABLE_CELL, width * PT_PER_MM).lines)
            for cell, width in each.placed(widths)
        )
        for each in table.rows
    )


TABLES: dict[str, list[tuple[str, ...]]] = {
    "one tall cell": [("STT", "Tên", "Giải trình"), ("1", "Tên", LONG * 3), ("2", "Tên", "")],
    "all short": [("STT", "Tên", "Số"), ("1", "Một", "15"), ("2", "Hai", "16")],
    "an empty column": [("STT", "Tên", "Ghi chú"), ("1", LONG, ""), ("2", LONG, "")],
    "two tall cells": [("A", "B", "C"), (LONG * 2, "x", LONG * 4), (LONG, "x", LONG)],
    "many columns": [tuple("ABCDEFGHIK"), (LONG, "12/KH-UBND", *["1.922 / 1.923"] * 8)],
    "a long number": [
        ("STT", "Tiêu chí", "Số liệu kê khai", *"ABCDE"),
        ("1", LONG, "16.512,3\u00a0/\u00a018.450,5", *[LONG] * 2, *["2.1.1-01"] * 3),
    ],
    "no rows": [("STT", "Tên lĩnh vực", "Ghi chú")],
}


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_a_table_is_as_wide_as_the_text_and_breaks_no_word(rows: list[tuple[str, ...]]) -> None:
    made = document(*rows)
    widths = widths_of(made)
    assert sum(widths) == pytest.approx(TEXT_WIDTH, abs=STEP)
    assert all(width % STEP == 0 for width in widths)
    (table,) = made.body
    assert isinstance(table, Table)
    look = layout(made)
    for each in (*table.head, *table.rows):
        for cell, width in each.placed(widths):
            fitted = look.fitted_cell(cell.runs, StyleId.TABLE_HEAD, width * PT_PER_MM)
            assert not any(line.cut for line in fitted.lines), cell.text


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_it_is_not_higher_than_with_equal_columns(rows: list[tuple[str, ...]]) -> None:
    made = document(*rows)
    equal = [TEXT_WIDTH / len(rows[0])] * len(rows[0])
    assert height(made, widths_of(made)) <= height(made, equal)


def test_room_goes_to_the_tall_column() -> None:
    narrow, name, tall = widths_of(document(*TABLES["one tall cell"]))
    assert narrow < 20 and name < 20 and tall > 120


def test_a_fixed_width_stays() -> None:
    rows = TABLES["one tall cell"]
    widths = widths_of(document(*rows, widths=(15.0, 0.0, 80.0)))
    assert (widths[0], widths[2]) == (15, 80)
    fixed = document(*rows, widths=(15.0, 30.0, 80.0))
    assert with_widths(fixed, frame(), times()) == fixed


ADDRESS = "https://docs.google.com/spreadsheets/d/" + "1aBcDeFgHiJkLmNoPqRsTuVwXyZ" * 3


@pytest.mark.parametrize(
    "rows",
    [
        [("STT", "Đường dẫn", "Ghi chú"), ("1", ADDRESS, "Đã nộp"), ("2", "Không có", "-")],
        [("STT", "Đường dẫn", "Ghi chú"), ("1", ADDRESS, "Đã nộp"), ("2", ADDRESS, "-")],
        [("Tên cột", "B"), ("y" * 3_000, "z")],
        [("STT", *(f"Cột số {number}" for number in range(16))), ("1", *["12.345,67"] * 16)],
    ],
    ids=["an address", "two", "an endless word", "many columns"],
)
def test_the_widest_words_give_way_to_the_others(rows: list[tuple[str, ...]]) -> None:
    made = document(*rows)
    widths = widths_of(made)
    assert sum(widths) == pytest.approx(TEXT_WIDTH, abs=STEP)
    (table,) = made.body
    assert isinstance(table, Table)
    look = layout(made)
    widest = max(widths)
    for each in (*table.head, *table.rows):
        for cell, width in each.placed(widths):
            fitted = look.fitted_cell(cell.runs, StyleId.TABLE_HEAD, width * PT_PER_MM)
            assert width > widest - 2 * STEP or not any(line.cut for line in fitted.lines), (
                cell.text
            )


def test_more_columns_than_words_fit_in_are_still_set() -> None:
    made = document(tuple("ABCDEFGHIK"), ("nghiêngnghiêngnghiêng",) * 10)
    widths = widths_of(made)
    assert sum(widths) == pytest.approx(TEXT_WIDTH, abs=STEP)
    assert len(lay_out(with_widths(made, frame(), times()), layout(made))) >= 1


def test_cells_over_several_columns_do_not_count() -> None:
    made = document(*TABLES["all short"])
    (table,) = made.body
    assert isinstance(table, Table)
    over = Row((Cell((Run(LONG, bold=True),), columns=3),))
    with_over = replace(made, body=(replace(table, rows=(over, *table.rows)),))
    assert widths_of(with_over) == widths_of(made)


def test_a_column_without_a_text_is_narrow() -> None:
    """As in a Word file of another office, whose columns all follow from the content."""
    one, two, three = widths_of(document(("A", "", "B"), (LONG * 3, "", LONG * 3)))
    assert two < 6
    assert one + two + three == pytest.approx(TEXT_WIDTH, abs=STEP)
