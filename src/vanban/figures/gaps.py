"""What a report still lacks before it can be signed: figures not typed, sample figures."""

from __future__ import annotations

from vanban.figures.values import Figures
from vanban.workspace.models.base import uses_sample
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.workspace import Workspace


def missing_figures(figures: Figures) -> tuple[Indicator, ...]:
    """Return the indicators that still need a figure, in the order of the register.

    Ratios and sums are not named: they lack what their parts lack.
    """
    return tuple(
        value.indicator
        for value in figures.values.values()
        if value.number is None and not value.indicator.is_ratio and not value.indicator.sum_of
    )


def uses_sample_figures(workspace: Workspace, period: str) -> bool:
    """Say whether the figures of ``period``, or those of last year beside them, are samples.

    Also true where the register of indicators itself is a sample. The narrative is not looked at.
    """
    if uses_sample(workspace.indicators):
        return True
    for reports in (workspace.reports, workspace.last_year_reports):
        report = reports.get(period)
        if report is not None and (
            report.sample or any(uses_sample(figure) for figure in report.figures.values())
        ):
            return True
    return False
