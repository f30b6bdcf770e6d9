"""What page 1 of a PDF seems to say of itself: type, number, date, issuer, abstract.

In: the lines of the page. Out: :class:`Suggestion`, every part of it a guess that a person checks.
The form is that of Decree 30/2020/NĐ-CP, Annex I: agency, number and symbol above on the left;
type and abstract in the middle, both bold, or "V/v …" under the number of a Công văn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct

from vanban.evidence.first_page import Line
from vanban.nd30.citation_words import NUMBER
from vanban.nd30.citations import without_blanks
from vanban.nd30.dates import LONG_DATE, long_date_in
from vanban.nd30.document_types import ABBREVIATIONS

LETTER = "Công văn"
MAX_ABSTRACT_LINES = 6

SAME = 0.01
"""Share of the page's width within which two lines begin at one place."""

OFF_CENTRE = 0.017
"""Of the page's width, 10 pt on A4: lines below each other that differ by more are not centred
alike. The first line of a paragraph, indented by 1 cm, is off by half of that, 14 pt."""

LEFT_COLUMN, RIGHT_COLUMN = 0.55, 0.4
"""Of the page's width: the columns of the head end, or begin, there at the latest, or earliest."""

_NUMBER = re.compile(rf"Số\s*:\s*(?P<number>{NUMBER})")
_ABOUT = re.compile(r"^V/v:?\s*(.*)$")
_STOP = re.compile(
    r"^(Kính gửi|Căn cứ|Xét|Trên cơ sở|Phần|Điều|Chương|TM\.|Hôm nay|Số\s*:|"
    r"Mẫu|TÀI LIỆU MẪU|Cộng hòa|[IVX]+\.|\d+\.|[-+•*]|\(Kèm)|"
    r"^(ỦY BAN|UỶ BAN|HỘI ĐỒNG|CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|SỞ |PHÒNG )",
)
_OPENING = re.compile(r"^(Thực hiện|Theo|Để|Nhằm) ")
"""Begins many a first paragraph; the first line of an abstract may begin so, too."""
_NATION = re.compile(r"CỘNG H(ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM")
_MOTTO = re.compile(r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc", re.IGNORECASE)
_PLACES = ("PHƯỜNG", "XÃ", "ĐẶC KHU", "THÀNH PHỐ", "TỈNH", "QUẬN", "HUYỆN", "THỊ XÃ", "THỊ TRẤN")


class Suggestion(Struct, frozen=True):
    """Guesses; None for what the page does not show."""

    type: str | None = None
    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    abstract: str | None = None


def suggest(lines: Sequence[Line], issuers: Iterable[str] = ()) -> Suggestion:
    """Guess from the lines of page 1; ``issuers`` are names already known, as in sentences.

    Of what is printed in capitals only a known name, or that of a People's Committee, can be
    written as in a sentence; of other agencies the capitals are lowered.
    """
    texts = [line.text for line in lines]
    number = next((found for text in texts if (found := _NUMBER.search(text))), None)
    position = next((i for i, text in enumerate(texts) if _NUMBER.search(text)), len(texts))
    kind, abstract = _titled(lines)
    if kind is None:
        about = _about(lines)
        if about is not None:
            kind, abstract = LETTER, about
    return Suggestion(
        kind,
        without_blanks(number["number"]) if number is not None else None,
        next((day for text in texts if (day := long_date_in(text))), None),
        _issuer(texts[:position], issuers) if number is not None else None,
        abstract,
    )


def _titled(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    """Return the type that stands alone in capitals, and the lines of the abstract below it."""
    names = {name.upper(): name for name in ABBREVIATIONS}
    position = next((i for i, line in enumerate(lines) if line.text in names), None)
    if position is None:
        return None, None
    title, *below = lines[position:]
    taken = _while(below, lambda line: _goes_with(title, below[0], line))
    return names[title.text], _joined(taken)


def _goes_with(title: Line, first: Line, line: Line) -> bool:
    """Say whether ``line`` may be of the abstract that begins with ``first``, below ``title``."""
    if line.bold != first.bold or (line.text.isupper() and not first.text.isupper()):
        return False
    if line.centre is None or first.centre is None or title.centre is None:
        return True
    if first.bold and _same_left(title, first):  # a page without centred lines
        return True
    return abs(line.centre - title.centre) <= OFF_CENTRE


def _same_left(one: Line, other: Line) -> bool:
    return one.left is not None and other.left is not None and abs(one.left - other.left) < SAME


def _about(lines: Sequence[Line]) -> str | None:
    """Return what a Công văn is about, from the left column of its head."""
    for position, line in enumerate(lines):
        match = _ABOUT.match(line.text)
        if match is not None:
            below = [
                each
                for each in lines[position + 1 :]
                if each.left is None or each.left < RIGHT_COLUMN
            ]
            rest = _joined([match[1], *_while(below, _is_narrow)])
            return f"về việc {rest}" if rest else None
    return None


def _is_narrow(line: Line) -> bool:
    return line.right is None or line.right <= LEFT_COLUMN


def _while(lines: Sequence[Line], fits: Callable[[Line], bool]) -> list[str]:
    """Return the texts of the lines up to the next part of a document."""
    taken: list[str] = []
    for line in lines[:MAX_ABSTRACT_LINES]:
        text = line.text
        if not fits(line) or any(sign.search(text) for sign in (_STOP, LONG_DATE, _NATION)):
            break
        if taken and _OPENING.match(text):
            break
        taken.append(text)
    return taken


def _joined(texts: Iterable[str]) -> str | None:
    return " ".join(texts).strip(" .;:-–_") or None


def _issuer(lines: Sequence[str], known: Iterable[str]) -> str | None:
    """Return the agency from the lines above the number."""
    words = []
    for line in lines:
        rest = LONG_DATE.split(_MOTTO.sub("", _NATION.sub("", line)))[0].strip(" -_*")
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
