"""Running rules over documents: project → findings.

Hits are gathered by rule and matter, so that one cause is one finding; hits that lie in the
quoted words of others are dropped for rules about this document's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from msgspec import Struct, field

from vanban.checks.finding import Datum, Finding, Hit, Severity, Spot, Stretch
from vanban.checks.locate import spot_of
from vanban.checks.registry import rules_for
from vanban.checks.rules import NotEvaluated, Project, Rule, hits_of
from vanban.errors import Place


class Run(Struct, frozen=True):
    """What rules found, worst first, then in the order of places; and which could not be run.

    ``not_evaluated`` maps a reason to the ids of the rules: never the same as nothing found.
    """

    findings: tuple[Finding, ...]
    not_evaluated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def run_rules(project: Project, rules: Iterable[Rule] | None = None) -> Run:
    """Run ``rules`` (by default all, and those of the agency) over a project."""
    findings: list[Finding] = []
    lacking: dict[str, tuple[str, ...]] = {}
    printed = _Printed(project)
    for rule in rules_for(project.workspace) if rules is None else rules:
        try:
            findings.extend(gather(rule, hits_of(rule, project), printed))
        except NotEvaluated as error:
            lacking[str(error)] = (*lacking.get(str(error), ()), rule.id)
    return Run(in_order(findings), lacking)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings worst first, then in the order of places."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[int, Path, int, int, int, str]:
    spot = finding.spot
    place = spot.place
    rank = finding.severity.rank
    return (rank, place.file, place.line, spot.paragraph, place.column, finding.rule)


class _Printed:
    """Knows which documents print a passage, a value, or anything of a file."""

    def __init__(self, project: Project) -> None:
        self._all = {writing.id for writing in project.writings}
        self._passages: dict[int, str] = {}
        self._typed: dict[Place | Path, set[str]] = {}
        for writing in project.writings:
            for passage in writing.passages:
                self._passages[id(passage)] = writing.id
                for source in passage.typed:
                    for key in (source.place, source.place.file):
                        self._typed.setdefault(key, set()).add(writing.id)

    def documents(self, at: Stretch | Datum) -> Set[str]:
        """Return the ids of the documents that print what stands there.

        A value that none prints concerns those of its file; a file that none prints, all of them.
        """
        if isinstance(at, Stretch):
            return {self._passages[id(at.passage)]}
        if at.documents is not None:
            return at.documents
        return self._typed.get(at.place) or self._typed.get(at.place.file, self._all)


def gather(rule: Rule, hits: Iterable[Hit], printed: _Printed) -> Iterator[Finding]:
    """Yield one finding for each matter of ``hits``, with its spots in order and without repeats.

    A value that several documents print has one place and is told once.
    """
    by_matter: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        words = " ".join(hit.at.excerpt.casefold().split())
        key = (hit.matter, "") if hit.matter else (hit.message, words)
        by_matter.setdefault(key, []).append(hit)
    for same in by_matter.values():
        first = same[0]
        spots: dict[tuple[Place, int], Spot] = {}
        documents: set[str] = set()
        for hit in same:
            found = [spot_of(hit.at, hit.replacement), *map(spot_of, hit.others)]
            for spot in found:
                spots.setdefault((spot.place, spot.paragraph), spot)
            for at in (hit.at, *hit.others):
                documents |= printed.documents(at)
        yield Finding(
            rule.id,
            _severity(rule, same),
            first.message,
            first.suggestion,
            rule.clause,
            tuple(spots.values()),
            frozenset(documents),
        )


def _severity(rule: Rule, hits: Iterable[Hit]) -> Severity:
    """Return the weight of a finding: what nobody can say for certain is no error."""
    if rule.severity is Severity.ERROR and all(hit.unsure for hit in hits):
        return Severity.WARNING
    return rule.severity
