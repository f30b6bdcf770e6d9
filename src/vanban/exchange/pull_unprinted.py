"""What a Word file shows that no build prints: notes, pictures, margins, words struck through.

None of it becomes content; each is told with the words around, and what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from vanban.document import Document
from vanban.errors import Place
from vanban.exchange.marks import same_text
from vanban.exchange.pull import NOWHERE, Comparison
from vanban.exchange.pull_beside import excerpt_of, place_at
from vanban.ooxml.parts_read import COMMENT, GLOSSARY, HIDDEN, PICTURE
from vanban.ooxml.word_file import WordFile, WordParagraph


class Unprinted(Struct, frozen=True):
    """Something that a build would not print: what it is, the words of it or near to it.

    ``note`` says what to do, ``place`` where, ``NOWHERE`` where no value is near.
    """

    name: str
    excerpt: str
    note: str
    place: Place = NOWHERE


def unprinted(comparison: Comparison, document: Document, frame: WordFile) -> Iterator[Unprinted]:
    """Yield what the file shows beside its text and neither ``document`` nor its frame has."""
    word = comparison.word
    yield from _struck(comparison)
    for each in word.notes:
        if each.number:
            yield Unprinted(each.where, excerpt_of(each.text), _NOTE)
    usual = {_margin(each.text) for each in frame.margins} | {_margin(document.banner)}
    for each in word.margins:
        if each.number and _margin(each.text) not in usual:
            yield Unprinted(each.where, excerpt_of(each.text), _MARGIN)
    yield from _pictures(word, len(document.pictures()))
    for name, count in word.unread.items():
        if count and name not in (COMMENT, GLOSSARY, PICTURE):
            yield Unprinted(f"{name} ({count})", "", _HIDDEN if name == HIDDEN else _UNREAD)


_NOTE = "văn bản không có chú thích cuối trang — đưa lời này vào một đoạn của tệp nội dung"
_MARGIN = "đầu trang, chân trang do khung in — muốn đổi thì sửa templates/frame.docx"
_PICTURE = "ảnh không lấy — chép ảnh vào tệp nội dung bằng tay (khóa hinh của văn bản soạn thảo)"
_UNREAD = "không đọc được — cần thì thêm vào nội dung bằng tay"
_HIDDEN = "không in ra, coi như đã xóa — muốn giữ thì bỏ thuộc tính ẩn (Hidden) rồi lấy lại"
_STRUCK = "chữ bị gạch ngang vẫn là lời văn — muốn bỏ thì xóa hẳn trong Word rồi lấy lại"


def _struck(comparison: Comparison) -> Iterator[Unprinted]:
    for number, paragraph in enumerate(comparison.file):
        found = [(each.start, each.end) for each in paragraph.runs if each.format.strike]
        words = " … ".join(paragraph.text[start:end] for start, end in found).strip()
        if words:
            place = place_at(comparison, number, found[0][0])
            yield Unprinted("gạch ngang", excerpt_of(words), _STRUCK, place)


def _margin(text: str) -> str:
    """Return the text of a margin as it is compared: every page has another number."""
    return re.sub(r"[0-9]+", "#", same_text(text))


def _pictures(word: WordFile, printed: int) -> Iterator[Unprinted]:
    count = word.unread.get(PICTURE, 0)
    if printed < count:
        near = tuple(_near_pictures(word.paragraphs)) if printed == 0 else ()
        yield Unprinted(f"{PICTURE} ({count - printed})", " … ".join(near), _PICTURE)


def _near_pictures(paragraphs: tuple[WordParagraph, ...]) -> Iterator[str]:
    """Yield the words that each paragraph with a picture holds, else those before it."""
    before = ""
    for each in paragraphs:
        before = excerpt_of(each.text) if each.number else before
        if each.picture and before:
            yield before
