"""Paragraphs as they were typed → as they were meant.

Two sentences with a line break between are two paragraphs where a number, a dash or a full stop
says so, else one; a table of one column and a text box are text. Words and their order stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from vanban.nd30.heading_numbers import heading_number
from vanban.ooxml.word_file import Run, WordFile, WordParagraph

_BULLET = re.compile(r"[-–—+•*]\s")
_ENDS = (".", ";", ":", "./.")


def healed(word: WordFile) -> WordFile:
    """Return the file with paragraphs as they were meant."""
    layout = set(_layout_tables(word.paragraphs))
    found: list[WordParagraph] = []
    for paragraph in word.paragraphs:
        if paragraph.cell is not None and paragraph.cell.table in layout:
            paragraph = replace(paragraph, cell=None)
        found += _parted(replace(paragraph, box=False))
    return replace(word, paragraphs=tuple(found))


def _layout_tables(paragraphs: Iterable[WordParagraph]) -> Iterator[int]:
    """Yield the tables that have one column only."""
    columns: dict[int, set[int]] = defaultdict(set)
    for each in paragraphs:
        if each.cell is not None:
            columns[each.cell.table].add(each.cell.column)
    return (table for table, found in columns.items() if len(found) == 1)


def _parted(paragraph: WordParagraph) -> Iterator[WordParagraph]:
    """Yield the paragraphs that one with line breaks is meant to be."""
    if "\n" not in paragraph.text or paragraph.cell or paragraph.format.align == "center":
        yield paragraph
        return
    start = 0
    for break_ in re.finditer(r"\n+", paragraph.text):
        if begins_anew(paragraph.text[start : break_.start()], paragraph.text[break_.end() :]):
            yield _stretch(paragraph, start, break_.start())
            start = break_.end()
    yield _stretch(paragraph, start, len(paragraph.text))


def begins_anew(before: str, after: str) -> bool:
    """Say whether a new paragraph begins between two lines."""
    before, after = before.rstrip(), after.lstrip(" \t")
    if not before or not after:
        return True
    if heading_number(after) is not None or _BULLET.match(after):
        return True
    if _is_title(before) != _is_title(after.partition("\n")[0]):
        return True
    return before.endswith(_ENDS) and not after[0].islower()


def _is_title(line: str) -> bool:
    """Say whether a line is in capitals; a last line "TTHC." is none."""
    return line.isupper() and len(line.split()) > 1


def _stretch(paragraph: WordParagraph, start: int, end: int) -> WordParagraph:
    """Return a part of a paragraph; a line break that is left in it becomes a blank."""
    text = paragraph.text[start:end].replace("\n", " ")
    runs = tuple(
        Run(max(run.start, start) - start, min(run.end, end) - start, run.format)
        for run in paragraph.runs
        if run.start < end and start < run.end
    )
    return replace(
        paragraph,
        text=text,
        label=paragraph.label if start == 0 else "",
        runs=runs,
        number=paragraph.number if text.strip() else 0,
    )
