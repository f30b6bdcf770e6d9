"""Wordings of a row looked up in a passage: by their first word, so that a row may have hundreds.

A wording is plain words (any case, any blanks between) or, in the program's own rows, a regular
expression over lower-case text that starts with a word, words in brackets, ``\\d+`` or ``\\w+``,
after what must not go before. " | " parts several wordings of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from vanban.checks.language.change import Change, cased_like
from vanban.checks.writing import Passage, Writing
from vanban.nd30.letters import CAPITALS, plain
from vanban.workspace.models.rule_rows import ARROW, WORD, Wording

NUMBER, ANY = "0", "*"
"""Stand for any number and any word among the first words of patterns."""

LONGEST = 40
"""Words that a wording has at most."""

_BEFORE = re.compile(r"(?:\(\?<[=!][^)]*\))*")
_GROUP = re.compile(r"\\(\d)")
_MARKS = re.compile(r"\s*[,–-]\s*")


class Listed(NamedTuple):
    """What is wrong, an expression that is compiled when its words are met, and its wording.

    ``further`` are the words behind the first as they compare; none where they may be others.
    """

    wrong: str
    further: tuple[str, ...]
    wording: Wording


class Found(NamedTuple):
    """Characters ``start`` to ``end`` of a passage stand for ``wording``; ``right`` may be known.

    ``wording`` is None for what a function found besides the list.
    """

    start: int
    end: int
    right: str | None
    wording: Wording | None


Index = Mapping[str, tuple[Listed, ...]]
"""First word → wordings."""


def index(wordings: Iterable[Wording], patterns: bool) -> Index:
    """Sort the wordings of a row; ``patterns`` says that they are regular expressions."""
    by_first: dict[str, list[Listed]] = {}
    for wording in wordings:
        for form in str(wording.wrong).split(" | "):
            for first, further, wrong in _pattern(form) if patterns else _plain(form):
                by_first.setdefault(first, []).append(Listed(wrong, further, wording))
    return {first: tuple(listed) for first, listed in by_first.items()}


def without_marks(right: str) -> Wording:
    """Return the wording that lacks the commas and dashes of words that should have them."""
    return pair(f"{_MARKS.sub(' ', right)} {ARROW} {right}")


def pair(typed: str) -> Wording:
    """Return the wording of "wrong → right"."""
    wrong, _, right = typed.partition(f" {ARROW} ")
    return Wording.model_construct(wrong=wrong, right=right, reason=None, beside=())


def needed(listed: Index) -> Iterable[str] | None:
    """Return the words one of which a passage has where a wording stands; None where any may be."""
    return listed.keys() if listed.keys().isdisjoint((NUMBER, ANY)) else None


def may_stand_in(writing: Writing, listed: Index) -> Iterable[Passage]:
    """Return the passages of a document in which a wording may stand, in order."""
    words = needed(listed)
    return writing.passages if words is None else writing.with_any(words)


def find(passage: Passage, listed: Index, more: Iterable[Change] = ()) -> Iterator[Found]:
    """Yield where wordings stand in a passage, or ``more``; of those in one place, the longest."""
    kept: Found | None = None
    every = (*_all(passage, listed), *(Found(*change, None) for change in more))
    for found in sorted(every, key=lambda each: each[:2]):
        if kept is not None and found.start < kept.end:
            if found.end - found.start > kept.end - kept.start:
                kept = found
            continue
        if kept is not None:
            yield kept
        kept = found
    if kept is not None:
        yield kept


def _all(passage: Passage, listed: Index) -> Iterator[Found]:
    anywhere = listed.get(ANY, ())
    if not anywhere and NUMBER not in listed and listed.keys().isdisjoint(passage.keys):
        return
    for place, key in enumerate(passage.keys if listed else ()):
        first = NUMBER if key.isdecimal() else key
        for wrong, further, wording in (*listed.get(first, ()), *anywhere):
            if passage.keys[place + 1 : place + 1 + len(further)] != further:
                continue
            match = compiled(wrong).match(passage.lower, passage.words[place].start)
            if match is not None and not _is_excepted(passage, place, match.end(), wording):
                yield Found(*match.span(), _right(passage.text, match, wording), wording)


@cache
def compiled(expression: str) -> re.Pattern[str]:
    r"""Compile an expression of a row, in which \p{Lu} and \p{Ll} are Vietnamese letters."""
    lower = expression.replace(r"\p{Ll}", f"[{CAPITALS.lower()}]")
    return re.compile(lower.replace(r"\p{Lu}", f"[{CAPITALS}]"))


def _is_excepted(passage: Passage, place: int, end: int, wording: Wording) -> bool:
    """Say whether a word that makes the wording right stands before or after it."""
    if not wording.beside:
        return False
    words, text = passage.words, passage.text
    after = next((word for word in words[place : place + LONGEST] if word.start >= end), None)
    beside = set()
    if place and text[words[place - 1].end : words[place].start].isspace():
        beside.add(words[place - 1].lower)
    if after is not None and text[end : after.start].isspace():
        beside.add(after.lower)
    return not beside.isdisjoint(word.lower() for word in wording.beside)


def _right(text: str, match: re.Match[str], wording: Wording) -> str | None:
    """Return the right wording with its groups as typed, in the case of the wrong one."""
    if wording.right is None:
        return None
    typed = text[match.start() : match.end()]

    def group_of(found: re.Match[str]) -> str:
        number = int(found[1])
        known = 0 < number <= match.re.groups  # plain words have no groups: there "\\1" is text
        return text[slice(*match.span(number))] if known else found[0]

    filled = _GROUP.sub(group_of, str(wording.right))
    return cased_like(typed if typed.isupper() else typed[:1], filled)


def spaced(words: str) -> str:
    """Return an expression for words in lower case with any blanks between."""
    return r"\s+".join(re.escape(word) for word in words.lower().split())


def pattern_of(words: str) -> re.Pattern[str]:
    """Return the expression that finds words in lower-case text."""
    return re.compile(rf"(?<!\w){spaced(words)}(?!\w)")


def _plain(form: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield the first of plain words, the further ones, the expression that stands at its place."""
    lower = " ".join(form.lower().split())
    first = WORD.search(lower)
    if first is None:
        return  # the model refuses what has no word
    before = re.escape(lower[: first.start()])
    rest = spaced(lower[first.start() :])
    end = r"(?!\w)" if rest[-1].isalnum() else ""
    further = _further(lower[first.start() :])
    yield plain(first[0]), further, f"(?<={before}){rest}{end}" if before else f"{rest}{end}"


def _pattern(form: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each word that a regular expression may start with, those further, the expression."""
    before = _BEFORE.match(form)[0]  # type: ignore[index]
    wrong = form.removeprefix(before)
    blanks = before.replace(" ", r"\s") + wrong.replace(" ", r"\s+")
    for first in _first_words(wrong):
        yield first, _further(form), rf"{blanks}(?!\w)"


def _further(form: str) -> tuple[str, ...]:
    """Return the words behind the first of a form that is nothing but words."""
    words = form.split()
    return tuple(map(plain, words[1:])) if all(map(WORD.fullmatch, words)) else ()


def _first_words(wrong: str) -> Iterator[str]:
    """Yield the words that a wording may start with."""
    choices = wrong[1:].partition(")")[0] if wrong.startswith("(") else wrong
    for choice in choices.split("|"):
        first = choice.partition("(")[0].split()[0]
        yield {r"\d+": NUMBER, r"\w+": ANY}.get(first, plain(first))
