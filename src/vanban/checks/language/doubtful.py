"""Valid syllables probably typed for others, by how often syllables are neighbours.

"phối họp", "rà soạt": every syllable exists, and no list has all such phrases. A word is doubtful
where its neighbours hardly ever stand beside it and a slip away is one that they often stand
beside. How much likelier the other is must outweigh how rare slips are (in bits; a table of
neighbours smoothed by how many different ones a syllable has, after Witten and Bell). Punctuation
and numbers part neighbours; names, abbreviations and foreign words are neither judged nor asked.

``scripts/pair_curve.py`` measures it; docs/neighbours.md has the curve.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from math import log2
from typing import NamedTuple

from msgspec import Struct

from vanban.checks.alike import once_for_alike
from vanban.checks.data import row_of, word_list
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language import dictionary
from vanban.checks.language.change import cased_like
from vanban.checks.language.confusions import confusions
from vanban.checks.language.dictionary import Dictionary
from vanban.checks.language.phrases import syllables
from vanban.checks.language.slips import load_phrases
from vanban.checks.language.syllable_pairs import COUNTS, Pairs, load
from vanban.checks.language.words import begins_sentence
from vanban.checks.rows.kinds import compile_for_passages
from vanban.checks.rows.remembered import FindIn
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Word, Writing

SURE = 8.0
"""Bits by which another word must be likelier: 250 times, all reckoned in."""

FIRM = 7.0
"""Bits of a firm phrase, which comes 128 times as often as chance would have it: "rà soát"; of a
looser one, "của hạ", the rest is taken off."""

WELL_KNOWN = 130
"""Weight of a pair (1,000 times) that may be part of a name: "Xã hội"."""

OWN_TERM, SURE_OF_TERM = 3, 16.0
"""What a document writes so often in the same way it hardly mistypes, unless that is very sure."""

RARE = 60
"""Weight of a pair (25 times in 50 million) up to which a word may be doubtful beside the other."""

STRONG = 100
"""Weight of a pair (200 times) that makes up for another that is in no table."""

ALL = 50e6
"""Syllables that were counted."""

_BLANKS = frozenset((" ", "\u00a0"))
_NOT_JUDGED = frozenset({Role.SIGNATURE, Role.HEADER})
_GLUE = frozenset("-–/@_&.+*=’'")


class Doubt(NamedTuple):
    """Word ``place`` probably stands for ``right``; ``sure`` in bits; ``after``: with the word
    before it, else with the one after, it makes the phrase to show."""

    place: int
    right: str
    sure: float
    after: bool


class _Run(Struct, frozen=True):
    """Words of a passage that nothing parts; ``judged`` those that may be told, ``named`` those
    that are part of a name by their capital."""

    places: Sequence[int]
    keys: Sequence[str]
    judged: Sequence[bool]
    named: Sequence[bool]


@text_algorithm
def doubtful_words(writing: Writing) -> Iterator[Hit]:
    """Tell doubtful words, but for those that other rules of spelling tell as surely wrong."""
    dictionary.load()  # where there is none, nothing is told
    found = [
        (passage, each)
        for passage in writing.passages
        if passage.role not in _NOT_JUDGED
        for each in doubts(passage)
    ]
    often = Counter((passage.keys[each.place], each.right) for passage, each in found)
    for passage, each in found:
        times = often[passage.keys[each.place], each.right]
        if each.sure < (SURE if times < OWN_TERM else SURE_OF_TERM):
            continue
        first = each.place - each.after
        words = passage.words[first : first + 2]
        at = Stretch(passage, words[0].start, words[-1].end)
        if not _is_told(at):
            typed = passage.words[each.place]
            right = cased_like(typed.text, each.right)
            shown = (words[0].text, right) if each.after else (right, words[-1].text)
            yield Hit(at, matter=at.words.lower(), right=" ".join(shown))


@once_for_alike
def doubts(passage: Passage) -> Iterator[Doubt]:
    """Yield the words of a passage that are doubtful by more than ``SURE``, in order."""
    table = load()
    for run in _runs(passage, dictionary.load()):
        for place, judged in enumerate(run.judged):
            doubt = _doubt(run, place, table) if judged else None
            if doubt is not None and doubt.sure >= SURE:
                yield doubt


def _runs(passage: Passage, known: Dictionary) -> Iterator[_Run]:
    """Yield the longest rows of words with nothing but a blank between them, two and more."""
    words, gaps, text = passage.words, passage.gaps, passage.text
    if text.isascii():
        return
    shouted = text.isupper()
    run: list[int] = []
    for place, word in enumerate(words):
        if run and gaps[place - 1] not in _BLANKS:
            yield from _run(passage, run, shouted)
            run = []
        beside = text[max(0, word.start - 1) : word.start], text[word.end : word.end + 2]
        if _is_plain(word.text, *beside, shouted) and known.knows(word.lower):
            run.append(place)
        elif run:
            yield from _run(passage, run, shouted)
            run = []
    yield from _run(passage, run, shouted)


def _is_plain(word: str, before: str, after: str, shouted: bool) -> bool:
    """Say whether a word is running text: no abbreviation, part of a code, address or formula."""
    if not word.isalpha() or before in _GLUE or (word[1:] != word[1:].lower() and not shouted):
        return False
    return after[:1] not in _GLUE or (after[:1] == "." and not after[1:].isalnum())


def _run(passage: Passage, places: list[int], shouted: bool) -> Iterator[_Run]:
    if len(places) < 2:
        return
    words = [passage.words[place] for place in places]
    named = [word.text[0].isupper() and not shouted for word in words]
    named[0] = named[0] and not begins_sentence(passage.text, words[0].start)
    judged = [len(word.text) > 1 and not name for word, name in zip(words, named, strict=True)]
    yield _Run(places, [passage.keys[place] for place in places], judged, named)


def _doubt(run: _Run, place: int, table: Pairs) -> Doubt | None:
    """Return what the word ``place`` of a run is most likely a slip of, None where it fits."""
    word = run.keys[place]
    before = run.keys[place - 1] if place else None
    after = run.keys[place + 1] if place + 1 < len(run.keys) else None
    one = table.pair(before, word) if before else 255
    two = table.pair(word, after) if after else 255
    if min(one, two) > RARE or not _reviewed().isdisjoint(((before, word), (word, after))):
        return None
    names = (
        before is not None and not one and run.named[place - 1],
        after is not None and not two and run.named[place + 1],
    )
    found = _likeliest(before, word, after, table, names)
    if found is None and any(names):
        # nobody knows what stands beside a name, unless it is one of those that all know
        before, after = (None if names[0] else before), (None if names[1] else after)
        found = _likeliest(before, word, after, table, (False, False))
    return found and Doubt(run.places[place], *found)


def _likeliest(
    before: str | None, word: str, after: str | None, table: Pairs, names: tuple[bool, bool]
) -> tuple[str, float, bool] | None:
    """Return right, sure and after of a :class:`Doubt`; beside ``names`` well known pairs alone."""
    if before is None and after is None:
        return None
    typed, best = _bits(before, word, after, table), None
    for other, cost in confusions(word):
        one = table.pair(before, other) if before else 255
        two = table.pair(other, after) if after else 255
        if (names[0] and one <= WELL_KNOWN) or (names[1] and two <= WELL_KNOWN):
            continue
        if min(one, two) or max(one if before else 0, two if after else 0) > STRONG:
            sure = _bits(before, other, after, table) - typed - cost
            sure -= max(0.0, FIRM - _firmness(before, other, after, table))
            if best is None or sure > best[1]:
                shown = after is None or (before is not None and one >= two)
                best = (other, sure, shown)
    return best


@cache
def _reviewed() -> frozenset[tuple[str, ...]]:
    """Return neighbours that are right: of the fixed phrases, and of a list of rare ones."""
    return load_phrases().pairs | {syllables(pair) for pair in word_list("neighbours")}


def _bits(before: str | None, word: str, after: str | None, table: Pairs) -> float:
    """Return how likely a word is between its neighbours, as a logarithm."""
    kinds = len(table.followers)
    if before is None:
        bits = log2(table.after(word) / kinds)
    else:
        share = COUNTS[table.pair(before, word)]
        share += table.after(before) * table.before(word) / kinds
        bits = log2(share / (table.count(before) + table.after(before)))
    if after is not None:
        share = COUNTS[table.pair(word, after)]
        share += table.after(word) * table.before(after) / kinds
        bits += log2(share / (table.count(word) + table.after(word)))
    return bits


def _firmness(before: str | None, word: str, after: str | None, table: Pairs) -> float:
    """Return in bits how much more often than by chance a word stands beside its neighbours.

    Of the firmer of the two phrases.
    """
    counted = (
        COUNTS[table.pair(one, two)] / (table.count(one) * table.count(two) or 1.0)
        for one, two in ((before, word), (word, after))
        if one is not None and two is not None
    )
    return log2(max(*counted, 1 / ALL) * ALL)


def meant(passage: Passage, word: Word, known: Dictionary) -> tuple[str, float] | None:
    """Return the syllable that a word which is none was meant to be, and how firm it stands there.

    In bits, as ``FIRM``; None where no syllable a slip away stands beside its neighbours.
    """
    words, keys, table = passage.words, passage.keys, load()
    place = words.index(word)
    before = after = None
    if place and passage.gaps[place - 1] in _BLANKS and known.knows(words[place - 1].lower):
        before = keys[place - 1]
    if place + 1 < len(words) and passage.gaps[place] in _BLANKS:
        after = keys[place + 1] if known.knows(words[place + 1].lower) else None
    if before is None and after is None:
        return None
    fits = (
        (_bits(before, other, after, table) - cost, other)
        for other, cost in confusions(keys[place])
        if (before and table.pair(before, other)) or (after and table.pair(other, after))
    )
    best = max(fits, default=None)
    return None if best is None else (best[1], _firmness(before, best[1], after, table))


def _is_told(at: Stretch) -> bool:
    """Say whether the rule about words often taken for others tells something there."""
    told = (hit.at for hit in _often_mistyped()(at.passage))
    return any(
        isinstance(each, Stretch) and each.start < at.end and at.start < each.end for each in told
    )


@cache
def _often_mistyped() -> FindIn:
    return compile_for_passages(row_of("chinh-ta/nham-tu")).find
