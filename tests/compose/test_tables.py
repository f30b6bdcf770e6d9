"""Columns without a value are left out and named; "|" parts cells, "<" belongs to its left."""

from __future__ import annotations

import pytest

from vanban.compose.tables import without_empty_columns
from vanban.document import Cell, Row, Run, Table


def row_of(line: str) -> Row:
    cells: list[Cell] = []
    for text in line.split("|"):
        if text.strip() == "<":
            cells[-1] = Cell(cells[-1].runs, columns=cells[-1].columns + 1)
        else:
            cells.append(Cell((Run(text.strip()),)))
    return Row(tuple(cells))


def shown(row: Row) -> str:
    return "|".join("|".join((cell.text, *["<"] * (cell.columns - 1))) for cell in row.cells)


CASES = [
    ("nothing is empty", ["A|B", "1|2", "3|"], ["A|B", "1|2", "3|"], ()),
    ("an empty one", ["A|B|C", "1||2", "3||"], ["A|C", "1|2", "3|"], ("B",)),
    ("dashes are nothing", ["A|B|C", "1|–|", "3||-"], ["A", "1", "3"], ("B", "C")),
    ("a heading over all", ["A|B|C", "x|<|<", "1||2"], ["A|C", "x|<", "1|2"], ("B",)),
    ("a cell over some is a value", ["A|B|C", "x|<|", "1||"], ["A|B", "x|<", "1|"], ("C",)),
    ("kept by name", ["A|Giữ|C", "1||", "3||"], ["A|Giữ", "1|", "3|"], ("C",)),
    ("one row may say that there is nothing", ["A|B", "|Chưa có."], ["A|B", "|Chưa có."], ()),
    ("all are empty", ["A|B", "|", "|"], ["A|B", "|", "|"], ()),
]


@pytest.mark.parametrize(
    ("rows", "expected", "left_out"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)
def test_columns_without_a_value_go(
    rows: list[str], expected: list[str], left_out: tuple[str, ...]
) -> None:
    head, *others = map(row_of, rows)
    widths = tuple(float(n) for n in range(1, len(head.cells) + 1))
    table, *notes = without_empty_columns(Table(widths, (head,), tuple(others)), "Bỏ:", ["Giữ"])
    assert isinstance(table, Table)
    assert [shown(row) for row in (*table.head, *table.rows)] == expected
    named = ", ".join(f"“{name}”" for name in left_out)
    assert [note.text for note in notes] == ([f"Bỏ: {named}."] if left_out else [])
    assert len(table.widths) == len(table.head[0].cells)


def test_without_words_none_is_left_out() -> None:
    table = Table((1.0, 2.0), (row_of("A|B"),), (row_of("1|"), row_of("2|")))
    assert without_empty_columns(table, "", ()) == (table,)
