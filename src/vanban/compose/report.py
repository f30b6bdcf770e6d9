"""The periodic report (báo cáo định kỳ): figures and narrative → Document, by ``report.md``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import UndefinedError

from vanban.compose.composed import Composed, Gap
from vanban.compose.furniture import basis_lines, blank_bases, make_document, registry_blanks
from vanban.compose.narrative import Narrative
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
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
from vanban.nd30.dates import short_date
from vanban.provenance import computed
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import window
from vanban.workspace.workspace import Workspace

INITIATIVES = "chi_dao_dieu_hanh.sang_kien"
INITIATIVE_PERIODS = ("h1", "year")
"""Initiatives are reported for six months and the year; in other periods only where there are."""


def compose_report(workspace: Workspace, period_id: str, templates: Path) -> Composed:
    """Compose the report of ``period_id``; the figures must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    facts = gather(workspace, period_id, templates)
    report, period = facts.report, facts.period

    def indicator(indicator_id: str) -> Indicator:
        found = workspace.indicators_by_id.get(indicator_id)
        if found is None:
            raise UndefinedError(f"chi-tieu.yaml không có chỉ tiêu {indicator_id}")
        return found

    def figure(indicator_id: str) -> str:
        return facts.printed(indicator(indicator_id))

    def known(*indicator_ids: str) -> bool:
        """Say whether a sentence can be made from these figures: each has a value."""
        return all(facts.figures[indicator(each).id].exact is not None for each in indicator_ids)

    narrative = Narrative(facts, templates)
    first, last = window(period_id, workspace.year)
    own = report.origin()
    outlined = fill_outline(
        templates / "report.md",
        {
            "agency": workspace.agency,
            "report": report,
            "bases": basis_lines(report.bases, workspace),
            "abstract": computed(period.report_abstract(workspace.year), own),
            "period_title": computed(period.title(workspace.year), own),
            "next_period_title": computed(period.next_title(workspace.year), own),
            "window": {
                "start": computed(short_date(first), own),
                "end": computed(short_date(last), own),
            },
            "cumulative": period.cumulative,
            "initiatives_due": period.id in INITIATIVE_PERIODS,
            "figure": figure,
            "known": known,
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


# --- what is missing -------------------------------------------------------------------------


def _missing(facts: Facts, narrative: Narrative) -> Iterator[Gap]:
    report = facts.report
    for indicator in missing_figures(facts.figures):
        text = f"{Status.MISSING}: {indicator.name} (so_lieu: {indicator.id})"
        yield Gap(text, report.at("figures"), f"so_lieu.{indicator.id}")
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
    yield from narrative.gaps()
    for gap in empty_sections(report):
        left_out = gap.key == INITIATIVES and facts.period.id not in INITIATIVE_PERIODS
        if not left_out and not narrative.fills(gap.key):
            yield gap
