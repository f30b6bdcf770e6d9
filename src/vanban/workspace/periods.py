"""Reporting periods as a table of data: windows, names, and what adds up over the year.

Windows as the Ministry of Home Affairs (Bộ Nội vụ) guides reports on administrative reform; a
superior may set others, then this table is what changes. Quarter III covers its own three months
only; the others count from the start of the reporting year, 15 December of the year before. There
is no report of quarter II or IV: the six-month and the annual report take their place. The ids are
also the names of the files in ``bao-cao/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True)
class Edge:
    """First or last day of a window; ``year_offset`` is −1 for the year before."""

    month: int
    day: int
    year_offset: int = 0

    def in_year(self, year: int) -> date:
        return date(year + self.year_offset, self.month, self.day)


@dataclass(frozen=True)
class Period:
    """A kind of reporting period.

    ``name`` stands alone ("quý III"); ``title_form`` and ``next_form`` are completed by
    :meth:`title` and :meth:`next_title`; ``next_end`` is the last day of what the latter names.
    ``cumulative`` says whether its figures count from the start of the reporting year (lũy kế).
    """

    id: str
    name: str
    title_form: str
    start: Edge
    end: Edge
    cumulative: bool
    next_form: str
    next_end: Edge
    next_offset: int = 0

    @property
    def document_id(self) -> str:
        """The id of its report, by which it is built and other documents refer to it."""
        return f"report-{self.id}"

    def report_abstract(self, year: int) -> str:
        """Return the abstract (trích yếu) of its report."""
        return f"Kết quả công tác cải cách hành chính {self.title(year)}"

    def title(self, year: int) -> str:
        """Return "quý III năm 2025"."""
        return self.title_form.format(year=year)

    def next_title(self, year: int) -> str:
        """Return the period that its outlook is about: "quý IV năm 2025"."""
        return self.next_form.format(year=year + self.next_offset)


_YEAR_START = Edge(12, 15, -1)

PERIODS: MappingProxyType[str, Period] = MappingProxyType(
    {
        period.id: period
        for period in (
            Period(
                "q1",
                "quý I",
                "quý I năm {year}",
                _YEAR_START,
                Edge(3, 14),
                cumulative=True,
                next_form="quý II năm {year}",
                next_end=Edge(6, 30),
            ),
            Period(
                "h1",
                "6 tháng đầu năm",
                "6 tháng đầu năm {year}",
                _YEAR_START,
                Edge(6, 14),
                cumulative=True,
                next_form="6 tháng cuối năm {year}",
                next_end=Edge(12, 31),
            ),
            Period(
                "q3",
                "quý III",
                "quý III năm {year}",
                Edge(6, 15),
                Edge(9, 14),
                cumulative=False,
                next_form="quý IV năm {year}",
                next_end=Edge(12, 31),
            ),
            Period(
                "year",
                "năm",
                "năm {year}",
                _YEAR_START,
                Edge(12, 14),
                cumulative=True,
                next_form="năm {year}",
                next_end=Edge(12, 31, 1),
                next_offset=1,
            ),
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
    return row.start.in_year(year), row.end.in_year(year)
