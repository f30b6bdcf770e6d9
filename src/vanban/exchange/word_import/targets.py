"""Levels that the words of a task state → targets: "từ 95% trở lên" of which indicator.

A target is taken where the clause around its level has the telling words of one indicator, by its
name or its wordings, and of no other as many; where it only comes near one, that is told. Words
that many indicators share ("tỷ lệ", "hồ sơ") tell little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from msgspec import Struct, field

from vanban.checks.content.printed import unprinted
from vanban.checks.content.stated_levels import stated_levels, words_of
from vanban.figures.levels import Bound, LevelError, Operator, parse_level
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.wording import one_line

TAKEN, TOLD = 0.55, 0.42
"""How much of the telling words of a name and of a clause are the same, of 1."""

FEWEST = 3
"""Words that a name and a clause must have in common."""

MARGIN = 0.06
"""By how much the best indicator must be nearer than the next."""

_DIRECTION = re.compile(
    r"\b(?P<way>nâng cao|tăng|nâng|giảm)\s+(?:dần\s+)?(?P<what>(?:tỷ lệ|số lượt)\s[^,;.:]{8,160})",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+và\s+(?=tỷ lệ|số lượt)", re.IGNORECASE)
_WAYS = {"giảm": "giảm"}

_SIGNS = {
    Operator.EQUAL: "{}",
    Operator.AT_LEAST: "từ {} trở lên",
    Operator.ABOVE: "trên {}",
    Operator.AT_MOST: "không quá {}",
    Operator.BELOW: "dưới {}",
}


class _Statement(Struct, frozen=True):
    """A level, the words that it is said of, and the clause as it stands."""

    level: str
    subject: frozenset[str]
    clause: str
    change: bool = False
    """Whether it is how much something changes by, which is seldom what is counted."""


class _Match(Struct, frozen=True):
    score: float
    statement: _Statement
    indicator: str
    margin: float


class Targets(Struct, dict=True):
    """The indicators that there are; ``unsure`` are lines on levels of no sure indicator."""

    indicators: tuple[Indicator, ...]
    unsure: list[str] = field(default_factory=list)

    def of(self, text: str, task: str) -> list[dict[str, str]]:
        """Return the targets that a task's text states, each indicator and each level once."""
        matches = sorted(
            (match for statement in _statements(text) for match in self._matches(statement)),
            key=lambda match: -match.score,
        )
        found: dict[str, str] = {}
        settled: set[int] = set()
        for match in matches:
            if id(match.statement) in settled or match.indicator in found:
                continue
            settled.add(id(match.statement))
            sure = match.score >= TAKEN and match.margin >= MARGIN
            if sure and not match.statement.change:
                found[match.indicator] = match.statement.level
                continue
            clause, level = one_line(match.statement.clause), match.statement.level
            self.unsure.append(
                f"{task}: “{clause}” có thể là chỉ tiêu {match.indicator} (mức {level}) — đúng thì "
                "thêm vào"
            )
        return [{"ma": id, "muc": level} for id, level in found.items()]

    def _matches(self, statement: _Statement) -> Iterator[_Match]:
        """Yield the indicators that a statement may be about, with how near each is."""
        percent = "%" in statement.level or statement.level in ("tăng", "giảm")
        scores = [
            (max(self._score(words, statement.subject) for words in names), id)
            for id, is_share, names in self._named
            if is_share == percent or statement.level in ("tăng", "giảm")
        ]
        scores.sort(reverse=True)
        for (score, id), (following, _) in pairwise(scores[:3]):
            if score >= TOLD:
                yield _Match(score, statement, id, score - following)

    def _score(self, name: frozenset[str], subject: frozenset[str]) -> float:
        """Return the share of telling words that a name and a clause have in common.

        A clause may say more than the name: of its own words a half counts.
        """
        weigh = self._weights
        if len(name & subject) < FEWEST:
            return 0.0
        common = sum(weigh[word] for word in name & subject)
        alone = sum(weigh[word] for word in name)
        other = sum(weigh[word] for word in subject - name) / 2
        return common / (alone + min(other, alone) / 2) if alone else 0.0

    @cached_property
    def _named(self) -> tuple[tuple[str, bool, tuple[frozenset[str], ...]], ...]:
        """Each indicator, whether it is a share, and the words of its names."""
        return tuple(
            (each.id, "%" in each.unit, tuple(map(words_of, (each.name, *each.wordings))))
            for each in self.indicators
        )

    @cached_property
    def _weights(self) -> Counter[str]:
        """How telling each word is: the fewer indicators have it, the more."""
        having = Counter(word for _, _, names in self._named for word in frozenset().union(*names))
        weights: Counter[str] = Counter()
        for word, count in having.items():
            weights[word] = round(1000 * math.log(1 + len(self._named) / count))
        return weights


def _statements(text: str) -> Iterator[_Statement]:
    for stated in stated_levels(unprinted(text)):
        if stated.level is not None:
            level = _level(stated.words, stated.level)
            yield _Statement(level, stated.subject, stated.stretch.words, stated.change)
    for found in _DIRECTION.finditer(text):
        for what in _AND.split(found["what"]):
            way = _WAYS.get(found["way"].lower(), "tăng")
            if "%" not in what:
                yield _Statement(way, words_of(what), f"{found['way']} {what}")


def _level(words: str, level: Bound) -> str:
    """Return a level as content writes it: as it stands where that can be read."""
    stated = " ".join(words.split())
    try:
        parse_level(stated)
    except LevelError:
        number = f"{float(level.value * 100):g}".replace(".", ",")
        return _SIGNS[level.operator].format(f"{number}%")
    return stated
