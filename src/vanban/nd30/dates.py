"""Dates as Nghị định 30/2020/NĐ-CP prints them (Phụ lục I, II.4).

Days below 10 and months 1 and 2 get a leading zero; months 3 to 9 do not. Reading takes dates as
people write them: with or without zeros, "/", "." or "-" between.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

BLANK = "\u00a0" * 5
"""Room that the registry (văn thư) fills in; no-break, so that no renderer drops it."""

_LONG = r"ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}(?!\d)"
DATE = rf"(?:ngày\s*\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{4}}(?!\d)|{_LONG})"
"""A date in full, short or long, as a pattern; it has small letters."""

LONG_DATE = re.compile(_LONG, re.IGNORECASE)
PLACE_AND_DATE = re.compile(rf"[^,]+, {_LONG}")
"""The line of a head: "Trần Liễu, ngày 01 tháng 8 năm 2025"."""


def calendar_date(written: str) -> date | None:
    """Return the date of "ngày 01/8/2025" or "01 tháng 8 năm 2025", None for no day there is."""
    day, month, year = map(int, re.findall(r"\d+", written))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def typed_day(text: str) -> date | None:
    """Return the day of "12/9/2025", as somebody types it into a field; None for anything else."""
    typed = re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", text.strip())
    return calendar_date(typed[0]) if typed else None


def long_date_in(text: str) -> date | None:
    """Return the first date in long form, None where it is blank or no day there is."""
    found = LONG_DATE.search(text)
    return calendar_date(found[0]) if found else None


def _day_month(day: date) -> tuple[str, str]:
    return f"{day.day:02}", f"{day.month:02}" if day.month <= 2 else str(day.month)


def long_date(day: date) -> str:
    """Return "ngày 01 tháng 8 năm 2025"."""
    day_text, month = _day_month(day)
    return f"ngày {day_text} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """Return "01/8/2025", as in citations."""
    day_text, month = _day_month(day)
    return f"{day_text}/{month}/{day.year}"


def blank_date(year: int) -> str:
    """Return the date with room for day and month, for a document that has no date yet."""
    return f"ngày{BLANK}tháng{BLANK}năm {year}"


def in_year(written: str, year: int) -> date:
    """Return the day of ``year`` that is written 14/9; 29/2 is the last of February."""
    day, month = map(int, written.split("/"))
    return date(year, month, min(day, monthrange(year, month)[1]))
