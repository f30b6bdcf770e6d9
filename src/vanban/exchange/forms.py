"""What a unit is asked for one period: figures, documents, narrative; data for its workbook.

In: the workspace, a period and the day by which units answer. Out: :class:`Form`, frozen, one a
unit that answers for something. Sums, ratios and identities are shown to the unit where all that
they are made of is its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from vanban.evidence.descriptions import documents_of
from vanban.exchange.form_layout import FormKey
from vanban.exchange.providers import (
    Units,
    evidence_providers,
    figure_providers,
    is_typed,
    same_field,
)
from vanban.figures.comparison import read_previous
from vanban.figures.notation import format_value
from vanban.figures.values import Figures, read_last_year, typed_parts
from vanban.nd30.dates import in_year, short_date
from vanban.workspace.models.agency import Deadline
from vanban.workspace.models.criteria import RuleKind
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.indicators import Indicator, Nature
from vanban.workspace.models.report import Narrative, Report
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace

OTHERS = "Chỉ tiêu khác của kế hoạch"
_FOR_ALL = frozenset({"danh_gia", "phuong_huong", "kien_nghi"})
"""Sections of the report that every unit may write for."""


class FormRow(Struct, frozen=True):
    """A row of figures: a heading (``indicator`` is ""), a cell to fill, a sum or a ratio.

    ``parts`` are the ids of the cells that a sum adds; ``over`` those of a ratio's denominator.
    """

    number: str
    name: str
    indicator: str = ""
    unit: str = ""
    definition: str = ""
    previous: str = ""
    last_year: str = ""
    decimal: bool = False
    parts: tuple[str, ...] = ()
    over: tuple[str, ...] = ()

    @property
    def is_filled(self) -> bool:
        return bool(self.indicator) and not self.parts


class FormCheck(Struct, frozen=True):
    """An identity over cells of the form: sums of ids, left = right, or left ≤ right."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    at_most: bool


class OwedEvidence(Struct, frozen=True):
    """Documents of a sub-criterion that are not in the register yet, and when they must be."""

    criterion: str
    name: str
    required: str
    registered: int
    needed: int
    due: date


class FormSection(Struct, frozen=True):
    """A section of the report that the unit may write for; ``path`` are its keys, dotted."""

    path: str
    group: str
    title: str


class Form(Struct, frozen=True):
    """The form of one unit."""

    key: FormKey
    head: tuple[str, ...]
    unit_name: str
    compiler: str
    title: str
    start: date
    end: date
    due: date
    previous_title: str
    rows: tuple[FormRow, ...]
    checks: tuple[FormCheck, ...]
    evidence: tuple[OwedEvidence, ...]
    sections: tuple[FormSection, ...]
    shared_version: str = ""

    @property
    def file_name(self) -> str:
        return f"{self.key.period}-{self.key.year}_{self.key.unit}.xlsx"

    @property
    def filled(self) -> tuple[FormRow, ...]:
        return tuple(row for row in self.rows if row.is_filled)


def deadline_of(workspace: Workspace, period: str) -> Deadline | None:
    """Return the row of the calendar (lịch báo cáo) for a period, None where there is none."""
    rows = (row for row in workspace.agency.calendar if row.period == period)
    return next(rows, None)


def units_due(workspace: Workspace, period: str) -> date | None:
    """Return the day by which the units answer: said, else the day when figures are closed."""
    row = deadline_of(workspace, period)
    return None if row is None else in_year(row.units_due or row.closing, workspace.year)


def evidence_due(workspace: Workspace) -> date:
    """Return the day by which the evidence of the year is complete: said, or the dossier's last."""
    dossier = workspace.evidence.dossier if workspace.evidence is not None else None
    said = (dossier.due or dossier.end) if dossier is not None else None
    return said or date(workspace.year, 12, 31)


def compilers(workspace: Workspace, period: str) -> Units:
    """Return the units that compile the report: those it is filed at, else the plan is."""
    for document in (workspace.reports.get(period), workspace.plan):
        if document is not None and document.filing_units:
            return document.filing_units
    return (workspace.agency.units[0].id,)


def make_forms(workspace: Workspace, period: str, due: date) -> tuple[Form, ...]:
    """Return the form of each unit that answers for something, in the order of the units."""
    asked = _Asked(workspace, period)
    units = (unit.id for unit in workspace.agency.units)
    forms = (asked.form(unit, due) for unit in units)
    return tuple(form for form in forms if form.filled or form.evidence)


