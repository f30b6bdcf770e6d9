"""The figures of a period as a sheet: what each unit answers for, and values typed into it."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path

from vanban.app.content_file import ChangedMeanwhile, version_of
from vanban.app.load import Loaded, load_content
from vanban.errors import Place, UsageError
from vanban.exchange.figure_entries import typed_figures, with_figures
from vanban.exchange.filled_values import ValueRefused, typed_number
from vanban.exchange.forms import Form, FormRow, make_forms
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.read import read_file
from vanban.workspace.files import REPORTS
from vanban.workspace.folder import shown_path
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import MAX_BYTES


@dataclass(frozen=True)
class FigureSheet:
    """The rows of a period by unit, with what is typed now; ``version`` is that of its file."""

    period: str
    title: str
    forms: tuple[Form, ...]
    values: AnyMapping[str, str]
    version: str


@dataclass(frozen=True)
class Typed:
    """What became of values that were typed: as they were read, and those refused, by indicator.

    ``version`` is that of the file which was left.
    """

    read: AnyMapping[str, str]
    refused: AnyMapping[str, str]
    version: str


def figure_sheet(loaded: Loaded, period: str) -> FigureSheet:
    """Return the sheet of a period; raises UsageError where there is no report of it."""
    workspace = loaded.workspace
    path = _path(workspace.root, workspace.year, period)
    data = read_file(path, MAX_BYTES)
    forms = make_forms(workspace, period, window(period, workspace.year)[1])
    typed = typed_figures(data, shown_path(path))
    title = PERIODS[period].title(workspace.year)
    return FigureSheet(period, title, forms, typed, version_of(data))


def write_figures(
    content: Path, year: int, period: str, version: str, values: AnyMapping[str, str], stamp: Stamp
) -> Typed:
    """Write those of ``values`` that can be read, "" leaving a figure as it is.

    What does not balance is written all the same: the content keeps a draft, and the build tells
    it. Raises ChangedMeanwhile where the file is not of that ``version``.
    """
    rows = _rows(load_content(content, year).workspace, period)
    read: dict[str, str] = {}
    refused: dict[str, str] = {}
    for name, value in values.items():
        row = rows.get(name)
        if row is None:
            refused[name] = "không có chỉ tiêu này trong biểu"
        elif value.strip():
            try:
                read[name] = typed_number(value.strip(), row.decimal, row.unit)
            except ValueRefused as error:
                refused[name] = str(error)
    path = _path(content, year, period)
    with locked(content):
        data = read_file(path, MAX_BYTES)
        if version_of(data) != version:
            raise ChangedMeanwhile(Place(shown_path(path)), "")
        new = with_figures(data, shown_path(path), read)
        if new != data:
            write_change(content, [(path, new)], stamp)
    return Typed(read, refused, version_of(new))


def _path(content: Path, year: int, period: str) -> Path:
    path = REPORTS.path(content, year) / f"{period}.yaml"
    if period not in PERIODS or not path.is_file():
        raise UsageError(f"chưa có báo cáo của kỳ “{period}” — tạo trước khi nhập số liệu")
    return path


def _rows(workspace: Workspace, period: str) -> dict[str, FormRow]:
    forms = make_forms(workspace, period, window(period, workspace.year)[1])
    return {row.indicator: row for form in forms for row in form.filled}
