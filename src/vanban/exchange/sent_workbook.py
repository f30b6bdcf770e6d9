"""A workbook that somebody sent back → its sheets of saved values; nothing in it is run.

In: the bytes and the name that messages print. Out: sheets, and what to note of the file. Sizes are
bounded before anything is unpacked; .xls and .ods are read as LibreOffice saves them, where it is
there. Raises ContentError with one line where the file cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from vanban.errors import ContentError, Place, Problem
from vanban.exchange.filled_values import ValueRefused
from vanban.exchange.sheet_cells import MAX_ROWS, SheetCells, sheets_of
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.office import ConversionError, to_xlsx
from vanban.ooxml.package import OLE, Package, UnreadableOffice, has_password

SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
MAX_BYTES = 20_000_000
"""Of a file; a filled form has 30,000."""
MAX_UNPACKED = 50_000_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


Value = TypeVar("Value")


class FormCell(Struct, frozen=True):
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

    def is_filled(self) -> bool:
        """Say whether there is something to read as a number.

        Raises ValueRefused for a cell of several rows, and for a formula that came to nothing.
        """
        if self.merged:
            raise ValueRefused(f"ô bị gộp với dòng khác ({self.merged}) — bỏ gộp, ghi từng dòng")
        if self.value is None and self.computed:
            raise ValueRefused("công thức chưa có kết quả lưu trong tệp — thay bằng số rồi lưu lại")
        return self.value is not None and str(self.value).strip() != ""


def workbooks_at(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and the workbooks in folders that are; no lock files of Excel."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for below in sorted(path.rglob("*")):
            hidden = below.name.startswith((".", "~$"))
            if below.suffix.lower() in SHEETS and not hidden and below.is_file():
                yield below


def read_each(
    files: Iterable[tuple[Path, str]], read: Callable[[bytes, str], Value]
) -> tuple[list[Value], list[Problem]]:
    """Read each file, of which messages print the second; tell those that cannot be read."""
    values: list[Value] = []
    problems: list[Problem] = []
    for path, shown in files:
        try:
            values.append(read(read_file(path, MAX_BYTES), shown))
        except ContentError as error:
            problems += error.problems
        except OSError as error:
            message = f"không đọc được: {reason_of(error)} — xem lại tệp, quyền đọc"
            problems.append(Problem(Place(Path(shown)), "", message))
    return values, problems


def sent_sheets(
    data: bytes, shown: str, most_rows: int = MAX_ROWS
) -> tuple[tuple[SheetCells, ...], tuple[str, ...]]:
    """Return the worksheets of the workbook whose path messages print as ``shown``, and notes."""
    notes = []
    other = _other_format(data, shown)
    if other is not None:
        notes.append(f"{shown}: tệp {other} được LibreOffice chuyển sang .xlsx để đọc — đối chiếu")
        data = _by_office(data, other, shown)
    try:
        package = Package(data)
        if package.size > MAX_UNPACKED:
            raise refused(shown, "tệp giải nén ra quá lớn, không phải biểu mẫu — gửi lại biểu mẫu")
        names = {name.lower() for name in package.names}
        if any(name.endswith("vbaproject.bin") for name in names):
            notes.append(f"{shown}: tệp có macro — chỉ lấy giá trị các ô, không chạy macro")
        return tuple(sheets_of(package, most_rows)), tuple(notes)
    except UnreadableOffice as error:
        raise refused(shown, str(error)) from error


def cell_of(sheet: SheetCells, row: int, column: int, where: str) -> FormCell:
    from openpyxl.utils import get_column_letter

    place = row, column
    name = f"{where}!{get_column_letter(column)}{row}"
    computed, joined = place in sheet.formulas, sheet.joined.get(place, "")
    return FormCell(sheet.values.get(place), name, computed, joined)


def mark_in(sheet: SheetCells, mark: str, read: Callable[[str], Value | None]) -> Value | None:
    """Return what ``read`` makes of the first text that begins with ``mark``, None without one."""
    texts = (value for value in sheet.values.values() if isinstance(value, str))
    return next((read(text) for text in texts if text.startswith(mark)), None)


def heads_of(
    sheet: SheetCells, names: Iterable[str], needed: Iterable[str], where: str
) -> tuple[int, dict[str, int]]:
    """Return the row of the head of the table and its columns by name, without what is in brackets.

    Raises ContentError where a column that is ``needed`` is not there.
    """
    known = set(names)
    by_row: dict[int, dict[str, int]] = {}
    for (row, column), value in sheet.values.items():
        name = value.split(" (")[0].strip() if isinstance(value, str) else ""
        if name in known:
            by_row.setdefault(row, {}).setdefault(name, column)
    row, heads = max(by_row.items(), key=lambda each: len(each[1]), default=(0, {}))
    lacking = [name for name in needed if name not in heads]
    if lacking:
        quoted = ", ".join(f"“{name}”" for name in lacking)
        raise refused(where, f"không thấy cột {quoted} — khôi phục đầu bảng như biểu mẫu gửi đi")
    return row, heads


def refused(where: str, message: str) -> ContentError:
    return ContentError.at(Path(where), message)


def _other_format(data: bytes, shown: str) -> str | None:
    """Return ".xls" or ".ods" for such a file; raises ContentError for one with a password."""
    if has_password(data):
        raise refused(shown, "tệp có mật khẩu — mở bằng Excel, bỏ mật khẩu rồi lưu lại")
    if data.startswith(OLE):
        return ".xls"
    return ".ods" if data.startswith(b"PK") and _ODS in data[:200] else None


def _by_office(data: bytes, suffix: str, shown: str) -> bytes:
    try:
        return to_xlsx(data, suffix)
    except ConversionError as error:
        message = f"tệp {suffix}: {error} — mở bằng Excel, lưu lại thành .xlsx"
        raise refused(shown, message) from error
