"""A table that somebody typed, as a file of tab-separated text or as .xlsx → rows of texts.

In: the bytes of the file. Out: :class:`Table`: lines of comment above the head, names of columns,
rows of cells that know where they stand (file:row:column, file!sheet!cell). Nothing in the file is
run: of a formula the saved value is taken and told, macros are not looked at. Numbers of a sheet
become text as officials type it (1,5).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from vanban.errors import ContentError, Place, Problem
from vanban.exchange.sheet_cells import MAX_ROWS, CellValue, SheetCells, sheets_of
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.io.text import NotText, read_text
from vanban.nd30.numbers import format_typed
from vanban.ooxml.package import Package, UnreadableOffice
from vanban.workspace.folder import refusal, shown_path
from vanban.workspace.models.allowed_characters import check_text

MAX_BYTES, MAX_UNPACKED = 20_000_000, 50_000_000
"""Bytes of a workbook; one with a table of 500 rows and a picture has 200 kB."""
COMMENT = "#"
"""Begins a line above the head that tells where the table comes from."""


class Cell(Struct, frozen=True):
    """The text of one cell, blanks joined, and where it stands; whether a sheet has a number."""

    text: str
    place: Place
    is_number: bool = False


class Table(Struct, frozen=True):
    """``comments`` are the lines above the head; each row has a cell a column that it fills.

    ``columns`` are the names in the head as typed, by the name that :func:`plain_name` makes.
    """

    comments: tuple[str, ...]
    columns: dict[str, Cell]
    rows: tuple[dict[str, Cell], ...]
    notes: tuple[Problem, ...] = ()


def plain_name(text: str) -> str:
    """Return a name without marks and capitals: "Điểm tối đa" is "diem_toi_da"."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\u0300-\u036f]", "", bare)).strip("_")


class Head(Struct, frozen=True):
    """What the head of a table is known by: its plain names; ``lacking`` is said where none is."""

    knows: Callable[[set[str]], bool]
    lacking: str


def read_table(path: Path, head: Head) -> Table:
    """Read the table of ``path`` from its head on.

    Raises ContentError where the file is no table, has no such row, or cannot be read.
    """
    kind = path.suffix.lower()
    reader = _READERS.get(kind)
    if reader is None:
        message = (
            "tệp .xls kiểu cũ không đọc được — mở bằng Excel, lưu lại thành .xlsx"
            if kind == ".xls"
            else "chỉ đọc được .xlsx và .tsv (các cột cách nhau bằng phím Tab) — lưu lại thành một "
            "trong hai"
        )
        raise refusal(path, message)
    try:
        return reader(path, head)
    except OSError as error:
        message = f"không đọc được: {reason_of(error)} — xem lại tệp, quyền đọc"
        raise refusal(path, message) from error


Line = Sequence[Cell]


def table_of(lines: Iterator[Line], head: Head, notes: Iterable[Problem] = ()) -> Table | None:
    """Return the table that begins with the first of ``lines`` that is a head; None for none."""
    comments: list[str] = []
    columns: dict[str, Cell] | None = None
    names: list[str] = []
    rows: list[dict[str, Cell]] = []
    for line in lines:
        filled = [cell for cell in line if cell.text]
        if not filled:
            continue
        for cell in filled:
            hidden = check_text(cell.text) or _hidden(cell.text)
            if hidden is not None:
                raise ContentError.at(cell.place, hidden)
        if columns is None:
            names = [plain_name(cell.text) for cell in line]
            if head.knows(set(names)):
                columns = {}
                for name, cell in zip(names, line, strict=True):
                    if name in columns:
                        message = f"cột “{cell.text}” có hai lần — xóa bớt một cột"
                        raise ContentError.at(cell.place, message)
                    if name:
                        columns[name] = cell
            else:
                comments.append(" ".join(cell.text for cell in filled).lstrip(f"{COMMENT} "))
            continue
        beyond = [cell for cell in line[len(names) :] if cell.text]
        if beyond:
            raise ContentError.at(
                beyond[0].place,
                f"dòng này có nhiều ô hơn dòng tên cột (“{beyond[0].text}”) — xem lại các dấu Tab",
            )
        if not any(name and cell.text for name, cell in zip(names, line, strict=False)):
            raise ContentError.at(
                filled[0].place,
                f"“{filled[0].text}” ở cột không có tên — đặt tên cột, hoặc xóa ô này",
            )
        rows.append({name: cell for name, cell in zip(names, line, strict=False) if name})
        if len(rows) > MAX_ROWS:
            raise ContentError.at(line[0].place, f"bảng dài quá {MAX_ROWS} dòng — tách bớt")
    return None if columns is None else Table(tuple(comments), columns, tuple(rows), tuple(notes))


def _hidden(text: str) -> str | None:
    """Return why ``text`` cannot be taken over: a sign that nobody sees."""
    sign = next((sign for sign in text if unicodedata.category(sign).startswith("C")), None)
    if sign is None:
        return None
    return f"có ký tự điều khiển U+{ord(sign):04X} — xóa ký tự này rồi gõ lại chữ ở đó"


