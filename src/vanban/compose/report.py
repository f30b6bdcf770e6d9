"""The periodic report (báo cáo định kỳ): figures and narrative → Document, by ``report.md``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vanban.compose.composed import Composed, Gap
from vanban.compose.furniture import basis_lines, blank_bases, make_document, registry_blanks
from vanban.compose.narrative import Narrative
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.period_values import INITIATIVE_PERIODS, INITIATIVES, period_values
from vanban.compose.report_annexes import (
    issued_row,
    statistics,
    target_row,
    tracking_note,
)
from vanban.compose.report_facts import Facts, gather, used_by
from vanban.compose.report_sheet import statistics_sheet, tracking_sheet
from vanban.compose.sections import empty_sections
from vanban.figures.tracked import conflicting_targets
from vanban.figures.values import Status, missing_figures
from vanban.workspace.workspace import Workspace


def compose_report(workspace: Workspace, period_id: str, templates: Path) -> Composed:
    """Compose the report of ``period_id``; the figures must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    facts = gather(workspace, period_id, templates)
    report, period = facts.report, facts.period
    narrative = Narrative(facts, templates)
    outlined = fill_outline(
        templates / "report.md",
        {
            "agency": workspace.agency,
            "report": report,
            "bases": basis_lines(report.bases, workspace),
            **period_values(report, period, workspace.year),
            "paragraphs": narrative.paragraphs,
            "shortfalls": narrative.shortfalls,
            "due": narrative.due,
            "uses": narrative.uses,
            "statistics": tuple(statistics(facts)),
            "targets": tuple(target_row(result, facts) for result in facts.targets),
            "tracking": tracking_note(facts),
            "issued": tuple(issued_row(document, workspace) for document in facts.issued),
        },
        narrative.referred,
    )
    document = make_document(period.document_id, outlined, report, workspace, used_by(facts))
    return Composed(
        document,
        outlined.path,
        sheets=(statistics_sheet(facts, document), tracking_sheet(facts, document)),
        missing=gaps("report", document, (report,), workspace, _missing(facts, narrative)),
        blanks=(*registry_blanks(report), *blank_bases(report, workspace)),
        warnings=(*conflicting_targets(facts.targets), *narrative.warnings()),
    )


TRACKED = "Tình hình thực hiện các chỉ tiêu của kế hoạch"
"""The heading of the outline below which the targets of the plan stand."""

# --- what is missing -------------------------------------------------------------------------


def _missing(facts: Facts, narrative: Narrative) -> Iterator[Gap]:
    report = facts.report
    for indicator in missing_figures(facts.figures):
        text = f"{Status.MISSING}: {indicator.name} (so_lieu: {indicator.id})"
        yield Gap(text, report.at("figures"), f"so_lieu.{indicator.id}", name=indicator.name)
    plan = facts.workspace.plan
    for document in facts.issued:
        if not document.has_number:
            is_plan = plan is not None and document.id == plan.id
            place = plan.at("number") if is_plan and plan is not None else document.at("number")
            yield Gap(f"số văn bản của “{document.type} {document.abstract}”", place)
    for document in facts.workspace.documents.documents:
        if document.own and document.date is None:
            title = f"{document.type} {document.abstract}"
            text = f"ngày của “{title}” — chưa có ngày nên không vào Phụ lục II"
            yield Gap(text, document.at("date"))
    if not facts.targets and plan is not None:
        text = (
            "kế hoạch chưa nêu chỉ tiêu nào (chi_tieu của nhiệm vụ) để theo dõi ở Phụ lục I, mục B"
        )
        yield Gap(text, plan.at(), heading=TRACKED)
    yield from narrative.gaps()
    for gap in empty_sections(report):
        left_out = gap.key == INITIATIVES and facts.period.id not in INITIATIVE_PERIODS
        if not left_out and not narrative.fills(gap.key):
            yield gap
