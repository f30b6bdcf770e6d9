"""Heads of tables, too high to stand above rows on every page."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from documents import frame, paragraph, sample, table, times
from vanban.document import Annex, Table
from vanban.layout.preparation import prepared


@pytest.mark.parametrize(
    ("words", "rows", "upright", "turned"),
    [(20, 1, 1, 1), (30, 1, 1, 0), (80, 1, 0, 0), (30, 2, 0, 0)],
)
def test_a_head_stands_on_every_page_up_to_half_of_it(
    words: int, rows: int, upright: int, turned: int
) -> None:
    grid = table((" ".join(["hành chính"] * words), "B"), ("1", "2"))
    grid = replace(grid, head=grid.head * rows)
    annexes = tuple(
        Annex("Phụ lục", "BẢNG", "(Kèm theo)", landscape, f"pl-{landscape}", (paragraph("A"), grid))
        for landscape in (False, True)
    )
    document = prepared(sample(body=(grid,), annexes=annexes), frame(), times())
    made = [
        block
        for blocks in (document.body, *(annex.blocks for annex in document.annexes))
        for block in blocks
        if isinstance(block, Table)
    ]
    assert [len(each.head) for each in made] == [rows * upright, rows * upright, rows * turned]
    assert {len(each.head) + len(each.rows) for each in made} == {rows + 1}
