"""The evidence of a year by criteria: what is proven, what is lacking, who owes it; and one entry.

In: loaded content. Out: frozen rows for a page; nothing is worded for a terminal here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from vanban.app.begin import require_criteria
from vanban.app.change_evidence import EDITED, entry_in, mark_of
from vanban.app.load import Loaded
from vanban.evidence.awaited import Awaited
from vanban.evidence.coverage import AT_RISK, Coverage, Covered, State, coverage
from vanban.evidence.descriptions import EvidenceDocument, described, documents_of, entries
from vanban.exchange.forms import compilers
from vanban.exchange.providers import evidence_providers
from vanban.nd30.dates import short_date
from vanban.scoring.scores import score
from vanban.workspace.files import ANSWERS, CRITERIA, EVIDENCE
from vanban.workspace.folder import Reads
from vanban.workspace.models.criteria import SubCriterion
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace

Sentences = Mapping[str, tuple[str, ...]]
LACKING = AT_RISK | {State.UNANSWERED}


class Leaf(Struct, frozen=True):
    """A sub-criterion, what it is proven by, and the units that are to bring it.

    ``faults`` keep its documents out of the dossier, ``remarks`` are for a person to look at:
    sentences by the codes of documents.
    """

    part: SubCriterion
    covered: Covered
    units: tuple[str, ...]
    documents: tuple[EvidenceDocument, ...]
    awaited: tuple[Awaited, ...]
    faults: Sentences
    remarks: Sentences

    @property
    def lacks(self) -> bool:
        """Say whether something is still to be done for it."""
        return bool(self.covered.state in LACKING or self.awaited or self.faults)


class Branch(Struct, frozen=True):
    """A field or a criterion: its code, name, and all sub-criteria below it."""

    code: str
    name: str
    leaves: tuple[Leaf, ...]
    branches: tuple[Branch, ...] = ()

    @property
    def at_risk(self) -> Decimal:
        return sum((leaf.covered.at_risk for leaf in self.leaves), Decimal(0))

    @property
    def lacks(self) -> bool:
        return any(leaf.lacks for leaf in self.leaves)


class EvidenceTree(Struct, frozen=True):
    """Fields with their criteria, and the sums of all."""

    fields: tuple[Branch, ...]
    coverage: Coverage
    is_sample: bool

    @property
    def leaves(self) -> Iterator[Leaf]:
        for field in self.fields:
            yield from field.leaves


class Shown(Struct, frozen=True):
    """An entry as a form shows it: values by YAML key, and the mark by which it is known."""

    evidence: Evidence
    document: EvidenceDocument
    mark: str
    values: dict[str, str]


def evidence_tree(loaded: Loaded) -> EvidenceTree:
    """Return the tree of the year; raises ContentError where what it is made from has mistakes."""
    root, year = loaded.workspace.root, loaded.workspace.year
    workspace = loaded.require(Reads.of(root, year, (CRITERIA, ANSWERS, EVIDENCE)))
    criteria = require_criteria(workspace)
    covered = coverage(workspace, score(workspace))
    leaves = {leaf.part.code: leaf for leaf in _leaves(workspace, covered)}
    fields = []
    for field in criteria.fields:
        branches = tuple(
            Branch(each.code, each.name, tuple(leaves[part.code] for part in each.parts))
            for each in field.criteria
        )
        below = tuple(leaf for branch in branches for leaf in branch.leaves)
        fields.append(Branch(field.code, field.name, below, branches))
    return EvidenceTree(tuple(fields), covered, workspace.uses_sample(criteria))


def _leaves(workspace: Workspace, covered: Coverage) -> Iterator[Leaf]:
    rows = {row.code: row for row in covered.rows}
    served = documents_of(workspace)
    units = evidence_providers(workspace, compilers(workspace, "year"))
    faults = _by_code((each.code, f"{name}: {error}") for each, (_, name, error) in covered.faults)
    remarks = _by_code(_remarks(covered, workspace.year))
    for code, part in workspace.sub_criteria.items():
        yield Leaf(
            part,
            rows[code],
            tuple(workspace.units_by_id[unit].name for unit in units[code]),
            served[code],
            tuple(each for each in covered.awaited if code in each.criteria),
            *(
                {each.code: found[each.code] for each in served[code] if each.code in found}
                for found in (faults, remarks)
            ),
        )


def _remarks(covered: Coverage, year: int) -> Iterator[tuple[str, str]]:
    for each in covered.outside_year:
        yield each.code, f"ban hành ngoài năm {year} — còn dùng thì đánh dấu “Còn hiệu lực”"
    for group in covered.duplicates:
        for each in group:
            others = ", ".join(other.code for other in group if other is not each)
            yield (
                each.code,
                f"trùng nội dung với {others} — giữ một mã, tiêu chí kia ghi ở “Dùng cho”",
            )
    for found in covered.without_page:
        code = found.evidence.code
        yield code, f"có {found.page_count} trang mà chưa ghi “Trang kiểm chứng”"


def _by_code(pairs: Iterable[tuple[str, str]]) -> Sentences:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for code, sentence in pairs:
        found[code] += (sentence,)
    return found


def shown_entry(loaded: Loaded, code: str) -> Shown:
    """Return the entry ``code``; raises UsageError where there is none."""
    workspace = loaded.workspace
    evidence = entry_in(workspace, code)[1]
    values = {}
    for name, field in Evidence.model_fields.items():
        if field.alias in EDITED:
            values[field.alias] = _typed(getattr(evidence, name))
    return Shown(evidence, described(evidence, workspace), mark_of(evidence), values)


def issuers(loaded: Loaded) -> tuple[str, ...]:
    """Return the names of agencies that the content knows, to be offered while typing."""
    workspace = loaded.workspace
    named: Iterable[str | None] = (
        workspace.agency.short_name,
        *(each.issuer for each in entries(workspace)),
        *(each.issuer for each in workspace.all_documents),
    )
    return tuple(sorted({name for name in named if name}))


def _typed(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "true"
        case tuple():
            return ", ".join(map(str, value))
        case date():
            return short_date(value)
    return str(value)
