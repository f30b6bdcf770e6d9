"""A table of criteria with points → the text of a monitored set (``bo-chi-so/<ma>.yaml``).

In: a file of tab-separated text or .xlsx. Out: :class:`Imported`: the text of the YAML file, and
what was not understood or is noted, each at its cell. A row whose rule was not understood is
written as chua_xac_dinh; what cannot be is a mistake, and then there is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from vanban.errors import Place, Problem
from vanban.exchange.criteria_columns import HEAD
from vanban.exchange.rule_texts import NO_FORMULA, Words, number, understood
from vanban.exchange.set_yaml import Group, Heading, Row, set_text, summary
from vanban.exchange.table_file import Cell, Table, plain_name, read_table
from vanban.exchange.table_rows import CODE, Imported, TableRows, name_above
from vanban.nd30.numbers import format_typed
from vanban.scoring.set_checks import wrong_sum
from vanban.workspace.folder import problem_at
from vanban.workspace.models.criteria import RuleKind
from vanban.workspace.models.monitoring import PeriodKind, Role

DOUBTFUL = re.compile(
    r"\[SUY\]|\[NHỚ\]|mâu thuẫn|chưa xác định|suy luận|do người làm", re.IGNORECASE
)
"""What a table marks as not certain."""
AS_ABOVE = "như trên"


def import_criteria(path: Path, set_name: str | None = None) -> Imported:
    """Read the table of ``path``; raises ContentError where it is no table at all, OSError.

    ``set_name`` stands for what the first line above the table calls it.
    """
    table = read_table(path, HEAD)
    reader = _Reader(table)
    groups = reader.groups()
    name = set_name or name_above(table.comments, path)
    status = f"nhập từ bảng {path.name}, chưa đối chiếu văn bản gốc"
    mistakes = tuple(sorted(set(reader.mistakes)))
    periods = _periods(table)
    text = "" if mistakes else set_text(name, status, table.comments, periods, groups)
    notes = [*table.notes, *reader.notes]
    if set_name is None:
        notes.insert(0, problem_at(path, f"tên bộ chỉ số: “{name}” — xem lại"))
    return Imported(
        text,
        name,
        mistakes,
        unclear=tuple(reader.unclear),
        notes=tuple(notes),
        summary=tuple(summary(groups)),
        row_count=sum(len(group.rows) for group in groups),
        periods=periods,
        places=reader.places,
    )


def _periods(table: Table) -> tuple[str, ...]:
    """Return for which kinds of periods the lines above the table say it is scored."""
    said = " ".join(table.comments).casefold()
    if "tháng/quý/năm" in said:
        return ()
    kinds = ((PeriodKind.MONTH, "hằng tháng"), (PeriodKind.YEAR, "cả năm"))
    return tuple(kind.value for kind, words in kinds if words in said)


class _Reader(TableRows):
    """Makes groups of the rows of a table."""

    last_note: str = ""

    def groups(self) -> tuple[Group, ...]:
        """Return the groups of the table, its mistakes told."""
        found: dict[str, Group] = {}
        headings: dict[str, str] = {}
        codes: dict[str, Place] = {}
        for row in self.table.rows:
            code = self.code(row, codes)
            points = self.points(row)
            self.places[code] = self.cell(
                row, "method" if self.text(row, "method") else "points"
            ).place
            if self.is_heading(row):
                self._heading(row, code, points, found, headings)
                continue
            group = self._group_of(row, found, headings)
            made = self._row(row, code, self._size(row, points, group.role), group.role)
            parent = self.text(row, "group")
            under = parent if parent in headings else ""
            key = headings.get(parent, parent)
            found[key] = replace(group, rows=(*group.rows, replace(made, under=under)))
        groups = tuple(group for group in found.values() if group.rows)
        if not groups:
            place = next(iter(self.table.columns.values()))
            self.wrong(place, "bảng không có dòng tiêu chí nào — thêm các dòng dưới tên cột")
        for group in groups:
            self._check_sums(group)
        return tuple(map(_summed, groups))

    def _size(self, row: dict[str, Cell], points: Decimal | None, role: Role) -> Decimal | None:
        """Return the size of points, which are negative in a group of penalties alone."""
        if points is None:
            return None
        if points < 0 and role is not Role.PENALTY:
            self.wrong(
                self.cell(row, "points"),
                f"{format_typed(points)} là số âm ở nhóm không phải điểm trừ — sửa số, hoặc "
                "chuyển dòng này sang nhóm điểm trừ",
            )
        return abs(points)

    def _heading(
        self,
        row: dict[str, Cell],
        code: str,
        points: Decimal | None,
        found: dict[str, Group],
        headings: dict[str, str],
    ) -> None:
        name, parent = self.text(row, "name"), self.text(row, "group")
        place = self.cell(row, "points").place
        if not name:
            self.wrong(self.cell(row, "name"), "dòng này chưa có tên — điền tên")
        elif parent in found:
            group = found[parent]
            heading = Heading(code, name, points, place)
            found[parent] = replace(group, headings=(*group.headings, heading))
            headings[code] = parent
        elif parent in headings:
            message = f"“{parent}” là mục trong nhóm, không có mục dưới nó — ghi mã của nhóm"
            self.wrong(self.cell(row, "group"), message)
        elif parent:
            message = f"không có nhóm “{parent}” ở trên — thêm dòng của nhóm, hoặc sửa mã nhóm"
            self.wrong(self.cell(row, "group"), message)
        else:
            role = _role(name)
            found[code] = Group(code, name, self._size(row, points, role), role, place)

    def _group_of(
        self, row: dict[str, Cell], found: dict[str, Group], headings: dict[str, str]
    ) -> Group:
        """Return the group of a row: of a heading above, or named with its points: "Tên (18)"."""
        cell = self.cell(row, "group")
        key = headings.get(cell.text, cell.text)
        if key not in found:
            named = re.fullmatch(r"(.*?)\s*\(([\d.,]+)\)", key)
            if CODE.fullmatch(key) and len(key) <= 8 and key.upper() == key and key:
                message = f"không có nhóm “{key}” ở trên — thêm dòng của nhóm, hoặc sửa mã nhóm"
                self.wrong(cell, message)
            points = number(named[2]) if named else None
            name = named[1] if named else key or "Các chỉ tiêu"
            found[key] = Group("", name, points, _role(name), cell.place)
        return found[key]

    def _row(self, row: dict[str, Cell], code: str, points: Decimal | None, role: Role) -> Row:
        name = self.text(row, "name")
        if not name:
            self.wrong(self.cell(row, "name"), "dòng này chưa có tên — điền tên")
        note = self.text(row, "note")
        above, _, more = note.partition("; ") if note.startswith(AS_ABOVE) else ("", "", "")
        said = [self.last_note, more] if above == AS_ABOVE else [note]
        self.last_note = said[0]
        note = "; ".join(filter(None, said))
        excused = self.text(row, "excused")
        if excused and "giảm trừ" not in excused:
            note, excused = "; ".join(filter(None, (note, excused))), ""
        words = Words(
            kind=self.text(row, "kind"),
            method=self.text(row, "method"),
            name=name,
            points=points,
            threshold=self.text(row, "threshold"),
            below=self.text(row, "below"),
            note=note,
            excused=excused,
            is_bonus=role is Role.BONUS,
            is_penalty=role is Role.PENALTY,
            head=" ".join(self.table.comments),
            rules=self.rules,
        )
        found = understood(words)
        doubts = [*found.doubts]
        keys = found.keys
        if keys is None:
            keys = {"loai": RuleKind.UNKNOWN.value}
            doubts.append(self._not_understood(row, words))
        self.rules[code] = keys
        doubts += [each for each in said if DOUBTFUL.search(each)]
        if points == 0 and keys["loai"] != RuleKind.WATCHED:
            self.wrong(
                self.cell(row, "points"),
                "số điểm phải lớn hơn 0 — sửa số, bỏ trống, hoặc ghi loại theo_doi nếu không chấm",
            )
        watched = keys["loai"] == RuleKind.WATCHED
        drops = watched or keys["loai"] == RuleKind.LATE or ("moi" in keys and role is Role.PENALTY)
        return Row(
            code,
            name,
            None if drops else points,
            keys,
            method=_method(words),
            numerator=self.text(row, "numerator"),
            denominator=self.text(row, "denominator"),
            province_only=self._is_province_only(row),
            excused=excused,
            proof=self.text(row, "proof"),
            source=self.text(row, "source"),
            source_code=self.text(row, "source_code"),
            doubts=tuple(dict.fromkeys(doubts)),
            note="" if said[-1] in doubts or said[0] in doubts else note,
        )

    def _is_province_only(self, row: dict[str, Cell]) -> bool:
        level = self.text(row, "level").casefold()
        return bool(level) and not re.search(r"xã|phường|đặc khu", level)

    def _not_understood(self, row: dict[str, Cell], words: Words) -> str:
        """Tell a rule that was not understood; return what is doubtful of the row."""
        what = words.method or words.below
        if not what:
            cell = self.cell(row, "kind")
            self._unclear(cell, f"{NO_FORMULA} — tìm trong văn bản, ghi vào cach_tinh")
            return NO_FORMULA
        cell = self.cell(row, "method" if words.method else "below")
        self._unclear(
            cell, f"chưa hiểu cách tính “{what}” — sau khi ghi, sửa cach_tinh của chỉ tiêu này"
        )
        return "chương trình chưa hiểu cách tính ở diễn giải"

    def _unclear(self, cell: Cell, message: str) -> None:
        self.unclear.append(Problem(cell.place, "", message))

    # --- sums

    def _check_sums(self, group: Group) -> None:
        if group.role is not Role.SCORED:
            return
        name = f"nhóm “{group.name}”"
        self._check_sum(name, group.maximum, [row.maximum for row in _counted(group)], group.place)
        for heading in group.headings:
            rows = [row.maximum for row in _counted(group) if row.under == heading.code]
            self._check_sum(f"mục {heading.code}", heading.maximum, rows, heading.place)

    def _check_sum(
        self, name: str, stated: Decimal | None, parts: list[Decimal | None], place: Place
    ) -> None:
        total = sum((part for part in parts if part is not None), Decimal(0))
        if stated is None or total == stated or (None in parts and total < stated):
            return
        self.mistakes.append(Problem(place, "", wrong_sum(name, stated, total, "dòng")))


def _counted(group: Group) -> Iterator[Row]:
    return (row for row in group.rows if row.keys["loai"] != RuleKind.WATCHED)


def _summed(group: Group) -> Group:
    """Give a group without stated points those of its rows."""
    if group.maximum is not None or group.role is not Role.SCORED:
        return group
    return replace(
        group, maximum=sum((row.maximum or Decimal(0) for row in group.rows), Decimal(0))
    )


def _role(name: str) -> Role:
    plain = f"_{plain_name(name)}_"
    if "_thuong_" in plain and "_diem_" in plain:
        return Role.BONUS
    return Role.PENALTY if re.search(r"_diem_(tru|phat)_", plain) else Role.SCORED


def _method(words: Words) -> str:
    """Return how the points are made, in the words of the table."""
    if words.method:
        return words.method
    below = words.below.replace("[SUY]", "").strip()
    if words.threshold:
        share = f"{words.threshold.removesuffix('%')}%"
        return f"đạt từ {share}: điểm tối đa; dưới {share}: {below}"
    return below
