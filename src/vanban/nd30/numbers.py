"""Vietnamese numbers: 1.234,5 in print; strict reading of what officials type.

Decimal comma (Nghị định 86/2012/NĐ-CP, Phụ lục V), a dot between groups of three digits. Reading
never guesses: what could mean two numbers is refused, with the way to write it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

MINUS = "−"
"""U+2212, as wide as the plus sign; a hyphen would read as a dash in a table."""

MAX_DIGITS = 15
"""Most digits before the comma, far above any figure of a ward; a typing slip is longer."""

MAX_PLACES = 6
"""Most digits after the comma; with MAX_DIGITS every sum stays exact in 28-digit decimals."""


class NumberError(ValueError):
    """A typed number that cannot be read; its text says in Vietnamese what to write instead."""


def round_half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Return ``value`` rounded exactly to ``places`` decimals, halves away from zero."""
    scaled = abs(Fraction(value)) * 10**places
    digits = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{'-' if value < 0 and digits else ''}{digits}E-{places}")


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """Return ``value`` as printed: "1.204,5".

    Rounded half up to ``places`` decimals where given, otherwise exact, without closing zeros.
    """
    return _print(value, places, ",")


def format_typed(value: Decimal | int) -> str:
    """Return ``value`` as an official types it in YAML, without dots: "1204,5"."""
    return _print(value, None, "")


def _print(value: Decimal | int, places: int | None, group: str) -> str:
    number = Decimal(value) if places is None else round_half_up(value, places)
    whole, _, fraction = f"{number.copy_abs():{group}f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    text = whole.replace(",", ".") + (f",{fraction}" if fraction else "")
    return MINUS + text if number < 0 else text


