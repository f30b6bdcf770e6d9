"""Heads of annexes (Annex I, III.1): number, title and "(Kèm theo …)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban.checks.form.parts import TYPED_LINE, Part, segments
from vanban.ooxml.word_file import WordParagraph

_ATTACHED = re.compile(r"\(\s*(kèm|ban hành|đính)\s+(kèm\s+)?theo\b", re.IGNORECASE)
_ANNEX = re.compile(r"phụ lục(\s+(số\s*)?([IVXLC]+|\d+|[A-H]))?(?=\s*([.:\n-]|$))", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Annex:
    """The head of an annex, its parts and where it stands among the filled paragraphs."""

    number: Part
    title: tuple[Part, ...]
    note: tuple[Part, ...]
    index: int


def find_annexes(filled: Sequence[WordParagraph]) -> Iterator[Annex]:
    """Yield the heads of annexes: "Phụ lục" on a line of its own, centred or bold."""
    for index, paragraph in enumerate(filled):
        found = _ANNEX.match(paragraph.text.strip()) if paragraph.cell is None else None
        if not found or index < 5 or len(paragraph.text) > 250:
            continue
        if paragraph.format.align != "center" and not paragraph.is_bold():
            continue
        yield _annex(filled, index, found.end())


def _annex(filled: Sequence[WordParagraph], index: int, length: int) -> Annex:
    paragraph = filled[index]
    start = len(paragraph.text) - len(paragraph.text.lstrip())
    number = Part(paragraph, start, start + length)
    rest = [
        part
        for part in segments(paragraph)
        if part.start >= number.end and any(sign.isalpha() for sign in part.text)
    ]
    title: list[Part] = rest
    note: list[Part] = []
    for below in filled[index + 1 : index + 6]:
        if below.cell is not None or below.format.align != "center":
            break
        for part in segments(below):
            if note or _ATTACHED.match(part.text.strip()):
                note.append(part)
            elif not TYPED_LINE.fullmatch(part.text):
                title.append(part)
        if note and note[-1].text.rstrip().endswith(")"):
            break
    return Annex(number, tuple(title), tuple(note), index)
