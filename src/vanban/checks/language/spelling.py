"""Syllables that do not exist in Vietnamese, by the dictionary of the machine.

A word is left alone where it may rightly be something else: a name or word that the agency's
registers know, an abbreviation, a foreign word, part of an address of the web, a number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from functools import cache
from itertools import pairwise

from vanban.checks.alike import once_for_alike
from vanban.checks.data import word_list
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language import dictionary
from vanban.checks.language.change import cased_like
from vanban.checks.language.dictionary import Dictionary, bare
from vanban.checks.language.doubtful import meant
from vanban.checks.language.slips import slips_in
from vanban.checks.language.words import LONGEST, split
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Word, Writing
from vanban.nd30.letters import composed, plain
from vanban.workspace.workspace import Workspace

_PIECE = re.compile(r"\S+")
_NO_TEXT = re.compile(r"@|://|\w\.\w|\w_\w|\w/\d|\d/\w")
"""What shows that a piece is no running text: an address, a file name, a number and symbol."""

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = re.compile("[aăâeêioôơuưy]+")
_LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz")
"""Those of Vietnamese, and those that slip in from other keyboards."""

_FOREIGN_START = frozenset("fjwz")
"""Letters that no word of Vietnamese begins with: what does is a symbol or foreign."""

_ROMAN = re.compile(r"[ivxlc]+")
_BEGINNING = re.compile(r"(?:^|[.!?:;…]\s+|^[-+•*]\s*)[“\"‘(]*$")

WITH_MARKS, WITHOUT_MARKS, TWO_LETTERS = 2.0, 4.0, 7.0
"""Bits by which neighbours must ask for a syllable where a word is no form of one: ivệc, đnh."""

FOREIGN = 0.25
"""Where more than this share of the words, and two, are unknown and without marks (or twice as
many with marks), a passage is not Vietnamese, or not in Unicode."""


@text_algorithm
def impossible_syllables(writing: Writing, haste: Collection[str]) -> Iterator[Hit]:
    """Tell unknown words but those typed in ``haste``, which are told as such."""
    known = dictionary.load()
    names = agency_words(writing.workspace) | loanwords() | {*haste} | _named(writing)
    for passage in writing.passages:
        unknown = tuple(_unknown(passage, known, names))
        if not unknown or _is_foreign(passage, unknown):
            continue
        told = slips_in(passage)
        for word in unknown:
            if not any(slip.start <= word.start and word.end <= slip.end for slip in told):
                yield _hit(writing, passage, word, known)


def _named(writing: Writing) -> Set[str]:
    """Return the words of names that the document says to be such, wherever they stand again."""
    return {
        plain(word)
        for passage in writing.passages
        for start, end in passage.apart
        for word in _WORD.findall(passage.text[start:end])
        if word[0].isupper()
    }


def _is_foreign(passage: Passage, unknown: tuple[Word, ...]) -> bool:
    """Say whether a passage is in another language, or in letters of another code."""
    unmarked = sum(word.text.isascii() for word in unknown)
    return max(unmarked, len(unknown) / 2) > max(2, FOREIGN * len(passage.words))


def _hit(writing: Writing, passage: Passage, word: Word, known: Dictionary) -> Hit:
    suggestion = f"sửa lại cho đúng{writing.declared_in('tu_dung')}"
    named = word.text[0].isupper() and not _begins(passage, word)
    parts = two_syllables(word.lower, known) if _vowel_groups(word) > 1 else None
    likely = meant(passage, word, known)
    if parts is not None:
        first = word.text[: len(parts[0])]
        suggestion = f"thêm dấu cách: “{first} {word.text[len(first) :]}”"
    elif likely is not None:
        suggestion = f"có lẽ là “{cased_like(word.text, likely[0])}”; {suggestion}"
    return Hit(
        Stretch(passage, word.start, word.end),
        f"“{word.text}” không có trong tiếng Việt",
        suggestion,
        matter=plain(word.text),
        unsure=named or word.text.isascii(),
    )


def _is_short_form(passage: Passage, word: Word) -> bool:
    """Say whether capitals stand alone among small letters: ƯT, ĐKZ."""
    place = passage.words.index(word)
    beside = passage.words[max(0, place - 1) : place] + passage.words[place + 1 : place + 2]
    return not any(each.text.isupper() and len(each.text) > 1 for each in beside)


def _begins(passage: Passage, word: Word) -> bool:
    """Say whether a word begins a sentence, so that its capital makes no name of it."""
    return _BEGINNING.search(passage.text[max(0, word.start - 8) : word.start]) is not None


def _unknown(passage: Passage, known: Dictionary, names: frozenset[str]) -> Iterator[Word]:
    """Yield the words of Vietnamese that neither the dictionary nor the agency knows.

    Two unknown words without marks in a row are a foreign phrase, unless both lost their marks.
    """
    strange = [word for word in _strange(passage) if plain(word.text) not in names]
    if not strange:
        return
    symbols = {
        place
        for piece in _PIECE.finditer(passage.text)
        if _NO_TEXT.search(piece[0])
        for place in range(*piece.span())
    }
    foreign = {
        word
        for first, second in pairwise(strange)
        if not passage.text[first.end : second.start].strip(" ")
        and first.text.isascii()
        and second.text.isascii()
        and not (known.knows_with_marks(first.lower) and known.knows_with_marks(second.lower))
        for word in (first, second)
    }
    for word in strange:
        if (
            word not in foreign
            and word.start not in symbols
            and _is_vietnamese(passage, word, known)
        ):
            yield word


@once_for_alike
def _strange(passage: Passage) -> Iterator[Word]:
    """Yield the words that the dictionary does not know, of up to two syllables typed together."""
    known = dictionary.load()
    for word, key in zip(passage.words, passage.keys, strict=True):
        if len(key) <= 2 * LONGEST and not known.knows(key):
            yield word


def _is_vietnamese(passage: Passage, word: Word, known: Dictionary) -> bool:
    """Say whether an unknown word was meant as Vietnamese, by its letters and its case.

    One group of vowels makes a syllable: words with more are foreign (Côlômbia, casino), those
    with none short forms (stt), unless they are two syllables with the blank left out, or a slip
    of one that their neighbours ask for (ivệc, đnh).
    """
    text = word.text
    groups = _vowel_groups(word)
    if len(text) < 2 or not _LETTERS.issuperset(split(text).letters):
        return False
    if text[0].lower() in _FOREIGN_START:
        return False
    marked = bare(text) != text.lower().replace("đ", "d")
    beside = passage.text[max(0, word.start - 1) : word.end + 1]
    tied = any(sign in beside for sign in "-'’")
    if groups != 1 and text.islower() and not tied:
        likely = meant(passage, word, known)
        least = WITH_MARKS if marked else WITHOUT_MARKS if len(text) > 2 else TWO_LETTERS
        if likely is not None and likely[1] >= least:
            return True
    if groups == 0:
        return False
    if text.isupper():
        return marked and groups == 1 and not _is_short_form(passage, word)
    if text[1:] != text[1:].lower():
        return False
    named = text[0].isupper() and not _begins(passage, word)
    if groups > 1:
        return marked and not named and two_syllables(word.lower, known) is not None
    if text[0].isupper():
        return marked or (not named and known.knows_with_marks(word.lower))
    if not marked and not (known.knows_with_marks(text) or _was_mistyped(text, known)):
        return False  # a foreign word: "cos", "beam"
    return not tied and _ROMAN.fullmatch(text) is None


_KEYS = re.compile(r"(aa|ee|oo|dd|[aou]w)")
_TWICE = re.compile(r"(.)\1")
_TELEX = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ", "aw": "ă", "ow": "ơ", "uw": "ư"}
_TONES = {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
SHORTEST = 4
"""Letters of a word without marks that may have been typed wrong; shorter ones are symbols."""


def _was_mistyped(text: str, known: Dictionary) -> bool:
    """Say whether a word without marks has a letter twice or keys of Telex left: tronng, quans."""
    if len(text) < SHORTEST:
        return False
    if any(
        known.knows(text[: each.start()] + text[each.end() - 1 :]) for each in _TWICE.finditer(text)
    ):
        return True
    keys = "".join(_TELEX.get(each, each) for each in _KEYS.split(text))
    tone = _TONES.get(keys[-1])
    vowels = list(_VOWELS.finditer(keys[:-1]))
    if tone is None or not vowels:
        return keys != text and known.knows(keys)
    places = range(*vowels[0].span())
    return any(
        known.knows(composed(keys[: place + 1] + tone + keys[place + 1 : -1])) for place in places
    )


def _vowel_groups(word: Word) -> int:
    return len(_VOWELS.findall(split(word.text).letters))


def two_syllables(word: str, known: Dictionary) -> tuple[str, str] | None:
    """Return the two syllables that a word is typed together from.

    Both bear marks, or have three letters and more, as hardly a foreign word falls apart.
    """
    for place in range(2, len(word) - 1):
        parts = word[:place], word[place:]
        sure = all(bare(part) != part or len(part) > 2 for part in parts)
        if sure and all(map(known.knows, parts)):
            return parts
    return None


@cache
def loanwords() -> frozenset[str]:
    """Return the words that are right though the dictionary has no such syllables."""
    return frozenset(map(plain, word_list("loanwords")))


def agency_words(workspace: Workspace | None) -> frozenset[str]:
    """Return the words of the names and abbreviations that the registers of an agency know."""
    if workspace is None:
        return frozenset()
    return frozenset(plain(word) for text in _names(workspace) for word in _WORD.findall(text))


def _names(workspace: Workspace) -> Iterator[str]:
    agency = workspace.agency
    yield from (agency.name, agency.short_name, agency.place_name, agency.province or "")
    yield from (unit.name for unit in agency.units)
    yield from (signer.name for signer in agency.signers)
    yield from (recipient.name for recipient in agency.recipients)
    yield from (*workspace.abbreviations, *workspace.names)
    yield from (item.text for file in workspace.house_rules for item in file.words)
