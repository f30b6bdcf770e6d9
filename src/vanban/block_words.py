"""The words of blocks, read or changed where they stand: paragraphs, headings, cells of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from vanban.document import Block, Heading, Paragraph, Row, Run, Runs, Table


def runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs of ``block``, cell by cell."""
    match block:
        case Paragraph():
            yield from block.runs
        case Heading():
            yield from block.title
        case Table():
            cells = (cell for row in (*block.head, *block.rows) for cell in row.cells)
            yield from (run for cell in cells for run in cell.runs)


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
