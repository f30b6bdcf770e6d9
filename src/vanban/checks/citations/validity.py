"""Documents cited that may no longer be in force, or not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vanban.checks.citations.same import cited_in_sentences, key, register_of
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.citations import Citation
from vanban.nd30.dates import calendar_date, short_date
from vanban.workspace.models.register import CitedDocument


@text_algorithm
def out_of_force(writing: Writing, replaced: Sequence[Mapping[str, Any]]) -> Iterator[Hit]:
    """``replaced`` documents live on in copied text; each says what to see ``since`` when."""
    register = register_of(writing.workspace)
    known = {key(number): each for each in replaced for number in each["numbers"]}
    for passage, citation in cited_in_sentences(writing):
        document = register.find(citation)
        law = known.get(key(citation.number))
        since = calendar_date(law["since"]) if law else None
        if document is not None and (known_end := _by_register(document, writing)):
            message, todo = known_end
        elif law and (writing.issued is None or since is None or writing.issued >= since):
            message, todo = "cần kiểm tra hiệu lực", f"xem {law['instead']}"
        else:
            continue
        at = Stretch(passage, _clause_start(passage, citation), citation.head.end)
        yield Hit(at, f"{citation.name}: {message}", todo, matter=citation.number)


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
