"""The level of a target: "từ 95% trở lên" → an operator and an exact bound, or a direction.

The grammar is closed: what is not in it is an error, never a guess. A bare number means exactly
that number; where more is as good, the plan says "từ … trở lên".
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from enum import Enum, StrEnum
from fractions import Fraction

from msgspec import Struct

from vanban.nd30.numbers import NumberError, parse_amount


class Operator(Enum):
    """How a result relates to the bound that it must meet."""

    EQUAL = "="
    AT_LEAST = "≥"
    ABOVE = ">"
    AT_MOST = "≤"
    BELOW = "<"

    def holds(self, result: Fraction, bound: Fraction) -> bool:
        return _COMPARE[self](result, bound)


_COMPARE: dict[Operator, Callable[[Fraction, Fraction], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.AT_LEAST: operator.ge,
    Operator.ABOVE: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.BELOW: operator.lt,
}


class Direction(StrEnum):
    """A target without a number, judged by the same period of last year where that is known."""

    UP = "tăng"
    DOWN = "giảm"
    ABOVE_LAST_YEAR = "cao hơn năm trước"

    def is_met_by(self, result: Fraction, last_year: Fraction) -> bool:
        """Say whether the exact ``result`` went the right way; the same as before is neither."""
        return result < last_year if self is Direction.DOWN else result > last_year


class Bound(Struct, frozen=True):
    """A level with a number; ``value`` is a share of 1 where ``percent`` (95 % is 19/20)."""

    operator: Operator
    value: Fraction
    percent: bool

    def is_met_by(self, result: Fraction) -> bool:
        """Say whether the exact ``result`` reaches this level."""
        return self.operator.holds(result, self.value)


Level = Bound | Direction


class LevelError(ValueError):
    """A level outside the grammar; its text says in Vietnamese what to write."""


EXAMPLES = (
    "100%, từ 95% trở lên, ít nhất 30%, không quá 100%, trên 90%, dưới 5%, 0, tăng, giảm hoặc "
    "cao hơn năm trước"
)

_NUMBER = r"(?P<number>[0-9][0-9.,]*) ?(?P<percent>%?)"

_FORMS: tuple[tuple[re.Pattern[str], Operator], ...] = tuple(
    (re.compile(form.replace("#", _NUMBER), re.IGNORECASE), meaning)
    for form, meaning in (
        ("#", Operator.EQUAL),
        ("từ # trở lên", Operator.AT_LEAST),
        ("(?:ít nhất|tối thiểu|không dưới) #", Operator.AT_LEAST),
        ("trên #", Operator.ABOVE),
        ("từ # trở xuống", Operator.AT_MOST),
        ("(?:không quá|không vượt quá|tối đa) #", Operator.AT_MOST),
        ("dưới #", Operator.BELOW),
    )
)


def parse_level(text: str) -> Level:
    """Read a level; raises LevelError for anything outside the grammar of :data:`EXAMPLES`."""
    words = " ".join(text.split())
    for direction in Direction:
        if words.lower() == direction:
            return direction
    for form, meaning in _FORMS:
        match = form.fullmatch(words)
        if match:
            percent = bool(match["percent"])
            try:
                number = Fraction(parse_amount(match["number"]))
            except NumberError as error:
                raise LevelError(f"mức “{text}”: {error}") from None
            return Bound(meaning, number / 100 if percent else number, percent)
    raise LevelError(f"không hiểu mức “{text}” — viết như {EXAMPLES}")
