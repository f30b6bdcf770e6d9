"""Numbers of headings: Phần I, I., 1., 1.1., a) (Decree 30/2020, Annex I, II.6.đ)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class HeadingForm:
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
