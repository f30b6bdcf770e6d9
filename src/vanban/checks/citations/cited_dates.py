"""The date of a citation: whether it can be, how it is written, and against the document's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vanban.checks.citations.same import cited, stretch, up_to
from vanban.checks.finding import Hit
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Writing
from vanban.nd30.dates import long_date, short_date


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
