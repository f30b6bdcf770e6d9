"""What goes into a dossier and in which order; independent of where it was read from.

Fields (lĩnh vực) hold criteria (tiêu chí), criteria hold items. A document that serves several
criteria is listed under each of them with its one code; it is placed under the one its code
belongs to, and elsewhere the index refers to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from vanban.evidence.descriptions import EvidenceDocument, documents_of
from vanban.evidence.place import evidence_folder, on_disk
from vanban.evidence.rows import EvidenceRow, awaited_rows
from vanban.nd30.dates import short_date
from vanban.provenance import Origin, computed
from vanban.workspace.models.criteria import CriteriaField, CriteriaSet, SubCriterion
from vanban.workspace.models.evidence import DossierData, EvidenceRegister
from vanban.workspace.workspace import Workspace

REFERENCE = "xem/"
"""Begins the target of a link from a row that only refers to a document; its code follows."""


class Criterion(Struct, frozen=True):
    """A criterion with its evidence; criteria without any need not be listed."""

    code: str
    title: str
    items: tuple[EvidenceDocument, ...]


class Field(Struct, frozen=True):
    """A field of the assessment; it gets a divider, and a folder of its own."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]

    @property
    def anchor(self) -> str:
        """Where its divider begins, among the pages of our own and those of the dossier."""
        return f"linh-vuc-{self.code}"


class DossierPlan(Struct, frozen=True):
    """The whole dossier (hồ sơ).

    ``agency`` are the lines that name the agency, ``file_code`` the number of the dossier in the
    agency's list of files; ``banner`` is the warning of every page, "" for none. With
    ``two_sided`` every divider and document starts on the front of a sheet. ``start`` and ``end``
    are the first and last day, "" where not known. ``origins`` are the list of its documents.
    ``awaited`` are rows of documents whose signed copy is not attached: they have no pages.
    ``shared_version`` is that of :attr:`Workspace.shared_version`.
    """

    title: str
    agency: tuple[str, ...]
    file_code: str
    retention: str
    year: int
    fields: tuple[Field, ...]
    keeper: str = ""
    start: str = ""
    end: str = ""
    two_sided: bool = False
    banner: str = ""
    origins: tuple[Origin, ...] = ()
    awaited: tuple[EvidenceRow, ...] = ()
    shared_version: str = ""

    def rows(self) -> Iterator[tuple[Field, Criterion, EvidenceDocument, bool]]:
        """Yield every entry in order; the last value says whether its document stands here."""
        homes = self._homes()
        for field in self.fields:
            for criterion in field.criteria:
                for item in criterion.items:
                    yield field, criterion, item, homes[item.code] == criterion.code

    def _homes(self) -> dict[str, str]:
        """Return the criterion each document is filed under: its code's own, else the first."""
        homes: dict[str, str] = {}
        for field in self.fields:
            for criterion in field.criteria:
                for item in criterion.items:
                    homes.setdefault(item.code, criterion.code)
                    if item.code.rpartition("-")[0] == criterion.code:
                        homes[item.code] = criterion.code
        return homes

    def placed_in(self, field: Field) -> tuple[EvidenceDocument, ...]:
        """Return the documents that stand behind the divider of ``field``."""
        return tuple(item for other, _, item, here in self.rows() if here and other is field)

    def placed(self) -> tuple[EvidenceDocument, ...]:
        """Return the documents in the order of their pages, each once."""
        return tuple(item for _, _, item, here in self.rows() if here)


def plan_dossier(
    workspace: Workspace, criteria: CriteriaSet, register: EvidenceRegister, sample_banner: str
) -> DossierPlan:
    """Return the plan of the dossier; criteria and fields without evidence are left out.

    ``sample_banner`` is its banner where anything in it is a sample.
    """
    served = documents_of(workspace)
    folder = evidence_folder(workspace.root, workspace.year)

    def found(document: EvidenceDocument) -> EvidenceDocument:
        original = document.original
        return replace(
            document,
            file=on_disk(folder, str(document.file)),
            original=on_disk(folder, str(original)) if original is not None else None,
        )

    fields = []
    for field in criteria.fields:
        groups = tuple(
            Criterion(_code(part), part.name, tuple(map(found, served[part.code])))
            for criterion in field.criteria
            for part in criterion.parts
            if served[part.code]
        )
        if groups:
            fields.append(Field(_code(field), field.name, groups))
    dossier = register.dossier
    sample = workspace.uses_sample(register) or workspace.uses_sample(criteria)
    return DossierPlan(
        title=dossier.title,
        agency=workspace.agency.header_lines,
        file_code=dossier.code,
        retention=dossier.retention,
        year=workspace.year,
        fields=tuple(fields),
        keeper=workspace.units_by_id[dossier.keeper].name,
        start=_day(dossier, "start"),
        end=_day(dossier, "end"),
        two_sided=dossier.two_sided,
        shared_version=workspace.shared_version,
        banner=sample_banner if sample else "",
        origins=(register.origin("evidence"),),
        awaited=tuple(awaited_rows(workspace)),
    )


def _code(entry: SubCriterion | CriteriaField) -> str:
    return computed(entry.code, entry.origin("code"))


def _day(dossier: DossierData, name: str) -> str:
    day: date | None = getattr(dossier, name)
    return computed(short_date(day), dossier.origin(name)) if day is not None else ""
