"""What the workbook of a form and the reader of a filled one must agree on: marks and columns."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

VERSION = "1"
"""Of the form; a workbook of another version is refused."""
MARK = "vanban-bieu-mau"


class SheetKind(StrEnum):
    """The sheets of a form, as they are marked in it; their names may be changed."""

    FIGURES = "so-lieu"
    EVIDENCE = "minh-chung"
    NARRATIVE = "loi-van"


class FormKey(Struct, frozen=True):
    """Whose form it is; hidden in every sheet, so that it comes back however the file is called."""

    agency: str
    year: int
    period: str
    unit: str
    version: str = VERSION

    def mark(self, sheet: SheetKind) -> str:
        parts = (self.version, self.agency, str(self.year), self.period, self.unit, sheet)
        return "|".join((MARK, *parts))


def read_mark(text: str) -> tuple[FormKey, SheetKind] | None:
    """Return what :meth:`FormKey.mark` wrote, None for any other text."""
    found = re.fullmatch(rf"{MARK}\|([^|]*)\|([^|]*)\|(\d{{4}})\|([^|]*)\|([^|]*)\|([^|]*)", text)
    if found is None or found[6] not in list(SheetKind):
        return None
    version, agency, year, period, unit, sheet = found.groups()
    return FormKey(agency, int(year), period, unit, version), SheetKind(sheet)


class FormColumn(Struct, frozen=True):
    """A column: its head, by which it is found again, and its width in characters."""

    name: str
    width: float
    align: str = "left"


CODE = "Mã"
"""Head of the hidden column of ids, the first of every sheet."""
NAME = "Chỉ tiêu"
VALUE = "Số liệu kỳ này"
NOTE = "Ghi chú"
SOURCE = "Nguồn số liệu"
PREVIOUS = "Kỳ trước"
LAST_YEAR = "Cùng kỳ năm trước"
STATE = "Tình trạng"
NUMBER = "Số, ký hiệu"
DAY = "Ngày văn bản"
TEXT = "Nội dung của đơn vị"

BESIDE = "-"
"""Stands for an id in rows that ask for nothing: checks, signatures."""

COLUMNS: dict[SheetKind, tuple[FormColumn, ...]] = {
    SheetKind.FIGURES: (
        FormColumn(CODE, 10),
        FormColumn("STT", 8),
        FormColumn(NAME, 40),
        FormColumn("Đơn vị tính", 11, "center"),
        FormColumn("Cách tính", 33),
        FormColumn(PREVIOUS, 11, "right"),
        FormColumn(LAST_YEAR, 11, "right"),
        FormColumn(VALUE, 14, "right"),
        FormColumn(NOTE, 20),
        FormColumn(SOURCE, 20),
    ),
    SheetKind.EVIDENCE: (
        FormColumn(CODE, 10),
        FormColumn("STT", 6, "center"),
        FormColumn("Tiêu chí", 9, "center"),
        FormColumn("Nội dung tiêu chí", 34),
        FormColumn("Tài liệu cần có", 34),
        FormColumn("Đã có", 8, "center"),
        FormColumn("Hạn gửi", 12, "center"),
        FormColumn(STATE, 17),
        FormColumn(NUMBER, 16),
        FormColumn(DAY, 13, "center"),
        FormColumn(NOTE, 20),
    ),
    SheetKind.NARRATIVE: (
        FormColumn(CODE, 10),
        FormColumn("STT", 6, "center"),
        FormColumn("Mục của báo cáo", 40),
        FormColumn(TEXT, 110),
    ),
}
ASKED: dict[SheetKind, tuple[str, ...]] = {
    SheetKind.FIGURES: (VALUE, NOTE, SOURCE),
    SheetKind.EVIDENCE: (STATE, NUMBER, DAY, NOTE),
    SheetKind.NARRATIVE: (TEXT,),
}
"""Heads of the columns that the unit fills."""
NAMES: dict[SheetKind, str] = {
    SheetKind.FIGURES: "Số liệu",
    SheetKind.EVIDENCE: "Tài liệu kiểm chứng",
    SheetKind.NARRATIVE: "Lời văn",
}


def position(sheet: SheetKind, name: str) -> int:
    """Return the number of a column, from 0."""
    return next(index for index, each in enumerate(COLUMNS[sheet]) if each.name == name)
