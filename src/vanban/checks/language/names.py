"""Names: one casing and one wording of each unit, agency, system and index.

A name is found by its words, whatever their casing and tone placement. The registers say how the
agency's own are spelled, the lists of names and titles how those of the whole
country are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from vanban.checks.alike import once_for_alike
from vanban.checks.data import word_list
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.words import begins_sentence
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.letters import plain

_BETWEEN = re.compile(r"[\s,–-]*")
_SYLLABLE = re.compile(r"[^\W_]+")


class Found(Struct, frozen=True):
    """A name in a passage: ``words`` are its words there, as typed."""

    at: Stretch
    name: str
    words: tuple[str, ...]

    @property
    def quoted(self) -> bool:
        """Whether it stands in the words of others."""
        return self.at.passage.is_quoted(self.at.start, self.at.end)


class Names:
    """Names by their first word, the longest first; of at least ``shortest`` words."""

    def __init__(self, names: Iterable[str], shortest: int = 2) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in sorted(dict.fromkeys(names), key=lambda name: -len(name)):
            keys = keys_of(name)
            if len(keys) >= shortest:
                self._by_first.setdefault(keys[0], []).append((keys, name))
        self._spans = once_for_alike(self._find)

    def may_stand_in(self, writing: Writing) -> Iterator[Passage]:
        """Yield the passages of a document that hold the first word of a name, in order."""
        return writing.with_any(self._by_first)

    def find(self, passage: Passage) -> Iterator[Found]:
        """Yield the names of a passage in order; of those that start at a word, the longest."""
        for first, end, name in self._spans(passage):
            words = passage.words[first:end]
            at = Stretch(passage, words[0].start, words[-1].end)
            yield Found(at, name, tuple(word.text for word in words))

    def _find(self, passage: Passage) -> Iterator[tuple[int, int, str]]:
        """Yield the first word of each name, the word behind it, and the name."""
        words, keys = passage.words, passage.keys
        position = 0
        while position < len(words):
            taken = 1
            for wanted, name in self._by_first.get(keys[position], ()):
                end = position + len(wanted)
                if keys[position:end] != wanted:
                    continue
                if all(map(_BETWEEN.fullmatch, passage.gaps[position : end - 1])):
                    yield position, end, name
                    taken = len(wanted)
                    break
            position += taken


def spelled_words(name: str) -> tuple[str, ...]:
    """Return the words of a name."""
    return tuple(_SYLLABLE.findall(name))


@lru_cache(maxsize=32)
def finder(names: tuple[str, ...]) -> Names:
    """Return what finds ``names``; most are those of the country and of the agency's registers."""
    return Names(names)


@lru_cache(maxsize=10_000)
def keys_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they compare, whatever their casing and tone placement."""
    return tuple(map(plain, spelled_words(name)))


def casing(words: Iterable[str]) -> str:
    """Return the words with their casing but without tones, which other rules look at."""
    return " ".join(
        "".join(
            sign.upper() if letter.isupper() else sign
            for sign, letter in zip(plain(word), word, strict=False)
        )
        for word in words
    )


@cache
def national_names() -> tuple[str, ...]:
    """Return the names of the whole country, titles included."""
    return (*word_list("names"), *word_list("titles"))


def registered_names(writing: Writing) -> tuple[str, ...]:
    """Return the names that the agency's registers spell; groups of units are no names."""
    workspace = writing.workspace
    if workspace is None:
        return ()
    agency = workspace.agency
    names = [
        agency.name,
        agency.short_name,
        *(unit.name for unit in agency.units),
        *_recipients(writing),
        *workspace.names,
    ]
    return tuple(name for name in names if name[0].isupper() and name.split()[0].lower() != "các")


def _recipients(writing: Writing) -> tuple[str, ...]:
    """Return the recipients as a list names them: some are common words within a sentence."""
    workspace = writing.workspace
    return () if workspace is None else tuple(each.name for each in workspace.agency.recipients)