def _joined(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# --- tab-separated text -----------------------------------------------------------------------


def _read_text_table(path: Path, head: Head) -> Table:
    shown = shown_path(path)
    try:
        text = read_text(path)
    except NotText as error:
        raise ContentError.at(
            Place(shown, error.line, error.column),
            "tệp không phải chữ Unicode (có thể là TCVN3, VNI) — mở bằng Excel, lưu lại thành "
            ".xlsx, hoặc lưu với bảng mã UTF-8",
        ) from error
    if "\0" in text:
        raise ContentError.at(
            Place(shown), "tệp không phải bảng chữ — lưu lại thành .xlsx hoặc .tsv"
        )
    if not text.strip():
        raise ContentError.at(shown, "tệp trống — chọn tệp có bảng tiêu chí")
    table = table_of(_text_lines(shown, text), head)
    if table is None:
        raise ContentError.at(shown, head.lacking)
    return table


def _text_lines(shown: Path, text: str) -> Iterator[Line]:
    """Yield the cells of each line; a line of comment is one cell, whatever signs it has."""
    lines = text.split("\n")
    start = 0
    while start < len(lines) and (lines[start].startswith(COMMENT) or not lines[start].strip()):
        yield (Cell(_joined(lines[start]), Place(shown, start + 1, 1)),)
        start += 1
    reader = csv.reader(io.StringIO("\n".join(lines[start:])), delimiter="\t", strict=True)
    number = start + 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = "dấu ngoặc kép ở dòng này không thành cặp — xóa đi, hoặc gõ đủ cặp"
            raise ContentError.at(Place(shown, number, 1), message) from error
        yield tuple(
            Cell(_joined(field), Place(shown, number, column))
            for column, field in enumerate(fields, 1)
        )
        number = start + reader.line_num + 1


# --- sheets -----------------------------------------------------------------------------------


def _read_workbook(path: Path, head: Head) -> Table:
    shown = shown_path(path)
    try:
        package = Package(read_file(path, MAX_BYTES))
        if package.size > MAX_UNPACKED:
            message = "tệp giải nén ra quá lớn — lưu riêng trang tính có bảng thành một tệp .xlsx"
            raise ContentError.at(shown, message)
        sheets = list(sheets_of(package))
    except UnreadableOffice as error:
        raise ContentError.at(shown, str(error)) from error
    macros = []
    if any("vbaproject" in name.casefold() for name in package.names):
        macros = [Problem(Place(shown), "", "tệp có macro: không chạy, không đọc đến")]
    found: list[tuple[str, Table]] = []
    for sheet in sheets:
        notes = [*macros]
        table = table_of(_sheet_lines(shown, sheet, notes), head, notes)
        if table is None:
            continue
        if sheet.beyond is not None:
            message = f"ô này ở dưới dòng {MAX_ROWS} — xóa ô, hoặc tách bớt bảng"
            raise ContentError.at(_place(shown, sheet, sheet.beyond), message)
        found.append((sheet.name, table))
    if not found:
        raise ContentError.at(shown, head.lacking)
    if len(found) > 1:
        names = ", ".join(f"“{title}”" for title, _ in found)
        raise ContentError.at(
            Place(shown), f"các trang tính {names} đều có bảng — để lại một trang"
        )
    return found[0][1]


def _sheet_lines(shown: Path, sheet: SheetCells, notes: list[Problem]) -> Iterator[Line]:
    """Yield the cells of the rows that hold anything, all rows as wide as the widest."""
    places = sheet.values.keys() | sheet.formulas
    wide = max((column for _, column in places), default=0)
    for row in sorted({row for row, _ in places}):
        yield tuple(
            _sheet_cell(shown, sheet, (row, column), notes) for column in range(1, wide + 1)
        )


def _place(shown: Path, sheet: SheetCells, at: tuple[int, int]) -> Place:
    from openpyxl.utils import get_column_letter

    row, column = at
    return Place(Path(f"{shown}!{sheet.name}!{get_column_letter(column)}{row}"))


def _sheet_cell(shown: Path, sheet: SheetCells, at: tuple[int, int], notes: list[Problem]) -> Cell:
    place = _place(shown, sheet, at)
    saved = sheet.values.get(at)
    if at in sheet.errors:
        notes.append(Problem(place, "", f"ô báo lỗi {saved} — gõ lại giá trị"))
        return Cell("", place)
    typed = _as_typed(saved, at in sheet.percents)
    if at in sheet.formulas:
        message = (
            "ô có công thức mà tệp không lưu kết quả — gõ lại giá trị"
            if saved is None
            else f"công thức không được chạy, lấy giá trị đã lưu “{typed}”"
        )
        notes.append(Problem(place, "", message))
    is_number = isinstance(saved, int | float) and not isinstance(saved, bool)
    return Cell(_joined(typed), place, is_number)


def _as_typed(value: CellValue | None, is_percent: bool) -> str:
    """Return the value of a cell as an official types it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return format_typed(number * 100 if is_percent else number) + ("%" if is_percent else "")
    return str(value)


_READERS: dict[str, Callable[[Path, Head], Table]] = {
    ".tsv": _read_text_table,
    ".txt": _read_text_table,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
}
