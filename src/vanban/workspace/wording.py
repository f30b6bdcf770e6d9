"""Wordings that messages share: “có phải …?”, and foreign text made fit for one line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from vanban.nd30.letters import without_marks

_CUTOFF = 0.7
"""Share of equal letters from which two names count as near; below, hints become noise."""


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like ``word``, or None where none is near.

    Case, Vietnamese marks and the kind of separator do not count: “Chủ trì” is near ``chu_tri``.
    """
    by_fold = {_fold(candidate): candidate for candidate in sorted(candidates, reverse=True)}
    near = difflib.get_close_matches(_fold(word), list(by_fold), n=1, cutoff=_CUTOFF)
    return by_fold[near[0]] if near else None


def one_line(text: str, limit: int = 60) -> str:
    """Return ``text`` on one line, cut to ``limit`` characters, without unprintable characters."""
    line = " ".join(text.split())
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def visible(text: str) -> str:
    """Return ``text`` without hidden characters, as a suggestion should be typed."""
    return "".join(sign for sign in text if sign.isprintable())


def _fold(word: str) -> str:
    return re.sub(r"[\s_.-]+", "-", without_marks(word.lower()).strip())
