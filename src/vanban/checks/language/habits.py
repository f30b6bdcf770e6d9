"""Words typed in haste, as people type to one another: k for không."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Writing

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
