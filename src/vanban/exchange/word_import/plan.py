"""The tree of a plan → ``ke-hoach.yaml`` and its areas: purposes, requirements, tasks, units.

Sections are known by the words of their headings; what stands under no known one stays left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

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

SECTIONS = (
    ("to_chuc_thuc_hien", re.compile(r"TO CHUC THUC HIEN|^TO CHUC TRIEN KHAI|^TRACH NHIEM\b")),
    ("muc_dich_yeu_cau", re.compile(r"MUC (DICH|TIEU)\b.*YEU CAU")),
    ("muc_dich", re.compile(r"^MUC (DICH|TIEU)\b|^QUAN DIEM")),
    ("yeu_cau", re.compile(r"^(CAC )?YEU CAU\b")),
    ("nhiem_vu", re.compile(r"NHIEM VU|GIAI PHAP|^NOI DUNG|^DOI VOI CHI SO|\bCHI SO\b")),
)
"""What a section holds, by the words of its heading, folded; the first that fits."""

INDICES = (
    (IndexName.SIPAS, re.compile(r"\bSIPAS\b|CHI SO (DO LUONG )?(SU |MUC DO )?HAI LONG")),
    (IndexName.PAPI, re.compile(r"\bPAPI\b|HIEU QUA QUAN TRI")),
    (IndexName.PAR_INDEX, re.compile(r"\bPAR ?INDEX\b|DOI VOI CHI SO CAI CACH HANH CHINH")),
)
INDEX_NAMES = {
    IndexName.SIPAS: "Chỉ số hài lòng về sự phục vụ hành chính",
    IndexName.PAPI: "Chỉ số hiệu quả quản trị và hành chính công",
}

YEARLY = "cải cách hành chính năm"
"""Name of the outline of plans that are not about the indices."""

_CONTENT = re.compile(r"(NOI DUNG|MUC TIEU)( (VA|,) (MUC TIEU|NOI DUNG|NHIEM VU))?:?")
_ASSIGNMENT = re.compile(r"PHAN CONG|TRACH NHIEM|CO QUAN (CHU TRI|THUC HIEN)|DON VI (CHU TRI|THUC)")
_CLOSING = re.compile(r"Trên đây là|Trong quá trình|Căn cứ Kế hoạch này|Yêu cầu các|Đề nghị các")
_QUOTED = re.compile(r"\s*Chỉ số nội dung\s*[“\"](.+)[”\"]\s*", re.IGNORECASE)
_DASHED = re.compile(r".*?\b(?:SIPAS|PAPI)\b[\s)]*[-–:]\s*(.+)", re.DOTALL)
_DROPPED = re.compile(r"^(CONG TAC|LINH VUC|CHI SO NOI DUNG|VE|NHIEM VU)\s+")


@dataclass
class PlanReader:
    """Reads one plan; ``areas`` are its areas in order, as they are to be written."""

    ledger: Ledger
    registers: Registers
    targets: Targets
    data: dict[str, Any] = field(default_factory=dict)
    areas: list[dict[str, Any]] = field(default_factory=list)
    indexed: bool = False
    _ids: set[str] = field(default_factory=set)

    def read(self, root: Branch) -> None:
        """Read the tree of the body; what stands first in it is what the outline says itself."""
        self.data |= {"muc_dich": [], "yeu_cau": {"nhiem_vu": []}, "to_chuc_thuc_hien": []}
        closing = _closing(root)
        self.data["ket_thuc"] = (
            self.ledger.value(*(part for branch in closing for part in branch.whole))
            or f"{MARKER}: ghi đoạn kết"
        )
        for branch in root.below:
            if branch.is_prose:
                self.ledger.printed(*branch.whole)
        self._sections(root.below)
        if not self.data["muc_dich"]:
            marked = f"{MARKER}: nêu điều kế hoạch nhằm đạt tới"
            self.data["muc_dich"] = [{"ma": "muc-dich-01", "noi_dung": marked}]
        requirements = self.data["yeu_cau"]
        if not requirements["nhiem_vu"]:
            marked = f"{MARKER}: nêu từng yêu cầu"
            requirements["nhiem_vu"] = [{"ma": "yeu-cau-01", "noi_dung": marked}]
        if not self.data["to_chuc_thuc_hien"]:
            self.data["to_chuc_thuc_hien"] = [f"{MARKER}: nêu trách nhiệm của từng đơn vị"]
        if not self.indexed:
            self.data["dan_bai"] = YEARLY

    # --- sections ---------------------------------------------------------------------------------

    def _sections(self, branches: Iterable[Branch]) -> None:
        for branch in branches:
            if not branch.is_heading and not (branch.item and branch.below):
                continue
            kind = next((kind for kind, words in SECTIONS if words.search(branch.folded)), "")
            if kind and not (kind == "nhiem_vu" and self._holds_sections(branch)):
                self._heading(branch)
                getattr(self, f"_{kind}")(branch)
            elif branch.rank < RANKS[BodyKind.CLAUSE] and branch.below:
                self._heading(branch)
                self._sections(branch.below)

    def _holds_sections(self, branch: Branch) -> bool:
        """Say whether headings below it are of other sections: "Phần I. NỘI DUNG KẾ HOẠCH"."""
        below = [each.folded for each in branch.below if each.is_heading]
        return any(words.search(text) for text in below for _, words in SECTIONS[:4])

    def _heading(self, branch: Branch) -> None:
        if branch.label is not None:
            self.ledger.number(branch.label)
        self.ledger.printed(*branch.title)

    def _muc_dich_yeu_cau(self, branch: Branch) -> None:
        kind = "muc_dich"
        for below in branch.below:
            named = next((name for name, words in SECTIONS[2:4] if words.search(below.folded)), "")
            if named and below.below:
                kind = named
                self._heading(below)
                getattr(self, f"_{kind}")(below)
            elif named and below.item is not None and below.item.title:
                kind = named
                self._heading(below)
            else:
                getattr(self, f"_{kind}")(Branch(0, below=[below]))

    def _muc_dich(self, branch: Branch) -> None:
        for below in branch.below:
            purposes = self.data["muc_dich"]
            purposes += [self._task(each, "muc-dich", len(purposes) + 1) for each in _leaves(below)]

    def _yeu_cau(self, branch: Branch) -> None:
        requirements = self.data["yeu_cau"]
        for below in branch.below:
            tasks = requirements["nhiem_vu"]
            if (
                below.is_prose
                and not tasks
                and "mo_dau" not in requirements
                and len(branch.below) > 1
            ):
                requirements["mo_dau"] = self.ledger.value(*below.title)
                continue
            tasks += [self._task(each, "yeu-cau", len(tasks) + 1) for each in _leaves(below)]
        if "mo_dau" in requirements:
            self.data["yeu_cau"] = {"mo_dau": requirements.pop("mo_dau"), **requirements}

    def _to_chuc_thuc_hien(self, branch: Branch) -> None:
        for below in branch.below:
            for each in (below, *below.walk()):
                if each.rows:
                    continue
                if each.label is not None:
                    self.ledger.number(each.label)
                text = self.ledger.value(*each.title) if each.title else ""
                if text:
                    self.data["to_chuc_thuc_hien"].append(text)

    # --- areas ------------------------------------------------------------------------------------

    def _nhiem_vu(self, branch: Branch, index: IndexName | None = None) -> None:
        """Read a section of tasks: areas below it, or itself an area of an index."""
        index = _index(branch.folded) or index
        holders = [below for below in branch.below if below.is_heading]
        if index in INDEX_NAMES:
            self.indexed = True
            self._area(branch, index, self._index_name(branch, index))
            return
        self.indexed |= index is not None
        loose = [below for below in branch.below if below not in holders]
        for below in loose:
            rows = task_rows(below, self.ledger, self.registers)
            if rows:
                self._table_areas(rows, branch)
        loose = [each for each in loose if not each.rows and not (holders and each.is_prose)]
        if loose:
            self._area(Branch(0, below=loose), IndexName.PAR_INDEX, branch.text)
        for below in holders:
            if _index(below.folded) is not None:
                self._heading(below)
                self._nhiem_vu(below)
            elif below.rank < RANKS[BodyKind.CLAUSE] and any(
                each.is_heading and not _CONTENT.fullmatch(each.folded) for each in below.below
            ):
                self._heading(below)
                self._nhiem_vu(below, index)
            else:
                self._area(below, index or IndexName.PAR_INDEX, self._title(below))

    def _index_name(self, branch: Branch, index: IndexName) -> str:
        """Return the name of an index as an area, which its heading may say after a dash."""
        found = _DASHED.match(branch.text)
        if found is None:
            return INDEX_NAMES[index]
        words = found[1].strip()
        return words[:1].upper() + words[1:].lower() if words.isupper() else words

    def _title(self, branch: Branch) -> str:
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
        if id is not None and score > 80:
            return id
        short = _DROPPED.sub("", _DROPPED.sub("", fold(name)))
        return "-".join(slug(short).lower().split("-")[:4]) or "linh-vuc"

    def _table_areas(self, rows: Iterable[TaskRow], branch: Branch) -> None:
        """Make areas of a table of tasks; a row of one cell is the heading of those below."""
        area: dict[str, Any] | None = None
        for row in rows:
            if row.heading:
                area = self._new_area(row.heading, _index(fold(row.heading)) or IndexName.PAR_INDEX)
                area["nhiem_vu"] = []
                self.areas.append(area)
                continue
            if area is None:
                area = self._new_area(branch.text.capitalize(), IndexName.PAR_INDEX)
                area["nhiem_vu"] = []
                self.areas.append(area)
            number = len(area["nhiem_vu"]) + 1
            task = {"ma": f"{area['ma']}-{number:02}", "noi_dung": row.text}
            self._detail(task, row.details)
            area["nhiem_vu"].append(task)

    # --- tasks ------------------------------------------------------------------------------------

    def _task(self, branch: Branch, stem: str, number: int) -> dict[str, Any]:
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
                self._detail(task, details)
            elif below.title:
                more.append(self.ledger.value(*below.whole))
        task["noi_dung"] = task["noi_dung"] or (more.pop(0) if more else "……")
        if more:
            task["doan_tiep"] = [text for text in more if text]
        targets = self.targets.of(task["noi_dung"], str(task["ma"]))
        if targets:
            task["chi_tieu"] = targets
        return task

    def _detail(self, task: dict[str, Any], details: Details) -> None:
        task |= {key: value for key, value in details.items() if value}


@dataclass
class _Content:
    """What stands below an area: its tasks in one count, its groups, and who does them."""

    plan: PlanReader
    stem: str
    area: dict[str, Any]
    units: AreaUnits = field(default_factory=AreaUnits)
    assignment: str = ""
    count: int = 0

    def read(self, branch: Branch) -> None:
        self._into(self.area, branch)

    def _into(self, holder: dict[str, Any], branch: Branch) -> None:
        """Put what stands below ``branch`` into an area or group."""
        ledger, registers = self.plan.ledger, self.plan.registers
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
                self.plan._heading(below)
                self._into(holder, below)
            elif _ASSIGNMENT.match(below.folded) and below.below and len(below.text) < 80:
                self.plan._heading(below)
                self.assignment = below.text.rstrip(" :")
                self._into({}, below)
            elif below.is_heading and below.title:
                group: dict[str, Any] = {"ten": self.plan._title(below)}
                self._into(group, below)
                holder["nhom"] = [*holder.get("nhom", []), group]
            elif below.title:
                self.count += 1
                task = self.plan._task(below, self.stem, self.count)
                holder["nhiem_vu"] = [*holder.get("nhiem_vu", []), task]

    def _row(self, row: TaskRow) -> dict[str, Any]:
        self.count += 1
        task = {"ma": f"{self.stem}-{self.count:02}", "noi_dung": row.text}
        self.plan._detail(task, row.details)
        return task


def _index(folded: str) -> IndexName | None:
    """Return the index that a heading names; of several none, it speaks of all."""
    named = [index for index, words in INDICES if words.search(folded)]
    return named[0] if len(named) == 1 else None


def _leaves(branch: Branch) -> Iterator[Branch]:
    """Yield the branches that are a task each: those below a heading, or itself."""
    if branch.rows:
        return
    if branch.is_heading:
        for below in branch.below:
            yield from _leaves(below)
    else:
        yield branch


def _closing(root: Branch) -> list[Branch]:
    """Return the paragraphs that close the body, and take them out of the tree."""
    holder = root
    path = [root]
    while holder.below:
        holder = holder.below[-1]
        path.append(holder)
    closing: list[Branch] = []
    for above in reversed(path[:-1]):
        while (
            above.below
            and above.below[-1].is_prose
            and not (
                above.rank >= RANKS[BodyKind.CLAUSE]
                and not _CLOSING.match(above.below[-1].text)
                and not closing
            )
        ):
            last = above.below[-1]
            if closing and not _CLOSING.match(last.text):
                break
            closing.insert(0, above.below.pop())
            if not _CLOSING.match(last.text):
                break
        if closing:
            break
    return closing
