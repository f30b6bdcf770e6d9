"""Wordings that no list can hold: a long phrase with a syllable left out, a comma inside a word.

They belong to the rules of rows/cau-chu.yaml that list such wordings one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vanban.checks.language.change import Change
from vanban.checks.language.phrases import broken_in, word_pairs
from vanban.checks.rules import passage_algorithm
from vanban.checks.writing import Passage
from vanban.nd30.letters import plain

_COMMA = re.compile(r",\s*")

passage_algorithm(broken_in)


@passage_algorithm
def parted_words(passage: Passage) -> Iterator[Change]:
    """Yield the words of two syllables with a comma between, unless each belongs elsewhere."""
    if "," not in passage.text:
        return
    pairs = word_pairs(tuple(plain(word.text) for word in passage.words))
    for place, (first, second) in enumerate(pairwise(passage.words)):
        if (
            pairs[place]
            and _COMMA.fullmatch(passage.text, first.end, second.start)
            and not any((*pairs[max(0, place - 1) : place], *pairs[place + 1 : place + 2]))
        ):
            yield Change(first.start, second.end, f"{first.text} {second.text}")
