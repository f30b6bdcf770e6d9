from __future__ import annotations

import re
from datetime import date

import pytest

from vanban.nd30.dates import (
    DATE,
    blank_date,
    calendar_date,
    in_year,
    long_date,
    long_date_in,
    short_date,
    typed_day,
)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020", "05/01/2020"),
        (date(2025, 2, 28), "ngày 28 tháng 02 năm 2025", "28/02/2025"),
        (date(2025, 3, 1), "ngày 01 tháng 3 năm 2025", "01/3/2025"),
        (date(2025, 8, 1), "ngày 01 tháng 8 năm 2025", "01/8/2025"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019", "29/6/2019"),
        (date(2026, 11, 10), "ngày 10 tháng 11 năm 2026", "10/11/2026"),
    ],
)
def test_dates(day: date, long: str, short: str) -> None:
    assert long_date(day) == long
    assert short_date(day) == short


def test_blank_date_keeps_its_room() -> None:
    text = blank_date(2025)
    assert text.split() == ["ngày", "tháng", "năm", "2025"]
    day, rest = text.removeprefix("ngày").split("tháng")
    month = rest.removesuffix("năm 2025")
    assert len(day) >= 4
    assert set(day) == set(month) == {"\u00a0"}


@pytest.mark.parametrize(
    ("text", "found", "day", "long"),
    [
        ("họp ngày 1/8/2025.", "ngày 1/8/2025", date(2025, 8, 1), None),
        ("ngày 01 - 8 - 2025", "ngày 01 - 8 - 2025", date(2025, 8, 1), None),
        (
            "ngày 01 tháng 8 năm 2025",
            "ngày 01 tháng 8 năm 2025",
            date(2025, 8, 1),
            date(2025, 8, 1),
        ),
        ("ngày01tháng8năm2025", "ngày01tháng8năm2025", date(2025, 8, 1), date(2025, 8, 1)),
        ("ngày 31/6/2025", "ngày 31/6/2025", None, None),
        ("ngày 31 tháng 6 năm 2025", "ngày 31 tháng 6 năm 2025", None, None),
        ("ngày     tháng     năm 2025", None, None, None),
        ("ngày 1/8/20255", None, None, None),
    ],
)
def test_dates_are_read(text: str, found: str | None, day: date | None, long: date | None) -> None:
    match = re.search(DATE, text)
    assert (match[0] if match else None) == found
    assert (calendar_date(match[0]) if match else None) == day
    assert long_date_in(text) == long


@pytest.mark.parametrize(
    ("written", "year", "day"),
    [
        ("14/9", 2025, date(2025, 9, 14)),
        ("29/2", 2025, date(2025, 2, 28)),
        ("29/2", 2028, date(2028, 2, 29)),
    ],
)
def test_a_day_of_every_year(written: str, year: int, day: date) -> None:
    assert in_year(written, year) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/9/2025", date(2025, 9, 12)),
        (" 01/02/2025 ", date(2025, 2, 1)),
        ("30/2/2025", None),
        ("12-9-2025", None),
        ("12/9", None),
        ("12/9/25", None),
        ("1/1/" + "9" * 5_000, None),
        ("²/9/2025", None),
        ("", None),
    ],
)
def test_a_day_is_typed(text: str, day: date | None) -> None:
    assert typed_day(text) == day
