"""Citations against the register of documents and what is in force, and the register in itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from vanban.checks.citations.laws import KnownLaw, known_laws
from vanban.checks.citations.naming import law_of, laws_in, sentence_around
from vanban.checks.citations.same import (
    Register,
    agree,
    cited,
    cited_in_sentences,
    is_own,
    key,
    one_series,
    plain_words,
    register_of,
    stretch,
)
from vanban.checks.data import row_of
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.language.words import one_letter_apart
from vanban.checks.rows.kinds import compile_row
from vanban.checks.rules import Project, project_algorithm, text_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.nd30.citations import Citation
from vanban.nd30.dates import short_date
from vanban.nd30.document_types import LAWS
from vanban.nd30.letters import without_marks
from vanban.workspace.models.register import CitedDocument

_ABOUT = ("về việc", "về", "v v")
"""How abstracts open in one place and not in another."""


@text_algorithm
def unlike_register(writing: Writing) -> Iterator[Hit]:
    register = register_of(writing.workspace)
    for passage, citation in cited(writing):
        document = register.find(citation)
        if document is None:
            continue
        for what, mine, theirs in _differences(passage, citation, document, register):
            at = stretch(passage, citation.span if what == "trích yếu" else citation.head)
            given = {"van_ban": citation.name, "gi": what, "ghi": mine}
            yield Hit(at, matter=f"{citation.number} {what}", right=theirs, given=given)


def _differences(
    passage: Passage, citation: Citation, document: CitedDocument, register: Register
) -> Iterator[tuple[str, str, str]]:
    """Yield what part differs, how it reads here and in the register.

    A date of the register that cannot be, by the year in the number, is told of the register.
    """
    if citation.type not in ("Văn bản", document.type):
        yield "tên loại", citation.type, document.type
    day, registered = citation.day, document.date
    if (
        day is not None
        and registered is not None
        and day != registered
        and citation.year_in_number in (None, registered.year)
    ):
        yield "ngày", short_date(day), short_date(registered)
    issuer = register.issuer(document)
    if citation.issuer and issuer and not agree(citation.issuer, issuer):
        yield "cơ quan ban hành", citation.issuer, issuer
    if citation.abstract_span is not None:
        abstract = stretch(passage, citation.abstract_span).excerpt
        if not _same_abstract(abstract, document.abstract):
            yield "trích yếu", abstract, document.abstract


def _same_abstract(one: str, other: str) -> bool:
    """Say whether abstracts are the same as far as the shorter goes; the rest may be a sentence."""
    mine, theirs = _without_about(one), _without_about(other)
    shared = min(len(mine), len(theirs))
    return mine[:shared] == theirs[:shared]


def _without_about(abstract: str) -> tuple[str, ...]:
    words = plain_words(abstract)
    for opening in _ABOUT:
        about = tuple(opening.split())
        if words[: len(about)] == about:
            return words[len(about) :]
    return words


@text_algorithm
def not_registered(writing: Writing) -> Iterator[Hit]:
    if writing.workspace is None:
        return
    register = register_of(writing.workspace)
    for passage, citation in cited(writing):
        if (
            citation.is_blank
            or not citation.symbol
            or citation.type in LAWS
            or is_own(passage, citation)
            or register.find(citation) is not None
            or _near(citation, register) is not None
        ):
            continue
        given = {"van_ban": citation.name, "dong": entry(passage, citation, register)}
        yield Hit(stretch(passage, citation.head), matter=citation.number, given=given)


def entry(passage: Passage, citation: Citation, register: Register) -> str:
    """Return a line of YAML to paste into the register."""
    place = citation.abstract_span
    abstract = passage.text[place.start : place.end] if place else "…"
    letters = re.sub(r"[^a-z0-9]+", "-", without_marks(citation.number.lower()))
    values: dict[str, str] = {
        "ma": f"vb-{letters}".strip("-"),
        "loai": citation.type,
        "so_ky_hieu": citation.number,
        "ngay": short_date(citation.day) if citation.day else "…",
        "co_quan": citation.issuer or "…",
        "trich_yeu": " ".join(abstract.split()),
    }
    # Strings of JSON are strings of YAML.
    pairs = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    if citation.issuer and any(agree(citation.issuer, name) for name in register.own_names):
        pairs[4] = "phuong_ban_hanh: true"
    return "- {" + ", ".join(pairs) + "}"


def _near(citation: Citation, register: Register) -> CitedDocument | None:
    """Return the registered document that a number not registered was probably meant to be.

    Digits swapped (1774 for 1747), a letter wrong in the symbol, or one digit wrong with the
    same date.
    """
    wanted = key(citation.number)
    head, _, tail = wanted.partition("/")
    for other, documents in register.by_key.items():
        other_head, _, other_tail = other.partition("/")
        for document in documents:
            same_day = citation.day is not None and citation.day == document.date
            if not one_series(citation.day, document.date):
                continue
            if tail == other_tail and len(head) == len(other_head) and head != other_head:
                swapped = len(head) >= 3 and sorted(head) == sorted(other_head)
                if swapped or (same_day and one_letter_apart(head, other_head)):
                    return document
            elif head == other_head and len(head) >= 3 and one_letter_apart(tail, other_tail):
                return document
    return None


@text_algorithm
def near_registered(writing: Writing) -> Iterator[Hit]:
    register = register_of(writing.workspace)
    for passage, citation in cited(writing):
        if citation.is_blank or not citation.symbol or register.find(citation) is not None:
            continue
        document = _near(citation, register)
        if document is not None:
            at, right = stretch(passage, citation.head), str(document.number)
            given = {"so": citation.number, "loai": document.type}
            yield Hit(at, matter=citation.number, right=right, given=given)


@project_algorithm
def register_in_itself(project: Project) -> Iterator[Hit]:
    """Read each entry as it would be cited, and say what the rules about a citation say of it."""
    if project.workspace is None:
        return
    register = register_of(project.workspace)
    citing: dict[str, set[str]] = {}
    for writing in project.writings:
        for _, citation in cited(writing):
            citing.setdefault(key(citation.number), set()).add(writing.id)
    for document in project.workspace.documents.documents:
        if document.number is None:
            continue
        day = f" ngày {short_date(document.date)}" if document.date else ""
        issuer = register.issuer(document)
        line = f"{document.type} số {document.number}{day}" + (f" của {issuer}" if issuer else "")
        passage = Passage(line, Role.BASIS, 1, document.at("number"))
        concerned = frozenset(citing.get(key(document.number), ()))
        for rule, field in _RULES_OF_ENTRIES.items():
            for hit in compile_row(row_of(rule))(Writing(document.id, (passage,))):
                yield replace(
                    hit,
                    at=Datum(document.at(field), hit.at.excerpt, concerned),
                    matter=f"{document.id} {field}",
                    replacement=None,
                )


_RULES_OF_ENTRIES = {
    "vien-dan/khoang-trang": "number",
    "vien-dan/ten-loai": "type",
    "vien-dan/co-quan": "number",
    "vien-dan/nam-cua-so": "date",
    "vien-dan/ngay-khong-co": "date",
}
"""Rules about a citation in itself, and the value of an entry that each is about."""


@text_algorithm
def out_of_force(writing: Writing) -> Iterator[Hit]:
    """Documents live on in copied text after they were replaced."""
    register = register_of(writing.workspace)
    for passage, citation in cited_in_sentences(writing):
        document = register.find(citation)
        if document is not None and (known_end := _by_register(document, writing)):
            message, todo = known_end
            at = Stretch(passage, _clause_start(passage, citation), citation.head.end)
            yield Hit(at, f"{citation.name}: {message}", todo, matter=citation.number)
    for at, name, law in _over(writing, unverified=False):
        assert law.ended is not None
        message = f"{name}: hết hiệu lực từ {short_date(law.ended)}"
        yield Hit(at, message, f"xem {known_laws().told_instead(law)}", matter=name)


@text_algorithm
def perhaps_out_of_force(writing: Writing) -> Iterator[Hit]:
    """The same of what nobody has seen in an official text."""
    for at, name, law in _over(writing, unverified=True):
        message = f"{name}: có thể đã được thay thế, cần kiểm tra với bản gốc"
        yield Hit(at, message, f"xem {known_laws().told_instead(law)}", matter=name)


_LOOKS_BACK = re.compile(
    r"thay thế|bãi bỏ|hết hiệu lực|trước đây|trước ngày|trước khi|thời điểm|khi đó|lúc đó|tổng kết"
    r"|sơ kết|chuyển tiếp|nay là|kế thừa|so với|khác với|lịch sử|từ khi|đã được (?:cấp|giao)"
)
"""Words by which a sentence speaks of what was in force, not of what is."""


_YEAR = re.compile(r"(?:năm|giai đoạn|thời kỳ|[-–])\s+(20\d\d)(?![\d/])")


def _tells_of_then(sentence: str, law: KnownLaw) -> bool:
    """Say whether a sentence says what was done while a law was in force: "năm 2023, đã cấp …"."""
    years = [int(each) for each in _YEAR.findall(sentence)]
    done = re.search(r"\bđã\b", sentence) is not None
    return done and law.ended is not None and bool(years) and max(years) <= law.ended.year


def _over(writing: Writing, *, unverified: bool) -> Iterator[tuple[Stretch, str, KnownLaw]]:
    """Yield what the register of laws knows as out of force on the day of a document.

    A document without a day is of the last day of its year.
    """
    day = writing.issued or date(writing.year or date.max.year, 12, 31)
    register, laws = register_of(writing.workspace), known_laws()
    found: list[tuple[Stretch, str, KnownLaw | None]] = [
        (
            Stretch(passage, _clause_start(passage, citation), citation.head.end),
            citation.name,
            laws.by_number.get(citation.number),
        )
        for passage, citation in cited_in_sentences(writing)
        if citation.title is None and _unknown_end(register.find(citation), writing)
    ]
    found += (
        (named.whole, named.told, law_of(named, day))
        for passage in writing.passages
        for named in laws_in(passage)
        if not named.of_another
    )
    for at, name, law in found:
        if law is not None and law.unverified is unverified and law.is_over(day):
            start, end = sentence_around(at.passage.text, at.start, at.end)
            sentence = at.passage.lower[start:end]
            if not (_LOOKS_BACK.search(sentence) or _tells_of_then(sentence, law)):
                yield at, name, law


def _unknown_end(document: CitedDocument | None, writing: Writing) -> bool:
    return document is None or _by_register(document, writing) is None


def _by_register(document: CitedDocument, writing: Writing) -> tuple[str, str] | None:
    """Return what is wrong and what to do by the dates of the register, None where nothing is."""
    by_id = writing.workspace.documents_by_id if writing.workspace else {}
    new = by_id.get(document.replaced_by or "")
    end = document.expired or (new and (new.in_force or new.date)) or None
    if (document.expired or document.replaced_by) and (
        end is None or writing.issued is None or end <= writing.issued
    ):
        since = f" từ {short_date(end)}" if end else ""
        todo = f"xem {new.type} số {new.number}" if new else "thay bằng văn bản còn hiệu lực"
        return f"hết hiệu lực{since} theo sổ văn bản", todo
    start = document.in_force
    if start is not None and writing.issued is not None and start > writing.issued:
        return (
            f"chưa có hiệu lực vào ngày của văn bản này (hiệu lực từ {short_date(start)})",
            "xem văn bản đang có hiệu lực",
        )
    return None


def _clause_start(passage: Passage, citation: Citation) -> int:
    """Return where the sentence begins that leans on the document: it says what for."""
    full_stop = passage.text.rfind(". ", 0, citation.head.start)
    start = full_stop + 2 if full_stop >= 0 else 0
    while start < citation.head.start and not passage.text[start].isalnum():
        start += 1
    return start
