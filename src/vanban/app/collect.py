"""``vanban collect``: filled forms → a table of what they change, and on request the change itself.

Nothing is written where a file cannot be read or is not of this ward and year. A figure that would
contradict others is refused at its cell, by the checks of every build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.content_file import content_bytes, read_of
from vanban.app.load import load_content, new_problems
from vanban.errors import ContentError, Problem, UsageError
from vanban.exchange.answer_file import answer_file, answer_name, says_more
from vanban.exchange.collecting import Collected, check_key, collect
from vanban.exchange.figure_entries import with_figures
from vanban.exchange.filled_form import FilledForm, read_filled_form
from vanban.exchange.forms import Form, make_forms, units_due
from vanban.exchange.sent_workbook import SHEETS, read_each, workbooks_at
from vanban.figures.values import typed_parts
from vanban.invocation import command_here
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.io.read import read_file
from vanban.workspace.files import FORM_ANSWERS, REPORTS
from vanban.workspace.folder import Reads, refusal, shown_path
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import MAX_BYTES as MAX_CONTENT


class Collection(Struct, frozen=True):
    """What the files come to, a period each; ``problems`` are of files that were not taken.

    ``written`` are the content files that were changed, ``changes`` those that are to be.
    """

    workspace: Workspace
    collected: tuple[Collected, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    written: tuple[Path, ...] = ()
    changes: tuple[Path, ...] = ()


def collect_forms(
    content: Path,
    year: int | None,
    paths: Iterable[Path],
    received: date,
    stamp: Stamp | None,
    named: Callable[[Path], Path] = shown_path,
) -> Collection:
    """Compare the forms at ``paths`` (files, folders) with the content; write it with a ``stamp``.

    ``named`` says what a file is called in messages and in the answer that is kept.
    Raises UsageError where there is no file, ContentError where the content has mistakes.
    """
    files = tuple(workbooks_at(paths))
    if not files:
        raise UsageError(f"không thấy biểu mẫu nào ({', '.join(SHEETS)}) — xem lại đường dẫn")
    # Before the lock: LibreOffice may take minutes.
    read, unread = read_each(((path, str(named(path))) for path in files), read_filled_form)
    with locked_to_write(content, stamp):
        known = content_bytes(content, year)  # before it is loaded
        loaded = load_content(content, year)
        chosen = loaded.workspace.year
        workspace = loaded.require(Reads.of(content, chosen, (REPORTS, FORM_ANSWERS)))
        filled, not_ours = _by_period(workspace, read)
        problems = [*unread, *not_ours]
        collected: list[Collected] = []
        changes: list[tuple[Path, bytes]] = []
        for period in (each for each in PERIODS if each in filled):
            try:
                found, drafts = _of_period(workspace, period, filled[period], received, changes)
            except ContentError as error:
                problems += error.problems
                continue
            collected.append(found)
            changes += drafts
        if stamp is not None and changes and not problems:
            write_change(content, changes, stamp, read_of(known, dict(changes)))
    written = tuple(shown_path(path) for path, _ in changes)
    notes = tuple(note for each in collected for note in each.notes)
    return Collection(
        workspace,
        tuple(collected),
        tuple(sorted(set(problems))),
        notes,
        written if stamp is not None and not problems else (),
        written,
    )


def _by_period(
    workspace: Workspace, read: Iterable[FilledForm]
) -> tuple[dict[str, list[tuple[FilledForm, dict[str, Form]]]], list[Problem]]:
    """Return what was read by periods, each with the forms of its period; tell what is not ours."""
    filled: dict[str, list[tuple[FilledForm, dict[str, Form]]]] = defaultdict(list)
    forms: dict[str, dict[str, Form]] = {}
    problems: list[Problem] = []
    for form in read:
        period = form.key.period
        try:
            if period in PERIODS and period not in forms:
                due = units_due(workspace, period) or window(period, workspace.year)[1]
                forms[period] = {each.key.unit: each for each in make_forms(workspace, period, due)}
            check_key(workspace, form, forms.get(period, {}))
            filled[period].append((form, forms[period]))
        except ContentError as error:
            problems += error.problems
    return filled, problems


def _of_period(
    workspace: Workspace,
    period: str,
    own: list[tuple[FilledForm, dict[str, Form]]],
    received: date,
    earlier: Iterable[tuple[Path, bytes]],
) -> tuple[Collected, list[tuple[Path, bytes]]]:
    """Return what the forms of a period come to, and the files that would be written.

    ``earlier`` are those of other periods, written with them: figures of periods are compared.
    """
    content, year = workspace.root, workspace.year
    path = REPORTS.path(content, year) / f"{period}.yaml"
    if period not in workspace.reports:
        make = command_here("new report", period, content=content)
        message = f"chưa có báo cáo của kỳ này để ghi số liệu — tạo trước: {make}"
        raise refusal(path, message)
    collected = collect(workspace, period, own[0][1], (form for form, _ in own))
    data = read_file(path, MAX_CONTENT)
    beside = {shown_path(file): draft for file, draft in earlier}
    while True:
        drafts = list(_drafts(workspace, collected, path, data, received))
        shown = {shown_path(file): draft for file, draft in drafts}
        problems = new_problems(content, year, shown, beside) if shown else ()
        refused = _refused(workspace, collected, problems)
        if not refused:
            break
        collected = collected.without(refused)
    own_files = [each for each in problems if each.place.file in shown]
    if own_files:
        raise ContentError(own_files)
    told = [f"số mới làm tệp khác có lỗi: {each}" for each in problems]
    if workspace.reports[period].sample and collected.to_write:
        told.append(
            f"{shown_path(path)} còn ghi so_lieu_mau: true — mọi số liệu đã là thật thì xóa dòng ấy"
        )
    return replace(collected, notes=(*collected.notes, *told)), drafts


def _drafts(
    workspace: Workspace, collected: Collected, path: Path, data: bytes, received: date
) -> Iterator[tuple[Path, bytes]]:
    """Yield the report with the figures, and what each unit sent that is new."""
    given = collected.to_write
    if given:
        values = {each.indicator: each.value for each in given}
        yield path, with_figures(data, shown_path(path), values)
    folder = FORM_ANSWERS.path(workspace.root, workspace.year)
    before = {(each.period, each.unit): each for each in workspace.all_of(FORM_ANSWERS)}
    for answer in collected.answers:
        known = before.get((collected.period, answer.unit))
        if says_more(answer, collected.period, known):
            file = folder / answer_name(collected.period, answer.unit)
            yield file, answer_file(answer, collected.period, received, known)


def _refused(
    workspace: Workspace, collected: Collected, problems: Iterable[Problem]
) -> dict[str, str]:
    """Return the new figures that bring ``problems`` about, by their ids, with the reason.

    Those are what the checks tell of, else all that stand in a sum, ratio or identity with it.
    """
    new = {each.indicator for each in collected.to_write}
    refused: dict[str, str] = {}
    for problem in problems:
        if problem.key not in workspace.indicators_by_id:
            continue
        near = new & _related(workspace, problem.key)
        refused |= dict.fromkeys({problem.key} & new or near or new, problem.message)
    return refused


def _related(workspace: Workspace, indicator: str) -> set[str]:
    """Return the typed indicators of every sum, ratio and identity that ``indicator`` is in."""
    groups = [(*each.left, *each.right) for each in workspace.indicators.identities]
    for each in workspace.all_indicators():
        ends = (each.numerator, each.denominator)
        groups.append((*(end for end in ends if end is not None), each.id))
    found: set[str] = set()
    for group in groups:
        cells = set(typed_parts(workspace, group))
        found |= cells if indicator in cells else set()
    return found
