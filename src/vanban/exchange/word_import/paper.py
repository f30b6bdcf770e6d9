"""The tree of any document → ``soan-thao/<mã>.yaml``: pieces of the levels that its type has.

A number of a level that the type does not have stays in the text of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from vanban.checks.form.body import BodyKind, read_body
from vanban.checks.form.components import Components
from vanban.checks.form.parts import TYPED_LINE, TYPES, Part, segments, whole
from vanban.checks.form.tail import Annex
from vanban.exchange.word_import.issue_data import loose_bases
from vanban.exchange.word_import.ledger import Ledger
from vanban.exchange.word_import.numbered_tree import Branch, numbered_tree
from vanban.exchange.word_import.registers import Registers
from vanban.nd30.letters import fold
from vanban.nd30.paper_forms import ATTACHABLE, PAPER_FORMS, Addressed, PaperForm
from vanban.ooxml.word_file import WordFile, WordParagraph
from vanban.workspace.instructions import BLANK, MARKER
from vanban.workspace.paper_checks import ISSUES

KEYS = {
    BodyKind.ROMAN: "muc",
    BodyKind.ARTICLE: "dieu",
    BodyKind.CLAUSE: "khoan",
    BodyKind.POINT: "diem",
}
_MARKED = f"{MARKER}: điền cho đủ"
_DIVISION = re.compile(r"\s*(phần|chương|mục|điều)\s+[\divxlc]+\b", re.IGNORECASE)
WORDED = {"CHUONG": "chuong", "PHAN": "phan", "MUC": "muc", "TIEU MUC": "tieu_muc"}
"""Levels whose label is a word and a number."""


class PaperReader(Struct):
    """Reads one document of a ``form``."""

    ledger: Ledger
    registers: Registers
    form: PaperForm

    def read(
        self, components: Components, data: dict[str, Any], rest: list[WordParagraph]
    ) -> dict[str, Any]:
        """Return the keys of a paper, those of every document from ``data``.

        ``rest`` is the text that a decision issues.
        """
        if "kinh_gui" not in data and self.form.addressed is not Addressed.NEVER:
            data["kinh_gui"] = self._wired_to(components)
        paper = {"loai": self.form.type, **self._completed(data)}
        urgency = components.get("do-khan")
        if urgency:
            paper["do_khan"] = urgency[0].text.strip().lower()
            self.ledger.printed(*urgency)
        root = numbered_tree(components.body)
        self._claim_order(components, root)
        bases = loose_bases(root, self.ledger, self.registers)
        paper["can_cu"] += bases
        self._claim_order(components, root)
        paper["noi_dung"] = self.parts(root.below, self.form, ()) or [BLANK]
        says = any(map(ISSUES.search, _texts(paper["noi_dung"])))
        if self.form.order and says and (rest or not components.annexes):
            paper["kem_theo"] = self._attached(rest)
        flow, ends = components.flow, [annex.index for annex in components.annexes[1:]]
        annexes = [
            self._annex(annex, flow[annex.index : end])
            for annex, end in zip(components.annexes, (*ends, len(flow)), strict=False)
        ]
        if annexes:
            paper["phu_luc"] = annexes
        return paper

    def _wired_to(self, components: Components) -> tuple[str, ...]:
        """Return whom a telegram goes to: the dashes above its text, which are no component."""
        known = {item.paragraph for item in components.body} | {*components.component_of}
        last = components.body[0].paragraph.number if components.body else 0
        return tuple(
            self.registers.recipient(each.text)
            for each in components.flow
            if each not in known and each.number < last and each.text.lstrip()[:1] in ("-", "–")
        )

    def _completed(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the data of the head with what the type must have, and without what it cannot."""
        agency, unsure = self.registers.workspace.agency, self.registers.unsure
        if not self.form.needs_abstract and not data.get("trich_yeu"):
            data.pop("trich_yeu", None)
        elif not data.get("trich_yeu"):
            data["trich_yeu"] = BLANK
        if self.form.addressed is Addressed.NEVER:
            data["noi_nhan"] = (*data.pop("kinh_gui", ()), *data.get("noi_nhan", ()))
        elif self.form.addressed is Addressed.MUST and not data.get("kinh_gui"):
            first = agency.recipients[0]
            data["kinh_gui"] = (first.id,)
            unsure.append(f"không đọc được “Kính gửi” — tạm ghi {first.id} ({first.name})")
        coded = [unit for unit in agency.units if unit.code]
        known = {unit.id for unit in coded}
        if self.form.is_letter and coded and not known & {*data.get("luu", ())}:
            data["luu"] = (*data.get("luu", ()), coded[0].id)
            unsure.append(f"không đọc được đơn vị soạn thảo — tạm ghi {coded[0].id}")
        if self.form.two_sign:
            data["thu_ky"] = BLANK
        return data

    def _claim_order(self, components: Components, root: Branch) -> None:
        """Take who decides and "QUYẾT ĐỊNH:", which the program prints above the articles."""
        known = {item.paragraph for item in components.body} | {*components.component_of}
        end = components.annexes[0].index if components.annexes else len(components.flow)
        for paragraph in components.flow[:end]:
            if paragraph not in known:
                self.ledger.printed(whole(paragraph))
        agency = fold(self.registers.workspace.agency.name)
        order = fold(self.form.order).rstrip(":") if self.form.order else ""
        while root.below and order:
            first = root.below[0]
            stands_alone = first.folded.rstrip(" :") == order or first.folded.endswith(agency)
            if first.label is not None or first.below or not stands_alone:
                return
            self.ledger.printed(*first.whole)
            root.below.pop(0)

    # --- the body ---------------------------------------------------------------------------------

    def parts(
        self, branches: Iterable[Branch], form: PaperForm, around: tuple[str, ...]
    ) -> list[Any]:
        """Return the pieces of ``branches``; ``around`` are the levels that they stand in."""
        return [piece for branch in branches for piece in self._pieces(branch, form, around)]

    def _pieces(self, branch: Branch, form: PaperForm, around: tuple[str, ...]) -> Iterator[Any]:
        if branch.rows:
            table = self._table(branch)
            if table is not None:
                yield {"bang": table}
            return
        key = self._key(branch, form, around)
        if key == "gach" and branch.label is not None:
            self.ledger.number(branch.label)
            text = self.ledger.value(*branch.title) if branch.title else ""
            if text:
                yield {"gach": text}
            yield from self.parts(branch.below, form, around)  # nothing stands inside a dash
            return
        if not key:
            text = self.ledger.value(*branch.whole) if branch.whole else ""
            if text:
                yield text
            yield from self.parts(branch.below, form, around)
            return
        if branch.label is not None:
            self.ledger.number(branch.label)
        text = self.ledger.value(*branch.title) if branch.title else ""
        piece: dict[str, Any] = {key: text or BLANK}
        below = self.parts(branch.below, form, (*around, key))
        if below:
            piece["noi_dung"] = below
        yield piece

    def _key(self, branch: Branch, form: PaperForm, around: tuple[str, ...]) -> str:
        """Return the key of a branch, "" for a paragraph: also where its level may not stand."""
        if branch.item is None:
            return ""
        kind = branch.item.kind
        if kind is BodyKind.BULLET and branch.item.number[:1] in "-–—":
            return "gach"
        key = KEYS.get(kind, "")
        if kind in (BodyKind.PART, BodyKind.SECTION):
            word = fold(branch.item.number.rstrip(" .:").rpartition(" ")[0])
            key = WORDED.get(word, "")
        levels = form.levels
        if key not in levels or (kind is BodyKind.ROMAN and levels[key].stacked):
            return ""
        order = list(levels)
        outer = next((each for each in reversed(around) if each in levels), None)
        if outer is not None and order.index(key) <= order.index(outer):
            return ""
        return key if levels[key].within in ("", outer) else ""

    def _table(self, branch: Branch) -> dict[str, Any] | None:
        """Return a table: its first row is the head; None where rows have more cells than that."""
        columns = max(map(len, branch.rows))
        rows: list[list[str]] = []
        for cells in branch.rows:
            row = [
                self.ledger.value(*map(whole, cell)) if cell else "-"
                for cell in (*cells, *([[]] * (columns - len(cells))))
            ]
            rows.append([text or "-" for text in row])
        if len(rows) < 2:
            rows.append(["-"] * columns)
        return {"cot": rows[0], "dong": rows[1:]}

    # --- what goes with it ------------------------------------------------------------------------

    def _annex(self, annex: Annex, paragraphs: tuple[WordParagraph, ...]) -> dict[str, Any]:
        self.ledger.number(annex.number)
        title = self.ledger.value(*annex.title) if annex.title else ""
        if annex.note:
            self.ledger.printed(*annex.note)
        head = {part.paragraph for part in (annex.number, *annex.title, *annex.note)}
        rest = read_body(
            each
            for each in paragraphs
            if each not in head and not TYPED_LINE.fullmatch(each.text.strip())
        )
        parts = self.parts(numbered_tree(rest).below, self.form, ())
        return {"ten": title or BLANK, "noi_dung": parts or [BLANK]}

    def _attached(self, rest: list[WordParagraph]) -> dict[str, Any]:
        """Return the text that a decision issues, which begins with its type on a line."""
        if not rest:
            self.registers.unsure.append(
                "không thấy văn bản ban hành kèm theo trong tệp — điền vào kem_theo"
            )
            return {"loai": "Quy chế", "trich_yeu": _MARKED, "noi_dung": [BLANK]}
        self.ledger.printed(whole(rest[0]))
        kind = _type(rest[0])
        abstract: list[Part] = []
        body = rest[1:]
        while body and body[0].format.align == "center" and not _DIVISION.match(body[0].text):
            parts = segments(body.pop(0))
            if parts and parts[0].text.lstrip().startswith("("):
                self.ledger.printed(*parts)
                break
            abstract += parts
        text = self.ledger.value(*abstract) if abstract else ""
        tree = numbered_tree(read_body(body)).below
        parts_of = self.parts(tree, PAPER_FORMS[kind], ())
        return {"loai": kind, "trich_yeu": text or _MARKED, "noi_dung": parts_of or [BLANK]}


def _texts(node: Any) -> Iterator[str]:
    """Yield every text of a tree."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from _texts([*node.values()])
    else:
        for each in node:
            yield from _texts(each)


def parted(word: WordFile) -> tuple[WordFile, list[WordParagraph]]:
    """Part a decision from the text that it issues, which has a head of its own behind it."""
    says = None
    for index, paragraph in enumerate(word.paragraphs):
        if ISSUES.search(paragraph.text):
            says = index
        elif says is not None and paragraph.cell is None and _type(paragraph) in ATTACHABLE:
            rest = [each for each in word.paragraphs[index:] if each.number]
            return replace(word, paragraphs=word.paragraphs[:index]), rest
    return word, []


def _type(paragraph: WordParagraph) -> str:
    """Return the type of document that a line names alone, "" for none."""
    return TYPES.get(fold(paragraph.text), "")
