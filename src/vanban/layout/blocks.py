"""What is put on pages, from top to bottom: paragraphs of lines, tables of rows, fixed groups.

A block knows its height and how it may be parted; where it comes to stand is for
:mod:`vanban.layout.flow`. Lengths in pt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from vanban.layout.frame import ParagraphStyle
from vanban.layout.lines import Line
from vanban.layout.pages import NO_ELEMENT, Box, Field, Mark, Shown, Text

ASCENT, DESCENT = 0.891, 0.216
"""Of Times New Roman and its metric twins, in em."""


class ParagraphBlock(Struct, frozen=True):
    """Lines in one style; ``left`` and ``space`` are where they may stand within the column."""

    style: ParagraphStyle
    lines: tuple[Line, ...]
    left: float
    space: float
    element: int
    keep_next: bool = False
    keep_lines: bool = False
    mark: Mark | None = None
    align: str = ""

    @property
    def height(self) -> float:
        """With the space before and after it."""
        return self.style.before + len(self.lines) * self.style.pitch + self.style.after

    @property
    def cuts(self) -> tuple[float, ...]:
        """Where it may be parted in a cell, from its top: below each line."""
        lines = range(1, len(self.lines))
        ends = (self.style.before + count * self.style.pitch for count in lines)
        return (*ends, self.height)

    def place(
        self, left: float, top: float, first: int = 0, end: int | None = None
    ) -> Iterator[Text]:
        """Yield the texts of lines ``first`` to ``end``, the first of them at ``top``."""
        style = self.style
        # The em box stands in the middle of the pitch.
        down = (style.pitch - (ASCENT + DESCENT) * style.size) / 2 + ASCENT * style.size
        for number, line in enumerate(self.lines[first:end], first):
            start, spread = self._aligned(line, number)
            baseline = top + (number - first) * style.pitch + down
            x = left + self.left + start
            grown = 0
            for stretch in line.stretches:
                run = stretch.run
                yield Text(
                    stretch.text,
                    x + stretch.left + grown * spread,
                    baseline,
                    stretch.width + stretch.blanks * spread,
                    style.size,
                    style.bold or run.bold,
                    style.italic or run.italic,
                    spread,
                    style.color,
                    self.element,
                    run,
                    stretch.start,
                )
                grown += stretch.blanks

    def _aligned(self, line: Line, number: int) -> tuple[float, float]:
        """Return where a line begins and how much its blanks grow."""
        indent = self.style.first_line if number == 0 else 0.0
        rest = self.space - indent - line.width
        match self.align or self.style.align:
            case "both" if not line.is_last and line.blanks:
                return indent, rest / line.blanks
            case "center":
                return indent + rest / 2, 0.0
            case "right" | "end":
                return indent + rest, 0.0
            case _:
                return indent, 0.0


class CellBlock(Struct, frozen=True):
    """One cell: its text within ``width`` at ``left`` of the table, and the colour behind it."""

    paragraph: ParagraphBlock
    left: float
    width: float
    fill: str = ""


class RowBlock(Struct, frozen=True):
    """A row of a bordered table; only one that ``may_split`` runs over the foot of a page.

    One that is ``keep_next`` stands on the page where the next row begins.
    """

    cells: tuple[CellBlock, ...]
    may_split: bool = False
    middle: bool = False
    keep_next: bool = False

    @property
    def line_count(self) -> int:
        return max(len(cell.paragraph.lines) for cell in self.cells)

    @property
    def pitch(self) -> float:
        return self.cells[0].paragraph.style.pitch

    def repeated(self) -> RowBlock:
        """Return the row as it stands again on the next page, no content to be read twice."""
        cells = (
            replace(cell, paragraph=replace(cell.paragraph, element=NO_ELEMENT))
            for cell in self.cells
        )
        return replace(self, cells=tuple(cells))


class TableBlock(Struct, frozen=True):
    """A bordered table; its head stands again on every page. ``padding`` is above and below.

    One that ``is_whole`` is never parted where a page holds it.
    """

    head: tuple[RowBlock, ...]
    rows: tuple[RowBlock, ...]
    border: float
    padding: tuple[float, float]
    is_whole: bool = False

    def row_height(self, row: RowBlock, lines: int | None = None) -> float:
        """Return the height of a row, or of a part of it with so many lines; with one border."""
        count = row.line_count if lines is None else lines
        return count * row.pitch + sum(self.padding) + self.border

    @property
    def head_height(self) -> float:
        return sum(map(self.row_height, self.head))

    @property
    def height(self) -> float:
        """Where all of it stands on one page."""
        return self.head_height + sum(map(self.row_height, self.rows)) + self.border


class FixedBlock(Struct, frozen=True):
    """What stands on one page (head of page 1, signature, a drawn line): placed from its own top.

    One that is ``keep_next`` stands on the page where the next block begins. What is higher than a
    page is parted at one of its ``cuts``, below the lines of its highest column.
    """

    height: float
    texts: tuple[Text, ...] = ()
    boxes: tuple[Box, ...] = ()
    fields: tuple[Field, ...] = ()
    pictures: tuple[Shown, ...] = ()
    keep_next: bool = False
    cuts: tuple[float, ...] = ()

    def parted(self, room: float) -> tuple[FixedBlock, FixedBlock] | None:
        """Return what stands above the last cut within ``room``, and the rest; None without one."""
        cut = max((each for each in self.cuts if each <= room), default=0.0)
        if not cut:
            return None
        above = replace(
            self,
            height=cut,
            texts=tuple(each for each in self.texts if each.baseline < cut),
            boxes=tuple(each for each in self.boxes if each.top < cut),
            fields=tuple(each for each in self.fields if each.top < cut),
            cuts=(),
        )
        below = replace(
            self,
            height=self.height - cut,
            texts=tuple(each for each in self.texts if each.baseline >= cut),
            boxes=tuple(each for each in self.boxes if each.top >= cut),
            fields=tuple(each for each in self.fields if each.top >= cut),
            cuts=tuple(each - cut for each in self.cuts if each > cut),
        )
        return above, below.moved(0.0, -cut)

    def moved(self, right: float, down: float) -> FixedBlock:
        """Return it as it stands at another place, further right and further down."""
        return replace(
            self,
            texts=tuple(
                replace(text, left=text.left + right, baseline=text.baseline + down)
                for text in self.texts
            ),
            boxes=tuple(_moved(self.boxes, right, down)),
            fields=tuple(_moved(self.fields, right, down)),
            pictures=tuple(_moved(self.pictures, right, down)),
        )


Placed = TypeVar("Placed", Box, Field, Shown)


def _moved(several: Iterable[Placed], right: float, down: float) -> Iterator[Placed]:
    return (replace(each, left=each.left + right, top=each.top + down) for each in several)


Block = ParagraphBlock | TableBlock | FixedBlock
