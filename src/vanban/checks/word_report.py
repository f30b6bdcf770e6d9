"""What is found in one Word file, as a reviewer tells it: what matters most, then part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from vanban.checks.finding import Finding, Severity, Spot
from vanban.checks.output import NAMES, FileFindings, summary
from vanban.checks.writing import Role, Writing
from vanban.errors import Place

if TYPE_CHECKING:
    from vanban.checks.form.check_form import FormReport
    from vanban.checks.form.printed_pages import Pages
    from vanban.ooxml.word_file import WordFile


class Section(StrEnum):
    """A part of a document, in the order of the page."""

    WHOLE = "Cả văn bản"
    HEAD = "Đầu văn bản"
    BASES = "Căn cứ"
    BODY = "Nội dung"
    TAIL = "Nơi nhận, chữ ký"
    ANNEX = "Phụ lục"


_SECTIONS = {
    Role.HEADER: Section.HEAD,
    Role.ABSTRACT: Section.HEAD,
    Role.BASIS: Section.BASES,
    Role.RECIPIENT: Section.TAIL,
    Role.SIGNATURE: Section.TAIL,
}

MOST_IMPORTANT = (
    ("so-ky-hieu",),
    ("dia-danh-thoi-gian",),
    ("ten-loai", "trich-yeu", "trich-yeu-cong-van"),
    ("quyen-han", "ho-ten"),
    ("can-cu",),
    ("vien-dan",),
    ("chinh-ta",),
)
"""What a reviewer looks at first: components of form and groups of rules of text, in this order."""

FIRST = 10
"""Causes that are told before the others."""

AROUND = 5
"""Words shown before a mistake, and after it."""

MAX_PLACES = 6
"""Further places of one cause that are listed in text; JSON has them all."""


def sections_of(writing: Writing) -> dict[int, Section]:
    """Return the section of each paragraph, by its number; an annex goes on to the end."""
    found: dict[int, Section] = {}
    annex = False
    for passage in writing.passages:
        annex |= passage.role is Role.ANNEX and not passage.part
        found[passage.number] = (
            Section.ANNEX if annex else _SECTIONS.get(passage.role, Section.BODY)
        )
    return found


class Cause(Struct, frozen=True, eq=False, dict=True):
    """One cause of trouble: findings about one component of form, or one finding of text."""

    findings: tuple[Finding, ...]
    section: Section

    @property
    def severity(self) -> Severity:
        """That of the worst."""
        return min((each.severity for each in self.findings), key=lambda each: each.rank)

    @property
    def weight(self) -> int:
        """The place among what a reviewer looks at first; behind all of it where it is none."""
        first = self.findings[0]
        names = {first.component, first.rule.split("/")[0]}
        ranks = (rank for rank, each in enumerate(MOST_IMPORTANT) if names & set(each))
        return next(ranks, len(MOST_IMPORTANT))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The places, in order and each once; none for what the file as a whole lacks."""
        spots = (spot for each in self.findings for spot in each.spots if spot.paragraph)
        return tuple(dict.fromkeys(spots))

    @property
    def elsewhere(self) -> str:
        """Its places behind the first in words, "trang 1, đoạn 12 và 3 chỗ nữa", or ""."""
        others = dict.fromkeys(map(place_words, self.spots))
        others.pop(place_words(self.findings[0].spot), None)
        more = f" và {len(others) - MAX_PLACES} chỗ nữa" if len(others) > MAX_PLACES else ""
        return "; ".join([*others][:MAX_PLACES]) + more


class ReadWord(Struct, frozen=True, eq=False):
    """A .docx as it was read: its bytes, and what stands in it."""

    data: bytes
    word: WordFile


