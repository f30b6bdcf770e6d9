"""A document as a reviewer reads it: passages of literal text that know where they stand.

Made from a composed document (:mod:`vanban.checks.from_document`) or from any Word file
(:mod:`vanban.checks.from_word`); every rule about text reads only this.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vanban.checks.alike import MOST
from vanban.checks.apart import stretches
from vanban.checks.citations.laws import title_end
from vanban.errors import Place
from vanban.nd30.citations import quoted
from vanban.nd30.dates import PLACE_AND_DATE, long_date_in
from vanban.nd30.letters import plain
from vanban.provenance import Source

if TYPE_CHECKING:
    from vanban.workspace.workspace import Workspace

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


class Role(StrEnum):
    """What a passage is in its document."""

    HEADER = "đầu văn bản"
    ABSTRACT = "trích yếu"
    BASIS = "căn cứ"
    HEADING = "đề mục"
    BODY = "đoạn văn"
    BULLET = "gạch đầu dòng"
    NUMBERED = "điểm có số"
    CELL = "ô bảng"
    RECIPIENT = "nơi nhận"
    SIGNATURE = "chữ ký"
    ANNEX = "đầu phụ lục"
    NOTE = "cước chú"


PROSE = frozenset({Role.BASIS, Role.BODY, Role.BULLET, Role.NUMBERED, Role.NOTE})
"""Passages that are whole sentences."""


class Word(NamedTuple):
    """A syllable, number or abbreviation of a passage; ``lower`` is its lower case."""

    text: str
    start: int
    end: int
    lower: str


class Passage(Struct, frozen=True, eq=False, dict=True):
    """One paragraph, heading, line or cell.

    ``text`` is literal: repeated and no-break blanks stand as they are. A bullet's "- " and a
    heading's number belong to it. ``number`` counts from 1 in the document. ``level`` is that of a
    heading among the others, 0 of what has nothing below it. ``sources`` say where all of it
    comes from in a composed document; ``place`` is that of the whole. ``part`` names another part
    of a Word file than its body ("cước chú 2").
    """

    text: str
    role: Role
    number: int
    place: Place
    level: int = 0
    sources: tuple[Source, ...] = ()
    page: int = 0
    part: str = ""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order; numbers and abbreviations count, punctuation does not."""
        return _words(self.text)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words as they compare: composed, lower case, hòa for hoà."""
        return _keys(self.text)

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What stands between each two neighbouring words."""
        return tuple(self.text[one.end : two.start] for one, two in pairwise(self.words))

    @cached_property
    def digest(self) -> bytes:
        """Tells passages apart by what rules read in one: text, role, level, if any is typed."""
        words = f"{self.level} {self.role} {bool(self.typed)} {self.text}"
        return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    @cached_property
    def typed(self) -> tuple[Source, ...]:
        """The parts that were typed in content."""
        return tuple(source for source in self.sources if source.is_typed)

    @cached_property
    def lower(self) -> str:
        """The text in lower case, letter for letter as long as the text."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in self.text)

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Stretches in the words of others, in order and apart: titles of cited documents.

        Rules about this document's own words leave them alone.
        """
        return _quoted(self.text)

    @cached_property
    def apart(self) -> tuple[tuple[int, int], ...]:
        """Stretches that are no words of the language: names, formulas; all of who signs."""
        if self.role is Role.SIGNATURE and not self.text.isupper():
            return ((0, len(self.text)),)
        return _apart(self.text)

    def is_apart(self, start: int, end: int) -> bool:
        """Say whether a stretch touches what is no word of the language."""
        return any(first < end and start < last for first, last in self.apart)

    def is_quoted(self, start: int, end: int) -> bool:
        """Say whether the stretch lies wholly in the words of others."""
        before = bisect_right(self.quoted, start, key=lambda span: span[0]) - 1
        return before >= 0 and end <= self.quoted[before][1]


# Many passages read the same, in one document and from ward to ward.


@lru_cache(MOST)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(found[0], found.start(), found.end(), found[0].lower())
        for found in _WORD.finditer(text)
    )


@lru_cache(MOST)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(plain(word.text) for word in _words(text))


@lru_cache(MOST)
def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(quoted(text, title_end)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@lru_cache(MOST)
def _apart(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(stretches(text))


class Writing(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """One document to read.

    ``id`` is that of the document ("plan"), or the file's name; ``issued`` its own date where
    known; ``document_type`` is "Kế hoạch", "Báo cáo" …, "" where it is not known. ``workspace``
    is what the agency's content says, None for a Word file outside any content. ``year`` is that
    of the folder it was composed from, 0 for any other file. ``own`` says whether the agency of the
    content issues it, if there is a content.
    """

    id: str
    passages: tuple[Passage, ...]
    document_type: str = ""
    issued: date | None = None
    workspace: Workspace | None = None
    year: int = 0
    own: bool = True

    @property
    def is_of_agency(self) -> bool:
        """Whether the agency of the content issues it; no agency issues what no content knows."""
        return self.own and self.workspace is not None

    def declared_in(self, key: str) -> str:
        """Return where the agency says that words are right; "" for the documents of others."""
        place = f"; nếu viết đúng, ghi vào {key} của một tệp trong quy-tac"
        return place if self.is_of_agency else ""

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The passages that are whole sentences, in order."""
        return tuple(passage for passage in self.passages if passage.role in PROSE)

    def with_any(self, keys: Iterable[str]) -> Iterator[Passage]:
        """Yield the passages that hold any of some words (as in ``Passage.keys``), in order."""
        places = {place for key in keys for place in self._places.get(key, ())}
        return map(self.passages.__getitem__, sorted(places))

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        """Return for each word which passages hold it, by their places among all."""
        places: dict[str, list[int]] = {}
        for place, passage in enumerate(self.passages):
            for key in set(passage.keys):
                places.setdefault(key, []).append(place)
        return places

    @cached_property
    def files(self) -> frozenset[Path]:
        """The content files that it prints values of."""
        return frozenset(each.place.file for passage in self.passages for each in passage.typed)


def plain_writing(
    text: str, file: Path, workspace: Workspace | None = None, issued: date | None = None
) -> Writing:
    """Read plain text, a passage a line, as examples and tests write it.

    A line that starts with "- " is a bullet, one with "# " a heading (the sign is dropped), one
    with "Căn cứ" a legal basis. A line of place and date ("A, ngày 01 tháng 8 năm 2025") gives the
    date of the document, unless ``issued`` does.
    """
    passages: list[Passage] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        role, level = Role.BODY, 0
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            line, role = line[level:].lstrip(), Role.HEADING
        elif line.startswith("- "):
            role = Role.BULLET
        elif line.startswith("Căn cứ "):
            role = Role.BASIS
        elif issued is None and PLACE_AND_DATE.fullmatch(line):
            issued = long_date_in(line)
        passages.append(Passage(line, role, len(passages) + 1, Place(file, number, 1), level))
    return Writing(file.name, tuple(passages), issued=issued, workspace=workspace)
