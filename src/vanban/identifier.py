"""What the properties of a file say of its text, so that a later edit can be noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from vanban.line_ends import plain

BOUND_MARK = "ho-so-"
"""Begins the identifier of a file whose sheets are bound into a dossier (hồ sơ)."""
HANDOUT_MARK = "tai-lieu-"
"""Begins the identifier of a file that is a paper for a meeting (tài liệu họp)."""
LIST_MARK = "danh-muc-"
"""Begins the identifier of a file that is a list of a dossier (danh mục): no type of document."""
ANNEX_MARK = "phu-luc-"
"""Begins the identifier of a file that is an annex of a document alone (phụ lục để riêng)."""


def text_hash(texts: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of the lines of ``texts`` that are not blank.

    A Word file read paragraph by paragraph gives the same as the document it was made from; what
    guides the ends of lines is no text.
    """
    lines = (line for text in texts for line in plain(text).split("\n") if line.strip())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def shared_words(version: str) -> str:
    """Return how properties tell the version of what a ward shares with others; "" for nothing."""
    return f"bộ dùng chung {version}" if version else ""


def shared_property(version: str) -> dict[str, str]:
    """Return the property of a workbook that tells it; none for nothing, which would be written."""
    return {"keywords": shared_words(version)} if version else {}


class Mark(NamedTuple):
    """A hidden bookmark around a paragraph of the Word file: its number there, from 1, and name."""

    number: int
    name: str
