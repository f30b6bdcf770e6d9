"""Coverage: which points are proven, which are at risk, and what is wrong in the evidence folder.

In: the workspace, the scores, and what was found in the folder. Out: :class:`Coverage`, frozen.
States follow from four things alone: the points, the number of readable documents, whether typed
figures name their source, and whether there is an explanation (giải trình).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from vanban.evidence.awaited import Awaited, awaited
from vanban.evidence.descriptions import EvidenceDocument, described, documents_of, entries
from vanban.evidence.inspection import Fault, Inspected, inspect
from vanban.evidence.place import evidence_folder, files_in
from vanban.scoring.leaf import LeafScore
from vanban.scoring.scores import Scores
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace

ZERO = Decimal("0.00")


class State(StrEnum):
    """How well the points of a sub-criterion are proven; 0 points need no proof and have none."""

    ENOUGH = "đủ"
    NO_POINTS = "không điểm"
    TO_EXPLAIN = "cần giải trình"
    MISSING = "thiếu"
    EXPLAINED = "đã giải trình"
    NOT_APPLICABLE = "không áp dụng"
    NOT_SELF_SCORED = "không tự chấm"
    UNANSWERED = "chưa trả lời"


COLOURS: dict[State, str] = {
    State.ENOUGH: "green",
    State.EXPLAINED: "green",
    State.TO_EXPLAIN: "yellow",
    State.MISSING: "red",
    State.UNANSWERED: "red",
}
"""Colours of the states on a terminal; the words alone say the same."""
AT_RISK = frozenset({State.TO_EXPLAIN, State.MISSING})


class Covered(Struct, frozen=True):
    """One sub-criterion: ``readable`` of ``registered`` documents serve, ``needed`` are asked for.

    ``points`` is None where it has none (not applicable, not answered, not self-scored).
    """

    code: str
    name: str
    points: Decimal | None
    maximum: Decimal
    readable: int
    registered: int
    needed: int
    has_source: bool
    state: State

    @property
    def lost(self) -> Decimal | None:
        """Points below the maximum, whatever the proof; None where there are no points."""
        return None if self.points is None else self.maximum - self.points

    @property
    def at_risk(self) -> Decimal:
        """Points that may be lost; of what nobody has answered yet, all that there are."""
        if self.state is State.UNANSWERED:
            return self.maximum
        return (self.points or ZERO) if self.state in AT_RISK else ZERO


class Coverage(Struct, frozen=True):
    """Every sub-criterion, and the lists of what to mend.

    ``unregistered`` are files nobody registers; ``faults`` are entries with what index and dossier
    refuse them for; ``outside_year`` lack the in-force flag; ``duplicates`` are entries of equal
    content; ``awaited`` are documents whose signed copy is not attached; ``without_page`` have
    several pages and name none.
    """

    rows: tuple[Covered, ...]
    unregistered: tuple[str, ...]
    faults: tuple[tuple[Evidence, Fault], ...]
    outside_year: tuple[Evidence, ...]
    duplicates: tuple[tuple[Evidence, ...], ...]
    awaited: tuple[Awaited, ...]
    without_page: tuple[Inspected, ...]

    @property
    def points(self) -> Decimal:
        return sum((row.points or ZERO for row in self.rows if _self_scored(row)), ZERO)

    @property
    def lost(self) -> Decimal:
        return sum((row.lost or ZERO for row in self.rows if _self_scored(row)), ZERO)

    @property
    def maximum(self) -> Decimal:
        """The self-scored applicable maximum."""
        return sum((row.maximum for row in self.rows if _self_scored(row)), ZERO)

    @property
    def at_risk(self) -> Decimal:
        return sum((row.at_risk for row in self.rows), ZERO)

    def count(self, state: State) -> int:
        return sum(row.state is state for row in self.rows)


def coverage(workspace: Workspace, scores: Scores) -> Coverage:
    """Look at the evidence folder of the workspace's year and say what it proves."""
    folder = evidence_folder(workspace.root, workspace.year)
    return cover(workspace, scores, inspect(workspace), files_in(folder))


def cover(
    workspace: Workspace,
    scores: Scores,
    inspected: Mapping[str, Inspected],
    files: Iterable[str],
) -> Coverage:
    """Say what ``inspected`` proves; ``files`` are the names found in the evidence folder."""
    served = documents_of(workspace)
    every = entries(workspace)
    named = {name for each in every for name in (each.file, each.original) if name is not None}
    return Coverage(
        rows=tuple(_row(leaf, served.get(leaf.code, ()), inspected) for leaf in scores.leaves),
        unregistered=tuple(sorted(set(files) - named)),
        faults=tuple(
            (each.evidence, fault) for each in inspected.values() for fault in each.errors
        ),
        outside_year=tuple(each for each in every if _is_outside_year(each, workspace)),
        duplicates=_duplicates(inspected.values()),
        awaited=tuple(awaited(workspace)),
        without_page=tuple(
            each
            for each in inspected.values()
            if (each.page_count or 0) > 1 and each.evidence.pages is None
        ),
    )


def state_of(leaf: LeafScore, readable: int, needed: int) -> State:
    """Return the state of one sub-criterion with ``readable`` documents of ``needed``."""
    if not leaf.is_applicable:
        return State.NOT_APPLICABLE
    if leaf.is_survey:
        return State.NOT_SELF_SCORED
    if leaf.points is None:
        return State.UNANSWERED
    if leaf.points == 0:
        return State.NO_POINTS
    if readable >= needed and leaf.has_source:
        return State.ENOUGH
    if leaf.answer is not None and leaf.answer.explanation is not None:
        return State.EXPLAINED
    return State.MISSING if readable == 0 and needed > 0 else State.TO_EXPLAIN


def _row(
    leaf: LeafScore, served: tuple[EvidenceDocument, ...], inspected: Mapping[str, Inspected]
) -> Covered:
    readable = sum(inspected[each.code].readable for each in served)
    needed = 0 if leaf.points == 0 else leaf.part.documents
    return Covered(
        leaf.code,
        leaf.part.name,
        leaf.points,
        leaf.maximum,
        readable,
        len(served),
        needed,
        leaf.has_source,
        state_of(leaf, readable, needed),
    )


def _self_scored(row: Covered) -> bool:
    return row.state not in (State.NOT_APPLICABLE, State.NOT_SELF_SCORED)


def _is_outside_year(evidence: Evidence, workspace: Workspace) -> bool:
    day = described(evidence, workspace).date
    return day is not None and day.year != workspace.year and not evidence.in_force


def _duplicates(inspected: Iterable[Inspected]) -> tuple[tuple[Evidence, ...], ...]:
    """Return the groups of entries that share a file's content, under whatever names."""
    owners: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for each in inspected:
        for facts in (each.facts, each.original):
            if facts is not None:
                owners[facts.sha256][each.evidence.code] = each.evidence
    groups = {tuple(group): tuple(group.values()) for group in owners.values() if len(group) > 1}
    return tuple(groups.values())
