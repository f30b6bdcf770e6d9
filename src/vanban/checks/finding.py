"""What a check says: findings with their standing, severity and spots.

A rule yields hits (:class:`Hit`): one place each. The same matter in fifty places becomes one
:class:`Finding` with fifty spots (:func:`vanban.checks.run.gather`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from vanban.checks.writing import Passage
from vanban.errors import Place
from vanban.workspace.edit import Edit
from vanban.workspace.models.rule_rows import Standing as Standing


class Severity(StrEnum):
    """How much a finding weighs; errors keep a document a draft."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Its place among them, 0 the worst."""
        return list(Severity).index(self)


SEVERITY: dict[Standing, Severity] = {
    Standing.LAW: Severity.ERROR,
    Standing.DATA: Severity.ERROR,
    Standing.SPELLING: Severity.ERROR,
    Standing.SAMPLE: Severity.WARNING,
    Standing.CONSISTENCY: Severity.WARNING,
    Standing.HABIT: Severity.INFO,
}
"""A sure misspelling is no Vietnamese and keeps a document from signing as an error does."""


class Stretch(Struct, frozen=True):
    """The characters ``start`` to ``end`` of a passage."""

    passage: Passage
    start: int
    end: int

    @classmethod
    def whole(cls, passage: Passage) -> Stretch:
        """Return all of a passage, without the dash of a bullet."""
        text = passage.text
        return cls(passage, len(text) - len(text.removeprefix("- ")), len(text))

    @property
    def excerpt(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def words(self) -> str:
        """The excerpt, its blanks single."""
        return " ".join(self.excerpt.split())


class Datum(Struct, frozen=True):
    """A value of content that stands in no passage, and how it reads there.

    ``documents`` are the ids of the documents that it concerns; None leaves that to who prints
    anything of its file.
    """

    place: Place
    excerpt: str
    documents: frozenset[str] | None = None


class Hit(Struct, frozen=True):
    """What a rule found at one place.

    ``message`` says what is wrong, ``suggestion`` what to do ("" where nobody can say).
    Hits of one rule with one ``matter`` are one finding; "" stands for the words themselves.
    ``others`` are further places that the finding is about. ``replacement`` is what surely
    belongs in place of the stretch; only hits with one can be fixed by the program. ``right`` is
    what likely belongs there. What is ``unsure`` weighs no more than a warning. Where ``message``
    is "" the row of the rule words the hit, ``given`` being the words for the {names} that it has
    besides {sai} and {dung}.
    """

    at: Stretch | Datum
    message: str = ""
    suggestion: str = ""
    matter: str = ""
    others: tuple[Stretch | Datum, ...] = ()
    replacement: str | None = None
    right: str = ""
    given: Mapping[str, object] = {}
    unsure: bool = False


def filled(text: str, words: Mapping[str, object]) -> str:
    """Put words for the {names} of a text that there are words for."""
    return re.sub(r"\{(\w+)\}", lambda found: str(words.get(found[1], found[0])), text)


class Span(Struct, frozen=True):
    """Characters ``start`` to ``end`` of the value, or of an outline's words, at ``place``.

    0 to 0 is all of it.
    """

    place: Place
    start: int = 0
    end: int = 0


@dataclass(frozen=True, order=True)
class Spot:
    """Where a finding stands: file, line and column, the words there.

    In Word files the line is 0; ``paragraph`` counts from 1 in reading order, table cells
    included, and ``page`` is 0 where it is not known. ``part`` names another part of the file
    than the body ("cước chú 2"). ``before`` and ``after`` are what stands around the words in
    their paragraph, and ``replacement`` is what surely belongs in their place. ``span`` are the
    words within what is printed of content, None elsewhere; ``edits`` mend them in their file where
    that is certain.
    """

    place: Place
    paragraph: int = 0
    page: int = 0
    excerpt: str = ""
    part: str = ""
    before: str = field(default="", compare=False)
    after: str = field(default="", compare=False)
    replacement: str | None = field(default=None, compare=False)
    span: Span | None = field(default=None, compare=False)
    edits: tuple[Edit, ...] = field(default=(), compare=False)


class Finding(Struct, frozen=True):
    """One cause of trouble, in Vietnamese, with every place where it shows.

    ``documents`` are the ids of the documents that print it; ``excused`` is the reason why it is
    accepted, "" where it is open. ``component`` is the component of form that it is about, "" in
    findings of text.
    """

    rule: str
    severity: Severity
    message: str
    suggestion: str
    clause: str
    spots: tuple[Spot, ...]
    documents: frozenset[str] = frozenset()
    excused: str = ""
    component: str = ""

    @property
    def spot(self) -> Spot:
        """The first place."""
        return self.spots[0]
