"""Sentences and clauses within a passage, and patterns of plain words: one notion for all rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from vanban.checks.alike import MOST
from vanban.nd30.citation_words import one_of

SENTENCE_END = re.compile(r"[;\n]|[.!?](?=\s|$)")
"""Where a sentence ends, or the part of an enumeration that stands for one."""

NEAR = 400
"""Letters of a sentence around a place, at most; reading stays linear."""

CLAUSE_END = re.compile(rf"{SENTENCE_END.pattern}|:(?=\s|$)")
_PART = re.compile(r"[,;.:(]\s|- ")
_LAYOUT = " \u00a0-"


def sentence_around(text: str, start: int, end: int, near: int = NEAR) -> tuple[int, int]:
    """Return where the sentence begins and ends that ``start`` to ``end`` of ``text`` lies in."""
    first = max(0, start - near)
    begin = max((each.end() for each in SENTENCE_END.finditer(text, first, start)), default=first)
    following = SENTENCE_END.search(text, end, end + near)
    return begin, following.start() if following else min(len(text), end + near)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence without what stands before a colon, and without its dash and blanks."""
    begin, stop = sentence_around(text, start, end)
    begin = max((each.end() for each in CLAUSE_END.finditer(text, begin, start)), default=begin)
    while begin < start and text[begin] in _LAYOUT:
        begin += 1
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return begin, stop


def context_start(text: str, start: int, count: int) -> int:
    """Return where the last ``count`` words before ``start`` begin, within its part of a clause."""
    part = _PART.split(text[max(0, start - NEAR) : start])[-1]
    words = [each.start() for each in re.finditer(r"\w\S*", part)][-count:]
    return start - len(part) + words[0] if words else start


@lru_cache(maxsize=256)
def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of ``words`` (a tuple) as whole words, the longest first."""
    return re.compile(rf"(?<!\w)(?:{one_of(*words) or '(?!)'})(?!\w)")


def whole_words(form: str) -> re.Pattern[str]:
    """Return the pattern of an expression of a row: it stands for whole words, any blanks apart."""
    return re.compile(rf"(?<!\w)(?:{form.replace(' ', chr(92) + 's+')})(?!\w)")


Placed = tuple[str, int, int]
"""An expression of a row, and the letters from where to where it stands."""


@lru_cache(maxsize=64)
def finder(forms: tuple[str, ...]) -> Callable[[str], tuple[Placed, ...]]:
    """Return what finds expressions of a row in a text, once for texts that read the same."""
    patterns = {form: whole_words(form) for form in forms}

    @lru_cache(MOST)
    def find(text: str) -> tuple[Placed, ...]:
        return tuple(
            (form, *found.span())
            for form, pattern in patterns.items()
            for found in pattern.finditer(text)
        )

    return find
