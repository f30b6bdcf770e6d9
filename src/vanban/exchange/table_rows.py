"""Rows of a table of criteria: codes, points and words of each, and what is wrong with them.

Shared by what makes a monitored set of a table and what makes the set of the self-assessment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.errors import Place, Problem
from vanban.exchange.criteria_columns import COLUMNS
from vanban.exchange.rule_texts import Keys
from vanban.exchange.table_file import Cell, Table
from vanban.nd30.numbers import NumberError, parse_amount
from vanban.scoring.calculation import PLACES

CODE = re.compile(r"[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,8}){0,5}")


class Imported(Struct, frozen=True):
    """The text of the set, "" where ``mistakes`` stand in the way.

    ``unclear`` are rows whose rule was not understood, ``notes`` what else should be looked at;
    ``summary`` has a line a row, ``places`` the cell with the points of each code.
    """

    text: str
    name: str
    mistakes: tuple[Problem, ...] = ()
    unclear: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    summary: tuple[str, ...] = ()
    row_count: int = 0
    periods: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def name_above(comments: tuple[str, ...], path: Path) -> str:
    """Return the name of the set: how the first line of comment begins."""
    if not comments:
        return path.stem
    first = re.split(r"(?<=\)), |; |\. ", comments[0], maxsplit=1)[0]
    return first.strip(" .")


class TableRows(Struct, dict=True):
    """Rows of a table, read cell by cell; gathers what is wrong and what is not understood."""

    table: Table
    mistakes: list[Problem] = field(default_factory=list)
    unclear: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    rules: dict[str, Keys] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.column: dict[str, str] = {}
        for what, names in COLUMNS.items():
            found = [name for name in names if name in self.table.columns]
            if found:
                self.column[what] = found[0]
        for name, cell in self.table.columns.items():
            if name not in self.column.values():
                message = f"cột “{cell.text}” không dùng đến — đổi tên cột nếu cần lấy"
                self.notes.append(Problem(cell.place, "", message))

    def cell(self, row: dict[str, Cell], what: str) -> Cell:
        first = next(iter(row.values()))
        cell = row.get(self.column.get(what, ""), Cell("", first.place))
        if cell.is_number and what in ("code", "group"):  # 1.1 typed into a cell of numbers
            return replace(cell, text=cell.text.replace(",", "."))
        return cell

    def text(self, row: dict[str, Cell], what: str) -> str:
        return self.cell(row, what).text

    def wrong(self, cell: Cell, message: str) -> None:
        self.mistakes.append(Problem(cell.place, "", message))

    def is_heading(self, row: dict[str, Cell]) -> bool:
        return not any(self.text(row, each) for each in ("kind", "method", "below", "threshold"))

    def code(self, row: dict[str, Cell], codes: dict[str, Place]) -> str:
        cell = self.cell(row, "code")
        code = cell.text
        if not code:
            self.wrong(cell, "dòng này chưa có mã — điền mã, hoặc xóa dòng")
        elif re.fullmatch(r"\d+,\d+", code):
            self.wrong(
                cell, f"mã “{code}” dùng dấu phẩy — viết {code.replace(',', '.')}, ô dạng chữ"
            )
        elif not CODE.fullmatch(code):
            self.wrong(cell, f"mã “{code}” không hợp lệ — viết như 1.1, 3.5b hoặc II.1.2")
        elif code in codes:
            self.wrong(
                cell,
                f"mã “{code}” đã dùng ở {codes[code]} — đặt mã khác (trong Excel, 1.10 thành 1.1 "
                "khi ô là số: định dạng cột mã là Văn bản)",
            )
        codes.setdefault(code, cell.place)
        return code

    def points(self, row: dict[str, Cell]) -> Decimal | None:
        cell = self.cell(row, "points")
        if not cell.text:
            return None
        sign = -1 if re.match(r"[-−–]", cell.text) else 1
        try:
            points = sign * parse_amount(re.sub(r"^[-−–]\s*", "", cell.text))
        except NumberError as error:
            self.wrong(cell, str(error))
            return None
        if points != round(points, PLACES):
            self.wrong(cell, f"điểm ghi nhiều nhất {PLACES} chữ số sau dấu phẩy — sửa số này")
        return points
