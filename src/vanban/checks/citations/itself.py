"""A citation checked in itself: symbol, type, issuer, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.citations.parse import TYPES, UNABBREVIATED, Citation, Span, citations
from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.rules import text_rule
from vanban.checks.writing import Passage, Writing
from vanban.nd30.dates import short_date

DECREE = "Nghị định số 30/2020/NĐ-CP, Phụ lục I"
SYMBOL_CLAUSE = f"{DECREE}, mục II.3"
CITING_CLAUSE = f"{DECREE}, mục II.6.b"

ISSUERS: tuple[tuple[str, str], ...] = (
    (r"(?:NĐ|NQ)-CP", "Chính phủ"),
    (r"(?:QĐ|CT|CĐ)-TTg", "Thủ tướng Chính phủ"),
    (r"QH\d+", "Quốc hội"),
    (r"(?:NQ|PL)?-?UBTVQH\d*", "Ủy ban Thường vụ Quốc hội"),
)
"""Symbols that only one issuer gives."""

SUBORDINATE = frozenset({"Công văn", "Thông báo", "Kế hoạch", "Hướng dẫn", "Công điện"})
"""Types that are addressed to somebody, and so not to an agency that is not there yet."""


def cited(writing: Writing) -> Iterator[tuple[Passage, Citation]]:
    """Yield every citation of a writing with its passage, in order."""
    for passage in writing.passages:
        for citation in citations(passage.text):
            yield passage, citation


def stretch(passage: Passage, span: Span) -> Stretch:
    return Stretch(passage, span.start, span.end)


@text_rule(
    id="vien-dan/khoang-trang",
    title="Dấu cách hoặc gạch ngang dài trong số, ký hiệu",
    standing=Standing.LAW,
    clause=SYMBOL_CLAUSE,
    fails="Thực hiện Công văn số 4009/SNV- CCHC&PC ngày 26/6/2025.",
    passes="Thực hiện Công văn số 4009/SNV-CCHC&PC ngày 26/6/2025.",
)
def blanks_in_symbol(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        at = stretch(passage, citation.number_span)
        if citation.is_blank or at.excerpt == citation.number:
            continue
        yield Hit(
            at,
            f"số, ký hiệu “{at.excerpt}” có dấu cách hoặc dấu gạch dài",
            f"viết liền “{citation.number}”",
            replacement=citation.number,
        )


@text_rule(
    id="vien-dan/nam-cua-so",
    title="Năm trong số văn bản khác năm ban hành",
    standing=Standing.DATA,
    clause=SYMBOL_CLAUSE,
    fails="Nghị định số 59/2019/NĐ-CP ngày 01/7/2025 của Chính phủ.",
    passes="Nghị định số 59/2019/NĐ-CP ngày 01/7/2019 của Chính phủ.",
)
def year_of_number(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        year, day = citation.year_in_number, citation.day
        if year is None or day is None or year == day.year:
            continue
        yield Hit(
            Stretch(passage, citation.span.start, (citation.date_span or citation.span).end),
            f"số {citation.number} là của năm {year} nhưng ngày ban hành ghi năm {day.year}",
            "xem lại số và ngày theo bản gốc",
            matter=citation.number,
        )


@text_rule(
    id="vien-dan/ten-loai",
    title="Tên loại không khớp ký hiệu",
    standing=Standing.LAW,
    clause="Nghị định số 30/2020/NĐ-CP, Phụ lục III, mục I",
    fails="Quyết định số 12/KH-UBND ngày 05/9/2025.",
    passes="Quyết định số 12/QĐ-UBND; Công văn số 05/UBND-VHXH; Chỉ thị số 05-CT/TW.",
)
def type_of_symbol(writing: Writing) -> Iterator[Hit]:
    by_abbreviation = {short: name for name, short in TYPES.items() if short}
    for passage, citation in cited(writing):
        first = re.split(r"[-/]", citation.symbol)[0]
        expected = TYPES.get(citation.type)
        named = by_abbreviation.get(first)
        wrong = named is not None and named != citation.type
        if expected is not None and named is None and first.upper() == expected.upper():
            wrong = True  # QD, TTR: the exact abbreviation is set
        if not wrong or (expected is None and citation.type not in UNABBREVIATED):
            continue
        right = f"“{first}” là ký hiệu của {named}" if named else f"ký hiệu đúng là “{expected}”"
        yield Hit(
            Stretch(passage, citation.span.start, citation.number_span.end),
            f"tên loại “{citation.type}” không khớp ký hiệu “{citation.symbol}”: {right}",
            "xem lại tên loại và ký hiệu theo bản gốc",
        )


@text_rule(
    id="vien-dan/co-quan",
    title="Cơ quan ban hành không khớp ký hiệu",
    standing=Standing.DATA,
    clause=CITING_CLAUSE,
    fails="Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Thủ tướng Chính phủ.",
    passes="Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ.",
)
def issuer_of_symbol(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if citation.issuer is None or citation.issuer_span is None:
            continue
        for symbol, issuer in ISSUERS:
            if re.fullmatch(symbol, citation.symbol) and citation.issuer != issuer:
                yield Hit(
                    Stretch(passage, citation.span.start, citation.issuer_span.end),
                    f"số {citation.number} là văn bản của {issuer}, không phải của "
                    f"{citation.issuer}",
                    f"sửa thành “của {issuer}” hoặc xem lại số, ký hiệu",
                )


@text_rule(
    id="vien-dan/ngay-khong-co",
    title="Ngày của văn bản không có trong lịch",
    standing=Standing.DATA,
    clause=CITING_CLAUSE,
    fails="Quyết định số 12/QĐ-UBND ngày 31/6/2025.",
    passes="Quyết định số 12/QĐ-UBND ngày 30/6/2025.",
)
def impossible_date(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if citation.date_span is not None and citation.day is None:
            at = stretch(passage, citation.date_span)
            yield Hit(at, f"không có {at.excerpt}", "xem lại ngày theo bản gốc")


@text_rule(
    id="vien-dan/viet-ngay",
    title="Ngày, tháng của văn bản viện dẫn thiếu hoặc thừa số 0",
    standing=Standing.HABIT,
    clause=f"{DECREE}, mục II.4 (quy định cho ngày của văn bản)",
    fails="Quyết định số 12/QĐ-UBND ngày 5/9/2025.",
    passes="Quyết định số 12/QĐ-UBND ngày 05/9/2025; Công văn số 9/SNV-CCHC ngày 10/02/2025.",
)
def zeros_in_date(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if citation.date_span is None or citation.day is None or citation.date_parts is None:
            continue
        at = stretch(passage, citation.date_span)
        right = short_date(citation.day)
        if "tháng" in at.excerpt or "/".join(citation.date_parts) == right:
            continue
        yield Hit(
            at,
            f"“{at.excerpt}”: ngày dưới 10 và tháng 1, 2 có số 0 ở trước, tháng 3 đến 9 không có",
            f"viết “ngày {right}”",
            matter=at.excerpt,
        )


@text_rule(
    id="vien-dan/sau-ngay-van-ban",
    title="Viện dẫn văn bản ban hành sau văn bản này",
    standing=Standing.DATA,
    clause=CITING_CLAUSE,
    fails="",
    passes="",
)
def later_than_document(writing: Writing) -> Iterator[Hit]:
    if writing.issued is None:
        return
    for passage, citation in cited(writing):
        if citation.day is not None and citation.day > writing.issued:
            yield Hit(
                Stretch(passage, citation.span.start, (citation.date_span or citation.span).end),
                f"{citation.type} số {citation.number} ngày {short_date(citation.day)} ban hành "
                f"sau ngày của văn bản này ({short_date(writing.issued)})",
                "xem lại ngày của văn bản được viện dẫn",
                matter=citation.number,
            )


@text_rule(
    id="vien-dan/truoc-ngay-thanh-lap",
    title="Văn bản chỉ đạo ban hành trước ngày cơ quan đi vào hoạt động",
    standing=Standing.HABIT,
    clause="Ngày hoạt động khai trong co-quan.yaml",
    fails="",
    passes="",
)
def before_the_agency(writing: Writing) -> Iterator[Hit]:
    workspace = writing.workspace
    established = workspace.agency.established if workspace is not None else None
    if established is None:
        return
    for passage, citation in cited(writing):
        if citation.type in SUBORDINATE and citation.day is not None and citation.day < established:
            yield Hit(
                Stretch(passage, citation.span.start, (citation.date_span or citation.span).end),
                f"{citation.type} số {citation.number} ban hành trước ngày cơ quan đi vào hoạt "
                f"động ({short_date(established)})",
                "xem lại văn bản có gửi đúng cho phường không",
                matter=citation.number,
            )


@text_rule(
    id="vien-dan/thieu-so",
    title="Viện dẫn thiếu chữ “số”",
    standing=Standing.HABIT,
    clause=CITING_CLAUSE,
    fails="Theo Nghị định 30/2020/NĐ-CP về công tác văn thư.",
    passes="Theo Nghị định số 30/2020/NĐ-CP về công tác văn thư.",
)
def without_so(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if not citation.says_so and not citation.is_blank:
            yield Hit(
                Stretch(passage, citation.span.start, citation.number_span.end),
                f"“{citation.type} {citation.number}” thiếu chữ “số”",
                f"viết “{citation.type} số {citation.number}”",
            )
