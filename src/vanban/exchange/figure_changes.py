"""Which figures, dates and levels of targets a redline changes: the list on top of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from vanban.document import Document, Heading, Paragraph, Row, Run, Table
from vanban.line_ends import plain
from vanban.provenance import Change, changes_in, traced

_LAST_WORDS = re.compile(r"(?:\S+\s+){0,8}\S*$")
_FIRST_WORDS = re.compile(r"\S*(?:\s+\S+){0,4}")
"""What is shown before and behind a changed figure."""


class FigureChange(Struct, frozen=True):
    """A place with a figure that changed: under which heading, and the words before and now."""

    where: str
    old: str
    new: str


def figure_changes(redline: Document) -> tuple[FigureChange, ...]:
    """Return every changed stretch of ``redline`` with a digit in it, in the order of its text.

    What was only moved has not changed.
    """
    return tuple(_changes(redline))


def comment_lines(changes: Iterable[FigureChange]) -> list[str]:
    """Return the list as lines of text: a place, then what it said and what it says."""
    lines = ["Số liệu, mức chỉ tiêu, ngày tháng đã thay đổi:"]
    for each in changes:
        lines += [f"{each.where}:", f"– trước: {each.old or '(không có)'}"]
        lines += [f"– nay: {each.new or '(bỏ)'}"]
    return lines if len(lines) > 1 else ["Không có số liệu nào thay đổi."]


def _changes(redline: Document) -> Iterator[FigureChange]:
    header = redline.header
    for text in (header.number, header.place_date, header.abstract, header.subject):
        yield from _in_text("Phần đầu", text)
    where = ""
    for block in (*redline.body, *(block for annex in redline.annexes for block in annex.blocks)):
        match block:
            case Heading():
                where = plain(block.text.replace("\n", ". "))
                yield from _in_text(where, traced(block.label, " ", *_texts(block.title)))
            case Paragraph():
                yield from _in_text(where, traced(*_texts(block.runs)))
            case Table():
                for row in (*block.head, *block.rows):
                    yield from _in_row(row)


def _texts(runs: Iterable[Run]) -> Iterator[str]:
    return (run.text for run in runs)


def _in_row(row: Row) -> Iterator[FigureChange]:
    """Yield the changes of a row, which is called by its first cell that is more than a number."""
    names = (_now(traced(*_texts(cell.runs))) for cell in row.cells)
    name = next((name for name in names if sum(map(str.isalpha, name)) > 2), "")
    for cell in row.cells:
        yield from _in_text(name, traced(*_texts(cell.runs)))


def _now(text: str) -> str:
    """Return what a text says now, of what is gone as a whole what it said."""
    return (plain(_side(text, gone=False)) or plain(text)).strip()


def _in_text(where: str, text: str) -> Iterator[FigureChange]:
    """Yield what changed together: stretches with nothing between them."""
    stretches = changes_in(text)
    at = 0
    while at < len(stretches):
        group = []
        while at < len(stretches) and stretches[at][2] is not None:
            group.append(stretches[at])
            at += 1
        at += 1
        edited = [each for each in group if each[2] is not None and not each[2].number]
        if any(sign.isdigit() for start, end, _ in edited for sign in text[start:end]):
            yield _told(where, text, edited)


def _told(where: str, text: str, group: list[tuple[int, int, Change | None]]) -> FigureChange:
    before = _LAST_WORDS.search(_side(text[: group[0][0]], gone=None))
    after = _FIRST_WORDS.match(_side(text[group[-1][1] :], gone=None))
    assert before is not None and after is not None
    whole = text[group[0][0] : group[-1][1]]
    sides = (_side(whole, gone) for gone in (True, False))
    old, new = (plain(before[0] + side + after[0]).strip() if side else "" for side in sides)
    return FigureChange(where, old, new)


def _side(text: str, gone: bool | None) -> str:
    """Return the words of one side of ``text``; with None those that both have."""
    found = changes_in(text) or [(0, len(text), None)]
    kept = (
        str(text)[start:end]
        for start, end, change in found
        if change is None or (gone is not None and change.step.is_gone is gone)
    )
    return "".join(kept)
