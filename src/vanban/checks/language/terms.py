"""Terms that went out of use, judged by the day of the document and by what the sentence tells of.

An older document uses the words of its day; a newer one may tell of the past ("trước đây", "nay
là",
"cấp ngày", a year before) and cites documents by the names of their issuers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

from vanban.checks.alike import once_for_alike
from vanban.checks.clauses import sentence_around
from vanban.checks.content.government_levels import is_past
from vanban.checks.content.times import own_title, title_year
from vanban.checks.data import expression
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rows import wordings
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.nd30.citations import citations
from vanban.nd30.dates import DATE, calendar_date

_PAST = expression("times", "told_of_past")
_DATE = re.compile(DATE)
_YEAR = re.compile(r"(?<![\d/.])năm (\d{4})(?!\d)")


@text_algorithm
def out_of_use(writing: Writing, terms: Sequence[Mapping[str, object]]) -> Iterator[Hit]:
    """``terms`` have each the day since (``tu``, "" for long ago), why (``vi``), and ``thay``."""
    for term in terms:
        since = calendar_date(str(term["tu"])) if term["tu"] else None
        if since is not None and _is_older(writing, since):
            continue
        pairs = term["thay"]
        assert isinstance(pairs, tuple)
        index, find = _finder(pairs)
        for passage in wordings.may_stand_in(writing, index):
            if passage.role is Role.HEADER:
                continue
            for found in find(passage):
                if not _is_rightly_used(passage, found.start, found.end, since):
                    at = Stretch(passage, found.start, found.end)
                    given = {"vi": term["vi"]}
                    yield Hit(at, matter=at.words.lower(), right=found.right or "", given=given)


@lru_cache(maxsize=64)
def _finder(
    pairs: tuple[str, ...],
) -> tuple[wordings.Index, Callable[[Passage], tuple[wordings.Found, ...]]]:
    index = wordings.index(map(wordings.pair, pairs), patterns=True)
    return index, once_for_alike(partial(wordings.find, listed=index))


def _is_older(writing: Writing, since: date) -> bool:
    """Say whether a document is of the time before; by its title's year where it has no day."""
    if writing.issued is not None:
        return writing.issued < since
    year = writing.year or title_year(own_title(writing))
    return bool(year) and year < since.year


def _is_rightly_used(passage: Passage, start: int, end: int, since: date | None) -> bool:
    """Say whether a term belongs to a cited document, or to the past that the sentence tells of."""
    if any(each.head.start <= start < each.head.end for each in citations(passage.text)):
        return True
    if since is None:
        return False
    if is_past(passage, start, end):
        return True
    begin, stop = sentence_around(passage.text, start, end)
    sentence = passage.lower[begin:stop]
    if _PAST.search(sentence):
        return True
    years = (int(each[1]) < since.year for each in _YEAR.finditer(sentence))
    days = (calendar_date(each[0]) for each in _DATE.finditer(passage.text[begin:stop]))
    return any(years) or any(day is not None and day < since for day in days)
