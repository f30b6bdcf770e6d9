"""Filled forms against the report as it is: what is new, changed, the same, missing, refused.

In: the workspace, the forms as they would be made today, and what came back. Out:
:class:`Collected`, frozen; nothing is written here. What units or files say differently of one
indicator is refused from all of them: an official chooses, no program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from vanban.errors import Problem
from vanban.exchange.filled_form import FilledForm
from vanban.exchange.form_layout import VERSION
from vanban.exchange.forms import Form
from vanban.exchange.sent_workbook import FormCell, refused
from vanban.exchange.unit_reading import (
    Given,
    GivenEvidence,
    Refusal,
    UnitReading,
)
from vanban.nd30.numbers import same_typed
from vanban.workspace.files import FORM_ANSWERS
from vanban.workspace.periods import PERIODS
from vanban.workspace.workspace import Workspace


class Result(StrEnum):
    """What came of a figure of a form."""

    NEW = "mới"
    CHANGED = "đổi"
    SAME = "giữ nguyên"
    MISSING = "thiếu"
    REFUSED = "bị từ chối"


class CollectedRow(Struct, frozen=True):
    """A line of the table: ``before`` stands in the report, ``after`` on the form; "" for none.

    ``problem`` says why a figure is refused, at its cell.
    """

    result: Result
    unit: str
    indicator: str
    name: str
    before: str = ""
    after: str = ""
    given: Given | None = None
    problem: Problem | None = None


class UnitAnswer(Struct, frozen=True):
    """All that a unit sent which can be taken."""

    unit: str
    file: str
    figures: tuple[Given, ...]
    texts: tuple[tuple[str, str], ...]
    evidence: tuple[GivenEvidence, ...]


class Collected(Struct, frozen=True):
    """What filled forms of one period come to."""

    period: str
    rows: tuple[CollectedRow, ...]
    answers: tuple[UnitAnswer, ...]
    notes: tuple[str, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(row.problem for row in self.rows if row.problem is not None)

    @property
    def to_write(self) -> tuple[Given, ...]:
        """The figures that change the report, in the order of the register."""
        written = (Result.NEW, Result.CHANGED)
        found = {
            row.indicator: row.given
            for row in self.rows
            if row.result in written and row.given is not None
        }
        return tuple(found.values())

    def count(self, result: Result) -> int:
        return sum(row.result is result for row in self.rows)

    def without(self, refused: Mapping[str, str]) -> Collected:
        """Return the same with figures refused for a reason by their ids."""
        rows = tuple(
            _refused_row(row, refused[row.indicator])
            if row.indicator in refused and row.given is not None
            else row
            for row in self.rows
        )
        answers = tuple(
            replace(
                answer,
                figures=tuple(each for each in answer.figures if each.indicator not in refused),
            )
            for answer in self.answers
        )
        return replace(self, rows=rows, answers=answers)


def check_key(workspace: Workspace, form: FilledForm, forms: Mapping[str, Form]) -> None:
    """Raise ContentError where a form is of another ward, year, period, version or unit."""
    key = form.key
    agency = workspace.agency.short_name
    if key.version != VERSION:
        message = f"biểu mẫu phiên bản {key.version}, chương trình này đọc phiên bản {VERSION}"
        raise refused(form.file, f"{message} — gửi lại biểu mẫu mới")
    if key.agency != agency:
        raise refused(form.file, f"biểu mẫu của “{key.agency}”, đây là “{agency}” — không nhận")
    if key.year != workspace.year:
        message = f"biểu mẫu năm {key.year}, đang thu thập năm {workspace.year}"
        raise refused(form.file, f"{message} — chọn năm bằng --year {key.year}, hoặc gửi lại")
    if key.period not in PERIODS:
        message = f"không có kỳ “{key.period}” — gửi lại biểu mẫu của kỳ: {', '.join(PERIODS)}"
        raise refused(form.file, message)
    if key.unit not in forms:
        message = f"đơn vị “{key.unit}” không có số liệu phải cung cấp — xem lại don_vi_cung_cap"
        raise refused(form.file, message)


def collect(
    workspace: Workspace, period: str, forms: Mapping[str, Form], filled: Iterable[FilledForm]
) -> Collected:
    """Compare the forms of ``period`` that came back with its report; ``forms`` are by unit."""
    readings = [UnitReading(workspace, forms[each.key.unit], each) for each in filled]
    rows = [_row_of(each, reading.unit) for reading in readings for each in reading.refusals]
    by_indicator: dict[str, list[Given]] = defaultdict(list)
    for reading in readings:
        for given in reading.figures.values():
            by_indicator[given.indicator].append(given)
    earlier = _earlier(workspace, period, {reading.unit for reading in readings})
    conflicts = dict(_conflicts(workspace, by_indicator, earlier))
    units = dict.fromkeys(reading.unit for reading in readings)
    for unit in units:
        known = {row.indicator for row in rows if row.unit == unit}
        for asked in forms[unit].filled:
            own = [each for each in by_indicator.get(asked.indicator, ()) if each.unit == unit]
            if own:
                for given in own if asked.indicator in conflicts else own[:1]:
                    row = _compared(workspace, period, given, asked.name)
                    why = conflicts.get(asked.indicator)
                    rows.append(_refused_row(row, why) if why is not None else row)
            elif asked.indicator not in known:
                before = _typed(workspace, period, asked.indicator)
                rows.append(CollectedRow(Result.MISSING, unit, asked.indicator, asked.name, before))
    order = {name: number for number, name in enumerate(workspace.indicators_by_id)}
    rows.sort(key=lambda row: (list(units).index(row.unit), order.get(row.indicator, len(order))))
    answers = tuple(_answer(unit, readings, conflicts) for unit in units)
    notes = tuple(note for reading in readings for note in (*reading.form.notes, *reading.notes))
    return Collected(period, tuple(rows), answers, notes)


def _answer(unit: str, readings: list[UnitReading], conflicts: Mapping[str, str]) -> UnitAnswer:
    own = [reading for reading in readings if reading.unit == unit]
    figures = {name: each for reading in own for name, each in reading.figures.items()}
    return UnitAnswer(
        unit,
        ", ".join(dict.fromkeys(reading.form.file.rsplit("/", 1)[-1] for reading in own)),
        tuple(each for name, each in figures.items() if name not in conflicts),
        tuple(dict.fromkeys(text for reading in own for text in reading.texts)),
        tuple({each.criterion: each for reading in own for each in reading.evidence}.values()),
    )


def _row_of(refusal: Refusal, unit: str) -> CollectedRow:
    problem = refusal.problem
    name, shown = refusal.name, refusal.shown
    return CollectedRow(Result.REFUSED, unit, problem.key, name, after=shown, problem=problem)


def _refused_row(row: CollectedRow, why: str) -> CollectedRow:
    assert row.given is not None
    problem = row.given.cell.problem(row.indicator, why)
    return replace(row, result=Result.REFUSED, problem=problem)


def _compared(workspace: Workspace, period: str, given: Given, name: str) -> CollectedRow:
    before = _typed(workspace, period, given.indicator)
    result = Result.CHANGED if before else Result.NEW
    if before and same_typed(before, given.value):
        result = Result.SAME
    return CollectedRow(result, given.unit, given.indicator, name, before, given.value, given)


def _typed(workspace: Workspace, period: str, indicator: str) -> str:
    report = workspace.reports.get(period)
    figure = report.figures.get(indicator) if report is not None else None
    return str(figure.value) if figure is not None else ""


def _earlier(workspace: Workspace, period: str, units: set[str]) -> dict[str, list[Given]]:
    """Return what other units gave before, as it was taken."""
    found: dict[str, list[Given]] = defaultdict(list)
    for answer in workspace.all_of(FORM_ANSWERS):
        if answer.period == period and answer.unit not in units:
            for figure in answer.figures:
                cell = FormCell(figure.value, str(answer.file))
                found[figure.id].append(Given(answer.unit, figure.id, str(figure.value), cell))
    return found


def _conflicts(
    workspace: Workspace,
    given: Mapping[str, list[Given]],
    earlier: Mapping[str, list[Given]],
) -> Iterator[tuple[str, str]]:
    """Yield each indicator that is given two values, and who says what."""
    for indicator, values in given.items():
        every = [*values, *earlier.get(indicator, ())]
        if all(same_typed(each.value, every[0].value) for each in every):
            continue
        said = dict.fromkeys(
            f"{workspace.units_by_id[each.unit].name} ghi {each.value} ({each.cell.where})"
            for each in every
        )
        yield (
            indicator,
            f"các nơi ghi khác nhau: {'; '.join(said)} — hỏi lại, thống nhất một số rồi thu thập "
            "lại",
        )
