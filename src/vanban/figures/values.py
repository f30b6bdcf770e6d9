"""Figures as one report gives them → exact values of every indicator, sums and ratios computed.

Nothing is ever taken for 0: a figure that is not there stays None, and so does whatever is
computed from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from msgspec import Struct

from vanban.errors import Problem
from vanban.nd30.numbers import NumberError, format_typed, parse_amount, parse_count
from vanban.provenance import Origin
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.report import Report
from vanban.workspace.workspace import Workspace

Number = int | Decimal


class Status(StrEnum):
    """Whether an indicator has a value; the texts are what a report prints instead of one."""

    KNOWN = "có số liệu"
    MISSING = "chưa có số liệu"
    NOT_ARISEN = "không phát sinh"


class Value(Struct, frozen=True):
    """What one report says of one indicator.

    ``number`` is a count, amount or sum; a ratio has ``numerator`` and ``denominator`` instead.
    All are None where there is no figure. ``note`` is the official's note.
    """

    indicator: Indicator
    number: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    note: str | None = None

    @property
    def ratio(self) -> Fraction | None:
        """The exact ratio (1 is 100 %), None where a part is missing or nothing arose."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)

    @property
    def exact(self) -> Fraction | None:
        """The ratio of a ratio, else the number."""
        if self.indicator.is_ratio:
            return self.ratio
        return None if self.number is None else Fraction(self.number)

    @property
    def status(self) -> Status:
        """NOT_ARISEN where the denominator is a typed or summed 0: there was nothing to count."""
        if self.exact is not None:
            return Status.KNOWN
        nothing = self.denominator is not None and self.denominator == 0
        return Status.NOT_ARISEN if nothing else Status.MISSING


class Figures(Struct, frozen=True):
    """The figures of one report: a value for every indicator, in the order of the register.

    ``problems`` are those of reading alone: numbers, sums that were typed and disagree, numerators
    above their denominators. :func:`vanban.figures.checks.check_figures` adds the others.
    """

    period: str
    report: Report
    values: Mapping[str, Value]
    problems: tuple[Problem, ...]

    def __getitem__(self, indicator: str) -> Value:
        return self.values[indicator]


def missing_figures(figures: Figures) -> tuple[Indicator, ...]:
    """Return the indicators that still need a figure, in the order of the register.

    Ratios and sums are not named: they lack what their parts lack.
    """
    return tuple(
        value.indicator
        for value in figures.values.values()
        if value.number is None and not value.indicator.is_ratio and not value.indicator.sum_of
    )


def read_figures(workspace: Workspace, period: str) -> Figures:
    """Read the report of ``period`` of this year; KeyError where there is none."""
    return read_report(workspace, period, workspace.reports[period])


def read_last_year(workspace: Workspace, period: str) -> Figures | None:
    """Read the report of the same period of last year, None where there is none."""
    report = workspace.last_year_reports.get(period)
    return None if report is None else read_report(workspace, period, report)


def read_report(workspace: Workspace, period: str, report: Report) -> Figures:
    """Read ``report`` by the register of ``workspace``, whose references must be checked."""
    reader = _Reader(workspace, report)
    values = {indicator.id: reader.value(indicator) for indicator in workspace.all_indicators()}
    problems = tuple(sorted(set(reader.problems)))
    return Figures(period, report, MappingProxyType(values), problems)


def figure_problem(
    workspace: Workspace, report: Report, indicators: tuple[str, ...], message: str
) -> Problem:
    """Return a problem at the first figure typed for one of ``indicators`` or of their parts."""
    for indicator in typed_parts(workspace, indicators):
        if indicator in report.figures:
            return Problem(report.at("figures", indicator, "gia_tri"), indicator, message)
    return report.problem(message, "figures")


def typed_parts(workspace: Workspace, indicators: tuple[str, ...]) -> Iterator[str]:
    """Yield each of ``indicators`` and, after a sum, the parts it is made of."""
    for indicator in indicators:
        yield indicator
        yield from typed_parts(workspace, workspace.indicators_by_id[indicator].sum_of)


