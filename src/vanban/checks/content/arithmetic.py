"""Sums and shares that a sentence states: "1.925 hồ sơ (trực tuyến 1.486; trực tiếp 439)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.numbers import PRINTED, format_number, printed_number, round_half_up

_N = rf"(?<![\d.,/]){PRINTED}"
_TOTAL = re.compile(
    rf"(?P<total>{_N})(?![\d/%])(?P<unit>(?:\s+[^\W\d]+){{0,6}})\s*"
    r"(?:\((?P<inside>[^()]*)\)|,?\s+(?:trong đó|bao gồm|gồm)(?P<after>[^.;\n]*(?:;[^.;\n]*)*))"
)
_PART_END = re.compile(r"[;,](?=\s)|\s+và\s+")
_NUMBER = re.compile(rf"(?:{_N})(?![\d/])")
_RATIO = re.compile(
    rf"(?P<part>{_N})\s*/\s*(?P<whole>{PRINTED})(?![\d/])"
    r"(?P<between>(?:\s+[^\W\d]+){0,8}[\s,(=:]*?(?:\b(?:đạt|chiếm|bằng|tỷ lệ|tương đương)\b"
    r"(?:\s+(?:tỷ lệ|khoảng))?|[,(=])\s*)"
    r"(?P<share>\d{1,3}(?:,\d+)?)\s*%"
)
_DATE = re.compile(r"ngày|tháng|năm|quý|khoản|điều|số\s*$", re.IGNORECASE)


@text_algorithm
def wrong_sums(writing: Writing) -> Iterator[Hit]:
    for passage in writing.prose:
        for found in _TOTAL.finditer(passage.text):
            total = printed_number(found["total"])
            inside = found["inside"]
            parts = _parts(found["after"] if inside is None else inside, _first(found["unit"]))
            if total is None or len(parts) < 2 or _is_date(passage, found.start()):
                continue
            added = sum(parts)
            partial = inside is None or inside.lower().startswith("trong đó")
            if added == total or (partial and added < total):
                continue
            given = {"cong_lai": format_number(added), "tong_so": format_number(total)}
            # nữ 45, đảng viên 30: what is named "trong đó" may overlap
            yield Hit(Stretch(passage, *found.span()), given=given, unsure=partial)


@text_algorithm
def wrong_shares(writing: Writing) -> Iterator[Hit]:
    for passage in writing.prose:
        for found in _RATIO.finditer(passage.text):
            part, whole = printed_number(found["part"]), printed_number(found["whole"])
            share = printed_number(found["share"])
            if part is None or not whole or share is None or _is_date(passage, found.start()):
                continue
            places = len(found["share"].partition(",")[2])
            exact = Fraction(part) / Fraction(whole) * 100
            if abs(exact - Fraction(share)) < Fraction(1, 10**places):
                continue
            right = format_number(round_half_up(exact, max(places, 1)))
            given = {"phan_so": f"{found['part']}/{found['whole']}", "ghi": found["share"]}
            yield Hit(Stretch(passage, *found.span()), right=right, given=given)


def _parts(text: str, unit: str) -> tuple[Decimal, ...]:
    """Return the number of each part of an enumeration, () where a part has none or several.

    A part has no unit of its own, or the ``unit`` of the whole: 195 m (bể 400 m³) is no sum.
    """
    parts = []
    for piece in _PART_END.split(text):
        numbers = list(_NUMBER.finditer(piece))
        value = printed_number(numbers[0][0]) if len(numbers) == 1 else None
        if value is None or "%" in piece:
            return ()
        own = _first(piece[numbers[0].end() :])
        if own and own != unit:
            return ()
        parts.append(value)
    return tuple(parts)


def _first(text: str) -> str:
    """Return the first word of what follows a number, "" where nothing does."""
    words = text.lower().split()
    return words[0].strip(".,;:") if words else ""


def _is_date(passage: Passage, start: int) -> bool:
    return _DATE.search(passage.text, max(0, start - 7), start) is not None
