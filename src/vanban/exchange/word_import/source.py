"""A file that an official has → the paragraphs of Word: .docx, a PDF with text, .doc and .odt.

What cannot be read is told in one line with what to do; nothing is guessed from pictures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from vanban.checks.form.front_matter import is_letterhead
from vanban.errors import ContentError
from vanban.exchange.word_import.healed import healed
from vanban.exchange.word_import.pdf_text import read_pdf_text
from vanban.office import ConversionError, find_soffice, to_docx
from vanban.ooxml.package import UnreadableOffice
from vanban.ooxml.reading import read_word_file, refuse_shut
from vanban.ooxml.word_file import WordFile, WordParagraph

WORD, PDF = (".docx",), (".pdf",)
CONVERTED = (".doc", ".odt", ".rtf")
"""Endings of files that LibreOffice makes a .docx of."""

MIN_VIETNAMESE = 0.15
"""Share of words with a Vietnamese letter; plain prose has 0.6, English none."""

_VIETNAMESE = re.compile("[ĂăÂâĐđÊêÔôƠơƯưÀ-ãÈ-íÒ-õÙ-ýĨĩŨũẠ-ỹ]")


class Original(Struct, frozen=True):
    """The file as it is to be taken in; ``notes`` are lines on what was decided on the way."""

    file: Path
    word: WordFile
    notes: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[WordParagraph, ...]:
        """All paragraphs with words: body, notes, headers and footers without page numbers."""
        numbers = {each for each in self.word.margins if not re.search(r"[^\W\d]", each.text)}
        return tuple(each for each in self.word.everywhere if each not in numbers)


def read_original(data: bytes, file: Path, accept: bool) -> Original:
    """Read a file; its tracked changes are accepted, or refused. Raises ContentError."""
    suffix = file.suffix.lower()
    try:
        notes = []
        if suffix in PDF:
            word = read_pdf_text(data)
        elif suffix in WORD:
            word = _word(data, accept)
        elif suffix in CONVERTED:
            word = _word(as_docx(data, suffix), accept)
            notes.append(f"đã chuyển từ {suffix} sang .docx bằng LibreOffice")
        elif suffix in (".docm", ".dotm"):
            raise UnreadableOffice("tệp có macro — mở bằng Word, lưu lại thành .docx")
        else:
            raise UnreadableOffice(
                "không đọc được loại tệp này — đưa tệp .docx, .doc, .odt hoặc .pdf"
            )
        _require_vietnamese(word.filled)
    except (UnreadableOffice, ConversionError) as error:
        raise ContentError.at(file, str(error)) from error
    if word.tracked:
        way = "coi như đã chấp nhận" if accept else "coi như không chấp nhận"
        other = "--refuse-changes" if accept else "--accept-changes"
        notes.append(f"có {word.tracked} chỗ sửa theo dõi: {way}; muốn ngược lại thì thêm {other}")
    if word.comments:
        notes.append("có lời bình (comment): không lấy vào nội dung")
    if word.unread_text:
        notes.append(word.unread_text)
    return Original(file, word, tuple(notes))


def _word(data: bytes, accept: bool) -> WordFile:
    if b"vbaProject.bin" in data:
        raise UnreadableOffice("tệp có macro — mở bằng Word, lưu lại thành .docx không có macro")
    return healed(read_word_file(data, is_letterhead, accept))


def as_docx(data: bytes, suffix: str) -> bytes:
    """Return another text as .docx; raises UnreadableOffice or ConversionError where none is."""
    refuse_shut(data)
    if find_soffice() is None:
        raise UnreadableOffice(
            f"tệp {suffix} cần LibreOffice mà máy này không có — mở bằng Word, lưu lại thành .docx"
        )
    return to_docx(data, suffix)


def _require_vietnamese(paragraphs: Iterable[WordParagraph]) -> None:
    words = [word for each in paragraphs for word in each.text.split() if word.isalpha()]
    if not words:
        raise UnreadableOffice("tệp không có chữ nào đọc được — nếu là bản chụp thì cần bản Word")
    composed = (unicodedata.normalize("NFC", word) for word in words)
    share = sum(_VIETNAMESE.search(word) is not None for word in composed) / len(words)
    if share < MIN_VIETNAMESE:
        raise UnreadableOffice(
            "chữ trong tệp không phải tiếng Việt có dấu (Unicode) — chuyển mã bằng UniKey hoặc đưa "
            "tệp khác"
        )
