"""A citation checked in itself: number and symbol, type, issuer, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vanban.checks.citations.same import cited, plain_issuer, stretch, up_to
from vanban.checks.data import pairs
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Writing
from vanban.nd30.citations import Citation
from vanban.nd30.dates import long_date, short_date
from vanban.nd30.document_types import ABBREVIATIONS, LAWS, TYPES
from vanban.nd30.letters import fold

_KNOWN_HEAD = re.compile(
    r"(?:chính phủ|thủ tướng|quốc hội|ubnd|hđnd|bộ|sở|văn phòng chính phủ|thanh tra chính phủ)\b"
)


@text_algorithm
def blanks_in_symbol(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        at = stretch(passage, citation.number_span)
        typed = at.excerpt[at.excerpt.find("/") :] if citation.number[:1] == "/" else at.excerpt
        if citation.number and typed != citation.number:
            yield Hit(
                at,
                f"số, ký hiệu “{at.excerpt}” có dấu cách hoặc dấu gạch dài",
                f"viết liền “{citation.number}”",
                replacement=None if citation.is_blank else citation.number,
            )
        if citation.date_span is None:
            continue
        at = stretch(passage, citation.date_span)
        if re.search(r"\d\s+[/.-]|[/.-]\s+\d", at.excerpt):
            right = re.sub(r"\s*([/.-])\s*", r"\1", at.excerpt)
            yield Hit(at, f"“{at.excerpt}” có dấu cách thừa", f"viết “{right}”", replacement=right)


@text_algorithm
def year_of_number(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        year, day = citation.year_in_number, citation.day
        if year is None or day is None or citation.date_span is None or year == day.year:
            continue
        given = {"so": citation.number, "nam": year, "nam_ghi": day.year}
        at = up_to(passage, citation, citation.date_span)
        yield Hit(at, matter=citation.number, given=given)


@text_algorithm
def type_of_symbol(writing: Writing, sure: Sequence[str]) -> Iterator[Hit]:
    """``sure`` are abbreviations that no agency has: CĐ may be a trade union, CT a tax office."""
    for passage, citation in cited(writing):
        right = _right_type(citation, sure)
        if right:
            given = {"loai": citation.type, "ky_hieu": citation.symbol, "vi_sao": right}
            yield Hit(up_to(passage, citation, citation.number_span), given=given)


def _right_type(citation: Citation, sure: Sequence[str]) -> str:
    """Return what is right of type and symbol, "" where nothing is surely wrong.

    Party documents abbreviate otherwise (Quy định số 114-QĐ/TW) and are left alone.
    """
    named = {short: name for name, short in {**TYPES, **ABBREVIATIONS}.items() if short}
    first = re.split(r"[-/]", citation.symbol)[0]
    expected = TYPES.get(citation.type)
    if citation.is_of_party or first == expected or not first:
        return ""
    if expected is None:
        known = citation.type == "Công văn" and first in sure
        return f"“{first}” là ký hiệu của {named[first]}" if known else ""
    if first in named:
        return f"“{first}” là ký hiệu của {named[first]}"
    # QD, TTR: the exact abbreviation is set
    return f"ký hiệu đúng là “{expected}”" if fold(first) == fold(expected) else ""


@text_algorithm
def issuer_of_symbol(
    writing: Writing, issuers: Sequence[str], agencies: Sequence[str]
) -> Iterator[Hit]:
    """``issuers`` alone give their symbols; ``agencies`` are abbreviations of one agency."""
    for passage, citation in cited(writing):
        expected = _expected_issuer(citation, pairs(issuers), pairs(agencies))
        if expected is None or citation.issuer_span is None:
            continue
        end = max(citation.issuer_span.end, citation.number_span.end)
        given = {"ky_hieu": citation.symbol, "co_quan": citation.issuer}
        yield Hit(Stretch(passage, citation.head.start, end), right=expected, given=given)


def _expected_issuer(
    citation: Citation, issuers: Mapping[str, str], agencies: Mapping[str, str]
) -> str | None:
    """Return whom the symbol belongs to where the citation names another, else None."""
    if citation.issuer is None or citation.is_of_party:
        return None
    named = plain_issuer(citation.issuer)
    for symbol, issuer in issuers.items():
        if re.fullmatch(symbol, citation.symbol):
            wanted = plain_issuer(issuer)
            same = f"{named} ".startswith(f"{wanted} ") or f"{wanted} ".startswith(f"{named} ")
            return None if same else issuer
    pieces = citation.symbol.split("-")
    agency = pieces[0] if citation.type not in TYPES or TYPES[citation.type] is None else ""
    if not agency and len(pieces) == 2:
        agency = pieces[1]
    right = agencies.get(agency)
    if right is None or not _KNOWN_HEAD.match(named):
        return None
    if plain_issuer(right) in named or f"{plain_issuer(right)} ".startswith(f"{named} "):
        return None  # of the head of an agency: "Giám đốc Sở"
    return right


@text_algorithm
def zero_of_number(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if re.match(r"[1-9](?!\d)", citation.number):
            at, number = up_to(passage, citation, citation.number_span), citation.number
            yield Hit(at, matter=number, right=f"0{number}", given={"so": number})


@text_algorithm
def without_so(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if not citation.says_so and not citation.is_blank:
            given = {"loai": citation.type, "so": citation.number}
            at = up_to(passage, citation, citation.number_span)
            yield Hit(at, right=citation.name, given=given)


@text_algorithm
def small_type(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if passage.role not in PROSE or citation.type_span is None or citation.type in LAWS:
            continue
        if passage.text[citation.type_span.start].islower():
            at = Stretch(passage, citation.type_span.start, citation.number_span.end)
            yield Hit(at, right=citation.type)


@text_algorithm
def impossible_date(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if citation.date_span is not None and citation.day is None:
            day = stretch(passage, citation.date_span).excerpt
            yield Hit(up_to(passage, citation, citation.date_span), given={"ngay": day})


@text_algorithm
def writing_of_date(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if citation.date_span is None or citation.day is None:
            continue
        day = stretch(passage, citation.date_span).excerpt
        right = long_date(citation.day) if "tháng" in day else f"ngày {short_date(citation.day)}"
        if "".join(day.split()) != "".join(right.split()):  # another rule tells blanks
            at = up_to(passage, citation, citation.date_span)
            yield Hit(at, matter=day, right=right, given={"ngay": day})


@text_algorithm
def later_than_document(writing: Writing) -> Iterator[Hit]:
    issued = writing.issued
    if issued is None:
        return
    for passage, citation in cited(writing):
        if citation.day is not None and citation.day > issued:
            when = f"ngày {short_date(citation.day)}"
        elif citation.day is None and (citation.year_in_number or 0) > issued.year:
            when = f"năm {citation.year_in_number}"
        else:
            continue
        at = up_to(passage, citation, citation.date_span or citation.number_span)
        given = {"van_ban": citation.name, "khi": when, "ngay": short_date(issued)}
        yield Hit(at, matter=citation.name, given=given)


@text_algorithm
def before_the_agency(writing: Writing, types: Sequence[str]) -> Iterator[Hit]:
    """``types`` are addressed to somebody, and so not to an agency that is not there yet."""
    workspace = writing.workspace
    established = workspace.agency.established if workspace is not None else None
    if established is None:
        return
    for passage, citation in cited(writing):
        if citation.type in types and citation.day is not None and citation.day < established:
            at = up_to(passage, citation, citation.date_span)
            given = {"van_ban": citation.name, "ngay": short_date(established)}
            yield Hit(at, matter=citation.number, given=given)
