"""Characters that Unicode text should not have; in YAML they already stop the reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Writing
from vanban.nd30.letters import composed
from vanban.workspace.models.characters import find_legacy

CLAUSE = "Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục I.3 (Unicode theo TCVN 6909:2001)"

_LOOK_ALIKES = str.maketrans("ÐƉðаеорсхуАВЕКМНОРСТХ", "ĐĐđaeopcxyABEKMHOPCTX")
_ALIKE = re.compile("[ÐƉðаеорсхуАВЕКМНОРСТХ]")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_WORD = re.compile(r"\S+")


@text_algorithm
def not_composed(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if unicodedata.is_normalized("NFC", passage.text):
            continue
        for found in _WORD.finditer(passage.text):
            right = composed(found[0])
            if right != found[0]:
                yield Hit(
                    Stretch(passage, *found.span()),
                    "có chữ ở dạng Unicode tổ hợp, tìm kiếm sẽ không thấy",
                    "chuyển sang Unicode dựng sẵn",
                    matter="nfc",
                    replacement=right,
                )


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
            yield Hit(
                Stretch(passage, *found.span()),
                f"chữ “{sign[0]}” (U+{ord(sign[0]):04X}) trong “{found[0]}” không phải chữ Việt",
                f"gõ lại “{right}”",
                replacement=right,
            )


@text_algorithm
def legacy(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        start = find_legacy(passage.text)
        if start is not None:
            yield Hit(
                Stretch(passage, start, min(start + 30, len(passage.text))),
                "có vẻ là chữ của bảng mã cũ (TCVN3, VNI)",
                "chuyển sang Unicode (UniKey: Ctrl+Shift+F6) rồi dán lại",
                matter="legacy",
            )
