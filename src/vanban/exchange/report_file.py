"""The figures of a ward of which only files came: the workbook of its report, and what is beside.

In: ``report-q3.xlsx`` as it was built, under whatever name, and its description (``.json``) where
that came too. Out: what a city gathers of it. Rows are known by their hidden ids, columns by their
heads; saved values are taken, nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from vanban.city.agreement import disagreements
from vanban.city.gathered import Concern, GatheredWard, Matter, Past, WardFound
from vanban.compose.report_sheet import BEFORE, COLUMNS, NOW
from vanban.exchange.built_files import MAX_DESCRIPTION
from vanban.exchange.filled_values import ValueRefused, typed_number
from vanban.exchange.sent_workbook import MAX_BYTES, cell_of, refused, sent_sheets
from vanban.exchange.sheet_cells import SheetCells
from vanban.figures.notation import NO_CHANGE_KNOWN
from vanban.figures.values import Number, Status
from vanban.io.read import read_file
from vanban.nd30.dates import short_date
from vanban.workspace.models.indicators import Indicator, IndicatorRegister
from vanban.workspace.periods import PERIODS, window

SAMPLE = "SỐ LIỆU MẪU"
_DAYS = re.compile(r"Số liệu từ ngày (\S+) đến ngày (\S+)")
_COMMITTEE = re.compile(r"ỦY BAN NHÂN DÂN (XÃ|PHƯỜNG|ĐẶC KHU) (.+)")
_NONE = frozenset({Status.MISSING.value, NO_CHANGE_KNOWN, ""})


class _Table(Struct, frozen=True):
    """The sheet of the figures: its cells, the row of its head, the columns by their names."""

    cells: SheetCells
    top: int
    columns: dict[str, int]
    shown: str

    def where(self, row: int, column: str) -> str:
        sheet = f"{self.shown}!{self.cells.name}"
        return cell_of(self.cells, row, self.columns[column], sheet).where


CODE_COLUMN = COLUMNS[-1].name
NOW_COLUMN, BEFORE_COLUMN = COLUMNS[NOW].name, COLUMNS[BEFORE].name


def read_report_file(
    path: Path, name: str, year: int, period: str, register: IndicatorRegister
) -> WardFound:
    """Return what the workbook at ``path`` says of ``period``, for the ward called ``name``.

    ``register`` is that of the city. Raises ContentError where it is no such workbook or of another
    period, OSError where it cannot be read.
    """
    data = read_file(path, MAX_BYTES)
    table, notes = _table(data, path.name)
    described = _description(path)
    _check_period(table, year, period)
    by_id = {str(each.id): each for each in _indicators(register)}
    concerns: list[Concern] = []
    figures = _column(table, NOW_COLUMN, by_id, name, concerns)
    before = _column(table, BEFORE_COLUMN, by_id, name, [])
    where = table.shown
    apart = tuple(disagreements(register, figures))
    concerns += (Concern(name, Matter.CONTRADICTION, text, ids[0], where) for ids, text in apart)
    contradictions = tuple(f"{each.text} ({each.place})" for each in concerns)
    missing = (each for each in by_id.values() if not each.is_ratio and not each.sum_of)
    concerns += (
        Concern(name, Matter.MISSING, f"“{each.name}”: chưa có số liệu", str(each.id), where)
        for each in missing
        if each.id not in figures
    )
    concerns += _altered(described, path, data, name)
    concerns += (Concern(name, Matter.OTHER, note) for note in notes)
    sample = SAMPLE in " ".join(_texts(table.cells)) or "mẫu" in str(described.get("trang_thai"))
    ward = GatheredWard(
        name=name,
        agency=str(described.get("co_quan_ban_hanh") or _agency(table.cells)),
        reported=True,
        sample=sample,
        shared=str(described.get("bo_dung_chung") or ""),
        figures=figures,
        past=(Past(period, year - 1, before),) if before else (),
        contradictions=contradictions,
        doubtful=tuple(dict.fromkeys(each for ids, _ in apart for each in ids)),
    )
    return WardFound(ward, tuple(concerns))


def _table(data: bytes, shown: str) -> tuple[_Table, tuple[str, ...]]:
    """Return the sheet of the figures, and what to note of the file."""
    sheets, notes = sent_sheets(data, shown)
    for cells in sheets:
        found = _head(cells)
        if found is not None:
            return _Table(cells, *found, shown), notes
    raise refused(
        shown,
        f"không phải phụ lục thống kê do chương trình dựng (thiếu cột “{NOW_COLUMN}” hay cột ẩn "
        f"“{CODE_COLUMN}”) — gửi lại tệp report-….xlsx nguyên như khi dựng",
    )


def _head(cells: SheetCells) -> tuple[int, dict[str, int]] | None:
    """Return the row of the head and its columns by name; None for a sheet of something else."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), value in cells.values.items():
        rows.setdefault(row, {})[str(value)] = column
    wanted = {CODE_COLUMN, NOW_COLUMN, BEFORE_COLUMN}
    return next(((row, found) for row, found in rows.items() if wanted <= found.keys()), None)


