"""The list of evidence (Danh mục tài liệu kiểm chứng) with the archive's forms, by its outline.

Nobody numbers or sends it: it is signed by who makes it, and so is each form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.compose.composed import Composed
from vanban.compose.furniture import make_list
from vanban.compose.needs import gaps, not_attached
from vanban.compose.outline import fill_outline
from vanban.document import Signature
from vanban.evidence.awaited import awaited
from vanban.evidence.descriptions import described
from vanban.evidence.page_numbers import Numbering
from vanban.evidence.rows import BLANK, EvidenceRow, evidence_rows, listing_rows
from vanban.nd30.dates import blank_date, long_date, short_date
from vanban.provenance import TracedNumber, computed, listed, traced
from vanban.workspace.models.criteria import SubCriterion
from vanban.workspace.models.evidence import EvidenceRegister
from vanban.workspace.workspace import Workspace

LINE_TO_SIGN = "…" * 12
"""Stands for the name of who made a form where it is written by hand."""


class CriterionRows(Struct, frozen=True):
    """The evidence of a sub-criterion, as rows of the list."""

    code: str
    name: str
    rows: tuple[EvidenceRow, ...]


def compose_evidence_index(
    workspace: Workspace, register: EvidenceRegister, numbering: Numbering | None, templates: Path
) -> Composed:
    """Compose the list; ``numbering`` is that of the dossier, None where the register is empty.

    Raises TemplateError where the outline cannot be used.
    """
    dossier = register.dossier
    dates = [described(evidence, workspace).date for evidence in register.evidence]
    known = sorted(day for day in (*dates, dossier.start, dossier.end) if day is not None)
    signed = sum(evidence.signed for evidence in register.evidence)
    listed = register.origin("evidence")
    counts = (numbering.page_total, numbering.sheet_total) if numbering is not None else (0, 0)
    lacking = tuple(awaited(workspace))
    first = short_date(dossier.start or known[0]) if known else BLANK
    last = short_date(dossier.end or known[-1]) if known else BLANK
    made_on = dossier.made_on
    words = long_date(made_on) if made_on is not None else blank_date(workspace.year)
    day = computed(words, dossier.origin("made_on"))
    compiler = dossier.compiler or computed(LINE_TO_SIGN, dossier.origin("compiler"))
    outlined = fill_outline(
        templates / "evidence-index.md",
        {
            "place_date": traced(workspace.agency.place_name, ", ", day),
            "dossier": dossier,
            "keeper": workspace.units_by_id[dossier.keeper].name,
            "count": TracedNumber(len(register.evidence), listed),
            "pages": TracedNumber(counts[0], listed),
            "lacking": TracedNumber(
                len(lacking), *(origin for each in lacking for origin in each.origins)
            ),
            "sheets": TracedNumber(counts[1], listed),
            "evidence": tuple(_by_criterion(workspace)),
            "listing": tuple(listing_rows(workspace, numbering)) if numbering else (),
            "start": computed(first, dossier.origin("start"), listed),
            "end": computed(last, dossier.origin("end"), listed),
            "condition": computed(f"tài liệu điện tử đọc được; {signed} bản ký số.", listed),
            "compiler": compiler,
        },
    )
    cited = tuple(
        workspace.documents_by_id[evidence.document]
        for evidence in register.evidence
        if evidence.document is not None
    )
    unit = workspace.units_by_id[dossier.keeper]
    maker = Signature((outlined.front.get("nguoi_ky", ""),), compiler)
    used = (register, unit, *cited, *(each.document for each in lacking))
    document = make_list("evidence-index", outlined, workspace, used, day, maker)
    missing = gaps("evidence-index", document, (register,), workspace, not_attached(workspace))
    unknown = (
        ("thời gian tài liệu (ho_so.tu_ngay, den_ngay)", not known),
        ("ngày lập (ho_so.ngay_lap)", made_on is None),
        ("người lập hồ sơ (ho_so.nguoi_lap)", dossier.compiler is None),
    )
    blanks = tuple(f"{name} — ghi tay khi lập hồ sơ" for name, is_blank in unknown if is_blank)
    return Composed(document, outlined.path, missing=missing, blanks=blanks)


def _by_criterion(workspace: Workspace) -> Iterator[CriterionRows]:
    """Yield the evidence of each sub-criterion that has any, in the order of the set."""
    rows: dict[str, list[EvidenceRow]] = {}
    for row in evidence_rows(workspace):
        joined = replace(
            row, number=listed(row.number, row.date), title=listed(row.title, row.issuer)
        )
        rows.setdefault(str(row.criterion), []).append(joined)
    for code, found in rows.items():
        part: SubCriterion = workspace.sub_criteria[code]
        yield CriterionRows(computed(code, part.origin("code")), part.name, tuple(found))
