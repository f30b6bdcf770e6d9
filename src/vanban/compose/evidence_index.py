"""The index of evidence (Danh mục tài liệu kiểm chứng) with the archive's forms, by its outline."""

from __future__ import annotations

from pathlib import Path

from vanban.compose.composed import Composed
from vanban.compose.furniture import make_document, year_of
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.evidence.descriptions import described
from vanban.evidence.page_numbers import Numbering
from vanban.evidence.rows import BLANK, evidence_rows, listing_rows
from vanban.nd30.dates import short_date
from vanban.provenance import TracedNumber, computed
from vanban.workspace.models.answers import SelfAssessment
from vanban.workspace.models.evidence import EvidenceRegister
from vanban.workspace.workspace import Workspace


def compose_evidence_index(
    workspace: Workspace,
    register: EvidenceRegister,
    assessment: SelfAssessment,
    numbering: Numbering | None,
    templates: Path,
) -> Composed:
    """Compose the index; signer and recipients are those of the self-assessment.

    ``numbering`` is that of the dossier, None where the register is empty.
    Raises TemplateError where the outline cannot be used.
    """
    dossier = register.dossier
    dates = [described(evidence, workspace).date for evidence in register.evidence]
    known = sorted(day for day in (*dates, dossier.start, dossier.end) if day is not None)
    signed = sum(evidence.signed for evidence in register.evidence)
    listed = register.origin("evidence")
    counts = (numbering.page_total, numbering.sheet_total) if numbering is not None else (0, 0)
    first = short_date(dossier.start or known[0]) if known else BLANK
    last = short_date(dossier.end or known[-1]) if known else BLANK
    outlined = fill_outline(
        templates / "evidence-index.md",
        {
            "year": year_of(workspace),
            "dossier": dossier,
            "keeper": workspace.units_by_id[dossier.keeper].name,
            "count": TracedNumber(len(register.evidence), listed),
            "pages": TracedNumber(counts[0], listed),
            "sheets": TracedNumber(counts[1], listed),
            "evidence": tuple(evidence_rows(workspace)),
            "listing": tuple(listing_rows(workspace, numbering)) if numbering else (),
            "start": computed(first, dossier.origin("start"), listed),
            "end": computed(last, dossier.origin("end"), listed),
            "condition": computed(f"tài liệu điện tử đọc được; {signed} bản ký số.", listed),
            "compiler": dossier.compiler or computed(BLANK, dossier.origin("compiler")),
        },
    )
    cited = tuple(
        workspace.documents_by_id[evidence.document]
        for evidence in register.evidence
        if evidence.document is not None
    )
    unit = workspace.units_by_id[dossier.keeper]
    used = (register, assessment, unit, *cited)
    document = make_document("evidence-index", outlined, assessment, workspace, used)
    missing = gaps("evidence-index", document, (register,), workspace)
    unknown = (
        ("thời gian tài liệu (ho_so.tu_ngay, den_ngay)", not known),
        ("người lập hồ sơ (ho_so.nguoi_lap)", dossier.compiler is None),
    )
    blanks = tuple(f"{name} — ghi tay khi lập hồ sơ" for name, is_blank in unknown if is_blank)
    return Composed(document, outlined.path, missing=missing, blanks=blanks)
