"""The tree of a plan → ``ke-hoach.yaml``: purposes, requirements, organisation, and its areas.

Sections are known by the words of their headings; what stands under no known one stays left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from vanban.checks.form.body import BodyKind, read_body
from vanban.exchange.word_import.ledger import Ledger
from vanban.exchange.word_import.numbered_tree import RANKS, Branch, numbered_tree
from vanban.exchange.word_import.plan_areas import AreaReader
from vanban.exchange.word_import.registers import Registers
from vanban.exchange.word_import.task_table import task_rows
from vanban.ooxml.word_file import WordParagraph
from vanban.workspace.instructions import MARKER

SECTIONS = (
    (
        "to_chuc_thuc_hien",
        re.compile(r"TO CHUC THUC HIEN|^TO CHUC TRIEN KHAI|^TRACH NHIEM (THUC HIEN|CUA)\b"),
    ),
    ("muc_dich_yeu_cau", re.compile(r"MUC (DICH|TIEU)\b.*YEU CAU")),
    ("muc_dich", re.compile(r"^MUC (DICH|TIEU)\b|^QUAN DIEM")),
    ("yeu_cau", re.compile(r"^(CAC )?YEU CAU\b")),
    ("nhiem_vu", re.compile(r"NHIEM VU|GIAI PHAP|^NOI DUNG|^DOI VOI CHI SO|\bCHI SO\b")),
)
"""What a section holds, by the words of its heading, folded; the first that fits."""

YEARLY = "cải cách hành chính năm"
"""Name of the outline of plans that are not about the indices."""

LONGEST_DUTY = 800
"""Letters of the duties of one unit that are written as one paragraph."""

_CLOSING = re.compile(r"Trên đây là|Trong quá trình|Căn cứ Kế hoạch này|Yêu cầu các|Đề nghị các")


class PlanReader(Struct):
    """Reads one plan; ``areas`` reads its tasks."""

    ledger: Ledger
    registers: Registers
    areas: AreaReader
    data: dict[str, Any] = field(default_factory=dict)

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
        if not self.areas.indexed:
            self.data["dan_bai"] = YEARLY

    # --- sections ---------------------------------------------------------------------------------

    def _sections(self, branches: Iterable[Branch]) -> None:
        for branch in branches:
            if not branch.is_heading and not (branch.item and branch.below):
                continue
            kind = next((kind for kind, words in SECTIONS if words.search(branch.folded)), "")
            if kind and not (kind == "nhiem_vu" and self._holds_sections(branch)):
                self.areas.heading(branch)
                self._read_section(kind, branch)
            elif branch.rank < RANKS[BodyKind.CLAUSE] and branch.below:
                self.areas.heading(branch)
                self._sections(branch.below)

    def _holds_sections(self, branch: Branch) -> bool:
        """Say whether headings below it are of other sections: "Phần I. NỘI DUNG KẾ HOẠCH"."""
        if branch.rank >= RANKS[BodyKind.CLAUSE]:
            return False
        below = [each.folded for each in branch.below if each.is_heading]
        return any(words.search(text) for text in below for _, words in SECTIONS[:4])

    def _read_section(self, kind: str, branch: Branch) -> None:
        readers = {
            "to_chuc_thuc_hien": self._organisation,
            "muc_dich_yeu_cau": self._aims,
            "muc_dich": self._purposes,
            "yeu_cau": self._requirements,
            "nhiem_vu": self.areas.read,
        }
        readers[kind](branch)

    def _aims(self, branch: Branch) -> None:
        kind = "muc_dich"
        for below in branch.below:
            named = next((name for name, words in SECTIONS[2:4] if words.search(below.folded)), "")
            if named and below.below:
                kind = named
                self.areas.heading(below)
                self._read_section(kind, below)
            elif named and below.item is not None and below.item.title:
                kind = named
                self.areas.heading(below)
            else:
                self._read_section(kind, Branch(0, below=[below]))

    def _purposes(self, branch: Branch) -> None:
        for below in branch.below:
            self._add_tasks(self.data["muc_dich"], "muc-dich", below)

    def _requirements(self, branch: Branch) -> None:
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
            self._add_tasks(tasks, "yeu-cau", below)
        if "mo_dau" in requirements:
            self.data["yeu_cau"] = {"mo_dau": requirements.pop("mo_dau"), **requirements}

    def _add_tasks(self, tasks: list[dict[str, Any]], stem: str, branch: Branch) -> None:
        for leaf in _leaves(branch):
            tasks.append(self.areas.task(leaf, stem, len(tasks) + 1))

    def _organisation(self, branch: Branch) -> None:
        for below in branch.below:
            texts = []
            for each in (below, *below.walk()):
                if each.rows:
                    continue
                if each.label is not None:
                    self.ledger.number(each.label)
                texts.append(self.ledger.value(*each.title) if each.title else "")
            texts = [text for text in texts if text]
            if len(texts) > 1 and sum(map(len, texts)) <= LONGEST_DUTY:
                first, *rest = texts
                texts = [f"{first.rstrip(' :')}: {' '.join(rest)}"]  # whose duty, and what it is
            self.data["to_chuc_thuc_hien"] += texts

    def annex(self, paragraphs: tuple[WordParagraph, ...]) -> None:
        """Read the annex that says who does what: tasks that are known get what it says of them."""
        tree = numbered_tree(read_body(paragraphs))
        tables = [each for each in tree.walk() if each.rows]
        found = [row for each in tables for row in task_rows(each, self.ledger, self.registers)]
        if not found:
            return
        self.data["phu_luc_nhiem_vu"] = True
        for branch in tree.walk():
            self.ledger.printed(*branch.whole)
        self.areas.read_rows(found, tree.text)


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
    """Take the paragraphs that close the body out of the tree, and return them."""
    above = root
    while above.below and above.below[-1].below:
        above = above.below[-1]
    closing: list[Branch] = []
    while above.below and above.below[-1].is_prose:
        stands_alone = not closing and above.rank < RANKS[BodyKind.CLAUSE]
        if not (_CLOSING.match(above.below[-1].text) or stands_alone):
            break
        closing.insert(0, above.below.pop())
    return closing