@text_algorithm
def registered_casing(writing: Writing) -> Iterator[Hit]:
    common = frozenset(_recipients(writing))
    for found in unlike(writing, registered_names(writing), ()):
        if found.name not in common or _is_meant_as_name(found):
            yield Hit(found.at, replacement=recased(found))


@text_algorithm
def national_casing(writing: Writing) -> Iterator[Hit]:
    for found in unlike(writing, national_names(), registered_names(writing)):
        if found.name not in word_list("titles") or _is_meant_as_name(found):
            yield Hit(found.at, replacement=recased(found))


def _is_meant_as_name(found: Found) -> bool:
    """Say whether words have a capital that neither a sentence nor an abbreviation asks for."""
    first, *others = found.words
    if any(not word.isupper() and not word.islower() for word in others):
        return True
    return first[0].isupper() and not begins_sentence(found.at.passage.text, found.at.start)


_HEAD = re.compile(r"(?:Trưởng|trưởng|Giám đốc|Chánh)\s+$")


def unlike(writing: Writing, spelled: Iterable[str], others: Iterable[str]) -> Iterator[Found]:
    """Yield the names of ``spelled`` that are typed in another casing.

    A longer name of ``others`` goes first, and so does the same name: it is told there.
    """
    others = tuple(others)
    known = set(map(keys_of, others))
    wanted = dict.fromkeys(name for name in spelled if keys_of(name) not in known)
    names = finder((*wanted, *others))
    for passage in names.may_stand_in(writing):
        if passage.text.isupper():
            continue
        for found in names.find(passage):
            if found.name not in wanted or found.at.excerpt.isupper():
                continue
            typed, right = casing(found.words), casing(spelled_words(found.name))
            if typed != right and not (typed[1:] == right[1:] and _after_a_head(found)):
                yield found


def _after_a_head(found: Found) -> bool:
    """Say whether a title goes before: "Trưởng phòng Văn hóa - Xã hội" is as usual as "Phòng"."""
    return _HEAD.search(found.at.passage.text, 0, found.at.start) is not None


def recased(found: Found) -> str:
    """Return the text of the name in its casing; what stands between stays."""
    text = found.at.excerpt
    pieces, position = [], 0
    for typed, right in zip(found.words, spelled_words(found.name), strict=True):
        start = text.index(typed, position)
        pieces.append(text[position:start])
        same = plain(typed) == plain(right) and len(typed) == len(right)
        cased = (
            "".join(
                sign.upper() if like.isupper() else sign.lower()
                for sign, like in zip(typed, right, strict=True)
            )
            if same
            else right
        )
        pieces.append(cased)
        position = start + len(typed)
    return "".join(pieces)


@text_algorithm
def own_name(writing: Writing) -> Iterator[Hit]:
    if writing.workspace is None:
        return
    place = writing.workspace.agency.place_name
    common, _, proper = place.partition(" ")
    if not proper or not common[0].isalpha():
        return
    pattern = re.compile(
        rf"(?<!\w)({re.escape(common)})\s+{re.escape(proper)}(?!\w)", re.IGNORECASE
    )
    forms: dict[bool, list[tuple[Passage, int, int]]] = {True: [], False: []}
    for passage in writing.passages:
        for found in pattern.finditer(passage.text):
            if not (found[0].isupper() or begins_sentence(passage.text, found.start())):
                forms[found[0][0].isupper()].append((passage, *found.span()))
    if not forms[True] or not forms[False]:
        return
    for passage, start, end in (*forms[False], *forms[True]):
        yield Hit(
            Stretch(passage, start, end),
            f"tên đơn vị viết “{common.lower()} {proper}” ({len(forms[False])} chỗ) và "
            f"“{common.capitalize()} {proper}” ({len(forms[True])} chỗ)",
            "chọn một cách viết rồi dùng thống nhất",
            matter=place.lower(),
        )
