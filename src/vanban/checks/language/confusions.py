"""Which syllables one may be a slip of: sounds, marks, letters and keys that are confused.

In: a syllable as :func:`vanban.nd30.letters.plain` spells it. Nothing here knows what stands
beside it; that is for :mod:`vanban.checks.language.doubtful` to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from vanban.checks.language.syllable_pairs import load
from vanban.checks.language.words import Syllable, split
from vanban.nd30.letters import KEPT, TONES

USUAL, ODD, ODDER = 6.0, 8.0, 9.0
"""What a slip costs, in bits: of a word in hundreds one of these; a letter too much; any other."""

_ALL_TONES = ("", *TONES)
_HOOK_OR_TILDE = frozenset(TONES[1:3])
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
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
    known, same = _syllables(), word.translate(_SAME_SOUND)
    found: dict[str, float] = {}
    for typed, with_tone, cost in _slips(letters, tone):
        other = known.get(Syllable(typed, with_tone))
        if other is not None and other.translate(_SAME_SOUND) != same:
            found[other] = min(cost, found.get(other, cost))
    return tuple(found.items())


def _slips(letters: str, tone: str) -> Iterator[tuple[str, str, float]]:
    """Yield letters and tone of what may have been meant, most of which are no syllables."""
    for other in _ALL_TONES:
        yield letters, other, USUAL - ({tone, other} == _HOOK_OR_TILDE)
    for group in _FIRST:
        for one in group:
            if letters.startswith(one):
                yield from ((two + letters[len(one) :], tone, USUAL) for two in group)
    for group in _LAST:
        for one in group:
            if letters.endswith(one):
                stem = letters[: len(letters) - len(one)]
                yield from ((stem + two, tone, USUAL) for two in group)
    for place, letter in enumerate(letters):
        before, after = letters[:place], letters[place + 1 :]
        for alike in (each for each in _MARKED if letter in each):
            for other in alike:
                yield before + other + after, tone, USUAL
                yield from ((before + other + after, any_tone, ODDER) for any_tone in _ALL_TONES)
        yield before + after, tone, ODD
        if place:
            yield before[:-1] + letter + before[-1] + after, tone, ODD
        yield from ((before + other + after, tone, ODDER) for other in _LETTERS)
    for place in range(len(letters) + 1):
        yield from ((letters[:place] + other + letters[place:], tone, ODDER) for other in _LETTERS)


@cache
def _syllables() -> dict[Syllable, str]:
    return {split(each): each for each in load().numbers}
