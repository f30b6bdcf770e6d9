"""Vietnamese letters: composed, without their marks, and alike however the tone is placed.

Text is compared and looked up by these functions alone. Composed letters are what Decree 30/2020,
Annex I, II.1 asks for (Unicode, TCVN 6909:2001).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

KEPT = 1 << 14
"""Distinct words whose form is remembered: many more than a document has."""

TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Huyền, hỏi, ngã, sắc, nặng, as combining marks."""


class Placement(StrEnum):
    """Where the tone of an open oa, oe, uy stands, named by example."""

    FIRST = "hòa"
    """As laws and decrees write: hòa, khỏe, thủy."""

    SECOND = "hoà"
    """As textbooks and the dictionary of Debian write: hoà, khoẻ, thuỷ."""


def composed(text: str) -> str:
    """Return ``text`` with each letter and its marks as one sign (NFC)."""
    return unicodedata.normalize("NFC", text)


def composed_line(text: str) -> str:
    """Return ``text`` composed, in one line, its blanks single; hidden signs of Word stay."""
    return " ".join(filter(None, _BLANKS.split(composed(text))))


_BLANKS = re.compile(r"[^\S\x1c-\x1f]+")
"""Python takes U+001C to U+001F for blanks: two of them are hyphens of Word, inside words."""


def without_marks(text: str) -> str:
    """Return ``text`` without tones and marks: Duong for Đường."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


CAPITALS = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
"""Those of Vietnamese and of names from Western Europe, for a class of characters."""

_ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"


def alphabetical(text: str) -> tuple[int, ...]:
    """Return the key by which names are sorted as Vietnamese is: a, ă, â, b, c, d, đ …

    Tones decide only between names of the same letters.
    """
    toneless = composed(
        "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if sign not in TONES)
    )
    letters = (_ALPHABET.find(sign) if sign in _ALPHABET else ord(sign) + 100 for sign in toneless)
    return (*letters, -1, *map(ord, text))


def fold(text: str) -> str:
    """Return ``text`` in capitals without marks, blanks single: "ỦY BAN" and "Uỷ ban" are one."""
    return " ".join(without_marks(text).upper().split())


def _pairs() -> tuple[tuple[str, str], ...]:
    """Return the ends of syllables in both placements: ("òa", "oà") …, in three ways of casing."""
    pairs: list[tuple[str, str]] = []
    for vowels in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY"):
        first, second = tuple(vowels)
        pairs.extend(
            (composed(first + tone + second), composed(first + second + tone)) for tone in TONES
        )
    return tuple(pairs)


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
    return place_tone(composed(word.lower()), Placement.FIRST)
