"""Targets and shares stated in words: passage → statements, each with its level and its subject.

"Tỷ lệ hồ sơ … đạt từ 95% trở lên", "100% số PAKN được xử lý, …". A statement has one number; the
clause around it ends at ";" or ".", and at a comma where another number follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from vanban.checks.clauses import SENTENCE_END
from vanban.checks.content.printed import unprinted
from vanban.checks.data import pairs, word_list
from vanban.checks.finding import Stretch
from vanban.checks.writing import Passage
from vanban.figures.levels import Bound, LevelError, Operator, parse_level
from vanban.nd30.letters import plain

MIN_SUBJECT = 4
"""Words that a subject needs before it can be said to be that of another statement."""

MAX_GROWTH = Fraction(8, 5)
"""How many times the words of a subject another may have and still be about the same."""

_N = r"\d{1,3}(?:[.,]\d+)*"
_LEVEL = re.compile(
    r"(?:\b(?P<sign>từ|ít nhất|tối thiểu|tối đa|trên|dưới|không (?:dưới|quá|vượt quá))\s+)?"
    rf"(?<![\d.,/])(?P<low>{_N})\s*(?:%?\s*(?:[-–]|đến|tới)\s*(?P<high>{_N})\s*)?%"
    r"(?P<tail>(?:\s+[^\W\d]+){0,8}?\s+trở\s+(?P<way>lên|xuống))?"
)
_CHANGE = re.compile(r"(?:tăng|giảm|rút ngắn|thêm|hơn|tiết kiệm)(?:\s+[^\W\d]+){0,2}\s*$")
_ANOTHER = re.compile(r",\s+(?:(?:nâng cao|tăng|giảm)\s+)?(?:dần\s+)?tỷ lệ\b", re.IGNORECASE)
_COMMA = re.compile(r",\s+")
_DOWN = (Operator.AT_MOST, Operator.BELOW)

LONG_FORMS = pairs(word_list("long-forms"))
"""Abbreviations, written out before subjects are compared."""

_EMPTY = frozenset(map(plain, word_list("empty-words")))
_SCOPE = frozenset(
    map(plain, ("lĩnh", "vực", "riêng", "nhóm", "loại", "khu", "cấp", "đất", "quý", "tháng"))
)
"""Words that narrow a subject: with one of them more, it is another subject."""


class StatedLevel(Struct, frozen=True, eq=False):
    """One number in words: ``start`` to ``end`` is the level, ``clause`` what it is said of.

    ``level`` is None where it cannot be read as one: a range of two bounds, ``low`` to ``high``.
    ``change`` says that it is an amount of change ("cắt giảm 50% thời gian"), no level reached.
    """

    passage: Passage
    start: int
    end: int
    clause: tuple[int, int]
    low: Fraction
    high: Fraction | None
    level: Bound | None
    change: bool
    subject: frozenset[str]

    @property
    def words(self) -> str:
        """The level as it stands: "từ 95% trở lên"."""
        return Stretch(self.passage, self.start, self.end).words

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.passage, *self.clause)

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        return (self.low,) if self.high is None else (self.low, self.high)

    def agrees(self, level: Bound) -> bool:
        """Say whether the words can mean ``level``: one of their numbers, in the same direction."""
        if level.value not in self.bounds:
            return False
        return self.level is None or _is_down(self.level) == _is_down(level)


def stated_levels(passage: Passage) -> Iterator[StatedLevel]:
    """Yield the statements of a passage in order."""
    if "%" not in passage.text:
        return
    text = passage.lower
    found = list(_LEVEL.finditer(text))
    for index, match in enumerate(found):
        low, high = _share(match["low"]), _share(match["high"])
        if low is None:
            continue
        before = found[index - 1].end() if index else 0
        after = found[index + 1].start() if index + 1 < len(found) else len(text)
        clause = clause_of(passage, match.span(), before, after)
        yield StatedLevel(
            passage,
            match.start(),
            match.end(),
            clause,
            low,
            high,
            None if high is not None else _bound(match),
            _CHANGE.search(text, max(0, match.start() - 40), match.start()) is not None,
            subject_of(passage, *clause, match.span()),
        )


def subject_of(passage: Passage, start: int, end: int, level: tuple[int, int]) -> frozenset[str]:
    """Return the words that a clause is about, abbreviations written out; years count."""
    words: set[str] = set()
    first = bisect_left(passage.words, start, key=lambda word: word.start)
    last = bisect_right(passage.words, end, lo=first, key=lambda word: word.end)
    for word in passage.words[first:last]:
        if level[0] <= word.start < level[1]:
            continue
        if word.text.isdigit():
            if len(word.text) == 4:
                words.add(word.text)
            continue
        name = plain(word.text)
        words.update(map(plain, re.findall(r"\w+", LONG_FORMS.get(name, name))))
    return frozenset(words - _EMPTY)


@lru_cache(maxsize=1024)
def words_of(name: str) -> frozenset[str]:
    """Return the words that a name is about, as :func:`subject_of` of a clause."""
    return subject_of(unprinted(name), 0, len(name), (0, 0))


def same_subject(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two statements are about the same: the longer only says more of it."""
    small, large = sorted((one, other), key=len)
    if len(small) < MIN_SUBJECT or not small <= large or len(large) > MAX_GROWTH * len(small):
        return False
    return not any(word in _SCOPE or word.isdigit() for word in large - small)


