"""Do the figures agree with each other? Identities, what adds up over the year, what goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vanban.errors import Problem
from vanban.figures.carried import check_carried
from vanban.figures.values import Figures, Number, figure_problem, read_report
from vanban.nd30.dates import short_date
from vanban.nd30.numbers import format_typed
from vanban.workspace.models.indicators import Identity, Indicator, Nature
from vanban.workspace.models.report import Report
from vanban.workspace.periods import PERIODS, WITHIN, window
from vanban.workspace.workspace import Workspace


def check_figures(workspace: Workspace) -> list[Problem]:
    """Return every problem of the figures of all reports of this year and of last year.

    Sorted, without repeats; empty where every figure can be read and all of them agree.
    """
    problems: set[Problem] = set(_check_units(workspace))
    years = {
        workspace.year: _read_all(workspace, workspace.reports),
        workspace.year - 1: _read_all(workspace, workspace.last_year_reports),
    }
    for year in years.values():
        for figures in year.values():
            problems.update(figures.problems)
            for identity in workspace.indicators.identities:
                problems.update(_check_identity(workspace, figures, identity))
        problems.update(_check_order(workspace, year))
    problems.update(check_carried(workspace, years))
    return sorted(problems)


def check_issue_dates(workspace: Workspace) -> list[Problem]:
    """Return a problem for each plan or report dated in a year it cannot belong to."""
    documents = [workspace.plan, workspace.self_assessment, *workspace.reports.values()]
    problems = []
    for document in documents:
        if document is None or document.date is None:
            continue
        years = (workspace.year - 1, workspace.year, workspace.year + 1)
        if document.date.year not in years:
            message = (
                f"ngày {short_date(document.date)} không thuộc năm {workspace.year} của thư mục "
                "này — xem lại năm"
            )
            problems.append(document.problem(message, "date"))
    for period, report in workspace.reports.items():
        first, _ = window(period, workspace.year)
        if report.date is not None and report.date < first:
            message = (
                f"ngày {short_date(report.date)} trước khi kỳ số liệu bắt đầu "
                f"({short_date(first)}) — xem lại ngày"
            )
            problems.append(report.problem(message, "date"))
    return problems


def _check_units(workspace: Workspace) -> Iterator[Problem]:
    """Yield a problem for each percentage that would be typed: ratios are computed."""
    for indicator in workspace.all_indicators():
        if indicator.unit.startswith("%") and not indicator.is_ratio:
            message = (
                f"“{indicator.name}” tính bằng % nhưng không có tu_so, mau_so — tỷ lệ do máy tính: "
                "khai hai chỉ tiêu làm tử số, mẫu số"
            )
            yield indicator.problem(message, "unit")


def _read_all(workspace: Workspace, reports: Mapping[str, Report]) -> dict[str, Figures]:
    return {
        period: read_report(workspace, period, reports[period])
        for period in PERIODS
        if period in reports
    }


def _check_identity(
    workspace: Workspace, figures: Figures, identity: Identity
) -> Iterator[Problem]:
    """Yield one problem where both sides are wholly known and do not agree."""
    left, right = _total(figures, identity.left), _total(figures, identity.right)
    if left is None or right is None:
        return
    if left == right or (identity.at_most and left < right):
        return
    must = "không được lớn hơn" if identity.at_most else "phải bằng"
    yield figure_problem(
        workspace,
        figures.report,
        (*identity.left, *identity.right),
        f"không khớp: {identity.name} — vế trái {_sum_text(figures, identity.left, left)}, vế phải "
        f"{_sum_text(figures, identity.right, right)}; vế trái {must} vế phải, sửa số sai",
    )


def _total(figures: Figures, indicators: tuple[str, ...]) -> Number | None:
    total: Number = 0
    for indicator in indicators:
        number = figures[indicator].number
        if number is None:
            return None
        total += number
    return total


def _sum_text(figures: Figures, indicators: tuple[str, ...], total: Number) -> str:
    """Return "1540 (a 1500 + b 40)", with the ids that the official finds in the file."""
    parts = [f"{name} {format_typed(figures[name].number or 0)}" for name in indicators]
    return f"{format_typed(total)} ({' + '.join(parts)})"


def _check_order(workspace: Workspace, year: Mapping[str, Figures]) -> Iterator[Problem]:
    """Yield a problem for each flow whose parts of the year exceed the whole."""
    for indicator in workspace.all_indicators():
        if indicator.is_ratio or indicator.nature is not Nature.FLOW:
            continue
        told: set[str] = set()
        for parts, whole in WITHIN:
            if whole in told or any(period not in year for period in (*parts, whole)):
                continue
            if _is_checked_by_parts(indicator, [year[period] for period in (*parts, whole)]):
                continue
            total = year[whole][indicator.id].number
            numbers = [year[part][indicator.id].number for part in parts]
            known = [number for number in numbers if number is not None]
            if total is None or len(known) < len(numbers) or sum(known) <= total:
                continue
            told.add(whole)
            terms = " + ".join(
                f"{PERIODS[part].name} ({format_typed(number)})"
                for part, number in zip(parts, known, strict=True)
            )
            yield figure_problem(
                workspace,
                year[whole].report,
                (indicator.id,),
                f"“{indicator.name}” {PERIODS[whole].name} là {format_typed(total)}, nhỏ hơn "
                f"{terms} — số lũy kế không giảm trong năm, sửa số sai; nếu là số tại một thời "
                "điểm thì ghi tinh_chat: thời điểm trong chi-tieu.yaml",
            )


def _is_checked_by_parts(indicator: Indicator, year: list[Figures]) -> bool:
    """Say whether ``indicator`` is a sum that cannot be wrong unless one of its parts is."""
    return bool(indicator.sum_of) and all(
        figures[part].number is not None for figures in year for part in indicator.sum_of
    )
