"""What still waits to be filled in, and references that point nowhere: never to be signed.

Fields and content controls are known from the file; the words of broken references and the signs
of templates stand in the text itself, also where somebody typed or pasted them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.form.parts import Part
from vanban.ooxml.word_file import WordParagraph

_ELSEWHERE = (
    "Erreur|Fehler|Erro|Fout|Fel|Fejl|Feil|Virhe|Błąd|Chyba|Hiba|Eroare|Pogreška|Greška|Napaka"
    "|Ошибка|Помилка|Грешка|Σφάλμα|Hata|Kesalahan|Ralat|エラー|错误|錯誤|오류|(?:ข้อ)?ผิดพลาด"
)
"""How Word begins its errors in other languages; officials get files from machines set so."""

_BROKEN = re.compile(
    # Word in English and Vietnamese: "Error! Bookmark not defined.", "Lỗi! Không tìm thấy …"
    r"(?:Error|Lỗi)!\s*[A-ZĐ][^.!?:;]{3,80}\.?"
    # Word in other languages: "Fehler! Textmarke …", "Erreur ! Source …", "错误!未找到引用源。"
    rf"|(?:{_ELSEWHERE})\s?[!！]\s?\w[^.!?:;。]{{3,80}}[.。]?"
    r"|Errore\. (?:L['’]origine|Il segnalibro)[^.!?:;]{3,80}\.?"
    # LibreOffice
    r"|(?:Error|Lỗi):\s*(?:Reference source not found|[Kk]hông tìm thấy nguồn tham chiếu)\.?"
    r"|\b(?:Reference source|Bookmark) not (?:found|defined)\.?"
    r"|\bNo table of (?:contents|figures) entries found\.?"
    # Formulas of Word, cells pasted from Excel
    r"|![A-Z][a-z]+ (?:Error|Divide|Bookmark)\b"
    r"|#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A\b)"
)
_UNFILLED = re.compile(
    # «ho_ten», «Họ_tên»; words with blanks in such signs are a quotation
    r"«(?:[A-Za-z0-9]{1,60}|\w{0,40}_\w{0,40})»"
    r"|Click (?:or tap )?(?:here )?to enter [^.]{1,30}\."
    r"|Bấm hoặc gõ nhẹ (?:vào đây )?để nhập [^.]{1,30}\."
    r"|Choose an item\.|Chọn một (?:khoản )?mục\."
    r"|\{\{[^{}]{1,80}\}\}|\{%[^%{}]{1,80}%\}|\$\{[^{}]{1,60}\}|<<[^<>]{1,60}>>"
)


def gaps_in(paragraph: WordParagraph) -> Iterator[tuple[Part, str]]:
    """Yield the places of a paragraph that are not filled in or refer to nothing, in order.

    Each with what to call it: its words, or the field where nothing is printed.
    """
    found = [(gap.start, gap.end, gap.name) for gap in paragraph.gaps]
    for pattern in (_BROKEN, _UNFILLED):
        found += ((each.start(), each.end(), "") for each in pattern.finditer(paragraph.text))
    last = 0
    for start, end, name in sorted(found, key=lambda each: (each[0], -each[1])):
        if start >= last:
            last = end
            yield Part(paragraph, start, end), paragraph.text[start:end].strip() or name


def without_gaps(paragraph: WordParagraph) -> str:
    """Return the text with a sign in place of each gap, which the rules of language leave alone."""
    pieces: list[str] = []
    position = 0
    for part, _ in gaps_in(paragraph):
        pieces += (paragraph.text[position : part.start], FILLER)
        position = part.end
    return "".join((*pieces, paragraph.text[position:]))


FILLER = "[?]"
"""Stands for the words that will be there; no rule of language reads it as anything."""
