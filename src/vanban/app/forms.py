"""``vanban forms``: the workbooks that units fill for a period, and the letter that asks for them.

The workbooks go into the build folder, where none that somebody filled is replaced; the letter, a
paper of the content, is written once and then belongs to the official. The day by which units
answer is kept in the calendar of ``co-quan.yaml``.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from vanban.app.content_file import content_bytes, read_of
from vanban.app.load import load_content, new_problems
from vanban.errors import ContentError, UsageError
from vanban.exchange.filled_form import holds_answers
from vanban.exchange.form_workbook import form_workbook
from vanban.exchange.forms import Form, deadline_of, make_forms, units_due
from vanban.exchange.providers import figure_providers
from vanban.exchange.request_letter import addressees, letter_id, request_letter
from vanban.exchange.sent_workbook import MAX_BYTES as MAX_FORM
from vanban.invocation import command_here
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.io.read import read_file
from vanban.io.reasons import not_written
from vanban.io.swap import write_files
from vanban.nd30.dates import in_year, short_date
from vanban.workspace.edit import EditError, insert_item, set_value
from vanban.workspace.files import AGENCY, PAPERS
from vanban.workspace.folder import Reads, shown_path
from vanban.workspace.periods import PERIODS, know_period, window
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import MAX_BYTES

MOST_AFTER = timedelta(days=90)
"""How long after its last day a period's figures may be asked for; later is another year meant."""


class MadeForms(Struct, frozen=True):
    """The forms and their files; ``changed`` are content files that were written.

    ``kept`` are those of the files that were left as they stood, because they are filled.
    """

    year: int
    forms: tuple[Form, ...]
    paths: tuple[Path, ...]
    kept: tuple[Path, ...]
    letter: str | None
    changed: tuple[Path, ...]
    notes: tuple[str, ...]


def write_forms(
    period: str,
    content: Path,
    year: int | None,
    out: Path,
    due: date | None,
    with_letter: bool,
    force: bool,
    stamp: Stamp | None,
) -> MadeForms:
    """Make the form of every unit for ``period``; ``due`` None takes the calendar's day.

    A file that somebody filled is replaced only with ``force``; without ``stamp`` nothing is
    written, and what would be is told.
    Raises UsageError for a period or day that cannot be, ContentError for mistakes of content.
    """
    know_period(period)
    with locked_to_write(content, stamp):
        known = content_bytes(content, year)  # before it is loaded
        loaded = load_content(content, year)
        workspace = loaded.require(Reads.of(content, loaded.workspace.year))
        forms = _forms(workspace, period, due)
        changes, notes = _calendar_change(workspace, period, due)
        notes += _notes(workspace, period, forms[0])
        letter, drafts, told = _letter(workspace, period, forms) if with_letter else (None, [], [])
        changes += drafts
        notes += told
        shown = {shown_path(path): data for path, data in changes}
        problems = new_problems(content, workspace.year, shown) if shown else ()
        if problems:
            raise ContentError(problems)
        if changes and stamp is not None:
            write_change(content, changes, stamp, read_of(known, dict(changes)))
    folder = out / str(workspace.year) / f"forms-{period}"
    files = {folder / form.file_name: form_workbook(form) for form in forms}
    kept = () if force else tuple(path for path, data in files.items() if _is_filled(path, data))
    if stamp is not None:
        write_files((path, data) for path, data in files.items() if path not in kept)
    return MadeForms(
        workspace.year,
        forms,
        tuple(files),
        kept,
        letter,
        tuple(shown),
        (*notes, *loaded.remarks(Reads.of(content, workspace.year))),
    )


def _is_filled(path: Path, blank: bytes) -> bool:
    """Say whether a file at ``path`` holds answers; one that is no form of ours counts as such."""
    try:
        there = read_file(path, MAX_FORM)
        return there != blank and holds_answers(there, blank)  # it is written alike each time
    except FileNotFoundError:
        return False
    except OSError as error:
        raise not_written(path, error) from error


