"""Near-duplicates within a document: sentences alike, and long clauses copied elsewhere.

Sentences are compared as sets of three words in a row, found through an index of these, so that
time grows with the length of the text. A copied clause is a run of the same words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import takewhile

from msgspec import Struct

from vanban.checks.clauses import CLAUSE_END, sentence_around
from vanban.checks.data import expression
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Word, Writing

MIN_WORDS = 12
"""Shorter sentences repeat one another without harm."""

MIN_RUN = 25
"""Words of a copied clause at least."""

ALIKE = 0.8
"""Share of common triples, of all triples of both, above which sentences are alike."""

MAX_SHARED = 25
"""Triples that more sentences have are set phrases and tell nothing."""

_ASSIGNMENT = expression("plans", "assignments", ignore_case=True)
"""Lines that say the same under every heading, and should."""

_FORMULA = expression("plans", "formulas", ignore_case=True)
"""Words of the law that a decision and what it issues both end with."""

_ROLES = (Role.BULLET, Role.NUMBERED, Role.BODY)


class _Text(Struct, frozen=True, eq=False, dict=True):
    """Words in a row: a sentence or a whole passage; ``names`` are the words as they compare."""

    passage: Passage
    words: tuple[Word, ...]
    names: tuple[str, ...]

    @cached_property
    def is_written(self) -> bool:
        """Say whether a person typed some of it: what the program words is alike on purpose."""
        at = self.stretch()
        sources = self.passage.sources
        return not sources or any(
            source.is_typed and source.start < at.end and source.end > at.start
            for source in sources
        )

    def is_measured(self, first: int = 0, count: int | None = None) -> bool:
        """Say whether the sentence around some words sets a level in per cent."""
        at = self.stretch(first, count)
        start, end = sentence_around(self.passage.text, at.start, at.end)
        return "%" in self.passage.text[start:end]

    def stretch(self, first: int = 0, count: int | None = None) -> Stretch:
        """Return ``count`` words from the word ``first`` on, all by default."""
        last = len(self.words) if count is None else first + count
        return Stretch(self.passage, self.words[first].start, self.words[last - 1].end)

    @property
    def opening(self) -> str:
        start = self.words[0].start
        return " ".join(self.passage.text[start : start + 200].split()[:8]).rstrip(",;.:")


@text_algorithm
def repeated_passages(writing: Writing) -> Iterator[Hit]:
    body = takewhile(lambda passage: passage.role is not Role.ANNEX, writing.passages)
    texts = [
        _Text(passage, passage.words, passage.keys)
        for passage in body
        if passage.role in _ROLES
        and not _ASSIGNMENT.match(passage.text)
        and not _FORMULA.search(passage.text)
    ]
    copied: set[tuple[int, int]] = set()
    for one, two, start, other, count in _runs(tuple(text.names for text in texts)):
        first, second = texts[one], texts[two]
        if first.is_measured(start, count) and second.is_measured(other, count):
            continue  # indicators of one kind are worded alike on purpose
        copied.add((first.passage.number, second.passage.number))
        yield Hit(
            second.stretch(other, count),
            f"{count} từ liền nhau chép nguyên từ đoạn “{first.opening} …”",
            "giữ ở một chỗ; xem nội dung có thuộc mục này không",
            matter=f"{first.passage.number} {start}",
            others=(first.stretch(start, count),),
        )
    first_of: dict[_Text, _Text] = {}
    for first, second in _alike([sentence for text in texts for sentence in _sentences(text)]):
        first = first_of.setdefault(second, first_of.get(first, first))
        if (first.passage.number, second.passage.number) not in copied:
            yield Hit(
                second.stretch(),
                f"câu này gần như lặp lại câu “{first.opening} …”",
                "bỏ một câu, hoặc gộp vào một chỗ",
                matter=f"{first.passage.number} {first.words[0].start}",
                others=(first.stretch(),),
            )


Names = tuple[str, ...]
"""The words of a sentence or a passage as they compare."""

DOCUMENTS = 32
"""Documents whose likenesses are remembered: most stay as they are from check to check."""


@lru_cache(DOCUMENTS)
def _runs(texts: tuple[Names, ...]) -> tuple[tuple[int, int, int, int, int], ...]:
    """Return the longest copied runs: the two texts, where each starts, the number of words."""
    return tuple(_copied(texts))


def _copied(texts: tuple[Names, ...]) -> Iterator[tuple[int, int, int, int, int]]:
    seen: dict[Names, tuple[int, int]] = {}
    for text, names in enumerate(texts):
        position = 0
        fresh: list[tuple[Names, int]] = []
        while position + MIN_RUN <= len(names):
            window = names[position : position + MIN_RUN]
            if window not in seen:
                fresh.append((window, position))
                position += 1
                continue
            first, start = seen[window]
            count = MIN_RUN
            while (
                position + count < len(names)
                and start + count < len(texts[first])
                and names[position + count] == texts[first][start + count]
            ):
                count += 1
            yield first, text, start, position, count
            position += count
        for window, start in fresh:
            seen.setdefault(window, (text, start))


def _alike(sentences: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Yield the pairs of sentences of different passages that have most of their triples."""
    for one, two in _alike_pairs(tuple(sentence.names for sentence in sentences)):
        first, second = sentences[one], sentences[two]
        if first.passage is second.passage or not (first.is_written or second.is_written):
            continue
        measured = first.is_measured() and second.is_measured()
        if first.names == second.names or not measured:
            yield first, second


@lru_cache(DOCUMENTS)
def _alike_pairs(sentences: tuple[Names, ...]) -> tuple[tuple[int, int], ...]:
    """Return which sentences have most of their triples of words in common, in order."""
    triples = [frozenset(zip(each, each[1:], each[2:], strict=False)) for each in sentences]
    having: dict[Names, list[int]] = defaultdict(list)
    for index, own in enumerate(triples):
        for triple in own:
            having[triple].append(index)
    pairs: list[tuple[int, int]] = []
    for index, own in enumerate(triples):
        shared = Counter(
            other
            for triple in own
            if len(having[triple]) <= MAX_SHARED
            for other in having[triple]
            if other > index
        )
        pairs += (
            (index, other)
            for other, count in sorted(shared.items())
            if count > ALIKE * (len(own) + len(triples[other]) - count)
        )
    return tuple(pairs)


def _sentences(text: _Text) -> Iterator[_Text]:
    """Yield the sentences of a passage that are long enough to be told apart."""
    ends = (each.start() for each in CLAUSE_END.finditer(text.passage.text))
    first = 0
    for end in (*ends, len(text.passage.text)):
        last = bisect_left(text.words, end, key=lambda word: word.start)
        if last - first >= MIN_WORDS:
            yield _Text(text.passage, text.words[first:last], text.names[first:last])
        first = last
