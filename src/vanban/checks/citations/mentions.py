"""One document cited several times: complete first, short later, everywhere the same.

Decree 30/2020/NĐ-CP, Annex I, II.6.b.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.checks.citations.same import (
    agree,
    cited,
    cited_in_sentences,
    key,
    plain_words,
    register_of,
    same_document,
    stretch,
)
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import Project, project_algorithm, text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.citations import Citation
from vanban.nd30.dates import short_date
from vanban.nd30.document_types import LAWS
from vanban.nd30.letters import CAPITALS

_ISSUER_BEFORE = re.compile(r"ban hành|đề nghị của")
"""Words by which the sentence names the issuer before the citation."""

_SAID_IN = re.compile(
    rf"(?:^|[^\w.;:])(?!Căn|Theo|Tại|Thực|Xét|Quy)[{CAPITALS}]\w*[^.;:]*?"
    r"(?<!quy định)(?<!hướng dẫn)\s+tại\s+$"
)
"""Whose words a document has: "theo đề nghị của Sở X tại Tờ trình số 12/TTr-SXD"; the sentence
itself says what it is about."""

_SAYING = ("Tờ trình", "Văn bản", "Công văn", "Báo cáo", "Thông báo", "Công điện", "Biên bản")
"""Types by which somebody says something to somebody; others prescribe."""

LONGEST_SENTENCE = 200
"""Letters before a citation in which its sentence is looked for."""

FEWEST_WORDS = 5
"""Words of an abstract that two documents of one day do not share by chance."""


def mentions(writing: Writing) -> Iterator[tuple[Passage, Citation, Citation | None]]:
    """Yield what is cited in sentences by number, and the first citation of it if not this."""
    first: dict[str, list[Citation]] = {}
    for passage, citation in cited_in_sentences(writing):
        if citation.is_blank or citation.type in LAWS:
            continue
        before = first.setdefault(key(citation.number), [])
        earlier = next((each for each in before if same_document(each, citation)), None)
        if earlier is None:
            before.append(citation)
        yield passage, citation, earlier


def _lacking(passage: Passage, citation: Citation) -> tuple[str, ...]:
    """Return the parts that a first citation should have and does not."""
    start = citation.head.start
    before = passage.text[max(0, start - LONGEST_SENTENCE) : start]
    said_in = citation.type in _SAYING and _SAID_IN.search(before)
    parts = (
        ("ký hiệu", citation.symbol),
        ("ngày ban hành", citation.date_span),
        ("cơ quan ban hành", citation.issuer_span or _ISSUER_BEFORE.search(before) or said_in),
        ("trích yếu", citation.abstract_span or citation.goes_on or said_in),
    )
    return tuple(name for name, part in parts if not part)


@text_algorithm
def first_citation(writing: Writing, between_parties: Sequence[str]) -> Iterator[Hit]:
    """Types that lie ``between_parties`` have no abstract and are left out."""
    register = register_of(writing.workspace)
    for passage, citation, earlier in mentions(writing):
        lacking = _lacking(passage, citation)
        if earlier is not None or not lacking or citation.type in between_parties:
            continue
        document, known = register.find(citation), ""
        if document is not None and "trích yếu" in lacking:
            known = f"; trích yếu trong sổ: “{document.abstract}”"
        given = {"van_ban": citation.name, "thieu": ", ".join(lacking), "trong_so": known}
        yield Hit(stretch(passage, citation.head), matter=key(citation.number), given=given)


@text_algorithm
def later_citation(writing: Writing) -> Iterator[Hit]:
    for passage, citation, earlier in mentions(writing):
        if earlier is None or earlier.date_span is None or citation.date_span is None:
            continue
        at = stretch(passage, citation.span)
        yield Hit(at, matter=key(citation.number), right=citation.name)


@project_algorithm
def at_odds(project: Project) -> Iterator[Hit]:
    """Compare citations of all documents; what the register knows is compared with that alone."""
    by_number: dict[str, list[tuple[Stretch, Citation]]] = {}
    by_title: dict[tuple[object, ...], tuple[Stretch, Citation]] = {}
    for writing in project.writings:
        register = register_of(writing.workspace)
        for passage, citation in cited(writing):
            if citation.is_blank or citation.day is None or register.find(citation) is not None:
                continue
            here = stretch(passage, citation.head)
            before = by_number.setdefault(key(citation.number), [])
            same = next((each for each in before if same_document(citation, each[1])), None)
            if same is None:
                before.append((here, citation))
            elif citation.day != same[1].day:
                yield _odd(here, citation, *same)
            title = _title(passage, citation)
            if title is None:
                continue
            there, other = by_title.setdefault(title, (here, citation))
            if key(other.number) != key(citation.number) and agree(other.issuer, citation.issuer):
                yield _odd(here, citation, there, other)


def _title(passage: Passage, citation: Citation) -> tuple[object, ...] | None:
    """Return what two citations of one document share though the number differs."""
    if citation.abstract_span is None:
        return None
    words = plain_words(stretch(passage, citation.abstract_span).excerpt)
    return (citation.type, citation.day, words) if len(words) >= FEWEST_WORDS else None


def _odd(here: Stretch, citation: Citation, there: Stretch, other: Citation) -> Hit:
    assert citation.day is not None and other.day is not None
    days = {"ngay": short_date(citation.day), "ngay_khac": short_date(other.day)}
    given = {"van_ban": citation.name, "so_khac": other.number, **days}
    matter = f"{key(citation.number)} {key(other.number)}"
    return Hit(here, matter=matter, others=(there,), given=given)
