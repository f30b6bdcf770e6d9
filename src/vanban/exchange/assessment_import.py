"""A table of criteria with points → the set of the self-assessment (``tieu-chi.yaml``).

In: the same tables as for a monitored set, whose codes say what a row is: 1 a field, 1.1 a
criterion, 1.1.1 a sub-criterion. Out: :class:`Imported`. Here every rule must be understood: a
self-assessment scores nothing by a rule that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from vanban.errors import Place, Problem
from vanban.exchange.criteria_columns import HEAD
from vanban.exchange.rule_texts import Keys, Words, understood
from vanban.exchange.set_yaml import flat, rule_lines
from vanban.exchange.table_file import Cell, read_table
from vanban.exchange.table_rows import Imported, TableRows, name_above
from vanban.nd30.numbers import format_typed
from vanban.scoring.set_checks import wrong_sum
from vanban.workspace.folder import problem_at
from vanban.workspace.yaml_write import item_lines, key_lines

LEVELS = ("lĩnh vực", "tiêu chí", "tiêu chí thành phần")
BELOW = ("linh_vuc", "tieu_chi", "thanh_phan")
"""The key of the list that a row of each level stands in."""
INDENT = 2

HEADER = """\
# yaml-language-server: $schema=../.schema/tieu-chi.schema.json
# Bộ tiêu chí để tự đánh giá: lĩnh vực, tiêu chí, tiêu chí thành phần, điểm tối đa và cách tính.
# Điểm do máy tính từ câu trả lời trong tu-danh-gia.yaml. Ý nghĩa của các khóa: docs/tu-dien.md.
"""


class _Entry(Struct, frozen=True):
    """A row of the set; only a sub-criterion has ``keys``, ``method`` and ``proof``."""

    code: str
    level: int
    name: str
    points: Decimal
    keys: Keys | None = None
    method: str = ""
    proof: str = ""


def import_assessment(path: Path, set_name: str | None = None) -> Imported:
    """Read the table of ``path``; raises ContentError where it is no table at all, OSError."""
    table = read_table(path, HEAD)
    rows = TableRows(table)
    codes: dict[str, Place] = {}
    entries = [entry for row in table.rows if (entry := _entry(rows, row, codes)) is not None]
    if not rows.mistakes:
        rows.mistakes += _structure(rows, entries)
    name = set_name or name_above(table.comments, path)
    notes = [*table.notes, *rows.notes]
    if set_name is None:
        notes.insert(0, problem_at(path, f"tên bộ tiêu chí: “{name}” — xem lại"))
    mistakes = tuple(sorted({*rows.mistakes, *rows.unclear}))
    return Imported(
        "" if mistakes else _text(name, table.comments, entries),
        name,
        mistakes,
        notes=tuple(notes),
        summary=tuple(map(_summary, entries)),
        row_count=sum(entry.keys is not None for entry in entries),
        places=rows.places,
    )


def _entry(rows: TableRows, row: dict[str, Cell], codes: dict[str, Place]) -> _Entry | None:
    code = rows.code(row, codes)
    points = rows.points(row)
    level = code.count(".")
    rows.places[code] = rows.cell(row, "points").place
    name = rows.text(row, "name")
    if not code.replace(".", "").isdigit() or level > 2:
        rows.wrong(rows.cell(row, "code"), f"mã “{code}” — viết 1, 1.1 hoặc 1.1.1")
        return None
    if not name:
        rows.wrong(rows.cell(row, "name"), "dòng này chưa có tên — điền tên")
        return None
    if points is None or points <= 0:
        if not any(each.place == rows.cell(row, "points").place for each in rows.mistakes):
            rows.wrong(rows.cell(row, "points"), "số điểm phải lớn hơn 0 — điền số điểm")
        return None
    if level < 2:
        return _Entry(code, level, name, points)
    words = Words(
        kind=rows.text(row, "kind"),
        method=rows.text(row, "method"),
        name=name,
        points=points,
        excused=rows.text(row, "excused"),
        is_self_scored=True,
        rules=rows.rules,
    )
    keys = understood(words).keys
    if keys is None:
        cell = rows.cell(row, "method" if words.method else "kind")
        message = f"chưa hiểu cách tính “{words.method}” — viết như các ví dụ ở docs/bo-chi-so.md"
        rows.unclear.append(Problem(cell.place, "", message))
        return _Entry(code, level, name, points, {}, words.method)
    rows.rules[code] = keys
    return _Entry(code, level, name, points, keys, words.method, rows.text(row, "proof"))


def _structure(rows: TableRows, entries: list[_Entry]) -> Iterator[Problem]:
    """Yield rows without the row above them, those without rows below, and sums that are wrong."""
    codes = {entry.code for entry in entries}
    for entry in entries:
        place, level = rows.places[entry.code], entry.level
        parent = entry.code.rpartition(".")[0]
        if parent and parent not in codes:
            message = f"không có dòng {parent} của {entry.code} — thêm {LEVELS[level - 1]} {parent}"
            yield Problem(place, "", message)
        if level == 2:
            continue
        below = [each.points for each in entries if each.code.rpartition(".")[0] == entry.code]
        total = sum(below, Decimal(0))
        name = f"{LEVELS[level]} {entry.code}"
        if not below:
            yield Problem(place, "", f"{name} chưa có {LEVELS[level + 1]} nào — thêm dòng")
        elif total != entry.points:
            yield Problem(place, "", wrong_sum(name, entry.points, total, "dòng"))
    if not entries:
        place = next(iter(rows.table.columns.values())).place
        yield Problem(place, "", "bảng không có dòng tiêu chí nào — thêm các dòng dưới tên cột")


def _summary(entry: _Entry) -> str:
    rule = f": {flat(entry.keys)}" if entry.keys else ""
    return (
        f"  {'  ' * entry.level}{entry.code:<9}{format_typed(entry.points):>5}  {entry.name}{rule}"
    )


def _text(name: str, sources: tuple[str, ...], entries: list[_Entry]) -> str:
    total = sum((entry.points for entry in entries if entry.level == 0), Decimal(0))
    lines = [f"# {line}" for line in sources]
    lines += ["", *key_lines("ten", name, 0), f"tong_diem: {format_typed(total)}", ""]
    return HEADER + "\n".join([*lines, *_lists(entries)]) + "\n"


def _lists(entries: list[_Entry]) -> Iterator[str]:
    """Yield the lines of nested lists; a list begins with its key below its parent."""
    by_parent: dict[str, list[_Entry]] = {}
    for entry in entries:
        by_parent.setdefault(entry.code.rpartition(".")[0], []).append(entry)

    def lines(parent: str, level: int) -> Iterator[str]:
        at = 4 * level
        yield f"{' ' * at}{BELOW[level]}:"
        for entry in by_parent.get(parent, ()):
            yield from item_lines([("ma", entry.code), ("ten", entry.name)], at + INDENT)
            yield f"{' ' * (at + 4)}diem_toi_da: {format_typed(entry.points)}"
            if level < 2:
                yield from lines(entry.code, level + 1)
                continue
            yield from rule_lines(entry.keys or {}, at + 4)
            yield from key_lines("dien_giai", entry.method or entry.name, at + 4)
            if entry.proof:
                yield from key_lines("tai_lieu", entry.proof, at + 4)

    yield from lines("", 0)
