"""Wordings of a row looked up in a passage: by their first word, so that a row may have hundreds.

A wording is plain words (any case, any blanks between) or, in the program's own rows, a regular
expression over lower-case text that starts with a word, words in brackets, ``\\d+`` or ``\\w+``,
after what must not go before. " | " parts several wordings of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vanban.checks.language.change import Change, cased_like
from vanban.checks.writing import Passage
from vanban.nd30.letters import plain
from vanban.workspace.models.rule_rows import WORD, Wording

NUMBER, ANY = "0", "*"
"""Stand for any number and any word among the first words of patterns."""

LONGEST = 40
"""Words that a wording has at most."""

_BEFORE = re.compile(r"(?:\(\?<[=!][^)]*\))*")
_GROUP = re.compile(r"\\(\d)")


class Pattern(NamedTuple):
    """What is wrong, compiled, and the row's wording that it stands for."""

    wrong: re.Pattern[str]
    wording: Wording


class Found(NamedTuple):
    """Characters ``start`` to ``end`` of a passage stand for ``wording``; ``right`` is "" or new.

    ``wording`` is None for what a function found besides the list.
    """

    start: int
    end: int
    right: str
    wording: Wording | None


Index = Mapping[str, tuple[Pattern, ...]]
"""First word → patterns."""


def index(wordings: Iterable[Wording], patterns: bool) -> Index:
    """Compile the wordings of a row; ``patterns`` says that they are regular expressions."""
    by_first: dict[str, list[Pattern]] = {}
    for wording in wordings:
        for form in str(wording.wrong).split(" | "):
            for first, compiled in _pattern(form) if patterns else _plain(form):
                by_first.setdefault(first, []).append(Pattern(compiled, wording))
    return {first: tuple(listed) for first, listed in by_first.items()}


def find(passage: Passage, listed: Index, more: Iterable[Change] = ()) -> Iterator[Found]:
    """Yield where wordings stand in a passage, or ``more``; of those in one place, the longest."""
    kept: Found | None = None
    every = (*_all(passage, listed), *(Found(*change, None) for change in more))
    for found in sorted(every, key=lambda each: each[:3]):
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
    for place, word in enumerate(passage.words):
        first = NUMBER if word.text.isdecimal() else plain(word.text)
        for pattern in (*listed.get(first, ()), *listed.get(ANY, ())):
            match = pattern.wrong.match(passage.lower, word.start)
            if match is None or _is_excepted(passage, place, match.end(), pattern.wording):
                continue
            yield Found(
                *match.span(), _right(passage.text, match, pattern.wording), pattern.wording
            )


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


def _right(text: str, match: re.Match[str], wording: Wording) -> str:
    """Return the right wording with its groups as typed, in the case of the wrong one."""
    if wording.right is None:
        return ""
    typed = text[match.start() : match.end()]

    def group_of(found: re.Match[str]) -> str:
        number = int(found[1])
        known = 0 < number <= match.re.groups  # plain words have no groups: there "\\1" is text
        return text[slice(*match.span(number))] if known else found[0]

    filled = _GROUP.sub(group_of, str(wording.right))
    return cased_like(typed if typed.isupper() else typed[:1], filled)


def _plain(form: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the first word of plain words, and the pattern that stands at its place."""
    lower = " ".join(form.lower().split())
    first = WORD.search(lower)
    if first is None:
        return  # the model refuses what has no word
    before = re.escape(lower[: first.start()])
    rest = r"\s+".join(map(re.escape, lower[first.start() :].split(" ")))
    end = r"(?!\w)" if rest[-1].isalnum() else ""
    yield plain(first[0]), re.compile(rf"(?<={before}){rest}{end}" if before else f"{rest}{end}")


def _pattern(form: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield each word that a regular expression may start with, and the expression."""
    before = _BEFORE.match(form)[0]  # type: ignore[index]
    wrong = form.removeprefix(before)
    blanks = before.replace(" ", r"\s") + wrong.replace(" ", r"\s+")
    for first in _first_words(wrong):
        yield first, re.compile(rf"{blanks}(?!\w)")


def _first_words(wrong: str) -> Iterator[str]:
    """Yield the words that a wording may start with."""
    choices = wrong[1:].partition(")")[0] if wrong.startswith("(") else wrong
    for choice in choices.split("|"):
        first = choice.partition("(")[0].split()[0]
        yield {r"\d+": NUMBER, r"\w+": ANY}.get(first, plain(first))
