"""A Word file → its components by the rows of the component table, and what its body holds.

Recognised by wording and place, not by look, so that a wrong look can be told. A component is a
stretch of a paragraph: heads without a table put two components on one line with a tab between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from vanban.checks.form.body import BodyParagraph, read_body
from vanban.checks.form.front_matter import (
    NUMBER,
    flow_of,
    has_national,
    is_date,
    is_head_line,
    is_motto,
    is_national,
    is_number,
)
from vanban.checks.form.parts import TYPED_LINE, Part, segments, whole
from vanban.checks.form.tail import Annex, find_annexes, find_tail
from vanban.checks.form.titles import is_draft_mark, parted_title, read_type
from vanban.nd30.heading_numbers import heading_number
from vanban.nd30.letters import fold
from vanban.ooxml.word_file import WordFile, WordParagraph

DIVISIONS = 2
"""Levels of headings that begin a content by themselves: "Chương I", "Mục 1"."""

HEAD = 30
"""Paragraphs at the start among which the head is looked for."""

_ABOUT = re.compile(r"\(?\s*(V/v|Về việc)\b", re.IGNORECASE)
_BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Theo tờ trình|Xét|Thực hiện|Theo)\b")
_ADDRESS = re.compile(r"\bĐịa chỉ\s*:|\bĐiện thoại\s*:|\bĐT\s*:|\S@\S", re.IGNORECASE)
_SIGNING_TIME = re.compile(r"Số\s*:.*;.*\d{1,2}\s*:\s*\d{1,2}")
_CITES = re.compile(r"Căn cứ\s+[A-ZĐ]")
_STAMPS = {
    **dict.fromkeys(("TUYET MAT", "TOI MAT", "MAT"), "do-mat"),
    **dict.fromkeys(("HOA TOC", "THUONG KHAN", "KHAN"), "do-khan"),
    **dict.fromkeys(("XEM XONG TRA LAI", "LUU HANH NOI BO"), "pham-vi-luu-hanh"),
}
_DRAFT = ("DU THAO", "BAN NHAP", "DRAFT", "MAU")
_SUPERIOR_STARTS = re.compile(
    r"(UY BAN NHAN DAN|UBND|HOI DONG NHAN DAN|HDND|BO|SO|PHONG|TRUNG TAM|VAN PHONG|TRUONG|BAN|CUC"
    r"|CHI CUC|TONG CUC|VIEN|CONG AN|THANH TRA|TRAM|HOI|DOAN|BENH VIEN|DAI HOC|HOC VIEN"
    r"|TONG CONG TY|CONG TY|TAP DOAN|XI NGHIEP|CHI NHANH|NGAN HANG|KHO BAC|BAO HIEM|THUE|HAI QUAN"
    r"|TOA AN|DANG UY|CHI BO|UY BAN|LIEN DOAN|BO CHI HUY|KHOA|HAT|DOI|NHA MAY)\b"
)


class Components(Struct, frozen=True, eq=False, dict=True):
    """The components found, by id; ``body`` between head and tail; ``kind`` "Kế hoạch" or ""."""

    parts: Mapping[str, tuple[Part, ...]]
    body: tuple[BodyParagraph, ...]
    annexes: tuple[Annex, ...]
    kind: str
    typed_lines: frozenset[str]
    """Components below which a line is typed as underscores or dashes."""

    flow: tuple[WordParagraph, ...] = ()
    """The filled paragraphs of the document, without a cover and tables of contents."""

    def get(self, component: str) -> tuple[Part, ...]:
        return self.parts.get(component, ())

    @cached_property
    def component_of(self) -> Mapping[WordParagraph, str]:
        """The component that the first part of each paragraph belongs to."""
        found: dict[WordParagraph, str] = {}
        for component, parts in self.parts.items():
            for part in parts:
                found.setdefault(part.paragraph, component)
        return found


def find_components(word: WordFile) -> Components:
    """Return the components of a Word file."""
    return _Finder(word, flow_of(word)).find()


class _Finder(Struct):
    word: WordFile
    flow: tuple[WordParagraph, ...]
    parts: dict[str, list[Part]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    kind: str = ""

    def find(self) -> Components:
        filled = self.flow
        annexes = list(find_annexes(filled))
        end = annexes[0].index if annexes else len(filled)
        start = self._head(filled[:HEAD])
        start = self._title(start, end)
        start = self._addressees(start, end)
        if not self.kind and "ten-loai" not in self.parts and "kinh-gui" in self.parts:
            self.kind = "Công văn" if "so-ky-hieu" in self.parts else ""
        start = self._bases(start, end)
        stop, tail = find_tail(filled, start, end)
        for component, parts in tail.items():
            if component != "dia-danh-thoi-gian" or component not in self.parts:
                self._add(component, *parts)
        body = read_body(filled[start:stop])
        for annex in annexes:
            if not annex.is_attached:
                self._add("so-phu-luc", annex.number)
                self._add("ten-phu-luc", *annex.title)
            self._add("kem-theo", *annex.note)
        for paragraph in self.word.margins:
            if _ADDRESS.search(paragraph.text):
                self._add("dia-chi", whole(paragraph))
            if _SIGNING_TIME.match(paragraph.text.strip()):
                self._add("ky-so-phu-luc", whole(paragraph))
        for item in body:
            for component, part in item.components:
                self._add(component, part)
        return Components(
            {name: tuple(parts) for name, parts in self.parts.items()},
            body,
            tuple(annexes),
            self.kind,
            frozenset(self.typed),
            self.flow,
        )

    def _add(self, component: str, *parts: Part) -> None:
        if parts:
            self.parts.setdefault(component, []).extend(parts)

    # --- head ---------------------------------------------------------------------------------

    def _head(self, candidates: tuple[WordParagraph, ...]) -> int:
        """Find boxes 1 to 5b and the stamps; return the index of the first paragraph below."""
        names = filter(has_national, candidates)
        cell = next((paragraph.cell for paragraph in names), None)
        table = None if cell is None else cell.table
        end, in_about = 0, False
        for index, paragraph in enumerate(candidates):
            inside = table is not None and paragraph.cell and paragraph.cell.table == table
            if fold(paragraph.text).startswith("KINH GUI"):
                break  # below it a date is one of the content
            parts = segments(paragraph, True)
            about = end > 0 and any(part.folded.startswith("V/V") for part in parts)
            goes_on = 0 < end == index and in_about and paragraph.text.startswith("\t")
            in_about = about or goes_on
            if inside or in_about or any(map(is_head_line, parts)):
                end = index + 1
            elif index - end > 8 or any(map(read_type, parts)):
                break
        agency: list[Part] = []
        last = ""
        for part in (part for paragraph in candidates[:end] for part in segments(paragraph, True)):
            component = self._head_component(part)
            if TYPED_LINE.fullmatch(part.text):
                if last:
                    self.typed.add(last)
                continue
            if component == "co-quan":
                agency.append(part)
                last = "co-quan-ban-hanh"
            elif component:
                self._add(component, part)
                last = component
        self._agency(agency)
        return end

    def _head_component(self, part: Part) -> str:
        text = part.text.strip()
        if part.folded in _STAMPS:
            return _STAMPS[part.folded]
        if is_national(part):
            return "quoc-hieu"
        if is_motto(part):
            return "tieu-ngu"
        if is_date(part):
            return "dia-danh-thoi-gian"
        if _SIGNING_TIME.match(text):
            return "ky-so-phu-luc"
        if NUMBER.match(text):
            return "so-ky-hieu"
        if _ABOUT.match(text):
            self.kind = self.kind or "Công văn"
            return "trich-yeu-cong-van"
        title = read_type(part)
        if title is not None and ("so-ky-hieu" in self.parts or title[1].folded == fold(title[0])):
            self.kind = title[0]
            return "ten-loai"
        title_cell = [each.paragraph.cell for each in self.parts.get("ten-loai", ())]
        if part.paragraph.cell and part.paragraph.cell in title_cell:
            return "trich-yeu"
        if _ADDRESS.search(text) or is_draft_mark(part):
            return ""
        about = self.parts.get("trich-yeu-cong-van", [])
        if about and part.paragraph.cell == about[-1].paragraph.cell and not part.upper:
            return "trich-yeu-cong-van"
        if part.folded in _DRAFT or ("so-ky-hieu" in self.parts and not part.paragraph.cell):
            return ""
        return "co-quan" if part.upper or "so-ky-hieu" not in self.parts else ""

    def _agency(self, lines: list[Part]) -> None:
        """Tell the superior agency from the issuing one: by the words that begin a name."""
        lines = [line for line in lines if any(sign.isalpha() for sign in line.text)]
        first = 0
        for index, line in enumerate(lines):
            if _SUPERIOR_STARTS.match(line.folded) and index:
                first = index
        self._add("co-quan-chu-quan", *lines[:first])
        self._add("co-quan-ban-hanh", *lines[first:])

    def _title(self, start: int, end: int) -> int:
        """Find type and abstract below the head."""
        filled = self.flow
        index = start
        while index < min(end, start + 10):
            if not all(map(self._title_part, segments(filled[index]))):
                break
            index += 1
        title = self.parts.get("ten-loai", [])
        parted = parted_title(self.kind, title[-1]) if title else None
        if parted is not None and "trich-yeu" not in self.parts:
            self.parts["ten-loai"] = [*title[:-1], parted[0]]
            self._add("trich-yeu", parted[1])
        return index

    def _title_part(self, part: Part) -> bool:
        """Take one line below the head; return whether it still belongs there."""
        text = part.text.strip()
        abstract = self.parts.get("trich-yeu", [])
        if TYPED_LINE.fullmatch(part.text):
            self.typed.add("trich-yeu")
            return True
        if is_draft_mark(part):
            return True
        title = read_type(part)
        if not self.kind and title is not None:
            self.kind = title[0]
            self._add("ten-loai", title[1])
            return True
        if "so-ky-hieu" not in self.parts and is_number(part):
            self._add("so-ky-hieu", part)
            return True
        if part.folded in _STAMPS:
            self._add(_STAMPS[part.folded], part)
            return True
        number = heading_number(text)
        if number is not None and number.level <= DIVISIONS:
            return False
        if (
            part.folded.startswith("KINH GUI")
            or self._is_wired(text)
            or (_BASIS.match(text) and len(text) > 60)
        ):
            return False
        if not self.kind and _ABOUT.match(text):
            self.kind = "Công văn"
            self._add("trich-yeu-cong-van", part)
            return True
        if "ten-loai" not in self.parts:
            if self.kind or not (part.upper and part.paragraph.format.align == "center"):
                return False
            self._add("ten-loai", part)
            return True
        centered = part.paragraph.format.align == "center"
        if abstract and (not centered or part.upper):
            return False
        is_sentence = text.endswith((".", ":", ";")) or re.match(r"([IVX]+|\d+)\.\s|-", text)
        if not abstract and is_sentence and not (centered or part.bold):
            return False
        if part.paragraph.cell is not None and len(abstract) > 3:
            return False
        self._add("trich-yeu-cong-van" if self.kind == "Công văn" else "trich-yeu", part)
        return True

    def _is_wired(self, text: str) -> bool:
        """Say whether a line of a telegram says who wires (Annex III, Mẫu 1.6)."""
        return self.kind == "Công điện" and fold(text).endswith(" DIEN:")

    def _addressees(self, start: int, end: int) -> int:
        filled = self.flow
        index = start
        if index < end and self._is_wired(filled[index].text):
            index += 1
            while index < end and filled[index].text.strip().startswith("-"):
                index += 1
            return index
        while index < end:
            text = filled[index].text.strip()
            if not fold(text).startswith("KINH GUI") and not (
                "kinh-gui" in self.parts and text.startswith(("-", "–", "+"))
            ):
                break
            self._add("kinh-gui", *segments(filled[index]))
            index += 1
        return index

    def _bases(self, start: int, end: int) -> int:
        """Take the legal bases, which stand together before the content.

        What only begins the content ("Thực hiện …, UBND báo cáo như sau:") is none.
        """
        filled = self.flow
        index = start
        while index < end and self._is_authority(filled[index]):
            index += 1
        while index < end:
            paragraph = filled[index]
            text = paragraph.plain
            found = _BASIS.match(text)
            if paragraph.cell or not found or text.endswith(":"):
                break
            goes_on = index > start and filled[index - 1].plain.endswith(";")
            cites = _CITES.match(text) is not None
            if not cites and not text.endswith(";") and not goes_on:
                formats = list(paragraph.formatted())
                if not formats or not all(format_.italic for format_, _ in formats):
                    break
            self._add("can-cu", whole(paragraph))
            index += 1
        return index

    def _is_authority(self, paragraph: WordParagraph) -> bool:
        """Say whether this is the line of a decision that names who decides (Mẫu 1.2)."""
        return paragraph.format.align == "center" and whole(paragraph).upper
