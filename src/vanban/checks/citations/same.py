"""Which citations are of one document, and which registered document one is of.

Numbers start anew every year and in every agency: "17/KH-UBND" of two years, or of the ward and
of the city, are two documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from vanban.checks.finding import Stretch
from vanban.checks.writing import Passage, Role, Writing
from vanban.kept import kept
from vanban.nd30.citations import Citation, Span, citations
from vanban.nd30.letters import plain
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

_ENCLOSED = re.compile(r"[Kk]èm theo\s+$")

NOT_SENTENCES = frozenset({Role.HEADER, Role.ABSTRACT, Role.CELL, Role.ANNEX, Role.SIGNATURE})
"""Passages in which a document is named, not cited in running text."""

_HEAD = re.compile(r"^(?:chủ tịch|bộ trưởng|giám đốc|thường trực) (?!nước)")
_LONG_FORMS = (
    (" ủy ban nhân dân ", " ubnd "),
    (" hội đồng nhân dân ", " hđnd "),
    (" tp ", " thành phố "),
)


@kept
def cited(writing: Writing) -> tuple[tuple[Passage, Citation], ...]:
    """Return every citation of a writing with its passage, in order."""
    return tuple(
        (passage, citation) for passage in writing.passages for citation in citations(passage.text)
    )


def cited_in_sentences(writing: Writing) -> Iterator[tuple[Passage, Citation]]:
    """Yield what is cited in running text, in this document's own words."""
    for passage, citation in cited(writing):
        if (
            passage.role not in NOT_SENTENCES
            and not is_own(passage, citation)
            and not passage.is_quoted(citation.head.start, citation.head.end)
        ):
            yield passage, citation


def is_own(passage: Passage, citation: Citation) -> bool:
    """Say whether it is the document's own number, in the head of its annexes ("Kèm theo …")."""
    start = citation.head.start
    return _ENCLOSED.search(passage.text[max(0, start - 12) : start]) is not None


def stretch(passage: Passage, span: Span) -> Stretch:
    return Stretch(passage, span.start, span.end)


def up_to(passage: Passage, citation: Citation, part: Span | None) -> Stretch:
    """Return a citation from its first word to the end of a part, of its head without one."""
    return Stretch(passage, citation.head.start, (part or citation.head).end)


def key(number: str) -> str:
    """Return number and symbol for comparing: without a leading zero, in one casing."""
    return re.sub(r"^0+(?=\d)", "", number).casefold()


@lru_cache(maxsize=1 << 12)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` for comparing: small letters, hòa for hoà."""
    return tuple(map(plain, re.findall(r"\w+", text)))


@lru_cache(maxsize=1 << 10)
def plain_issuer(issuer: str) -> str:
    """Return the name of an agency for comparing: long and short forms alike, without its head."""
    words = f" {' '.join(plain_words(issuer))} "
    for long, short in _LONG_FORMS:
        words = words.replace(long, short)
    return _HEAD.sub("", words.strip())


def agree(one: str | None, other: str | None) -> bool:
    """Say whether two names may be of one agency; the shorter may leave out the place."""
    if one is None or other is None:
        return True
    short, long = sorted((plain_issuer(one), plain_issuer(other)), key=len)
    return f"{long} ".startswith(f"{short} ")


def one_series(one: date | None, other: date | None) -> bool:
    """Say whether dates may be those of one number without a year: not of two years.

    The same day and month of another year is rather a slip than another document.
    """
    if one is None or other is None or one.year == other.year:
        return True
    return (one.day, one.month) == (other.day, other.month)


def same_document(one: Citation, other: Citation) -> bool:
    """Say whether two citations are of one document as far as their parts tell."""
    if one.is_blank or other.is_blank or not one.symbol:
        return one.title is not None and one.title == other.title and one.day == other.day
    if key(one.number) != key(other.number):
        return False
    if one.year_in_number is not None and not _is_local(one):
        return True
    return agree(one.issuer, other.issuer) and one_series(one.day, other.day)


def _is_local(citation: Citation) -> bool:
    """Whether many agencies give this symbol."""
    return re.search(r"UBND|HĐND", citation.symbol) is not None


class Register(Struct, frozen=True):
    """The registered documents that have a number, by its key."""

    by_key: dict[str, tuple[CitedDocument, ...]]
    own_names: tuple[str, ...] = ()

    def issuer(self, document: CitedDocument) -> str | None:
        """Return the issuer as cited; the agency itself for its own documents."""
        if document.own and self.own_names:
            return self.own_names[0]
        return document.issuer

    def find(self, citation: Citation) -> CitedDocument | None:
        """Return the document that a citation is of, even where some part of it is wrong."""
        if citation.is_blank or not citation.symbol:
            return None
        candidates = [
            document
            for document in self.by_key.get(key(citation.number), ())
            if self._may_be(citation, document)
        ]
        candidates.sort(key=lambda document: document.date != citation.day)
        return candidates[0] if candidates else None

    def _may_be(self, citation: Citation, document: CitedDocument) -> bool:
        if _is_local(citation) and not agree(citation.issuer, self.issuer(document)):
            return citation.day is not None and citation.day == document.date
        return citation.year_in_number is not None or one_series(citation.day, document.date)


NO_REGISTER = Register({})


def register_of(workspace: Workspace | None) -> Register:
    """Return the register of a workspace; an empty one outside any content."""
    if workspace is None:
        return NO_REGISTER
    by_key: dict[str, tuple[CitedDocument, ...]] = {}
    for document in workspace.all_documents:
        if document.number is not None and document.has_number:
            number = key(document.number)
            by_key[number] = (*by_key.get(number, ()), document)
    agency = workspace.agency
    return Register(by_key, tuple(name for name in (agency.short_name, agency.name) if name))


def words_of_others(passage: Passage, workspace: Workspace | None) -> list[tuple[int, int]]:
    """Return where others' documents are cited, and the numbers and dates of the agency's own."""
    found = citations(passage.text)
    register = register_of(workspace) if found else NO_REGISTER
    spans = []
    for citation in found:
        document = register.find(citation)
        own = (document is not None and document.own) or (
            citation.issuer is not None
            and any(agree(citation.issuer, name) for name in register.own_names)
        )
        span = citation.head if own else citation.span
        spans.append((span.start, span.end))
    return spans
