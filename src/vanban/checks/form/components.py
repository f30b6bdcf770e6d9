"""A Word file → its components by the rows of the component table, and what its body holds.

Recognised by wording and place, not by look, so that a wrong look can be told. A component is a
stretch of a paragraph: heads without a table put two components on one line with a tab between.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from vanban.checks.form.body import BodyParagraph, read_body
from vanban.checks.form.word_file import CellPlace, WordFile, WordParagraph
from vanban.nd30.document_types import ABBREVIATIONS, UNNUMBERED

HEAD = 30
"""Paragraphs at the start among which the head is looked for."""

TAIL = 40
"""Paragraphs at the end among which the signature is looked for."""

MAX_TAIL_LINE = 120
"""Letters of a line of recipients or signature outside tables; what is longer is no part of them."""

LEGAL_TYPES = ("Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Nghị định", "Thông tư")
"""Types that are legal normative documents; they follow another decree."""

_LINES = re.compile(r"\n+")
_COLUMNS = re.compile(r"[\t\n]+|(?<=[^\s:ygm/])[\t \u00a0]{5,}")
_RULE = re.compile(r"[\s_\-–—─━=*.]{3,}")
_NUMBER = re.compile(r"Số\s*[:.]?(?=[\s\d./…]|$)|\d+\s*/\s*[A-ZĐ]+\s*-", re.IGNORECASE)
_DATE = re.compile(r".{0,70}\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b.{0,8}", re.IGNORECASE)
_ABOUT = re.compile(r"(V/v|Về việc)\b", re.IGNORECASE)
_BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Theo tờ trình|Xét|Thực hiện|Theo)\b")
_ATTACHED = re.compile(r"\(\s*(kèm|ban hành|đính)\s+(kèm\s+)?theo\b", re.IGNORECASE)
_ANNEX = re.compile(r"phụ lục(\s+(số\s*)?([IVXLC]+|\d+|[A-H]))?(?=\s*([.:\n-]|$))", re.IGNORECASE)
_CAPACITY = re.compile(r"(TM|KT|TL|TUQ|TUN|Q|T/M|K/T|T/L)(\.|/|\s)\s*(?=\S)")
_STAMPS = {
    "do-mat": ("TUYET MAT", "TOI MAT", "MAT"),
    "do-khan": ("HOA TOC", "THUONG KHAN", "KHAN"),
    "pham-vi-luu-hanh": ("XEM XONG TRA LAI", "LUU HANH NOI BO"),
}
_DRAFT = ("DU THAO", "BAN NHAP", "DRAFT", "MAU")
_SUPERIOR_STARTS = re.compile(
    r"(UY BAN NHAN DAN|UBND|HOI DONG NHAN DAN|HDND|BO|SO|PHONG|TRUNG TAM|VAN PHONG|TRUONG|BAN|CUC"
    r"|CHI CUC|TONG CUC|VIEN|CONG AN|THANH TRA|TRAM|HOI|DOAN|BENH VIEN|DAI HOC|HOC VIEN)\b"
)
_COMMITTEE = re.compile(r"(UY BAN NHAN DAN|UBND|HOI DONG NHAN DAN|HDND)\b")
_SIGNED = re.compile(r"\(?\s*(đã ký|ký tên|ký, ghi|chữ ký|ký số)", re.IGNORECASE)


def fold(text: str) -> str:
    """Return ``text`` in capitals without marks, blanks single: "ỦY BAN" and "Uỷ ban" are one."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).upper().split())


TYPES: dict[str, str] = {
    fold(name): name for name in (*ABBREVIATIONS, *UNNUMBERED, *LEGAL_TYPES, "Công điện")
}
"""Types of documents by their folded names."""


@dataclass(frozen=True, eq=False)
class Part:
    """A stretch of a paragraph that is (a line of) a component."""

    paragraph: WordParagraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def upper(self) -> bool:
        letters = [sign for sign in self.text if sign.isalpha()]
        return len(letters) >= 2 and all(not sign.islower() for sign in letters)


@dataclass(frozen=True, eq=False)
class Annex:
    """The head of an annex, its parts and where it stands among the filled paragraphs."""

    number: Part
    title: tuple[Part, ...]
    note: tuple[Part, ...]
    index: int


