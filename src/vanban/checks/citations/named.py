"""Documents cited by name alone: programmes and schemes, with their period, without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.checks.citations.same import plain_words
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Writing
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

_NAMED = re.compile(
    r"(?<!\w)(?P<name>(?:Chương trình|Đề án|Chiến lược|Kế hoạch|Dự án)\s[^;:.()“”\d]{8,140}?)"
    r"\s+giai\s+đoạn\s+(?P<from>\d{4})\s*[-–—]\s*(?P<to>\d{4})(?!\d)"
)

_OF_OTHERS = re.compile(r"(?:Chương trình|Đề án|Chiến lược)\s")
_TO_BE_MADE = re.compile(r"(?:ban hành|xây dựng|lập|soạn thảo|dự thảo|phê duyệt)\s+$")


@dataclass(frozen=True)
class Named:
    """A programme by its name and period; ``start`` and ``end`` of the whole in the text."""

    words: tuple[str, ...]
    period: tuple[str, str]
    start: int
    end: int


def named(text: str) -> Iterator[Named]:
    """Yield the programmes that a text names with their period."""
    for found in _NAMED.finditer(text):
        yield Named(plain_words(found["name"]), (found["from"], found["to"]), *found.span())


def _registered(workspace: Workspace | None) -> tuple[tuple[Named, CitedDocument], ...]:
    documents = workspace.documents.documents if workspace is not None else ()
    return tuple((each, document) for document in documents for each in named(document.abstract))


def _same(
    here: Named, registered: tuple[tuple[Named, CitedDocument], ...]
) -> list[tuple[Named, CitedDocument]]:
    """Return what the register has of a programme; a name may be shortened in either."""
    return [
        (there, document)
        for there, document in registered
        if _within(here.words, there.words) or _within(there.words, here.words)
    ]


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether the words of ``short`` stand in ``long`` in the same order."""
    rest = iter(long)
    return all(word in rest for word in short)


@text_algorithm
def without_number(writing: Writing) -> Iterator[Hit]:
    registered = _registered(writing.workspace)
    for passage in writing.passages:
        if passage.role not in PROSE:
            continue
        for here in named(passage.text):
            before = passage.text[max(0, here.start - 20) : here.start]
            if not _OF_OTHERS.match(passage.text, here.start) or _TO_BE_MADE.search(before):
                continue
            same = _same(here, registered)
            if same and all(there.period != here.period for there, _ in same):
                continue  # told with the periods that programmes are of
            known = f": {same[0][1].type} số {same[0][1].number}" if same else ""
            yield Hit(
                Stretch(passage, here.start, here.end),
                f"“{passage.text[here.start : here.end]}” không có số, ký hiệu",
                f"ghi tên loại, số, ký hiệu, ngày, cơ quan của văn bản ban hành ở lần đầu{known}",
                matter=" ".join(here.words),
            )
