"""Where every word of the original went: into a value, into what the program prints, or nowhere.

A value is what was taken, so that no word is lost between. What the program is to print itself
counts only where the built document does print it; all else is left over, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from msgspec import Struct, field

from vanban.checks.form.parts import Part
from vanban.line_ends import WITHOUT_WIDTH
from vanban.nd30.letters import composed, composed_line, plain
from vanban.ooxml.word_file import WordParagraph
from vanban.workspace.models.allowed_characters import check_text

_WORD = re.compile(r"[^\W_]+")
_LONG_DATE = re.compile(r"(\d{1,2}) tháng (\d{1,2}) năm (?=\d{4})", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;]\s+(?=[^\W\d_])")
FEWEST = 5
"""Words of a sentence that alone can be said to be printed; fewer may stand anywhere."""

_BRACES = frozenset("{}")
"""Content takes what stands between them for a reference."""


class Became(Enum):
    """What a stretch of the original became."""

    VALUE = auto()
    NUMBER = auto()
    PRINTED = auto()


class Claim(Struct, frozen=True, eq=False):
    """A stretch and what it became."""

    part: Part
    became: Became


class Leftover(Struct, frozen=True):
    """Words that found no place: number of the paragraph, and why where that is known."""

    paragraph: int
    text: str
    why: str = ""


class Settled(Struct, frozen=True):
    """The account: words of the original, and how many went where; what is left, in order."""

    words: int
    values: int
    numbers: int
    printed: int
    leftovers: tuple[Leftover, ...]

    @property
    def left(self) -> int:
        return sum(len(words_of(each.text)) for each in self.leftovers)


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are counted and compared: small, tones in one place."""
    return [plain(word) for word in _WORD.findall(composed(text).translate(WITHOUT_WIDTH))]


def _compared(text: str) -> Iterator[str]:
    """Yield the words of a text as two printings of it have them: dates in their short form."""
    for word in words_of(_LONG_DATE.sub(r"\1/\2/", " ".join(text.split()))):
        yield word.lstrip("0") or word


class Ledger(Struct):
    """The account of one file; ``paragraphs`` are all that it has, in order."""

    paragraphs: tuple[WordParagraph, ...]
    claims: list[Claim] = field(default_factory=list)
    _ends: dict[WordParagraph, int] = field(default_factory=dict)

    def value(self, *parts: Part) -> str:
        """Take stretches as one value and return its text, "" where it must not stand in content.

        Their claims follow one another, whatever stands between them.
        """
        parts = tuple(map(self._free, parts))
        text = composed_line(" ".join(part.text for part in parts)).translate(WITHOUT_WIDTH)
        text = composed_line(text.removesuffix("./."))
        if not text or check_text(text) is not None or _BRACES & {*text}:
            return ""
        for part in parts:
            self._claim(part, Became.VALUE)
        return text

    def number(self, part: Part) -> None:
        """Take a number or dash of a list, which the program counts anew."""
        self._claim(self._free(part), Became.NUMBER)

    def printed(self, *parts: Part) -> None:
        """Take what the program is to print by itself."""
        self.claims += (Claim(part, Became.PRINTED) for part in parts)

    def _claim(self, part: Part, became: Became) -> None:
        self.claims.append(Claim(part, became))
        self._ends[part.paragraph] = max(part.end, self._ends.get(part.paragraph, 0))

    def _free(self, part: Part) -> Part:
        """Return a stretch without what was taken before: no word goes to two places."""
        start = min(max(part.start, self._ends.get(part.paragraph, 0)), part.end)
        return Part(part.paragraph, start, part.end)

    def settle(self, built: Iterable[str]) -> Settled:
        """Return the account, given the texts of the built document."""
        by_paragraph: dict[WordParagraph, list[Claim]] = {}
        counts = dict.fromkeys(Became, 0)
        order = {paragraph: number for number, paragraph in enumerate(self.paragraphs)}
        claims = sorted(
            self.claims,
            key=lambda each: (
                len(words_of(each.part.text)) < FEWEST,  # these may stand anywhere: after others
                order[each.part.paragraph],
                each.part.start,
            ),
        )
        for claim in _checked(claims, _Printed(built)):
            words = words_of(claim.part.text)
            counts[claim.became] += len(words)
            by_paragraph.setdefault(claim.part.paragraph, []).append(claim)
        leftovers = tuple(
            left
            for paragraph in self.paragraphs
            for left in _left(paragraph, by_paragraph.get(paragraph, []))
        )
        total = sum(len(words_of(paragraph.text)) for paragraph in self.paragraphs)
        return Settled(
            total,
            counts[Became.VALUE],
            counts[Became.NUMBER],
            counts[Became.PRINTED],
            leftovers,
        )


def _checked(claims: Iterable[Claim], printed: _Printed) -> Iterator[Claim]:
    """Yield the claims that hold: of what is to be printed, whole or by sentences."""
    for claim in claims:
        if claim.became is Became.NUMBER:
            yield claim
            continue
        if printed.take(claim.part.text) or claim.became is Became.VALUE:
            yield claim
            continue
        for sentence in sentences(claim.part):
            if len(words_of(sentence.text)) >= FEWEST and printed.take(sentence.text):
                yield Claim(sentence, Became.PRINTED)


class _Printed:
    """The words of the built document, each of which is taken at most once, in order if it can."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = _spaced(word for text in texts for word in _compared(text))
        self.taken = bytearray(len(self.words))
        self.last = 0

    def take(self, text: str) -> bool:
        """Take the words of a text where they stand in a row; returns whether they do."""
        words = _spaced(_compared(text))
        for first in (self.last, 0):
            start = self.words.find(words, first)
            while start >= 0 and any(self.taken[start : start + len(words)]):
                start = self.words.find(words, start + 1)
            if start >= 0:
                self.last = end = start + len(words)
                self.taken[start:end] = b"\x01" * len(words)
                return True
        return False


def _spaced(words: Iterable[str]) -> str:
    """Return words with blanks of their own on both sides, so that neighbours share none."""
    return "".join(f" {word} " for word in words)


def sentences(part: Part) -> Iterator[Part]:
    """Yield the sentences of a stretch."""
    start = part.start
    for end in (*(found.end() for found in _SENTENCE.finditer(part.text)), len(part.text)):
        if part.paragraph.text[start : part.start + end].strip():
            yield Part(part.paragraph, start, part.start + end)
        start = part.start + end


def _left(paragraph: WordParagraph, claims: list[Claim]) -> Iterator[Leftover]:
    """Yield the stretches with words that nobody took."""
    start = 0
    ends = sorted((claim.part.start, claim.part.end) for claim in claims)
    for first, last in (*ends, (len(paragraph.text), len(paragraph.text))):
        text = composed_line(paragraph.text[start:first])
        if words_of(text):
            yield Leftover(paragraph.number, text)
        start = max(start, last)