_PLAIN = re.compile(r"0|[1-9][0-9]*")
_DOTTED = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_DECIMAL = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([,.'’ ][0-9]{3})+")
"""Thousands apart by a comma or another sign; as a count it can mean nothing else."""
_ENGLISH = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)")


def parse_count(text: str) -> int:
    """Read a count: plain ASCII digits, such as "1204".

    Raises NumberError for "1.204" (1204, or 1 and 204 thousandths?), decimals, signs, leading
    zeros, exponents, units and digits of other scripts.
    """
    if _PLAIN.fullmatch(text):
        return int(_not_too_long(text))
    if _GROUPED.fullmatch(text) and not _DOTTED.fullmatch(text):
        raise _run_together(text)
    if _DECIMAL.fullmatch(text) or (_ENGLISH.fullmatch(text) and not _DOTTED.fullmatch(text)):
        raise NumberError(f"“{text}” có phần lẻ, chỉ tiêu này là số đếm — viết số nguyên, như 1204")
    raise _refusal(text, "1204")


def parse_amount(text: str) -> Decimal:
    """Read an amount: "1204", "98,7" or "1.204,5".

    Raises NumberError for "1.204" (1204, or 1,204?), "1204.5" (a decimal point) and whatever
    :func:`parse_count` refuses besides decimals.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(_not_too_long(text))
    match = _DECIMAL.fullmatch(text)
    if match:
        if len(match[2]) > MAX_PLACES:
            raise NumberError(
                f"“{text}” có quá nhiều chữ số sau dấu phẩy — ghi nhiều nhất {MAX_PLACES} chữ số"
            )
        return Decimal(f"{_not_too_long(match[1].replace('.', ''))}.{match[2]}")
    english = _ENGLISH.fullmatch(text)
    if english and not _DOTTED.fullmatch(text):
        right = f"{english[1].replace(',', '')},{english[2]}"
        raise NumberError(f"“{text}” dùng dấu chấm cho phần lẻ — viết {right}")
    one_dot = text.count(".") == 1
    raise _refusal(text, "1204 hoặc 98,7", f" hoặc {text.replace('.', ',')}" if one_dot else "")


def same_typed(one: str, other: str) -> bool:
    """Say whether two figures as they are typed are one number; else whether they are one text."""
    try:
        return parse_amount(one) == parse_amount(other)
    except NumberError:
        return one == other


def _run_together(text: str) -> NumberError:
    return NumberError(f"“{text}” không viết liền — viết {re.sub('[^0-9]', '', text)}")


def _not_too_long(digits: str) -> str:
    if len(digits) > MAX_DIGITS:
        raise NumberError(f"số “{digits[:MAX_DIGITS]}…” quá lớn — kiểm tra lại các chữ số")
    return digits


def _refusal(text: str, example: str, or_else: str = "") -> NumberError:
    """Return why ``text`` is no number; ``or_else`` is the other reading of a dotted one."""
    joined = re.sub(r"[\s._]", "", text)
    if re.fullmatch(r"[1-9][0-9]{0,2}((,[0-9]{3}){2,}|(['’][0-9]{3})+)", text):
        return _run_together(text)
    if re.fullmatch(r"[-−–]\s*[0-9].*", text):
        return NumberError(f"“{text}” là số âm — số liệu không được âm, kiểm tra lại")
    if _DOTTED.fullmatch(text):
        return NumberError(f"“{text}” dễ nhầm giữa số nguyên và số lẻ — viết {joined}{or_else}")
    if re.fullmatch(r"[0-9]+([\s_][0-9]+)+", text):
        return NumberError(f"“{text}” không viết liền — viết {joined.lstrip('0') or '0'}")
    if re.fullmatch(r"0[0-9]+(,[0-9]+)?", text):
        whole, comma, rest = text.partition(",")
        right = (whole.lstrip("0") or "0") + comma + rest
        return NumberError(f"“{text}” có số 0 thừa ở đầu — viết {right}")
    if re.fullmatch(r"\+[0-9].*", text):
        return NumberError(f"“{text}” có dấu + thừa — viết {text[1:]}")
    if re.fullmatch(r"[0-9.,]+[eE][+-]?[0-9]+", text):
        return NumberError(f"“{text}” là cách viết lũy thừa — viết đủ các chữ số, như {example}")
    if re.fullmatch(r"[0-9.,]+\s*%", text):
        return NumberError(f"“{text}” có dấu % — chỉ viết số, như {example}; tỷ lệ do máy tính")
    if any(sign.isnumeric() and sign not in "0123456789" for sign in text):
        return NumberError(f"“{text}” có chữ số lạ — gõ lại bằng các chữ số 0 đến 9")
    if re.match(r"[0-9]", text) and re.search(r"[^\W\d_]", text):
        return NumberError(f"“{text}” có chữ đi kèm số — chỉ viết số, như {example}")
    return NumberError(f"“{text}” không phải là số — viết như {example}")


PRINTED = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
"""A number as documents print it, as a pattern."""


def printed_number(text: str) -> Decimal | None:
    """Read a number as documents print it: "1.925" is one thousand; None for what is none."""
    try:
        return parse_amount(text.replace(".", ""))
    except NumberError:
        return None


_ONES = {
    word: number
    for number, words in enumerate(
        ("một mốt", "hai", "ba", "bốn tư", "lăm", "sáu", "bảy", "tám", "chín"), 1
    )
    for word in words.split()
}
_UNITS = "một|hai|ba|bốn|sáu|bảy|tám|chín"
SPOKEN = (
    rf"(?:(?:{_UNITS}|năm)\s+mươi(?:\s+(?:{_UNITS}|mốt|tư|lăm))?|mười(?:\s+(?:{_UNITS}|lăm))?"
    rf"|(?:{_UNITS})(?!\s+(?:số|vài|phần|cửa|mươi|trong|lần|cấp|bên)\b))"
)
"""A number below 100 in words, as a pattern; "một cửa" counts nothing."""


def spoken_number(words: str) -> Decimal | None:
    """Return 12 for "mười hai", 25 for "hai mươi lăm"; None for what is no number below 100."""
    tens, *rest = words.split()
    if tens == "mười":
        return Decimal(10 + (_ONES[rest[0]] if rest else 0))
    if rest[:1] == ["mươi"]:
        ten = 5 if tens == "năm" else _ONES[tens]
        return Decimal(10 * ten + (_ONES[rest[1]] if rest[1:] else 0))
    return Decimal(_ONES[tens]) if tens in _ONES else None
