"""Which paragraph of a Word file is which of its base: by marks, else by text and place.

In: the base's paragraphs and those of the file that have words, both in order. Out: the pairs. A
pair is ``sure`` where the mark says so, or where the base had none there and the paragraphs around
leave no other; else it is a guess by the text. One that was cut out and put in elsewhere may have
lost its mark: it is known by its text, and neither gone nor new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from vanban.exchange.alignment import align, alike, moves
from vanban.exchange.marks import BaseParagraph, same_text, values_code
from vanban.ooxml.word_file import WordParagraph


class Matching(Struct, frozen=True, dict=True):
    """Positions in the file by positions in the base; of which the ``sure`` ones.

    ``marks`` are the names of the marks that were found, by positions in the base; ``moved`` are
    the paragraphs of the base that stand out of order in the file.
    """

    pairs: Mapping[int, int]
    sure: frozenset[int]
    marks: Mapping[int, str]
    moved: tuple[int, ...]

    @cached_property
    def of_file(self) -> Mapping[int, int]:
        """Return the positions in the base by positions in the file."""
        return {file: base for base, file in self.pairs.items()}


def match(base: Sequence[BaseParagraph], file: Sequence[WordParagraph]) -> Matching:
    """Pair the paragraphs of ``base`` with those of ``file``; some of both stay alone."""
    texts = [same_text(each.text) for each in base]
    found = [same_text(each.text) for each in file]
    pairs, marks = _by_marks(base, file, texts, found)
    kept = _in_order(sorted(pairs.items()))
    moved = tuple(sorted(pairs.keys() - dict(kept).keys()))
    sure = set(pairs)
    taken = set(pairs.values())
    edges = [(-1, -1), *kept, (len(base), len(file))]
    for (before, file_before), (after, file_after) in pairwise(edges):
        left = [at for at in range(before + 1, after) if at not in pairs]
        right = [at for at in range(file_before + 1, file_after) if at not in taken]
        guessed = _by_text(left, right, texts, found)
        pairs |= guessed
        sure |= {at for at, place in guessed.items() if _is_sure(base[at], texts[at], found[place])}
        for alone, others in _between(left, right, guessed):
            if len(alone) == len(others) and not any(base[at].mark for at in alone):
                pairs |= zip(alone, others, strict=True)
                sure |= set(alone)
    gone = [at for at in range(len(base)) if at not in pairs]
    come = sorted({*range(len(file))} - {*pairs.values()})
    without_marks = dict(moves(gone, come, texts, found))
    pairs |= without_marks
    sure |= {at for at, place in without_marks.items() if texts[at] == found[place]}
    return Matching(pairs, frozenset(sure), marks, tuple(sorted({*moved, *without_marks})))


def _by_marks(
    base: Sequence[BaseParagraph],
    file: Sequence[WordParagraph],
    texts: Sequence[str],
    found: Sequence[str],
) -> tuple[dict[int, int], dict[int, str]]:
    """Return pairs and names by marks; of paragraphs that were joined or split the most alike."""
    known = {values_code(each.mark): at for at, each in enumerate(base) if each.mark}
    claims = [
        (known[code], place, name)
        for place, each in enumerate(file)
        for name in each.bookmarks
        if (code := values_code(name)) in known
    ]
    several = len({at for at, _, _ in claims}) < len(claims)
    if several or len({place for _, place, _ in claims}) < len(claims):
        claims.sort(key=lambda claim: -alike(texts[claim[0]], found[claim[1]]))
    pairs: dict[int, int] = {}
    marks: dict[int, str] = {}
    taken: set[int] = set()
    for at, place, name in claims:
        if at not in pairs and place not in taken:
            pairs[at], marks[at] = place, name
            taken.add(place)
    return pairs, marks


def _by_text(
    left: Sequence[int], right: Sequence[int], texts: Sequence[str], found: Sequence[str]
) -> dict[int, int]:
    """Pair what is left between two pairs by its text, in order."""
    aligned = align([texts[at] for at in left], [found[at] for at in right]) if left else ()
    return {
        left[pair.old]: right[pair.new]
        for pair in aligned
        if pair.old is not None and pair.new is not None
    }


def _is_sure(base: BaseParagraph, old: str, new: str) -> bool:
    return not base.mark or old == new


def _between(
    left: Sequence[int], right: Sequence[int], pairs: Mapping[int, int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what is alone on both sides between every two of ``pairs``."""
    known = sorted(pairs.items())
    edges = [(-1, -1), *known, (max((*left, -1)) + 1, max((*right, -1)) + 1)]
    for (start, file_start), (end, file_end) in pairwise(edges):
        yield (
            [at for at in left if start < at < end],
            [at for at in right if file_start < at < file_end],
        )


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of ``pairs``, sorted by the first, whose second places rise as well."""
    ends: list[int] = []
    before: list[int] = []
    last: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    kept: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        kept.append(pairs[number])
        number = before[number]
    return kept[::-1]
