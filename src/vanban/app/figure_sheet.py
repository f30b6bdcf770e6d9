"""The figures of a period as a sheet: what each unit answers for, and values typed into it."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from pathlib import Path

from msgspec import Struct

from vanban.app.content_file import ChangedMeanwhile, bytes_at, version_of
from vanban.app.load import Loaded
from vanban.errors import Place, UsageError
from vanban.exchange.figure_entries import NOTHING, typed_figures, typed_notes, with_figures
from vanban.exchange.filled_values import ValueRefused, typed_number
from vanban.exchange.forms import Form, FormRow, make_forms
from vanban.figures.checks import check_figures
from vanban.figures.notation import format_value
from vanban.figures.targets import assess, check_targets
from vanban.figures.values import Figures, Status, read_last_year, read_report
from vanban.figures.verdicts import SHORT_OF
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.workspace.files import REPORTS
from vanban.workspace.folder import shown_path
from vanban.workspace.load import read_content
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace

_ID = re.compile(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w-])")


class Mistake(Struct, frozen=True):
    """What does not agree, told at an indicator of the sheet, or at "" where it is of none."""

    indicator: str
    message: str


class TargetSaid(Struct, frozen=True):
    """What the plan promises for an indicator, and how that stands."""

    level: str
    verdict: str
    is_short: bool


class Judged(Struct, frozen=True):
    """What follows from figures, by indicator: how each prints, targets, and what is wrong."""

    printed: AnyMapping[str, str]
    targets: AnyMapping[str, tuple[TargetSaid, ...]]
    mistakes: tuple[Mistake, ...]


class FigureSheet(Struct, frozen=True):
    """The rows of a period by unit, with what is typed now; ``version`` is that of its file."""

    period: str
    title: str
    forms: tuple[Form, ...]
    values: AnyMapping[str, str]
    notes: AnyMapping[str, str]
    version: str
    judged: Judged


class Typed(Struct, frozen=True):
    """What became of values that were typed: as they were read, and those refused, by indicator.

    ``version`` is that of the file which was left; of a trial nothing is written.
    """

    read: AnyMapping[str, str]
    refused: AnyMapping[str, str]
    version: str
    judged: Judged


def figure_sheet(loaded: Loaded, period: str) -> FigureSheet:
    """Return the sheet of a period; raises UsageError where there is no report of it."""
    workspace = loaded.workspace
    path = _path(workspace.root, workspace.year, period)
    data, shown = bytes_at(path), shown_path(path)
    return FigureSheet(
        period,
        PERIODS[period].title(workspace.year),
        make_forms(workspace, period, window(period, workspace.year)[1]),
        typed_figures(data, shown),
        typed_notes(data, shown),
        version_of(data),
        judged(workspace.root, workspace.year, period, data),
    )


def try_figures(
    loaded: Loaded, period: str, values: AnyMapping[str, str], notes: AnyMapping[str, str]
) -> Typed:
    """Say how values would be read and what would follow from them; nothing is written."""
    workspace = loaded.workspace
    path = _path(workspace.root, workspace.year, period)
    data = bytes_at(path)
    read, refused = _read(workspace, period, values)
    new = with_figures(data, shown_path(path), read, notes)
    found = judged(workspace.root, workspace.year, period, new)
    return Typed(read, refused, version_of(data), found)


def write_figures(
    loaded: Loaded,
    period: str,
    version: str,
    values: AnyMapping[str, str],
    notes: AnyMapping[str, str],
    stamp: Stamp,
    was: AnyMapping[str, str] = NOTHING,
    noted: AnyMapping[str, str] = NOTHING,
) -> Typed:
    """Write those of ``values`` that can be read, and notes; "" takes one away.

    What does not balance is written all the same: the content keeps a draft, and the build tells
    it. Raises ChangedMeanwhile where the file is not of that ``version``, unless the figures that
    are typed still are what they ``was``, and notes that would go what was ``noted``: others may
    change the rest, of which ``version`` then comes back.
    """
    workspace = loaded.workspace
    content, year = workspace.root, workspace.year
    path = _path(content, year, period)
    read, refused = _read(workspace, period, values)
    with locked(content):
        data = bytes_at(path)
        now, notes_now = typed_figures(data, shown_path(path)), typed_notes(data, shown_path(path))
        touched = (*notes, *(name for name, value in values.items() if not value))
        has_moved = any(was.get(name) != now.get(name, "") for name in (*values, *notes))
        has_moved |= any(noted.get(name) != notes_now.get(name, "") for name in touched)
        is_newer = version_of(data) != version
        if is_newer and has_moved:
            raise ChangedMeanwhile(Place(shown_path(path)), "", version_of(data))
        new = with_figures(data, shown_path(path), read, notes)
        if new != data:
            write_change(content, [(path, new)], stamp, read={path: data})
    left = version if is_newer else version_of(new)
    return Typed(read, refused, left, judged(content, year, period, new))


def judged(content: Path, year: int, period: str, data: bytes) -> Judged:
    """Return what follows from the figures of a report's file, balanced or not."""
    shown = shown_path(_path(content, year, period))
    reading = read_content(content, year, {shown: data})
    workspace = reading.workspace
    own = [each for each in reading.problems if each.place.file == shown]
    if workspace is None or own or period not in workspace.reports:
        return Judged({}, {}, tuple(Mistake(each.key, each.message) for each in own))
    figures = read_report(workspace, period, workspace.reports[period])
    wrong = {
        each for each in (*figures.problems, *check_figures(workspace)) if each.place.file == shown
    }
    units = {each.id: each.unit for each in workspace.all_indicators()}
    names = {each.id: each.name for each in workspace.all_indicators()}
    printed = {
        name: format_value(value) + (f" {units[name]}" if not value.indicator.is_ratio else "")
        for name, value in figures.values.items()
        if value.status is not Status.MISSING
    }
    mistakes = (
        Mistake(each.key if each.key in units else "", _named(each.message, names))
        for each in sorted(wrong)
    )
    return Judged(printed, _targets(workspace, figures), tuple(mistakes))