def _forms(workspace: Workspace, period: str, due: date | None) -> tuple[Form, ...]:
    """Return the forms, one at least; raises UsageError where there is no day or no figure."""
    _check_due(workspace, period, due)
    day = due or units_due(workspace, period)
    if day is None:
        raise UsageError(
            "chưa rõ hạn gửi — khai kỳ này ở lich_bao_cao trong co-quan.yaml, hoặc thêm "
            "--deadline 12/9/2025"
        )
    forms = make_forms(workspace, period, day)
    if not forms:
        raise UsageError("sổ chỉ tiêu chưa có chỉ tiêu nào phải nhập — xem chi-tieu.yaml")
    return forms


def _notes(workspace: Workspace, period: str, form: Form) -> list[str]:
    """Return what to look at: days that do not go together, figures that nobody is named for."""
    notes = []
    row = deadline_of(workspace, period)
    if row is not None and form.due > in_year(row.due, workspace.year):
        notes.append(f"hạn của đơn vị sau hạn gửi báo cáo ({row.due}) — xem lại ngày")
    began = workspace.agency.established
    if began is not None and began > form.end:
        notes.append(f"kỳ này kết thúc trước ngày cơ quan hoạt động ({short_date(began)})")
    return [*notes, *_unassigned(workspace, form.compiler)]


def _letter(
    workspace: Workspace, period: str, forms: tuple[Form, ...]
) -> tuple[str | None, list[tuple[Path, bytes]], list[str]]:
    """Return the id of the letter (None: nobody to write to), its file if it is new, and notes."""
    path = PAPERS.path(workspace.root, workspace.year) / f"{letter_id(period)}.yaml"
    if path.exists():
        return path.stem, [], [f"{shown_path(path)}: đã có, giữ nguyên — xem lại hạn gửi trong đó"]
    if not addressees(workspace):
        note = (
            "chưa soạn công văn: noi_nhan của co-quan.yaml chưa có các phòng, đơn vị — thêm, "
            "ví dụ {ma: cac-phong, ten: Các phòng chuyên môn}, rồi chạy lại"
        )
        return None, [], [note]
    build = command_here("build", path.stem, content=workspace.root)
    return path.stem, [(path, request_letter(workspace, forms, build))], []


def _check_due(workspace: Workspace, period: str, due: date | None) -> None:
    first, last = window(period, workspace.year)
    if due is not None and not first <= due <= last + MOST_AFTER:
        raise UsageError(
            f"hạn gửi {due:%d/%m/%Y} không hợp với {PERIODS[period].title(workspace.year)} — xem "
            "lại ngày, hoặc chọn năm bằng --year"
        )


def _unassigned(workspace: Workspace, compiler: str) -> list[str]:
    """Return a note where figures are asked of the compiling unit because nobody is named."""
    lacking = [name for name, units in figure_providers(workspace, ()).items() if not units]
    if not lacking:
        return []
    first = workspace.indicators_by_id[lacking[0]].name
    return [
        f"{len(lacking)} chỉ tiêu chưa rõ đơn vị cung cấp (như “{first}”) nên giao {compiler} — "
        "thêm don_vi_cung_cap trong chi-tieu.yaml nếu đơn vị khác cung cấp"
    ]


def _calendar_change(
    workspace: Workspace, period: str, due: date | None
) -> tuple[list[tuple[Path, bytes]], list[str]]:
    """Return the calendar with the day that was chosen, or a note where it cannot be kept there."""
    if due is None or units_due(workspace, period) == due:
        return [], []
    row, own = deadline_of(workspace, period), workspace.need(AGENCY).calendar
    path = AGENCY.path(workspace.root, workspace.year)
    value = f"{due.day}/{due.month}"
    if row is None or due.year != workspace.year:
        where = f"khai kỳ {period} ở lich_bao_cao trong {shown_path(path)}"
    else:
        data, shown = read_file(path, MAX_BYTES), shown_path(path)
        try:
            if row in own:
                keys = ("lich_bao_cao", own.index(row), "han_don_vi")
                return [(path, set_value(data, shown, keys, value))], []
            said = ("ky", period), ("ngay_chot_so_lieu", row.closing), ("han_gui", row.due)
            item = (*said, ("han_don_vi", value))  # in place of the row of a folder that is shared
            return [(path, insert_item(data, shown, ("lich_bao_cao",), item))], []
        except EditError as error:
            where = f"thêm han_don_vi: {value} ở {error.problems[0].place}"
    return [], [f"hạn gửi chỉ ghi trong biểu mẫu, lệnh status, due chưa biết — {where}"]
