"""The points of a monitored set as a sheet: figures as numbers, ratios and sums as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from vanban.document import Document
from vanban.nd30.numbers import round_half_up
from vanban.scoring.monitoring import GroupScore, RowOutcome, RowScore, SetScore
from vanban.sheet import Formula, Number, Sheet, SheetColumn, SheetRow, SheetValue
from vanban.workspace.models.monitoring import Role, period_title
from vanban.workspace.workspace import Workspace

NAME = "Bảng điểm"
COLUMNS = (
    SheetColumn("Mã", 9),
    SheetColumn("Chỉ tiêu", 46),
    SheetColumn("Điểm tối đa", 11, "right"),
    SheetColumn("Tử số (b)", 12, "right"),
    SheetColumn("Mẫu số (a)", 12, "right"),
    SheetColumn("Tỷ lệ", 11, "right"),
    SheetColumn("Điểm", 11, "right"),
    SheetColumn("Kết quả", 20),
    SheetColumn("Cần đối chiếu", 44),
)
DONE, TOTAL, POINTS = 3, 4, 6
"""Columns that formulas read."""
RATIO = "={0}/{1}"
TWO = "0.00"


def score_sheet(score: SetScore, document: Document, workspace: Workspace) -> Sheet:
    """Return the sheet, a row a criterion, the groups in bold."""
    head = (
        workspace.agency.name,
        f"BẢNG ĐIỂM THEO DÕI {period_title(score.figures.period, workspace.year).upper()}",
        score.set.name,
        score.set.status,
    )
    rows = tuple(row for group in score.groups for row in _rows(group))
    return Sheet(NAME, head, document.banner, COLUMNS, rows)


def _rows(score: GroupScore) -> Iterator[SheetRow]:
    group = score.group
    cells: tuple[SheetValue, ...] = (
        group.code or "",
        group.name,
        None if group.maximum is None else Number(group.maximum, TWO),
        None,
        None,
        None,
        _sum(score),
        None,
        None,
    )
    yield SheetRow(cells, heading=True)
    yield from (_row(row, group.role) for row in score.rows)


def _sum(score: GroupScore) -> SheetValue:
    """Return the formula of the points of a group; a bonus is at most its maximum."""
    if not score.scored:
        return None
    sign = -1 if score.group.role is Role.PENALTY else 1
    cells = tuple((row.row.code, POINTS) for row in score.scored)
    total = f"SUM({','.join(f'{{{number}}}' for number in range(len(cells)))})"
    capped = score.group.role is Role.BONUS and score.group.maximum is not None
    text = f"=MIN({total},{score.group.maximum})" if capped else f"={total}"
    return Formula(text, cells, sign * score.points, TWO)


def _row(score: RowScore, role: Role) -> SheetRow:
    facts = score.facts
    done = None if facts is None else facts.done
    total = None if facts is None else facts.total
    if facts is not None and done is None and total is None:
        done = facts.count
    sign = -1 if role is Role.PENALTY else 1
    cells: tuple[SheetValue, ...] = (
        score.row.code,
        score.row.name,
        None if score.maximum is None else Number(round_half_up(score.maximum, 2), TWO),
        done,
        total,
        _ratio(score),
        None if score.points is None else Number(sign * score.points, TWO),
        "" if score.outcome is RowOutcome.SCORED else score.outcome.value,
        "; ".join(score.row.doubts),
    )
    return SheetRow(cells, key=score.row.code)


def _ratio(score: RowScore) -> SheetValue:
    facts = score.facts
    if facts is None or facts.ratio is None:
        return None
    exact = Decimal(facts.ratio.numerator) / Decimal(facts.ratio.denominator)
    if facts.stated is not None:
        return Number(exact, "0.0%")
    return Formula(RATIO, ((score.row.code, DONE), (score.row.code, TOTAL)), exact, "0.0%")