class _Asked:
    """What all units are asked for, worked out once."""

    def __init__(self, workspace: Workspace, period: str) -> None:
        self.workspace, self.period = workspace, period
        self.compilers = compilers(workspace, period)
        self.figures = figure_providers(workspace, self.compilers)
        self.last_year = read_last_year(workspace, period)
        self.previous = read_previous(workspace, period)
        self.start, self.end = window(period, workspace.year)
        owed = evidence_providers(workspace, self.compilers)
        self.evidence = {
            unit.id: tuple(_owed(workspace, owed, unit.id)) for unit in workspace.agency.units
        }
        self.sections = tuple(_sections(Report))

    def form(self, unit: str, due: date) -> Form:
        workspace, agency = self.workspace, self.workspace.agency
        own = frozenset(name for name, units in self.figures.items() if unit in units)
        previous = self.previous[1] if self.previous is not None else ""
        return Form(
            FormKey(agency.short_name, workspace.year, self.period, unit),
            agency.header_lines,
            workspace.units_by_id[unit].name,
            workspace.units_by_id[self.compilers[0]].name,
            PERIODS[self.period].title(workspace.year),
            self.start,
            self.end,
            due,
            previous,
            tuple(self._rows(own)),
            tuple(self._checks(own)),
            self.evidence[unit],
            tuple(self._own_sections(own)),
            workspace.shared_version,
        )

    def _rows(self, own: frozenset[str]) -> Iterator[FormRow]:
        groups = self.workspace.indicators.groups
        for number, group in enumerate(groups, 1):
            rows: list[FormRow] = []
            for place, each in group.numbered(str(number)):
                if isinstance(each, str):
                    topic = FormRow(place, each)
                elif self._is_shown(each, own):
                    rows += () if topic in rows else (topic,)
                    rows.append(self._row(place, each))
            if rows:
                yield FormRow(str(number), group.name)
                yield from rows
        others = [each for each in self.workspace.indicators.others if self._is_shown(each, own)]
        if others:
            number = len(groups) + 1
            yield FormRow(str(number), OTHERS)
            for position, each in enumerate(others, 1):
                yield self._row(f"{number}.{position}", each)

    def _is_shown(self, indicator: Indicator, own: frozenset[str]) -> bool:
        cells = (*self._cells(indicator.id), *self._cells(indicator.denominator or indicator.id))
        return bool(cells) and own.issuperset(cells)

    def _cells(self, *names: str) -> tuple[str, ...]:
        """Return the typed indicators that values are made of, each as often as it counts."""
        by_id, found = self.workspace.indicators_by_id, list[str]()
        for name in names:
            top = by_id[name].numerator or name
            found += (
                each
                for each in typed_parts(self.workspace, (top,))
                if is_typed(self.workspace, each)
            )
        return tuple(found)

    def _row(self, number: str, indicator: Indicator) -> FormRow:
        computed = not is_typed(self.workspace, indicator.id)
        cells = self._cells(indicator.id)
        return FormRow(
            number,
            indicator.name,
            indicator.id,
            indicator.unit,
            self._definition(indicator),
            self._known(self.previous[0] if self.previous is not None else None, indicator),
            self._known(self.last_year, indicator),
            any(self.workspace.indicators_by_id[each].decimal for each in cells),
            cells if computed else (),
            self._cells(indicator.denominator) if indicator.denominator is not None else (),
        )

    def _known(self, figures: Figures | None, indicator: Indicator) -> str:
        value = figures[indicator.id] if figures is not None else None
        return format_value(value) if value is not None and value.exact is not None else ""

    def _definition(self, indicator: Indicator) -> str:
        if indicator.definition is not None:
            return indicator.definition
        by_id = self.workspace.indicators_by_id
        if indicator.numerator is not None and indicator.denominator is not None:
            top, bottom = by_id[indicator.numerator], by_id[indicator.denominator]
            return f"Máy tính: {top.name} / {bottom.name}"
        if indicator.sum_of:
            return "Máy tính: " + " + ".join(by_id[each].name for each in indicator.sum_of)
        if indicator.nature is Nature.STATE:
            return f"Số tại ngày {short_date(self.end)}"
        return f"Phát sinh từ {short_date(self.start)} đến {short_date(self.end)}"

    def _checks(self, own: frozenset[str]) -> Iterator[FormCheck]:
        register = self.workspace.indicators
        for identity in register.identities:
            left, right = self._cells(*identity.left), self._cells(*identity.right)
            if own.issuperset((*left, *right)):
                yield FormCheck(identity.name, left, right, identity.at_most)
        by_id = self.workspace.indicators_by_id
        for ratio in self.workspace.all_indicators():
            if ratio.numerator is None or ratio.denominator is None or ratio.may_exceed_100:
                continue
            if self._is_shown(ratio, own):
                names = (by_id[name].name for name in (ratio.numerator, ratio.denominator))
                left, right = self._cells(ratio.numerator), self._cells(ratio.denominator)
                if not set(left) <= set(right):
                    yield FormCheck(" không vượt ".join(map(_quoted, names)), left, right, True)

    def _own_sections(self, own: frozenset[str]) -> Iterator[FormSection]:
        groups = [
            group.name
            for group in self.workspace.indicators.groups
            for topic in group.topics
            if own.intersection(indicator.id for indicator in topic.indicators)
        ]
        for section in self.sections:
            if section.path.split(".")[0] in _FOR_ALL or any(
                same_field(section.group, name) for name in groups
            ):
                yield section


def _quoted(name: str) -> str:
    return f"“{name}”"


def _owed(workspace: Workspace, units: Mapping[str, Units], unit: str) -> Iterator[OwedEvidence]:
    registered, due = documents_of(workspace), evidence_due(workspace)
    for code, part in workspace.sub_criteria.items():
        known = len(registered.get(code, ()))
        if part.rule.kind is RuleKind.SURVEY:  # what is not self-scored needs no proof
            continue
        if unit in units.get(code, ()) and known < part.documents:
            asked = part.required or ""
            yield OwedEvidence(code, part.name, asked, known, part.documents, due)


def _sections(model: type[Entry], path: str = "", group: str = "") -> Iterator[FormSection]:
    """Yield the narrative sections of a report in the order of its model."""
    for field in model.model_fields.values():
        keys = f"{path}.{field.alias}" if path else str(field.alias)
        title = str(field.title)
        if field.annotation == Narrative:
            yield FormSection(keys, group or title, title)
        elif isinstance(field.annotation, type) and issubclass(field.annotation, Entry):
            yield from _sections(field.annotation, keys, title)
