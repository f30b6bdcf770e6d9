"""The ids that are typed in content: what gives a thing its id, and what refers to it.

In: pairs of model and tree, as they were read. Out: :class:`Value`, one a typed id. A new reference
is one more line in :data:`REFERENCES`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cache

from msgspec import Struct

from vanban.errors import Place, Problem
from vanban.provenance import Keys
from vanban.workspace.files import AGENCY, CRITERIA, DOCUMENTS, INDICATORS
from vanban.workspace.keys import Key, Shape, keys_of
from vanban.workspace.models.agency import Deadline, Recipient, Signer, Unit
from vanban.workspace.models.answers import AdjustmentAnswer, IndicatorAnswer, SelfAssessment
from vanban.workspace.models.appraisal import Appraisal, ChangedPoints
from vanban.workspace.models.city_report import Compared
from vanban.workspace.models.criteria import Adjustment, CriteriaField, Criterion, SubCriterion
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.evidence import DossierData, Evidence
from vanban.workspace.models.form_answer import FormAnswer, SentEvidence, SentFigure
from vanban.workspace.models.indicators import (
    Identity,
    Indicator,
    IndicatorGroup,
    IndicatorTopic,
)
from vanban.workspace.models.plan import (
    Area,
    CitableIssue,
    Issue,
    LegalBasis,
    Plan,
    Target,
    Task,
)
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.models.report import Report
from vanban.workspace.source import Mapping, Node, Scalar, Sequence

AnyTable = dict[tuple[type[Entry], str], str]

DEFINITIONS: AnyTable = {
    # (model, attribute that holds the id): what such a thing is called
    (Unit, "id"): "đơn vị",
    (Signer, "id"): "người ký",
    (Recipient, "id"): "nơi nhận",
    (CitedDocument, "id"): "văn bản",
    (Plan, "id"): "văn bản",
    (Indicator, "id"): "chỉ tiêu",
    (Area, "id"): "lĩnh vực",
    (Task, "id"): "nhiệm vụ",
    (Deadline, "period"): "kỳ trong lịch báo cáo",
    (CriteriaField, "code"): "tiêu chí",
    (Criterion, "code"): "tiêu chí",
    (SubCriterion, "code"): "tiêu chí",
    (Adjustment, "id"): "nội dung thưởng, phạt",
    (Evidence, "code"): "tài liệu kiểm chứng",
}
REFERENCES: AnyTable = {
    (Area, "leads"): "đơn vị",
    (Area, "supports"): "đơn vị",
    (Task, "leads"): "đơn vị",
    (Task, "supports"): "đơn vị",
    (Issue, "filing_units"): "đơn vị",
    (Issue, "signer"): "người ký",
    (Issue, "addressees"): "nơi nhận",
    (Issue, "recipients"): "nơi nhận",
    (CitableIssue, "evidence_for"): "tiêu chí",
    (LegalBasis, "document"): "văn bản",
    (CitedDocument, "replaced_by"): "văn bản",
    (Target, "indicator"): "chỉ tiêu",
    (Compared, "indicator"): "chỉ tiêu",
    (Indicator, "sum_of"): "chỉ tiêu",
    (Indicator, "numerator"): "chỉ tiêu",
    (Indicator, "denominator"): "chỉ tiêu",
    (Identity, "left"): "chỉ tiêu",
    (Identity, "right"): "chỉ tiêu",
    (Report, "figures"): "chỉ tiêu",
    (Indicator, "providers"): "đơn vị",
    (IndicatorTopic, "providers"): "đơn vị",
    (IndicatorGroup, "providers"): "đơn vị",
    (CriteriaField, "providers"): "đơn vị",
    (SubCriterion, "providers"): "đơn vị",
    (FormAnswer, "period"): "kỳ báo cáo",
    (FormAnswer, "unit"): "đơn vị",
    (SentFigure, "id"): "chỉ tiêu",
    (SentEvidence, "criterion"): "tiêu chí",
    (Deadline, "period"): "kỳ báo cáo",
    (IndicatorAnswer, "period"): "kỳ báo cáo",
    (IndicatorAnswer, "indicator"): "chỉ tiêu",
    (SelfAssessment, "answers"): "tiêu chí",
    (SelfAssessment, "last_year"): "tiêu chí",
    (AdjustmentAnswer, "id"): "nội dung thưởng, phạt",
    (Appraisal, "kept"): "tiêu chí",
    (Appraisal, "left_out"): "tiêu chí",
    (ChangedPoints, "criterion"): "tiêu chí",
    (Evidence, "also_for"): "tiêu chí",
    (Evidence, "document"): "văn bản",
    (DossierData, "keeper"): "đơn vị",
}
HOMES = {
    "đơn vị": AGENCY.name,
    "người ký": AGENCY.name,
    "nơi nhận": AGENCY.name,
    "văn bản": DOCUMENTS.name,
    "chỉ tiêu": INDICATORS.name,
    "tiêu chí": CRITERIA.name,
    "nội dung thưởng, phạt": CRITERIA.name,
}
"""The file to add a missing thing to."""


class Value(Struct, frozen=True):
    """One typed id: where it stands, the mapping it stands in, the keys that lead to it."""

    model: type[Entry]
    attribute: str
    key: str
    text: str
    place: Place
    parent: Mapping
    path: Keys

    def problem(self, message: str) -> Problem:
        return Problem(self.place, self.key, message)


def citations(files: Iterable[tuple[type[Entry], Node]], ids: Container[str]) -> Iterator[Value]:
    """Yield each place in ``files`` that cites a document of one of ``ids``."""
    for model, tree in files:
        for entry, mapping in entries_below(Shape("", entry=model), tree):
            for value in typed_ids(entry, mapping):
                if value.text in ids and kind_in(REFERENCES, value) == "văn bản":
                    yield value


def entries_below(shape: Shape | None, node: Node) -> Iterator[tuple[type[Entry], Mapping]]:
    """Yield every mapping below ``node`` that has a model, outermost first."""
    if shape is None:
        return
    if isinstance(node, Sequence):
        for position, below in enumerate(node):
            yield from entries_below(shape.step(position), below)
    elif isinstance(node, Mapping):
        if shape.entry is not None:
            yield shape.entry, node
        for name, below in node.items():
            yield from entries_below(shape.step(name), below)


def typed_ids(model: type[Entry], mapping: Mapping) -> Iterator[Value]:
    """Yield the ids of one entry: values, items of lists, those that figures stand under."""
    for key in _keys_of_ids(model):
        node = mapping.get(key.name)
        if key.shape.by_id:
            for name, place in node.key_places.items() if isinstance(node, Mapping) else ():
                path = (*mapping.path, key.name, name)
                yield Value(model, key.attribute, key.name, name, place, mapping, path)
            continue
        for item in node if isinstance(node, Sequence) else (node,):
            if isinstance(item, Scalar):
                yield Value(
                    model, key.attribute, key.name, str(item), item.place, mapping, item.path
                )


@cache
def _keys_of_ids(model: type[Entry]) -> tuple[Key, ...]:
    """Return the keys of a model under which ids are given to things, or things referred to."""
    return tuple(
        key
        for key in keys_of(model).values()
        if any(kind_at(table, model, key.attribute) for table in (DEFINITIONS, REFERENCES))
    )


def kind_in(table: AnyTable, value: Value) -> str | None:
    return kind_at(table, value.model, value.attribute)


def defined_in(files: Iterable[tuple[type[Entry], Node]]) -> Iterator[Value]:
    """Yield each id where it is given to a thing."""
    for value in _all(files):
        if kind_in(DEFINITIONS, value) is not None:
            yield value


def ids_of(files: Iterable[tuple[type[Entry], Node]], kind: str) -> Iterator[Value]:
    """Yield each id of what is called ``kind``, where it is defined."""
    for value in defined_in(files):
        if kind_in(DEFINITIONS, value) == kind:
            yield value


def uses_of(files: Iterable[tuple[type[Entry], Node]], kind: str, name: str) -> Iterator[Value]:
    """Yield each place that refers to the thing ``name`` of a ``kind``."""
    for value in _all(files):
        if value.text == name and kind_in(REFERENCES, value) == kind:
            yield value


def kind_at(table: AnyTable, model: type[Entry], attribute: str) -> str | None:
    """Look an attribute up in a table; lines for a base model hold for the models made from it."""
    for each in model.__mro__:
        kind = table.get((each, attribute))
        if kind is not None:
            return kind
    return None


def _all(files: Iterable[tuple[type[Entry], Node]]) -> Iterator[Value]:
    for model, tree in files:
        for entry, mapping in entries_below(Shape("", entry=model), tree):
            yield from typed_ids(entry, mapping)
