"""Blocks → pages, by Word's rules: two lines at least at the foot and at the head of a page,
what is kept with the next stands on its page, rows are whole, heads of tables are repeated.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.layout.blocks import Block, CellBlock, FixedBlock, ParagraphBlock, RowBlock, TableBlock
from vanban.layout.pages import Box, Field, Mark, Page, Shown, Text
from vanban.ooxml.word_file import PageSetup

WIDOWS = ORPHANS = 2
"""Lines of a paragraph that stand together at the head and at the foot of a page."""

HAIR = 1e-6
FOOT_OF_CELL = 0.25
"""pt that LibreOffice 7.4 asks for below the last line of a cell before it splits a row."""


class _Sheet(Struct):
    texts: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)


def fill_pages(blocks: Sequence[Block], size: PageSetup) -> list[Page]:
    """Return the pages that ``blocks`` take; the first bears no number (Annex I, II.7.b).

    What is kept together and higher than a page begins one, and is ``loose``: it fills its pages.
    """
    flow, kept, loose = _Flow(size), False, False
    for place, block in enumerate(blocks):
        if not kept or isinstance(block, FixedBlock):
            least = _least(blocks, place, size)
            loose = least > size.text_height + HAIR
            if flow.used and not flow.has_room(least):
                flow.next_page()
        kept = not isinstance(block, TableBlock) and block.keep_next
        match block:
            case ParagraphBlock():
                flow.paragraph(block)
            case TableBlock():
                flow.table(block, _behind(blocks, place, size), loose)
            case FixedBlock():
                flow.fixed(block)
    return [
        Page(
            size.width,
            size.height,
            0 if number == 1 else number,
            tuple(sheet.texts),
            tuple(sheet.boxes),
            tuple(sheet.marks),
            tuple(sheet.fields),
            tuple(sheet.pictures),
        )
        for number, sheet in enumerate(flow.sheets, 1)
    ]


def _least(blocks: Sequence[Block], place: int, size: PageSetup) -> float:
    """Return the height that must be left for the block at ``place`` to begin on a page.

    What is kept with the next needs room for itself and for the beginning of that.
    """
    needed = 0.0
    for number, block in enumerate(blocks[place:]):
        match block:
            case ParagraphBlock(keep_next=True) | FixedBlock(keep_next=True):
                needed += block.height
            case ParagraphBlock():
                return needed + block.style.before + _first_lines(block) * block.style.pitch
            case TableBlock():
                behind = _behind(blocks, place + number, size)
                least = next(iter(_least_of_rows(block, size, behind)), 0.0)
                border = 0.0 if block.is_whole else block.border  # see _Flow.table
                return needed + block.head_height + least + border
            case FixedBlock():
                return needed + block.height
    return needed


def _behind(blocks: Sequence[Block], place: int, size: PageSetup) -> float:
    """Return the height that must be left below the last row of the table at ``place``."""
    table = blocks[place]
    if not isinstance(table, TableBlock) or not table.rows or not table.rows[-1].keep_next:
        return 0.0
    return _least(blocks, place + 1, size)


def _least_of_rows(table: TableBlock, size: PageSetup, behind: float) -> list[float]:
    """Return for every row the height that must be left for it to begin on a page.

    The last may be kept with so much of what stands ``behind`` the table.
    Rows that are kept with the next and higher together than a page are not kept; the first ones
    are, and what is kept with them then begins a page.
    """
    least, whole = list[float](), behind
    for row in reversed(table.rows):
        height = table.row_height(row, 1 if row.may_split else None)
        kept = height + (least[-1] if least else behind) if row.keep_next else height
        whole = height + whole if row.keep_next else height
        least.append(kept if kept <= size.text_height - table.head_height else height)
    return [whole, *least[-2::-1]][: len(least)]


def _first_lines(block: ParagraphBlock) -> int:
    """Return how many lines of a paragraph must stand on the page where it begins."""
    count = len(block.lines)
    return count if block.keep_lines or count < ORPHANS + WIDOWS else ORPHANS


class _Flow:
    def __init__(self, size: PageSetup) -> None:
        self.size = size
        self.sheets = [_Sheet()]
        self.used = 0.0
        """Of the text's height on the last page."""

    @property
    def top(self) -> float:
        return self.size.top + self.used

    @property
    def left(self) -> float:
        return self.size.text_height - self.used

    def has_room(self, height: float) -> bool:
        return height <= self.left + HAIR

    def next_page(self) -> None:
        self.sheets.append(_Sheet())
        self.used = 0.0

    def fixed(self, block: FixedBlock) -> None:
        while not self.has_room(block.height):
            parts = block.parted(self.left + HAIR)
            if parts is None:
                break
            self.put(parts[0])
            self.next_page()
            block = parts[1]
        self.put(block)

    def put(self, block: FixedBlock) -> None:
        sheet, left, top = self.sheets[-1], self.size.left, self.top
        moved = block.moved(left, top)
        sheet.texts += moved.texts
        sheet.boxes += moved.boxes
        sheet.fields += moved.fields
        sheet.pictures += moved.pictures
        self.used += block.height

    def paragraph(self, block: ParagraphBlock) -> None:
        pitch, count, first = block.style.pitch, len(block.lines), 0
        self.used += block.style.before
        if block.mark is not None:
            self.sheets[-1].marks.append(replace(block.mark, top=self.top))
        while first < count:
            fitting = min(int((self.left + HAIR) // pitch), count - first)
            rest = count - first - fitting
            if 0 < rest < WIDOWS:
                fitting -= WIDOWS - rest
            at_head = self.used == 0 or (first == 0 and self.used == block.style.before)
            too_few = fitting < ORPHANS if rest else fitting < 1
            if (too_few or (block.keep_lines and rest)) and not at_head:
                self.next_page()
                continue
            fitting = max(fitting, 1)
            self.sheets[-1].texts += block.place(self.size.left, self.top, first, first + fitting)
            first += fitting
            self.used += fitting * pitch
            if first < count:
                self.next_page()
        self.used += block.style.after

    def table(self, block: TableBlock, behind: float, loose: bool) -> None:
        # Of one that is not parted LibreOffice asks no room for the border below it.
        border = 0.0 if self.used and block.is_whole else block.border
        begins, heads = True, block.head
        for row, least in zip(block.rows, _least_of_rows(block, self.size, behind), strict=True):
            first, loose = 0, loose and row.keep_next
            while first < row.line_count:
                if begins:
                    for head in heads:
                        self.row(block, head, 0, head.line_count)
                    begins, heads = False, tuple(head.repeated() for head in block.head)
                    fresh = True
                rest = row.line_count - first
                needed = least if row.keep_next and not loose else block.row_height(row, rest)
                if self.has_room(needed + border):
                    fitting = rest
                elif row.may_split:
                    room = self.left - sum(block.padding) - block.border - FOOT_OF_CELL
                    fitting = min(max(int((room + HAIR) // row.pitch), 0), rest)
                else:
                    fitting = 0
                if not fitting and fresh:
                    fitting = rest  # higher than a page and not to be split: it runs over the foot
                if fitting:
                    self.row(block, row, first, first + fitting)
                    first += fitting
                    fresh = False
                if first < row.line_count:
                    self.next_page()
                    begins = True
        if not block.rows:
            for head in block.head:
                self.row(block, head, 0, head.line_count)
        self.used += block.border

    def row(self, table: TableBlock, row: RowBlock, first: int, end: int) -> None:
        sheet, height = self.sheets[-1], table.row_height(row, end - first)
        for cell in row.cells:
            self.cell(table, row, cell, height, first, end)
        width = row.cells[-1].left + row.cells[-1].width - row.cells[0].left
        border, left, top = table.border, self.size.left + row.cells[0].left, self.top
        for y in (top, top + height):
            sheet.boxes.append(Box(left - border / 2, y, width + border, border))
        self.used += height

    def cell(
        self, table: TableBlock, row: RowBlock, cell: CellBlock, height: float, first: int, end: int
    ) -> None:
        sheet, border, paragraph = self.sheets[-1], table.border, cell.paragraph
        left, top = self.size.left + cell.left, self.top
        if cell.fill:
            sheet.boxes.append(Box(left, top, cell.width, height + border, cell.fill))
        for x in (left, left + cell.width):
            sheet.boxes.append(Box(x - border / 2, top, border, height + border))
        text_top = top + border + table.padding[0]
        if row.middle:
            text_top += (row.line_count - len(paragraph.lines)) * row.pitch / 2
        sheet.texts += paragraph.place(left, text_top, first, end)
