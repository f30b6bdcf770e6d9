"""The workbook of a city: everything that was gathered of its wards, a sheet a question."""

from __future__ import annotations

from collections.abc import Iterable

from vanban.city.gathered import Concern
from vanban.city.outliers import Outlier
from vanban.compose.city_concerns import concern_sheet, method_sheet, outlier_sheet, ward_sheet
from vanban.compose.city_figures import CityFigures, group_sheets, rank_sheet, summary_sheet
from vanban.sheet import Sheet


def city_workbook(
    city: CityFigures, concerns: Iterable[Concern], far: Iterable[Outlier]
) -> tuple[Sheet, ...]:
    """Return the sheets in the order in which they are asked for."""
    concerns = tuple(concerns)
    return (
        summary_sheet(city),
        concern_sheet(city, concerns),
        outlier_sheet(city, far),
        rank_sheet(city),
        *group_sheets(city),
        ward_sheet(city, concerns),
        method_sheet(city),
    )
