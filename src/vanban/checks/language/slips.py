"""Real words typed for others, which no dictionary can see: "cải các hành chính", "quyết đinh".

Fixed phrases (words/phrases.yaml) are kept in a tree of syllables. Wherever a text follows a phrase
with one syllable off by one mark or one letter, that syllable is a slip, unless it may well belong
there: everyday syllables (words/everyday.yaml) count as slips only in or beside phrases long enough
to leave no doubt. Common confusions of everyday words are listed in the rule's row as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct, field

from vanban.checks.data import word_list
from vanban.checks.language.change import Change, cased_like
from vanban.checks.language.phrases import phrases, syllables
from vanban.checks.language.syllable_pairs import association
from vanban.checks.language.words import LONGEST, slipped, split
from vanban.checks.rules import passage_algorithm
from vanban.checks.writing import Passage, Word
from vanban.nd30.letters import KEPT, plain

LONG = 4
"""Syllables of a phrase whose first or last may be told though it is an everyday syllable."""

_BETWEEN = re.compile(r"[,–“”\"&-]*\s[,–“”\"&-]*\s*")
"""What may stand between two words of one phrase: blanks, a comma, a dash."""

_I_OR_Y = str.maketrans("yỳỷỹýỵ", "iìỉĩíị")
"""kĩ and kỹ are one word in two spellings."""


class _Node(Struct):
    """Where the first syllables of phrases lead; ``ends`` where a phrase is whole."""

    following: dict[str, _Node] = field(default_factory=dict)
    ends: bool = False


class Phrases(Struct, frozen=True):
    """The right phrases, as a tree and as the pairs in them, and the syllables common anywhere.

    ``forms`` maps what a syllable leaves when a letter or its tone is dropped to the syllables;
    ``before`` are the first syllables by the second, ``longest`` is the number of syllables of the
    longest phrase.
    """

    tree: _Node
    pairs: frozenset[tuple[str, str]]
    common: frozenset[str]
    forms: Mapping[tuple[str, str], tuple[str, ...]]
    before: Mapping[str, Set[str]]
    longest: int


class _Found(NamedTuple):
    """Words ``start`` to ``end`` (by number) stand for the syllables ``right``."""

    start: int
    end: int
    right: tuple[str, ...]


@passage_algorithm
def slips_in(passage: Passage) -> tuple[Change, ...]:
    """Return the slips of a passage; several may share a word."""
    words = passage.words
    joined = tuple(_BETWEEN.fullmatch(gap) is not None for gap in passage.gaps)
    if not any(joined):
        return ()  # a phrase has two words at least
    keys = _keys(passage)
    return tuple(
        _change(passage, keys, found)
        for place, found in _slipped(keys, joined)
        if not _is_name(words, place, found)
    )


def _keys(passage: Passage) -> tuple[str, ...]:
    """Return the words as phrases spell them, "" for abbreviations, which no phrase has."""
    shouted = passage.text.isupper()
    return tuple(
        "" if _is_short(word.text, shouted) else key
        for word, key in zip(passage.words, passage.keys, strict=True)
    )


def _is_short(text: str, shouted: bool) -> bool:
    """Say whether a word is an abbreviation by its capitals; ``shouted``: all text has them."""
    if text.isupper():
        return len(text) > 1 and text.isascii() and not shouted
    return text[1:] != text[1:].lower()


def _is_name(words: tuple[Word, ...], slip: int, found: _Found) -> bool:
    """Say whether the word ``slip`` is part of a name, by the capitals beside it."""
    if not words[slip].text[0].isupper() or slip == 0:
        return False
    others = [words[place].text[0] for place in range(found.start, found.end) if place != slip]
    if all(letter.isupper() for letter in others):
        return False
    return slip > found.start or words[slip - 1].text[0].isupper()


def _change(passage: Passage, keys: tuple[str, ...], found: _Found) -> Change:
    """Return what was found in characters, the right words cased and joined as those typed."""
    words = passage.words[found.start : found.end]
    start, end = words[0].start, words[-1].end
    right, position = "", start
    for word, key, syllable in zip(words, keys[found.start :], found.right, strict=False):
        right += passage.text[position : word.start]
        right += word.text if key == syllable else cased_like(word.text, syllable)
        position = word.end
    return Change(start, end, right)


def _slipped(keys: tuple[str, ...], joined: tuple[bool, ...]) -> Iterator[tuple[int, _Found]]:
    """Yield where a phrase stands with one syllable off, and the number of that word."""
    known = load_phrases()
    right: set[int] = set()
    wrong: list[tuple[int, _Found]] = []
    for start in range(len(joined)):
        if not joined[start] or not _may_begin(keys[start], keys[start + 1]):
            continue
        end = start + 1
        while end <= len(joined) and end - start < known.longest and joined[end - 1]:
            end += 1
        for path, slip in _paths(keys[start:end]):
            end = start + len(path)
            if slip is None:
                right.update(range(start, end))
            elif _is_told(known, keys, start, end, start + slip):
                wrong.append((start + slip, _Found(start, end, path)))
    yield from ((slip, found) for slip, found in wrong if slip not in right)


@lru_cache(maxsize=KEPT)
def _may_begin(first: str, second: str) -> bool:
    """Say whether a phrase begins with two words but for at most one of them."""
    known = load_phrases()
    node = known.tree.following.get(first)
    if node is not None and (
        second in node.following or any(each in node.following for each in _near(second))
    ):
        return True
    before = known.before.get(second)
    return before is not None and any(each in before for each in _near(first))


@lru_cache(maxsize=KEPT)
def _paths(keys: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], int | None], ...]:
    """Return the phrases that words begin with but for at most one of them.

    Each comes with the number of that word, None where the phrase stands as it should. Texts repeat
    themselves, tables above all.
    """
    known = load_phrases()
    found: list[tuple[tuple[str, ...], int | None]] = []
    paths: list[tuple[_Node, tuple[str, ...], int | None]] = [(known.tree, (), None)]
    for position, key in enumerate(keys):
        longer: list[tuple[_Node, tuple[str, ...], int | None]] = []
        for node, path, slip in paths:
            if key in node.following:
                longer.append((node.following[key], (*path, key), slip))
            if slip is None and (position or keys[1] in known.before):
                longer.extend(
                    (node.following[right], (*path, right), position)
                    for right in _near(key)
                    if right in node.following
                )
        found += [(path, slip) for node, path, slip in longer if node.ends]
        paths = longer
    return tuple(found)


def _is_told(known: Phrases, keys: tuple[str, ...], start: int, end: int, slip: int) -> bool:
    """Say whether the word ``slip`` of a phrase that is otherwise right is surely a slip."""
    typed = keys[slip]
    if len(typed) < 2 or not typed.isalpha():
        return False
    if _stands_well(keys, start, end, slip):
        return False
    if typed not in known.common or start < slip < end - 1:
        return True
    if end - start < LONG:
        return False
    beside = (*keys[max(0, start - 1) : start], typed) if slip == start else keys[slip : slip + 2]
    return beside not in known.pairs


STANDS_WELL = 4.0
"""Bits by which what stands beside a phrase draws its first or last syllable as it is typed."""


def _stands_well(keys: tuple[str, ...], start: int, end: int, slip: int) -> bool:
    """Say whether the syllable belongs to a word outside the phrase: số | liều vắc xin."""
    if slip == end - 1:
        return association(keys[slip], "".join(keys[end : end + 1])) >= STANDS_WELL
    if slip == start:
        return association("".join(keys[max(0, start - 1) : start]), keys[slip]) >= STANDS_WELL
    return False


@lru_cache(maxsize=KEPT)
def _near(key: str) -> tuple[str, ...]:
    """Return the syllables of phrases that a word is one slip from; quản lí is no slip."""
    if not 2 <= len(key) <= LONGEST + 1 or not key.isalpha():
        return ()  # a letter or a number is told as no slip
    forms = load_phrases().forms
    close = {other: None for form in _forms(key) for other in forms.get(form, ())}
    same = key.translate(_I_OR_Y)
    return tuple(
        other for other in close if slipped(key, other) and other.translate(_I_OR_Y) != same
    )


def _forms(word: str) -> Iterator[tuple[str, str]]:
    """Yield what the word leaves: without its tone, whole, and without each letter.

    Two words one slip apart have at least one of these in common.
    """
    letters, tone = split(word)
    yield letters, "?"
    yield letters, tone
    for place in range(len(letters)):
        yield letters[:place] + letters[place + 1 :], tone


@cache
def load_phrases() -> Phrases:
    """Read the lists of phrases and of everyday syllables."""
    listed = tuple(syllables(phrase) for phrase in phrases() if " " in phrase)
    tree = _Node()
    for phrase in listed:
        node = tree
        for syllable in phrase:
            node = node.following.setdefault(syllable, _Node())
        node.ends = True
    every = {syllable for phrase in listed for syllable in phrase}
    before: dict[str, set[str]] = {}
    for first, second, *_ in listed:
        before.setdefault(second, set()).add(first)
    forms: dict[tuple[str, str], list[str]] = {}
    for syllable in sorted(every):
        for form in _forms(syllable):
            forms.setdefault(form, []).append(syllable)
    return Phrases(
        tree,
        frozenset(pair for phrase in listed for pair in pairwise(phrase)),
        frozenset(every.union(map(plain, word_list("everyday")))),
        {form: tuple(same) for form, same in forms.items()},
        before,
        max(map(len, listed)),
    )
