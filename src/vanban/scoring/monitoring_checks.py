"""Every problem of monitored sets and of the figures they are scored by, each at its place.

Codes are unique within their set, points add up, rules have their parameters, and figures answer
rows that there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from vanban.errors import Place, Problem
from vanban.nd30.dates import short_date
from vanban.scoring.facts import AnswerReader
from vanban.scoring.set_checks import check_parameters, check_points, wrong_sum
from vanban.workspace.files import MONITORED, SCORED
from vanban.workspace.models.criteria import RuleKind, WhenNothing
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.monitoring import (
    Heading,
    MonitoredFigures,
    MonitoredGroup,
    MonitoredRow,
    MonitoredSet,
    PeriodKind,
    Role,
    last_month,
    period_title,
)
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace


def check_monitoring(workspace: Workspace) -> list[Problem]:
    """Return every problem of the sets of the year and of their figures, sorted."""
    problems: list[Problem] = []
    sets = workspace.entries(MONITORED)
    for monitored in sets.values():
        problems += check_monitored_set(monitored)
    told: dict[tuple[str, str], MonitoredFigures] = {}
    for figures in workspace.all_of(SCORED):
        first = told.setdefault((figures.set_id, figures.period), figures)
        if first is not figures:
            problems.append(
                figures.problem(
                    f"kỳ {figures.period} của bộ “{figures.set_id}” đã có ở "
                    f"{first.at('period').file} — gộp vào một tệp",
                    "period",
                )
            )
        if figures.set_id in sets:
            problems += _check_figures(workspace, sets[figures.set_id], figures)
        else:
            near = closest(figures.set_id, sets)
            there = f"thêm tệp {MONITORED.name}/{figures.set_id}.yaml"
            hint = f"có phải “{near}”?" if near else there
            problems.append(
                figures.problem(f"không có bộ chỉ số “{figures.set_id}” — {hint}", "set_id")
            )
    return sorted(set(problems))


# --- the set ----------------------------------------------------------------------------------


def check_monitored_set(monitored: MonitoredSet) -> Iterator[Problem]:
    """Yield every problem of one set."""
    yield from _check_codes(monitored)
    maxima = [each.maximum for each in monitored.groups if each.role is Role.SCORED]
    yield from _check_sum(monitored, "total", monitored.total, "bộ chỉ số", maxima)
    codes = {row.code: row for row in monitored.rows}
    for group in monitored.groups:
        yield from _check_group(group)
        for row in group.rows:
            yield from _check_row(row, group.role, codes)


def _check_codes(monitored: MonitoredSet) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for group in monitored.groups:
        entries: tuple[MonitoredGroup | Heading | MonitoredRow, ...]
        entries = (group, *group.headings, *group.rows)
        for entry in entries:
            if entry.code is None:
                continue
            place = entry.at("code")
            if first.setdefault(entry.code, place) is not place:
                yield entry.problem(
                    f"mã “{entry.code}” đã dùng ở {first[entry.code]} — đặt mã khác", "code"
                )


def _check_group(group: MonitoredGroup) -> Iterator[Problem]:
    name = f"nhóm “{group.name}”"
    if group.maximum is None and group.role is Role.SCORED:
        yield group.problem(f"{name} chưa có điểm tối đa — thêm “diem_toi_da: …”")
    if group.maximum is not None:
        yield from check_points(group, "maximum", group.maximum)
        if group.role is Role.SCORED:
            rows = [row.maximum for row in group.rows if not _is_watched(row)]
            yield from _check_sum(group, "maximum", group.maximum, name, rows)
    headings = {heading.code for heading in group.headings}
    for row in group.rows:
        if row.under is not None and row.under not in headings:
            near = closest(row.under, headings)
            hint = f"có phải “{near}”?" if near else "thêm vào khóa muc của nhóm"
            yield row.problem(f"nhóm này không có mục “{row.under}” — {hint}", "under")
    for heading in group.headings:
        if heading.maximum is not None:
            below = [row.maximum for row in group.rows if row.under == heading.code]
            yield from _check_sum(heading, "maximum", heading.maximum, f"mục {heading.code}", below)


def _is_watched(row: MonitoredRow) -> bool:
    return row.rule.kind is RuleKind.WATCHED


def _check_sum(
    entry: Entry,
    attribute: str,
    stated: Decimal,
    name: str,
    parts: Iterable[Decimal | None],
) -> Iterator[Problem]:
    """Compare stated points with those below, which may be less where some are not known."""
    every = list(parts)
    total = sum((part for part in every if part is not None), Decimal(0))
    if total == stated or (None in every and total < stated):
        return
    yield entry.problem(wrong_sum(name, stated, total), attribute)


def _check_row(row: MonitoredRow, role: Role, codes: dict[str, MonitoredRow]) -> Iterator[Problem]:
    kind, maximum = row.rule.kind, row.maximum
    if maximum is not None and not (kind is RuleKind.WATCHED and not maximum):
        yield from check_points(row, "maximum", maximum)
    if kind is RuleKind.LATE and role is not Role.PENALTY:
        yield row.rule.problem("tre_han là điểm trừ — chuyển sang nhóm có vai_tro: trừ", "kind")
    if kind is RuleKind.DEDUCTION and role is Role.PENALTY:
        if row.rule.each is None and maximum is None:
            yield row.rule.problem("chưa có số điểm trừ — thêm moi hoặc diem_toi_da")
    else:
        yield from check_parameters(row.rule, maximum, row.code)
    yield from _check_moves(row, codes)


def _check_moves(row: MonitoredRow, codes: dict[str, MonitoredRow]) -> Iterator[Problem]:
    rule = row.rule
    moves = rule.when_nothing is WhenNothing.MOVED
    if moves != bool(rule.moved_to):
        yield rule.problem(
            "khong_phat_sinh: chuyển điểm và chuyen_cho đi cùng nhau — thêm khóa còn thiếu",
            "when_nothing" if moves else "moved_to",
        )
    for position, code in enumerate(rule.moved_to):
        receiver = codes.get(code)
        if receiver is None:
            near = closest(code, codes)
            hint = f"có phải “{near}”?" if near else "ghi mã chỉ tiêu có trong bộ"
            yield rule.problem(f"không có chỉ tiêu “{code}” — {hint}", "moved_to", position)
        elif receiver is row or receiver.maximum is None or receiver.rule.moved_to:
            yield rule.problem(
                f"chỉ tiêu “{code}” không nhận điểm chuyển sang được: phải là chỉ tiêu khác, có "
                "điểm tối đa, không tự chuyển điểm — sửa mã",
                "moved_to",
                position,
            )


# --- figures ----------------------------------------------------------------------------------


def _check_figures(
    workspace: Workspace, monitored: MonitoredSet, figures: MonitoredFigures
) -> Iterator[Problem]:
    kinds = monitored.periods
    kind = PeriodKind(figures.period.partition("-")[0])
    if kinds and kind not in kinds:
        known = ", ".join(each.value for each in kinds)
        yield figures.problem(f"bộ chỉ số này không chấm theo kỳ {kind} — chọn: {known}", "period")
    rows = {row.code: row for row in monitored.rows}
    reader = AnswerReader(workspace, last_month(figures.period))
    for code, answer in figures.answers.items():
        row = rows.get(code)
        if row is None:
            near = closest(code, rows)
            hint = f"có phải “{near}”?" if near else f"ghi mã có trong {MONITORED.name}"
            yield Problem(
                figures.at("answers", code),
                code,
                f"bộ “{figures.set_id}” không có chỉ tiêu “{code}” — {hint}",
            )
            continue
        yield from reader.read(row, answer).problems
        if answer.not_applicable is not None and row.excused is None:
            yield answer.problem(
                f"bộ chỉ số không nói khi nào được giảm trừ chỉ tiêu {code} — ghi số liệu, hoặc "
                "thêm khi_khong_ap_dung vào bộ chỉ số theo văn bản",
                "not_applicable",
            )
        if answer.day is not None:
            yield from _check_day(answer.day, workspace.year, figures, code)


def _check_day(day: date, year: int, figures: MonitoredFigures, code: str) -> Iterator[Problem]:
    if not date(year, 1, 1) <= day <= date(year + 1, 3, 31):
        yield Problem(
            figures.at("answers", code, "ngay"),
            "ngay",
            f"ngày {short_date(day)} không thể thuộc {period_title(figures.period, year)} — xem "
            "lại năm",
        )
