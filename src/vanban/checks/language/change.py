"""A wrong stretch of a passage and the words that belong there, as rules of language find them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_WORD = re.compile(r"\S+")

REACH = 60
"""Letters beside a mark that are shown with it: no word is longer, but hostile text is."""


class Change(NamedTuple):
    """Characters ``start`` to ``end`` of a passage should read ``right``."""

    start: int
    end: int
    right: str


def _word_start(text: str, index: int) -> int:
    """Return where the word that ends before ``index`` begins, at most REACH letters back."""
    near = text[max(0, index - REACH) : index]
    found = _WORD.match(near[::-1])
    return index - (found.end() if found is not None else 0)


def _word_end(text: str, index: int) -> int:
    """Return where the word that begins at ``index`` ends, at most REACH letters on."""
    found = _WORD.match(text, index, index + REACH)
    return found.end() if found is not None else index


def words_back(text: str, index: int, count: int) -> int:
    """Return where the ``count`` words before ``index`` begin; a mark ends them.

    The first may touch what stands at ``index``.
    """
    for number in range(count):
        near = text[max(0, index - REACH) : index].rstrip()
        if number and not near[-1:].isalnum():
            break
        index = _word_start(text, max(0, index - REACH) + len(near))
    return index


def whole_words(text: str, changes: Iterable[Change]) -> Iterator[Change]:
    """Yield changes with the words on both sides; those that share a word become one.

    The changes come in order and do not overlap.
    """
    groups: list[list[Change]] = []
    for change in changes:
        if groups and change.start <= _word_end(text, groups[-1][-1].end):
            groups[-1].append(change)
        else:
            groups.append([change])
    position = 0
    for group in groups:
        start = max(position, _word_start(text, group[0].start))
        right, position = "", start
        for change in group:
            right += text[position : change.start] + change.right
            position = change.end
        end = _word_end(text, position)
        yield Change(start, end, right + text[position:end])
        position = end


def cased_like(model: str, words: str) -> str:
    """Return the words in the case of ``model``: all capitals, a capital first, or none."""
    if model.isupper() and len(model) > 1:
        return words.upper()
    return words[:1].upper() + words[1:] if model[:1].isupper() else words
