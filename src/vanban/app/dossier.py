"""The dossier of evidence: made whole, or only numbered for the lists that name its pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from vanban.compose.furniture import SAMPLE_BANNER
from vanban.dossier.assemble import number_pages
from vanban.dossier.front import set_front
from vanban.dossier.make import Dossier, make_dossier
from vanban.errors import ContentError, Place, Problem
from vanban.evidence.dossier_plan import plan_dossier
from vanban.evidence.page_numbers import Numbering
from vanban.evidence.register import check_evidence
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.render.typesetter import Typesetter
from vanban.workspace.files import CRITERIA, EVIDENCE
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.models.evidence import EvidenceRegister
from vanban.workspace.workspace import Workspace


def build_dossier(
    workspace: Workspace, templates: Path, out: Path, fallback_date: date | None
) -> Dossier:
    """Make the dossier of evidence of the year in ``out/<year>/``: PDF, folder and ZIP.

    Raises ContentError where criteria or register are missing, or any file cannot be used: a
    dossier is complete or not made.
    """
    problems = [
        Problem(
            Place(file.path(workspace.root, workspace.year)),
            "",
            "chưa có tệp này để lập hồ sơ — hãy tạo tệp",
        )
        for file in (CRITERIA, EVIDENCE)
        if workspace.entry(file) is None
    ]
    problems += check_evidence(workspace)
    if problems or workspace.criteria is None or workspace.evidence is None:
        raise ContentError(problems)
    plan = plan_dossier(workspace, workspace.criteria, workspace.evidence, SAMPLE_BANNER)
    frame = read_frame(templates / "frame.docx")
    target = out / str(workspace.year)
    return make_dossier(plan, target, Typesetter(), frame, find_times(), fallback_date)


def number_evidence(
    workspace: Workspace, criteria: CriteriaSet, register: EvidenceRegister, templates: Path
) -> Numbering:
    """Number the pages of the dossier as ``dossier.pdf`` does, without making it.

    Cover and index are set for their length; pages of documents are those of the register, whose
    files must have been checked. Raises ContentError where the register is empty.
    """
    plan = plan_dossier(workspace, criteria, register, SAMPLE_BANNER)
    frame = read_frame(templates / "frame.docx")
    front = set_front(plan, Typesetter(), frame, find_times(), None)
    counts = {
        evidence.code: evidence.page_count
        for evidence in register.evidence
        if evidence.page_count is not None
    }
    return number_pages(plan, front, counts)
