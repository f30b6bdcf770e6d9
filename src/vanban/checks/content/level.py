"""Which level of government a document is of: a commune (phường, xã), below a province or a city.

Read from the agency's own data, else from how the document itself names its committee.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vanban.checks.writing import Passage, Writing

_COMMITTEE = r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)"
_COMMUNE = re.compile(rf"\b{_COMMITTEE} (phường|xã|đặc khu)\b")
_CITY = re.compile(rf"\b{_COMMITTEE} (?:thành phố|tp)\b")
_PROVINCE = re.compile(rf"\b{_COMMITTEE} tỉnh\b")
_OWN = re.compile(rf"^{_COMMITTEE}\b")


_BEFORE_MERGER = re.compile(
    r"\bcũ\b|trước đây|trước khi|trước sắp xếp|trước ngày|nguyên là|bàn giao|sáp nhập|hợp nhất"
)


@dataclass(frozen=True)
class Level:
    """``commune`` where a ward or commune issues; ``city`` where its superior is a city."""

    word: str
    """What the agency is called in running text; "cơ quan" where nobody can say."""
    commune: bool
    city: bool
    committee: bool
    """Whether the committee itself issues it, and not one of its units."""


@lru_cache(maxsize=16)
def level_of(writing: Writing) -> Level:
    """Return the level of the agency that issues a document."""
    workspace = writing.workspace
    text = "\n".join(" ".join(passage.lower.split()) for passage in writing.passages)
    name, province = text, ""
    if workspace is not None:
        name = f"{workspace.agency.name.lower()} "
        province = (workspace.agency.province or "").lower()
    city = (
        province.startswith("thành phố")
        if province
        else len(_CITY.findall(text)) > len(_PROVINCE.findall(text))
    )
    committee = name if workspace is not None else _signed(writing)
    commune = _COMMUNE.search(name)
    word = commune[1] if commune else "cơ quan"
    if workspace is not None:
        word = workspace.agency.common_noun
    return Level(word, commune is not None, city, _OWN.search(committee) is not None)


def _signed(writing: Writing) -> str:
    """Return the line of the signature that names the committee, "" where there is none."""
    lines = (passage.lower.strip() for passage in writing.passages)
    return next((line.removeprefix("tm. ") for line in lines if line.startswith("tm. ")), "")


def is_past(passage: Passage, start: int, end: int) -> bool:
    """Say whether the words are about the time before the mergers of 2025."""
    return _BEFORE_MERGER.search(passage.lower[max(0, start - 50) : end + 40]) is not None
