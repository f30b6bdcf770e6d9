"""The tree of a report → ``bao-cao/<kỳ>.yaml``: narrative by section, figures by indicator.

A heading is known by its likeness to the name of a section; a text right below a field goes to the
section of that field whose name it shares most words with. Figures come from tables whose rows name
an indicator; those of sums and ratios are computed and not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from vanban.checks.content.stated_levels import words_of
from vanban.checks.form.body import read_body
from vanban.checks.form.parts import Part, whole
from vanban.exchange.word_import.ledger import Ledger, sentences
from vanban.exchange.word_import.numbered_tree import Branch, numbered_tree
from vanban.exchange.word_import.registers import Names, Registers, comparable, nearest
from vanban.nd30.letters import fold
from vanban.nd30.numbers import PRINTED, format_typed, printed_number
from vanban.ooxml.word_file import WordParagraph
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.report import Narrative, Report

PERIOD_WORDS = (
    ("h1", re.compile(r"\b(6|SAU) THANG\b")),
    ("q3", re.compile(r"\bQUY (III|3)\b|\b(9|CHIN) THANG\b")),
    ("q1", re.compile(r"\bQUY (I|1)\b")),
    ("year", re.compile(r"\bNAM \d{4}\b|\bNAM\b")),
)
"""Periods by the words of a title, folded; the first that fits."""

TOP = (
    (("chi_dao_dieu_hanh",), re.compile(r"CHI DAO")),
    (("danh_gia",), re.compile(r"^DANH GIA")),
    (("phuong_huong",), re.compile(r"PHUONG HUONG|NHIEM VU (TRONG TAM|THOI GIAN|TIEP THEO)")),
    (("kien_nghi",), re.compile(r"KIEN NGHI, DE XUAT|DE XUAT|^KIEN NGHI")),
    (("ket_qua",), re.compile(r"^KET QUA\b")),
)
"""Fields by the words of an outermost heading, folded; the first that fits."""

SAID = (
    (("danh_gia", "noi_bat"), re.compile(r"^(UU DIEM|MAT (DUOC|TICH CUC)|KET QUA DAT DUOC)\b")),
    (("danh_gia", "ton_tai"), re.compile(r"^(KHO KHAN|VUONG MAC|HAN CHE|MAT HAN CHE)\b")),
)
"""Sections by other words that offices have for them, folded."""

SAME_HEADING, SAME_INDICATOR, NEAR_INDICATOR = 72.0, 93.0, 80.0
"""Likeness of names, of 100."""

_NAME_HEAD = re.compile(r"CHI TIEU|TIEU CHI|NOI DUNG")
_VALUE_HEAD = re.compile(r"KET QUA|SO LIEU|THUC HIEN|GIA TRI|SO LUONG|TRONG KY")
_SCOPE = re.compile(r"số liệu.*\b(?:chỉ gồm|bao gồm|không gồm)\b", re.IGNORECASE)
_NOTE_HEAD = re.compile(r"GHI CHU")
_CLOSING = re.compile(r"Trên đây là", re.IGNORECASE)
_OUTLINE = re.compile(r"^(?:[-–]\s*)?Trên đây là|nêu tại Phụ lục [IVX]+\b")
"""Sentences that the outline has itself."""

Keys = tuple[str, ...]


def period_in(title: str) -> str | None:
    """Return the period that a title names, None where it names none."""
    folded = fold(title)
    return next((id for id, words in PERIOD_WORDS if words.search(folded)), None)


def _sections(model: type[Entry], above: Keys = ()) -> Iterator[tuple[Keys, str, bool]]:
    """Yield the fields of a report with narrative: keys, heading, whether it holds others."""
    for info in model.model_fields.values():
        kind = info.annotation
        keys = (*above, str(info.alias))
        if kind == Narrative:
            yield keys, str(info.title), False
        elif isinstance(kind, type) and issubclass(kind, Entry):
            yield keys, str(info.title), True
            yield from _sections(kind, keys)


class ReportReader(Struct, dict=True):
    """Reads one report; ``data`` are the keys of its figures and narrative."""

    ledger: Ledger
    registers: Registers
    figures: dict[str, str | dict[str, str]] = field(default_factory=dict)
    narrative: dict[Keys, list[str]] = field(default_factory=dict)
    scope: str = ""

    def read(self, root: Branch) -> None:
        """Read the tree of the body."""
        for branch in root.below:
            for part in branch.whole if branch.is_prose else ():
                self._opening(part)
        for branch in root.walk():
            if branch.is_prose and _CLOSING.match(branch.text):
                self.ledger.printed(*branch.whole)
        self._below(root, ())

    def _opening(self, part: Part) -> None:
        """Take the paragraph that opens a report; one of its sentences says what figures cover."""
        for sentence in sentences(part):
            covers = _SCOPE.search(sentence.text) is not None and not self.scope
            if covers:
                self.scope = self.ledger.value(sentence)
            else:
                self.ledger.printed(sentence)

    def annexes(self, paragraphs: tuple[WordParagraph, ...]) -> None:
        """Take the figures of tables of the annexes, which the program makes itself."""
        self.ledger.printed(*map(whole, paragraphs))
        for branch in numbered_tree(read_body(paragraphs)).walk():
            self._figures(branch.rows)

    def tree(self) -> dict[str, Any]:
        """Return figures and narrative as the file of a report has them."""
        tree: dict[str, Any] = {"so_lieu": dict(self.figures)}
        for keys, _, holds in self._known:
            place = tree
            if holds:
                for key in keys:  # a field must be there, even where nothing is told of it
                    place = place.setdefault(key, {})
            if holds or not self.narrative.get(keys):
                continue
            for key in keys[:-1]:
                place = place.setdefault(key, {})
            place[keys[-1]] = self.narrative[keys]
        return tree

    # --- narrative --------------------------------------------------------------------------------

    @cached_property
    def _known(self) -> tuple[tuple[Keys, str, bool], ...]:
        return tuple(_sections(Report))

    def _below(self, branch: Branch, keys: Keys) -> None:
        """Put what stands below a heading into the section or field ``keys``."""
        for below in branch.below:
            if below.rows:
                self._table(below)
                continue
            if below.is_prose and (not keys or _CLOSING.match(below.text)):
                continue
            named = self._named(below.text, keys) if self._may_head(below) else None
            if named is not None:
                if below.label is not None:
                    self.ledger.number(below.label)
                self.ledger.printed(*below.title)
                self._below(below, named)
            elif below.is_heading and not keys:
                self._below(below, ())
            elif below.is_heading and below.item is not None and below.item.title:
                self._below(below, self._section(below.text, keys) or keys)  # it is left over
            else:
                self._text(below, keys)

    def _may_head(self, branch: Branch) -> bool:
        titled = branch.item is not None and branch.item.title
        return not branch.is_prose and len(branch.text) < 160 and (titled or bool(branch.below))

    def _named(self, title: str, keys: Keys) -> Keys | None:
        """Return the section that a heading names: below ``keys`` rather than elsewhere."""
        if not keys:
            folded = fold(title)
            top = next((path for path, words in TOP if words.search(folded)), None)
            if top is not None:
                return top
        for within in (keys, ()):
            known: Names = {
                "/".join(path): (label,)
                for path, label, _ in self._known
                if path[: len(within)] == within and path != within
            }
            id, score = _most_alike(title, known)
            if id is not None and score >= SAME_HEADING:
                return tuple(id.split("/"))
        return None

    def _text(self, branch: Branch, keys: Keys) -> None:
        """Take a paragraph with what stands below it as texts of one section."""
        section = self._section(branch.text, keys)
        if section is None:
            return
        for each in (branch, *branch.walk()):
            if each.rows:
                self._table(each)
                continue
            if _OUTLINE.search(each.text):
                self.ledger.printed(*each.whole)
                continue
            if each.label is not None:
                self.ledger.number(each.label)
            text = self.ledger.value(*each.title) if each.title else ""
            if text:
                self.narrative.setdefault(section, []).append(text)

    def _section(self, text: str, keys: Keys) -> Keys | None:
        """Return the section below ``keys`` that shares most words with a text; else its first."""
        for path, named in SAID:
            if path[: len(keys)] == keys and named.search(fold(text)):
                return path
        words = words_of(text)
        below = [
            (path, label)
            for path, label, holds in self._known
            if not holds and path[: len(keys)] == keys
        ]
        if not below or not keys:
            return None
        return max(below, key=lambda each: len(words_of(each[1]) & words))[0]

    # --- figures ----------------------------------------------------------------------------------

    def _table(self, branch: Branch) -> None:
        """Take the figures of a table of the body, which the annex of the program has."""
        self.ledger.printed(
            *(whole(each) for cells in branch.rows for cell in cells for each in cell)
        )
        self._figures(branch.rows)

    def _figures(self, rows: list[list[list[WordParagraph]]]) -> None:
        """Take the figures of a table that has a column of names and one of results."""
        if not rows:
            return
        heads = [_folded(cell) for cell in rows[0]]
        name = next((at for at, head in enumerate(heads) if _NAME_HEAD.search(head)), None)
        value = next((at for at, head in enumerate(heads) if _VALUE_HEAD.search(head)), None)
        if name is None or value is None or name == value:
            return
        note = next((at for at, head in enumerate(heads) if _NOTE_HEAD.search(head)), None)
        for cells in rows[1:]:
            if max(name, value) < len(cells):
                about = _said(cells[note]) if note is not None and note < len(cells) else ""
                self._figure(_said(cells[name]), _said(cells[value]), about)

    def _figure(self, name: str, said: str, note: str) -> None:
        plain = re.sub(r"^0+(?=\d)", "", said)  # "02" is how single figures are printed
        number = printed_number(plain) if re.fullmatch(PRINTED, plain) else None
        if number is None or not name:
            return
        id, score = nearest(name, self._names)
        if id is None or score < NEAR_INDICATOR:
            id, score = _most_alike(name, self._names)
            score = min(score, NEAR_INDICATOR if score >= SAME_HEADING else 0)
        id = self._sole_part.get(id or "", id)
        if id is None or score < NEAR_INDICATOR or id in self.figures or id in self._computed:
            return
        if score < SAME_INDICATOR:
            self.registers.unsure.append(
                f"số {said} của “{name}” có thể là chỉ tiêu {id} — đúng thì thêm vào so_lieu"
            )
            return
        typed = format_typed(number)
        self.figures[id] = {"gia_tri": typed, "ghi_chu": note} if note.strip(" -–") else typed

    @cached_property
    def _names(self) -> Names:
        return {each.id: (each.name,) for each in self.registers.workspace.all_indicators()}

    @cached_property
    def _sole_part(self) -> dict[str, str]:
        """What is typed for an indicator that is the sum of one other."""
        known = self.registers.workspace.all_indicators()
        return {each.id: each.sum_of[0] for each in known if len(each.sum_of) == 1}

    @cached_property
    def _computed(self) -> frozenset[str]:
        """The indicators whose figures are not typed."""
        known = self.registers.workspace.all_indicators()
        return frozenset(each.id for each in known if each.is_ratio or each.sum_of)


def _most_alike(title: str, known: Names) -> tuple[str | None, float]:
    """Return which name a heading is most like; words around the name do not count much."""
    from rapidfuzz import fuzz

    wanted = re.sub(r"^(VE|CONG TAC|LINH VUC|KET QUA)\s+", "", comparable(title))
    best: tuple[str | None, float] = (None, 0.0)
    for id, (label,) in known.items():
        name = re.sub(r"^(VE|CONG TAC)\s+", "", comparable(label))
        score = 0.35 * fuzz.ratio(wanted, name) + 0.65 * fuzz.token_set_ratio(wanted, name)
        if score > best[1]:
            best = (id, score)
    return best


def _said(cell: Iterable[WordParagraph]) -> str:
    return " ".join(" ".join(each.text.split()) for each in cell)


def _folded(cell: Iterable[WordParagraph]) -> str:
    return fold(_said(cell))
