"""What a rule of form says of a Word file: one judgement an aspect, a row of the report each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from vanban.checks.form.components import Components
from vanban.checks.form.pages import Pages
from vanban.checks.form.parts import Part
from vanban.ooxml.word_file import Section, WordFile
from vanban.workspace.workspace import Workspace

HEAD_LINES = ("so-ky-hieu", "dia-danh-thoi-gian", "quoc-hieu", "tieu-ngu", "co-quan-ban-hanh")
"""Components of the head that every document has; those first that no cover shows."""

BELOW_HEAD = ("ten-loai", "trich-yeu")
"""Components that a letter has none of: only its number, or the type itself, shows what it is."""

TOP = 6
"""Paragraphs at the start in which a picture may be the head."""

POINTS_PER_MM = 72 / 25.4


class Verdict(StrEnum):
    """What becomes of a row; what is not there or could not be measured is no pass."""

    PASS = "đạt"
    FAIL = "không đạt"
    WARN = "cảnh báo"
    ABSENT = "không có thành phần này"
    UNKNOWN = "không đo được"


@dataclass(frozen=True, eq=False)
class Form:
    """All that is judged: the file, its components, its pages.

    ``unmeasured`` says why there are no pages, "" where there are; ``text_changed`` is None for
    a file that this program did not build.
    """

    word: WordFile
    components: Components
    pages: Pages | None
    unmeasured: str = ""
    text_changed: bool | None = None
    workspace: Workspace | None = field(default=None, repr=False)

    @property
    def official_letter(self) -> bool:
        return self.components.kind == "Công văn"

    @property
    def unread(self) -> str:
        """Why nobody can say that a component is missing, "" where all of the body was read."""
        return self.word.unread_text

    @cached_property
    def head_page(self) -> int:
        """The index of the page with the head; pages before are covers and contents."""
        parts = (part for name in HEAD_LINES for part in self.components.get(name)[:1])
        pages = self.pages.pages if self.pages is not None else ()
        for part in parts:
            found = next((page.index for page in pages if page.find(part.text)), None)
            if found is not None:
                return found
        return 0

    @property
    def head_is_picture(self) -> bool:
        """Whether a picture stands where nothing of the head was found in the text."""
        if any(self.components.get(component) for component in HEAD_LINES):
            return False
        return any(each.picture for each in (*self.word.paragraphs[:TOP], *self.word.margins))

    @property
    def section(self) -> Section:
        """The section in which the document begins."""
        sections, flow = self.word.sections, self.components.flow
        return sections[flow[0].section if flow else 0]


@dataclass(frozen=True)
class Judgement:
    """One aspect of one component.

    ``ok`` is None where it could not be evaluated, for ``reason``; ``applies`` is False where there
    is nothing to evaluate. ``at`` are the places that do not fit, ``advice`` what to do.
    """

    aspect: str
    ok: bool | None
    measured: str = ""
    allowed: str = ""
    at: tuple[Part, ...] = ()
    advice: str = ""
    reason: str = ""
    applies: bool = True


def unknown(aspect: str, allowed: str, reason: str) -> Judgement:
    """Return the judgement of what could not be measured or read."""
    return Judgement(aspect, None, "", allowed, reason=reason)


ABSENT = "văn bản không có thành phần này"


def absent(aspect: str, allowed: str, reason: str = ABSENT) -> Judgement:
    """Return the judgement of what the document does not have, so that nothing is to be judged."""
    return Judgement(aspect, None, "", allowed, reason=reason, applies=False)


MAX_QUOTED = 3
MAX_EXCERPT = 100
"""Letters of a paragraph that are repeated, to recognise the place."""


def excerpt(text: str) -> str:
    """Return the first words of a place as they stand."""
    return text if len(text) <= MAX_EXCERPT else text[:MAX_EXCERPT].rsplit(" ", 1)[0]


def quoted(parts: Iterable[Part]) -> str:
    """Return the first few of ``parts`` in quotation marks, and how many more there are."""
    return named(part.text for part in parts)


def named(words: Iterable[str]) -> str:
    """Return the first few of ``words`` in quotation marks, and how many more there are."""
    texts = [" ".join(excerpt(text).split()) for text in words]
    shown_texts = ", ".join(f"“{text}”" for text in texts[:MAX_QUOTED])
    more = len(texts) - MAX_QUOTED
    return shown_texts + (f" và {more} chỗ nữa" if more > 0 else "")


def missing(form: Form, component: str, advice: str = "bổ sung") -> Judgement:
    """Return the judgement of what must be there and was not found."""
    reason = form.unread
    if component in (*HEAD_LINES, *BELOW_HEAD) and form.head_is_picture:
        reason = "đầu văn bản là ảnh, không đọc được chữ trong ảnh"
    if reason:
        return unknown("có mặt", "bắt buộc có", reason)
    return Judgement("có mặt", False, "không tìm thấy", "bắt buộc có", advice=advice)


def shown(value: float) -> str:
    """Return a number with at most one decimal, as Vietnamese prints it: 12,7."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def between(least: float, most: float, unit: str = "") -> str:
    """Return "13–14", or "13" where both are the same, with the unit."""
    span = shown(least) if least == most else f"{shown(least)}–{shown(most)}"
    return f"{span} {unit}".rstrip()
