"""Measures of tables: whether the row of totals adds up what stands above it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import ceil

from vanban.checks.form.measure import Found, Result, Subject, measure
from vanban.checks.form.parts import Part, whole
from vanban.nd30.letters import fold
from vanban.nd30.numbers import printed_number
from vanban.ooxml.word_file import WordParagraph

_TOTAL = re.compile(r"(TONG( CONG| SO)?|CONG)\b\W*")
_GROUP = re.compile(r"[IVX]+\.?|[A-H]\.?|\d+(\.\d+)+\.?")
"""What numbers a row that sums up those below it, or is one of several that are summed up."""

NARROW, LINE = 0.4, 1.1
"""Width of a letter at least, and height of a line, in sizes of the letters."""
SLACK = 15.0
"""pt that the padding and borders of a table stand out on both sides."""


@measure("cong-bang")
def totals(subject: Subject) -> Result:
    """The cells of totals that are not the sum of their column; shares and groups are left out."""
    wrong = [part for table in _tables(subject).values() for part in _wrong(table)]
    return Found(at=tuple(wrong))


def _tables(subject: Subject) -> dict[int, dict[int, dict[int, WordParagraph]]]:
    """Return table → row → column → the paragraph of the cell; a cell of several has none."""
    found: dict[int, dict[int, dict[int, WordParagraph]]] = defaultdict(lambda: defaultdict(dict))
    for paragraph in subject.form.word.filled:
        if paragraph.cell is not None and not paragraph.where:
            cell = paragraph.cell
            found[cell.table][cell.row].setdefault(cell.column, paragraph)
    return found


def _wrong(table: Mapping[int, Mapping[int, WordParagraph]]) -> Iterator[Part]:
    rows = [dict(sorted(table[row].items())) for row in sorted(table)]
    for place, cells in enumerate(rows):
        above = rows[:place]
        if not _TOTAL.fullmatch(_name(cells)) or any(map(_sums_up, above)):
            continue
        for column, paragraph in cells.items():
            total = _number(paragraph.text)
            parts = [_number(row[column].text) for row in above if column in row]
            numbers = [each for each in parts if each is not None]
            if total is None or len(numbers) < 2 or len(numbers) < len(above) - 2:
                continue
            if sum(numbers) != total and sum(numbers[1:]) != total:  # the first may number columns
                yield whole(paragraph)


def _name(row: Mapping[int, WordParagraph]) -> str:
    """Return the first words of a row, folded."""
    named = (each.text for each in row.values() if re.search(r"[^\W\d]", each.text))
    return fold(next(named, "")).strip()


def _sums_up(row: Mapping[int, WordParagraph]) -> bool:
    """Say whether a row may hold the sum of others: a group, a part of one, a sum between."""
    first = next((each.text.strip() for each in row.values()), "")
    return _GROUP.fullmatch(first) is not None or _name(row).startswith(("CONG ", "TONG "))


def _number(text: str) -> Decimal | None:
    """Return a plain number; a share, a date or words are none."""
    text = text.strip()
    return printed_number(text) if re.fullmatch(r"\d{1,3}(\.\d{3})+|\d+(,\d+)?", text) else None


@measure("hang-cao-co-dinh")
def cut_rows(subject: Subject) -> Result:
    """The cells whose text surely takes more lines than their row of a fixed height shows."""
    return Found(at=tuple(whole(each) for each in subject.form.word.filled if _is_cut(each)))


def _is_cut(paragraph: WordParagraph) -> bool:
    cell = paragraph.cell
    if cell is None or not (cell.height and cell.width):
        return False
    letters = paragraph.size * NARROW * len(paragraph.text.strip())
    lines = max(ceil(letters / cell.width), 1)
    return lines * paragraph.size * LINE > cell.height + 1


@measure("bang-rong")
def wide_tables(subject: Subject) -> Result:
    """The first cell of each table that is wider than the text of its page.

    Those of the head and the signature are looked at where lines are measured.
    """
    found: dict[int, Part] = {}
    placed = subject.form.components.component_of
    for paragraph in subject.form.word.filled:
        cell, section = paragraph.cell, subject.form.word.sections[paragraph.section]
        if (
            paragraph not in placed
            and cell is not None
            and cell.table_width > section.text_width + SLACK
        ):
            found.setdefault(cell.table, whole(paragraph))
    return Found(at=tuple(found.values()))
