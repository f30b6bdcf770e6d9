"""Brackets and quotation marks without their pair, and what is left to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vanban.checks.alike import MOST
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import Change
from vanban.checks.rules import passage_algorithm, text_algorithm
from vanban.checks.writing import Passage, Role, Writing

NEAR = 10
"""Letters before a bracket that tell whether it closes the mark of an item: a), 12)."""

_BLANK = re.compile(
    r"(?<!/)(?<!số )(?<!ngày )(?<!tháng )(?<!năm )(?:\.{4,}|…{2,}|_{3,})(?!/)"
    r"|\((?:nêu|ghi|điền|chèn|bổ sung)\s[^)]{0,40}\)|\[\s*\]|\bXXX+\b|\?\?+"
)
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_MARKER = re.compile(r"(?:^|[\s(;:])(?:\d{1,2}|[a-zđ])\)$")
_PAIRS = {")": "(", "]": "[", "”": "“"}


@passage_algorithm
def left_blank(passage: Passage) -> Iterator[Change]:
    """Yield what is to be filled in; in content it is told where it was typed."""
    if not passage.typed and passage.role is not Role.ANNEX:
        yield from (Change(*found.span(), "") for found in _BLANK.finditer(passage.text))


FURTHER = 15
"""Passages within which a bracket of one closes in another: a quoted article, a note of lines."""


@text_algorithm
def unbalanced(writing: Writing) -> Iterator[Hit]:
    alone = [(place, each, _alone(each.text)) for place, each in enumerate(writing.passages)]
    open_ones: list[tuple[int, Passage, int]] = []
    told: list[tuple[int, Passage, int]] = []
    for place, passage, index in alone:
        if index is None:
            continue
        sign = passage.text[index]
        opener = next(
            (
                each
                for each in reversed(open_ones)
                if _PAIRS.get(sign) == each[1].text[each[2]] and place - each[0] <= FURTHER
            ),
            None,
        )
        if opener is not None:
            open_ones.remove(opener)
        elif sign in _PAIRS:
            told.append((place, passage, index))
        else:
            open_ones.append((place, passage, index))
    for _, passage, index in sorted((*told, *open_ones), key=lambda each: each[0]):
        yield Hit(_around(passage, index), given={"dau": passage.text[index]})


def _around(passage: Passage, index: int) -> Stretch:
    """Return a bracket with some whole words: those it opens, or those it closes."""
    text = passage.text
    if text[index] in _PAIRS.values():
        words = " ".join(text[index:].split(" ")[:5])
        return Stretch(passage, text.rfind(" ", 0, index) + 1, index + len(words))
    words = " ".join(text[: index + 1].split(" ")[-5:])
    return Stretch(passage, index + 1 - len(words), index + 1)


@lru_cache(MOST)
def _alone(text: str) -> int | None:
    """Return where the first bracket without its pair stands; "a)" and "1)" are no brackets."""
    opened: list[int] = []
    for index, sign in enumerate(text):
        if sign in _PAIRS.values():
            opened.append(index)
        elif sign in _PAIRS:
            if opened and text[opened[-1]] == _PAIRS[sign]:
                opened.pop()
            elif not _MARKER.search(text, max(0, index - NEAR), index + 1):
                return index
    return opened[0] if opened else None


@text_algorithm
def straight_quotes(writing: Writing) -> Iterator[Hit]:
    """Tell straight quotes in the agency's own text, elsewhere only beside curly ones."""
    mixed = any("“" in passage.text for passage in writing.passages)
    given = {"cho_khac": ", chỗ khác dùng ngoặc kép cong" if mixed else ""}
    for passage in writing.passages:
        if not mixed and not passage.typed:
            continue
        for found in _STRAIGHT.finditer(passage.text):
            at, right = Stretch(passage, *found.span()), f"“{found[1]}”"
            yield Hit(at, matter="ngoặc kép", replacement=right, given=given)
