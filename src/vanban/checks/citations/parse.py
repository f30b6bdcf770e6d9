"""Text → citations: "Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về …".

In: the text of one passage. Out: every citation with the place of each of its parts. Decree
30/2020/NĐ-CP, Annex I, II.6.b: type, number and symbol, date, issuer, abstract. Symbols typed with
blanks or long dashes are still found; that is what the rules are for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vanban.nd30.document_types import ABBREVIATIONS

LEGAL_TYPES: dict[str, str] = {
    "Nghị định": "NĐ",
    "Thông tư liên tịch": "TTLT",
    "Thông tư": "TT",
    "Nghị quyết liên tịch": "NQLT",
    "Lệnh": "L",
}
"""Types of legal normative documents and their abbreviations, besides those of Decree 30/2020."""

UNABBREVIATED = ("Công văn", "Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp")
"""Types whose symbol does not begin with an abbreviation of the type."""

TYPES: dict[str, str | None] = {
    **ABBREVIATIONS,
    **LEGAL_TYPES,
    **dict.fromkeys(UNABBREVIATED),
}

_TYPE = "|".join(
    f"[{name[0]}{name[0].lower()}]{re.escape(name[1:])}"
    for name in sorted(TYPES, key=lambda name: -len(name))
)
_LETTERS = "[A-ZĐ][A-Za-zĐđ0-9&]*"
_JOIN = r"\s{0,2}[-–—/]\s{0,2}"
_SYMBOL = rf"(?:\d{{4}}{_JOIN})?{_LETTERS}(?:(?:{_JOIN}|\s?&\s?){_LETTERS}){{0,5}}"
_NUMBER = rf"(?:\d{{1,5}}[a-zđ]?{_JOIN}{_SYMBOL}|[ \u00a0.…_]{{0,12}}/\s?{_SYMBOL})"
_DATE = (
    r"ngày\s+(?:(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
    r"|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))"
)
_OPENERS = (
    "về việc|về|ban hành|phê duyệt|quy định|công bố|sửa đổi|hướng dẫn|triển khai|thành lập|"
    "kiện toàn|giao|tổ chức|nâng cao|duy trì|v/v|chấn chỉnh|tăng cường|đẩy mạnh|thực hiện"
)
"""Words that an abstract begins with, after the issuer."""

_CITATION = re.compile(
    rf"(?<!\w)(?:(?P<type>{_TYPE})(?:\s*(?P<so>số)\s*:?)?\s*|(?<=và )số\s*|(?<=, )số\s*)"
    rf"(?P<number>{_NUMBER})(?![\w/])"
    rf"(?:\s*,?\s*(?P<date>{_DATE}))?"
    rf"(?:\s*,?\s*của\s+(?P<issuer>[A-ZĐÀ-Ỹ][^,;.()“”:]{{1,80}}?)"
    rf"(?=\s+(?:{_OPENERS}|và|để|tại|đã|có|nhằm|theo|trong|được|do|là)\b|\s*[,;.()“”:]|\s*$))?"
    rf"(?:\s*,?\s+(?=(?:{_OPENERS})\b))?"
)
_ABSTRACT = re.compile(rf"(?:{_OPENERS})\b")
_AFTER_ABSTRACT = re.compile(rf"\s+và\s+(?:{_TYPE})\s+số\b|[;”]|\.(?=\s|$)|,\s+(?:{_TYPE})\s+số\b")


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` of a passage."""

    start: int
    end: int


@dataclass(frozen=True)
class Citation:
    """A citation found in text; a part that is not there is None.

    ``type`` is spelled as in the registers, "" where it is left to the citation before ("và số
    13/QĐ-UBND" takes that one's). ``number`` is number and symbol without blanks, with hyphens;
    ``day`` is None also for a date that does not exist.
    """

    span: Span
    type: str
    number: str
    number_span: Span
    says_so: bool
    date_span: Span | None = None
    date_parts: tuple[str, str, str] | None = None
    issuer_span: Span | None = None
    issuer: str | None = None
    abstract_span: Span | None = None

    @property
    def day(self) -> date | None:
        if self.date_parts is None:
            return None
        day, month, year = (int(part) for part in self.date_parts)
        try:
            return date(year, month, day)
        except ValueError:
            return None

    @property
    def year_in_number(self) -> int | None:
        """The year of "80/2025/NĐ-CP", None where the number has none."""
        found = re.match(r"\d+[a-zđ]?/(\d{4})/", self.number)
        return int(found[1]) if found else None

    @property
    def is_blank(self) -> bool:
        """Whether the number itself is still to be given: "/KH-UBND"."""
        return self.number.startswith("/")

    @property
    def symbol(self) -> str:
        """What follows number and year: "NĐ-CP"."""
        return re.sub(r"^\d*[a-zđ]?[/-](?:\d{4}/)?", "", self.number)


@lru_cache(maxsize=1 << 14)
def citations(text: str) -> tuple[Citation, ...]:
    """Return every citation of a passage, in order."""
    found: list[Citation] = []
    for match in _CITATION.finditer(text):
        type_text = match["type"]
        if type_text is None and not found:
            continue
        type_name = type_text[0].upper() + type_text[1:] if type_text else found[-1].type
        parts = tuple(
            part for part in (match[name] for name in _date_groups(match)) if part is not None
        )
        end = match.end()
        abstract = _abstract(text, end) if match["issuer"] or match["date"] else None
        found.append(
            Citation(
                Span(match.start(), abstract.end if abstract else len(text[:end].rstrip())),
                type_name,
                _compact(match["number"]),
                Span(*_stripped(text, *match.span("number"))),
                match["so"] is not None or type_text is None,
                Span(*match.span("date")) if match["date"] else None,
                (parts[0], parts[1], parts[2]) if len(parts) == 3 else None,
                Span(*match.span("issuer")) if match["issuer"] else None,
                " ".join(match["issuer"].split()) if match["issuer"] else None,
                abstract,
            )
        )
    return tuple(found)


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of ``text`` that are titles of other documents."""
    return tuple(
        (each.abstract_span.start, each.abstract_span.end)
        for each in citations(text)
        if each.abstract_span is not None
    )


def _date_groups(match: re.Match[str]) -> range:
    """The six numbered groups of the date: three of each form."""
    first = match.re.groupindex["date"] + 1
    return range(first, first + 6)


def _compact(number: str) -> str:
    return re.sub(r"[\s\u00a0.…_]+", "", re.sub("[–—]", "-", number))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _abstract(text: str, start: int) -> Span | None:
    """Return where the abstract stands that begins at ``start``; it ends with the clause."""
    if _ABSTRACT.match(text, start) is None:
        return None
    ends = _AFTER_ABSTRACT.search(text, start)
    end = ends.start() if ends else len(text)
    depth = 0
    for index in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth < 0:
            end = index
            break
    return Span(start, len(text[:end].rstrip()))
