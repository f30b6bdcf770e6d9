"""A filled form as it came back (.xlsx, .xlsm) → its cells by rows; values only, nothing is run.

In: the bytes and the name that messages print. Out: :class:`FilledForm`. Sheets are known by their
marks, columns by their heads, rows by their hidden ids: renamed, sorted, widened or moved they are
found all the same. Sizes are bounded before anything is unpacked. Raises ContentError with one line
where the file cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vanban.errors import ContentError, Place, Problem
from vanban.exchange.form_layout import (
    ASKED,
    BESIDE,
    CODE,
    COLUMNS,
    MARK,
    FormKey,
    SheetKind,
    read_mark,
)
from vanban.exchange.sheet_cells import SheetCells, sheets_of
from vanban.office import ConversionError, to_xlsx
from vanban.ooxml.package import Package, UnreadableOffice

MAX_BYTES = 20_000_000
"""Of a file; a filled form has 30,000."""
MAX_UNPACKED = 50_000_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a compound file: .xls, or an .xlsx with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class FormCell:
    """A value (None, text, number, date, True or False) and where it stands: file!sheet!cell.

    ``computed`` says that a formula stands there; ``merged`` is the range that it was joined to
    with cells of other rows, "" for none.
    """

    value: object
    where: str
    computed: bool = False
    merged: str = ""

    def problem(self, key: str, message: str) -> Problem:
        return Problem(Place(Path(self.where)), key, message)


@dataclass(frozen=True)
class FilledRow:
    """A row of a form: its id ("" where that is gone), its cells by the heads of their columns."""

    code: str
    cells: Mapping[str, FormCell]


@dataclass(frozen=True)
class FilledForm:
    """A form that came back: the file's name, whose it is, its rows by sheet, what to note."""

    file: str
    key: FormKey
    sheets: Mapping[SheetKind, tuple[FilledRow, ...]]
    notes: tuple[str, ...]


def read_filled_form(data: bytes, shown: str) -> FilledForm:
    """Read the workbook whose path messages print as ``shown``.

    Sheets of other formats (.xls, .ods) are read as LibreOffice saves them, where it is there.
    """
    notes = []
    other = _other_format(data, shown)
    if other is not None:
        notes.append(f"{shown}: tệp {other} được LibreOffice chuyển sang .xlsx để đọc — đối chiếu")
        data = _by_office(data, other, shown)
    package = _opened(data, shown)
    names = {name.lower() for name in package.names}
    if any(name.endswith("vbaproject.bin") for name in names):
        notes.append(f"{shown}: tệp có macro — chỉ lấy giá trị các ô, không chạy macro")
    keys: list[FormKey] = []
    sheets: dict[SheetKind, tuple[FilledRow, ...]] = {}
    for cells in _sheets(package, shown):
        found = _marked(cells)
        if found is None:
            continue
        key, kind = found
        if kind in sheets or (keys and key != keys[0]):
            raise refused(
                f"{shown}!{cells.name}",
                "tệp có hai trang cùng loại hoặc của hai biểu mẫu — để mỗi biểu mẫu một tệp",
            )
        keys.append(key)
        sheets[kind] = tuple(_rows(cells, kind, f"{shown}!{cells.name}"))
    if SheetKind.FIGURES not in sheets:
        raise refused(
            shown,
            "không phải biểu mẫu của chương trình, hoặc trang số liệu đã mất — gửi lại biểu mẫu",
        )
    return FilledForm(shown, keys[0], sheets, tuple(notes))


def holds_answers(data: bytes, blank: bytes) -> bool:
    """Say whether anything stands where a unit fills that ``blank`` has not, or nobody can tell."""
    try:
        return bool(_filled(data) - _filled(blank))
    except ContentError:
        return True


def _filled(data: bytes) -> set[tuple[SheetKind, str, str, bool]]:
    """Return the cells to fill that hold something: sheet, row, column, whether computed."""
    return {
        (kind, row.code, name, row.cells[name].computed)
        for kind, rows in read_filled_form(data, "").sheets.items()
        for row in rows
        for name in ASKED[kind]
        if row.cells[name].value is not None or row.cells[name].computed
    }