def conflicts(statements: Iterable[StatedLevel]) -> Iterator[tuple[StatedLevel, StatedLevel]]:
    """Yield the pairs that state different levels for the same, in the order of the text.

    What is said twice alike counts once.
    """
    first_of: dict[tuple[object, ...], StatedLevel] = {}
    for each in statements:
        if not each.change:
            first_of.setdefault((each.subject, each.bounds, _is_down(each.level)), each)
    stated = list(first_of.values())
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(stated):
        for word in each.subject:
            by_word[word].append(index)
    pairs: set[tuple[int, int]] = set()
    for index, each in enumerate(stated):
        if len(each.subject) < MIN_SUBJECT:
            continue
        rarest = min(each.subject, key=lambda word: (len(by_word[word]), word))
        for other in by_word[rarest]:
            if other != index and same_subject(each.subject, stated[other].subject):
                pairs.add((min(index, other), max(index, other)))
    for first, second in sorted(pairs):
        if _differ(stated[first], stated[second]):
            yield stated[first], stated[second]


def _differ(one: StatedLevel, other: StatedLevel) -> bool:
    return (one.bounds, _is_down(one.level)) != (other.bounds, _is_down(other.level))


def _is_down(level: Bound | None) -> bool:
    return level is not None and level.operator in _DOWN


def _share(number: str | None) -> Fraction | None:
    """Return "98,7" as a share of 1; None for what is no number."""
    if number is None:
        return None
    try:
        level = parse_level(f"{number}%")
    except LevelError:
        return None
    return level.value if isinstance(level, Bound) else None


def _bound(match: re.Match[str]) -> Bound | None:
    sign, number = match["sign"] or "", f"{match['low']}%"
    if match["way"]:
        words = f"từ {number} trở {match['way']}"
    elif sign == "từ":
        words = f"từ {number} trở lên"
    else:
        words = f"{sign} {number}"
    level = parse_level(" ".join(words.split()))
    return level if isinstance(level, Bound) else None


def clause_of(passage: Passage, level: tuple[int, int], before: int, after: int) -> tuple[int, int]:
    """Return the clause of a level; ``before`` and ``after`` are where other numbers stand."""
    text = passage.text
    start = max((each.end() for each in SENTENCE_END.finditer(text, before, level[0])), default=0)
    following = SENTENCE_END.search(text, level[1], after + 1)
    end = following.start() if following else len(text)
    if before > start:
        commas = [found.end() for found in _COMMA.finditer(text, before, level[0])]
        start = commas[-1] if commas else before
    if after < end:
        commas = [found.start() for found in _COMMA.finditer(text, level[1], after)]
        end = commas[-1] if commas else after
    another = _ANOTHER.search(text, level[1], end)
    if another:
        end = another.start()
    opening = [found.end() for found in _COMMA.finditer(text, start, level[0])]
    if opening and not text[opening[-1] : level[0]].strip():
        start = opening[-1]
    while start < level[0] and text[start] in " \u00a0-":
        start += 1
    while end > level[1] and text[end - 1] in " \u00a0,":
        end -= 1
    return start, end
