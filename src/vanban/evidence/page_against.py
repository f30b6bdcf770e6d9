"""Page 1 of a file against the document that it is said to be a copy of.

In: the lines of the page, the document. Out: what contradicts it (number, date), and what a person
should compare. Words of a page are read by a machine: only clear contradictions stop anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from vanban.evidence.first_page import Line
from vanban.evidence.suggest import suggest
from vanban.nd30.dates import short_date
from vanban.workspace.models.register import CitedDocument

ABOUT = re.compile(r"^(?:về việc|về|v/v)\s+", re.IGNORECASE)
SCAN = "trang 1 không đọc được chữ (bản quét) nên chưa đối chiếu — tự đối chiếu số, ngày, trích yếu"
NOT_SEEN = "trang 1 không thấy {} — tự đối chiếu với văn bản"


class Compared(Struct, frozen=True):
    """Sentences in Vietnamese: what page 1 contradicts, and what a person should compare."""

    contradictions: tuple[str, ...]
    notes: tuple[str, ...]


def compare(lines: Sequence[Line], document: CitedDocument) -> Compared:
    """Compare page 1 with number, date and abstract of ``document``, as far as both are known."""
    if not lines:
        return Compared((), (SCAN,))
    seen = suggest(lines)
    wrong: list[str] = []
    notes: list[str] = []
    pairs = (
        ("số", seen.number, document.number if document.has_number else None, _plain_number),
        (
            "ngày",
            short_date(seen.date) if seen.date is not None else None,
            short_date(document.date) if document.date is not None else None,
            str,
        ),
    )
    for name, on_page, known, plain in pairs:
        if known is None:
            continue
        if on_page is None:
            notes.append(NOT_SEEN.format(name))
        elif plain(on_page) != plain(known):
            wrong.append(f"trang 1 ghi {name} “{on_page}”, văn bản là “{known}”")
    if seen.abstract is not None and not _same_words(seen.abstract, document.abstract):
        notes.append(f"trang 1 có trích yếu “{seen.abstract}”, văn bản là “{document.abstract}”")
    return Compared(tuple(wrong), tuple(notes))


def issue_options(lines: Sequence[Line]) -> str:
    """Return the options of ``vanban issue`` with number and date of page 1, or what to put in."""
    seen = suggest(lines)
    number = re.match(r"\d+", seen.number or "")
    day = short_date(seen.date) if seen.date is not None else "NGÀY"
    return f"--so {number[0] if number is not None else 'SỐ'} --ngay {day}"


def _plain_number(number: str) -> str:
    return number.lstrip("0").casefold()


def _same_words(one: str, other: str) -> bool:
    """Say whether one abstract begins as the other; type and "về việc" before them aside."""
    first, second = (list(_words(text)) for text in (one, other))
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]


def _words(abstract: str) -> Iterator[str]:
    return iter(re.findall(r"\w+", ABOUT.sub("", abstract.casefold())))
