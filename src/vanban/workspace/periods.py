"""Reporting periods as a table of data: windows, names, and what adds up over the year.

Windows as the Ministry of Home Affairs (Bộ Nội vụ) guides reports on administrative reform; a
superior may set others, then this table is what changes. Quarter III covers its own three months
only; the others count from the start of the reporting year, 15 December of the year before. There
is no report of quarter II or IV: the six-month and the annual report take their place. The ids are
also the names of the files in ``bao-cao/``.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from msgspec import Struct

from vanban.errors import UsageError


class Period(Struct, frozen=True):
    """A kind of reporting period.

    ``name`` stands alone ("quý III"); ``start`` and ``end`` are month and day; ``following`` is
    the name of the period that its outlook is about, ``following_end`` the last day of that.
    """

    id: str
    name: str
    start: tuple[int, int]
    end: tuple[int, int]
    following: str
    following_end: tuple[int, int]

    @property
    def cumulative(self) -> bool:
        """Whether its figures count from the start of the reporting year (lũy kế)."""
        return self.start == YEAR_START

    @property
    def document_id(self) -> str:
        """The id of its report, by which it is built and other documents refer to it."""
        return f"report-{self.id}"

    @property
    def city_document_id(self) -> str:
        """The id of the report of a city on its wards."""
        return f"city-report-{self.id}"

    def report_abstract(self, year: int) -> str:
        """Return the abstract (trích yếu) of its report."""
        return f"Kết quả công tác cải cách hành chính {self.title(year)}"

    def title(self, year: int) -> str:
        """Return "quý III năm 2025"."""
        return _of_year(self.name, year)

    def next_title(self, year: int) -> str:
        """Return the period that its outlook is about: "quý IV năm 2025"."""
        return _of_year(self.following, self._next_year(year))

    def next_end(self, year: int) -> date:
        """Return the last day of the period that its outlook is about."""
        return date(self._next_year(year), *self.following_end)

    def _next_year(self, year: int) -> int:
        return year + (self.following == self.name)


def _of_year(name: str, year: int) -> str:
    return f"{name.removesuffix('năm').strip()} năm {year}".strip()


YEAR_START = (12, 15)
"""First day of the reporting year, in the year before."""

PERIODS: MappingProxyType[str, Period] = MappingProxyType(
    {
        period.id: period
        for period in (
            Period("q1", "quý I", YEAR_START, (3, 14), "quý II", (6, 30)),
            Period("h1", "6 tháng đầu năm", YEAR_START, (6, 14), "6 tháng cuối năm", (12, 31)),
            Period("q3", "quý III", (6, 15), (9, 14), "quý IV", (12, 31)),
            Period("year", "năm", YEAR_START, (12, 14), "năm", (12, 31)),
        )
    }
)

WITHIN: tuple[tuple[tuple[str, ...], str], ...] = (
    (("q1",), "h1"),
    (("h1", "q3"), "year"),
    (("q1", "q3"), "year"),
    (("h1",), "year"),
    (("q3",), "year"),
    (("q1",), "year"),
)
"""Periods that lie, without overlap, within another: a flow adds up to at most the whole.

For one whole the strictest row stands first. q3 and h1 are never compared.
"""


def window(period: str, year: int) -> tuple[date, date]:
    """Return the first and the last day whose figures ``period`` of ``year`` counts."""
    row = PERIODS[period]
    return date(year - row.cumulative, *row.start), date(year, *row.end)


def know_period(period: str) -> None:
    """Raise UsageError for a period that there is none of."""
    if period not in PERIODS:
        raise UsageError(f"không có kỳ “{period}” — chọn trong: {', '.join(PERIODS)}")