@dataclass(frozen=True, eq=False)
class Components:
    """The components found, by id; ``body`` between head and tail; ``kind`` "Kế hoạch" or ""."""

    parts: Mapping[str, tuple[Part, ...]]
    body: tuple[BodyParagraph, ...]
    annexes: tuple[Annex, ...]
    kind: str
    typed_rules: frozenset[str]
    """Components below which a rule is typed as underscores or dashes."""

    def get(self, component: str) -> tuple[Part, ...]:
        return self.parts.get(component, ())

    @cached_property
    def component_of(self) -> Mapping[int, str]:
        """The component that the first part of each paragraph (by number) belongs to."""
        found: dict[int, str] = {}
        for component, parts in self.parts.items():
            for part in parts:
                found.setdefault(part.paragraph.number, component)
        return found


def find_components(word: WordFile) -> Components:
    """Return the components of a Word file."""
    return _Finder(word).find()


@dataclass
class _Finder:
    word: WordFile
    parts: dict[str, list[Part]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    kind: str = ""

    def find(self) -> Components:
        filled = self.word.filled
        annexes = list(self._annexes())
        end = annexes[0].index if annexes else len(filled)
        start = self._head(filled[:HEAD])
        start = self._title(start, end)
        start = self._addressees(start, end)
        start = self._bases(start, end)
        stop = self._tail(start, end)
        body = read_body(filled[start:stop])
        for annex in annexes:
            self._add("so-phu-luc", annex.number)
            self._add("ten-phu-luc", *annex.title)
            self._add("kem-theo", *annex.note)
        for item in body:
            for component, first, last in item.components:
                self._add(component, Part(item.paragraph, first, last))
        return Components(
            {name: tuple(parts) for name, parts in self.parts.items()},
            body,
            tuple(annexes),
            self.kind,
            frozenset(self.typed),
        )

    def _add(self, component: str, *parts: Part) -> None:
        if parts:
            self.parts.setdefault(component, []).extend(parts)

    # --- head ---------------------------------------------------------------------------------

    def _head(self, candidates: tuple[WordParagraph, ...]) -> int:
        """Find boxes 1 to 5b and the stamps; return the index of the first paragraph below."""
        national = next(
            (
                index
                for index, paragraph in enumerate(candidates)
                if "CONG HOA XA HOI CHU NGHIA" in fold(paragraph.text)
            ),
            None,
        )
        table = None
        if national is not None and candidates[national].cell is not None:
            cell = candidates[national].cell
            table = None if cell is None else cell.table
        end = 0
        for index, paragraph in enumerate(candidates):
            inside = table is not None and paragraph.cell and paragraph.cell.table == table
            if inside or any(self._is_head(part) for part in segments(paragraph, True)):
                end = index + 1
            elif index - end > 8 or fold(paragraph.text) in TYPES:
                break
        agency: list[Part] = []
        last = ""
        for part in (part for paragraph in candidates[:end] for part in segments(paragraph, True)):
            component = self._head_component(part)
            if _RULE.fullmatch(part.text):
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

    def _is_head(self, part: Part) -> bool:
        text = part.text.strip()
        return (
            "CONG HOA XA HOI CHU NGHIA" in part.folded
            or _is_motto(part)
            or (_NUMBER.match(text) is not None and len(text) < 60)
            or _DATE.fullmatch(text) is not None
        )

    def _head_component(self, part: Part) -> str:
        text = part.text.strip()
        stamp = next((name for name, words in _STAMPS.items() if part.folded in words), "")
        if stamp:
            return stamp
        if "CONG HOA XA HOI CHU NGHIA" in part.folded:
            return "quoc-hieu"
        if _is_motto(part):
            return "tieu-ngu"
        if _DATE.fullmatch(text):
            return "dia-danh-thoi-gian"
        if _NUMBER.match(text):
            return "so-ky-hieu"
        if _ABOUT.match(text):
            self.kind = self.kind or "Công văn"
            return "trich-yeu-cong-van"
        if part.folded in TYPES:
            self.kind = TYPES[part.folded]
            return "ten-loai"
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
        filled = self.word.filled
        index = start
        while index < min(end, start + 10):
            paragraph = filled[index]
            for part in segments(paragraph):
                if not self._title_part(part):
                    return index
            index += 1
        return index

    def _title_part(self, part: Part) -> bool:
        """Take one line below the head; return whether it still belongs there."""
        text = part.text.strip()
        abstract = self.parts.get("trich-yeu", [])
        if _RULE.fullmatch(part.text):
            self.typed.add("trich-yeu")
            return True
        if not self.kind and part.folded in TYPES:
            self.kind = TYPES[part.folded]
            self._add("ten-loai", part)
            return True
        stamp = next((name for name, words in _STAMPS.items() if part.folded in words), "")
        if stamp:
            self._add(stamp, part)
            return True
        if part.folded.startswith("KINH GUI") or (_BASIS.match(text) and len(text) > 60):
            return False
        if "ten-loai" not in self.parts:
            if self.kind or not (part.upper and part.paragraph.look.align == "center"):
                return False
            self._add("ten-loai", part)
            return True
        centered = part.paragraph.look.align == "center"
        if abstract and (not centered or part.upper):
            return False
        is_sentence = text.endswith((".", ":", ";")) or re.match(r"([IVX]+|\d+)\.\s|-", text)
        if not abstract and is_sentence and not (centered or _is_bold(part)):
            return False
        if part.paragraph.cell is not None and len(abstract) > 3:
            return False
        self._add("trich-yeu", part)
        return True

    def _addressees(self, start: int, end: int) -> int:
        filled = self.word.filled
        index = start
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
        filled = self.word.filled
        index = start
        while index < end and self._is_authority(filled[index]):
            index += 1
        while index < end:
            paragraph = filled[index]
            text = paragraph.plain
            found = _BASIS.match(text)
            if paragraph.cell or not found or text.endswith(":"):
                break
            if found[1] != "Căn cứ" and not text.endswith(";"):
                looks = list(paragraph.looks())
                if not looks or not all(look.italic for look, _ in looks):
                    break
            self._add("can-cu", whole(paragraph))
            index += 1
        return index

    def _is_authority(self, paragraph: WordParagraph) -> bool:
        """Say whether this is the line of a decision that names who decides (Mẫu 1.2)."""
        return paragraph.look.align == "center" and whole(paragraph).upper

    # --- tail ---------------------------------------------------------------------------------

    def _tail(self, start: int, end: int) -> int:
        """Find recipients and signature; return the index of the first paragraph of either."""
        filled = self.word.filled
        head = next(
            (
                index
                for index in range(start, end)
                if fold(filled[index].text).startswith("NOI NHAN") and len(filled[index].text) < 90
            ),
            None,
        )
        first = self._capacity(start if head is None else max(start, head - 6), end)
        known = [index for index in (head, first) if index is not None]
        if not known:
            return end
        stop = min(known)
        cell = None if head is None else filled[head].cell
        for paragraph in filled[stop:end]:
            if cell is None and (len(paragraph.text) > MAX_TAIL_LINE or paragraph.cell):
                break
            if cell is not None and not (paragraph.cell and paragraph.cell.table == cell.table):
                continue
            for part in segments(paragraph, True):
                self._add_tail(part, cell)
        self._name_and_post()
        return stop

    def _capacity(self, start: int, end: int) -> int | None:
        """Return the index of the first line of the signature among the last paragraphs."""
        for index in range(max(start, end - TAIL), end):
            for part in segments(self.word.filled[index], True):
                if part.upper and (_CAPACITY.match(part.text.strip()) or part.folded in POSTS):
                    return index
        return None

    def _add_tail(self, part: Part, cell: CellPlace | None) -> None:
        text = part.text.strip()
        if _RULE.fullmatch(part.text) or _SIGNED.match(text):
            return
        if part.folded.startswith("NOI NHAN"):
            head = re.match(r"\s*nơi nhận\s*:?", part.text, re.IGNORECASE)
            length = len(part.text) if head is None else head.end()
            self._add("noi-nhan", Part(part.paragraph, part.start, part.start + length))
            if part.text[length:].strip():
                rest = Part(part.paragraph, part.start + length, part.end)
                self._add("danh-sach-noi-nhan", rest)
            return
        own = part.paragraph.cell
        left = cell is not None and own is not None and own.column == cell.column
        is_item = text.startswith(("-", "–", "+", "•")) or part.folded.startswith("LUU")
        if left or (cell is None and is_item):
            if re.fullmatch(r"[A-ZĐ]{1,5}\.?\s?\(?\d+\)?\.?", text):
                self._add("nguoi-soan-thao", part)
            else:
                self._add("danh-sach-noi-nhan", part)
        elif "noi-nhan" in self.parts or part.upper or "quyen-han" in self.parts:
            self._add("quyen-han", part)

    def _name_and_post(self) -> None:
        """Part the signature: capitals are capacity and post, the last other line is the name."""
        lines = self.parts.pop("quyen-han", [])
        names = [line for line in lines if not line.upper and _is_name(line.text)]
        name = names[-1] if names else (lines[-1] if len(lines) > 1 else None)
        if name is not None and name.upper and _CAPACITY.match(name.text.strip()):
            name = None
        if name is not None and not names and fold(name.text) in POSTS:
            name = None
        self._add("quyen-han", *(line for line in lines if line is not name and line.upper))
        if name is not None:
            self._add("ho-ten", name)

    # --- annexes ------------------------------------------------------------------------------

    def _annexes(self) -> Iterator[Annex]:
        filled = self.word.filled
        for index, paragraph in enumerate(filled):
            found = _ANNEX.match(paragraph.text.strip()) if paragraph.cell is None else None
            if not found or index < 5 or len(paragraph.text) > 250:
                continue
            if paragraph.look.align != "center" and not _is_bold(whole(paragraph)):
                continue
            yield self._annex(index, found.end())

    def _annex(self, index: int, length: int) -> Annex:
        paragraph = self.word.filled[index]
        start = len(paragraph.text) - len(paragraph.text.lstrip())
        number = Part(paragraph, start, start + length)
        rest = [
            part
            for part in segments(paragraph)
            if part.start >= number.end and any(sign.isalpha() for sign in part.text)
        ]
        title: list[Part] = rest
        note: list[Part] = []
        for below in self.word.filled[index + 1 : index + 6]:
            if below.cell is not None or below.look.align != "center":
                break
            for part in segments(below):
                if note or _ATTACHED.match(part.text.strip()):
                    note.append(part)
                elif not _RULE.fullmatch(part.text):
                    title.append(part)
            if note and note[-1].text.rstrip().endswith(")"):
                break
        return Annex(number, tuple(title), tuple(note), index)


POSTS = frozenset(
    fold(post)
    for post in (
        "Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc", "Trưởng phòng", "Phó Trưởng phòng",
        "Chánh Văn phòng", "Phó Chánh Văn phòng", "Hiệu trưởng", "Phó Hiệu trưởng", "Bộ trưởng",
        "Thứ trưởng", "Cục trưởng", "Phó Cục trưởng", "Trưởng ban", "Phó Trưởng ban",
    )
)  # fmt: skip
"""Posts of those who sign."""


def segments(paragraph: WordParagraph, columns: bool = False) -> tuple[Part, ...]:
    """Return the lines of a paragraph; with ``columns`` also what tabs outside tables set apart."""
    pattern = _COLUMNS if columns and paragraph.cell is None else _LINES
    found: list[Part] = []
    start = 0
    ends = [(each.start(), each.end()) for each in pattern.finditer(paragraph.text)]
    for end, following in (*ends, (len(paragraph.text), 0)):
        text = paragraph.text[start:end]
        if text.strip():
            first = start + len(text) - len(text.lstrip())
            found.append(Part(paragraph, first, first + len(text.strip())))
        start = following
    return tuple(found)


def whole(paragraph: WordParagraph) -> Part:
    """Return all of a paragraph as one part."""
    return Part(paragraph, 0, len(paragraph.text))


def is_committee(lines: Iterable[Part]) -> bool:
    """Say whether a name of an agency is that of a People's Committee or Council."""
    return any(_COMMITTEE.match(line.folded) for line in lines)


def _is_motto(part: Part) -> bool:
    return all(words in part.folded for words in ("DOC LAP", "TU DO", "HANH PHUC"))


def _is_bold(part: Part) -> bool:
    looks = list(part.paragraph.looks(part.start, part.end))
    return bool(looks) and all(look.bold for look, _ in looks)


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 8 and all(word[:1].isupper() for word in words if word[:1].isalpha())
