"""Dates as Nghị định 30/2020/NĐ-CP prints them (Phụ lục I, II.4).

Days below 10 and months 1 and 2 get a leading zero; months 3 to 9 do not.
"""

from __future__ import annotations

from datetime import date

BLANK = "\u00a0" * 5
"""Room that the registry (văn thư) fills in; no-break, so that no renderer drops it."""


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
