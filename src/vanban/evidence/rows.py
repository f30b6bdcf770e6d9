"""Rows of the lists of evidence that the self-assessment and the index share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from vanban.evidence.page_numbers import Numbering
from vanban.evidence.register import criterion_of, described, evidence_of, ordered
from vanban.nd30.abstracts import continued
from vanban.nd30.dates import short_date
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace

BLANK = "…"
"""Stands for what is not known and can still be filled in by hand."""


@dataclass(frozen=True)
class EvidenceRow:
    """A row of the list of evidence; a row "xem 1.1.1-01" has only criterion and title.

    ``ordinal`` (STT) counts documents.
    """

    criterion: str
    ordinal: str = ""
    code: str = ""
    number: str = ""
    date: str = ""
    title: str = ""
    issuer: str = ""
    position: str = ""
    pages: str = ""
    file: str = ""
    note: str = ""


@dataclass(frozen=True)
class ListingRow:
    """A row of the archive's list of documents in the dossier (Mục lục văn bản)."""

    number: str
    date: str
    title: str
    issuer: str
    sheets: str
    note: str


def evidence_rows(workspace: Workspace) -> Iterator[EvidenceRow]:
    """Yield the list of evidence by sub-criterion.

    A document that serves several stands once, under its own code; elsewhere a row refers to it.
    """
    ordinal = count(1)
    for criterion, served in evidence_of(workspace).items():
        for evidence in served:
            if criterion_of(evidence) == criterion:
                yield _row(evidence, criterion, next(ordinal), workspace)
            else:
                yield EvidenceRow(criterion, title=f"xem {evidence.code}")


def listing_rows(workspace: Workspace, numbering: Numbering) -> Iterator[ListingRow]:
    """Yield the documents of the dossier once each, with their sheets and pages in it."""
    for evidence in ordered(workspace):
        facts = described(evidence, workspace)
        yield ListingRow(
            facts.number or "",
            short_date(facts.date) if facts.date is not None else "",
            _title(evidence, workspace),
            facts.issuer,
            _sheets(evidence, numbering),
            _note(evidence, workspace),
        )


def _sheets(evidence: Evidence, numbering: Numbering) -> str:
    """Return "12-13", or with sheets and pages "6-7/12-13" where both sides are printed."""
    place = numbering.places[evidence.code]
    pages = _span(place.first, place.last)
    if not numbering.two_sided:
        return pages
    sheets = _span(numbering.sheet_of(place.first), numbering.sheet_of(place.last))
    return f"{sheets}/{pages}"


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


def _row(evidence: Evidence, criterion: str, ordinal: int, workspace: Workspace) -> EvidenceRow:
    facts = described(evidence, workspace)
    position = ", ".join(
        part
        for part in (evidence.section, f"trang {evidence.pages}" if evidence.pages else None)
        if part is not None
    )
    return EvidenceRow(
        criterion,
        str(ordinal),
        evidence.code,
        facts.number or "",
        short_date(facts.date) if facts.date is not None else "",
        _title(evidence, workspace),
        facts.issuer,
        position,
        str(evidence.page_count or ""),
        evidence.file,
        _note(evidence, workspace),
    )


def _title(evidence: Evidence, workspace: Workspace) -> str:
    facts = described(evidence, workspace)
    if not facts.type or not facts.abstract:
        return facts.type or facts.abstract
    return f"{facts.type} {continued(facts.abstract)}"


def _note(evidence: Evidence, workspace: Workspace) -> str:
    notes = ("bản ký số" if evidence.signed else "", own_note(evidence, workspace))
    return "; ".join(note for note in notes if note)


def own_note(evidence: Evidence, workspace: Workspace) -> str:
    """Return the official's note, and whether the entry is a sample."""
    notes = (evidence.note or "", "Mẫu" if workspace.uses_sample(evidence) else "")
    return "; ".join(note for note in notes if note)
