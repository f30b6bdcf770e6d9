"""What page 1 of a PDF seems to say of itself: type, number, date, issuer, abstract.

In: the text of the page. Out: :class:`Suggestion`, every part of it a guess that a person checks.
The form is that of Decree 30/2020/NĐ-CP, Annex I: agency, number and symbol above on the left;
type and abstract in the middle, or "V/v …" under the number of a Công văn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from vanban.nd30.document_types import ABBREVIATIONS

LETTER = "Công văn"
MAX_ABSTRACT_LINES = 6

_NUMBER = re.compile(
    r"Số\s*:\s*(?P<count>\d{1,6}[a-zđ]?)?\s*/\s*(?P<symbol>(\d{4}\s*/\s*)?"
    r"[A-ZĐ][\w&.]*(\s?-\s?[A-ZĐ][\w&.]*)*)"
)
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_ABOUT = re.compile(r"^V/v:?\s*(.*)$")
_STOP = re.compile(
    r"^(Kính gửi|Căn cứ|Thực hiện|Xét|Theo|Để|Trên cơ sở|Phần|Điều|Chương|TM\.|Hôm nay|Nhằm|Số\s*:|"
    r"Mẫu|TÀI LIỆU MẪU|Cộng hòa|[IVX]+\.|\d+\.|[-+•*]|\(Kèm)|"
    r"^(ỦY BAN|UỶ BAN|HỘI ĐỒNG|CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|SỞ |PHÒNG )",
)
_NATION = re.compile(r"CỘNG H(ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM")
_MOTTO = re.compile(r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc", re.IGNORECASE)
_PLACES = ("PHƯỜNG", "XÃ", "ĐẶC KHU", "THÀNH PHỐ", "TỈNH", "QUẬN", "HUYỆN", "THỊ XÃ", "THỊ TRẤN")


@dataclass(frozen=True)
class Suggestion:
    """Guesses; None for what the page does not show."""

    type: str | None = None
    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    abstract: str | None = None


def first_page_text(data: bytes) -> str:
    """Return the text of page 1 of a PDF, "" where it has none (a scan) or cannot be read."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            return str(pdf[0].get_textpage().get_text_bounded())
    except pypdfium2.PdfiumError:
        return ""


def suggest(text: str, issuers: Iterable[str] = ()) -> Suggestion:
    """Guess from the text of page 1; ``issuers`` are names already known, as written in sentences.

    Of what is printed in capitals only a known name, or that of a People's Committee, can be
    written as in a sentence; of other agencies the capitals are lowered.
    """
    lines = list(_lines(text))
    number = next((found for line in lines if (found := _NUMBER.search(line))), None)
    position = next((i for i, line in enumerate(lines) if _NUMBER.search(line)), len(lines))
    kind, abstract = _titled(lines)
    if kind is None:
        about = _about(lines)
        if about is not None:
            kind, abstract = LETTER, about
    return Suggestion(
        kind,
        _number(number) if number is not None else None,
        _date(lines),
        _issuer(lines[:position], issuers) if number is not None else None,
        abstract,
    )


def _lines(text: str) -> Iterator[str]:
    for line in unicodedata.normalize("NFC", text).splitlines():
        clean = " ".join(line.split())
        if clean:
            yield clean


def _number(match: re.Match[str]) -> str:
    symbol = re.sub(r"\s+", "", match["symbol"]).rstrip(".")
    return f"{match['count'] or ''}/{symbol}"


def _date(lines: list[str]) -> date | None:
    for line in lines:
        match = _DATE.search(line)
        if match is not None:
            day, month, year = (int(part) for part in match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def _titled(lines: list[str]) -> tuple[str | None, str | None]:
    """Return the type that stands alone in capitals, and the lines of the abstract below it."""
    names = {name.upper(): name for name in ABBREVIATIONS}
    for position, line in enumerate(lines):
        name = names.get(line)
        if name is None:
            continue
        return name, _joined(lines[position + 1 :])
    return None, None


def _about(lines: list[str]) -> str | None:
    for position, line in enumerate(lines):
        match = _ABOUT.match(line)
        if match is not None:
            rest = _joined([match[1], *lines[position + 1 :]])
            return f"về việc {rest}" if rest else None
    return None


def _joined(lines: list[str]) -> str | None:
    """Return the lines up to the next part of a document as one text."""
    taken: list[str] = []
    for line in lines[:MAX_ABSTRACT_LINES]:
        if _STOP.match(line) or _DATE.search(line) or _NATION.search(line):
            break
        taken.append(line)
    text = " ".join(taken).strip(" .;:-–_")
    return text or None


def _issuer(lines: list[str], known: Iterable[str]) -> str | None:
    """Return the agency from the lines above the number."""
    words = []
    for line in lines:
        rest = _DATE.split(_MOTTO.sub("", _NATION.sub("", line)))[0].strip(" -_*")
        if rest and rest == rest.upper() and any(sign.isalpha() for sign in rest):
            words.append(rest)
    shouted = " ".join(words)
    if not shouted:
        return None
    by_capitals = {_short(name.upper()): name for name in known}
    for name in sorted(by_capitals, key=len, reverse=True):
        if _short(shouted).endswith(name):
            return by_capitals[name]
    return _lowered(_short(shouted))


def _short(shouted: str) -> str:
    return re.sub(r"(ỦY|UỶ) BAN NHÂN DÂN", "UBND", shouted)


def _lowered(shouted: str) -> str:
    """Return "UBND phường Trần Liễu" for "UBND PHƯỜNG TRẦN LIỄU"."""
    for place in _PLACES:
        head, found, name = shouted.partition(f"{place} ")
        if found and name and (not head or head.endswith(" ")):
            who = head.strip()
            who = who if who in ("UBND", "HĐND", "") else who.capitalize()
            return f"{who} {place.lower()} {name.title()}".strip()
    return shouted.capitalize()
