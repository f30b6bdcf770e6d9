"""The words of blocks, changed where they stand: paragraphs, headings and cells of tables alike."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from vanban.document import Block, Heading, Paragraph, Row, Runs, Table


def with_runs(block: Block, change: Callable[[Runs], Runs]) -> Block:
    """Return ``block`` with what ``change`` makes of its words, or of those of each cell."""
    match block:
        case Paragraph():
            return replace(block, runs=change(block.runs))
        case Heading():
            return replace(block, title=change(block.title))
        case Table():
            head, rows = (
                tuple(_row_with_runs(row, change) for row in each)
                for each in (block.head, block.rows)
            )
            return replace(block, head=head, rows=rows)


def _row_with_runs(row: Row, change: Callable[[Runs], Runs]) -> Row:
    made = tuple(change(cell.runs) for cell in row.cells)
    cells = (
        cell if runs is cell.runs else replace(cell, runs=runs)
        for cell, runs in zip(row.cells, made, strict=True)
    )
    return replace(row, cells=tuple(cells))
