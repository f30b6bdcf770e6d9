"""The handout for the meeting about a report: its figures on one sheet, by ``brief.md``.

Nobody numbers or signs it. It says what the report says: the same figures, verdicts and words.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

from jinja2 import UndefinedError
from msgspec import Struct

from vanban.compose.bars import Bar, bar_chart
from vanban.compose.composed import Composed
from vanban.compose.furniture import date_of, make_handout
from vanban.compose.narrative import Narrative
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.period_values import period_values
from vanban.compose.report_annexes import target_row
from vanban.compose.report_facts import Facts, gather, used_by
from vanban.document import Table
from vanban.figures.notation import format_ratio
from vanban.figures.targets import tasks_due
from vanban.figures.tracked import Tracked, shortfalls
from vanban.figures.verdicts import Verdict
from vanban.provenance import TracedNumber, computed, traced
from vanban.workspace.workspace import Workspace

LONGEST_TASK = 150
"""Characters of a task that the handout prints; the plan has all of it."""


class KeyFigure(Struct, frozen=True):
    """A figure of the period as printed, with its unit, last year's and the change."""

    name: str
    value: str
    last_year: str
    change: str


class Shortfall(Struct, frozen=True):
    """A target that is missed or at risk, and who answers for it."""

    name: str
    level: str
    value: str
    verdict: str
    explanation: str
    leads: str


class DueTask(Struct, frozen=True):
    """A task that comes due; ``text`` may be shortened."""

    text: str
    leads: str
    deadline: str


def compose_brief(workspace: Workspace, period_id: str, templates: Path) -> Composed:
    """Compose the handout for the report of ``period_id``; the figures must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    facts = gather(workspace, period_id, templates)
    report, period = facts.report, facts.period

    def key_figures(*ids: str) -> tuple[KeyFigure, ...]:
        """Return those figures that the period has."""
        for name in ids:
            if name not in workspace.indicators_by_id:
                raise UndefinedError(f"chi-tieu.yaml không có chỉ tiêu {name}")
        return tuple(
            _key_figure(name, facts) for name in ids if facts.figures[name].exact is not None
        )

    def shortfall(row: Tracked) -> Shortfall:
        told = target_row(row, facts)
        who = facts.leads(result.task for result in row.results)
        return Shortfall(told.name, told.level, told.value, told.verdict, told.explanation, who)

    outlined = fill_outline(
        templates / "brief.md",
        {
            "agency": workspace.agency,
            "report": report,
            **period_values(report, period, workspace.year),
            "key_figures": key_figures,
            "compares": facts.last_year is not None,
            "count": TracedNumber(len(facts.targets), report.origin()),
            "chart": _chart(facts.targets) if facts.targets else "",
            "shortfalls": tuple(map(shortfall, shortfalls(facts.targets))),
            "due": tuple(
                DueTask(_shortened(task.text), facts.leads([task]), date_of(task, "deadline"))
                for task in tasks_due(workspace, period_id)
            ),
        },
        Narrative(facts, templates).referred,
    )
    document = make_handout(f"brief-{period_id}", outlined, workspace, (report, *used_by(facts)))
    return Composed(document, outlined.path, missing=gaps("brief", document, (report,), workspace))


def _key_figure(name: str, facts: Facts) -> KeyFigure:
    indicator = facts.figures[name].indicator
    value = facts.printed(indicator)
    return KeyFigure(
        indicator.name,
        value if indicator.is_ratio else traced(value, " ", indicator.unit),
        facts.printed_last_year(indicator),
        facts.printed_change(indicator),
    )


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TASK:
        return text
    return traced(text[: text.rindex(" ", 0, LONGEST_TASK)], " …")


def _chart(targets: tuple[Tracked, ...]) -> Table:
    """Return bars of how many indicators have each verdict, the best first."""
    counted = Counter(row.verdict for row in targets)
    order = (Verdict.REACHED, Verdict.ON_TRACK, Verdict.AT_RISK, Verdict.MISSED)
    bars = []
    for verdict in (*order, *(each for each in Verdict if each not in order and counted[each])):
        origins = tuple(
            row.results[0].target.origin("level") for row in targets if row.verdict is verdict
        ) or (targets[0].results[0].target.origin("level"),)
        share = Fraction(counted[verdict], len(targets))
        figure = computed(f"{counted[verdict]} ({format_ratio(share)})", *origins)
        bars.append(Bar(computed(verdict, *origins), share, figure))
    return bar_chart(bars, ("Đánh giá", "Tỷ lệ số chỉ tiêu", "Số chỉ tiêu"), (60.0, 72.0, 33.0))
