"""Evidence documents (tài liệu kiểm chứng): what is known of each, wherever it was typed.

In: the workspace. Out: :class:`EvidenceDocument`, the one form that status, index, dossier and
checks use, by sub-criterion and in the one order that they share.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from vanban.errors import Place
from vanban.evidence.awaited import criteria_of
from vanban.evidence.file_kinds import SUFFIXES
from vanban.kept import kept
from vanban.nd30.abstracts import continued
from vanban.nd30.dates import short_date
from vanban.provenance import Origin, computed, listed, traced, traced_list
from vanban.workspace.models.criteria import code_order
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace


class EvidenceDocument(Struct, frozen=True, dict=True):
    """One document that proves points.

    ``code`` is unique ("1.1.1-01"); texts are "" where nothing is known. ``position`` says which
    section and pages prove the point; ``remark`` is the official's note, and "Mẫu" for a sample.
    ``file`` stands in the register's folder, ``original`` is the office file that it was made
    from; both with the SHA-256 (hex) that was registered. ``place`` and ``origins`` are the entry.
    """

    code: str
    file: Path
    type: str = ""
    number: str = ""
    date: datetime.date | None = None
    issuer: str = ""
    abstract: str = ""
    position: str = ""
    remark: str = ""
    page_count: int | None = None
    signed: bool = False
    original: Path | None = None
    sha256: str | None = None
    original_sha256: str | None = None
    place: Place | None = None
    origins: tuple[Origin, ...] = ()

    @property
    def criterion(self) -> str:
        """The sub-criterion that the code belongs to: 1.1.1 of 1.1.1-01."""
        return self.code.rpartition("-")[0]

    @cached_property
    def title(self) -> str:
        """Type and abstract, "Kế hoạch cải cách hành chính …"."""
        if not self.type or not self.abstract:
            return self.type or self.abstract
        return traced(self.type, " ", continued(self.abstract))

    @property
    def day(self) -> str:
        """Its date as printed, "14/7/2025"; "" where it has none."""
        return computed(short_date(self.date), *self.origins) if self.date is not None else ""

    @property
    def label(self) -> str:
        """Code with number, or with title where the document has no number."""
        return f"{self.code} {self.number or self.title}"

    @property
    def note(self) -> str:
        """What a list notes: whether the file is signed digitally, then the remark."""
        signed = computed("bản ký số" if self.signed else "", *self.origins)
        return listed(signed, self.remark)

    @property
    def needs_stand_in(self) -> bool:
        """Say whether a page takes its place in a dossier: an office file without its PDF."""
        kind = SUFFIXES.get(self.file.suffix.lower())
        return kind is not None and kind.is_office

    @property
    def reported_at(self) -> Place:
        """The place that a message about its file names."""
        return self.place or Place(self.file)


def entries(workspace: Workspace) -> tuple[Evidence, ...]:
    """Return the register's entries as typed; none where the year has no register."""
    return workspace.evidence.evidence if workspace.evidence is not None else ()


def criterion_of(evidence: Evidence) -> str:
    """Return the sub-criterion that the code of an entry belongs to: 1.1.1 of 1.1.1-01."""
    return evidence.code.rpartition("-")[0]


def described(evidence: Evidence, workspace: Workspace) -> EvidenceDocument:
    """Return what a document is; an entry with ``van_ban`` takes it from that register."""
    if evidence.document is not None:
        cited = workspace.documents_by_id[evidence.document]
        what = (
            cited.type,
            cited.number or "",
            cited.date,
            cited.issuer or (workspace.agency.short_name if cited.own else ""),
            cited.abstract,
        )
    else:
        what = (
            evidence.type or "",
            evidence.number or "",
            evidence.date,
            evidence.issuer or "",
            evidence.abstract or "",
        )
    own = evidence.origin()
    pages = traced("trang ", evidence.pages) if evidence.pages else ""
    sample = computed("Mẫu" if workspace.uses_sample(evidence) else "", own)
    return EvidenceDocument(
        computed(evidence.code, evidence.origin("code")),
        Path(evidence.file),
        *what,
        position=traced_list(", ", filter(None, (evidence.section, pages))),
        remark=listed(evidence.note, sample),
        page_count=evidence.page_count,
        signed=evidence.signed,
        original=Path(evidence.original) if evidence.original is not None else None,
        sha256=evidence.sha256,
        original_sha256=evidence.sha256_original,
        place=evidence.at("file"),
        origins=(own,),
    )


@kept
def documents_of(workspace: Workspace) -> Mapping[str, tuple[EvidenceDocument, ...]]:
    """Return the documents of every sub-criterion by its code, in the order of the set.

    Its own and those that other sub-criteria share with it stand in one order: by date, then
    number, then code. A document without a date, or without a number, stands after those that
    have one.
    """
    served: dict[str, list[EvidenceDocument]] = {code: [] for code in workspace.sub_criteria}
    for each in entries(workspace):
        document = described(each, workspace)
        for code in criteria_of(each, workspace):
            if code in served:
                served[code].append(document)
    return {code: tuple(sorted(listed, key=_order)) for code, listed in served.items()}


def ordered(workspace: Workspace) -> tuple[EvidenceDocument, ...]:
    """Return every document once, in the order of the index and of the dossier's pages.

    Those whose criterion is not in the set are left out; they are mistakes of the register.
    """
    return tuple(
        document
        for criterion, served in documents_of(workspace).items()
        for document in served
        if document.criterion == criterion
    )


Order = tuple[datetime.date, bool, tuple[tuple[int, str, str], ...], tuple[int, ...], int]


def _order(document: EvidenceDocument) -> Order:
    return (
        document.date or datetime.date.max,
        not document.number,
        _natural(document.number),
        code_order(document.criterion),
        int(document.code.rpartition("-")[2]),
    )


def _natural(number: str) -> tuple[tuple[int, str, str], ...]:
    """Return a sort key in which 9/KH-UBND stands before 15/KH-UBND, however long a number is."""
    return tuple(
        (len(digits), digits, letters) for digits, letters in re.findall(r"0*(\d*)(\D+|$)", number)
    )
