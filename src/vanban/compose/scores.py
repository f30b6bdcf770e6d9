"""The sheet of points of a monitored set for one period → Document, by ``scores.md``; and .xlsx.

Nobody numbers or signs it. What has no points says why; what is doubtful of the set is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from vanban.compose.abbreviations import used_abbreviations
from vanban.compose.composed import Composed
from vanban.compose.furniture import make_handout
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.score_sheet import score_sheet
from vanban.compose.score_texts import points_text
from vanban.figures.notation import format_ratio
from vanban.nd30.numbers import MINUS, round_half_up
from vanban.provenance import Origin, TracedNumber, computed, sources_of, traced, traced_list
from vanban.scoring.monitoring import GroupScore, RowOutcome, RowScore, SetScore, Why, score_set
from vanban.workspace.files import SCORED
from vanban.workspace.models.monitoring import MonitoredFigures, Role, last_month, period_title
from vanban.workspace.models.report import Report
from vanban.workspace.workspace import Workspace

NOTHING = "–"


class PrintedRow(Struct, frozen=True):
    """A row of the table; texts as printed."""

    code: str
    name: str
    maximum: str
    declared: str
    ratio: str
    points: str
    outcome: str


class PrintedGroup(Struct, frozen=True):
    """A group and its rows; ``scored`` is the maximum of those that have points."""

    name: str
    maximum: str
    points: str
    scored: str
    open: TracedNumber
    rows: tuple[PrintedRow, ...]


class Remark(Struct, frozen=True):
    """Rows of which the same is said: why they have no points, or what ``text`` says of them."""

    codes: str
    why: str = ""
    text: str = ""


class PrintedPeriod(Struct, frozen=True):
    title: str
    points: str
    maximum: str
    total: str


def compose_scores(workspace: Workspace, name: str, templates: Path) -> Composed:
    """Compose the sheet of the figures in ``cham-diem/<name>.yaml``, which must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    figures = workspace.entries(SCORED)[name]
    score = score_set(workspace, figures)
    own = figures.origin("period")
    title = computed(period_title(figures.period, workspace.year), own)
    made_from = tuple(_origins(score.rows))
    groups, doubts = tuple(map(_group, score.groups)), tuple(_doubts(score))
    outlined = fill_outline(
        templates / "scores.md",
        {
            "agency": workspace.agency,
            "set": score.set,
            "period_title": title,
            "total": "" if score.total is None else computed(points_text(score.total), *made_from),
            "points": computed(points_text(score.points), *made_from),
            "maximum": computed(_maximum_text(score.maximum), *made_from),
            "share": computed(_share(score), *made_from),
            "bonus": computed(points_text(score.bonus), *made_from) if score.bonus else "",
            "penalty": computed(points_text(score.penalty), *made_from) if score.penalty else "",
            "count": TracedNumber(score.scored_count, *made_from),
            "abbreviations": used_abbreviations(workspace, groups, doubts),
            "groups": groups,
            "open": tuple(_open(score)),
            "open_count": TracedNumber(len(score.open), *made_from),
            "remarks": tuple(_remarks(score)),
            "doubts": doubts,
            "periods": tuple(_periods(workspace, figures)),
        },
    )
    used = (score.set, figures, *(_reports(workspace, score)))
    document = make_handout(f"scores-{name}", outlined, workspace, used)
    return Composed(
        document,
        outlined.path,
        sheets=(score_sheet(score, document, workspace),),
        missing=gaps("scores", document, (figures,), workspace),
    )


def _reports(workspace: Workspace, score: SetScore) -> Iterator[Report]:
    """Yield the reports whose figures were taken."""
    for row in score.rows:
        if row.answer is not None and row.answer.figure is not None:
            yield workspace.reports[row.answer.figure.period]


def _origins(rows: Iterable[RowScore]) -> Iterator[Origin]:
    for row in rows:
        yield row.row.origin("maximum")
        if row.answer is not None:
            yield row.answer.origin()


