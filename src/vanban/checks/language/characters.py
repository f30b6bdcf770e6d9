"""Characters that Unicode text should not have; in YAML they already stop the reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import Change
from vanban.checks.rules import passage_algorithm, text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.letters import composed
from vanban.workspace.models.allowed_characters import find_legacy

_LOOK_ALIKES = str.maketrans("ÐƉðаеорсхуАВЕКМНОРСТХ", "ĐĐđaeopcxyABEKMHOPCTX")
_ALIKE = re.compile("[ÐƉðаеорсхуАВЕКМНОРСТХ]")
_WORD = re.compile(r"\S+")


@passage_algorithm
def not_composed(passage: Passage) -> Iterator[Change]:
    """Yield the words whose letters and marks are signs of their own."""
    if not unicodedata.is_normalized("NFC", passage.text):
        for found in _WORD.finditer(passage.text):
            if composed(found[0]) != found[0]:
                yield Change(*found.span(), composed(found[0]))


@text_algorithm
def look_alike(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if _ALIKE.search(passage.text) is None:
            continue
        for found in _WORD.finditer(passage.text):
            sign = _ALIKE.search(found[0])
            if sign is None:
                continue
            right = found[0].translate(_LOOK_ALIKES)
            given = {"chu": sign[0], "ma": f"U+{ord(sign[0]):04X}"}
            yield Hit(Stretch(passage, *found.span()), replacement=right, given=given)


@passage_algorithm
def legacy(passage: Passage) -> Iterator[Change]:
    """Yield where letters of TCVN3 or VNI begin."""
    start = find_legacy(passage.text)
    if start is not None:
        yield Change(start, min(start + 30, len(passage.text)), "")
