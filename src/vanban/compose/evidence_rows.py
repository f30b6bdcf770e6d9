"""Rows of the lists of evidence that the self-assessment and the index share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanban.evidence.register import criterion_of, described, evidence_of, ordered
from vanban.nd30.dates import short_date
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace, continued

BLANK = "…"
"""Stands for what is not known and can still be filled in by hand."""


@dataclass(frozen=True)
class EvidenceRow:
    """A row of the list of evidence; a row "xem 1.1.1-01" has only code, criterion and title."""

    code: str
    criterion: str
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
    for criterion, served in evidence_of(workspace).items():
        for evidence in served:
            if criterion_of(evidence) == criterion:
                yield _row(evidence, criterion, workspace)
            else:
                yield EvidenceRow("", criterion, title=f"xem {evidence.code}")


def listing_rows(workspace: Workspace) -> Iterator[ListingRow]:
    """Yield the documents of the dossier once each, with their running page numbers."""
    page = 1
    for evidence in ordered(workspace):
        facts = described(evidence, workspace)
        last = page + (evidence.page_count or 1) - 1
        yield ListingRow(
            facts.number or "",
            short_date(facts.date) if facts.date is not None else "",
            _title(evidence, workspace),
            facts.issuer,
            str(page) if last == page else f"{page}-{last}",
            _note(evidence, workspace),
        )
        page = last + 1


def page_total(workspace: Workspace) -> int:
    """Return the number of pages of all documents; one for a document of unknown length."""
    return sum(evidence.page_count or 1 for evidence in ordered(workspace))


def _row(evidence: Evidence, criterion: str, workspace: Workspace) -> EvidenceRow:
    facts = described(evidence, workspace)
    position = ", ".join(
        part
        for part in (evidence.section, f"trang {evidence.pages}" if evidence.pages else None)
        if part is not None
    )
    return EvidenceRow(
        evidence.code,
        criterion,
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
