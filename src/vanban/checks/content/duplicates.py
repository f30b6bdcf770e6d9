"""Near-duplicates within a document: sentences alike, and long clauses copied elsewhere.

Sentences are compared as sets of three words in a row, found through an index of these, so that
time grows with the length of the text. A copied clause is a run of the same words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from vanban.checks.clauses import CLAUSE_END, sentence_around
from vanban.checks.data import expression
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Word, Writing
from vanban.nd30.letters import plain

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


@dataclass(frozen=True, eq=False)
class _Text:
    """Words in a row: a sentence or a whole passage."""

    passage: Passage
    words: tuple[Word, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(plain(word.text) for word in self.words)

    @cached_property
    def triples(self) -> frozenset[tuple[str, str, str]]:
        names = self.names
        return frozenset(zip(names, names[1:], names[2:], strict=False))

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
        _Text(passage, passage.words)
        for passage in body
        if passage.role in _ROLES
        and not _ASSIGNMENT.match(passage.text)
        and not _FORMULA.search(passage.text)
    ]
    copied: set[tuple[int, int]] = set()
    for first, second, start, other, count in _runs(texts):
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


def _runs(texts: list[_Text]) -> Iterator[tuple[_Text, _Text, int, int, int]]:
    """Yield the longest copied runs: the two texts, where each starts, and the number of words."""
    seen: dict[tuple[str, ...], tuple[_Text, int]] = {}
    for text in texts:
        names, position = text.names, 0
        fresh: list[tuple[tuple[str, ...], int]] = []
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
                and start + count < len(first.names)
                and names[position + count] == first.names[start + count]
            ):
                count += 1
            yield first, text, start, position, count
            position += count
        for window, start in fresh:
            seen.setdefault(window, (text, start))


def _alike(sentences: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Yield the pairs of sentences of different passages that have most of their triples."""
    having: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        for triple in sentence.triples:
            having[triple].append(index)
    for index, sentence in enumerate(sentences):
        shared = Counter(
            other
            for triple in sentence.triples
            if len(having[triple]) <= MAX_SHARED
            for other in having[triple]
            if other > index
        )
        for other, count in sorted(shared.items()):
            second = sentences[other]
            union = len(sentence.triples) + len(second.triples) - count
            if count <= ALIKE * union or sentence.passage is second.passage:
                continue
            if not (sentence.is_written or second.is_written):
                continue
            measured = sentence.is_measured() and second.is_measured()
            if sentence.names == second.names or not measured:
                yield sentence, second


def _sentences(text: _Text) -> Iterator[_Text]:
    """Yield the sentences of a passage that are long enough to be told apart."""
    ends = (each.start() for each in CLAUSE_END.finditer(text.passage.text))
    first = 0
    for end in (*ends, len(text.passage.text)):
        last = bisect_left(text.words, end, key=lambda word: word.start)
        if last - first >= MIN_WORDS:
            yield _Text(text.passage, text.words[first:last])
        first = last
