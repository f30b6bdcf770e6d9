"""Lines by which the head of a document is known, and what stands before its page or beside it.

A cover and a table of contents are no part of the document that the decree speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from vanban.checks.form.parts import NATIONAL, Part, segments
from vanban.nd30.letters import fold
from vanban.ooxml.word_file import WordFile, WordParagraph

COVER = 60
"""Most paragraphs that covers and other pages before the head have."""

NEAR_HEAD = 12
"""Paragraphs around the national name among which number and date stand."""

NUMBER = re.compile(
    r"(Luật\s+)?Số\s*[:.]?\s*(?=[\d./…_(\[]|$|(?-i:[A-ZĐ]{1,8}[-/.\d]))|\d+\s*/\s*[A-ZĐ]+\s*-",
    re.IGNORECASE,
)
"""How the line of the number begins; "Số điện thoại", "Số lượng" do not."""

DATE = re.compile(
    r"(?!Căn cứ|Theo|Thực hiện|Xét|Hôm nay|Thời gian|Bắt đầu|Vào)"
    r"(.{0,70}\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b.{0,8}"
    r"|[^\W\d][^\d,;:]{1,40},\s*(ngày\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4})",
    re.IGNORECASE,
)
NUMBER_AND_SYMBOL = re.compile(r"Số\s*:\s*[\d.… ]*/", re.IGNORECASE)
"""A number with its symbol; the note of a digital signature has none."""

_LISTED = re.compile(r".{2,}?(?:\t|\.{3,}|…+)[\s.…]*\d{1,3}\s*")
"""A line of a table of contents that is typed: words, dots or a tab, a page."""


def is_letterhead(text: str) -> bool:
    """Say whether a line of a page header is national name, motto or number of the document."""
    folded = fold(text)
    return (
        NATIONAL in folded
        or "TU DO - HANH PHUC" in folded
        or NUMBER_AND_SYMBOL.match(text.strip()) is not None
    )


def is_national(part: Part) -> bool:
    """Say whether a line is the national name: in capitals, or nothing else on the line."""
    alone = part.folded.startswith(NATIONAL) and len(part.text) <= len(NATIONAL) + 12
    return NATIONAL in part.folded and (part.upper or alone)


def has_national(paragraph: WordParagraph) -> bool:
    return NATIONAL in fold(paragraph.text) and any(map(is_national, segments(paragraph, True)))


def is_motto(part: Part) -> bool:
    return all(words in part.folded for words in ("DOC LAP", "TU DO", "HANH PHUC"))


def is_number(part: Part) -> bool:
    text = part.text.strip()
    return NUMBER.match(text) is not None and len(text) < 60


def is_date(part: Part) -> bool:
    return DATE.fullmatch(part.text.strip()) is not None


def is_head_line(part: Part) -> bool:
    """Say whether a line is national name, motto, number or date."""
    return is_national(part) or is_motto(part) or is_number(part) or is_date(part)


def flow_of(word: WordFile) -> tuple[WordParagraph, ...]:
    """Return the filled paragraphs of the document itself, from its head on."""
    listed = set(_typed_contents(word.filled))
    flow = [each for each in word.filled if not each.aside and each not in listed]
    return tuple(flow[_start(word, flow) :])


def _typed_contents(filled: Sequence[WordParagraph]) -> Iterator[WordParagraph]:
    """Yield the paragraphs of tables of contents that are typed, and headings of others."""
    for index, paragraph in enumerate(filled):
        if fold(paragraph.text) != "MUC LUC":
            continue
        lines = []
        for below in filled[index + 1 :]:
            if not (below.aside or _LISTED.fullmatch(below.text)):
                break
            lines.append(below)
        if lines:
            yield from (paragraph, *lines)


def _start(word: WordFile, flow: Sequence[WordParagraph]) -> int:
    """Return the index of the first paragraph on the page of the head, 0 where it is the first.

    The head is the first national name with a number or date near it; what stands on pages before
    is a cover, unless it has marks of a document of its own.
    """
    names = [i for i, each in enumerate(flow[:COVER]) if has_national(each)]
    for place, following in pairwise((*names, len(flow))):
        around = flow[max(place - NEAR_HEAD, 0) : min(place + NEAR_HEAD, following)]
        if not any(is_number(part) or is_date(part) for part in _lines(around)):
            continue
        start = _page_start(word, flow, place)
        if any(_is_own(part) for part in _lines(flow[:start])):
            return 0
        return start
    return 0


def _page_start(word: WordFile, flow: Sequence[WordParagraph], place: int) -> int:
    """Return the index of the first paragraph of ``flow`` on the page of that at ``place``."""
    indices = {paragraph: index for index, paragraph in enumerate(flow[: place + 1])}
    start, fresh, section = 0, False, flow[0].section
    for paragraph in word.paragraphs:
        if paragraph.section != section:
            section = paragraph.section
            fresh |= not word.sections[section].continuous
        fresh |= paragraph.page_break
        index = indices.get(paragraph)
        if index is not None and fresh:
            start, fresh = index, False
        fresh |= paragraph.break_after
        if index == place:
            break
    return start


def _lines(paragraphs: Iterable[WordParagraph]) -> Iterator[Part]:
    for paragraph in paragraphs:
        yield from segments(paragraph, True)


def _is_own(part: Part) -> bool:
    """Say whether a line belongs to a document, never to a cover, which may have a date."""
    return part.folded.startswith(("KINH GUI", "NOI NHAN")) or is_number(part)
