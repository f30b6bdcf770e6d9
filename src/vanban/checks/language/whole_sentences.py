"""Sentences as wholes: too long, saying one thing twice, or at odds with one much like them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Word, Writing
from vanban.nd30.citations import citations

JOINTS = frozenset(("của", "về", "với", "cho", "tại"))
"""Words that join two others; with and without one, a phrase is two wordings of one thing."""

BEFORE, AFTER = 3, 4
"""Words on each side of a joint that two wordings must share."""

_STOP = re.compile(r"[.;:?!…](?=\s|$)|\n")
_LEAD = re.compile(r"(?:Thực hiện|Căn cứ|Thi hành|Theo|Triển khai)\s+")
_ASIDE = re.compile(r"\([^()]*\)")


class Sentence(Struct, frozen=True):
    """The words of a passage between two stops, and how they compare."""

    passage: Passage
    words: tuple[Word, ...]
    keys: tuple[str, ...]

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.passage, self.words[0].start, self.words[-1].end)


def words_of_its_own(sentence: Sentence) -> int:
    """Return how many words a sentence has, but for those in brackets and those of others."""
    passage, at = sentence.passage, sentence.stretch
    asides = _ASIDE.finditer(passage.text, max(0, at.start - 1), at.end + 1)
    aside = {place for found in asides for place in range(*found.span())}
    return sum(
        word.start not in aside and not passage.is_quoted(word.start, word.end)
        for word in sentence.words
    )


@text_algorithm
def variants(writing: Writing) -> Iterator[Hit]:
    every = [sentence for passage in writing.prose for sentence in sentences(passage)]
    joined: dict[tuple[str, ...], tuple[str, Sentence, int]] = {}
    for sentence in every:
        keys = sentence.keys
        for place in range(BEFORE, len(keys) - AFTER + 1):
            if keys[place] in JOINTS and JOINTS.isdisjoint(keys[place + 1 : place + 2]):
                start, end = place - BEFORE, place + AFTER
                without = keys[start:place] + keys[place + 1 : end + 1]
                joined.setdefault(without, (keys[place], sentence, start))
    bare: dict[tuple[str, ...], list[Stretch]] = {}
    for sentence in every:
        keys = sentence.keys
        for place in range(BEFORE, len(keys) - AFTER + 1):
            words = keys[place - BEFORE : place + AFTER]
            if words not in joined or "và" in keys[place - 1 : place + 1]:
                continue
            if _is_blank_before(sentence, place):
                at = _stretch(sentence, place - BEFORE, place + AFTER)
                bare.setdefault(words, []).append(at)
    for words, (joint, sentence, start) in joined.items():
        end = min(start + BEFORE + AFTER + 1, len(sentence.words))
        given = {"tu": joint, "cho_khac": _stretch(sentence, start, end).excerpt}
        for at in bare.get(words, ()):
            yield Hit(at, matter=" ".join(words), given=given)


@text_algorithm
def only_cites(writing: Writing) -> Iterator[Hit]:
    """Tell paragraphs that name the document to be carried out, and then end.

    The last of several legal bases, each on its line, ends so as well; a comma may end a title.
    """
    before = ""
    for passage in writing.passages:
        lead = _LEAD.match(passage.text) if passage.role is Role.BODY else None
        of_a_list, before = before.endswith(";"), passage.text.rstrip()
        if lead is None or of_a_list or not before.endswith("."):
            continue
        found = [each for each in citations(passage.text) if each.head.start <= lead.end()]
        end = len(before.rstrip(" ./"))
        goes_on = found and "," in passage.text[found[-1].head.end : end]
        if found and not goes_on and found[-1].span.end >= end:
            given = {"dau": " ".join(passage.text.split()[:8])}
            yield Hit(Stretch(passage, 0, len(before)), given=given)


def _is_blank_before(sentence: Sentence, place: int) -> bool:
    before, after = sentence.words[place - 1 : place + 1]
    return sentence.passage.text[before.end : after.start].isspace()


def _stretch(sentence: Sentence, start: int, end: int) -> Stretch:
    words = sentence.words
    return Stretch(sentence.passage, words[start].start, words[end - 1].end)


def sentences(passage: Passage) -> Iterator[Sentence]:
    """Yield the parts of a passage between full stops, semicolons, colons."""
    words, keys, first = passage.words, passage.keys, 0
    starts = [word.start for word in words]
    for stop in (*(found.start() for found in _STOP.finditer(passage.text)), len(passage.text)):
        last = bisect_right(starts, stop, lo=first)
        if last > first:
            yield Sentence(passage, words[first:last], keys[first:last])
            first = last
