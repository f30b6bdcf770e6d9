"""Numbers of headings made and read: Phần I, I., 1., 1.1., a) (Decree 30, Annex I, II.6.đ)."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from vanban.document import StyleId

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters of điểm in the order of the Vietnamese alphabet, without f, j, w and z."""

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return ``number`` (from 1) as a Roman numeral."""
    digits = ""
    for value, digit in _ROMAN:
        count, number = divmod(number, value)
        digits += digit * count
    return digits


def letter(number: int) -> str:
    """Return the letter of point ``number`` (from 1): a, b, c, d, đ, e, g …, y, aa, ab …."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, len(LETTERS))
        text = LETTERS[rest] + text
    return text


class HeadingForm(Struct, frozen=True):
    """How headings of one level look.

    ``label`` makes the number from the heading's own count and its parent's label; ``stacked``
    puts the label on a line of its own.
    """

    style: StyleId
    label: Callable[[int, str], str]
    stacked: bool = False


HEADING_FORMS: dict[str, HeadingForm] = {
    "Phần I": HeadingForm(StyleId.PART, lambda count, _: f"Phần {roman(count)}", stacked=True),
    "I.": HeadingForm(StyleId.SECTION, lambda count, _: f"{roman(count)}."),
    "1.": HeadingForm(StyleId.CLAUSE, lambda count, _: f"{count}."),
    "1.1.": HeadingForm(StyleId.POINT, lambda count, parent: f"{parent}{count}."),
    "1.1.1.": HeadingForm(StyleId.SUBPOINT, lambda count, parent: f"{parent}{count}."),
    "a)": HeadingForm(StyleId.POINT, lambda count, _: f"{letter(count)})"),
}
"""Forms of headings by their first label; an outline lists the ones it uses, outermost first."""

_STARTS = tuple(
    (kind, level, re.compile(pattern, re.IGNORECASE if words else 0))
    for kind, level, words, pattern in (
        ("phần, chương", 1, True, r"(?:phần|chương)\s+(?:thứ\s+\w+|[ivxlc]+|\d+)\b[.:]?"),
        ("mục, tiểu mục", 2, True, r"(?:mục|tiểu mục)\s+(?:[ivxlc]+|\d+)\b[.:]?"),
        ("điều", 3, True, r"điều\s+\d+[a-zđ]?\b\s*[.:]?"),
        ("mục có số La Mã", 2, False, r"[IVXL]+\s*[./)-](?=\s)"),
        ("khoản nhiều cấp", 4, False, r"\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"),
        ("khoản", 4, False, r"\d{1,3}[.)](?=\s)"),
        ("điểm", 9, False, r"[a-zđ]{1,2}\)(?=\s)"),
    )
)
"""Kind, level (1 is the outermost), whether it is written in words, and how it begins."""


class HeadingNumber(Struct, frozen=True):
    """The number at the start of a line: its kind, level and end. "1.1.1." lies below "1.1."."""

    kind: str
    level: int
    end: int

    @property
    def plain(self) -> bool:
        """Whether it is "1.", which is also how numbered paragraphs begin."""
        return self.kind == "khoản"


def heading_number(text: str, start: int = 0) -> HeadingNumber | None:
    """Return the number that ``text`` has at ``start``, None where a line begins otherwise."""
    for kind, level, pattern in _STARTS:
        found = pattern.match(text, start)
        if found is not None:
            deeper = found[0].strip().rstrip(".").count(".") if kind == "khoản nhiều cấp" else 0
            return HeadingNumber(kind, level + deeper, found.end())
    return None
