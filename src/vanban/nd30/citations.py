"""Text → citations: "Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về …".

In: the text of one passage. Out: every citation with the place of each of its parts. Decree
30/2020/NĐ-CP, Annex I, II.6.b: type, number and symbol, date, issuer, abstract. Symbols typed with
blanks or long dashes are still found; that is what the rules are for. Laws named without a number
are found where a date follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

from msgspec import Struct

from vanban.nd30.citation_words import (
    ABSTRACT_END,
    BARE_NUMBER,
    ISSUER,
    NUMBER,
    OPENER,
    OTHER_ISSUER,
    STOP,
    STRONG_OPENER,
    TYPE,
    one_of,
)
from vanban.nd30.dates import DATE, calendar_date
from vanban.nd30.document_types import LAWS
from vanban.nd30.letters import CAPITALS

LONGEST_ABSTRACT = 600
"""Letters; titles of documents are shorter, and reading stays linear."""

_ARTICLE = (
    r"(?:(?:[Đđ]iểm\s+[a-zđ]|[Kk]hoản\s+\d{1,3}|[Đđ]iều\s+\d{1,3}[a-zđ]?|[Mm]ục\s+[\dIVX]+"
    r"|[Cc]hương\s+[\dIVX]+)(?:\s*,)?\s+){1,6}(?:của\s+)?"
)
_LAW = re.compile(
    rf"(?<!\w)(?P<article>{_ARTICLE})?(?P<type>{one_of(*LAWS)})\s+"
    rf"(?P<title>[{CAPITALS}](?:(?!\s(?:được|có hiệu lực|và các|của|theo|tại|đã|do|quy định)\b)"
    r"[^;.:()“”\d/]){2,120}?)"
    rf"\s*+,?\s*+(?:số\s*+(?P<number>{NUMBER})(?:\s*+,?\s*+(?P<date>{DATE}))?|(?P<only_date>{DATE}))"
)
_GAP = re.compile(r"(?:\s*+\((?:sau đây|gọi|viết tắt)\b[^()\n]{0,120}\))?+\s*+,?\s*+[(“\"]?\s*+")
_OPENER = re.compile(OPENER)
_STRONG_OPENER = re.compile(STRONG_OPENER)
_STOP = re.compile(STOP)
_ABSTRACT_END = re.compile(ABSTRACT_END)
_BLANKS = re.compile(r"\s+")
_NEXT = re.compile(rf"(?:\s+và|\s*,)\s+(?:(?:{TYPE})\s+)?số\s")
_YEAR = re.compile(r"\d+[a-zđ]?/(\d{4})/")


@cache
def _citation() -> re.Pattern[str]:
    """Return the form of a citation, compiled when first asked for: many commands read none."""
    return re.compile(
        rf"(?<!\w)(?P<article>{_ARTICLE})?"
        rf"(?:(?P<type>{TYPE})(?:\s+của\s+(?P<early>{ISSUER})(?=\s+số\b))?(?:\s*+(?P<so>số)\s*+:?)?\s*+"
        r"|(?<=và )số\s*+|(?<=, )số\s*+)"
        rf"(?:(?P<number>{NUMBER})|(?<=số )(?P<bare>{BARE_NUMBER}))"
        rf"(?:\s*+,?\s*+\(?(?P<date>{DATE}))?"
        rf"(?:\s*+,?\s*+của\s++(?P<issuer>{ISSUER}|{OTHER_ISSUER})"
        rf"(?:\s*+,?\s*+(?P<late>{DATE}))?)?"
    )


class Span(Struct, frozen=True):
    """Characters ``start`` to ``end`` of a passage."""

    start: int
    end: int


class Citation(Struct, frozen=True):
    """A citation found in text; a part that is not there is None.

    ``head`` is the citation without its abstract. ``type`` is spelled as in the registers; "và số
    13/QĐ-UBND" takes that of the citation before. ``number`` is number and symbol without blanks,
    with hyphens; "" for a law known by its ``title``. ``day`` is None also for a date that does
    not exist. ``goes_on`` says that a word follows which may begin an abstract.
    """

    head: Span
    type: str
    number: str
    number_span: Span
    says_so: bool
    title: str | None = None
    article_span: Span | None = None
    type_span: Span | None = None
    date_span: Span | None = None
    day: date | None = None
    issuer_span: Span | None = None
    issuer: str | None = None
    abstract_span: Span | None = None
    goes_on: bool = False

    @property
    def span(self) -> Span:
        """The whole citation."""
        return Span(self.head.start, max(self.head.end, (self.abstract_span or self.head).end))

    @property
    def year_in_number(self) -> int | None:
        """The year of "80/2025/NĐ-CP", None where the number has none."""
        found = _YEAR.match(self.number)
        return int(found[1]) if found else None

    @property
    def is_blank(self) -> bool:
        """Whether there is no number: still to be given ("/KH-UBND"), or a law by its name."""
        return self.number.startswith("/") or not self.number

    @property
    def symbol(self) -> str:
        """What follows number and year: "NĐ-CP"; "" for a number alone."""
        return re.sub(r"^\d*[a-zđ]?[/-]?(?:\d{4}/)?", "", self.number)

    @property
    def is_of_party(self) -> bool:
        """Whether it is numbered as Party documents are: "05-CT/TW"."""
        return re.match(r"\d+[a-zđ]?-", self.number) is not None

    @property
    def name(self) -> str:
        """How it is cited in short: "Nghị định số 80/2025/NĐ-CP"."""
        if self.title is not None:
            return f"{self.type} {self.title}"
        return f"{self.type} số {self.number}"


@lru_cache(maxsize=1 << 14)
def citations(text: str) -> tuple[Citation, ...]:
    """Return every citation of a passage, in order."""
    if "số" not in text and "/" not in text and "ngày" not in text:
        return ()
    laws = {match.start("type"): match for match in _LAW.finditer(text)}
    found: list[Citation] = []
    for match in _citation().finditer(text):
        if match["type"] is None and not found:
            continue
        if match["type"] is not None and match.start("type") in laws:
            continue
        found.append(_numbered(text, match, found[-1].type if found else ""))
    found.extend(_law(text, match) for match in laws.values())
    return tuple(sorted(found, key=lambda each: each.head.start))


def quoted(
    text: str,
    end_of: Callable[[str, Citation, Span], int] = lambda text, citation, title: title.end,
) -> tuple[tuple[int, int], ...]:
    """Return the stretches of ``text`` that are titles of other documents.

    ``end_of`` may know better where a title ends than its words tell.
    """
    return tuple(
        (each.abstract_span.start, end_of(text, each, each.abstract_span))
        for each in citations(text)
        if each.abstract_span is not None
    )


def _numbered(text: str, match: re.Match[str], type_before: str) -> Citation:
    start, end = match.span()
    type_name = match["type"]
    issuer = "issuer" if match["issuer"] else "early"
    number = "number" if match["number"] else "bare"
    day = "date" if match["date"] else "late"
    abstract = _abstract(text, end, surely=bool(match[day] or match[issuer]))
    head = Span(start if match["article"] is None else match.end("article"), end)
    return Citation(
        head,
        _registered(type_name) if type_name else type_before,
        without_blanks(match[number]),
        _stripped(text, *match.span(number)),
        match["so"] is not None or type_name is None,
        article_span=_span(match, "article"),
        type_span=_span(match, "type"),
        date_span=_span(match, day),
        day=calendar_date(match[day]) if match[day] else None,
        issuer_span=_span(match, issuer),
        issuer=" ".join(match[issuer].split()) if match[issuer] else None,
        abstract_span=abstract,
        goes_on=abstract is None and _goes_on(text, end),
    )


def _law(text: str, match: re.Match[str]) -> Citation:
    day = "date" if match["number"] else "only_date"
    end = match.end()
    return Citation(
        Span(match.start("type"), end),
        _registered(match["type"]),
        without_blanks(match["number"] or ""),
        _span(match, "number") or Span(end, end),
        True,
        title=" ".join(match["title"].split()),
        article_span=_span(match, "article"),
        type_span=_span(match, "type"),
        date_span=_span(match, day),
        day=calendar_date(match[day]) if match[day] else None,
    )


def _registered(type_name: str) -> str:
    words = " ".join(type_name.split())
    return words[0].upper() + words[1:]


def _span(match: re.Match[str], group: str) -> Span | None:
    return Span(*match.span(group)) if match[group] else None


def without_blanks(number: str) -> str:
    """Return number and symbol as they should be typed: hyphens, no blanks, nothing to fill in."""
    return re.sub(r"[\s.…_]+", "", re.sub("[–—]", "-", number))


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _goes_on(text: str, end: int) -> bool:
    """Say whether a word follows that may begin an abstract, or a citation that shares one."""
    if _NEXT.match(text, end):
        return True
    gap = _BLANKS.match(text, end)
    if gap is None or _STOP.match(text, gap.end()):
        return False
    return text[gap.end() : gap.end() + 1].islower()


def _abstract(text: str, end: int, surely: bool) -> Span | None:
    """Return where the abstract stands that follows a head; it ends with the clause.

    ``surely``: a date or an issuer came before, so that more words may open one.
    """
    gap = _GAP.match(text, end)
    start = gap.end() if gap else end
    if start == end or not (_OPENER if surely else _STRONG_OPENER).match(text, start):
        return None
    limit = min(start + LONGEST_ABSTRACT, len(text))
    ends = (each.start() for each in _ABSTRACT_END.finditer(text, start, limit))
    stop = next((each for each in ends if _ends_clause(text, start, each)), limit)
    stop = _unmatched(text, start, stop)
    return Span(start, start + len(text[start:stop].rstrip(" ,\u00a0")))


def _ends_clause(text: str, start: int, end: int) -> bool:
    """Say whether the clause really ends there; a comma inside brackets does not end it."""
    return text[end] in ";:\n." or _depth(text[start:end]) == 0


def _depth(text: str) -> int:
    return text.count("(") - text.count(")") + text.count("“") - text.count("”")


def _unmatched(text: str, start: int, end: int) -> int:
    """Return where a bracket or quotation closes that was opened before ``start``, else ``end``."""
    depth = 0
    for index in range(start, end):
        depth += {"(": 1, "“": 1, ")": -1, "”": -1}.get(text[index], 0)
        if depth < 0:
            return index
    return end
