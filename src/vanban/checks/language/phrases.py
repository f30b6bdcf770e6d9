"""Fixed phrases of administrative Vietnamese (words/phrases.yaml), also where one breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from vanban.checks.data import word_list
from vanban.checks.language.change import Change, cased_like
from vanban.checks.rules import passage_algorithm
from vanban.checks.writing import Passage
from vanban.nd30.letters import plain

SHORTEST = 5
"""Syllables of a phrase that is known again when one is missing."""

WITH_COMMA = frozenset(
    {"cấp đổi", "cấp phát", "thu phí", "nộp thuế", "học tập", "phong cách", "chuyển đổi", "chi trả"}
)
"""Words whose halves are words as well: cấp, đổi giấy chứng nhận."""

_STOP = re.compile(r"[.;:!?()/\n]")


class Broken(NamedTuple):
    """A phrase as typed without one syllable, and whole."""

    typed: tuple[str, ...]
    whole: tuple[str, ...]


def syllables(text: str) -> tuple[str, ...]:
    """Return the words of a text in the form in which they compare."""
    return tuple(plain(word) for word in re.findall(r"\w+", text))


@cache
def phrases() -> tuple[str, ...]:
    """Return the phrases as written, with their commas."""
    return word_list("phrases")


@cache
def two_syllable_words() -> frozenset[tuple[str, ...]]:
    """Return the words of two syllables: phrases that no phrase writes with a comma."""
    parted = {pair for phrase in phrases() for pair in re.findall(r"(?=\b(\w+, \w+))", phrase)}
    return frozenset(
        syllables(phrase)
        for phrase in phrases()
        if re.fullmatch(r"\w+ \w+", phrase)
        and phrase.replace(" ", ", ") not in parted
        and phrase not in WITH_COMMA
    )


def word_pairs(passage: Passage) -> list[bool]:
    """Say of each two neighbours whether they are one word."""
    known = two_syllable_words()
    return [pair in known for pair in pairwise(passage.keys)]


@passage_algorithm
def parted_words(passage: Passage) -> Iterator[Change]:
    """Yield the words of two syllables with a comma between, unless each belongs elsewhere."""
    if "," not in passage.text:
        return
    pairs = word_pairs(passage)
    for place, (first, second) in enumerate(pairwise(passage.words)):
        beside = (*pairs[max(0, place - 1) : place], *pairs[place + 1 : place + 2])
        if second.text[0].isupper():
            continue  # Hóa học, Sinh học
        if pairs[place] and passage.gaps[place].rstrip() == "," and not any(beside):
            yield Change(first.start, second.end, f"{first.text} {second.text}")


@passage_algorithm
def broken_in(passage: Passage) -> Iterator[Change]:
    """Yield the long phrases that stand in a passage without one syllable of a word in them.

    Not where the first or last word belongs to what goes before or follows: phân công chỉ đạo,
    điều hành is no broken công tác chỉ đạo, điều hành.
    """
    words, keys, broken = passage.words, passage.keys, _broken_phrases()
    for start in range(len(keys) - SHORTEST + 2):
        for phrase in broken.get(keys[start : start + 3], ()):
            end = start + len(phrase.typed)
            if keys[start:end] != phrase.typed:
                continue
            pairs = word_pairs(passage)
            if any((*pairs[max(0, start - 1) : start], *pairs[end - 1 : end])):
                continue
            first, last = words[start].start, words[end - 1].end
            if not _STOP.search(passage.text, first, last):
                yield Change(first, last, cased_like(words[start].text, " ".join(phrase.whole)))


@cache
def _broken_phrases() -> Mapping[tuple[str, ...], tuple[Broken, ...]]:
    """Return the long phrases without one inner syllable, by the first three that are left.

    Only a syllable that is half of a word is missed for sure: dịch vụ công trực tuyến may stand
    without công. What is left must be no phrase of its own.
    """
    wholes = {syllables(phrase): None for phrase in phrases()}
    known = two_syllable_words()
    found: dict[tuple[str, ...], dict[Broken, None]] = {}
    for whole in wholes:
        if len(whole) < SHORTEST:
            continue
        for place in range(1, len(whole) - 1):
            halves = (whole[place - 1 : place + 1], whole[place : place + 2])
            typed = whole[:place] + whole[place + 1 :]
            if any(half in known for half in halves) and typed not in wholes:
                found.setdefault(typed[:3], {})[Broken(typed, whole)] = None
    return {first: tuple(broken) for first, broken in found.items()}
