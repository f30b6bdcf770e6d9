"""Points that a ward gives itself, which of them are at risk, and what many wards come to.

In: the workspace of a ward and the facts of its evidence files. Out: :class:`WardPoints`, frozen
and without places, so that it passes from process to process. Points are claimed in vain where
nothing proves them; the reasons (:class:`Risk`) are those that an appraiser looks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

from msgspec import Struct

from vanban.city.steps import self_scored
from vanban.evidence.coverage import AT_RISK, State, state_of
from vanban.evidence.descriptions import EvidenceDocument, documents_of, entries
from vanban.evidence.inspection import Inspected
from vanban.scoring.calculation import NO_POINTS
from vanban.scoring.leaf import LeafScore
from vanban.scoring.scores import score
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.workspace import Workspace


class Risk(StrEnum):
    """Why points may be lost; the words are those that tables print."""

    CONTRADICTS = "số liệu mâu thuẫn"
    UNANSWERED = "chưa chấm"
    NO_EVIDENCE = "không có tài liệu"
    EXPLAINED = "chỉ có giải trình"
    TOO_FEW = "thiếu tài liệu hoặc nguồn số liệu"
    CHANGED = "tài liệu đã đổi sau khi ghi sổ"
    UNSIGNED = "tài liệu chưa ký"
    SAMPLE = "số liệu mẫu"


LEFT_OUT = "không áp dụng"


def without_points(left_out: bool) -> str:
    """Return what stands where a ward gave itself no points."""
    return LEFT_OUT if left_out else Risk.UNANSWERED


class LeafPoints(Struct, frozen=True):
    """A sub-criterion as the ward scored it.

    ``points`` is None where it has none: not applicable (``left_out``) or not answered. What was
    ``declared`` are figures or a tier; ``evidence`` are the codes of documents that can be read.
    """

    code: str
    maximum: Decimal
    points: Decimal | None
    risks: tuple[Risk, ...] = ()
    left_out: bool = False
    declared: str = ""
    evidence: tuple[str, ...] = ()
    explanation: str = ""

    @property
    def at_risk(self) -> Decimal:
        """Points that may be lost, whatever the number of reasons; all of what is not scored.

        That they rest on a sample is told apart (``sampled``): of a trial that is true of all.
        """
        if self.left_out or not {*self.risks} - {Risk.SAMPLE}:
            return NO_POINTS
        return self.maximum if self.points is None else self.points

    @property
    def sampled(self) -> Decimal:
        """Points that rest on sample data."""
        return (self.points or NO_POINTS) if Risk.SAMPLE in self.risks else NO_POINTS


class Sum(Struct, frozen=True):
    """Points over the applicable maximum; how many are at risk, and how many rest on samples."""

    points: Decimal
    maximum: Decimal
    at_risk: Decimal = NO_POINTS
    sampled: Decimal = NO_POINTS

    @property
    def share(self) -> Fraction:
        return Fraction(self.points) / Fraction(self.maximum) if self.maximum else Fraction(0)


class WardPoints(Struct, frozen=True):
    """What a ward scored: ``name`` of its folder, ``title`` in letters, ``short`` in tables.

    ``criteria`` is the :func:`set_sign` of the set that it scored by.
    """

    name: str
    title: str
    short: str
    criteria: str
    leaves: tuple[LeafPoints, ...]
    is_sample: bool = False

    def sum(self, field: str = "") -> Sum:
        """Return the sums of a field (its code), or of all."""
        leaves = [each for each in self.leaves if not field or each.code.split(".")[0] == field]
        counted = [each for each in leaves if not each.left_out]
        return Sum(
            sum((each.points or NO_POINTS for each in counted), NO_POINTS),
            sum((each.maximum for each in counted), NO_POINTS),
            sum((each.at_risk for each in counted), NO_POINTS),
            sum((each.sampled for each in counted), NO_POINTS),
        )


def set_sign(criteria: CriteriaSet) -> str:
    """Return a sign of codes, maxima and rules: points by sets of the same sign are comparable."""
    said = [(part.code, str(part.maximum), str(part.rule)) for part in self_scored(criteria)]
    return sha256(repr(said).encode()).hexdigest()[:12]


def ward_points(
    name: str,
    workspace: Workspace,
    inspected: Mapping[str, Inspected],
    broken_periods: Iterable[str] = (),
) -> WardPoints:
    """Return what the ward of folder ``name`` scored.

    ``broken_periods`` are those whose report stands in the content with contradictions. Raises
    ValueError where the year has no set of criteria.
    """
    proofs, broken = documents_of(workspace), frozenset(broken_periods)
    samples = {each.code for each in entries(workspace) if workspace.uses_sample(each)}
    leaves = tuple(
        _leaf(leaf, proofs.get(leaf.code, ()), inspected, broken, samples, workspace)
        for leaf in score(workspace).leaves
        if not leaf.is_survey
    )
    agency, files = workspace.agency, (workspace.criteria, workspace.self_assessment)
    return WardPoints(
        str(name),
        str(agency.name),
        str(agency.short_name),
        set_sign(workspace.criteria) if workspace.criteria is not None else "",
        leaves,
        any(Risk.SAMPLE in leaf.risks for leaf in leaves)
        or any(file is not None and file.sample for file in files),
    )


def _leaf(
    leaf: LeafScore,
    proofs: tuple[EvidenceDocument, ...],
    inspected: Mapping[str, Inspected],
    broken: frozenset[str],
    samples: Collection[str],
    workspace: Workspace,
) -> LeafPoints:
    readable = tuple(each for each in proofs if inspected[each.code].readable)
    needed = 0 if leaf.points == 0 else leaf.part.documents
    state = state_of(leaf, len(readable), needed)
    explanation = leaf.answer.explanation if leaf.answer is not None else None
    return LeafPoints(
        str(leaf.code),
        leaf.maximum,
        leaf.points,
        tuple(_risks(leaf, state, readable, inspected, broken, samples, workspace)),
        not leaf.is_applicable,
        str(leaf.declared),
        tuple(str(each.code) for each in readable),
        str(explanation or (leaf.reason if not leaf.is_applicable else "") or ""),
    )


def _risks(
    leaf: LeafScore,
    state: State,
    readable: tuple[EvidenceDocument, ...],
    inspected: Mapping[str, Inspected],
    broken: frozenset[str],
    samples: Collection[str],
    workspace: Workspace,
) -> Iterator[Risk]:
    figure = leaf.answer.figure if leaf.answer is not None else None
    if figure is not None and figure.period in broken:
        yield Risk.CONTRADICTS
    elif state is State.UNANSWERED:
        yield Risk.UNANSWERED
    if state in AT_RISK:
        yield Risk.NO_EVIDENCE if state is State.MISSING else Risk.TOO_FEW
    if state is State.EXPLAINED and not readable:
        yield Risk.EXPLAINED
    if leaf.points and any(inspected[each.code].changed for each in readable):
        yield Risk.CHANGED
    if leaf.points and readable and all(map(is_unsigned, readable)):
        yield Risk.UNSIGNED
    if leaf.points and _rests_on_sample(leaf, readable, samples, workspace):
        yield Risk.SAMPLE


def _rests_on_sample(
    leaf: LeafScore,
    readable: tuple[EvidenceDocument, ...],
    samples: Collection[str],
    workspace: Workspace,
) -> bool:
    """Say whether the answer, the report that it takes figures from, or all its proofs are one."""
    answer = leaf.answer
    report = workspace.reports.get(answer.figure.period) if answer and answer.figure else None
    said = (each for each in (answer, report) if each is not None)
    if any(map(workspace.uses_sample, said)):
        return True
    return bool(readable) and all(each.code in samples for each in readable)


def is_unsigned(document: EvidenceDocument) -> bool:
    """Say whether a numbered document is surely not signed: an office file, or made from one.

    A scan may bear a signature in ink, and what has no number (a picture, a print-out) needs none.
    """
    is_office = document.needs_stand_in or document.original is not None
    return bool(document.number) and is_office and not document.signed
