"""A Word file and what was found in it → a copy as a reviewer gives it back.

Findings stand as comments at their places; what is certain is mended as tracked changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from vanban.checks.finding import Finding, Spot
from vanban.checks.locate import pieces
from vanban.checks.output import NAMES
from vanban.checks.word_report import Cause, ReadWord, WordReport, place_words
from vanban.exchange.word_marks import Mark, can_be_marked, with_marks
from vanban.line_ends import MAY_BREAK
from vanban.ooxml.word_file import WordParagraph
from vanban.provenance import Revision

MOST_PLACES = 20
"""Places of one cause that bear a comment; the last says how many more there are."""


def annotated(
    read: ReadWord,
    report: WordReport,
    revision: Revision,
    *,
    comments: bool,
    fixes: bool,
) -> tuple[bytes, int]:
    """Return the copy, and how many places it mends.

    ``comments`` asks for findings as comments, ``fixes`` for what is certain as changes.
    """
    paragraphs = {each.number: each for each in read.word.filled if can_be_marked(each)}
    if not paragraphs:
        return read.data, 0
    first = next(iter(paragraphs.values()))
    marks: list[Mark] = []
    if comments:
        for cause in report.causes:
            marks += _comments(cause, paragraphs, first)
    changes = _changes(report.open, paragraphs) if fixes else []
    return with_marks(read.data, [*marks, *changes], revision), len(changes)


def _comments(
    cause: Cause, paragraphs: dict[int, WordParagraph], first: WordParagraph
) -> Iterator[Mark]:
    """Yield the comments of a cause; what stands outside the body is told at its first words."""
    spots = cause.spots or (cause.findings[0].spot,)
    for number, spot in enumerate(spots[:MOST_PLACES], 1):
        paragraph = paragraphs.get(spot.paragraph)
        lines = [line for each in cause.findings if spot in each.spots for line in _lines(each)]
        if number == MOST_PLACES < len(spots):
            lines.append(f"Còn ở {len(spots) - MOST_PLACES} chỗ nữa.")
        if paragraph is None:
            where = place_words(spot) or cause.section
            yield Mark(first, *_words_of(first), (f"{where}:", *lines))
        else:
            start, end = stretch(paragraph, spot) or _words_of(paragraph)
            yield Mark(paragraph, start, end, tuple(lines))


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{NAMES[finding.severity]}: {finding.message}"
    if finding.suggestion:
        yield f"Cách sửa: {finding.suggestion}"
    yield f"{finding.clause} [{finding.rule}]"


def _words_of(paragraph: WordParagraph) -> tuple[int, int]:
    return len(paragraph.label), len(paragraph.text.rstrip())


def _changes(findings: Iterable[Finding], paragraphs: dict[int, WordParagraph]) -> list[Mark]:
    """Return the certain corrections; of two that touch the first stands."""
    found = []
    for spot in (spot for each in findings for spot in each.spots):
        paragraph = paragraphs.get(spot.paragraph)
        if spot.replacement is None or paragraph is None:
            continue
        place = stretch(paragraph, spot)
        if place is None or paragraph.text[slice(*place)] != spot.excerpt:
            continue  # breaks of lines stand between the words
        for start, end, new in pieces(spot.excerpt, spot.replacement):
            found.append(Mark(paragraph, place[0] + start, place[0] + end, new=new))
    found.sort(key=lambda mark: (mark.paragraph.number, mark.start, mark.end))
    kept: list[Mark] = []
    for mark in found:
        last = kept[-1] if kept else None
        if last is None or last.paragraph is not mark.paragraph or last.end < mark.start:
            kept.append(mark)
    return kept


def stretch(paragraph: WordParagraph, spot: Spot) -> tuple[int, int] | None:
    """Return where the words of a spot stand in the text of their paragraph, None if they do not.

    Blanks are not compared: the check reads breaks and tabs as blanks.
    """
    text, words = paragraph.text, _letters(spot.excerpt)
    places = list(
        accumulate((not _is_blank(sign) for sign in text), initial=0)
    )  # letters before each place
    letters = _letters(text)
    near = len(_letters(spot.before))
    starts = [at for at in range(len(letters)) if letters.startswith(words, at)] if words else []
    if not starts:
        return None
    start = min(starts, key=lambda at: abs(at - near))
    first = places.index(start + 1) - 1
    last = places.index(start + len(words))
    lead = len(spot.excerpt) - len(spot.excerpt.lstrip())
    tail = len(spot.excerpt) - len(spot.excerpt.rstrip())
    return max(first - lead, 0), min(last + tail, len(text))


def _letters(text: str) -> str:
    return "".join(sign for sign in text if not _is_blank(sign))


def _is_blank(sign: str) -> bool:
    return sign.isspace() or sign == MAY_BREAK
