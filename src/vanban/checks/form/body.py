"""Paragraphs of the content → headings, clauses, points, bullets and plain prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from vanban.checks.form.parts import Part
from vanban.nd30.heading_numbers import heading_number
from vanban.ooxml.word_file import WordParagraph


class BodyKind(StrEnum):
    """What a paragraph of the content is."""

    PART = "phần, chương"
    PART_TITLE = "tiêu đề phần, chương"
    SECTION = "mục, tiểu mục"
    SECTION_TITLE = "tiêu đề mục"
    ARTICLE = "điều"
    ROMAN = "mục có số La Mã"
    CLAUSE = "khoản"
    SUBCLAUSE = "khoản nhiều cấp"
    POINT = "điểm"
    BULLET = "gạch đầu dòng"
    CAPTION = "dòng đứng riêng"
    CELL = "ô bảng"
    PROSE = "đoạn văn"


_BULLET = re.compile(r"[-–—+•*](?=\s|\w)")

PROSE = (
    *(BodyKind.PROSE, BodyKind.BULLET, BodyKind.ARTICLE),
    *(BodyKind.CLAUSE, BodyKind.SUBCLAUSE, BodyKind.POINT),
)
"""Kinds whose paragraphs run over lines; titles among them are no running text."""

_NUMBERS = {
    BodyKind.PART: "phan-chuong",
    BodyKind.SECTION: "muc",
    BodyKind.ARTICLE: "dieu",
}
_TITLES = {BodyKind.PART: "tieu-de-phan-chuong", BodyKind.SECTION: "tieu-de-muc"}
_WHOLES = {
    BodyKind.PART_TITLE: "tieu-de-phan-chuong",
    BodyKind.SECTION_TITLE: "tieu-de-muc",
    BodyKind.ROMAN: "muc-la-ma",
    BodyKind.CLAUSE: "khoan",
    BodyKind.POINT: "diem",
}
"""Components that are the number of a paragraph, the title behind it, or all of it."""

_ENDS = tuple(".;:,?!…")
"""Signs that close a sentence; a title has none."""

MAX_TITLE = 200
"""Letters of the longest line that may be a title."""


class BodyParagraph(Struct, frozen=True, eq=False):
    """A paragraph of the content; ``label`` is the end of its number, sign or "Điều 5."."""

    paragraph: WordParagraph
    kind: BodyKind
    start: int
    label: int
    level: int = 0
    """That of the number among those of headings, 0 without one."""
    title: bool = False
    """Whether it is a title and no sentence."""

    @property
    def number(self) -> str:
        return self.paragraph.text[self.start : self.label].strip()

    @property
    def whole(self) -> Part:
        return Part(self.paragraph, self.start, len(self.paragraph.text.rstrip()))

    @property
    def numbered(self) -> Part:
        """The number or sign with its word, as :attr:`number` has it."""
        return Part(self.paragraph, self.start, self.label)

    @property
    def rest(self) -> str:
        return self.paragraph.text[self.label :].strip()

    @property
    def components(self) -> Iterator[tuple[str, Part]]:
        """Yield what the table of components has rows for."""
        if self.kind in _NUMBERS:
            yield _NUMBERS[self.kind], self.numbered
        if self.kind in _TITLES and self.rest:
            yield _TITLES[self.kind], replace(self.whole, start=self.whole.end - len(self.rest))
        if self.kind in _WHOLES and (self.title or self.kind is not BodyKind.ROMAN):
            yield _WHOLES[self.kind], self.whole
        if self.kind in PROSE and not self.title:
            yield "noi-dung", self.whole


def read_body(paragraphs: Iterable[WordParagraph]) -> tuple[BodyParagraph, ...]:
    """Tell the paragraphs of the content apart."""
    found: list[BodyParagraph] = []
    for paragraph in paragraphs:
        found.append(_read(paragraph, found[-1] if found else None))
    return tuple(found)


def _read(paragraph: WordParagraph, before: BodyParagraph | None) -> BodyParagraph:
    text = paragraph.text
    start = len(text) - len(text.lstrip())
    if paragraph.cell is not None or paragraph.box:
        return BodyParagraph(paragraph, BodyKind.CELL, start, start)
    standing = paragraph.format.align == "center" or paragraph.is_bold() or text.isupper()
    if before is not None and not before.rest and standing and len(text) <= MAX_TITLE:
        if before.kind is BodyKind.PART:
            return BodyParagraph(
                paragraph, BodyKind.PART_TITLE, start, start, before.level, title=True
            )
        if before.kind is BodyKind.SECTION:
            return BodyParagraph(
                paragraph, BodyKind.SECTION_TITLE, start, start, before.level, title=True
            )
    number = heading_number(text, start)
    if number is not None:
        kind = BodyKind(number.kind)
        if _fits(kind, start, number.end, paragraph, standing):
            title = _is_title(paragraph, kind, number.end)
            return BodyParagraph(paragraph, kind, start, number.end, number.level, title)
    bullet = _BULLET.match(text, start)
    if bullet is not None:
        return BodyParagraph(paragraph, BodyKind.BULLET, start, bullet.end())
    if paragraph.format.align in ("center", "right") and len(text) <= MAX_TITLE:
        return BodyParagraph(paragraph, BodyKind.CAPTION, start, start)
    if is_bold_line(paragraph):
        return BodyParagraph(paragraph, BodyKind.CAPTION, start, start, title=True)
    return BodyParagraph(paragraph, BodyKind.PROSE, start, start)


def _fits(kind: BodyKind, start: int, end: int, paragraph: WordParagraph, standing: bool) -> bool:
    """Say whether a number begins a heading: "Phần I" on its line, not "Phần lớn hồ sơ …"."""
    rest = paragraph.text[end:]
    match kind:
        case BodyKind.PART | BodyKind.SECTION:
            alone = not rest.strip() or rest.lstrip(" \t").startswith("\n")
            return len(rest) <= MAX_TITLE and (alone or standing)
        case BodyKind.ARTICLE:
            number = paragraph.text[start:end].rstrip()
            return paragraph.is_bold(start, end) or number.endswith((".", ":")) or not rest.strip()
    return True


def _is_title(paragraph: WordParagraph, kind: BodyKind, label: int) -> bool:
    """Say whether a numbered line is a title: one format, no closing sign, not too long."""
    rest = paragraph.text[label:].strip()
    if kind in (BodyKind.PART, BodyKind.SECTION):
        return True
    if not rest or len(rest) > MAX_TITLE:
        return False
    if paragraph.format.outline is not None or kind is BodyKind.ROMAN:
        return kind is not BodyKind.ROMAN or not rest.endswith(_ENDS) or rest.isupper()
    return paragraph.is_bold() or not rest.endswith(_ENDS)


def is_bold_line(paragraph: WordParagraph) -> bool:
    """Say whether a paragraph stands out as a title without a number."""
    return (
        paragraph.is_bold()
        and len(paragraph.text) <= MAX_TITLE
        and not paragraph.text.rstrip().endswith(_ENDS)
    )
