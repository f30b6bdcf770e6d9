"""Programmes and schemes cited by name and period: without their number, or with another period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from vanban.checks.citations.same import plain_words
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Writing
from vanban.workspace.models.register import CitedDocument

_TYPE = r"(?i:chương trình|đề án|chiến lược|kế hoạch|dự án)\s"
_PROGRAMME = re.compile(
    rf"(?<!\w)(?P<name>{_TYPE}(?:(?!{_TYPE})[^;:.()“”\d]){{8,140}}?)"
    r"\s+giai\s+đoạn\s+(?P<from>\d{4})\s*[-–—]\s*(?P<to>\d{4})(?!\d)"
)
_OF_OTHERS = re.compile(r"(?:Chương trình|Đề án|Chiến lược)\s")
_TO_BE_MADE = re.compile(r"(?:ban hành|xây dựng|lập|soạn thảo|dự thảo|phê duyệt)\s+$")

MIN_SHARED = 6
"""Words that two names of programmes must share to be surely of one programme."""


class Programme(Struct, frozen=True):
    """A programme by its name and period; ``start`` and ``end`` of the whole in the text."""

    words: tuple[str, ...]
    period: tuple[str, str]
    start: int
    end: int

    def is_same(self, other: Programme) -> bool:
        """Say whether names may be of one programme: in either some words may be left out."""
        return _within(self.words, other.words) or _within(other.words, self.words)


def programmes(text: str) -> Iterator[Programme]:
    """Yield the programmes that a text names with their period."""
    for found in _PROGRAMME.finditer(text):
        yield Programme(plain_words(found["name"]), (found["from"], found["to"]), *found.span())


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether the words of ``short`` stand in ``long`` in the same order."""
    rest = iter(long)
    return all(word in rest for word in short)


def _registered(documents: Iterable[CitedDocument]) -> list[tuple[Programme, CitedDocument]]:
    return [(each, document) for document in documents for each in programmes(document.abstract)]


@text_algorithm
def without_number(writing: Writing) -> Iterator[Hit]:
    workspace = writing.workspace
    registered = _registered(workspace.documents.documents if workspace is not None else ())
    for passage in writing.prose:
        for here in programmes(passage.text):
            before = passage.text[max(0, here.start - 20) : here.start]
            if not _OF_OTHERS.match(passage.text, here.start) or _TO_BE_MADE.search(before):
                continue
            same = [each for each in registered if here.is_same(each[0])]
            if same and all(there.period != here.period for there, _ in same):
                continue  # the rule about periods says so
            known = f": {same[0][1].type} số {same[0][1].number}" if same else ""
            at = Stretch(passage, here.start, here.end)
            yield Hit(at, matter=" ".join(here.words), given={"trong_so": known})


@text_algorithm
def other_spans(writing: Writing, known: Sequence[str]) -> Iterator[Hit]:
    """Tell of periods that are not those of the register, or of the programmes ``known``."""
    documents = writing.workspace.all_documents if writing.workspace is not None else ()
    registered = [each for text in known for each in programmes(text)]
    registered += [each for each, _ in _registered(documents)]
    for passage in writing.prose:
        for here in programmes(passage.text):
            for there in registered:
                shared = min(len(here.words), len(there.words))
                if shared >= MIN_SHARED and here.is_same(there) and here.period != there.period:
                    at, right = Stretch(passage, here.start, here.end), " - ".join(there.period)
                    yield Hit(at, right=right, given={"ghi": " - ".join(here.period)})
                    break
