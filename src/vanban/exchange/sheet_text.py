"""The text of a workbook as passages, a cell each, for the rules of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vanban.checks.writing import Passage, Role, Writing
from vanban.errors import Place
from vanban.exchange.sheet_cells import sheets_of
from vanban.ooxml.package import Package


def writing_of_workbook(data: bytes, file: Path) -> Writing:
    """Read the words of all worksheets; raises UnreadableOffice where it is no workbook."""
    return Writing(file.name, tuple(_passages(data, file)))


def _passages(data: bytes, file: Path) -> Iterator[Passage]:
    from openpyxl.utils import get_column_letter

    number = 0
    for sheet in sheets_of(Package(data)):
        for (row, column), value in sorted(sheet.values.items()):
            lines = value.splitlines() if isinstance(value, str) else ()
            for line in lines:
                if any(sign.isalpha() for sign in line):
                    number += 1
                    where = f"trang tính {sheet.name}, ô {get_column_letter(column)}{row}"
                    yield Passage(line.strip(), Role.CELL, number, Place(file), part=where)
