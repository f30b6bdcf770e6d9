"""Recipients against the document that is carried out: its issuer must receive the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.citations.same import agree, cited, plain_issuer
from vanban.checks.content.printed import issues
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing


@text_algorithm
def lacking_recipients(writing: Writing) -> Iterator[Hit]:
    recipients = _recipients(writing)
    if len(recipients) < 2:
        return
    listed = " ".join(plain_issuer(passage.text) for passage in recipients)
    head = _head(writing, recipients)
    for passage, citation in cited(writing):
        issuer = citation.issuer
        if issuer is None or citation.type not in _TYPES:
            continue
        opens = _CARRIED_OUT.fullmatch(passage.text, 0, citation.head.start)
        if opens is None or passage.role not in (Role.BASIS, Role.BODY):
            continue
        name = plain_issuer(issuer)
        own = writing.workspace is not None and agree(issuer, writing.workspace.agency.name)
        if own or not name.startswith(_SUPERIORS) or _known_as(name) in listed:
            continue
        given = {"van_ban": citation.name, "co_quan": issuer}
        yield Hit(head, matter=_known_as(name), given=given)


_CARRIED_OUT = re.compile(r"(?:Thực hiện|Triển khai|Theo)\s+")
_TYPES = (
    *("Công văn", "Kế hoạch", "Quyết định", "Chỉ thị", "Chương trình", "Nghị quyết"),
    *("Thông báo", "Hướng dẫn", "Văn bản"),
)
_BY_KIND = ("ubnd thành phố", "ubnd tỉnh", "thành ủy", "tỉnh ủy")
"""Who recipients may write without the city's own name."""

_SUPERIORS = (*_BY_KIND, "sở ")
"""Who a ward reports to directly; higher bodies are not among its recipients."""


def _head(writing: Writing, recipients: list[Passage]) -> Stretch | Datum:
    """Return where recipients are typed in the content, or the line "Nơi nhận:"."""
    for document_id, _, issue in issues(writing.workspace):
        if document_id == writing.id:
            return Datum(issue.at("recipients"), "Nơi nhận:")
    head = next((each for each in recipients if each.lower.startswith("nơi nhận")), recipients[0])
    return Stretch.whole(head)


def _recipients(writing: Writing) -> list[Passage]:
    """Return the lines of recipients; in files without roles what follows "Nơi nhận:"."""
    marked = [passage for passage in writing.passages if passage.role is Role.RECIPIENT]
    if marked:
        return marked
    for index, passage in enumerate(writing.passages):
        if passage.text.startswith("Nơi nhận"):
            below = writing.passages[index : index + 20]
            return [each for each in below if each is passage or each.text.lstrip().startswith("-")]
    return []


def _known_as(name: str) -> str:
    """Return as much of an issuer's name as recipients write."""
    kinds = (kind for kind in _BY_KIND if name.startswith(kind))
    return next(kinds, " ".join(name.split()[:3]))
