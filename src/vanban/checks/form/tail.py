"""The end of a document: recipients and signature, boxes 7, 9b and 12, and the heads of annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.checks.form.front_matter import has_national, is_date
from vanban.checks.form.parts import TYPED_LINE, TYPES, Part, segments
from vanban.nd30.letters import fold
from vanban.ooxml.word_file import CellPlace, WordParagraph

TAIL = 40
"""Paragraphs at the end among which the signature is looked for."""

MAX_TAIL_LINE = 120
"""Letters of a line of recipients or signature outside tables; what is longer is another text."""

_CAPACITY = re.compile(r"(TM|KT|TL|TUQ|TUN|Q|T/M|K/T|T/L)(\.|/|\s)\s*(?=\S)")
_DRAFTER = re.compile(r"(?:^|[.;]\s*)([A-ZĐ]{1,5}\.?\s?\(\d+\)\.?)\s*$")
_SIGNED = re.compile(r"\(?\s*(đã ký|ký tên|ký, ghi|chữ ký|ký số)", re.IGNORECASE)

POSTS = frozenset(
    fold(post)
    for post in (
        "Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc", "Trưởng phòng", "Phó Trưởng phòng",
        "Chánh Văn phòng", "Phó Chánh Văn phòng", "Hiệu trưởng", "Phó Hiệu trưởng", "Bộ trưởng",
        "Thứ trưởng", "Cục trưởng", "Phó Cục trưởng", "Trưởng ban", "Phó Trưởng ban",
        "Chủ tọa", "Chủ trì", "Thư ký",
    )
)  # fmt: skip
"""Posts of those who sign."""


def find_tail(
    filled: Sequence[WordParagraph], start: int, end: int
) -> tuple[int, dict[str, list[Part]]]:
    """Find recipients and signature between two paragraphs.

    Returns the index of the first paragraph of either, ``end`` without any, and the components.
    """
    tail = _Tail(filled)
    return tail.find(start, end), tail.parts


class _Tail(Struct):
    filled: Sequence[WordParagraph]
    parts: dict[str, list[Part]] = field(default_factory=dict)

    def find(self, start: int, end: int) -> int:
        """Return the index of the first paragraph of either, ``end`` without any."""
        filled = self.filled
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
        stop = first_line = min(known)
        cell = None if head is None else filled[head].cell
        if head is not None and cell is None and stop < head and filled[stop].cell is not None:
            # Minutes: both who sign stand side by side above the recipients (Mẫu 1.9).
            for paragraph in filled[stop:head]:
                for part in segments(paragraph):
                    self._add("quyen-han", part)
            stop = head
        for paragraph in filled[stop:end]:
            if cell is None and (len(paragraph.text) > MAX_TAIL_LINE or paragraph.cell):
                break
            if cell is not None and not (paragraph.cell and paragraph.cell.table == cell.table):
                continue
            for part in segments(paragraph, True):
                self._add_tail(part, cell)
        self._name_and_post()
        before = segments(filled[first_line - 1]) if first_line > start else ()
        is_sentence = len(before) != 1 or before[0].text.rstrip().endswith((".", ";"))
        if not is_sentence and is_date(before[0]):
            self._add("dia-danh-thoi-gian", *before)
            first_line -= 1
        return first_line

    def _capacity(self, start: int, end: int) -> int | None:
        """Return the index of the first line of the signature among the last paragraphs."""
        for index in range(max(start, end - TAIL), end):
            for part in segments(self.filled[index], True):
                if part.upper and (_CAPACITY.match(part.text.strip()) or part.folded in POSTS):
                    return index
        return None

    def _add_tail(self, part: Part, cell: CellPlace | None) -> None:
        text = part.text.strip()
        if TYPED_LINE.fullmatch(part.text) or _SIGNED.match(text):
            return
        if part.folded.startswith("NOI NHAN"):
            head = re.match(r"\s*nơi nhận\s*:?", part.text, re.IGNORECASE)
            length = len(part.text) if head is None else head.end()
            self._add("noi-nhan", Part(part.paragraph, part.start, part.start + length))
            if part.text[length:].strip():
                rest = Part(part.paragraph, part.start + length, part.end)
                self._add("danh-sach-noi-nhan", rest)
            return
        if is_date(part):
            self._add("dia-danh-thoi-gian", part)
            return
        own = part.paragraph.cell
        left = cell is not None and own is not None and own.column == cell.column
        is_item = text.startswith(("-", "–", "+", "•")) or part.folded.startswith("LUU")
        if left or (cell is None and is_item):
            self._add_recipient(part)
        elif "noi-nhan" in self.parts or part.upper or "quyen-han" in self.parts:
            self._add("quyen-han", part)

    def _add_recipient(self, part: Part) -> None:
        """Take a line of the list; the drafter's sign may close it: "- Lưu: VT, VHXH. PL.(300)"."""
        drafter = _DRAFTER.search(part.text)
        if drafter is None:
            self._add("danh-sach-noi-nhan", part)
            return
        start = part.start + drafter.start(1)
        if part.text[: drafter.start(1)].strip():
            self._add("danh-sach-noi-nhan", Part(part.paragraph, part.start, start))
        self._add("nguoi-soan-thao", Part(part.paragraph, start, part.end))

    def _name_and_post(self) -> None:
        """Part the signatures: capitals are capacity and post, the last other line is the name.

        Who sign side by side stand in cells of one table.
        """
        lines = self.parts.pop("quyen-han", [])
        for _, signed in groupby(lines, key=lambda line: line.paragraph.cell):
            self._name_of([*signed])

    def _name_of(self, lines: list[Part]) -> None:
        names = [line for line in lines if not line.upper and _is_name(line.text)]
        name = names[-1] if names else (lines[-1] if len(lines) > 1 else None)
        if name is not None and name.upper and _CAPACITY.match(name.text.strip()):
            name = None
        if name is not None and not names and fold(name.text) in POSTS:
            name = None
        self._add("quyen-han", *(line for line in lines if line is not name and line.upper))
        if name is not None:
            self._add("ho-ten", name)

    def _add(self, component: str, *parts: Part) -> None:
        if parts:
            self.parts.setdefault(component, []).extend(parts)


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 8 and all(word[:1].isupper() for word in words if word[:1].isalpha())