def _made(text: str, row: RowScore) -> str:
    return text if sources_of(text) else computed(text, *_origins((row,)))


def _maximum_text(maximum: Fraction | None) -> str:
    return NOTHING if maximum is None else points_text(round_half_up(maximum, 2))


def _share(score: SetScore) -> str:
    return format_ratio(Fraction(score.points) / score.maximum) if score.maximum else ""


def _group(score: GroupScore) -> PrintedGroup:
    group, made_from = score.group, tuple(_origins(score.rows))
    most = NOTHING if group.maximum is None else points_text(group.maximum)
    sign = MINUS if group.role is Role.PENALTY and score.points else ""
    name = group.name
    if group.code is not None:
        name = traced(computed(group.code, group.origin("code")), ". ", group.name)
    return PrintedGroup(
        name,
        computed(most, group.origin("maximum")),
        computed(f"{sign}{points_text(score.points)}" if score.scored else NOTHING, *made_from),
        computed(_maximum_text(score.maximum) if _counts(score) else NOTHING, *made_from),
        TracedNumber(len(score.open), *made_from),
        tuple(_row(row, group.role) for row in score.rows),
    )


def _counts(score: GroupScore) -> bool:
    return bool(score.scored) and score.group.role is Role.SCORED


def _row(score: RowScore, role: Role) -> PrintedRow:
    sign = MINUS if role is Role.PENALTY and score.points else ""
    outcome = "" if score.outcome is RowOutcome.SCORED else score.outcome.value
    return PrintedRow(
        computed(score.row.code, score.row.origin("code")),
        score.row.name,
        _made(_maximum_text(score.maximum), score),
        _made(score.declared, score),
        _made(score.ratio_text, score),
        _made(NOTHING if score.points is None else f"{sign}{points_text(score.points)}", score),
        _made(outcome, score),
    )


def _codes(rows: Iterable[RowScore]) -> str:
    return traced_list(", ", (computed(row.row.code, row.row.origin("code")) for row in rows))


def _open(score: SetScore) -> Iterator[Remark]:
    """Yield the rows without points by their reason, in the order of the first of each."""
    reasons = list(dict.fromkeys(row.why for row in score.open))
    for why in reasons:
        rows = [row for row in score.open if row.why is why]
        yield Remark(_codes(rows), "" if why is None else why.value)


def _remarks(score: SetScore) -> Iterator[Remark]:
    for row in score.rows:
        if row.outcome is RowOutcome.MOVED:
            text = computed(", ".join(row.row.rule.moved_to), row.row.rule.origin("moved_to"))
            yield Remark(_codes((row,)), Why.MOVED.value, text)
        elif row.outcome is RowOutcome.NOT_APPLICABLE:
            said = row.answer.not_applicable if row.answer is not None else None
            yield Remark(_codes((row,)), text=said or "")


def _doubts(score: SetScore) -> Iterator[Remark]:
    """Yield what is doubtful of the set, each once with all rows that it is said of."""
    found = [(str(doubt), doubt, row) for row in score.rows for doubt in row.row.doubts]
    order = list(dict.fromkeys(text for text, _, _ in found))
    found.sort(key=lambda each: order.index(each[0]))
    for _, same in groupby(found, key=lambda each: each[0]):
        listed = list(same)
        yield Remark(_codes(row for _, _, row in listed), text=listed[0][1])


def _periods(workspace: Workspace, figures: MonitoredFigures) -> Iterator[PrintedPeriod]:
    """Yield every period that the set has figures of, in the order of the year."""
    same = [each for each in workspace.all_of(SCORED) if each.set_id == figures.set_id]
    for each in sorted(same, key=lambda each: (last_month(each.period), each.period)):
        score = score_set(workspace, each)
        own = each.origin("period")
        total: Decimal | None = score.total
        yield PrintedPeriod(
            computed(period_title(each.period, workspace.year), own),
            computed(points_text(score.points), own),
            computed(_maximum_text(score.maximum), own),
            "" if total is None else computed(points_text(total), own),
        )
