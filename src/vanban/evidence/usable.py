"""A guess from a page or a file's name → text that content may hold, or nothing.

What nobody typed is never refused: it is mended or left out (see
``models/allowed_characters``, which tells the same faults to those who typed them).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from vanban.evidence.first_page import Line
from vanban.nd30.letters import composed, composed_line
from vanban.workspace.models.allowed_characters import check_text, find_legacy

MAX_LENGTH = 500
"""Letters of a guess; longer ones are a page without lines, not an abstract."""

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_DROPPED = frozenset({"Co", "Cn", "Cs", "Cf", "Sk"})
"""Private, unassigned, halved and hidden characters, marks without a letter."""
_PICTURES = 0x2190
"""From here on symbols are arrows, boxes and emoji; before it stand °, № and their like."""
_BLANKS = frozenset({"Cc", "Zl", "Zp", "Zs"})
_VARIANTS = range(0xFE00, 0xFE10)
"""Selectors that only say how the sign before them looks."""
_FORMS = ((0xFB00, 0xFB06), (0xFF01, 0xFF5E))
"""Ligatures (fi) and wide letters, written as such by some programs."""


def usable(text: str) -> str | None:
    """Return ``text`` composed, in one line, without odd signs; None where nothing good is left."""
    words = composed_line("".join(map(_plain, composed(text.translate(_LOOK_ALIKES)))))
    if len(words) > MAX_LENGTH:
        words = words[:MAX_LENGTH].rpartition(" ")[0] or words[:MAX_LENGTH]
    words = words.strip(" .,;:-–_")
    if not any(sign.isalnum() for sign in words) or check_text(words) is not None:
        return None
    return words


def is_legacy(lines: Sequence[Line]) -> bool:
    """Say whether a page is written in an old code page (TCVN3, VNI), whose letters look odd."""
    return sum(find_legacy(line.text) is not None for line in lines) >= 2


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in _BLANKS:
        return " "
    if category in _DROPPED or ord(sign) in _VARIANTS or sign == "\ufffd":
        return ""
    if category == "So" and ord(sign) >= _PICTURES:
        return ""
    if any(first <= ord(sign) <= last for first, last in _FORMS):
        return unicodedata.normalize("NFKC", sign)
    return sign
