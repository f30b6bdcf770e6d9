"""The date of a citation: whether it can be, how it is written, and against the document's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vanban.checks.citations.same import cited, stretch
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Writing
from vanban.nd30.dates import long_date, short_date


@text_algorithm
def impossible_date(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if citation.date_span is not None and citation.day is None:
            at = stretch(passage, citation.date_span)
            yield Hit(
                Stretch(passage, citation.head.start, citation.date_span.end),
                f"không có {at.excerpt}",
            )


@text_algorithm
def writing_of_date(writing: Writing) -> Iterator[Hit]:
    for passage, citation in cited(writing):
        if citation.date_span is None or citation.day is None:
            continue
        at = stretch(passage, citation.date_span)
        is_long = "tháng" in at.excerpt
        right = long_date(citation.day) if is_long else f"ngày {short_date(citation.day)}"
        if _without_blanks(at.excerpt) == _without_blanks(right):
            continue
        yield Hit(
            Stretch(passage, citation.head.start, citation.date_span.end),
            f"“{at.excerpt}”: ngày dưới 10 và tháng 1, 2 có số 0 ở trước, tháng 3 đến 9 không có; "
            "giữa ngày, tháng, năm là dấu “/”",
            f"viết “{right}”",
            matter=at.excerpt,
        )


def _without_blanks(text: str) -> str:
    """Blanks are told by another rule."""
    return "".join(text.split())


@text_algorithm
def later_than_document(writing: Writing) -> Iterator[Hit]:
    issued = writing.issued
    if issued is None:
        return
    for passage, citation in cited(writing):
        end = (citation.date_span or citation.number_span).end
        if citation.day is not None and citation.day > issued:
            when = f"ngày {short_date(citation.day)}"
        elif citation.day is None and (citation.year_in_number or 0) > issued.year:
            when = f"năm {citation.year_in_number}"
        else:
            continue
        yield Hit(
            Stretch(passage, citation.head.start, end),
            f"{citation.name} {when} ban hành sau ngày của văn bản này ({short_date(issued)})",
            matter=citation.name,
        )


@text_algorithm
def before_the_agency(writing: Writing, types: Sequence[str]) -> Iterator[Hit]:
    """``types`` are addressed to somebody, and so not to an agency that is not there yet."""
    workspace = writing.workspace
    established = workspace.agency.established if workspace is not None else None
    if established is None:
        return
    for passage, citation in cited(writing):
        if citation.type in types and citation.day is not None and citation.day < established:
            yield Hit(
                Stretch(passage, citation.head.start, (citation.date_span or citation.head).end),
                f"{citation.name} ban hành trước ngày cơ quan đi vào hoạt động "
                f"({short_date(established)})",
                matter=citation.number,
            )
