"""Answers of the self-assessment → facts that a rule can be applied to, and problems.

In: a sub-criterion with its rule and the answer as it was typed. Out: exact numbers; an answer
that refers to an indicator takes them from this year's report, so that nothing is typed twice.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec import Struct

from vanban.errors import Problem
from vanban.figures.values import Figures, read_figures
from vanban.nd30.numbers import NumberError, parse_amount, parse_count
from vanban.scoring.calculation import Amount
from vanban.scoring.fit import (
    RATIO_KINDS,
    Part,
    check_choice,
    check_fit,
    check_not_applicable,
    check_parts,
    unanswered,
    used,
)
from vanban.workspace.models.answers import AdjustmentAnswer, Answer, IndicatorAnswer
from vanban.workspace.models.criteria import DueDay, RuleKind, WhenNothing
from vanban.workspace.periods import PERIODS
from vanban.workspace.workspace import Workspace


class Facts(Struct, frozen=True):
    """What an answer says; only what the rule needs is set.

    ``done`` and ``total`` are b and a of a ratio, ``last_year`` is a of the year before,
    ``stated`` the ratio where only that is published;
    ``survey`` is a share of 1. ``days_late`` counts from the day that was due (0 and less is on
    time); ``refused`` means later than anything is taken, or never. ``precondition`` False means
    that there are no points, whatever the rest says.
    """

    choice: str | None = None
    done: Amount | None = None
    total: Amount | None = None
    last_year: Amount | None = None
    stated: Fraction | None = None
    day: date | None = None
    days_late: int | None = None
    refused: bool = False
    count: Amount | None = None
    survey: Fraction | None = None
    precondition: bool | None = None

    @property
    def ratio(self) -> Fraction | None:
        """b/a exactly or as stated, None where a part is missing or nothing arose."""
        if self.stated is not None:
            return self.stated
        if self.done is None or not self.total:
            return None
        return Fraction(self.done) / Fraction(self.total)

    @property
    def nothing_arose(self) -> bool:
        return self.total is not None and self.total == 0


class Reading(Struct, frozen=True):
    """An answer that was read: facts, None where they do not suffice for points, and problems."""

    facts: Facts | None
    problems: tuple[Problem, ...] = ()


def read_adjustment(answer: AdjustmentAnswer) -> tuple[int | None, tuple[Problem, ...]]:
    """Return the number of cases of a bonus or penalty, None with a problem."""
    try:
        return parse_count(answer.count), ()
    except NumberError as error:
        return None, (answer.problem(str(error), "count"),)


class AnswerReader:
    """Reads answers; the report of each period is read once.

    ``month`` is the one that is scored, by which days of each month are reckoned.
    """

    def __init__(self, workspace: Workspace, month: int = 12) -> None:
        self.workspace = workspace
        self.month = month
        self._figures: dict[str, Figures] = {}

    def read(self, part: Part, answer: Answer) -> Reading:
        """Return the facts of ``answer``, None where it is "không áp dụng", lacking or wrong."""
        if answer.not_applicable is not None:
            return Reading(None, tuple(check_not_applicable(part, answer)))
        problems = [*check_fit(part, answer)]
        facts = None if problems else self._facts(part, answer, problems)
        return Reading(None if problems else facts, tuple(problems))

    def _facts(self, part: Part, answer: Answer, problems: list[Problem]) -> Facts | None:
        kind, condition = part.rule.kind, answer.precondition
        if condition is False and not any(used(answer)):
            return Facts(precondition=False)
        if kind is RuleKind.SURVEY:
            return None if answer.survey is None else Facts(survey=answer.survey)
        if kind in (RuleKind.YES_NO, RuleKind.TIERS):
            problems.extend(check_choice(part, answer))
            return Facts(choice=answer.choice, precondition=condition)
        if condition is False and part.rule.otherwise is not None:
            problems.extend(check_choice(part, answer))
            return Facts(choice=answer.choice, precondition=False)
        if kind in (RuleKind.ON_TIME, RuleKind.LATE):
            return self._day(part, answer, problems)
        if kind in (RuleKind.WATCHED, RuleKind.UNKNOWN):
            return self._watched(part, answer, problems)
        if kind in RATIO_KINDS and answer.ratio is not None:
            return Facts(stated=answer.ratio, precondition=condition)
        if kind in RATIO_KINDS:
            done, total = self._ratio(part, answer, problems)
            if done is None or total is None:
                return None
            last_year = _number(answer, "last_year", problems)
            if total == 0 and last_year is None and _asks_last_year(part):
                problems.append(
                    answer.problem(
                        f"tổng số bằng 0, tiêu chí {part.code} tính theo năm trước — ghi nam_truoc "
                        "(năm trước không có thì ghi 0)"
                    )
                )
            return Facts(done=done, total=total, last_year=last_year, precondition=condition)
        count = self._count(part, answer, problems)
        return None if count is None else Facts(count=count, precondition=condition)

    def _day(self, part: Part, answer: Answer, problems: list[Problem]) -> Facts | None:
        if answer.day is None:
            problems.extend(check_choice(part, answer))
            return Facts(choice=answer.choice, refused=True)
        if answer.choice is not None:
            problems.append(answer.problem("vừa ghi ngay vừa ghi chon — chỉ giữ một", "choice"))
        if part.rule.due is None:
            return None
        last = part.rule.refused_after
        return Facts(
            day=answer.day,
            days_late=(answer.day - self.due_date(part.rule.due)).days,
            refused=last is not None and answer.day > self.due_date(last),
        )

    def due_date(self, due: DueDay) -> date:
        """Return the day meant in the month or year that is scored."""
        return date(self.workspace.year, due.month or self.month, due.day)

    def _watched(self, part: Part, answer: Answer, problems: list[Problem]) -> Facts:
        """Return figures that are shown and not scored, however they are given."""
        if answer.figure is not None:
            value = (
                figures[answer.figure.indicator]
                if (figures := self._report(answer.figure, problems))
                else None
            )
            if value is None:
                return Facts()
            return Facts(done=value.numerator, total=value.denominator, count=value.number)
        return Facts(
            choice=answer.choice,
            done=_number(answer, "done", problems),
            total=_number(answer, "total", problems),
            stated=answer.ratio,
            count=_number(answer, "count", problems),
            day=answer.day,
        )

    def _ratio(
        self, part: Part, answer: Answer, problems: list[Problem]
    ) -> tuple[Amount | None, Amount | None]:
        if answer.figure is not None:
            done, total = self._indicator_ratio(part, answer.figure, problems)
        else:
            done = _number(answer, "done", problems)
            total = _number(answer, "total", problems)
            problems.extend(check_parts(part, answer, done, total))
        if total == 0 and part.rule.when_nothing is None and not problems:
            attribute = "total" if answer.figure is None else "figure"
            problems.append(
                answer.problem(
                    f"tổng số bằng 0 (không phát sinh) mà tiêu chí {part.code} chưa nói cách tính "
                    "— thêm khong_phat_sinh vào cach_tinh trong tieu-chi.yaml, hoặc ghi "
                    "khong_ap_dung kèm lý do",
                    attribute,
                )
            )
        return done, total

    def _count(self, part: Part, answer: Answer, problems: list[Problem]) -> Amount | None:
        if answer.figure is not None:
            return self._indicator_count(answer.figure, problems)
        if answer.count is None:
            problems.append(answer.problem(unanswered(part)))
        return _number(answer, "count", problems)

    def _indicator_ratio(
        self, part: Part, figure: IndicatorAnswer, problems: list[Problem]
    ) -> tuple[Amount | None, Amount | None]:
        figures = self._report(figure, problems)
        if figures is None:
            return None, None
        value = figures[figure.indicator]
        indicator = value.indicator
        if not indicator.is_ratio:
            ratios = [
                ratio.id
                for ratio in self.workspace.all_indicators()
                if ratio.numerator == figure.indicator
            ]
            hint = f"có phải “{ratios[0]}”?" if ratios else "chọn chỉ tiêu có tu_so và mau_so"
            problems.append(
                figure.problem(
                    f"tiêu chí {part.code} chấm theo tỷ lệ, “{figure.indicator}” không phải là tỷ "
                    f"lệ — {hint}",
                    "indicator",
                )
            )
        elif value.numerator is None or value.denominator is None:
            parts = (
                (indicator.numerator, value.numerator),
                (indicator.denominator, value.denominator),
            )
            lacking = ", ".join(f"“{name}”" for name, number in parts if number is None)
            problems.append(_lacking(figure, lacking))
        return value.numerator, value.denominator

    def _indicator_count(self, figure: IndicatorAnswer, problems: list[Problem]) -> Amount | None:
        figures = self._report(figure, problems)
        if figures is None:
            return None
        value = figures[figure.indicator]
        if value.indicator.is_ratio:
            problems.append(
                figure.problem(
                    f"“{figure.indicator}” là tỷ lệ, tiêu chí này cần số trường hợp — chọn chỉ "
                    "tiêu là số đếm, hoặc ghi so_luong",
                    "indicator",
                )
            )
        elif value.number is None:
            problems.append(_lacking(figure, f"“{figure.indicator}”"))
        return value.number

    def _report(self, figure: IndicatorAnswer, problems: list[Problem]) -> Figures | None:
        """Return the figures meant; None where the reference is wrong, told here or by loading."""
        period, reports = figure.period, self.workspace.reports
        if period not in PERIODS or figure.indicator not in self.workspace.indicators_by_id:
            return None
        if period not in reports:
            there = f", hoặc chọn kỳ đã có: {', '.join(sorted(reports))}" if reports else ""
            problems.append(
                figure.problem(
                    f"năm {self.workspace.year} chưa có báo cáo “{period}” — nhập "
                    f"bao-cao/{period}.yaml{there}",
                    "period",
                )
            )
            return None
        if period not in self._figures:
            self._figures[period] = read_figures(self.workspace, period)
        return self._figures[period]


def _asks_last_year(part: Part) -> bool:
    return part.rule.when_nothing is WhenNothing.LAST_YEAR


def _lacking(figure: IndicatorAnswer, names: str) -> Problem:
    return figure.problem(
        f"báo cáo “{figure.period}” chưa có số liệu của {names} — nhập số liệu vào báo cáo, hoặc "
        "trả lời bằng số kèm nguon",
        "indicator",
    )


def _number(answer: Answer, attribute: str, problems: list[Problem]) -> Amount | None:
    text: str | None = getattr(answer, attribute)
    if text is None:
        return None
    try:
        return parse_count(text) if attribute == "count" else parse_amount(text)
    except NumberError as error:
        problems.append(answer.problem(str(error), attribute))
        return None
