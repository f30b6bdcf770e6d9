"""Levels of government: that of whoever issues a document, and names of units in its text.

A commune (phường, xã) stands below a province or a city; read from the agency's own data, else from
how the document itself names its committee.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from vanban.checks.data import expression
from vanban.checks.writing import Passage, Writing
from vanban.kept import kept
from vanban.nd30.communes import COMMITTEE, COMMITTEES, COMMUNES

_COMMITTEE = re.compile(rf"\b{COMMITTEE} (?P<level>{'|'.join(COMMUNES)}|thành phố|tp|tỉnh)\b")

MAX_NAME = 4
"""Syllables of a place name at most."""

_LEVEL = re.compile(
    r"(?<!\w)(?:(?P<issuer>Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Chủ tịch|Đảng ủy)\s+)?"
    r"(?P<level>phường|xã|thị trấn|đặc khu|thị xã|huyện|quận|thành phố|tp\.?|tỉnh)\s+",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_NAMES = expression("places", "no_names")

_BEFORE_MERGER = expression("places", "before_merger")


class Level(Struct, frozen=True):
    """``commune`` where a ward or commune issues; ``city`` where its superior is a city."""

    word: str
    """What the agency is called in running text; "cơ quan" where nobody can say."""
    commune: bool
    city: bool
    committee: bool
    """Whether the committee itself issues it, and not one of its units."""


@kept
def level_of(writing: Writing) -> Level:
    """Return the level of the agency that issues a document."""
    lines = [" ".join(passage.lower.split()) for passage in writing.passages]
    agency = writing.workspace.agency if writing.workspace is not None else None
    text = "\n".join(lines)
    own = agency.name.lower() if agency is not None else text
    levels = Counter(_COMMITTEE.findall(text))
    province = ((agency and agency.province) or "").lower()
    commune = next((level for level in _COMMITTEE.findall(own) if level in COMMUNES), None)
    signed = (line.removeprefix("tm. ") for line in lines if line.startswith("tm. "))
    return Level(
        agency.common_noun if agency is not None else commune or "cơ quan",
        commune is not None,
        province.startswith("thành phố")
        if province
        else levels["thành phố"] + levels["tp"] > levels["tỉnh"],
        (own if agency is not None else next(signed, "")).startswith(COMMITTEES),
    )


def is_past(passage: Passage, start: int, end: int) -> bool:
    """Say whether the words are about the time before the mergers of 2025."""
    return _BEFORE_MERGER.search(passage.lower[max(0, start - 50) : end + 40]) is not None


class Name(Struct, frozen=True):
    """A name of an administrative unit as it stands in a passage."""

    level: str
    proper: str
    start: int
    end: int
    by_issuer: bool


def names_in(passage: Passage) -> Iterator[Name]:
    """Yield the names of administrative units of a passage, in order."""
    for found in _LEVEL.finditer(passage.text):
        level = " ".join(found["level"].lower().split())
        shouted = found["level"].isupper() and not level.startswith("tp")
        proper = proper_name(passage.text, found.end(), shouted)
        if proper:
            yield Name(
                "thành phố" if level.startswith("tp") else level,
                proper,
                found.start("level"),
                found.end() + len(proper),
                found["issuer"] is not None,
            )


def proper_name(text: str, start: int, shouted: bool = False) -> str:
    """Return the capitalised syllables from ``start`` on, "" where they are no name."""
    end, count = start, 0
    position = start
    while count < MAX_NAME and (syllable := _SYLLABLE.match(text, position)):
        word = syllable[0]
        if (
            not word[0].isupper()
            or _NO_NAMES.fullmatch(word.lower())
            or (shouted and not word.isupper())
        ):
            break
        end, count = syllable.end(), count + 1
        position = end + 1 if text[end : end + 1] == " " else len(text)
    goes_on = re.match(r"\s+[^\W\d_]", text[end:]) is not None
    if count == 1 and goes_on and not shouted and text[end:].lstrip()[:1].islower():
        return "" if text[start:end] not in ("Huế",) else text[start:end]
    return text[start:end]
