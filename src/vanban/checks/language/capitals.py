"""Capitals of sentences by Annex II of Decree 30/2020/NĐ-CP: where one begins, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.names import national_names, registered_names
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Role, Writing
from vanban.nd30.document_types import ABBREVIATIONS

ANNEX = "Nghị định số 30/2020/NĐ-CP, Phụ lục II"

_AFTER_SEMICOLON = re.compile(r";\s+([^\W\d_]\w*(?:\s+[\w-]+){0,3})")
_SENTENCE = re.compile(r"((?<!\w)\w{2,}|\))\.\s+(?P<words>[^\W\d_]\w*(?:\s+\w+){0,2})")
_MARKS = re.compile(
    r"\s*(?>(?:[-–+•*]\s*|(?:\d+\.)+\s+|(?:[a-zđ]|\d+)\)\s+)*)"
    r"(?P<words>[^\W\d_]\w*(?:\s\w+){0,2})(?![\w@]|[./:-]\w)"
)
_ROMAN = re.compile(r"[IVX]+")
_LIST = re.compile(
    r"(?<!\w)(?i:bao gồm|gồm có|gồm|đảm bảo|bảo đảm|theo hướng|nhất là|về|như|với):\s+"
    r"(?P<words>[^\W\d_]\w*(?:\s+[\w-]+){0,3})[^.,;:]*[,;]\s+(?P<second>[^\W\d_])"
)
_NOT_AN_END = frozenset({"tp", "tx", "tt", "st", "tr", "vd", "nxb", "ths", "gs", "pgs", "tw"})
BEFORE_TITLES = frozenset(
    {
        *("việc", "về", "hoạch", "trình", "án", "quyết", "định", "đề", "cáo", "tri", "thị", "tên"),
        *("mục", "phần", "ngày", "tháng", "năm", "tuần", "lễ", "ngành", "khối", "nhóm", "giải"),
        *(
            "trào",
            "thi",
            "cuộc",
            "chuyên",
            "là",
            "hiệu",
            "bảng",
            "cột",
            "luật",
            "cổng",
            "số",
            "tin",
        ),
        *("phận", "phòng", "ban", "tổ", "đội", "hội", "sở", "bộ", "cục", "viện", "khoa", "môn"),
    }
)
"""Words before a title or name, which begins with a capital: kế hoạch Nâng cao chỉ số."""
COMMON_STARTS = frozenset(
    {
        *("chủ tịch", "phó chủ", "bí thư", "phó bí", "giám đốc", "trưởng phòng", "chánh văn"),
        *("ủy ban", "hội đồng", "văn phòng", "trung tâm", "thường trực", "ban thường", "nhà nước"),
        *("nhân dân", "đảng ủy", "đảng bộ", "chính phủ", "quốc hội", "thủ tướng", "mặt trận"),
        *("hệ thống", "cơ sở", "trang thông", "cổng dịch", "cổng thông", "chỉ số", "ban chỉ"),
        *("luật", "bộ luật", "hiến pháp", "nghị định", "thông tư", "công văn", "công an", "đảng"),
        *("đoàn thanh", "hội nông", "hội cựu", "hội liên", "hội người", "hội chữ", "liên đoàn"),
        *("công đoàn", "trạm y", "tòa án", "toà án", "viện kiểm", "kho bạc", "ngân hàng"),
        *("chi cục", "bưu điện", "trường mầm", "trường tiểu", "trường trung", "tổ trưởng"),
    }
)
"""How names and titles begin that keep their capital anywhere in a sentence."""


@lru_cache(maxsize=8)
def _name_starts(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(name.lower().split()[:2]) for name in names)


def _is_name(words: str, writing: Writing) -> bool:
    """Say whether words begin as a name, a title or the type of a cited document does."""
    lower = words.lower().split()
    starts = {" ".join(lower[:count]) for count in (1, 2)}
    if starts & COMMON_STARTS or starts & _name_starts(registered_names(writing)):
        return True
    if starts & _name_starts(national_names()):
        return True
    following = words.split()[1:3]
    if following and (following[0][0].isupper() or any(map(_is_number, following))):
        return True  # Nguyễn Văn A, Hải Phòng, Dự án 2
    types = {name.lower() for name in ABBREVIATIONS}
    return bool(starts & types) and ("số" in lower or "này" in lower)


def _is_number(word: str) -> bool:
    return word[0].isdigit() or _ROMAN.fullmatch(word) is not None


@text_algorithm
def after_semicolon(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if passage.role not in PROSE:
            continue
        for found in _AFTER_SEMICOLON.finditer(passage.text):
            words = found[1]
            first = words.split()[0]
            if not first.istitle() or _is_name(words, writing):
                continue
            before = passage.text.rfind(" ", 0, max(found.start() - 1, 0)) + 1
            yield Hit(
                Stretch(passage, before, found.end(1)),
                f"“{words}” viết hoa sau dấu chấm phẩy",
                f"viết “{words[0].lower()}{words[1:]}”, hoặc kết thúc câu trước bằng dấu chấm",
            )


@text_algorithm
def after_colon(writing: Writing) -> Iterator[Hit]:
    for passage in writing.prose:
        for found in _LIST.finditer(passage.text):
            words = found["words"]
            if not words.split()[0].istitle() or found["second"].isupper():
                continue
            if not _is_name(words, writing):
                yield Hit(
                    Stretch(passage, found.start(), found.end("words")),
                    f"“{words}” viết hoa mà ý sau viết thường, tuy cùng một liệt kê",
                    f"viết “{words[0].lower()}{words[1:]}”",
                )


@text_algorithm
def sentence_start(writing: Writing) -> Iterator[Hit]:
    ended = True
    for passage in writing.passages:
        if passage.role in PROSE:
            start = _MARKS.match(passage.text)
            marked = passage.role is not Role.BODY
            if start is not None and start["words"][0].islower() and (ended or marked):
                yield _small(Stretch(passage, start.start("words"), start.end()), "đầu đoạn")
            for found in _SENTENCE.finditer(passage.text):
                if found["words"][0].islower() and not _goes_on(found[1]):
                    yield _small(Stretch(passage, found.start(), found.end()), "sau dấu chấm")
        ended = passage.text.rstrip()[-1:] in "./:;!?…”)" or passage.role is Role.HEADING


def _goes_on(before: str) -> bool:
    """Say whether a full stop after this word ends no sentence: TP. Hải Phòng, 1. một."""
    return before.lower() in _NOT_AN_END or before.isdigit()


def _small(at: Stretch, where: str) -> Hit:
    words = at.excerpt.split(". ")[-1]
    return Hit(
        at,
        f"{where}, “{words}” không viết hoa",
        f"viết “{words[0].upper()}{words[1:]}”, hoặc nối vào câu trước",
    )


@text_algorithm
def inside(writing: Writing, words: Iterable[str]) -> Iterator[Hit]:
    common = frozenset(words)
    for passage in writing.prose:
        for first, second, third in zip(
            passage.words, passage.words[1:], passage.words[2:], strict=False
        ):
            if not second.text.istitle() or f"{second.lower} {third.lower}" not in common:
                continue
            gap = passage.text[first.end : second.start]
            if third.text.islower() and gap in (" ", ", ") and not _may_name(first.text):
                words = passage.text[second.start : third.end]
                yield Hit(
                    Stretch(passage, first.start, third.end),
                    f"“{words}” viết hoa giữa câu",
                    f"viết “{words.lower()}”",
                )


def _may_name(before: str) -> bool:
    """Say whether a title or name may follow this word: Ban Chỉ đạo, về việc Tăng cường."""
    return not before.islower() or before in BEFORE_TITLES
