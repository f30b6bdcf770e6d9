"""Charts of bars, drawn as a table: both renderers and Word files print it line for line.

A bar is a filled cell over as many of :data:`BAR_UNITS` narrow columns as its share. Every row is a
line high where labels are short, and so is every bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from vanban.document import Align, Cell, Row, Run, Table
from vanban.provenance import fixed, traced, traced_list

BAR_UNITS = 50
"""Cells that a full bar is made of: one for every 2 %."""

BAR_FILL = "7F7F7F"


class Bar(Struct, frozen=True):
    """A row: its label, its share of 1, and the figure beside it.

    ``name`` stands for the label in the words for those who do not see the chart.
    """

    label: str
    share: Fraction
    figure: str
    name: str = ""


def bar_chart(
    bars: Sequence[Bar], head: tuple[str, str, str], widths: tuple[float, float, float]
) -> Table:
    """Return the chart; ``widths`` of labels, full bars and figures are mm.

    ``head`` are the words above them; without the last those above the bars are above both.
    """
    label, bar, figure = head
    words = (Cell((Run(fixed(figure)),), Align.CENTER),) if figure else ()
    first = Cell((Run(fixed(label)),), Align.CENTER)
    above = Cell((Run(fixed(bar)),), Align.CENTER, columns=BAR_UNITS + 1 - len(words))
    left, full, right = widths
    return Table(
        (left, *(full / BAR_UNITS,) * BAR_UNITS, right),
        (Row((first, above, *words)),),
        tuple(map(_row, bars)),
        traced_list("; ", (traced(each.name or each.label, ": ", each.figure) for each in bars)),
    )


def _row(bar: Bar) -> Row:
    units = round(bar.share * BAR_UNITS)
    filled = (Cell((), columns=units, fill=BAR_FILL),) if units else ()
    empty = (Cell((), columns=BAR_UNITS - units),) if units < BAR_UNITS else ()
    figure = Cell((Run(bar.figure),), Align.RIGHT)
    return Row((Cell((Run(bar.label),)), *filled, *empty, figure))