def _check_period(table: _Table, year: int, period: str) -> None:
    """Refuse the figures of other days than those of the period, or of days that it hides."""
    first, last = window(period, year)
    days = next((found for text in _texts(table.cells) if (found := _DAYS.search(text))), None)
    if days is None:
        raise refused(
            table.shown,
            "không thấy dòng “Số liệu từ ngày … đến ngày …” nên không rõ là số liệu của kỳ nào — "
            "gửi lại tệp report-….xlsx nguyên như khi dựng",
        )
    if days.groups() != (short_date(first), short_date(last)):
        raise refused(
            table.shown,
            f"là số liệu từ ngày {days[1]} đến ngày {days[2]}, không phải "
            f"{PERIODS[period].title(year)} — gửi đúng tệp của kỳ này",
        )


def _texts(cells: SheetCells) -> Iterator[str]:
    yield from (value for value in cells.values.values() if isinstance(value, str))


def _indicators(register: IndicatorRegister) -> Iterator[Indicator]:
    for group in register.groups:
        for topic in group.topics:
            yield from topic.indicators
    yield from register.others


def _column(
    table: _Table, name: str, by_id: dict[str, Indicator], ward: str, concerns: list[Concern]
) -> dict[str, Number]:
    """Return the figures of a column by indicator; tell cells that are none."""
    found: dict[str, Number] = {}
    for (row, column), code in table.cells.values.items():
        indicator = by_id.get(str(code))
        if column != table.columns[CODE_COLUMN] or indicator is None or indicator.is_ratio:
            continue
        value = table.cells.values.get((row, table.columns[name]))
        if value is None or (isinstance(value, str) and value.strip() in _NONE):
            continue
        decimal = indicator.decimal or any(by_id[part].decimal for part in indicator.sum_of)
        try:
            text = typed_number(value, decimal, str(indicator.unit))
        except ValueRefused as error:
            told = f"“{indicator.name}”: {error}"
            where = table.where(row, name)
            concerns.append(Concern(ward, Matter.CONTRADICTION, told, str(code), where))
            continue
        found[str(code)] = Decimal(text.replace(",", ".")) if "," in text else int(text)
    return found


def _agency(cells: SheetCells) -> str:
    """Return whose it is by its first line: "Ủy ban nhân dân phường Trần Liễu"."""
    _, text = min(((place, each) for place, each in cells.values.items()), default=((0, 0), ""))
    found = _COMMITTEE.fullmatch(" ".join(str(text).split()))
    return f"Ủy ban nhân dân {found[1].lower()} {found[2].title()}" if found else str(text)


def _description(path: Path) -> dict[str, Any]:
    """Return what the description beside a workbook says, nothing where there is none."""
    try:
        found = json.loads(read_file(path.with_suffix(".json"), MAX_DESCRIPTION))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return {"hong": True}
    return found if isinstance(found, dict) else {"hong": True}


def _altered(described: dict[str, Any], path: Path, data: bytes, name: str) -> Iterator[Concern]:
    """Yield that a workbook is no longer as it was built, by the description beside it."""
    beside = path.with_suffix(".json").name
    if described.get("hong"):
        text = f"không đọc được {beside} nên không biết tệp Excel có bị sửa không — gửi lại"
        yield Concern(name, Matter.ALTERED, text, place=beside)
        return
    files = described.get("tep")
    hashes = {
        str(each.get("sha256"))
        for each in (files if isinstance(files, list) else ())
        if isinstance(each, dict) and str(each.get("ten", "")).endswith(".xlsx")
    }
    if hashes and sha256(data).hexdigest() not in hashes:
        text = f"không còn như khi dựng ({beside} ghi mã khác) — hỏi lại đơn vị đã sửa số nào"
        yield Concern(name, Matter.ALTERED, text, place=path.name)
