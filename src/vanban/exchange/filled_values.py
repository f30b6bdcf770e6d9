"""Values of cells as officials fill them → numbers, days and texts as content files write them.

Reading never guesses: what may mean two numbers is refused, with what was perhaps meant.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from vanban.nd30.dates import calendar_date, short_date
from vanban.nd30.numbers import (
    MAX_PLACES,
    NumberError,
    format_typed,
    parse_amount,
    parse_count,
)
from vanban.workspace.models.allowed_characters import check_text

_NOTHING = frozenset({"không", "ko", "không có", "không phát sinh", "-", "–", "—", "/"})
_DOTTED = re.compile(r"[1-9][0-9]{0,2}([. ][0-9]{3})+(,[0-9]+)?")
"""Thousands apart as documents print them: 1.204; typed as text it can mean nothing else."""
_BELOW_TEN = re.compile(r"0[0-9](,[0-9]+)?")
"""As documents print counts below ten: 06."""
_ERRORS = re.compile(r"#[A-Z0-9/!?]+[!?]?|#N/A")
_DAY = re.compile(r"(?:ngày )?(\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )(\d{4})")
_SPACES = re.compile(r"[\u00a0\u202f\u2009\s]+")
MAX_TEXT = 5_000
"""Letters of a note or of a section; a page has 3,000."""


class ValueRefused(ValueError):
    """A cell that cannot be taken; says in Vietnamese what is wrong and what to do."""


def typed_number(value: object, decimal: bool, unit: str) -> str:
    """Return a figure as a report's file has it: "1204", "98,7".

    ``decimal`` says that it may have a fraction. Raises ValueRefused.
    """
    try:
        match value:
            case bool():
                raise ValueRefused("ô ghi TRUE/FALSE — ghi số")
            case int() | float():
                return _number(value, decimal)
            case date() | time() | timedelta():
                raise ValueRefused(
                    f"ô thành {_as_day(value)}: Excel đã đổi số gõ vào — đổi định dạng ô thành "
                    "Số (Number) rồi gõ lại"
                )
            case str():
                return _written(value, decimal, unit)
    except NumberError as error:
        raise ValueRefused(str(error)) from error
    raise ValueRefused("ô không phải là số — gõ lại")


def _number(value: int | float, decimal: bool) -> str:
    if not isfinite(value):
        raise ValueRefused("ô không phải là số — gõ lại")
    number = Decimal(str(round(value, MAX_PLACES)))
    if number < 0:
        raise ValueRefused(f"{value} là số âm — số liệu không được âm, kiểm tra lại")
    if number == number.to_integral_value():
        return format_typed(parse_count(str(int(number))))
    text = format_typed(number)
    if decimal:
        return format_typed(parse_amount(text))
    thousands = number * 1000
    if thousands == thousands.to_integral_value():
        raise ValueRefused(
            f"{text} có phần lẻ, chỉ tiêu này là số đếm; có phải {int(thousands)}? — gõ lại số "
            "liền, không dấu chấm, dấu phẩy"
        )
    raise ValueRefused(f"{text} có phần lẻ, chỉ tiêu này là số đếm — ghi số nguyên")


def _written(value: str, decimal: bool, unit: str) -> str:
    text = _SPACES.sub(" ", value).strip()
    if text.startswith(("=", "@")):
        raise ValueRefused(f"“{text[:40]}” là công thức gõ thành chữ — ghi số")
    if _ERRORS.fullmatch(text):
        raise ValueRefused(f"ô báo lỗi {text} của Excel — ghi số thay cho công thức")
    if text.lower() in _NOTHING:
        raise ValueRefused(f"“{text}” không phải là số — không phát sinh thì ghi 0")
    bare = text.removesuffix(unit).strip()
    if _DOTTED.fullmatch(bare):
        bare = bare.replace(".", "").replace(" ", "")
    elif _BELOW_TEN.fullmatch(bare):
        bare = bare[1:]
    return format_typed(parse_amount(bare) if decimal else parse_count(bare))


def typed_ratio(value: object) -> Decimal | None:
    """Return a percentage (98.7 of "98,7%" and of 0.987), None for what is none."""
    if isinstance(value, str):
        try:
            return parse_amount(value.replace("%", "").strip())
        except NumberError:
            return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        percent = value * 100
        return Decimal(str(round(percent, MAX_PLACES))) if isfinite(percent) else None
    return None


def typed_day(value: object) -> str:
    """Return a date as content files write it: 12/9/2025; raises ValueRefused."""
    if isinstance(value, date):
        return short_date(value)
    text = _SPACES.sub(" ", str(value)).strip()
    found = re.fullmatch(
        r"(?:ngày )?(\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )(\d{4})", text
    )
    day = calendar_date(" ".join(found.groups())) if found else None
    if day is None:
        raise ValueRefused(f"“{text[:40]}” không phải là ngày — ghi như 12/9/2025")
    return short_date(day)


def typed_text(value: object) -> tuple[str, ...]:
    """Return the paragraphs of a text, each on one line; raises ValueRefused."""
    text = short_date(value) if isinstance(value, date) else str(value)
    if text.lstrip().startswith(("=", "@")):
        raise ValueRefused(
            f"“{text.strip()[:40]}” bắt đầu như công thức, không nhận — viết lại thành chữ"
        )
    text = unicodedata.normalize("NFC", text)  # as some programs of sheets do not
    if len(text) > MAX_TEXT:
        raise ValueRefused(f"dài {len(text)} chữ, nhiều nhất {MAX_TEXT} — rút gọn, gửi riêng")
    paragraphs = tuple(filter(None, (_SPACES.sub(" ", each).strip() for each in text.splitlines())))
    for each in paragraphs:
        wrong = check_text(each)
        if wrong is not None:
            raise ValueRefused(wrong)
    return paragraphs


def _as_day(value: date | time | timedelta) -> str:
    if isinstance(value, datetime | date):
        return f"ngày {short_date(value)}"
    return "giờ"
