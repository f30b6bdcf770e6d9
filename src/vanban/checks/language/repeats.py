"""Words typed twice in a row: one word, or a group of two or three."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise

from vanban.checks.data import word_list
from vanban.checks.finding import Stretch
from vanban.checks.language.change import Change
from vanban.checks.language.phrases import phrases, syllables
from vanban.checks.language.slips import slips_in
from vanban.checks.rules import passage_algorithm
from vanban.checks.writing import Passage

_BLANKS = frozenset((" ", "  ", "\u00a0"))
"""What parts words of a sentence; more blanks part columns."""

GROUPS = (3, 2, 1)
"""Words of the groups that are looked for, the longest first."""


@passage_algorithm
def doubled_words(passage: Passage, on_purpose: Collection[str]) -> Iterator[Change]:
    """Tell groups of words typed twice but for syllables doubled ``on_purpose``: luôn luôn."""
    doubled = tuple(_doubled(passage, on_purpose))
    slips = slips_in(passage) if doubled else ()
    for start, middle, end in doubled:
        if not any(slip.start <= start and end <= slip.end for slip in slips):
            yield Change(start, end, Stretch(passage, middle, end).words)


def _doubled(passage: Passage, on_purpose: Collection[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where a group of words starts, is typed again and ends."""
    words = passage.words
    keys = passage.keys
    joined = [gap in _BLANKS for gap in passage.gaps]
    place = 0
    while place < len(words) - 1:
        for size in GROUPS:
            end = place + 2 * size
            if (
                end <= len(words)
                and keys[place : place + size] == keys[place + size : end]
                and all(joined[place : end - 1])
                and _is_typed_twice(passage, keys, place, size)
                and (size > 1 or keys[place] not in on_purpose)
            ):
                yield words[place].start, words[place + size].start, words[end - 1].end
                place = end - 1
                break
        place += 1


def _is_typed_twice(passage: Passage, keys: tuple[str, ...], place: int, size: int) -> bool:
    """Say whether a repeated group is a mistake: no number, name, reduplication or border."""
    group = passage.words[place : place + size]
    again = passage.words[place + size]
    if not all(word.text.isalpha() for word in group):
        return False
    if again.text[0].isupper() > group[0].text[0].isupper():
        return False
    if group[0].text.isupper() > again.text.isupper():
        return False
    if size > 1:
        return len({*keys[place : place + size]}) == size
    before, after = keys[max(0, place - 1) : place + 1], keys[place + 1 : place + 3]
    return len(group[0].text) > 1 and not (before in _word_ends() and after in _word_starts())


@cache
def _word_starts() -> frozenset[tuple[str, ...]]:
    """Return what phrases and words start with, two syllables each."""
    return frozenset(words[:2] for words in _bordering())


@cache
def _word_ends() -> frozenset[tuple[str, ...]]:
    """Return the pairs of syllables inside phrases; any may be a word that ends there."""
    return frozenset(pair for words in _bordering() for pair in pairwise(words))


def _bordering() -> Iterator[tuple[str, ...]]:
    yield from (syllables(phrase) for phrase in phrases())
    yield from map(syllables, word_list("borders"))
