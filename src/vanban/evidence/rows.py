"""Rows of the lists of evidence that the self-assessment and the index share."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from msgspec import Struct

from vanban.evidence.awaited import Awaited, awaited
from vanban.evidence.descriptions import EvidenceDocument, documents_of, ordered
from vanban.evidence.page_numbers import Numbering
from vanban.nd30.abstracts import continued
from vanban.nd30.dates import short_date
from vanban.provenance import computed, traced
from vanban.workspace.workspace import Workspace

BLANK = "…"
"""Stands for what is not known and can still be filled in by hand."""


class EvidenceRow(Struct, frozen=True):
    """A row of a list of documents; a row "xem 1.1.1-01" has only criterion and title.

    ``ordinal`` (STT) counts documents; ``sheets`` are those in the dossier, or its pages.
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
    sheets: str = ""


def evidence_rows(workspace: Workspace) -> Iterator[EvidenceRow]:
    """Yield the list of evidence by sub-criterion.

    A document that serves several stands once, under its own code; elsewhere a row refers to it.
    Last of each come documents whose signed copy is not attached yet, without code and ordinal.
    """
    ordinal = count(1)
    lacking = tuple(awaited(workspace))
    for criterion, served in documents_of(workspace).items():
        for document in served:
            if document.criterion == criterion:
                yield _row(document, next(ordinal))
            else:
                shared = computed(criterion, *document.origins)
                yield EvidenceRow(shared, title=traced("xem ", document.code))
        for each in lacking:
            if criterion in each.criteria:
                yield awaited_row(each, workspace, computed(criterion, *each.origins))


def awaited_rows(workspace: Workspace) -> Iterator[EvidenceRow]:
    """Yield a row for each document whose signed copy is not attached, with all its criteria."""
    for each in awaited(workspace):
        criteria = computed(", ".join(each.criteria), *each.origins)
        yield awaited_row(each, workspace, criteria)


def awaited_row(each: Awaited, workspace: Workspace, criterion: str) -> EvidenceRow:
    """Return the row of a document whose signed copy is not attached yet."""
    document = each.document
    return EvidenceRow(
        criterion,
        number=document.number or "",
        date=computed(short_date(document.date), *each.origins) if document.date else "",
        title=traced(document.type, " ", continued(document.abstract)),
        issuer=document.issuer or workspace.agency.short_name,
        note=each.note,
    )


def listing_rows(workspace: Workspace, numbering: Numbering) -> Iterator[EvidenceRow]:
    """Yield the archive's list (Mục lục văn bản): each document once, with its sheets and pages."""
    for ordinal, document in enumerate(ordered(workspace), 1):
        yield _row(document, ordinal, _sheets(document.code, numbering))


def _sheets(code: str, numbering: Numbering) -> str:
    """Return "12-13", or with sheets and pages "6-7/12-13" where both sides are printed."""
    place = numbering.places[code]
    pages = _span(place.first, place.last)
    if not numbering.two_sided:
        return pages
    sheets = _span(numbering.sheet_of(place.first), numbering.sheet_of(place.last))
    return f"{sheets}/{pages}"


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


def _row(document: EvidenceDocument, ordinal: int, sheets: str = "") -> EvidenceRow:
    def made(text: str) -> str:
        return computed(text, *document.origins)

    return EvidenceRow(
        made(document.criterion),
        made(str(ordinal)),
        document.code,
        document.number,
        document.day,
        document.title,
        document.issuer,
        document.position,
        made(str(document.page_count or "")),
        made(document.file.as_posix()),
        document.note,
        made(sheets),
    )
