"""Widths of columns that follow from what stands in them: a Document → the same with plain numbers.

A width of 0 says that the content decides. The rule: no column is narrower than its longest word
(or than its texts, where all are short), none wider than its longest text on one line. Where the
words do not fit side by side the widest columns give way, and break theirs; else what is left
between goes to each column by the share of the table's height that it causes, and then moves
between two columns as long as that spares lines. So the table is short. One with such a column is
as wide as the text. Widths are mm, in steps of :data:`STEP`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import ceil

from msgspec.structs import replace

from vanban.document import Annex, Block, Document, Row, Runs, StyleId, Table, text_of
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import Frame, ParagraphStyle
from vanban.layout.lines import CELL_DOUBT, Measure, parts_of_word
from vanban.layout.measures import PT_PER_MM
from vanban.line_ends import MAY_BREAK

STEP = 0.5
"""mm; the widths are multiples of it."""

ROUNDS = 12
"""Steps towards the shortest table; after so many none moves by more than a step any more."""

STEEPNESS = 6
"""How far the tallest cell of a row counts more than the second: as the power of their heights."""

SAMPLE = 100
"""Rows that are weighed, evenly picked, so that long tables take no longer."""

SHORT = 1 / 9
"""Of the width of the text: a column without a longer text breaks none, if there is room."""

ROOM = 0.8
"""Of the width of the text, for columns at their least; the rest is for long texts."""

MOVES = (1, 2, 4, 8, 16)
"""Steps that one column gives another at once."""

MOST_MOVES = 20
"""Then it is good enough."""

Extent = tuple[float, float, float, float]
"""Of a cell, pt: its longest word, the longest part of a word that may be broken, all of it, and
what stays empty at the end of a line, half a word."""

Lengths = list[tuple[float, float]]
"""The last two of the cells of a row."""


def with_widths(document: Document, frame: Frame, times: TimesFamily) -> Document:
    """Return ``document`` with a number for every width of a column."""
    setter = _Setter(frame, Measure(times))
    body = setter.blocks(document.body, frame.page.text_width)
    return replace(document, body=body, annexes=tuple(map(setter.annex, document.annexes)))


class _Setter:
    def __init__(self, frame: Frame, measure: Measure) -> None:
        self.frame, self.measure = frame, measure
        _, right, _, left = frame.table.padding
        self.around = left + right + CELL_DOUBT[1] - CELL_DOUBT[0]

    def annex(self, annex: Annex) -> Annex:
        page = self.frame.page.turned() if annex.landscape else self.frame.page
        return replace(annex, blocks=self.blocks(annex.blocks, page.text_width))

    def blocks(self, blocks: Iterable[Block], space: float) -> tuple[Block, ...]:
        return tuple(
            replace(block, widths=self.widths(block, space))
            if isinstance(block, Table) and not all(block.widths)
            else block
            for block in blocks
        )

    def widths(self, table: Table, space: float) -> tuple[float, ...]:
        """Return the widths of all columns; ``space`` is that of the text, pt."""
        head = [self.extents(row, StyleId.TABLE_HEAD) for row in table.head]
        body = [self.extents(row, StyleId.TABLE_CELL) for row in table.rows]
        free = [column for column, width in enumerate(table.widths) if not width]
        whole, broken, most, bodies = (
            [
                max((row[column][which] for row in rows if column in row), default=0) + self.around
                for column in free
            ]
            for which, rows in ((0, head + body), (1, head + body), (2, head + body), (2, body))
        )
        step = STEP * PT_PER_MM
        left = int((space - sum(table.widths) * PT_PER_MM) / step) * step
        least = broken
        for share, room in ((SHORT, ROOM), (0, 1)):
            tried = [
                max(word, text) if text <= share * space else word
                for word, text in zip(whole, bodies, strict=True)
            ]
            if sum(tried) + len(free) * step <= room * left:
                least = tried
                break
        rows = [
            [row[column][2:] if column in row else (0.0, 0.0) for column in free]
            for row in head + body
        ]
        picked = _picked(rows)
        smallest = [ceil(round(width / step, 6)) for width in least]
        if sum(smallest) * step >= left:
            shares = _narrowed(smallest, round(left / step))
        else:
            widths = _shares(picked, least, most, left, self.around)
            shares = _rounded(widths, smallest, left, step)
            shares = _moved(picked, shares, smallest, step, self.around)
        found = dict(zip(free, (count * STEP for count in shares), strict=True))
        return tuple(found.get(column, width) for column, width in enumerate(table.widths))

    def extents(self, row: Row, style_id: StyleId) -> dict[int, Extent]:
        """Return the extent of each cell that takes one column."""
        style, found, column = self.frame.styles[style_id], dict[int, Extent](), 0
        for cell in row.cells:
            if cell.columns == 1:
                found[column] = self.extent(cell.runs, style)
            column += cell.columns
        return found

    def extent(self, runs: Runs, style: ParagraphStyle) -> Extent:
        bold = style.bold or any(run.bold for run in runs)
        italic = style.italic or any(run.italic for run in runs)
        width, size = self.measure.width, style.size
        words = text_of(runs).replace(MAY_BREAK, " ").split(" ")
        widths = [width(word, bold, italic) for word in words]
        whole = max(widths)
        broken = max(
            width(part, bold, italic)
            for word in words
            for part in ((word,) if word.isalnum() else parts_of_word(word))
        )
        total = sum(widths) + (len(words) - 1) * width(" ", bold, italic)
        return whole * size, broken * size, total * size, total * size / len(words) / 2


def _narrowed(counts: Sequence[int], most: int) -> list[int]:
    """Return ``counts``, together at most ``most`` where that can be: the widest give way."""
    narrowed = [min(count, max(most, 1)) for count in counts]
    while sum(narrowed) > most and max(narrowed) > 1:
        narrowed[narrowed.index(max(narrowed))] -= 1
    return narrowed


def _shares(
    rows: Sequence[Lengths],
    least: Sequence[float],
    most: Sequence[float],
    space: float,
    around: float,
) -> list[float]:
    """Return the widths with which ``rows`` of texts so long are low; together ``space``.

    At the shortest table every column causes as much of its height a pt as any other.
    """
    if sum(most) <= space:
        return [width * space / sum(most) for width in most]
    widths = _between(most, least, most, space)
    for _ in range(ROUNDS):
        caused = [0.0] * len(widths)
        for row in rows:
            lines = [_lines(*cell, width - around) for cell, width in zip(row, widths, strict=True)]
            tallest = max(lines)
            if tallest <= 1:
                continue
            powers = [(each / tallest) ** STEEPNESS for each in lines]
            together = sum(powers)
            for column, power in enumerate(powers):
                caused[column] += _weight(tallest) * power / together
        wanted = _between(caused, least, most, space)
        widths = [(one * two) ** 0.5 for one, two in zip(widths, wanted, strict=True)]
    return _between(widths, least, most, space)


def _between(
    weights: Sequence[float], least: Sequence[float], most: Sequence[float], space: float
) -> list[float]:
    """Return widths in proportion to ``weights`` within their bounds, together ``space``."""

    bounds = tuple(zip(weights, least, most, strict=True))

    def widths(scale: float) -> list[float]:
        return [min(max(scale * weight, low), high) for weight, low, high in bounds]

    low, high = 0.0, 1.0
    while sum(widths(high)) < space and high < 1e9:
        high *= 2
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) < space else (low, middle)
    return widths(high)


def _rounded(widths: Sequence[float], least: Sequence[int], space: float, step: float) -> list[int]:
    """Return ``widths`` in steps, rounded up; those that are farthest above their least give."""
    counts = [ceil(round(width / step, 6)) for width in widths]
    while extra := sum(counts) - round(space / step):
        above = [count - few for count, few in zip(counts, least, strict=True)]
        counts[above.index(max(above))] -= 1 if extra > 0 else -1
    return counts


def _lines(length: float, empty: float, width: float) -> float:
    """Return how many lines a text takes, about; one that fits takes a part of it, none 0."""
    if not length:
        return 0.0
    return length / width if length <= width else max(length / (width - empty), 1.001)


def _weight(lines: float) -> float:
    """Return how much a row of so many lines counts: of equal sums, a tall one more than two."""
    return float(lines**1.2)


def _picked(rows: Sequence[Lengths]) -> Sequence[Lengths]:
    """Return the rows to weigh, those with the longest texts among them."""
    if len(rows) <= SAMPLE:
        return rows
    longest = sorted(rows, key=max, reverse=True)[: SAMPLE // 5]
    return [*longest, *rows[:: ceil(len(rows) / SAMPLE)]]


def _moved(
    rows: Sequence[Lengths], counts: list[int], least: Sequence[int], step: float, around: float
) -> list[int]:
    """Move steps from column to column while the rows get lower."""
    columns = range(len(counts))
    weights = _Weights()

    @cache
    def lines(column: int, count: int) -> list[int]:
        width = count * step - around
        return [ceil(_lines(*row[column], width)) for row in rows]

    def spared(column: int, move: int) -> float:
        """Return what the rows get lower in which this column alone is the tallest."""
        cells = lines(column, counts[column] + move)
        return sum(
            weights[height] - weights[max(second, cells[row])]
            for row, height, second in alone[column]
        )

    def lost(column: int, move: int) -> float:
        cells = lines(column, counts[column] - move)
        return sum(
            weights[cell] - weights[height]
            for height, cell in zip(heights, cells, strict=True)
            if cell > height
        )

    now = [lines(column, counts[column]) for column in columns]
    for _ in range(MOST_MOVES):
        heights = [max(cells) for cells in zip(*now, strict=True)]
        alone = _tallest_alone(now)
        best = (0.0, 0, 0, 0)
        for move in MOVES:
            gains = [spared(column, move) for column in columns]
            for giver in columns:
                if counts[giver] - move < least[giver]:
                    continue
                loss = lost(giver, move)
                for taker in columns:
                    if taker != giver and gains[taker] - loss > best[0]:
                        best = (gains[taker] - loss, move, giver, taker)
        gain, move, giver, taker = best
        if gain <= 0:
            break
        counts = [
            count + move * ((column == taker) - (column == giver))
            for column, count in enumerate(counts)
        ]
        now = [lines(column, counts[column]) for column in columns]
        if sum(weights[max(cells)] for cells in zip(*now, strict=True)) >= sum(
            weights[height] for height in heights
        ):
            break
    return counts


def _tallest_alone(columns: Sequence[Sequence[int]]) -> list[list[tuple[int, int, int]]]:
    """Return, for each column, the rows in which it alone is the tallest.

    Of each row its number, its height and the next height.
    """
    found: list[list[tuple[int, int, int]]] = [[] for _ in columns]
    for row, cells in enumerate(zip(*columns, strict=True)):
        second, height = sorted((0, *cells))[-2:]
        if second < height:
            found[cells.index(height)].append((row, height, second))
    return found


class _Weights(dict[int, float]):
    """The weight of each number of lines, worked out once."""

    def __missing__(self, lines: int) -> float:
        self[lines] = weight = _weight(lines)
        return weight