@dataclass(frozen=True)
class WordReport(FileFindings):
    """One Word file as it was checked.

    ``about`` says whose document it is and which rules were not applied; ``sections`` are those of
    its paragraphs by number, ``pages`` its pages if they were set. ``declined`` and ``unreadable``
    are reasons why it was not judged, "". ``read`` is what a copy with marks is made of, where
    that was kept.
    """

    sections: Mapping[int, Section] = field(default_factory=dict)
    form: FormReport | None = None
    pages: Pages | None = field(default=None, compare=False, repr=False)
    read: ReadWord | None = field(default=None, compare=False, repr=False)

    @property
    def verdict(self) -> str:
        """In one line: not read, not judged, or the counts of what is open."""
        if self.unreadable:
            return f"chưa soát: {self.unreadable}"
        if self.declined:
            return f"không xét — {self.declined}; lời văn: {summary(self.findings)}"
        return summary(self.findings)

    @property
    def open(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if not each.excused)

    @property
    def is_clean(self) -> bool:
        """Whether no error and no warning is open."""
        return all(each.severity is Severity.INFO for each in self.open)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What is open, gathered by cause, in the order of the page."""
        gathered: dict[object, list[Finding]] = {}
        for finding in self.open:
            gathered.setdefault(finding.component or id(finding), []).append(finding)
        causes = (Cause(tuple(each), self._section(each[0])) for each in gathered.values())
        return tuple(sorted(causes, key=_place))

    def _section(self, finding: Finding) -> Section:
        if not finding.spot.paragraph:
            return Section.WHOLE
        numbers = [number for number in self.sections if number <= finding.spot.paragraph]
        return self.sections[max(numbers)] if numbers else Section.HEAD

    @cached_property
    def first(self) -> tuple[Cause, ...]:
        """The causes to mend first: errors and what a reviewer looks at, at most :data:`FIRST`."""
        chosen = (
            cause
            for cause in self.causes
            if cause.severity is Severity.ERROR
            or (cause.severity is Severity.WARNING and cause.weight < len(MOST_IMPORTANT))
        )
        ranked = sorted(chosen, key=lambda each: (each.severity.rank, each.weight))
        return tuple(ranked[:FIRST])

    def rest(self, infos: bool = True) -> Iterator[tuple[Section, tuple[Cause, ...]]]:
        """Yield the other causes by part; without those that are only notes if not ``infos``."""
        for section in Section:
            causes = tuple(
                cause
                for cause in self.causes
                if cause.section is section
                and cause not in self.first
                and (infos or cause.severity is not Severity.INFO)
            )
            if causes:
                yield section, causes


def _place(cause: Cause) -> tuple[int, int]:
    spot = cause.findings[0].spot
    return list(Section).index(cause.section), spot.paragraph


def place_words(spot: Spot) -> str:
    """Return "trang 2, đoạn 23", "cước chú 2"; "" for the file as a whole."""
    if spot.part or not spot.paragraph:
        return spot.part
    page = f"trang {spot.page}, " if spot.page else ""
    return f"{page}đoạn {spot.paragraph}"


def around(spot: Spot) -> tuple[str, str, str]:
    """Return some words before a spot, its own and some behind it, with the blanks between."""
    before, after = spot.before.split(), spot.after.split()
    start = ["…"] * (len(before) > AROUND) + before[-AROUND:]
    end = after[:AROUND] + ["…"] * (len(after) > AROUND)
    words = " ".join(spot.excerpt.split())
    left = " ".join(start) + " " * (bool(start) and spot.before[-1:].isspace())
    right = " " * (bool(end) and spot.after[:1].isspace()) + " ".join(end)
    return left, words, right


def words_around(spot: Spot) -> str:
    """Return the words of a spot, marked ‹so› where others stand around them."""
    left, words, right = around(spot)
    return f"{left}‹{words}›{right}" if left or right else words


def report_lines(report: WordReport, infos: bool = True) -> Iterator[str]:
    """Yield the report to read; what is only a note is left out if not ``infos``."""
    yield str(Place(report.file))
    if report.about:
        yield f"  {report.about}"
    yield f"  {report.verdict}"
    if report.unreadable:
        return
    if report.first:
        yield ""
        yield f"NÊN SỬA TRƯỚC ({len(report.first)})"
        yield from _causes(report.first)
    for section, causes in report.rest(infos):
        yield ""
        yield f"{section.upper()} ({len(causes)})"
        yield from _causes(causes)
    excused = [each for each in report.findings if each.excused]
    if excused:
        yield ""
        yield f"ĐÃ CHẤP NHẬN ({len(excused)})"
    for finding in excused:
        yield f"  {place_words(finding.spot) or Section.WHOLE}: {finding.message} [{finding.rule}]"
        yield f"      lý do: {finding.excused}"
    if report.notes:
        yield ""
        yield from report.notes


def _causes(causes: Iterable[Cause]) -> Iterator[str]:
    for cause in causes:
        first = cause.findings[0].spot
        words = words_around(first)
        place = place_words(first) or Section.WHOLE.lower()
        yield f"  {place}: {f'“{words}”' if words else ''}".rstrip(": ")
        for finding in cause.findings:
            todo = f" — {finding.suggestion}" if finding.suggestion else ""
            yield f"      {NAMES[finding.severity]} {finding.message}{todo}"
        for clause in dict.fromkeys(each.clause for each in cause.findings):
            rules = (each.rule for each in cause.findings if each.clause == clause)
            yield f"      {clause} [{', '.join(dict.fromkeys(rules))}]"
        if cause.elsewhere:
            yield f"      còn ở: {cause.elsewhere}"
