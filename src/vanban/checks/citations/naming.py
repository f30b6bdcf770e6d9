"""Where a text names laws of the register, and which law of that name is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec import Struct

from vanban.checks.citations.laws import KnownLaw, known_laws
from vanban.checks.finding import Stretch
from vanban.checks.language.names import Names
from vanban.checks.writing import Passage
from vanban.nd30.citation_words import NUMBER
from vanban.nd30.citations import without_blanks
from vanban.nd30.dates import DATE, calendar_date


class NamedLaw(Struct, frozen=True):
    """A law by its name at ``at``; what follows it of number, day of passing and year.

    ``of_another``: it stands in the title of another document, "sửa đổi, bổ sung một số điều của
    Luật Đấu thầu", and what follows is of that.
    """

    at: Stretch
    name: str
    number: str | None
    day: date | None
    year: int | None
    end: int
    of_another: bool = False

    @property
    def whole(self) -> Stretch:
        """Name, number and day."""
        return Stretch(self.at.passage, self.at.start, self.end)

    @property
    def told(self) -> str:
        """The name and by what it is known here."""
        if self.number is not None:
            return f"{self.name} số {self.number}"
        year = self.day.year if self.day is not None else self.year
        return self.name if year is None else f"{self.name} năm {year}"


@cache
def _names() -> Names:
    return Names(known_laws().by_name)


@cache
def _following() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\s*,?\s*\(?\s*(?:Luật\s+)?số:?\s*(?P<number>{NUMBER}))?"
        rf"(?:\s*,?\s*\(?\s*(?:đã\s+được\s+Quốc\s+hội.{{0,40}}?thông\s+qua\s+)?(?P<day>{DATE})"
        r"|\s*,?\s*\(?\s*(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?![\w/-]))?"
    )


_OF_ANOTHER = re.compile(r"(?:một số (?:điều|nội dung)|thi hành|sửa đổi|bổ sung)[^;.]{0,60}$")
"""Words by which a law is named in the title of another document, to which the date belongs."""


def laws_in(passage: Passage) -> Iterator[NamedLaw]:
    """Yield where a passage names laws of the register, in whatever casing."""
    if "uật" not in passage.text and "lệnh" not in passage.lower:
        return
    for found in _names().find(passage):
        at, text = found.at, passage.text
        if _OF_ANOTHER.search(text, max(0, at.start - 120), at.start):
            yield NamedLaw(at, found.name, None, None, None, at.end, of_another=True)
            continue
        more = _following().match(text, at.end)
        assert more is not None
        yield NamedLaw(
            at,
            found.name,
            without_blanks(more["number"]) if more["number"] else None,
            calendar_date(more["day"]) if more["day"] else None,
            int(more["year"]) if more["year"] else None,
            more.end(),
        )


def law_of(named: NamedLaw, day: date) -> KnownLaw | None:
    """Return the law that is meant by a name on a day, None where that is not known.

    A name alone is that of the law in force, and of the last one where none is.
    """
    same = known_laws().by_name[named.name]
    if named.number is not None:
        same = tuple(law for law in same if named.number in law.numbers)
    elif named.day is not None:
        same = tuple(law for law in same if law.passed == named.day)
    elif named.year is not None:
        same = tuple(law for law in same if law.passed and law.passed.year == named.year)
    in_force = (law for law in same if not law.is_over(day))
    return next(in_force, same[-1] if same else None)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that has the characters ``start`` to ``end``."""
    stop = text.find(". ", end)
    return text.rfind(". ", 0, start) + 1, stop if stop >= 0 else len(text)
