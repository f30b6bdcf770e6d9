"""Change against the same period of last year; q3 is never compared with h1."""

from __future__ import annotations

from fractions import Fraction

from vanban.figures.ratios import rounded
from vanban.figures.values import Value, show
from vanban.nd30.numbers import format_number
from vanban.workspace.models.indicators import Indicator

NO_CHANGE_KNOWN = "–"


def format_change(indicator: Indicator, now: Value, before: Value | None) -> str:
    """Return "+12", "−3" or, for ratios, "+1,2 điểm %"; "–" where either figure is missing."""
    if before is None or now.amount is None or before.amount is None:
        return NO_CHANGE_KNOWN
    difference = now.amount - before.amount
    if not indicator.is_ratio:
        return _signed(difference, show(abs(difference)))
    points = rounded(abs(difference) * 100, 1)
    return _signed(difference, f"{format_number(points)} điểm %")


def _signed(difference: Fraction, text: str) -> str:
    if difference == 0:
        return "0"
    return f"+{text}" if difference > 0 else f"−{text}"
