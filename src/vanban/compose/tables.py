"""Tables of an outline: tokens → rows; columns in which no row says anything are left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from markdown_it.token import Token
from msgspec.structs import replace

from vanban.document import (
    Align,
    Block,
    Cell,
    Paragraph,
    Row,
    Run,
    Runs,
    StyleId,
    Table,
)
from vanban.provenance import Located, computed, traced, traced_list

NOTHING = frozenset({"", "–", "-"})
"""What a cell without a value prints."""


MERGED = "<"
"""The text of a cell that belongs to the cell on its left."""


def read_rows(
    tokens: Sequence[Token], read: Callable[[Token, int], Runs]
) -> tuple[list[Row], list[Row]]:
    """Return the head and the rows of a table; ``read`` is given each cell and its column."""
    head: list[Row] = []
    rows: list[Row] = []
    cells: list[Cell] = []
    for index, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            align = str(token.attrGet("style") or "").removeprefix("text-align:")
            runs = read(tokens[index + 1], sum(cell.columns for cell in cells))
            if token.type == "th_open":
                align = Align.CENTER
            if cells and tokens[index + 1].content == MERGED:
                merged = cells[-1].columns + 1
                cells[-1] = replace(cells[-1], columns=merged, align=Align.LEFT)
                continue
            cells.append(Cell(runs, Align(align) if align else Align.LEFT))
        elif token.type == "tr_close":
            (rows if head else head).append(Row(tuple(cells)))
            cells = []
    return head, rows


def without_empty_columns(
    table: Table, words: str, kept: Collection[str], *at: Located
) -> tuple[Block, ...]:
    """Return ``table`` without its empty columns, and the note “words “A”, “B”.” that names them.

    The signs between stand ``at`` the table. Without ``words`` none is left out. Those whose heads
    are ``kept`` stay, to be filled in by hand; so does all of a table of one row, which may only
    say that there is nothing.
    """
    (head,) = table.head
    names = [traced(*(run.text for run in cell.runs)).strip() for cell in head.cells]
    filled = {column for row in table.rows for column in _filled(row)}
    empty = [
        column
        for column, name in enumerate(names)
        if words and len(table.rows) > 1 and column not in filled and name not in kept
    ]
    if not empty or len(empty) == len(names):
        return (table,)
    smaller = replace(
        table,
        widths=tuple(width for column, width in enumerate(table.widths) if column not in empty),
        head=(_without(head, empty),),
        rows=tuple(_without(row, empty) for row in table.rows),
    )
    first, between, last = (computed(signs, *at) for signs in (" “", "”, “", "”."))
    note = traced(words, first, traced_list(between, [names[column] for column in empty]), last)
    return smaller, Paragraph(StyleId.BODY, (Run(note),))


def _filled(row: Row) -> list[int]:
    """Return the columns in which ``row`` says something; a cell over all of them is a heading."""
    found, column = list[int](), 0
    for cell in row.cells:
        if cell.text.strip() not in NOTHING and cell.columns < sum(c.columns for c in row.cells):
            found += range(column, column + cell.columns)
        column += cell.columns
    return found


def _without(row: Row, empty: Collection[int]) -> Row:
    cells, column = [], 0
    for cell in row.cells:
        left = sum(each not in empty for each in range(column, column + cell.columns))
        column += cell.columns
        if left:
            cells.append(replace(cell, columns=left))
    return Row(tuple(cells))
