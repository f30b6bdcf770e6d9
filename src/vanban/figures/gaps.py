"""What a report still lacks before it can be signed."""

from __future__ import annotations

from vanban.figures.values import Figures
from vanban.workspace.models.indicators import Indicator


def missing_figures(figures: Figures) -> tuple[Indicator, ...]:
    """Return the indicators that still need a figure, in the order of the register.

    Ratios and sums are not named: they lack what their parts lack.
    """
    return tuple(
        value.indicator
        for value in figures.values.values()
        if value.number is None and not value.indicator.is_ratio and not value.indicator.sum_of
    )
