"""The check of all documents of a year at once: what the desk tells beside a page and of the year.

In: loaded content. Out: findings, states and gaps by document, and what keeps others from being
made. What is found in one document and touches another belongs to both.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from vanban.app.catalogue import Kind, buildable
from vanban.app.composing import compose_sound
from vanban.app.load import Loaded
from vanban.checks.finding import Finding
from vanban.checks.review import review
from vanban.checks.state import State
from vanban.compose.composed import Gap
from vanban.errors import Place, Problem
from vanban.workspace.models.house_rules import Excuse


class Sound(Struct, frozen=True):
    """A document that can be made: by what its text is known, and the data that it lacks."""

    identifier: str
    missing: tuple[Gap, ...]


class YearReview(Struct, frozen=True):
    """What stands against signing the documents of a year; small enough to go between processes.

    ``sound`` and ``states`` are by id, of those that can be made; ``problems`` of the others.
    ``unused`` are excuses that excuse nothing, none where a document could not be read;
    ``not_evaluated`` maps a reason to rules that could not be run.
    """

    findings: tuple[Finding, ...]
    sound: Mapping[str, Sound]
    states: Mapping[str, State]
    problems: Mapping[str, tuple[Problem, ...]]
    unused: tuple[Excuse, ...]
    not_evaluated: Mapping[str, tuple[str, ...]]

    def of(self, document_id: str) -> tuple[Finding, ...]:
        """Return the findings that concern a document, the excused too."""
        return tuple(each for each in self.findings if document_id in each.documents)

    def gaps(self, document_id: str) -> tuple[Gap, ...]:
        """Return the data that a document lacks and no open finding tells at the same place."""
        item = self.sound.get(document_id)
        told = {spot.place for each in self.findings if not each.excused for spot in each.spots}
        return tuple(gap for gap in (item.missing if item else ()) if not _told(gap.place, told))


def _told(place: Place | None, told: set[Place]) -> bool:
    return place is not None and place.line > 0 and place in told


def review_year(loaded: Loaded, templates: Path, also: tuple[Kind, ...] = ()) -> YearReview:
    """Compose and review every document of the year that content is there for.

    ``also`` are documents that are made on request alone.
    """
    kinds = (*buildable(loaded.workspace), *also)
    composed, unmade = compose_sound(kinds, loaded, templates)
    reviewed = review(loaded.workspace, composed)
    return YearReview(
        reviewed.findings,
        {each.document.id: Sound(each.document.identifier, each.missing) for each in composed},
        reviewed.states,
        {each.kind.id: each.problems for each in unmade},
        () if unmade else reviewed.unused,
        reviewed.not_evaluated,
    )
