"""The check of the year as the desk keeps it: made anew when a file has changed, by one at a time.

Apart from composing, which answers typing and never waits for it: in a server another process
reviews.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Lock

from msgspec import Struct, field

from vanban.app.catalogue import find_kind
from vanban.app.year_review import YearReview
from vanban.checks.finding import Finding
from vanban.desk.state import Desk
from vanban.errors import ContentError

Reviewer = Callable[[Path, int, str], YearReview]
"""Reviews the year of a content folder, and a document that is made on request ("" for none)."""


class Reviews(Struct):
    """The last review of each kind: of a year (""), or with a document made on request.

    Each has the number of its turn. Whoever has waited takes a review that began after he asked,
    so that many who change much wait for two at the most.
    """

    desk: Desk
    reviewer: Reviewer
    _lock: Lock = field(default_factory=Lock)
    _turns: Iterator[int] = field(default_factory=count)
    _known: dict[tuple[int, str], tuple[object, int, YearReview]] = field(default_factory=dict)

    def year(self) -> YearReview:
        """Return the review of the year; raises ContentError where a register has mistakes."""
        return self._review("")

    def of(self, document_id: str) -> YearReview:
        """Return the review in which a document is; raises UsageError where there is none."""
        kind = find_kind(document_id, self.desk.content)
        return self._review(document_id if kind.on_request else "")

    def _review(self, also: str) -> YearReview:
        asked, year = next(self._turns), self.desk.year
        with self._lock:
            state = self.desk.files_state()
            known = self._known.get((year, also))
            if known is None or (known[0] != state and known[1] < asked):
                turn = next(self._turns)
                found = self.reviewer(self.desk.content, year, also)
                known = self._known[year, also] = (state, turn, found)
            return known[2]

    def finding(self, key: str) -> Finding:
        """Return the finding of that key; raises ContentError where there is none any more."""
        newest = self.year()  # the others are those known then
        known = tuple(self._known.items())
        others = (found[2] for (year, _), found in known if year == self.desk.year)
        for review in (newest, *others):
            for each in review.findings:
                if key_of(each) == key:
                    return each
        message = "phát hiện này không còn như lúc hiện ra — xem lại danh sách"
        raise ContentError.at(self.desk.content, message)


def key_of(finding: Finding) -> str:
    """Return what a finding is called while nothing about it changes."""
    places = [(str(spot.place), spot.paragraph, spot.excerpt) for spot in finding.spots]
    told = repr((finding.rule, finding.message, finding.excused, places))
    return sha256(told.encode()).hexdigest()[:16]
