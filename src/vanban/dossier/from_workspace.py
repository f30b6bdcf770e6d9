"""Workspace → DossierPlan: which evidence goes where in the dossier of the year."""

from __future__ import annotations

from pathlib import Path

from vanban.compose.furniture import SAMPLE_BANNER
from vanban.dossier.plan import Criterion, DossierPlan, Field, Item
from vanban.errors import ContentError
from vanban.evidence.file_kinds import SUFFIXES
from vanban.evidence.place import on_disk
from vanban.evidence.register import described, evidence_of, folder_of
from vanban.evidence.rows import evidence_rows, own_note
from vanban.invocation import command_here
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.models.evidence import Evidence, EvidenceRegister
from vanban.workspace.workspace import Workspace


def plan_dossier(
    workspace: Workspace, criteria: CriteriaSet, register: EvidenceRegister
) -> DossierPlan:
    """Return the plan of the dossier; criteria and fields without evidence are left out.

    Raises ContentError where the register is empty.
    """
    if not register.evidence:
        add = command_here("evidence add")
        message = f"sổ chưa có tài liệu nào — thêm bằng {add} rồi lập hồ sơ"
        raise ContentError([register.problem(message, "evidence")])
    served = evidence_of(workspace)
    positions = {row.code: row for row in evidence_rows(workspace) if row.code}

    def item(evidence: Evidence) -> Item:
        facts = described(evidence, workspace)
        folder = folder_of(workspace)
        kind = SUFFIXES.get(Path(evidence.file).suffix.lower())
        return Item(
            code=evidence.code,
            title=positions[evidence.code].title,
            file=on_disk(folder, evidence.file),
            type=facts.type,
            number=facts.number or "",
            issued=facts.date,
            issuer=facts.issuer,
            where=positions[evidence.code].position,
            note=own_note(evidence, workspace),
            signed=evidence.signed,
            stand_in=kind is not None and kind.is_office,
            original=on_disk(folder, evidence.original) if evidence.original is not None else None,
            sha256=evidence.sha256,
            original_sha256=evidence.sha256_original,
            place=evidence.at("file"),
        )

    fields = []
    for field in criteria.fields:
        parts = [part for criterion in field.criteria for part in criterion.parts]
        groups = tuple(
            Criterion(part.code, part.name, tuple(item(each) for each in served[part.code]))
            for part in parts
            if served[part.code]
        )
        if groups:
            fields.append(Field(field.code, field.name, groups))
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
        start=dossier.start,
        end=dossier.end,
        two_sided=dossier.two_sided,
        banner=SAMPLE_BANNER if sample else "",
    )
