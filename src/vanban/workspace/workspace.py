"""The workspace: everything that content/ says, typed and validated, frozen.

Made by :func:`vanban.workspace.load.load_workspace`; read by all later stages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

from msgspec import Struct

from vanban.nd30.abstracts import continued
from vanban.nd30.document_types import LETTER, number_and_symbol
from vanban.nd30.paper_forms import PAPER_FORMS
from vanban.provenance import computed, traced
from vanban.workspace.files import (
    AGENCY,
    ANSWERS,
    AREAS,
    CITY_REPORTS,
    COMMON,
    CRITERIA,
    DOCUMENTS,
    EVIDENCE,
    HOUSE_RULES,
    INDICATORS,
    PAPERS,
    PLAN,
    REPORTS,
    REVIEW,
    AnyFile,
    ContentFile,
)
from vanban.workspace.models.agency import Agency, Recipient, Signer, Unit
from vanban.workspace.models.answers import SelfAssessment
from vanban.workspace.models.city_report import CityReport
from vanban.workspace.models.criteria import CriteriaSet, SubCriterion
from vanban.workspace.models.entry import IDENTIFIER, Entry, SampleEntry, flagged_entries
from vanban.workspace.models.evidence import EvidenceRegister
from vanban.workspace.models.house_rules import HouseRules, Review
from vanban.workspace.models.indicators import Indicator, IndicatorRegister
from vanban.workspace.models.paper import Paper
from vanban.workspace.models.plan import Area, CitableIssue, IndexName, Issue, Plan
from vanban.workspace.models.register import CitedDocument, DocumentRegister
from vanban.workspace.models.report import Report
from vanban.workspace.periods import PERIODS
from vanban.workspace.source import Mapping

EntryType = TypeVar("EntryType", bound=Entry)
ABOUT = re.compile(r"(?:về|ban hành|phê duyệt|quy định|công bố)\b", re.IGNORECASE)
"""Begins an abstract that can follow the name of an office as it is."""

PLAN_TYPE, REPORT_TYPE = "Kế hoạch", "Báo cáo"


class Held(Struct, frozen=True):
    """A file that was read: its row, its year (that of the workspace, or another), what it says."""

    file: AnyFile
    year: int
    path: Path
    entry: Entry


class Workspace(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """The content of one year, and what its rows ask of other years to be compared and cited.

    What a row of the table of content files holds is given by :meth:`entry` and :meth:`entries`;
    the attributes name those that many stages read. None stands for a file that is not there.
    ``shared_version`` names the version of the folder that the ward shares, "" for none. Paths are
    as shown from ``here``, the working folder when it was read (None where that was deleted); it
    may be another when they are looked at.
    """

    root: Path
    year: int
    held: tuple[Held, ...]
    shared_version: str = ""
    here: Path | None = None

    def entries(
        self, file: ContentFile[EntryType], year: int | None = None
    ) -> MappingProxyType[str, EntryType]:
        """Return what the files of a row say, by their names without ending, in that order."""
        wanted = self.year if year is None else year
        found = (held for held in self.held if held.file is file and held.year == wanted)
        return MappingProxyType({held.path.stem: cast(EntryType, held.entry) for held in found})

    def all_of(self, file: ContentFile[EntryType]) -> tuple[EntryType, ...]:
        """Return what the files of a row say, in the order of their names."""
        found = (held for held in self.held if held.file is file and held.year == self.year)
        return tuple(cast(EntryType, held.entry) for held in found)

    def entry(self, file: ContentFile[EntryType]) -> EntryType | None:
        """Return what the file of a row says, None where it is not there."""
        return next(iter(self.all_of(file)), None)

    def need(self, file: ContentFile[EntryType]) -> EntryType:
        """Return what a file says that is known to be there, as the registers are."""
        return self.all_of(file)[0]

    @cached_property
    def agency(self) -> Agency:
        own, common = self.need(AGENCY), self.entry(COMMON)
        return own if common is None else own.with_common(common)

    @cached_property
    def documents(self) -> DocumentRegister:
        own, *common = self.all_of(DOCUMENTS)
        return own if not common else own.with_common(*common)

    @cached_property
    def indicators(self) -> IndicatorRegister:
        return self.need(INDICATORS)

    @cached_property
    def review(self) -> Review:
        """What was accepted; empty where there is no such file."""
        return self.entry(REVIEW) or Review.model_validate({})

    @cached_property
    def house_rules(self) -> tuple[HouseRules, ...]:
        """The agency's own rules, names and words for the check."""
        return self.all_of(HOUSE_RULES)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of offices and systems besides the agency's own, spelled as is right."""
        return tuple(each.text for file in self.house_rules for each in file.names)

    @cached_property
    def abbreviations(self) -> tuple[str, ...]:
        """Abbreviations that need no explanation."""
        return tuple(each.short for file in self.house_rules for each in file.abbreviations)

    @cached_property
    def plan(self) -> Plan | None:
        return self.entry(PLAN)

    @cached_property
    def cited_plans(self) -> tuple[Plan, ...]:
        """Those of all years that have an id to be cited by, that of this year first."""
        held = [each for each in self.held if each.file is PLAN]
        plans = (each.entry for each in sorted(held, key=lambda each: each.year != self.year))
        return tuple(plan for plan in plans if isinstance(plan, Plan) and plan.id is not None)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        return self.all_of(AREAS)

    @cached_property
    def reports(self) -> MappingProxyType[str, Report]:
        """The reports by period id (q1, h1, q3, year)."""
        return self.entries(REPORTS)

    @cached_property
    def last_year_reports(self) -> MappingProxyType[str, Report]:
        return self.entries(REPORTS, self.year - 1)

    @cached_property
    def city_reports(self) -> MappingProxyType[str, CityReport]:
        """What a city says itself in its reports on wards, by period id."""
        return self.entries(CITY_REPORTS)

    @cached_property
    def criteria(self) -> CriteriaSet | None:
        return self.entry(CRITERIA)

    @cached_property
    def self_assessment(self) -> SelfAssessment | None:
        return self.entry(ANSWERS)

    @cached_property
    def evidence(self) -> EvidenceRegister | None:
        return self.entry(EVIDENCE)

    @cached_property
    def _flagged(self) -> frozenset[int]:
        """Identities of all entries that are sample, flagged themselves or from above."""
        return frozenset(id(entry) for held in self.held for entry in flagged_entries(held.entry))

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
        """The registered documents, plans of all years, papers of two, as others cite them."""
        cited = [
            self._cited(plan, str(plan.id), PLAN_TYPE, traced("về ", continued(plan.abstract)))
            for plan in self.cited_plans
        ]
        return (*self.documents.documents, *cited, *self._papers())

    def _cited(self, issue: Issue, id: str, kind: str, abstract: str) -> CitedDocument:
        """Return a document of the project's own as others cite it."""
        own = issue.origin()
        number = computed(issue.number or "", issue.origin("number"))
        cited = Mapping(own.place, own.path)
        cited |= {
            "ma": id,
            "loai": computed(kind, own),
            "so_ky_hieu": self.symbol(number, kind, issue),
            "ngay": issue.date,
            "phuong_ban_hanh": True,
            "trich_yeu": abstract,
            "so_lieu_mau": self.uses_sample(issue),
        }
        cited.key_places = dict.fromkeys(cited, own.place) | {"ngay": issue.at("date")}
        return CitedDocument.model_validate(cited)

    def symbol(self, number: str, document_type: str, issue: Issue) -> str:
        """Return number and symbol of a document of the agency's own."""
        codes = (self.units_by_id[unit].code for unit in issue.filing_units)
        unit = next((code for code in codes if code is not None), "")
        return number_and_symbol(number, document_type, self.agency.code, unit)

    @cached_property
    def documents_by_id(self) -> dict[str, CitedDocument]:
        """What may be referred to: :attr:`all_documents`, and reports of this year and the last."""
        return {document.id: document for document in (*self.all_documents, *self._reports())}

    def _reports(self) -> Iterator[CitedDocument]:
        """Yield the reports that were read as others cite them."""
        for year in (self.year - 1, self.year):
            for name, report in self.entries(REPORTS, year).items():
                abstract = computed(PERIODS[name].report_abstract(year), report.origin())
                cited = REPORTS.cited_in(self.year, name, year)
                yield self._cited(report, cited, REPORT_TYPE, continued(abstract))
        for name, on_wards in self.city_reports.items():
            period = PERIODS[name]
            abstract = computed(period.report_abstract(self.year), on_wards.origin())
            yield self._cited(on_wards, period.city_document_id, REPORT_TYPE, continued(abstract))

    def _papers(self) -> Iterator[CitedDocument]:
        """Yield the papers that were read as others cite them."""
        for year in (self.year - 1, self.year):
            for name, paper in self._citable_papers(year):
                abstract = paper.abstract or ""
                if abstract and not ABOUT.match(abstract):
                    about = "về việc " if paper.type == LETTER else "về "  # printed “V/v …”
                    abstract = traced(about, continued(abstract))
                cited = PAPERS.cited_in(self.year, name, year)
                yield self._cited(paper, cited, paper.type, continued(abstract) or paper.type)

    def _citable_papers(self, year: int) -> Iterator[tuple[str, Paper]]:
        """Yield papers with a name and a type to be cited by; others are told as mistakes."""
        for name, paper in self.entries(PAPERS, year).items():
            if paper.type in PAPER_FORMS and re.fullmatch(IDENTIFIER, name):
                yield name, paper

    @cached_property
    def own_issues(self) -> dict[str, CitableIssue]:
        """The documents of this year that the content itself holds, by the id to cite them by."""
        issues: dict[str, CitableIssue] = {}
        if self.plan is not None and self.plan.id is not None:
            issues[str(self.plan.id)] = self.plan
        for name, report in self.reports.items():
            issues[PERIODS[name].document_id] = report
        for name, on_wards in self.city_reports.items():
            issues[PERIODS[name].city_document_id] = on_wards
        return issues | dict(self._citable_papers(self.year))

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
