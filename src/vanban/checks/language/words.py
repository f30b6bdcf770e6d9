"""Vietnamese syllables: where the tone stands, what a syllable is made of, how far two are apart.

In: words as typed, any case, composed or not. Nothing here knows which syllables exist; that is
the dictionary's part (:mod:`vanban.checks.language.spelling`).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

KEPT = 1 << 14
"""Distinct words whose form is remembered: many more than a document has."""

LONGEST = len("nghiêng")
"""Letters of the longest syllables."""

TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Huyền, hỏi, ngã, sắc, nặng, as combining marks."""


class Placement(StrEnum):
    """Where the tone of an open oa, oe, uy stands, named by example."""

    FIRST = "hòa"
    """As laws and decrees write: hòa, khỏe, thủy."""

    SECOND = "hoà"
    """As textbooks and the dictionary of Debian write: hoà, khoẻ, thuỷ."""


class Syllable(NamedTuple):
    """``letters`` in lower case with their own marks (ă â ê ô ơ ư đ), ``tone`` "" when level."""

    letters: str
    tone: str


def _pairs() -> tuple[tuple[str, str], ...]:
    """Return the ends of syllables in both placements: ("òa", "oà") …, in three ways of casing."""
    pairs: list[tuple[str, str]] = []
    for vowels in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY"):
        first, second = tuple(vowels)
        pairs.extend(
            (_composed(first + tone + second), _composed(first + second + tone)) for tone in TONES
        )
    return tuple(pairs)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_PAIRS = _pairs()
_TO_FIRST = {second: first for first, second in _PAIRS}
_TO_SECOND = {first: second for first, second in _PAIRS}


def place_tone(word: str, placement: Placement) -> str:
    """Return the composed word with the tone of an open oa, oe, uy in the given place.

    Only a syllable that ends in these vowels has two ways: toàn, khoảng, thuyền, huỳnh have one,
    and after q the u is no vowel (quý).
    """
    ends = _TO_FIRST if placement is Placement.FIRST else _TO_SECOND
    end = ends.get(word[-2:])
    if end is None or word[-3:-2] in ("q", "Q"):
        return word
    return word[:-2] + end


@lru_cache(maxsize=KEPT)
def plain(word: str) -> str:
    """Return the word as all its spellings compare: composed, lower case, hòa for hoà."""
    return place_tone(_composed(word.lower()), Placement.FIRST)


@lru_cache(maxsize=KEPT)
def split(word: str) -> Syllable:
    """Split a word into letters and tone; of several tones, which no syllable has, the last."""
    tone = ""
    letters: list[str] = []
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign in TONES:
            tone = sign
        else:
            letters.append(sign)
    return Syllable(_composed("".join(letters)), tone)


_BEGINNING = re.compile(
    r"(?:^\s*|[.?!:;…]\s+)(?:[-–+•*]\s*|(?:\d+\.)+\s*|[a-zđ]\)\s*|[IVX]+\.\s*)*[“\"‘(\[]*$"
)


def begins_sentence(text: str, start: int) -> bool:
    """Say whether what stands at ``start`` may have its capital from its place alone.

    So it is at the beginning, after a dash or number there, after a stop, colon or semicolon.
    """
    return _BEGINNING.search(text, max(0, start - 40), start) is not None


def slipped(one: str, other: str) -> bool:
    """Say whether two words are one slip of the finger apart.

    One slip is one tone (định, đinh), or one letter put in, left out or typed for another, a mark
    of its own included (cách, các; dẫn, đẫn); tone placement is no difference.
    """
    first, second = split(one), split(other)
    if first.letters == second.letters:
        return first.tone != second.tone
    return first.tone == second.tone and _one_letter_apart(first.letters, second.letters)


def _one_letter_apart(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = 0
    while same < len(shorter) and shorter[same] == longer[same]:
        same += 1
    if len(longer) == len(shorter):
        return shorter[same + 1 :] == longer[same + 1 :] and shorter != longer
    return shorter[same:] == longer[same + 1 :]
