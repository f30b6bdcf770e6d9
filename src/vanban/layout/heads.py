"""Heads of tables that stand above rows on every page: the Document → the same without such heads
as leave no room for rows.

A row up to half of a page is not split, so a head may take the other half. A higher one stands
once, as rows that may be split: WeasyPrint would print none that is higher than a page, pages would
let it run over the foot, LibreOffice repeats none either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from vanban.document import Align, Block, Document, Row, StyleId, Table
from vanban.layout.measures import PT_PER_MM, Layout
from vanban.ooxml.word_file import PageSetup


def without_high_heads(document: Document, layout: Layout) -> Document:
    """Return ``document`` with every head higher than half of its page among the table's rows."""
    page = layout.frame.page
    return replace(
        document,
        body=tuple(_blocks(document.body, layout, page)),
        annexes=tuple(
            replace(
                annex,
                blocks=tuple(
                    _blocks(annex.blocks, layout, page.turned() if annex.landscape else page)
                ),
            )
            for annex in document.annexes
        ),
    )


def _blocks(blocks: Iterable[Block], layout: Layout, page: PageSetup) -> Iterator[Block]:
    pitch = layout.frame.styles[StyleId.TABLE_HEAD].pitch
    for block in blocks:
        if isinstance(block, Table) and _lines(block, layout) * pitch > page.text_height / 2:
            block = replace(block, head=(), rows=(*map(_as_row, block.head), *block.rows))
        yield block


def _lines(table: Table, layout: Layout) -> int:
    """Return how many lines the head of a table takes."""
    widths = [width * PT_PER_MM for width in table.widths]
    return sum(
        max(
            len(layout.fitted_cell(cell.runs, StyleId.TABLE_HEAD, width).lines)
            for cell, width in row.placed(widths)
        )
        for row in table.head
    )


def _as_row(row: Row) -> Row:
    """Return a row of a head as one of others, not bold: a heading would be kept with the next."""
    return Row(tuple(replace(cell, align=Align.CENTER) for cell in row.cells))
