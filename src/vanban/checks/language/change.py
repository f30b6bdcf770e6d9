"""A wrong stretch of a passage and the words that belong there, as rules of language find them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Change(NamedTuple):
    """Characters ``start`` to ``end`` of a passage should read ``right``."""

    start: int
    end: int
    right: str


def longest(found: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes in order; of those that share a place, only the longest."""
    kept: list[Change] = []
    for one in sorted(found):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
        else:
            kept.append(one)
    return tuple(kept)


def cased_like(model: str, words: str) -> str:
    """Return the words in the case of ``model``: all capitals, a capital first, or none."""
    if model.isupper() and len(model) > 1:
        return words.upper()
    return words[:1].upper() + words[1:] if model[:1].isupper() else words
