"""Recipients against the document that is carried out: its issuer must receive the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.citations.same import cited
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.workspace.models.plan import Issue


@text_algorithm
def lacking_recipients(writing: Writing) -> Iterator[Hit]:
    recipients = _recipients(writing)
    if len(recipients) < 2:
        return
    listed = " ".join(_full(passage.text) for passage in recipients)
    head = _head(writing, recipients)
    for passage, citation in cited(writing):
        issuer = citation.issuer
        if issuer is None or citation.type not in _TYPES:
            continue
        opens = _CARRIED_OUT.fullmatch(passage.text, 0, citation.head.start)
        if opens is None or passage.role not in (Role.BASIS, Role.BODY):
            continue
        if not _full(issuer).startswith(_SUPERIORS) or _known_as(issuer) in listed:
            continue
        if writing.workspace is not None and _full(issuer) == _full(writing.workspace.agency.name):
            continue  # its own document
        yield Hit(
            head,
            f"văn bản thực hiện {citation.name} của {issuer} nhưng Nơi nhận không có cơ quan này",
            f"thêm “- {issuer} (để báo cáo);” và cơ quan chuyên môn hướng dẫn, nếu có",
            matter=_known_as(issuer),
        )


_CARRIED_OUT = re.compile(r"(?:Thực hiện|Triển khai|Theo)\s+")
_TYPES = (
    *("Công văn", "Kế hoạch", "Quyết định", "Chỉ thị", "Chương trình", "Nghị quyết"),
    *("Thông báo", "Hướng dẫn", "Văn bản"),
)
_SUPERIORS = ("ủy ban nhân dân thành phố", "ủy ban nhân dân tỉnh", "sở ", "thành ủy", "tỉnh ủy")
"""Who a ward reports to directly; higher bodies are not among its recipients."""


def _head(writing: Writing, recipients: list[Passage]) -> Stretch | Datum:
    """Return where recipients are typed in the content, or the line "Nơi nhận:"."""
    workspace = writing.workspace
    if workspace is not None:
        typed: dict[str, Issue | None] = {
            "plan": workspace.plan,
            "self-assessment": workspace.self_assessment,
            **{f"report-{period}": report for period, report in workspace.reports.items()},
        }
        issue = typed.get(writing.id)
        if issue is not None:
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


def _full(text: str) -> str:
    words = " ".join(text.lower().replace("uỷ", "ủy").split())
    return words.replace("ubnd", "ủy ban nhân dân").replace(" tp ", " thành phố ")


def _known_as(issuer: str) -> str:
    """Return as much of an issuer's name as recipients write: the city's own may be left out."""
    full = _full(issuer)
    for start in ("ủy ban nhân dân thành phố", "ủy ban nhân dân tỉnh", "thành ủy", "tỉnh ủy"):
        if full.startswith(start):
            return start
    return " ".join(full.split()[:3])
