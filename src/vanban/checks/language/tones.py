"""Tone placement: hòa or hoà, ủy or uỷ, one of them in a document.

No law chooses; laws and decrees write hòa, ủy. What differs from most of the document is a mistake.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Word, Writing
from vanban.nd30.letters import KEPT, Placement, place_tone

_TITLE = r"[^\W\d_a-z]\w*"
_PERSON = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đào|"
    r"Đoàn|Trịnh|Mai|Cao|Lương|Hà|Lưu|Tạ|Tô|Trương|Thái|Lâm|Vương|Chu|Tống|Quách|Kiều|Nghiêm|Khúc)"
    rf"(?: {_TITLE}){{1,4}}|(?<!\w)(?:ông|bà|anh|chị|đồng chí|Ông|Bà|Đồng chí)(?: {_TITLE}){{1,5}}"
)
"""A family name, or a form of address, and the names after it."""


@text_algorithm
def mixed_placement(writing: Writing) -> Iterator[Hit]:
    found = [
        (passage, place, placement)
        for passage in writing.passages
        if passage.role is not Role.SIGNATURE or passage.text.isupper()
        for place, word in enumerate(passage.words)
        if (placement := placement_of(word.text)) is not None
        and not passage.is_quoted(word.start, word.end)
        and not _is_person(passage, word)
    ]
    seconds = sum(placement is Placement.SECOND for *_, placement in found)
    usual = Placement.SECOND if seconds * 2 > len(found) else Placement.FIRST
    if seconds in (0, len(found)):
        return
    for passage, place, placement in found:
        if placement is not usual:
            yield _hit(passage, place, usual)


def _is_person(passage: Passage, word: Word) -> bool:
    """Say whether a word is part of a person's name, which is spelled as the person does."""
    if passage.text.isupper() or not word.text.istitle():
        return False
    people = _people(passage.text)
    before = bisect_left(people, (word.start, 0)) - 1
    return before >= 0 and word.start < people[before][1]


@lru_cache(maxsize=8)
def _people(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the names of persons start and end."""
    return tuple(found.span() for found in _PERSON.finditer(text))


@lru_cache(maxsize=KEPT)
def placement_of(word: str) -> Placement | None:
    """Return where the tone of a word stands, None where both placements write it alike."""
    first, second = place_tone(word, Placement.FIRST), place_tone(word, Placement.SECOND)
    if first == second:
        return None
    return Placement.FIRST if word == first else Placement.SECOND


def _hit(passage: Passage, place: int, usual: Placement) -> Hit:
    word = passage.words[place]
    right = place_tone(word.text, usual)
    start = word.start
    before = passage.words[place - 1] if place else None
    if before is not None and passage.text[before.end : start] == " ":
        start = before.start  # a word alone is hard to find again
    at = Stretch(passage, start, word.end)
    given = {"chu": word.text, "viet": right}
    whole = passage.text[start : word.start] + right
    return Hit(at, matter=word.lower, replacement=whole, given=given)
