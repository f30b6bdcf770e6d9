"""Which syllables one may be a slip of: sounds, marks, letters and keys that are confused.

In: a syllable as :func:`vanban.nd30.letters.plain` spells it. Nothing here knows what stands
beside it; that is for :mod:`vanban.checks.language.doubtful` to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from vanban.checks.language.syllable_pairs import load
from vanban.checks.language.words import split
from vanban.nd30.letters import KEPT, TONES

USUAL, ODD, ODDER = 6.0, 8.0, 9.0
"""What a slip costs, in bits: of a word in hundreds one of these; a letter too much; any other."""

_HOOK_OR_TILDE = frozenset(TONES[1:3])
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED = ("aăâ", "eê", "oôơ", "uư", "dđ", "iy")
_FIRST = (
    *(("n", "l"), ("ch", "tr"), ("s", "x"), ("d", "gi", "r", "v"), ("c", "k", "q"), ("g", "gh")),
    *(("ng", "ngh"), ("t", "th"), ("p", "ph"), ("k", "kh"), ("n", "nh"), ("g", "ng"), ("c", "ch")),
)
_LAST = (
    *(("n", "ng", "nh", "m"), ("t", "c", "ch", "p"), ("i", "y"), ("o", "u"), ("", "n", "i", "u")),
    *(("", "c", "t"), ("", "m"), ("m", "p"), ("", "g"), ("", "h")),
)
_SAME_SOUND = str.maketrans("yỳỷỹýỵ", "iìỉĩíị")
"""kĩ and kỹ are one word in two spellings; another rule tells which is usual."""


@lru_cache(maxsize=KEPT)
def confusions(word: str) -> tuple[tuple[str, float], ...]:
    """Return the syllables that a word may be a slip of, each with its cost in bits."""
    letters, tone = split(word)
    known, same = _by_letters(), word.translate(_SAME_SOUND)
    found: dict[str, float] = {}

    def add(other: str | None, cost: float) -> None:
        if other is not None and cost < found.get(other, cost + 1):
            found[other] = cost

    for other_tone, other in known.get(letters, {}).items():
        add(other, USUAL - ({tone, other_tone} == _HOOK_OR_TILDE))
    for typed, cost in _slips(letters):
        others = known.get(typed)
        if others is not None:
            add(others.get(tone), cost)
    for typed in (*_other_marks(letters), *(_losing_a_vowel(letters) if not tone else ())):
        for other in known.get(typed, {}).values():
            add(other, ODDER)
    return tuple(
        (other, cost) for other, cost in found.items() if other.translate(_SAME_SOUND) != same
    )


def _slips(letters: str) -> Iterator[tuple[str, float]]:
    """Yield the letters of what may have been meant, most of which make no syllable."""
    for group in _FIRST:
        for one in group:
            if letters.startswith(one):
                yield from ((two + letters[len(one) :], USUAL) for two in group)
    for group in _LAST:
        for one in group:
            if letters.endswith(one):
                stem = letters[: len(letters) - len(one)]
                yield from ((stem + two, USUAL) for two in group)
    yield from ((typed, USUAL) for typed in _other_marks(letters))
    for place, letter in enumerate(letters):
        before, after = letters[:place], letters[place + 1 :]
        yield before + after, ODD
        if place:
            yield before[:-1] + letter + before[-1] + after, ODD
        yield from ((other, ODDER) for other in _gaps().get(f"{before}?{after}", ()))
    for place in range(len(letters) + 1):
        gap = f"{letters[:place]}?{letters[place:]}"
        yield from ((other, ODDER) for other in _gaps().get(gap, ()))


@cache
def _gaps() -> Mapping[str, list[str]]:
    """Return the letters of syllables by what they are with "?" for one: "tr?n" for "trên"."""
    found: dict[str, list[str]] = {}
    for letters in _by_letters():
        for place in range(len(letters)):
            found.setdefault(f"{letters[:place]}?{letters[place + 1 :]}", []).append(letters)
    return found


def _losing_a_vowel(letters: str) -> Iterator[str]:
    """Yield the letters with one more, which had the tone: "kim" is what is left of "kiểm"."""
    if not _VOWELS.intersection(letters):
        yield from (typed for typed, _ in _slips(letters))  # typed for another: "nhn", "nhà"
    for place in range(len(letters) + 1):
        yield from _gaps().get(f"{letters[:place]}?{letters[place:]}", ())


def _other_marks(letters: str) -> Iterator[str]:
    """Yield the letters with one of them marked otherwise."""
    for place, letter in enumerate(letters):
        for alike in _MARKED:
            if letter in alike:
                yield from (
                    letters[:place] + other + letters[place + 1 :]
                    for other in alike
                    if other != letter
                )


@cache
def _by_letters() -> Mapping[str, Mapping[str, str]]:
    """Return the syllables of the table by their letters and tone."""
    known: dict[str, dict[str, str]] = {}
    for syllable in load().numbers:
        letters, tone = split(syllable)
        known.setdefault(letters, {})[tone] = syllable
    return known