def typed_for(workspace: Workspace, figures: Figures, *indicators: str) -> tuple[Origin, ...]:
    """Return what a report has typed for the values of ``indicators``, else where it would."""
    by_id, report = workspace.indicators_by_id, figures.report
    parts = [
        part
        for name in indicators
        for part in (by_id[name].numerator, by_id[name].denominator, name)
        if part is not None
    ]
    typed = [each for each in typed_parts(workspace, tuple(parts)) if each in report.figures]
    found = [report.origin("figures", each, "gia_tri") for each in typed]
    return tuple(found) or (report.origin("figures"),)


class _Reader:
    """Reads one report; gathers problems as it goes and reads every indicator once."""

    def __init__(self, workspace: Workspace, report: Report) -> None:
        self.workspace = workspace
        self.report = report
        self.problems: list[Problem] = []
        self.numbers: dict[str, Number | None] = {}

    def value(self, indicator: Indicator) -> Value:
        figure = self.report.figures.get(indicator.id)
        note = None if figure is None else figure.note
        if indicator.numerator is None or indicator.denominator is None:
            return Value(indicator, number=self.number(indicator.id), note=note)
        top = self.number(indicator.numerator)
        bottom = self.number(indicator.denominator)
        self._check_parts(indicator, top, bottom)
        return Value(indicator, numerator=top, denominator=bottom, note=note)

    def number(self, name: str) -> Number | None:
        if name not in self.numbers:
            self.numbers[name] = self._read(self.workspace.indicators_by_id[name])
        return self.numbers[name]

    def _read(self, indicator: Indicator) -> Number | None:
        typed = self._typed(indicator)
        if not indicator.sum_of:
            return typed
        parts = [self.number(part) for part in indicator.sum_of]
        known: Number = sum((part for part in parts if part is not None), 0)
        complete = None not in parts
        if typed is None:
            return known if complete else None
        if typed < known or (complete and typed != known):
            computed = format_typed(known)
            self._refuse(
                indicator.id,
                f"tổng “{indicator.name}” ghi {format_typed(typed)} nhưng các số thành phần cộng "
                f"lại là {computed} — sửa số sai, hoặc xóa dòng này để máy tự cộng",
            )
        return typed

    def _typed(self, indicator: Indicator) -> Number | None:
        figure = self.report.figures.get(indicator.id)
        if figure is None:
            return None
        try:
            if self._is_amount(indicator):
                return parse_amount(figure.value)
            return parse_count(figure.value)
        except NumberError as error:
            self._refuse(indicator.id, str(error))
            return None

    def _is_amount(self, indicator: Indicator) -> bool:
        by_id = self.workspace.indicators_by_id
        return indicator.decimal or any(self._is_amount(by_id[part]) for part in indicator.sum_of)

    def _check_parts(self, ratio: Indicator, top: Number | None, bottom: Number | None) -> None:
        if top is None or bottom is None or top <= bottom or ratio.numerator is None:
            return
        if ratio.may_exceed_100 and bottom:
            return
        by_id = self.workspace.indicators_by_id
        what_to_do = (
            "sửa số sai; nếu chỉ tiêu được vượt 100% thì ghi co_the_vuot_100: true trong chi-tieu"
            ".yaml"
            if bottom
            else "mẫu số bằng 0 thì tử số cũng phải bằng 0, sửa số sai"
        )
        self.problems.append(
            figure_problem(
                self.workspace,
                self.report,
                (ratio.numerator,),
                f"“{ratio.name}”: tử số “{by_id[ratio.numerator].name}” là {format_typed(top)}, "
                f"lớn hơn mẫu số “{by_id[ratio.denominator or ''].name}” là "
                f"{format_typed(bottom)} — {what_to_do}",
            )
        )

    def _refuse(self, indicator: str, message: str) -> None:
        place = self.report.at("figures", indicator, "gia_tri")
        self.problems.append(Problem(place, indicator, message))
