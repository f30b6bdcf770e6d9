"""The tasks of a plan → its areas: groups, units, dates, products and targets.

An area is a heading below those of the sections; one that names SIPAS or PAPI is one as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from vanban.checks.form.body import BodyKind
from vanban.checks.form.parts import Part
from vanban.evidence.file_names import slug
from vanban.exchange.word_import.ledger import Ledger
from vanban.exchange.word_import.numbered_tree import RANKS, Branch
from vanban.exchange.word_import.registers import Names, Registers, free_id, nearest
from vanban.exchange.word_import.targets import Targets
from vanban.exchange.word_import.task_lines import AreaUnits, Details, details_of, units_of
from vanban.exchange.word_import.task_table import TaskRow, task_rows
from vanban.nd30.letters import fold
from vanban.workspace.instructions import MARKER
from vanban.workspace.models.plan import IndexName

INDICES = (
    (IndexName.SIPAS, re.compile(r"\bSIPAS\b|CHI SO (DO LUONG )?(SU |MUC DO )?HAI LONG")),
    (IndexName.PAPI, re.compile(r"\bPAPI\b|HIEU QUA QUAN TRI")),
    (IndexName.PAR_INDEX, re.compile(r"\bPAR ?INDEX\b|DOI VOI CHI SO CAI CACH HANH CHINH")),
)

INDEX_NAMES = {
    IndexName.SIPAS: "Chỉ số hài lòng về sự phục vụ hành chính",
    IndexName.PAPI: "Chỉ số hiệu quả quản trị và hành chính công",
}

SAME_AREA, SAME_TASK = 80.0, 90.0
"""Likeness of names of areas, and of texts of tasks, of 100."""

_BY_INDEX = "DOI VOI CHI SO"
"""Begins the headings of a plan that goes by the indices."""

_CONTENT = re.compile(r"(NOI DUNG|MUC TIEU)( (VA|,) (MUC TIEU|NOI DUNG|NHIEM VU))?:?")
_ASSIGNMENT = re.compile(
    r"PHAN CONG|TRACH NHIEM (THUC HIEN|CUA)|CO QUAN (CHU TRI|THUC HIEN)|DON VI (CHU TRI|THUC)"
)

_QUOTED = re.compile(r"\s*Chỉ số nội dung\s*[“\"](.+)[”\"]\s*", re.IGNORECASE)
_DASHED = re.compile(r".*?\b(?:SIPAS|PAPI)\b[\s)]*[-–:]\s*(.+)", re.DOTALL)
_DROPPED = re.compile(r"^(CONG TAC|LINH VUC|CHI SO NOI DUNG|VE|NHIEM VU)\s+")


class AreaReader(Struct):
    """Reads the tasks of a plan; ``areas`` are its areas in order, as they are to be written.

    ``indexed`` says that a heading named one of the three indices.
    """

    ledger: Ledger
    registers: Registers
    targets: Targets
    areas: list[dict[str, Any]] = field(default_factory=list)
    indexed: bool = False
    _ids: set[str] = field(default_factory=set)

    def heading(self, branch: Branch) -> None:
        """Take a heading that the outline prints."""
        if branch.label is not None:
            self.ledger.number(branch.label)
        self.ledger.printed(*branch.title)

    def read(self, branch: Branch, index: IndexName | None = None) -> None:
        """Read a section of tasks: areas below it, or itself an area of an index."""
        index = _index(branch.folded) or index
        holders = [below for below in branch.below if below.is_heading]
        if index in INDEX_NAMES:
            self.indexed |= branch.folded.startswith(_BY_INDEX)
            self._area(branch, index, self._index_name(branch, index))
            return
        self.indexed |= index is not None
        loose = [below for below in branch.below if below not in holders]
        for below in loose:
            rows = task_rows(below, self.ledger, self.registers)
            if rows:
                self.read_rows(rows, branch.text.capitalize())
        loose = [each for each in loose if not each.rows and not (holders and each.is_prose)]
        if loose:
            self._area(Branch(0, below=loose), IndexName.PAR_INDEX, branch.text)
        for below in holders:
            if _index(below.folded) is not None:
                self.heading(below)
                self.read(below)
            elif below.rank < RANKS[BodyKind.CLAUSE] and any(
                each.is_heading and not _CONTENT.fullmatch(each.folded) for each in below.below
            ):
                self.heading(below)
                self.read(below, index)
            else:
                self._area(below, index or IndexName.PAR_INDEX, self.title(below))

    def _index_name(self, branch: Branch, index: IndexName) -> str:
        """Return the name of an index as an area, which its heading may say after a dash."""
        found = _DASHED.match(branch.text)
        if found is None:
            return INDEX_NAMES[index]
        words = found[1].strip()
        return words[:1].upper() + words[1:].lower() if words.isupper() else words

    def title(self, branch: Branch) -> str:
        """Take the title of an area or group; what the outline puts around it is not part of it."""
        if branch.label is not None:
            self.ledger.number(branch.label)
        quoted = _QUOTED.fullmatch(branch.text) if len(branch.title) == 1 else None
        if quoted is None:
            return self.ledger.value(*branch.title).removesuffix(":")
        part = branch.title[0]
        found = re.search(r"[“\"](.+)[”\"]", part.text)
        if found is None:
            return self.ledger.value(part)
        start = part.start
        self.ledger.number(Part(part.paragraph, start, start + found.start(1)))
        return self.ledger.value(Part(part.paragraph, start + found.start(1), start + found.end(1)))

    def _area(self, branch: Branch, index: IndexName, name: str) -> None:
        area = self._new_area(name, index)
        content = _Content(self, str(area["ma"]), area)
        content.read(branch)
        units = content.units
        area |= {"chu_tri": units.leads, "phoi_hop": units.supports}
        if content.assignment and fold(content.assignment) != "PHAN CONG TRACH NHIEM":
            area["tieu_de_phan_cong"] = content.assignment
        self.areas.append(area)

    def _new_area(self, name: str, index: IndexName) -> dict[str, Any]:
        id = free_id(self._area_id(name, index), self._ids)
        self._ids.add(id)
        return {"ma": id, "ten": name or f"{MARKER}: ghi tên lĩnh vực", "chi_so": index.value}

    def _area_id(self, name: str, index: IndexName) -> str:
        """Return the id of the area in the content that is there, else words of its name."""
        if index in INDEX_NAMES:
            return index.value.lower()
        known: Names = {area.id: (area.name,) for area in self.registers.workspace.areas}
        id, score = nearest(name, known)
        if id is not None and score > SAME_AREA:
            return id
        short = _DROPPED.sub("", _DROPPED.sub("", fold(name)))
        return "-".join(slug(short).lower().split("-")[:4]) or "linh-vuc"

    def read_rows(self, rows: Iterable[TaskRow], name: str) -> None:
        """Make areas of a table of tasks; a row of one cell is the heading of those below."""
        area: dict[str, Any] | None = None
        for row in rows:
            if row.heading or area is None:
                area = self._area_named(row.heading or name)
                if row.heading:
                    continue
            known = _task_like(row.text, area)
            if known is None:
                known = {"ma": self._next_id(area), "noi_dung": row.text}
                area["nhiem_vu"] = [*area.get("nhiem_vu", []), known]
            self.detail(known, row.details)

    def _area_named(self, name: str) -> dict[str, Any]:
        """Return the area of this name that there is, else a new one."""
        known: Names = {str(area["ma"]): (str(area["ten"]),) for area in self.areas}
        id, score = nearest(name, known)
        if id is not None and score > SAME_AREA:
            return next(area for area in self.areas if area["ma"] == id)
        area = self._new_area(name, _index(fold(name)) or IndexName.PAR_INDEX)
        self.areas.append(area)
        return area

    def _next_id(self, area: dict[str, Any]) -> str:
        taken = {str(task["ma"]) for task in tasks_in(area)}
        return free_id(f"{area['ma']}-{len(taken) + 1:02}", taken)

    # --- tasks ------------------------------------------------------------------------------------

    def task(self, branch: Branch, stem: str, number: int) -> dict[str, Any]:
        """Return a task with the paragraphs below it and what they say of units and dates."""
        task: dict[str, Any] = {"ma": f"{stem}-{number:02}"}
        if branch.label is not None:
            self.ledger.number(branch.label)
        task["noi_dung"] = self.ledger.value(*branch.title) if branch.title else ""
        more = []
        for below in branch.walk():
            details = details_of(below.text, self.registers) if below.title else None
            if details is not None:
                self.ledger.printed(*below.whole)
                self.detail(task, details)
            elif below.title:
                more.append(self.ledger.value(*below.whole))
        task["noi_dung"] = task["noi_dung"] or (more.pop(0) if more else "……")
        if more:
            task["doan_tiep"] = [text for text in more if text]
        targets = self.targets.of(task["noi_dung"], str(task["ma"]))
        if targets:
            task["chi_tieu"] = targets
        return task

    def detail(self, task: dict[str, Any], details: Details) -> None:
        task |= {key: value for key, value in details.items() if value}


class _Content(Struct):
    """What stands below an area: its tasks in one count, its groups, and who does them."""

    reader: AreaReader
    stem: str
    area: dict[str, Any]
    units: AreaUnits = field(default_factory=AreaUnits)
    assignment: str = ""
    count: int = 0

    def read(self, branch: Branch) -> None:
        self._into(self.area, branch)

    def _into(self, holder: dict[str, Any], branch: Branch) -> None:
        """Put what stands below ``branch`` into an area or group."""
        ledger, registers = self.reader.ledger, self.reader.registers
        for below in branch.below:
            if below.rows:
                rows = task_rows(below, ledger, registers)
                tasks = [self._row(row) for row in rows if not row.heading]
                if tasks:
                    holder["nhiem_vu"] = [*holder.get("nhiem_vu", []), *tasks]
                continue
            named = units_of(below.text, registers)
            if named is not None and not below.below:
                ledger.printed(*below.whole)
                self.units = self.units.joined(named)
            elif _CONTENT.fullmatch(below.folded) and below.below:
                self.reader.heading(below)
                self._into(holder, below)
            elif _ASSIGNMENT.match(below.folded) and below.below and len(below.text) < 80:
                self.reader.heading(below)
                self.assignment = below.text.rstrip(" :")
                self._into(holder, below)
            elif below.title and _is_group(below, branch):
                name = self.reader.title(below) or f"{MARKER}: ghi tên nhóm"
                group: dict[str, Any] = {"ten": name}
                self._into(group, below)
                holder["nhom"] = [*holder.get("nhom", []), group]
            elif below.title:
                self.count += 1
                task = self.reader.task(below, self.stem, self.count)
                holder["nhiem_vu"] = [*holder.get("nhiem_vu", []), task]

    def _row(self, row: TaskRow) -> dict[str, Any]:
        self.count += 1
        task = {"ma": f"{self.stem}-{self.count:02}", "noi_dung": row.text}
        self.reader.detail(task, row.details)
        return task


def tasks_in(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tasks of an area or group."""
    yield from holder.get("nhiem_vu", ())
    for group in holder.get("nhom", ()):
        yield from tasks_in(group)


def _task_like(text: str, area: dict[str, Any]) -> dict[str, Any] | None:
    """Return the task of an area that has this text, but for small changes."""
    known: Names = {str(task["ma"]): (str(task["noi_dung"]),) for task in tasks_in(area)}
    id, score = nearest(text, known)
    return next((each for each in tasks_in(area) if each["ma"] == id and score > SAME_TASK), None)


def _index(folded: str) -> IndexName | None:
    """Return the index that a heading names; of several none, it speaks of all."""
    named = [index for index, words in INDICES if words.search(folded)]
    return named[0] if len(named) == 1 else None


def _is_group(branch: Branch, above: Branch) -> bool:
    """Say whether a branch is a titled group: a heading, and so are the others of its level.

    Where a text of the same level has nothing below it, those that have are tasks of more than one
    paragraph, which keep their order.
    """
    same = (each for each in above.below if each.rank == branch.rank)
    return branch.is_heading and all(each.is_heading for each in same)
