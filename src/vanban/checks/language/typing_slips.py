"""How text was typed: words twice in a row, forms typed in haste, characters of other alphabets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from vanban.checks.alike import once_for_alike
from vanban.checks.data import word_list
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import Change
from vanban.checks.language.phrases import syllables, two_syllable_words
from vanban.checks.language.slips import slips_in
from vanban.checks.language.syllable_pairs import COUNTS, association, load
from vanban.checks.rules import passage_algorithm, text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.letters import composed
from vanban.workspace.models.allowed_characters import find_legacy

_BLANKS = frozenset((" ", "  ", "\u00a0"))
"""What parts words of a sentence; more blanks part columns."""

GROUPS = (3, 2, 1)
"""Words of the groups that are looked for, the longest first."""


@text_algorithm
def doubled_words(
    writing: Writing, on_purpose: Collection[str], particles: Collection[str]
) -> Iterator[Hit]:
    """Tell groups of words typed twice but for syllables doubled ``on_purpose``: luôn luôn.

    ``particles`` are never the end of one word and the beginning of the next.
    """
    for passage in writing.passages:
        doubled = tuple(_doubled(passage, on_purpose))
        slips = slips_in(passage) if doubled else ()
        for place, size in doubled:
            words = passage.words[place : place + 2 * size]
            start, end = words[0].start, words[-1].end
            border = 0.0
            if size == 1 and passage.keys[place] not in particles:
                around = tuple(
                    "" if key in particles else key for key in _around(passage.keys, place)
                )
                border = _border(around, named=place > 0 and words[0].text.istitle())
            if border >= BORDER or any(slip.start <= start and end <= slip.end for slip in slips):
                continue
            once = Stretch(passage, words[size].start, end).words
            told = Stretch(passage, start, end)
            yield Hit(told, matter=told.words.lower(), right=once, unsure=border >= PERHAPS)


BORDER, PERHAPS = 4.75, 3.0
"""Bits by which a syllable draws the next, so that a word surely, or perhaps, begins there."""

_YEAR = re.compile(r"20\d\d")

SLACK = 0.5
"""Bits by which words that meet may look alike."""

OFTEN = 100
"""How often a syllable stands twice in a row in public texts that end words with it and begin
others: kiểm định | định kỳ."""


def _around(keys: tuple[str, ...], place: int) -> tuple[str, ...]:
    """Return two words before a doubled one, both of it, two after; "" where there is none."""
    return (*("", "", *keys)[place : place + 4], *(*keys[place + 2 : place + 4], "", "")[:2])


def _border(around: tuple[str, ...], named: bool) -> float:
    """Return how surely a word ends and another begins between equal syllables, in bits.

    thi công | công trình: what stands before belongs to the first and not to what goes before it,
    what stands after to the second and not to what follows (ủy ban ban nhân dân). A name needs no
    word before: Luật | Luật sư.
    """
    further, before, typed, again, after, then = around
    drawn, ended = association(again, after), association(before, typed)
    if drawn < association(after, then):
        return 0.0
    if not named and (ended < PERHAPS / 2 or ended < association(further, before) - SLACK):
        return 0.0
    known = COUNTS[load().pair(typed, again)] >= OFTEN
    return BORDER if known and drawn >= PERHAPS else drawn


def _doubled(passage: Passage, on_purpose: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the first word of a group that is typed twice, and how many words it has."""
    keys, free = passage.keys, 0
    for place, size in _repeated(passage):
        end = place + 2 * size
        after = "".join(keys[end : end + 1])
        if (
            place >= free
            and _is_typed_twice(passage, keys, place, size)
            and (size > 1 or keys[place] not in on_purpose or _goes_on(keys[place], after))
        ):
            yield place, size
            free = end


@once_for_alike
def _repeated(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield every group of words that stands twice in a row, of one place the longest first."""
    keys = passage.keys
    if len(set(keys)) == len(keys):
        return
    joined = [gap in _BLANKS for gap in passage.gaps]
    for place in range(len(keys) - 1):
        for size in GROUPS:
            middle, end = place + size, place + 2 * size
            if (
                end <= len(keys)
                and keys[place:middle] == keys[middle:end]
                and all(joined[place : end - 1])
            ):
                yield place, size


def _goes_on(key: str, after: str) -> bool:
    """Say whether a word goes on behind a syllable that may be doubled: nhà nhà nước, năm 2025."""
    return _YEAR.fullmatch(after) is not None or association(key, after) >= BORDER


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
    return len(group[0].text) > 1 and not (before in _words() and after in _words())


@cache
def _words() -> frozenset[tuple[str, ...]]:
    """Return words of two syllables that end or begin where equal syllables meet."""
    return two_syllable_words() | frozenset(map(syllables, word_list("borders")))


_SYMBOL = re.compile(r"[^\s\w,;.”“]|\.\w|\w\.")
"""What stands beside a letter that is a label or part of a formula: k), k =, m²."""


@text_algorithm
def typed_in_haste(
    writing: Writing, haste: Mapping[str, str], symbols: Collection[str], labels: Collection[str]
) -> Iterator[Hit]:
    """Tell short forms such as ``haste`` has, and ``symbols`` that stand for a word.

    After ``labels`` a letter stands for itself: điểm k, hệ số k, các biến m và n.
    """
    for passage in writing.prose:
        words = passage.words
        for place, word in enumerate(words):
            if word.text not in haste and word.text not in symbols:
                continue
            if _is_symbol(passage, place, labels):
                continue
            right = haste.get(word.text)
            given = {"chu": word.text, "co_le": f", có lẽ là “{right}”" if right else ""}
            at = Stretch(passage, word.start, words[min(place + 1, len(words) - 1)].end)
            yield Hit(at, matter=word.text, given=given)


def _is_symbol(passage: Passage, place: int, labels: Collection[str]) -> bool:
    """Say whether a word is a symbol, a unit or a label, no short form typed in haste."""
    word = passage.words[place]
    beside = (
        passage.text[max(0, word.start - 2) : word.start],
        passage.text[word.end : word.end + 2],
    )
    if any(map(_SYMBOL.search, beside)):
        return True
    if place == 0:
        return len(word.text) == 1
    before = passage.words[place - 1].lower
    return not before.isalpha() or before in labels


_LOOK_ALIKES = str.maketrans("ÐƉðаеорсхуАВЕКМНОРСТХ", "ĐĐđaeopcxyABEKMHOPCTX")
_ALIKE = re.compile("[ÐƉðаеорсхуАВЕКМНОРСТХ]")
_WORD = re.compile(r"\S+")


@passage_algorithm
def not_composed(passage: Passage) -> Iterator[Change]:
    """Yield the words whose letters and marks are signs of their own."""
    if not unicodedata.is_normalized("NFC", passage.text):
        for found in _WORD.finditer(passage.text):
            if composed(found[0]) != found[0]:
                yield Change(*found.span(), composed(found[0]))


@text_algorithm
def look_alike(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if _ALIKE.search(passage.text) is None:
            continue
        for found in _WORD.finditer(passage.text):
            sign = _ALIKE.search(found[0])
            if sign is None:
                continue
            right = found[0].translate(_LOOK_ALIKES)
            given = {"chu": sign[0], "ma": f"U+{ord(sign[0]):04X}"}
            yield Hit(Stretch(passage, *found.span()), replacement=right, given=given)


@passage_algorithm
def legacy(passage: Passage) -> Iterator[Change]:
    """Yield where letters of TCVN3 or VNI begin."""
    start = find_legacy(passage.text)
    if start is not None:
        yield Change(start, min(start + 30, len(passage.text)), "")
