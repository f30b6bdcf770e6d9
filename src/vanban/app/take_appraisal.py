"""``vanban appraise --take``: filled tables of appraisal → the files of ``tham-dinh/``.

In: workbooks and the city's content. Out: :class:`Taking`, what they come to a ward, and with a
stamp the change itself. Nothing is written where a cell cannot be taken. A round whose letter has a
number is history: its file is not written again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from vanban.app.appraise import load_city
from vanban.app.content_file import content_bytes, read_of
from vanban.app.load import load_content, new_problems
from vanban.city.appraised import Appraised, appraisal_name, appraised, rounds_of
from vanban.errors import Problem, UsageError
from vanban.exchange.appraisal_file import Ledger, appraisal_file, with_points
from vanban.exchange.appraisal_reading import Entered, TakenTable, read_table, without_repeats
from vanban.exchange.appraisal_table import is_open, table_key
from vanban.exchange.sent_workbook import SHEETS, read_each, workbooks_at
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.io.read import read_file
from vanban.workspace.files import APPRAISALS, CRITERIA
from vanban.workspace.folder import shown_path
from vanban.workspace.models.appraisal import Appraisal, ChangedPoints
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import MAX_BYTES as MAX_CONTENT


class Taking(Struct, frozen=True):
    """What the tables come to; ``rounds`` are those that change, as they are then.

    ``changes`` are the content files, of which ``written`` were written.
    """

    year: int
    rounds: tuple[Appraised, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    changes: tuple[Path, ...]
    written: tuple[Path, ...]


def take_points(
    paths: Iterable[Path],
    content: Path,
    year: int | None,
    day: date,
    due: date | None,
    empty_as_own: bool,
    stamp: Stamp | None,
) -> Taking:
    """Take the points of the tables at ``paths`` (files, folders); write them with a ``stamp``.

    ``due`` is the day by which wards answer, ``empty_as_own`` takes empty cells for the ward's own
    points. Raises UsageError where there is no file, ContentError where the content has mistakes.
    """
    files = tuple(workbooks_at(paths))
    if not files:
        raise UsageError(f"không thấy bảng thẩm định nào ({', '.join(SHEETS)}) — xem lại đường dẫn")
    if due is not None and due < day:
        raise UsageError(f"hạn giải trình {due:%d/%m/%Y} đã qua — xem lại --deadline")
    with locked_to_write(content, stamp):
        known = content_bytes(content, year)  # before it is loaded
        workspace, remarks = load_city(content, year)
        tables, problems = _read(files, workspace)
        entries, repeated = without_repeats(tables)
        problems += repeated
        drafts, refused = _drafts(workspace, entries, day, due, empty_as_own)
        problems += refused
        shown = {shown_path(path): data for path, data in drafts.items()}
        if shown and not problems:
            problems += new_problems(content, workspace.year, shown)
        rounds = () if problems else _after(workspace, shown)
        if stamp is not None and drafts and not problems:
            write_change(content, drafts.items(), stamp, read_of(known, drafts))
    notes = (*(note for table in tables for note in table.notes), *remarks)
    written = tuple(shown) if stamp is not None and not problems else ()
    return Taking(
        workspace.year, rounds, tuple(sorted(set(problems))), notes, tuple(shown), written
    )


def _read(files: Iterable[Path], workspace: Workspace) -> tuple[list[TakenTable], list[Problem]]:
    """Read the tables; tell what of them cannot be taken."""
    city = table_key(workspace, workspace.need(CRITERIA))
    read = partial(read_table, city=city, parts=workspace.sub_criteria)
    tables, problems = read_each(((path, str(shown_path(path))) for path in files), read)
    return tables, [*problems, *(problem for table in tables for problem in table.problems)]


def _drafts(
    workspace: Workspace,
    entries: Iterable[Entered],
    day: date,
    due: date | None,
    empty_as_own: bool,
) -> tuple[dict[Path, bytes], list[Problem]]:
    """Return the files that change, and the rows of rounds that are over or not begun."""
    drafts: dict[Path, bytes] = {}
    problems: list[Problem] = []
    by_ward: dict[str, list[Entered]] = defaultdict(list)
    for each in entries:
        by_ward[each.key.ward].append(each)
    rounds = rounds_of(workspace)
    folder = APPRAISALS.path(workspace.root, workspace.year)
    for ward, rows in by_ward.items():
        first, known = rows[0], rounds.get(ward, ())
        number = first.key.round
        current = next((each for each in known if each.round == number), None)
        if not _says_more(rows, known if current is None else (), empty_as_own):
            continue
        refusal = _refusal(rows, known, current)
        before = Ledger.of(current)
        earlier = {each.criterion for each in _changed_before(number, known)}
        ledger = before.with_entries(rows, empty_as_own, earlier)
        is_over = current is not None and not is_open(current)
        is_same_day = current is not None and due in (None, current.due)
        if ledger == before and (current is None or is_over or is_same_day):
            continue
        if refusal is not None:
            problems.append(first.cell.problem(first.key.code, refusal))
            continue
        path = folder / f"{appraisal_name(ward, number)}.yaml"
        if current is None and (path in drafts or path.exists()):
            problems.append(first.cell.problem(first.key.code, _taken_by_another(path)))
        elif current is None:
            drafts[path] = appraisal_file(first, ledger, workspace.agency, day, due)
        else:
            data, shown = read_file(path, MAX_CONTENT), shown_path(path)
            drafts[path] = with_points(data, shown, ledger, day, due, current.due)
    return drafts, problems


def _taken_by_another(path: Path) -> str:
    """Say that a file is another ward's: of "xa-lan-2", or of the second round of "xa"."""
    return f"{path.name} đã là của đơn vị khác — đổi tên thư mục của một trong hai đơn vị"


