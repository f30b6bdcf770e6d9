"""A filled form as it came back (.xlsx, .xlsm) → its cells by rows; values only, nothing is run.

In: the bytes and the name that messages print. Out: :class:`FilledForm`. Sheets are known by their
marks, columns by their heads, rows by their hidden ids: renamed, sorted, widened or moved they are
found all the same. Sizes are bounded before anything is unpacked. Raises ContentError with one line
where the file cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from vanban.errors import ContentError
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
from vanban.exchange.sent_workbook import FormCell, cell_of, heads_of, mark_in, refused, sent_sheets
from vanban.exchange.sheet_cells import SheetCells


class FilledRow(Struct, frozen=True):
    """A row of a form: its id ("" where that is gone), its cells by the heads of their columns."""

    code: str
    cells: Mapping[str, FormCell]


class FilledForm(Struct, frozen=True):
    """A form that came back: the file's name, whose it is, its rows by sheet, what to note."""

    file: str
    key: FormKey
    sheets: Mapping[SheetKind, tuple[FilledRow, ...]]
    notes: tuple[str, ...]


def read_filled_form(data: bytes, shown: str) -> FilledForm:
    """Read the workbook whose path messages print as ``shown``.

    Sheets of other formats (.xls, .ods) are read as LibreOffice saves them, where it is there.
    """
    every, notes = sent_sheets(data, shown)
    keys: list[FormKey] = []
    sheets: dict[SheetKind, tuple[FilledRow, ...]] = {}
    for cells in every:
        found = mark_in(cells, MARK, read_mark)
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
    return FilledForm(shown, keys[0], sheets, notes)


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


# --- sheets -----------------------------------------------------------------------------------


def _rows(sheet: SheetCells, kind: SheetKind, where: str) -> Iterator[FilledRow]:
    """Yield the rows below the head of the table that hold anything."""
    known = (column.name for column in COLUMNS[kind])
    top, heads = heads_of(sheet, known, ASKED[kind], where)
    rows = sorted({row for row, _ in (*sheet.values, *sheet.formulas) if row > top})
    for row in rows:
        code = sheet.values.get((row, heads[CODE])) if CODE in heads else None
        cells = {name: cell_of(sheet, row, column, where) for name, column in heads.items()}
        asked = [
            cell for name in ASKED[kind] if (cell := cells[name]).value is not None or cell.computed
        ]
        if code == BESIDE or (code is None and all(cell.computed for cell in asked)):
            continue
        if code is not None or asked:
            yield FilledRow(str(code).strip() if code is not None else "", cells)
