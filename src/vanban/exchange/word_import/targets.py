"""Levels that the words of a task state → targets: "từ 95% trở lên" of which indicator.

A target is taken where the clause around its level says the words of one indicator, by its name or
its wordings; where it only comes near one, that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban.checks.content.printed import unprinted
from vanban.checks.content.stated_levels import StatedLevel, stated_levels, words_of
from vanban.figures.levels import Operator
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.wording import one_line

TAKEN, TOLD = 0.72, 0.5
"""Share of the words of an indicator's name that a clause must have."""

_SIGNS = {
    Operator.EQUAL: "{}",
    Operator.AT_LEAST: "từ {} trở lên",
    Operator.ABOVE: "trên {}",
    Operator.AT_MOST: "không quá {}",
    Operator.BELOW: "dưới {}",
}


@dataclass
class Targets:
    """The indicators that there are; ``unsure`` are lines on levels of no sure indicator."""

    indicators: tuple[Indicator, ...]
    unsure: list[str] = field(default_factory=list)

    def of(self, text: str, task: str) -> list[dict[str, str]]:
        """Return the targets that a task's text states, each indicator once."""
        found: dict[str, str] = {}
        for stated in stated_levels(unprinted(text)):
            if stated.level is None:
                continue
            id, score = self._indicator(stated)
            level = _level(stated)
            if score >= TAKEN and id not in found:
                found[id] = level
            elif score >= TOLD and id not in found:
                clause = one_line(stated.stretch.words)
                self.unsure.append(
                    f"{task}: “{clause}” có thể là chỉ tiêu {id} (mức {level}) — đúng thì thêm vào"
                )
        return [{"ma": id, "muc": level} for id, level in found.items()]

    def _indicator(self, stated: StatedLevel) -> tuple[str, float]:
        """Return the indicator whose words the clause has most of, and how many of them, of 1."""
        best = ("", 0.0)
        for indicator in self.indicators:
            if "%" not in indicator.unit:
                continue
            for name in _names(indicator):
                words = words_of(name)
                common = len(words & stated.subject)
                score = 2 * common / (len(words) + min(len(stated.subject), 2 * len(words)) or 1)
                if score > best[1]:
                    best = (indicator.id, score)
        return best


def _names(indicator: Indicator) -> Iterator[str]:
    yield indicator.name
    yield from indicator.wordings


def _level(stated: StatedLevel) -> str:
    """Return a level as content writes it."""
    if stated.level is None:
        return stated.words
    value = stated.level.value * 100
    number = f"{float(value):g}".replace(".", ",")
    return _SIGNS[stated.level.operator].format(f"{number}%")
