"""Lines that say who does a task and by when: "Cơ quan chủ trì: …; phối hợp: …; thời hạn: …"."""

from __future__ import annotations

import re
from typing import TypedDict

from msgspec import Struct

from vanban.exchange.word_import.registers import Registers
from vanban.nd30.dates import calendar_date, short_date

_KEYS = (
    ("phoi_hop", r"(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+thực hiện)?"),
    ("chu_tri", r"(?:(?:cơ quan|đơn vị)\s+)?chủ trì(?:\s+thực hiện)?|đơn vị thực hiện"),
    ("han", r"thời (?:gian|hạn)(?:\s+(?:thực hiện|hoàn thành))?|hoàn thành trước"),
    ("san_pham", r"sản phẩm(?:\s+đầu ra)?|kết quả đầu ra"),
)
_START = re.compile(
    r"(?:^|[;.]\s*)[-–+*(\s]*(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _KEYS)
    + r")\s*:",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}")


class Details(TypedDict, total=False):
    """What a line says of a task."""

    chu_tri: tuple[str, ...]
    phoi_hop: tuple[str, ...]
    han: str
    san_pham: str


class AreaUnits(Struct, frozen=True):
    """Who leads an area, and who supports."""

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()

    def joined(self, other: AreaUnits) -> AreaUnits:
        return AreaUnits(
            tuple(dict.fromkeys((*self.leads, *other.leads))),
            tuple(dict.fromkeys((*self.supports, *other.supports))),
        )


def details_of(text: str, registers: Registers) -> Details | None:
    """Return what a line says of its task, None where it is no such line."""
    starts = list(_START.finditer(text))
    if not starts or starts[0].start() > 0:
        return None
    details = Details()
    for place, found in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        value = text[found.end() : end].strip(" .;)")
        match found.lastgroup:
            case "chu_tri":
                details["chu_tri"] = registers.units(value)
            case "phoi_hop":
                details["phoi_hop"] = registers.units(value)
            case "han" if (day := read_day(value)) is not None:
                details["han"] = day
            case "san_pham" if value:
                details["san_pham"] = value
    return details


def units_of(text: str, registers: Registers) -> AreaUnits | None:
    """Return the units of a line of an area, None where it names none."""
    details = details_of(text, registers)
    if details is None or not details.keys() & {"chu_tri", "phoi_hop"}:
        return None
    return AreaUnits(details.get("chu_tri", ()), details.get("phoi_hop", ()))


def read_day(text: str) -> str | None:
    """Return the one day that a text names, 30/9/2025; None where it names none or several."""
    found = _DAY.findall(text)
    day = calendar_date(found[0]) if len(found) == 1 else None
    return None if day is None else short_date(day)
