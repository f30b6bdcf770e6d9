"""The saved values of a workbook's cells, from its parts (ISO/IEC 29500-1, 18).

In: a package that was opened and bounded. Out: a :class:`SheetCells` a worksheet. Formulas are not
computed: their saved values are taken. openpyxl gives the rules of dates; to build its objects of
every cell and style would take five times as long, and files of other programs often lack what it
asks for.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from itertools import product

from msgspec import Struct, field

from vanban.ooxml.markup import OFFICE, Element
from vanban.ooxml.package import Package, UnreadableOffice

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAX_ROWS, MAX_COLUMNS = 5_000, 60
"""Cells beyond are not taken; a form has 200 rows and 12 columns, a table of criteria 100 rows."""

Cell = tuple[int, int]
"""Row and column, from 1."""
CellValue = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta


class SheetCells(Struct, frozen=True):
    """Values by place, places of formulas, and of cells joined over several rows their range.

    ``percents`` are the cells that are shown as a percentage, ``errors`` those whose value is the
    name of an error (#REF!); ``beyond`` is the first filled cell below the rows that were taken.
    """

    name: str
    values: Mapping[Cell, CellValue]
    formulas: frozenset[Cell] = frozenset()
    joined: Mapping[Cell, str] = field(default_factory=dict)
    percents: frozenset[Cell] = frozenset()
    errors: frozenset[Cell] = frozenset()
    beyond: Cell | None = None


def sheets_of(package: Package, most_rows: int = MAX_ROWS) -> Iterator[SheetCells]:
    """Yield the worksheets in their order; raises UnreadableOffice where one is damaged.

    Cells below ``most_rows`` are not taken.
    """
    workbook = package.root(package.main)
    if workbook is None or workbook.tag != f"{SHEET}workbook":
        raise UnreadableOffice("không phải tệp Excel — mở bằng Excel, lưu lại thành .xlsx")
    relations = {each.id: each for each in package.relations(package.main)}
    strings = [
        _text(item)
        for root in package.related(package.main, "sharedStrings")
        for item in root.iter(f"{SHEET}si")
    ]
    looks = _looks(package)
    since_1904 = any(
        each.get("date1904") in ("1", "true") for each in workbook.iter(f"{SHEET}workbookPr")
    )
    reader = _Reader(strings, looks, since_1904, most_rows)
    for sheet in workbook.iter(f"{SHEET}sheet"):
        relation = relations.get(sheet.get(f"{{{OFFICE}}}id", ""))
        root = package.root(relation.part) if relation is not None else None
        if root is not None and root.tag == f"{SHEET}worksheet":
            try:
                yield reader.sheet(str(sheet.get("name")), root)
            except (ValueError, LookupError, ArithmeticError) as error:
                message = "tệp bị hỏng bên trong — mở bằng Excel, lưu lại rồi gửi lại"
                raise UnreadableOffice(message) from error


def _text(item: Element) -> str:
    """Return a shared or inline string: its runs, without phonetic hints."""
    texts = (each for each in item.iter(f"{SHEET}t") if _parent_tag(each) != f"{SHEET}rPh")
    return "".join(each.text or "" for each in texts)


def _parent_tag(element: Element) -> str:
    parent = element.getparent()
    return str(parent.tag) if parent is not None else ""


class _Looks(Struct, frozen=True):
    """The numbers of the cell formats that show a date or time, and a percentage."""

    dates: frozenset[str]
    percents: frozenset[str]


def _looks(package: Package) -> _Looks:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    codes: dict[str, str | None] = {}
    for root in package.related(package.main, "styles"):
        own = {
            str(each.get("numFmtId")): str(each.get("formatCode"))
            for each in root.iter(f"{SHEET}numFmt")
        }
        formats = root.find(f"{SHEET}cellXfs")
        for number, each in enumerate(formats if formats is not None else ()):
            code = each.get("numFmtId", "0")
            built_in = BUILTIN_FORMATS.get(int(code)) if code.isdecimal() else None
            codes[str(number)] = own.get(code, built_in)
    return _Looks(
        frozenset(number for number, code in codes.items() if is_date_format(code)),
        frozenset(number for number, code in codes.items() if "%" in (code or "")),
    )


class _Reader(Struct, frozen=True):
    strings: list[str]
    looks: _Looks
    since_1904: bool
    most_rows: int

    def sheet(self, name: str, root: Element) -> SheetCells:
        values: dict[Cell, CellValue] = {}
        formulas: set[Cell] = set()
        percents: set[Cell] = set()
        errors: set[Cell] = set()
        row, beyond = 0, None
        for line in root.iter(f"{SHEET}row"):
            row, column = int(line.get("r", row + 1)), 0
            for cell in line.iter(f"{SHEET}c"):
                column = _column(cell.get("r", "")) or column + 1
                if column > MAX_COLUMNS:
                    break
                value = self._value(cell)
                is_filled = value is not None and value != ""
                if row > self.most_rows:
                    beyond = beyond or ((row, column) if is_filled else None)
                    continue
                if cell.find(f"{SHEET}f") is not None:
                    formulas.add((row, column))
                if value is not None and is_filled:
                    values[row, column] = value
                if cell.get("s", "0") in self.looks.percents:
                    percents.add((row, column))
                if cell.get("t") == "e":
                    errors.add((row, column))
            if beyond is not None:
                break
        return SheetCells(
            name,
            values,
            frozenset(formulas),
            _joined(root),
            frozenset(percents),
            frozenset(errors),
            beyond,
        )

    def _value(self, cell: Element) -> CellValue | None:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        saved = cell.find(f"{SHEET}v")
        text = saved.text if saved is not None else None
        if text is None:
            return None
        match kind:
            case "s":
                return self.strings[int(text)]
            case "str" | "e":
                return text
            case "b":
                return text.strip() in ("1", "true")
            case "d":
                return datetime.datetime.fromisoformat(text)
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(f"no number: {text}")
        if cell.get("s", "0") in self.looks.dates:
            return self._date(number)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _date(self, number: float) -> CellValue:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        epoch = CALENDAR_MAC_1904 if self.since_1904 else CALENDAR_WINDOWS_1900
        found = from_excel(number, epoch)
        return number if found is None else found


def _column(name: str) -> int:
    """Return the column of "AB12", 0 where there is no name."""
    found = 0
    for letter in name:
        if not "A" <= letter <= "Z":
            break
        found = found * 26 + ord(letter) - 64
    return found


def _joined(root: Element) -> dict[Cell, str]:
    """Return the range of every joined cell; raises ValueError where ranges lie on one another."""
    from openpyxl.utils import range_boundaries

    joined: dict[Cell, str] = {}
    room = MAX_ROWS * MAX_COLUMNS
    for each in root.iter(f"{SHEET}mergeCell"):
        name = str(each.get("ref"))
        left, top, right, bottom = (number or 1 for number in range_boundaries(name))
        if top == bottom:
            continue
        rows = range(top, min(bottom, MAX_ROWS) + 1)
        columns = range(left, min(right, MAX_COLUMNS) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            raise ValueError("more cells are joined than there are")
        joined |= dict.fromkeys(product(rows, columns), name)
    return joined
