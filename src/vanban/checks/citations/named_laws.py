"""How a law is named: its casing, its day, its number, and one document a legal basis.

Decree 30/2020/NĐ-CP, Annex I, II.6.b: a law is cited by type and name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vanban.checks.citations.laws import KnownLaw, known_laws
from vanban.checks.citations.naming import NamedLaw, laws_in
from vanban.checks.citations.same import cited, cited_in_sentences, register_of, stretch, up_to
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.names import recased, unlike
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.nd30.citation_words import TYPE
from vanban.nd30.dates import short_date
from vanban.nd30.document_types import LAWS

_OF_ONE_LAW = re.compile(r"\s+(?:năm|số|ngày|\(?(?:19|20)\d\d)")
_BASIS = re.compile(r"(?:^|;\s*)Căn cứ\s+$")


@text_algorithm
def names_of_laws(writing: Writing) -> Iterator[Hit]:
    """Tell names in another casing; "theo luật đất đai" may mean all law of land."""
    for found in unlike(writing, known_laws().by_name, ()):
        text = found.at.passage.text
        if (
            found.words[0][0].isupper()
            or _OF_ONE_LAW.match(text, found.at.end)
            or _BASIS.search(text, 0, found.at.start)
        ):
            yield Hit(found.at, replacement=recased(found))


@text_algorithm
def day_of_law(writing: Writing) -> Iterator[Hit]:
    """Tell days that are not those of the register of laws, and numbers of another law."""
    laws, register = known_laws(), register_of(writing.workspace)
    for passage in writing.passages:
        for named in laws_in(passage):
            other = laws.by_number.get(named.number or "")
            if other is not None and other.is_law and other.name != named.name:
                given = {"van_ban": named.told, "la": f"số {named.number} là của {other.name}"}
                yield Hit(named.whole, matter=named.told, given=given)
            elif named.day is not None and (right := _right_day(named)) is not None:
                yield _other_day(named.whole, named.told, right)
    for passage, citation in cited(writing):
        law = laws.by_number.get(citation.number)
        if (
            law is not None
            and not law.is_law
            and law.passed not in (None, citation.day)
            and citation.day is not None
            and register.find(citation) is None
        ):
            yield _other_day(up_to(passage, citation, citation.date_span), citation.name, law)


def _other_day(at: Stretch, name: str, law: KnownLaw) -> Hit:
    assert law.passed is not None
    said = f"văn bản này ban hành ngày {short_date(law.passed)}"
    return Hit(at, matter=name, given={"van_ban": name, "la": said})


def _right_day(named: NamedLaw) -> KnownLaw | None:
    """Return the law whose day was probably meant, None where the day may be right.

    The number tells it; else the day of force stands there, or another day of the same year.
    """
    day = named.day
    assert day is not None
    same = [law for law in known_laws().by_name[named.name] if law.passed is not None]
    if any(law.passed == day for law in same):
        return None
    if named.number is not None:
        return next((law for law in same if named.number in law.numbers), None)
    alike = (
        law
        for law in same
        if law.passed is not None
        and (law.in_force == day or law.passed.year == day.year or _same_but_year(law, named))
    )
    return next(alike, None)


def _same_but_year(law: KnownLaw, named: NamedLaw) -> bool:
    assert law.passed is not None and named.day is not None
    return (law.passed.day, law.passed.month) == (named.day.day, named.day.month)


@text_algorithm
def law_without_name(writing: Writing) -> Iterator[Hit]:
    """Tell laws cited by number before their name was said."""
    laws = known_laws()
    said = {
        named.name: (passage.number, named.at.start)
        for passage in reversed(writing.passages)
        for named in reversed(tuple(laws_in(passage)))
    }
    for passage, citation in cited_in_sentences(writing):
        law = laws.by_number.get(citation.number)
        if law is None or not law.is_law or citation.type not in LAWS or citation.title is not None:
            continue
        if citation.abstract_span is not None or citation.goes_on:
            continue
        here = (passage.number, citation.head.start)
        if said.get(str(law.name), here) >= here:
            yield Hit(stretch(passage, citation.head), matter=str(law.name), right=str(law.name))


@text_algorithm
def law_with_number(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for named in laws_in(passage):
            if named.number is not None:
                yield Hit(named.whole, matter="số", right=named.name)


_SECOND = re.compile(rf"(?:;\s*|\s+và\s+)(?:[Cc]ăn cứ\s+)?(?={TYPE})")


@text_algorithm
def two_in_one_basis(writing: Writing) -> Iterator[Hit]:
    """Tell a second document in a legal basis, unless it amends the first."""
    for passage in writing.passages:
        if passage.role is Role.BASIS:
            starts = sorted(_documents(passage))
            for first, second in pairwise(starts):
                rest = passage.text[second : next((s for s in starts if s > second), None)]
                between = _SECOND.finditer(passage.text, first)
                joined = any(each.end() == second for each in between)
                if joined and not re.search("sửa đổi|bổ sung|thay thế|đính chính|bãi bỏ", rest):
                    end = second + len(rest.removesuffix(" và ").rstrip(" ;.,"))
                    yield Hit(Stretch(passage, second, end), matter=passage.text[second:end])


def _documents(passage: Passage) -> set[int]:
    """Return where the documents of a passage begin, those in titles of others left out."""
    named = [law.at for law in laws_in(passage) if not law.of_another]
    starts = {citation.head.start for _, citation in cited(Writing("", (passage,)))}
    starts |= {at.start for at in named}
    return {start for start in starts if not passage.is_quoted(start, start + 1)}
