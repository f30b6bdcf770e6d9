"""Vietnamese syllables: what one is made of, how far two are apart.

In: words as typed, any case, composed or not. Nothing here knows which syllables exist; that is
the dictionary's part (:mod:`vanban.checks.language.spelling`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from vanban.nd30.letters import KEPT, TONES, composed

LONGEST = len("nghiêng")
"""Letters of the longest syllables."""


class Syllable(NamedTuple):
    """``letters`` in lower case with their own marks (ă â ê ô ơ ư đ), ``tone`` "" when level."""

    letters: str
    tone: str


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
    return Syllable(composed("".join(letters)), tone)


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
    return first.tone == second.tone and one_letter_apart(first.letters, second.letters)


def one_letter_apart(one: str, other: str) -> bool:
    """Say whether one letter put in, left out or typed for another makes one the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = 0
    while same < len(shorter) and shorter[same] == longer[same]:
        same += 1
    if len(longer) == len(shorter):
        return shorter[same + 1 :] == longer[same + 1 :] and shorter != longer
    return shorter[same:] == longer[same + 1 :]
