"""What one report is made from: its figures, last year's, the targets, the documents issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from vanban.compose.plan import task_places
from vanban.figures.comparison import Change, compare
from vanban.figures.levels import Level
from vanban.figures.notation import NO_CHANGE_KNOWN, format_change, format_value
from vanban.figures.targets import assess, leads_by_task, levels_by_indicator
from vanban.figures.tracked import Tracked, tracked
from vanban.figures.values import Figures, read_figures, read_last_year, typed_for
from vanban.nd30.paper_forms import TITLE_ONLY
from vanban.provenance import Origin, computed, traced_list
from vanban.workspace.models.entry import SampleEntry
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.plan import Task
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.models.report import Report
from vanban.workspace.periods import PERIODS, Period, window
from vanban.workspace.workspace import Workspace


class Facts(Struct, frozen=True):
    """Everything computed for one report."""

    workspace: Workspace
    report: Report
    period: Period
    figures: Figures
    last_year: Figures | None
    changes: Mapping[str, Change | None]
    levels: Mapping[str, tuple[Level, ...]]
    targets: tuple[Tracked, ...]
    issued: tuple[CitedDocument, ...]

    def typed(self, indicator: Indicator, *reports: Figures | None) -> tuple[Origin, ...]:
        """Return the figures that were typed in ``reports`` for an indicator."""
        known = [each for each in reports if each is not None] or [self.figures]
        return tuple(
            origin for each in known for origin in typed_for(self.workspace, each, indicator.id)
        )

    def leads(self, tasks: Iterable[Task]) -> str:
        """Return the names of the units that lead ``tasks``, each once; "" where none does."""
        leads = leads_by_task(self.workspace)
        ids = dict.fromkeys(unit for task in tasks for unit in leads[task.id])
        return traced_list("; ", (self.workspace.units_by_id[unit].name for unit in ids))

    def printed(self, indicator: Indicator) -> str:
        """Return the result of the period; a ratio never reads as reaching a level it misses."""
        text = format_value(self.figures[indicator.id], self.levels.get(indicator.id, ()))
        return computed(text, *self.typed(indicator, self.figures))

    def printed_last_year(self, indicator: Indicator) -> str:
        text = NO_CHANGE_KNOWN
        if self.last_year is not None:
            text = format_value(self.last_year[indicator.id], self.levels.get(indicator.id, ()))
        return computed(text, *self.typed(indicator, self.last_year))

    def printed_change(self, indicator: Indicator) -> str:
        text = format_change(self.changes[indicator.id])
        return computed(text, *self.typed(indicator, self.figures, self.last_year))


def gather(workspace: Workspace, period_id: str, templates: Path) -> Facts:
    figures = read_figures(workspace, period_id)
    last_year = read_last_year(workspace, period_id)
    places = task_places(workspace, templates) if workspace.plan is not None else {}
    return Facts(
        workspace,
        figures.report,
        PERIODS[period_id],
        figures,
        last_year,
        compare(figures, last_year),
        levels_by_indicator(workspace),
        tracked(assess(workspace, figures, lambda task_id: places.get(task_id, ""), last_year)),
        tuple(_issued(workspace, period_id)),
    )


def used_by(facts: Facts) -> tuple[SampleEntry, ...]:
    """Return what the report is made from, besides its own file and its head."""
    workspace = facts.workspace
    used: list[SampleEntry] = [workspace.indicators, *workspace.areas, *facts.issued]
    if workspace.plan is not None:
        used.append(workspace.plan)
    before = workspace.last_year_reports.get(facts.period.id)
    if before is not None:
        used.append(before)
    return tuple(used)


def _issued(workspace: Workspace, period_id: str) -> Iterator[CitedDocument]:
    """Yield the agency's own documents dated in the period, by date; slips direct nothing."""
    first, last = window(period_id, workspace.year)
    dated = [
        (document.date, document)
        for document in workspace.all_documents
        if document.own
        and document.type not in TITLE_ONLY
        and document.date is not None
        and first <= document.date <= last
    ]
    for _, document in sorted(dated, key=lambda pair: pair[0]):
        yield document