def refused(where: str, message: str) -> ContentError:
    return ContentError([Problem(Place(Path(where)), "", message)])


def _other_format(data: bytes, shown: str) -> str | None:
    """Return ".xls" or ".ods" for such a file; raises ContentError for one with a password."""
    if data.startswith(_OLD) and _ENCRYPTED in data:
        raise refused(shown, "tệp có mật khẩu — mở bằng Excel, bỏ mật khẩu rồi lưu lại")
    if data.startswith(_OLD):
        return ".xls"
    return ".ods" if data.startswith(b"PK") and _ODS in data[:200] else None


def _by_office(data: bytes, suffix: str, shown: str) -> bytes:
    try:
        return to_xlsx(data, suffix)
    except ConversionError as error:
        message = f"tệp {suffix}: {error} — mở bằng Excel, lưu lại thành .xlsx"
        raise refused(shown, message) from error


def _opened(data: bytes, shown: str) -> Package:
    try:
        package = Package(data)
        if package.size > MAX_UNPACKED:
            raise refused(shown, "tệp giải nén ra quá lớn, không phải biểu mẫu — gửi lại biểu mẫu")
        return package
    except UnreadableOffice as error:
        raise refused(shown, str(error)) from error


def _sheets(package: Package, shown: str) -> Iterator[SheetCells]:
    try:
        yield from sheets_of(package)
    except UnreadableOffice as error:
        raise refused(shown, str(error)) from error


# --- sheets -----------------------------------------------------------------------------------


def _marked(sheet: SheetCells) -> tuple[FormKey, SheetKind] | None:
    texts = (value for value in sheet.values.values() if isinstance(value, str))
    return next((read_mark(text) for text in texts if text.startswith(MARK)), None)


def _rows(sheet: SheetCells, kind: SheetKind, where: str) -> Iterator[FilledRow]:
    """Yield the rows below the head of the table that hold anything."""
    top, heads = _heads(sheet, kind, where)
    rows = sorted({row for row, _ in (*sheet.values, *sheet.formulas) if row > top})
    for row in rows:
        code = sheet.values.get((row, heads[CODE])) if CODE in heads else None
        cells = {name: _cell(sheet, row, column, where) for name, column in heads.items()}
        asked = [
            cell for name in ASKED[kind] if (cell := cells[name]).value is not None or cell.computed
        ]
        if code == BESIDE or (code is None and all(cell.computed for cell in asked)):
            continue
        if code is not None or asked:
            yield FilledRow(str(code).strip() if code is not None else "", cells)


def _cell(sheet: SheetCells, row: int, column: int, where: str) -> FormCell:
    from openpyxl.utils import get_column_letter

    place = row, column
    name = f"{where}!{get_column_letter(column)}{row}"
    computed, joined = place in sheet.formulas, sheet.joined.get(place, "")
    return FormCell(sheet.values.get(place), name, computed, joined)


def _heads(sheet: SheetCells, kind: SheetKind, where: str) -> tuple[int, dict[str, int]]:
    """Return the row of the head of the table and its columns by name."""
    known = {column.name for column in COLUMNS[kind]}
    by_row: dict[int, dict[str, int]] = {}
    for (row, column), value in sheet.values.items():
        name = value.split(" (")[0].strip() if isinstance(value, str) else ""
        if name in known:
            by_row.setdefault(row, {}).setdefault(name, column)
    row, heads = max(by_row.items(), key=lambda each: len(each[1]), default=(0, {}))
    lacking = [name for name in ASKED[kind] if name not in heads]
    if lacking:
        names = ", ".join(f"“{name}”" for name in lacking)
        raise refused(where, f"không thấy cột {names} — khôi phục đầu bảng như biểu mẫu gửi đi")
    return row, heads