def _named(message: str, names: AnyMapping[str, str]) -> str:
    """Return a message with the names of indicators in the place of their ids."""
    return _ID.sub(lambda found: f"“{names[found[0]]}”" if found[0] in names else found[0], message)


def _targets(workspace: Workspace, figures: Figures) -> AnyMapping[str, tuple[TargetSaid, ...]]:
    """Return how the targets stand; none where the plan has mistakes in them, told there."""
    if check_targets(workspace):
        return {}
    found: dict[str, tuple[TargetSaid, ...]] = {}
    last_year = read_last_year(workspace, figures.period)
    for each in assess(workspace, figures, str, last_year):
        said = TargetSaid(each.level_text, each.verdict.value, each.verdict in SHORT_OF)
        found[each.indicator.id] = (*found.get(each.indicator.id, ()), said)
    return found


def _read(
    workspace: Workspace, period: str, values: AnyMapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return values as the file has them, and why others cannot be read."""
    rows = _rows(workspace, period)
    read: dict[str, str] = {}
    refused: dict[str, str] = {}
    for name, value in values.items():
        row = rows.get(name)
        if row is None:
            refused[name] = "không có chỉ tiêu này trong biểu"
            continue
        try:
            text = value.strip()
            read[name] = typed_number(text, row.decimal, row.unit) if text else ""
        except ValueRefused as error:
            refused[name] = str(error)
    return read, refused


def _path(content: Path, year: int, period: str) -> Path:
    path = REPORTS.path(content, year) / f"{period}.yaml"
    if period not in PERIODS or not path.is_file():
        raise UsageError(f"chưa có báo cáo của kỳ “{period}” — tạo trước khi nhập số liệu")
    return path


def _rows(workspace: Workspace, period: str) -> dict[str, FormRow]:
    forms = make_forms(workspace, period, window(period, workspace.year)[1])
    return {row.indicator: row for form in forms for row in form.filled}
