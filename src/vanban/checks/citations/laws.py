"""The register of laws, ordinances and common decrees: ``checks/laws.yaml``.

General knowledge, by number: name or abstract, days of passing and of force, what replaced it. What
nobody has seen in an official text is marked so. :func:`laws_in` finds where a text names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources

from pydantic import model_validator

from vanban.checks.data import read_data
from vanban.checks.finding import Stretch
from vanban.checks.language.names import Names
from vanban.checks.writing import Passage
from vanban.nd30.citation_words import NUMBER
from vanban.nd30.citations import without_blanks
from vanban.nd30.dates import DATE, calendar_date
from vanban.nd30.document_types import LAWS
from vanban.workspace.models.entry import Day, Entry, Flag, Text, key, mistake, optional


class KnownLaw(Entry):
    """One document, or several of one fate, and what stands in their place."""

    numbers: tuple[Text, ...] = key("so", "Số, ký hiệu", "Số và ký hiệu.", min_length=1)
    name: Text | None = optional("ten", "Tên", "Tên luật, hoặc trích yếu của văn bản khác.")
    passed: Day | None = optional("ngay", "Ngày", "Ngày thông qua, ban hành.")
    in_force: Day | None = optional("hieu_luc", "Hiệu lực", "Ngày có hiệu lực.")
    ended: Day | None = optional("het", "Hết hiệu lực", "Ngày hết hiệu lực.")
    instead: Text | None = optional("xem", "Xem", "Văn bản phải xem: số trong bảng, hoặc lời.")
    source: Text | None = optional("nguon", "Nguồn", "Nếu khác nguồn chung của bảng.")
    reviewed: Day | None = optional("xem_lai", "Xem lại", "Nếu sau ngày xem lại của cả bảng.")
    unverified: Flag = key("can_kiem_tra", "Cần kiểm tra", "Chưa đọc bản gốc.", default=False)

    @model_validator(mode="after")
    def _says_what_to_see(self) -> KnownLaw:
        if (self.ended is None) is not (self.instead is None):
            raise mistake(f"{self.numbers[0]}: het và xem phải ghi cùng nhau")
        return self

    @property
    def is_law(self) -> bool:
        """Whether it has a name, as laws, codes and ordinances do; others have an abstract."""
        return self.name is not None and self.name.startswith(LAWS)

    def is_over(self, day: date) -> bool:
        return self.ended is not None and self.ended <= day


class KnownLaws(Entry):
    """The table; the day on which all of it was last looked through, and whence most of it is."""

    reviewed: Day = key("xem_lai", "Xem lại", "Ngày xem lại cả bảng.")
    source: Text = key("nguon", "Nguồn", "Nguồn của những dòng không ghi nguồn.")
    documents: tuple[KnownLaw, ...] = key("van_ban", "Văn bản", "Các dòng của bảng.")

    @cached_property
    def by_number(self) -> Mapping[str, KnownLaw]:
        return {number: law for law in self.documents for number in law.numbers}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[KnownLaw, ...]]:
        """The laws of each name, in the order of the table: the older ones first."""
        named: dict[str, tuple[KnownLaw, ...]] = {}
        for law in self.documents:
            if law.is_law:
                named[str(law.name)] = (*named.get(str(law.name), ()), law)
        return named

    def told_instead(self, law: KnownLaw) -> str:
        """Say what stands in place of a law: "Luật Đất đai số 31/2024/QH15"."""
        new = self.by_number.get(str(law.instead))
        if new is None or new.name is None:
            return f"Nghị định số {law.instead}" if new is not None else str(law.instead)
        if new.is_law:
            return f"{new.name} số {law.instead}"
        return f"Nghị định số {law.instead} {new.name}"


@cache
def known_laws() -> KnownLaws:
    """Return the register of the program."""
    return read_data(KnownLaws, resources.files("vanban.checks").joinpath("laws.yaml"))


@dataclass(frozen=True)
class NamedLaw:
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
