"""A table of appraisal that came back (.xlsx) → the points that were entered, each with its cell.

In: the bytes of the workbook, the city's key and set of criteria. Out: :class:`TakenTable`. Rows
are known by their hidden ids, which tell when a locked cell was changed; only valid points are
taken, and only with a reason where they differ from those of the ward. Nothing in the file is run.
Raises ContentError where it is no such table, or not of this city, year or set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field

from vanban.city.appraisal import without_points
from vanban.city.steps import allowed
from vanban.errors import ContentError, Problem
from vanban.exchange.appraisal_table import MARK, RowKey, TableKey, read_id, read_mark
from vanban.exchange.appraisal_workbook import (
    ASKED,
    CODE,
    COLUMNS,
    FILLED,
    GIVEN,
    REASON,
    TITLE,
)
from vanban.exchange.filled_values import ValueRefused, typed_number, typed_text
from vanban.exchange.sent_workbook import FormCell, cell_of, heads_of, mark_in, refused, sent_sheets
from vanban.exchange.sheet_cells import SheetCells
from vanban.nd30.numbers import format_typed, parse_amount
from vanban.scoring.calculation import rounded
from vanban.workspace.models.criteria import SubCriterion

MOST_ROWS = 40_000
"""Of a table: 500 wards have 22,000 rows."""
UNIT = "điểm"


class Entered(Struct, frozen=True):
    """Points that were entered for a row, None for a row that was left empty, and where."""

    key: RowKey
    points: Decimal | None
    reason: str
    asked: str
    cell: FormCell


class TakenTable(Struct):
    """What a file says: rows in its order, and the problems of cells that cannot be taken."""

    shown: str
    rows: list[Entered] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def read_table(
    data: bytes, shown: str, city: TableKey, parts: Mapping[str, SubCriterion]
) -> TakenTable:
    """Read the workbook whose path messages print as ``shown``; ``parts`` are those of the set."""
    sheets, notes = sent_sheets(data, shown, MOST_ROWS)
    found = [
        (key, sheet) for sheet in sheets if (key := mark_in(sheet, MARK, read_mark)) is not None
    ]
    if not found:
        message = "không phải bảng thẩm định của chương trình, hoặc trang ấy đã mất"
        raise refused(shown, f"{message} — xuất bảng mới")
    if len(found) > 1:
        raise refused(shown, "tệp có hai bảng thẩm định — để mỗi bảng một tệp")
    ((key, sheet),) = found
    where = f"{shown}!{sheet.name}"
    _check_key(key, city, where)
    taken = TakenTable(shown, notes=notes)
    for each in _rows(sheet, where, taken):
        _take(each, taken, parts)
    if sheet.beyond is not None:
        taken.problems.append(refused(where, _TOO_LONG).problems[0])
    return taken


_TOO_LONG = f"bảng dài hơn {MOST_ROWS} dòng — chia thành nhiều bảng (--split) rồi nhập từng bảng"


def _check_key(key: TableKey, city: TableKey, where: str) -> None:
    if key.version != city.version:
        raise refused(where, "bảng của bản chương trình khác — xuất bảng mới rồi chép điểm sang")
    if key.agency != city.agency:
        raise refused(where, f"bảng của {key.agency}, không phải của {city.agency} — xem lại tệp")
    if key.year != city.year:
        again = f"thêm --year {key.year}, hoặc xem lại tệp"
        raise refused(where, f"bảng của năm {key.year}, đang nhập năm {city.year} — {again}")
    if key.criteria != city.criteria:
        message = "bộ tiêu chí đã đổi từ khi xuất bảng (mã, điểm tối đa hoặc cách tính)"
        raise refused(where, f"{message} — xuất bảng mới rồi chép điểm sang")


class _Row(Struct, frozen=True):
    key: RowKey | None
    cells: Mapping[str, FormCell]


def _rows(sheet: SheetCells, where: str, taken: TakenTable) -> Iterator[_Row]:
    """Yield the rows below the head that have an id; tell those filled whose id was changed."""
    names = (column.name for column in COLUMNS)
    top, heads = heads_of(sheet, names, (CODE, TITLE, *FILLED), where)
    for number in sorted({row for row, _ in (*sheet.values, *sheet.formulas) if row > top}):
        cells = {name: cell_of(sheet, number, column, where) for name, column in heads.items()}
        id, title = (cells[name].value for name in (CODE, TITLE))
        key = read_id(id, title) if isinstance(id, str) and isinstance(title, str) else None
        if key is not None:
            yield _Row(key, cells)
        elif any(cells[name].value is not None for name in FILLED):
            message = (
                "cột khóa của dòng này đã mất hoặc đã bị sửa nên không rõ của đơn vị, tiêu chí "
                "nào — nhập lại vào đúng dòng của bảng gửi đi"
            )
            taken.problems.append(cells[GIVEN].problem("", message))


def _take(row: _Row, taken: TakenTable, parts: Mapping[str, SubCriterion]) -> None:
    key, cell = row.key, row.cells[GIVEN]
    assert key is not None
    part = parts.get(key.code)
    if part is None:
        message = f"bộ tiêu chí không có tiêu chí {key.code} — xuất bảng mới"
        taken.problems.append(cell.problem(key.code, message))
        return
    try:
        points = _points(cell, part)
        reason, asked = (_text(row.cells[name]) for name in (REASON, ASKED))
    except ValueRefused as error:
        taken.problems.append(cell.problem(key.code, str(error)))
        return
    except ContentError as error:
        taken.problems += error.problems
        return
    if points is None and (reason or asked):
        message = "có lý do mà chưa có điểm thẩm định — ghi điểm, hoặc xóa lý do"
        taken.problems.append(cell.problem(key.code, message))
    elif points is not None and points != key.own and not reason:
        own = without_points(key.left_out) if key.own is None else format_typed(key.own)
        message = f"điểm thẩm định {format_typed(points)} khác điểm tự chấm ({own}) — ghi lý do"
        taken.problems.append(row.cells[REASON].problem(key.code, message))
    elif points is not None and points == key.own and (reason or asked):
        message = "điểm giữ như tự chấm thì công văn không in ô này — xóa chữ, hoặc xem lại điểm"
        taken.problems.append(row.cells[REASON if reason else ASKED].problem(key.code, message))
    else:
        taken.rows.append(Entered(key, points, reason, asked, cell))


def _points(cell: FormCell, part: SubCriterion) -> Decimal | None:
    if not cell.is_filled():
        return None
    exact = parse_amount(typed_number(cell.value, True, UNIT))
    refusal = allowed(part).refusal(exact)
    if refusal is not None:
        raise ValueRefused(refusal)
    return rounded(exact)


def _text(cell: FormCell) -> str:
    """Return a text on one line; raises ContentError at its own cell."""
    if cell.value is None and cell.computed:
        raise ContentError([cell.problem("", "ô là công thức chưa có kết quả — ghi thành chữ")])
    if cell.value is None:
        return ""
    try:
        return " ".join(typed_text(cell.value))
    except ValueRefused as error:
        raise ContentError([cell.problem("", str(error))]) from error


def without_repeats(tables: Iterable[TakenTable]) -> tuple[list[Entered], list[Problem]]:
    """Return the filled rows of several files once each; tell those that were given two values."""
    known: dict[tuple[str, str], Entered] = {}
    problems: list[Problem] = []
    for each in (row for table in tables for row in table.rows):
        place = each.key.ward, each.key.code
        other = known.setdefault(place, each)
        if other is each or each.points is None:
            continue
        if other.points is None:
            known[place] = each
        elif (other.points, other.reason, other.asked) != (each.points, each.reason, each.asked):
            message = f"đã nhập khác ở {other.cell.where} — giữ một chỗ"
            problems.append(each.cell.problem(each.key.code, message))
    return list(known.values()), problems
