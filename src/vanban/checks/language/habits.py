"""How words are spelled by habit or in haste: kì for kỳ, k for không."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import cased_like
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Word, Writing

I_FOR_Y: Mapping[str, str] = {
    "kì": "kỳ",
    "kí": "ký",
    "kĩ": "kỹ",
    "kỉ": "kỷ",
    "kị": "kỵ",
    "lí": "lý",
    "mĩ": "mỹ",
    "qui": "quy",
    "quí": "quý",
    "quĩ": "quỹ",
    "quỉ": "quỷ",
    "tỉ lệ": "tỷ lệ",
    "tỉ trọng": "tỷ trọng",
    "tỉ giá": "tỷ giá",
    "tỉ đồng": "tỷ đồng",
    "công ti": "công ty",
    "hi sinh": "hy sinh",
    "hi vọng": "hy vọng",
}
"""Both spellings are right; laws and decrees write the second."""

IN_HASTE: Mapping[str, str] = {
    **dict.fromkeys(("k", "ko", "hok", "khg"), "không"),
    **dict.fromkeys(("đc", "dc"), "được"),
    **{"vs": "với", "j": "gì", "cx": "cũng", "nhìu": "nhiều", "trc": "trước", "thui": "thôi"},
}
"""As people type to one another; none is a syllable of Vietnamese."""

_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_BEFORE_SYMBOLS = frozenset(
    (
        *("điểm", "mục", "khoản", "ý", "loại", "nhóm", "mẫu", "lớp", "tổ", "dãy", "lô", "khu"),
        *("đường", "hàm", "trị", "chữ", "số", "biến", "cột", "dòng", "hàng", "phần", "bảng"),
        *("nhà", "ngõ", "vitamin", "kênh", "tuyến", "cấp", "hạng", "kiểu", "là", "và", "hoặc"),
        *("với", "cho", "của", "các", "từ", "đến"),
    )
)
"""Words before a letter that stands for itself: điểm k, hệ số k, các biến m và n."""

_SYMBOL = re.compile(r"[^\s\w,;.”“]|\.\w|\w\.")
"""What stands beside a letter that is a label or part of a formula: k), k =, m²."""


@text_algorithm
def typed_in_haste(writing: Writing) -> Iterator[Hit]:
    for passage in writing.prose:
        words = passage.words
        for place, word in enumerate(words):
            if not _is_in_haste(passage, words, place):
                continue
            right = IN_HASTE.get(word.text)
            yield Hit(
                Stretch(passage, word.start, words[min(place + 1, len(words) - 1)].end),
                f"“{word.text}” là chữ viết tắt như khi nhắn tin, không dùng trong văn bản",
                f"viết đủ chữ, có lẽ là “{right}”" if right else "viết đủ chữ",
                matter=word.text,
            )


def _is_in_haste(passage: Passage, words: tuple[Word, ...], place: int) -> bool:
    """Say whether a word is a short form typed in haste, not a symbol, a unit or a label."""
    word = words[place]
    if word.text not in IN_HASTE and word.text not in _CONSONANTS:
        return False
    beside = (
        passage.text[max(0, word.start - 2) : word.start],
        passage.text[word.end : word.end + 2],
    )
    if any(map(_SYMBOL.search, beside)):
        return False
    if place == 0:
        return len(word.text) > 1
    before = words[place - 1].lower
    return before.isalpha() and before not in _BEFORE_SYMBOLS


@text_algorithm
def i_for_y(writing: Writing) -> Iterator[Hit]:
    for passage in writing.prose:
        for place, word in enumerate(passage.words):
            following = passage.words[place + 1 : place + 2]
            pair = f"{word.lower} {following[0].lower}" if following else ""
            known = word.lower if word.lower in I_FOR_Y else pair
            if known not in I_FOR_Y or not _is_common(passage, word):
                continue
            end = word.end if known == word.lower else following[0].end
            typed = passage.text[word.start : end]
            yield Hit(
                Stretch(passage, word.start, end),
                f"“{typed}”: luật, nghị định viết “{cased_like(typed[:1], I_FOR_Y[known])}”",
                "nên viết theo cách của luật, nghị định",
                matter=known,
            )


def _is_common(passage: Passage, word: Word) -> bool:
    """Say whether a word is no part of a name: written small, or the first of the passage."""
    return word.text.islower() or (word is passage.words[0] and word.text.istitle())
