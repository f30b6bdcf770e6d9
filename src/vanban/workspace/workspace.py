"""The workspace: everything that content/ says, typed and validated, frozen.

Made by :func:`vanban.workspace.load.load_workspace`; read by all later stages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from vanban.nd30.abstracts import continued
from vanban.nd30.document_types import number_and_symbol
from vanban.workspace.models.agency import Agency, Recipient, Signer, Unit
from vanban.workspace.models.answers import SelfAssessment
from vanban.workspace.models.base import Entry, SampleEntry, flagged_entries
from vanban.workspace.models.criteria import CriteriaSet, SubCriterion
from vanban.workspace.models.evidence import EvidenceRegister
from vanban.workspace.models.indicators import Indicator, IndicatorRegister
from vanban.workspace.models.plan import Area, IndexName, Issue, Plan
from vanban.workspace.models.register import CitedDocument, DocumentRegister
from vanban.workspace.models.report import Report
from vanban.workspace.models.review import Review
from vanban.workspace.models.rule_rows import HouseRules
from vanban.workspace.periods import PERIODS

PLAN_TYPE, REPORT_TYPE = "Kế hoạch", "Báo cáo"


@dataclass(frozen=True)
class Workspace:
    """The content of one year, with the reports of the year before for comparison.

    ``other_plans`` are those of other years, to be cited.
    ``review`` says what the check should know; it is empty where there is no such file.
    ``house_rules`` are the agency's own rules of the check.
    ``criteria``, ``self_assessment`` and ``evidence`` are None where the year has no such file.
    ``reports`` and ``last_year_reports`` map a period id (q1, h1, q3, year) to its report;
    ``plan`` is None where the year has no ``ke-hoach.yaml``. ``areas`` stand in the order of
    their file names.
    """

    root: Path
    year: int
    agency: Agency
    documents: DocumentRegister
    indicators: IndicatorRegister
    plan: Plan | None = None
    areas: tuple[Area, ...] = ()
    reports: MappingProxyType[str, Report] = field(default_factory=lambda: MappingProxyType({}))
    last_year_reports: MappingProxyType[str, Report] = field(
        default_factory=lambda: MappingProxyType({})
    )
    criteria: CriteriaSet | None = None
    self_assessment: SelfAssessment | None = None
    evidence: EvidenceRegister | None = None
    other_plans: tuple[Plan, ...] = ()
    review: Review = field(default_factory=lambda: Review.model_validate({}))
    house_rules: tuple[HouseRules, ...] = ()

    @cached_property
    def _flagged(self) -> frozenset[int]:
        """Identities of all entries that are sample, flagged themselves or from above."""
        roots: list[Entry | None] = [
            self.agency,
            self.documents,
            self.indicators,
            self.plan,
            *self.areas,
            *self.reports.values(),
            *self.last_year_reports.values(),
            self.criteria,
            self.self_assessment,
            self.evidence,
            *self.other_plans,
        ]
        return frozenset(
            id(entry) for root in roots if root is not None for entry in flagged_entries(root)
        )

    def uses_sample(self, entry: Entry) -> bool:
        """Say whether ``entry``, anything below it or anything above it is flagged as sample."""
        return any(
            id(below) in self._flagged or (isinstance(below, SampleEntry) and below.sample)
            for below in entry.entries()
        )

    @cached_property
    def units_by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.agency.units}

    @cached_property
    def signers_by_id(self) -> dict[str, Signer]:
        return {signer.id: signer for signer in self.agency.signers}

    @cached_property
    def recipients_by_id(self) -> dict[str, Recipient]:
        return {recipient.id: recipient for recipient in self.agency.recipients}

    @cached_property
    def all_documents(self) -> tuple[CitedDocument, ...]:
        """The registered documents, and the plans of all years as others cite them."""
        plans = (self.plan, *self.other_plans)
        cited = [
            self._cited(plan, plan.id, PLAN_TYPE, f"về {continued(plan.abstract)}")
            for plan in plans
            if plan is not None and plan.id is not None
        ]
        return (*self.documents.documents, *cited)

    def _cited(self, issue: Issue, id: str, kind: str, abstract: str) -> CitedDocument:
        """Return a document of the project's own as others cite it."""
        return CitedDocument.model_validate(
            {
                "ma": id,
                "loai": kind,
                "so_ky_hieu": number_and_symbol(issue.number or "", kind, self.agency.code),
                "ngay": issue.date,
                "phuong_ban_hanh": True,
                "trich_yeu": abstract,
                "so_lieu_mau": self.uses_sample(issue),
            }
        )

    @cached_property
    def documents_by_id(self) -> dict[str, CitedDocument]:
        """What may be referred to: :attr:`all_documents`, and the reports of this year."""
        reports = [
            self._cited(
                report,
                PERIODS[name].document_id,
                REPORT_TYPE,
                continued(PERIODS[name].report_abstract(self.year)),
            )
            for name, report in self.reports.items()
        ]
        return {document.id: document for document in (*self.all_documents, *reports)}

    @cached_property
    def sub_criteria(self) -> dict[str, SubCriterion]:
        """Every sub-criterion of the year's set by its code, in the order of the set."""
        if self.criteria is None:
            return {}
        return {
            part.code: part
            for field in self.criteria.fields
            for criterion in field.criteria
            for part in criterion.parts
        }

    @cached_property
    def indicators_by_id(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.all_indicators()}

    def all_indicators(self) -> Iterator[Indicator]:
        """Yield every indicator, in the order of the register."""
        for group in self.indicators.groups:
            for topic in group.topics:
                yield from topic.indicators
        yield from self.indicators.others

    def areas_of(self, index: IndexName) -> tuple[Area, ...]:
        """Return the areas that serve ``index``, in order."""
        return tuple(area for area in self.areas if area.index is index)
