"""``vanban criteria import``: a table of criteria becomes a monitored set of a year."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct, structs

from vanban.app.load import new_problems
from vanban.errors import ContentError, Problem, UsageError
from vanban.exchange.assessment_import import import_assessment
from vanban.exchange.criteria_import import import_criteria
from vanban.exchange.table_file import plain_name
from vanban.exchange.table_rows import Imported
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.workspace.files import CRITERIA, MONITORED
from vanban.workspace.folder import chosen_year, shown_path
from vanban.workspace.models.entry import IDENTIFIER


class Import(Struct, frozen=True):
    """What a table gives: ``path`` is the file of the set, ``before`` what stands there now.

    ``others`` are mistakes that other files would have then: figures for rows that went.
    """

    imported: Imported
    path: Path
    year: int
    before: bytes | None
    others: tuple[Problem, ...] = ()

    @property
    def a_period(self) -> str:
        """A period that the set is scored for, as an example."""
        examples = {"thang": "thang-1", "quy": "quy-1", "nam": "nam"}
        return examples[next(iter(self.imported.periods), "quy")]

    @property
    def data(self) -> bytes:
        return self.imported.text.encode()


def import_set(
    table: Path,
    content: Path,
    year: int | None,
    *,
    set_id: str | None = None,
    name: str | None = None,
    for_assessment: bool = False,
    replace: bool = False,
    stamp: Stamp | None = None,
) -> Import:
    """Read ``table`` into ``bo-chi-so/<set_id>.yaml``; without ``stamp`` nothing is written.

    With ``for_assessment`` it becomes the set of the self-assessment, ``tieu-chi.yaml``.

    Raises UsageError for an id that is none; ContentError where the table has mistakes, where the
    file is there and may not be replaced, and where the content would have new mistakes; OSError.
    """
    if not table.is_file():
        raise UsageError(f"không có tệp “{table}” — ghi đường dẫn tới bảng .xlsx hoặc .tsv")
    chosen = chosen_year(content, year)
    wanted = set_id or plain_name(table.stem).replace("_", "-")
    if not re.fullmatch(IDENTIFIER, wanted):
        raise UsageError(
            f"“{wanted}” không dùng làm mã được — thêm --set, chữ thường không dấu, chữ số, dấu "
            "gạch nối, ví dụ --set qd766"
        )
    imported = (import_assessment if for_assessment else import_criteria)(table, name)
    if imported.mistakes:
        raise ContentError(imported.mistakes, [str(note) for note in imported.notes])
    path = MONITORED.path(content, chosen) / f"{wanted}.yaml"
    if for_assessment:
        path = CRITERIA.path(content, chosen)
    shown = shown_path(path)
    with locked_to_write(content, stamp):
        before = path.read_bytes() if path.exists() else None
        made = Import(imported, path, chosen, before)
        if before == made.data:
            return made
        if stamp is not None and before is not None and not replace:
            message = (
                "đã có tệp này — xem chỗ khác bằng cách bỏ --apply, rồi thêm --replace để thay, "
                "hoặc chọn tên khác bằng --set"
            )
            raise ContentError.at(shown, message)
        problems = new_problems(content, chosen, {shown: made.data})
        own = [_in_table(each, imported) for each in problems if each.place.file == shown]
        if own:
            raise ContentError(own)
        if stamp is None:
            others = tuple(each for each in problems if each.place.file != shown)
            return structs.replace(made, others=others)
        if problems:
            raise ContentError(problems)
        write_change(content, [(path, made.data)], stamp, {path: before})
    return made


def _in_table(problem: Problem, imported: Imported) -> Problem:
    """Return a problem of the file that was to be written at the cell that it comes from."""
    above = imported.text.splitlines()[: problem.place.line]
    codes = (re.match(r"\s+- ma: (\S+)", line) for line in reversed(above))
    code = next((found[1] for found in codes if found), "")
    place = imported.places.get(code)
    if place is None:
        return problem
    return Problem(place, problem.key, f"chỉ tiêu {code}: {problem.message}")