_ATTACHED = re.compile(r"\(\s*(kèm|ban hành|đính)\s+(kèm\s+)?theo\b", re.IGNORECASE)
_ANNEX = re.compile(r"phụ lục(\s+(số\s*)?([IVXLC]+|\d+|[A-H]))?(?=\s*([.:\n-]|$))", re.IGNORECASE)


class Annex(Struct, frozen=True, eq=False):
    """The head of an annex, its parts and where it stands among the filled paragraphs.

    One that ``is_attached`` is a text that a decision issues: its type stands for the number.
    """

    number: Part
    title: tuple[Part, ...]
    note: tuple[Part, ...]
    index: int
    is_attached: bool = False


def find_annexes(filled: Sequence[WordParagraph]) -> Iterator[Annex]:
    """Yield the heads of annexes: "Phụ lục" on a line of its own, centred or bold.

    And those of texts that a decision issues: agency and nation once more (Annex III, Mẫu 1.3).
    """
    attached = _attached(filled)
    if attached is not None:
        yield attached
    for index, paragraph in enumerate(filled):
        found = _ANNEX.match(paragraph.text.strip()) if paragraph.cell is None else None
        if not found or index < 5 or len(paragraph.text) > 250:
            continue
        if paragraph.format.align != "center" and not paragraph.is_bold():
            continue
        yield _annex(filled, index, found.end())


def _attached(filled: Sequence[WordParagraph]) -> Annex | None:
    names = [each for each in filled if each.cell is not None and has_national(each)]
    if len(names) < 2 or names[1].cell is None:
        return None
    table = names[1].cell.table
    inside = [
        index
        for index, each in enumerate(filled)
        if each.cell is not None and each.cell.table == table
    ]
    below = inside[-1] + 1
    if below >= len(filled) or fold(filled[below].text) not in TYPES:
        return None
    head = _annex(filled, below, len(filled[below].text.strip()))
    return replace(head, index=inside[0], is_attached=True)


def _annex(filled: Sequence[WordParagraph], index: int, length: int) -> Annex:
    paragraph = filled[index]
    start = len(paragraph.text) - len(paragraph.text.lstrip())
    number = Part(paragraph, start, start + length)
    rest = [
        part
        for part in segments(paragraph)
        if part.start >= number.end and any(sign.isalpha() for sign in part.text)
    ]
    title: list[Part] = rest
    note: list[Part] = []
    for below in filled[index + 1 : index + 6]:
        if below.cell is not None or below.format.align != "center":
            break
        for part in segments(below):
            if note or _ATTACHED.match(part.text.strip()):
                note.append(part)
            elif not TYPED_LINE.fullmatch(part.text):
                title.append(part)
        if note and note[-1].text.rstrip().endswith(")"):
            break
    return Annex(number, tuple(title), tuple(note), index)
