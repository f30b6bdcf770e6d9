"""What the outlines of a period's documents print of the period itself."""

from __future__ import annotations

from typing import Any

from vanban.nd30.dates import short_date
from vanban.provenance import computed
from vanban.workspace.models.entry import Entry
from vanban.workspace.periods import Period, window

INITIATIVES = "chi_dao_dieu_hanh.sang_kien"
INITIATIVE_PERIODS = ("h1", "year")
"""Initiatives are reported for six months and the year; in other periods only where there are."""


def period_values(report: Entry, period: Period, year: int) -> dict[str, Any]:
    """Return the values of ``period`` by the names that outlines have for them.

    They lead back to ``report``, which says that it is of the period.
    """
    own = report.origin()
    first, last = window(period.id, year)
    return {
        "abstract": computed(period.report_abstract(year), own),
        "period_title": computed(period.title(year), own),
        "next_period_title": computed(period.next_title(year), own),
        "window": {
            "start": computed(short_date(first), own),
            "end": computed(short_date(last), own),
        },
        "cumulative": period.cumulative,
        "initiatives_due": period.id in INITIATIVE_PERIODS,
    }