def _says_more(rows: list[Entered], before: tuple[Appraisal, ...], empty_as_own: bool) -> bool:
    """Say whether anything was entered; a new round begins with other points than the last."""
    filled = [row for row in rows if row.points is not None]
    if not before:
        return empty_as_own or bool(filled)
    last = Ledger.of(before[-1])
    return not all(map(last.has, filled))


def _changed_before(number: int, known: tuple[Appraisal, ...]) -> tuple[ChangedPoints, ...]:
    """Return what the round before ``number`` changed: nobody's silence settles that."""
    return next((each.changed for each in known if each.round == number - 1), ())


def _refusal(
    rows: list[Entered], known: tuple[Appraisal, ...], current: Appraisal | None
) -> str | None:
    """Say why points cannot be entered in the round that ``rows`` are of, None where they can."""
    number, name = rows[0].key.round, rows[0].key.title
    if any(row.key.round != number for row in rows):
        return f"các dòng của {name} thuộc nhiều lần thẩm định — để bảng của mỗi lần riêng"
    if current is not None and not is_open(current):
        again = "xuất bảng mới để thẩm định lần sau, điểm cũ được giữ"
        return f"công văn lần {number} của {name} đã có số hoặc ngày — {again}"
    if current is None and number != len(known) + 1:
        return f"{name} mới có {len(known)} lần thẩm định, bảng này là lần {number} — xuất bảng mới"
    if current is not None and number != len(known):
        return f"{name} đã có lần thẩm định {len(known)} sau bảng này — xuất bảng mới"
    return None


def _after(workspace: Workspace, drafts: dict[Path, bytes]) -> tuple[Appraised, ...]:
    """Return the rounds of ``drafts`` as they are then, in the order of the wards' names."""
    if not drafts:
        return ()
    then = load_content(workspace.root, workspace.year, drafts).workspace
    criteria = workspace.need(CRITERIA)
    names = {path.stem for path in drafts}
    files = then.entries(APPRAISALS)
    return tuple(appraised(files[name], criteria) for name in sorted(names & files.keys()))
