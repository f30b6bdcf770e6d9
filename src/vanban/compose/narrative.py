"""The narrative of a report: sentences made from its figures, then what officials typed.

In: the facts of the report and the sentences of its outline. Out: the paragraphs of each section,
for the outline ``report.md``, and what they lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec import Struct

from vanban.compose.abbreviations import inside_a_sentence
from vanban.compose.composed import Gap
from vanban.compose.furniture import date_of
from vanban.compose.report_facts import Facts
from vanban.compose.sections import Sections
from vanban.compose.sentences import LAST_YEAR, PLAIN, Reference, read_sentences
from vanban.figures.comparison import change_since, read_previous
from vanban.figures.figures_in_text import missing_references, with_figures
from vanban.figures.notation import change_in_words, format_in_sentence
from vanban.figures.targets import leads_by_task, tasks_due
from vanban.figures.tracked import shortfalls
from vanban.figures.values import Figures
from vanban.figures.verdicts import SHORT_OF, Verdict
from vanban.provenance import computed, traced, traced_list
from vanban.workspace.models.entry import typed_texts
from vanban.workspace.models.indicators import Indicator

SHORTCOMINGS, NEXT_STEPS = "danh_gia.ton_tai", "phuong_huong"
SAME_PERIOD = "cùng kỳ năm trước"


class Shortfall(Struct, frozen=True):
    """A target of the plan that is missed or in danger, as a sentence tells it."""

    name: str
    value: str
    level: str


class Shortfalls(Struct, frozen=True):
    """Those of one verdict; ``count`` is worded: "01", "12"."""

    count: str
    is_missed: bool
    rows: tuple[Shortfall, ...]


class DueTask(Struct, frozen=True):
    """A task of the plan that comes due; ``units`` are those that lead it, "" for none."""

    text: str
    units: str
    deadline: str


class Narrative:
    """The paragraphs of the sections of a report; everything that they need is found once."""

    def __init__(self, facts: Facts, templates: Path) -> None:
        self._facts = facts
        self._templates = templates
        self._previous = read_previous(facts.workspace, facts.period.id)

    # --- figures -----------------------------------------------------------------------------

    def figure(self, indicator: Indicator, in_fraction: bool = False) -> str:
        """Return the figure of the period as a sentence writes it."""
        if in_fraction:
            return self._facts.printed(indicator)
        levels = self._facts.levels.get(indicator.id, ())
        text = format_in_sentence(self._facts.figures[indicator.id], levels)
        return computed(text, *self._facts.typed(indicator, self._facts.figures))

    def referred(self, text: str) -> str:
        """Return a text with the figures that its typed references stand for."""
        return with_figures(text, self._facts.figures.values, self._facts.report, self.figure)

    def _says(self, reference: Reference) -> str | None:
        indicator = self._facts.workspace.indicators_by_id[reference.indicator]
        now = self._facts.figures[indicator.id]
        if reference.form == PLAIN:
            return None if now.exact is None else self.figure(indicator, reference.in_fraction)
        figures, against = self._against(reference.form)
        change = None if figures is None else change_since(figures[indicator.id], now)
        if change is None:
            return None
        text = change_in_words(change, indicator.unit, against)
        return computed(text, *self._facts.typed(indicator, self._facts.figures, figures))

    def _against(self, form: str) -> tuple[Figures | None, str]:
        if form == LAST_YEAR:
            return self._facts.last_year, SAME_PERIOD
        return self._previous or (None, "")

    def _is_zero(self, reference: Reference) -> bool:
        return self._facts.figures[reference.indicator].exact == 0

    # --- sections ----------------------------------------------------------------------------

    @cached_property
    def _sections(self) -> Sections:
        return Sections(
            self._facts.report,
            read_sentences(self._templates),
            self._facts.workspace.indicators_by_id,
            self._says,
            self._is_zero,
        )

    def paragraphs(self, section: str) -> tuple[str, ...]:
        """Return the paragraphs of a section, as :meth:`Sections.paragraphs` does."""
        return self._sections.paragraphs(section)

    # --- the plan ----------------------------------------------------------------------------

    def shortfalls(self) -> tuple[Shortfalls, ...]:
        """Return the targets that are missed, then those that may not be reached."""
        every = (self._short(verdict) for verdict in SHORT_OF)
        return tuple(each for each in every if each.rows)

    def _short(self, verdict: Verdict) -> Shortfalls:
        rows = []
        for row in shortfalls(self._facts.targets):
            if row.verdict is not verdict:
                continue
            levels = (each.level_text for each in row.levels if each.verdict is verdict)
            value = self._facts.printed(row.indicator)
            unit = "" if row.indicator.is_ratio else row.indicator.unit
            rows.append(
                Shortfall(
                    inside_a_sentence(row.indicator.name, self._facts.workspace),
                    traced(value, " ", unit) if unit else value,
                    traced_list("; ", dict.fromkeys(levels)),
                )
            )
        origin = self._facts.workspace.indicators.origin()
        count = computed(f"{len(rows):02}", origin)
        return Shortfalls(count, verdict is Verdict.MISSED, tuple(rows))

    def due(self) -> tuple[DueTask, ...]:
        """Return the tasks of the plan due in the next period, by date, where asked for."""
        if not self._facts.report.lists_due_tasks:
            return ()
        workspace = self._facts.workspace
        leads = leads_by_task(workspace)
        return tuple(
            DueTask(
                task.text.rstrip(" .;"),
                traced_list(", ", (workspace.units_by_id[unit].name for unit in leads[task.id])),
                date_of(task, "deadline"),
            )
            for task in tasks_due(workspace, self._facts.period.id)
        )

    def warnings(self) -> Iterator[str]:
        """Yield a warning where tasks that come due are asked for and there are none."""
        facts = self._facts
        if facts.report.lists_due_tasks and not self.due():
            yield (
                "viec_den_han: không nhiệm vụ nào của kế hoạch có thời hạn trong "
                f"{facts.period.next_title(facts.workspace.year)} — ghi han cho nhiệm vụ trong "
                "linh-vuc, hoặc bỏ viec_den_han"
            )

    def uses(self, abbreviation: str) -> bool:
        """Say whether the report has an abbreviation besides explaining it."""
        facts = self._facts
        topics = (topic for group in facts.workspace.indicators.groups for topic in group.topics)
        texts = chain(
            (text for text, _ in typed_texts(facts.report)),
            (indicator.name for topic in topics for indicator in topic.indicators),
            (row.indicator.name for row in facts.targets),
            (document.abstract for document in facts.issued),
        )
        form = re.compile(rf"\b{re.escape(abbreviation)}\b")
        return any(form.search(text) for text in texts)

    # --- what is missing ---------------------------------------------------------------------

    def fills(self, section: str) -> bool:
        """Say whether a section has text although nothing was typed for it."""
        return section in self._sections.told or (
            (section == SHORTCOMINGS and bool(shortfalls(self._facts.targets)))
            or (section == NEXT_STEPS and bool(self.due()))
        )

    def gaps(self) -> Iterator[Gap]:
        """Yield the references in typed texts to figures that the period lacks."""
        for text, position, value in missing_references(
            self._facts.figures.values, self._facts.report
        ):
            told = f"lời văn dẫn {{{value.indicator.id}}}, {value.status}: {value.indicator.name}"
            yield Gap(f"{told} — nhập số liệu hoặc viết lại câu", text.place_at(position))
