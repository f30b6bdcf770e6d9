"""Paragraphs of the content → headings, clauses, points, bullets and plain prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

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


LEVELS: dict[BodyKind, int] = {
    BodyKind.PART: 1,
    BodyKind.PART_TITLE: 1,
    BodyKind.SECTION: 2,
    BodyKind.SECTION_TITLE: 2,
    BodyKind.ROMAN: 2,
    BodyKind.ARTICLE: 3,
    BodyKind.CLAUSE: 4,
    BodyKind.SUBCLAUSE: 5,
    BodyKind.POINT: 6,
}
"""Depth of headings, outermost first."""

_PATTERNS: tuple[tuple[BodyKind, re.Pattern[str]], ...] = (
    (BodyKind.PART, re.compile(r"(phần|chương)\s+(thứ\s+\w+|[ivxlc]+|\d+)\b[.:]?", re.IGNORECASE)),
    (BodyKind.SECTION, re.compile(r"(mục|tiểu mục)\s+([ivxlc]+|\d+)\b[.:]?", re.IGNORECASE)),
    (BodyKind.ARTICLE, re.compile(r"điều\s+\d+[a-zđ]?\b\s*[.:]?", re.IGNORECASE)),
    (BodyKind.ROMAN, re.compile(r"[IVXL]+\s*[./)-](?=\s)")),
    (BodyKind.SUBCLAUSE, re.compile(r"\d{1,3}(\.\d{1,3})+\.?(?=\s)")),
    (BodyKind.CLAUSE, re.compile(r"\d{1,3}[.)](?=\s)")),
    (BodyKind.POINT, re.compile(r"[a-zđ]{1,2}\)(?=\s)")),
    (BodyKind.BULLET, re.compile(r"[-–—+•*](?=\s|\w)")),
)
_ENDS = tuple(".;:,?!…")
"""Signs that close a sentence; a title has none."""

MAX_TITLE = 200
"""Letters of the longest line that may be a title."""


@dataclass(frozen=True, eq=False)
class BodyParagraph:
    """A paragraph of the content; ``label`` is the end of its number, sign or "Điều 5."."""

    paragraph: WordParagraph
    kind: BodyKind
    start: int
    label: int
    title: bool = False
    """Whether it is a title and no sentence."""

    @property
    def number(self) -> str:
        return self.paragraph.text[self.start : self.label].strip()

    @property
    def rest(self) -> str:
        return self.paragraph.text[self.label :].strip()

    @property
    def components(self) -> Iterator[tuple[str, int, int]]:
        """Yield component, start and end of what the table has a row for."""
        text = self.paragraph.text
        end = len(text.rstrip())
        match self.kind:
            case BodyKind.PART | BodyKind.SECTION:
                part = self.kind is BodyKind.PART
                yield "phan-chuong" if part else "muc", self.start, self.label
                if self.rest:
                    start = end - len(self.rest)
                    yield "tieu-de-phan-chuong" if part else "tieu-de-muc", start, end
            case BodyKind.PART_TITLE:
                yield "tieu-de-phan-chuong", self.start, end
            case BodyKind.SECTION_TITLE:
                yield "tieu-de-muc", self.start, end
            case BodyKind.ARTICLE:
                yield "dieu", self.start, self.label
            case BodyKind.ROMAN if self.title:
                yield "muc-la-ma", self.start, end
            case BodyKind.CLAUSE:
                yield "khoan", self.start, end
            case BodyKind.POINT:
                yield "diem", self.start, end
            case BodyKind.PROSE | BodyKind.BULLET:
                yield "noi-dung", self.start, end


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
            return BodyParagraph(paragraph, BodyKind.PART_TITLE, start, start, True)
        if before.kind is BodyKind.SECTION:
            return BodyParagraph(paragraph, BodyKind.SECTION_TITLE, start, start, True)
    for kind, pattern in _PATTERNS:
        found = pattern.match(text, start)
        if found is None or not _fits(kind, found, paragraph, standing):
            continue
        end = found.end()
        return BodyParagraph(paragraph, kind, start, end, _is_title(paragraph, kind, end))
    if paragraph.format.align in ("center", "right") and len(text) <= MAX_TITLE:
        return BodyParagraph(paragraph, BodyKind.CAPTION, start, start)
    if is_bold_line(paragraph):
        return BodyParagraph(paragraph, BodyKind.CAPTION, start, start, True)
    return BodyParagraph(paragraph, BodyKind.PROSE, start, start)


def _fits(kind: BodyKind, found: re.Match[str], paragraph: WordParagraph, standing: bool) -> bool:
    """Say whether a number begins a heading: "Phần I" on its line, not "Phần lớn hồ sơ …"."""
    rest = paragraph.text[found.end() :]
    match kind:
        case BodyKind.PART | BodyKind.SECTION:
            alone = not rest.strip() or rest.lstrip(" \t").startswith("\n")
            return len(rest) <= MAX_TITLE and (alone or standing)
        case BodyKind.ARTICLE:
            bold = paragraph.is_bold(found.start(), found.end())
            return bold or found[0].rstrip().endswith((".", ":")) or not rest.strip()
    return True


def _is_title(paragraph: WordParagraph, kind: BodyKind, label: int) -> bool:
    """Say whether a numbered line is a title: one look, no closing sign, not too long."""
    rest = paragraph.text[label:].strip()
    if kind in (BodyKind.PART, BodyKind.SECTION):
        return True
    if kind is BodyKind.BULLET or not rest or len(rest) > MAX_TITLE:
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
