"""What a rule of form says of a Word file: one judgement an aspect, a row of the report each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vanban.checks.form.measure import HEAD_LINES
from vanban.checks.form.measure import POINTS_PER_MM as POINTS_PER_MM
from vanban.checks.form.measure import Form as Form
from vanban.checks.form.parts import Part

BELOW_HEAD = ("ten-loai", "trich-yeu")
"""Components that a letter has none of: only its number, or the type itself, shows what it is."""


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
