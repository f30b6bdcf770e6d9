"""Names of evidence files: ASCII, without spaces, telling code, number and date.

``1.1.1-01_KH-15-UBND_2026-01-20.pdf`` for Kế hoạch 15/KH-UBND of 20/01/2026.
"""

from __future__ import annotations

import re
from datetime import date

from vanban.nd30.document_types import ABBREVIATIONS, OTHER_TYPES
from vanban.nd30.letters import without_marks

MAX_SLUG = 40
"""Characters of the middle part; with code, date and ending a name stays under 80.

Windows allows 260 for a whole path.
"""

_SYMBOL_TYPES = frozenset({*ABBREVIATIONS.values(), *OTHER_TYPES.values(), "PL"})
"""Abbreviations of types that begin a symbol; other symbols (UBND-VHXH) are those of letters."""


def file_name(
    code: str, kind: str, number: str | None, day: date | None, title: str, suffix: str
) -> str:
    """Return the name of a file of the type ``kind``; ``title`` stands in for a missing number."""
    middle = number_slug(kind, number) if number else ""
    if not middle:
        short = ABBREVIATIONS.get(kind, "")
        named = slug(title).startswith(slug(short)) or title.startswith(kind)
        middle = slug(title if named else f"{short} {title}")
    parts = (code, middle, day.isoformat() if day is not None else "")
    return "_".join(part for part in parts if part) + suffix


def number_slug(kind: str, number: str) -> str:
    """Return "KH-15-UBND" for "15/KH-UBND", "NĐ-80-2025-CP" for "80/2025/NĐ-CP" (in ASCII).

    The type comes from ``kind``, the name of a type; from the symbol where that names none. A
    symbol without a type, such as 1747/UBND-KSTTHC, is that of a Công văn where ``kind`` is none.
    """
    *counts, symbol = number.split("/")
    first, _, rest = symbol.partition("-")
    typed = first in _SYMBOL_TYPES
    short = ABBREVIATIONS.get(kind, first if typed else "CV")
    return slug("-".join((short, *counts, rest if typed else symbol)))


def slug(text: str) -> str:
    """Return ``text`` in ASCII letters, digits and single hyphens, at most MAX_SLUG characters."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", without_marks(text)).strip("-")
    if len(words) <= MAX_SLUG:
        return words
    return words[: MAX_SLUG + 1].rpartition("-")[0] or words[:MAX_SLUG]
