"""A table of tasks: columns known by the words of their heads, a row a task."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from vanban.checks.form.parts import Part, whole
from vanban.exchange.word_import.ledger import Ledger
from vanban.exchange.word_import.task_lines import Details, read_day
from vanban.nd30.letters import fold
from vanban.ooxml.word_file import WordParagraph

if TYPE_CHECKING:
    from vanban.exchange.word_import.numbered_tree import Branch
    from vanban.exchange.word_import.registers import Registers

COLUMNS = (
    ("han", re.compile(r"THOI (GIAN|HAN)|TIEN DO|HOAN THANH")),
    ("phoi_hop", re.compile(r"PHOI HOP")),
    ("chu_tri", re.compile(r"CHU TRI|DON VI THUC HIEN|CO QUAN THUC HIEN|DON VI$")),
    ("san_pham", re.compile(r"SAN PHAM|KET QUA DAU RA|KET QUA$")),
    ("thu_tu", re.compile(r"^(TT|STT|SO TT)$")),
    ("noi_dung", re.compile(r"NHIEM VU|NOI DUNG|CONG VIEC|CHI TIEU")),
)
"""What a column says, by the words of its head, folded."""


class TaskRow(Struct, frozen=True):
    """A row: a task with what the other columns say of it, or a ``heading`` of those below."""

    text: str
    details: Details = field(default_factory=Details)
    heading: str = ""


def task_rows(branch: Branch, ledger: Ledger, registers: Registers) -> list[TaskRow]:
    """Return the rows of a table of tasks; none where its head names no tasks."""
    if not branch.rows:
        return []
    head = [
        next((name for name, words in COLUMNS if words.search(_folded(cell))), "")
        for cell in branch.rows[0]
    ]
    if "noi_dung" not in head or not {"chu_tri", "phoi_hop", "han", "san_pham"} & {*head}:
        return []
    ledger.printed(*(whole(each) for cell in branch.rows[0] for each in cell))
    return [row for cells in branch.rows[1:] if (row := _row(cells, head, ledger, registers))]


def _row(
    cells: list[list[WordParagraph]], head: list[str], ledger: Ledger, registers: Registers
) -> TaskRow | None:
    filled = {name: cell for name, cell in zip(head, cells, strict=False) if name and cell}
    numbers = [whole(each) for each in filled.pop("thu_tu", [])]
    for part in numbers:
        ledger.number(part)
    alone = [cell for cell in cells if cell and not _is_number(cell)]
    if len(alone) == 1:
        return TaskRow("", heading=_title(alone[0], ledger))
    text = ledger.value(*(whole(each) for each in filled.get("noi_dung", [])))
    if not text:
        return None
    details = Details()
    for name, cell in filled.items():
        parts = tuple(whole(each) for each in cell)
        said = " ".join(part.text.strip() for part in parts)
        match name:
            case "chu_tri":
                details["chu_tri"] = registers.units(said)
            case "phoi_hop":
                details["phoi_hop"] = registers.units(said)
            case "han" if (day := read_day(said)) is not None:
                details["han"] = day
            case "san_pham":
                details["san_pham"] = ledger.value(*parts)
                continue
        if name != "noi_dung":
            ledger.printed(*parts)
    return TaskRow(text, details)


def _title(cell: list[WordParagraph], ledger: Ledger) -> str:
    """Take the title of a group of rows without its number: "I. Cải cách thể chế"."""
    first = whole(cell[0])
    number = re.match(r"\s*(?:[IVX]+|\d+|[A-H])\s*[.)]\s*", first.text)
    if number is not None:
        ledger.number(Part(first.paragraph, first.start, first.start + number.end()))
        first = Part(first.paragraph, first.start + number.end(), first.end)
    return ledger.value(first, *map(whole, cell[1:]))


def _is_number(cell: list[WordParagraph]) -> bool:
    text = " ".join(each.text for each in cell).strip()
    return re.fullmatch(r"\d{1,3}(\.\d+)*[.)]?|[IVXL]{1,5}[.)]?|[a-zđ][.)]?", text) is not None


def _folded(cell: list[WordParagraph]) -> str:
    return fold(" ".join(each.text for each in cell))
