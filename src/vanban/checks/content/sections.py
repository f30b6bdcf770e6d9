"""The headings of a document as a tree: Writing → sections, each with what stands below it.

Headings are known by their role or, in files that mark none, by their number: "Phần II",
"IV.", "7.1.2.". A title that stands on the line after "Phần II" belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.checks.writing import PROSE, Passage, Role, Writing
from vanban.kept import kept
from vanban.nd30.heading_numbers import heading_number

MAX_TITLE = 220
"""Letters of a line that can be a heading although nothing marks it as one."""

OUTLOOK = ("phương hướng", "nhiệm vụ trọng tâm", "kiến nghị", "đề xuất")
"""Titles of the sections of a report that look ahead."""

_ASSIGNMENT = re.compile(r"(?:- )?\S+ \S+ (?:chủ trì|phối hợp)")
_ENDS = (Role.RECIPIENT, Role.SIGNATURE, Role.ANNEX)
_LINES = (Role.BODY, Role.NUMBERED, Role.HEADING)


class Section(Struct, frozen=True, eq=False):
    """One heading: its number ("7.1.2"), title and depth (0 is the outermost kind, "Phần").

    ``content`` are the passages below it, those of its parts included; ``above`` are the sections
    that it is part of, outermost first.
    """

    passage: Passage
    label: str
    title: str
    depth: int
    above: tuple[Section, ...] = ()
    content: list[Passage] = field(default_factory=list)

    @property
    def parent(self) -> Section | None:
        return self.above[-1] if self.above else None

    @property
    def chain(self) -> tuple[Section, ...]:
        """The sections that it is part of and itself, outermost first."""
        return (*self.above, self)

    @property
    def name(self) -> str:
        """The words between quotation marks in the title, where there are any, else the title."""
        found = re.search(r"“([^”]+)”", self.title)
        return found[1] if found else self.title

    @property
    def tasks(self) -> list[Passage]:
        """What is to be done in it; "Cơ quan chủ trì: …" says only by whom."""
        return [
            each
            for each in self.content
            if each.role in (Role.BULLET, Role.NUMBERED) and not _ASSIGNMENT.match(each.lower)
        ]

    def titled(self, *words: str) -> bool:
        """Say whether the title contains one of ``words`` (lower case)."""
        title = self.title.lower()
        return any(each in title for each in words)


@kept
def sections(writing: Writing) -> tuple[Section, ...]:
    """Return the sections of a document in order."""
    made: list[Section] = []
    opened: list[Section] = []
    for passage, heading in _lines_of(writing):
        if _is_end(passage):
            opened = []
        elif heading is None:
            for section in opened:
                section.content.append(passage)
        else:
            opened = [each for each in opened if each.depth < heading.depth]
            opened.append(replace(heading, above=tuple(opened)))
            made.append(opened[-1])
    return tuple(made)


@kept
def section_of(writing: Writing) -> dict[int, Section]:
    """Return the innermost section of each passage below a heading, by the passage's number."""
    inner: dict[int, Section] = {}
    for section in sections(writing):
        inner.update((passage.number, section) for passage in section.content)
    return inner


def own_words(
    writing: Writing, roles: Set[Role] = PROSE
) -> Iterator[tuple[Passage, tuple[Section, ...]]]:
    """Yield what the document says itself, legal bases left out, with the sections around it."""
    inner = section_of(writing)
    for passage in writing.passages:
        if passage.role in roles and passage.role is not Role.BASIS:
            section = inner.get(passage.number)
            yield passage, () if section is None else section.chain


def look_ahead(chain: Iterable[Section]) -> bool:
    """Say whether a section of a report is about what is to come."""
    return any(section.titled(*OUTLOOK) for section in chain)


def families(writing: Writing) -> dict[Section | None, tuple[Section, ...]]:
    """Return the sections right below each section; the outermost ones stand under None."""
    found: dict[Section | None, tuple[Section, ...]] = {}
    for section in sections(writing):
        found[section.parent] = (*found.get(section.parent, ()), section)
    return found


@kept
def is_plan(writing: Writing) -> bool:
    """Say whether a document is a plan; one without known type by its title or its purposes."""
    if writing.document_type or _is_a(writing, "kế hoạch"):
        return _is_a(writing, "kế hoạch")
    return any(section.title.upper().startswith("MỤC ĐÍCH") for section in sections(writing))


@kept
def is_report(writing: Writing) -> bool:
    """Say whether a document is a report, by its type or its title."""
    return _is_a(writing, "báo cáo")


def _is_a(writing: Writing, kind: str) -> bool:
    if writing.document_type:
        return writing.document_type.lower() == kind
    return any(passage.text.strip() == kind.upper() for passage in writing.passages)


def _lines_of(writing: Writing) -> Iterator[tuple[Passage, Section | None]]:
    """Yield each passage with its heading; the line that is the title of a part is left out."""
    passages = zip(writing.passages, _depths(writing), strict=True)
    for passage, depth in passages:
        heading = _heading(passage, depth)
        while heading is not None and not heading.title:
            below, depth = next(passages, (None, 0))
            if below is not None and _is_title(below):
                yield passage, replace(heading, title=below.text.strip())
                break
            yield passage, heading
            if below is None:
                return
            passage, heading = below, _heading(below, depth)
        else:
            yield passage, heading


def _depths(writing: Writing) -> Iterator[int]:
    """Yield how many marked headings stand above each passage."""
    levels: list[int] = []
    for passage in writing.passages:
        if passage.role is Role.ANNEX:
            levels.clear()
        while passage.level and levels and levels[-1] >= passage.level:
            levels.pop()
        yield len(levels)
        if passage.level:
            levels.append(passage.level)


def _is_title(passage: Passage) -> bool:
    text = passage.text.strip()
    return len(text) <= MAX_TITLE and text.isupper() and heading_number(text) is None


def _is_end(passage: Passage) -> bool:
    """Say whether the text is over here: recipients, signature, annex."""
    return passage.role in _ENDS or passage.text.startswith("Nơi nhận")


def _heading(passage: Passage, depth: int) -> Section | None:
    """Return the heading that a passage is, None for any other; ``depth`` is for no number."""
    if passage.role not in _LINES:
        return None
    text = passage.text.strip()
    marked = passage.role is Role.HEADING
    number = heading_number(text)
    if number is None:
        return Section(passage, "", text, depth) if marked else None
    title = text[number.end :].strip()
    if marked or (len(title) <= MAX_TITLE and not (number.plain and _is_sentence(title))):
        label = text[: number.end].strip().rstrip(".)")
        return Section(passage, label, title, number.level)
    return None


def _is_sentence(title: str) -> bool:
    return title.endswith((".", ";", ",")) or ":" in title
