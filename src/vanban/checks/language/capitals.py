"""Capitals of sentences by Annex II of Decree 30/2020/NĐ-CP: where one begins, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from vanban.checks.data import row_of
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import words_back
from vanban.checks.language.names import national_names, registered_names
from vanban.checks.rows.wordings import compiled
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Passage, Role, Writing
from vanban.nd30.citations import citations
from vanban.nd30.document_types import ABBREVIATIONS

_SENTENCE = re.compile(r"((?<!\w)\w{2,}|\))\.\s+(?P<words>[^\W\d_]\w*(?:\s+\w+){0,2})")
_MARKS = re.compile(
    r"\s*(?>(?:[-–+•*]\s*|(?:\d+\.)+\s+|(?:[a-zđ]|\d+)\)\s+)*)"
    r"(?P<words>[^\W\d_]\w*(?:\s\w+){0,2})(?![\w@]|[./:-]\w)"
)
_ROMAN = re.compile(r"[IVX]+")
_NOT_AN_END = frozenset({"tp", "tx", "tt", "st", "tr", "vd", "nxb", "ths", "gs", "pgs", "tw"})


@lru_cache(maxsize=8)
def _name_starts(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(name.lower().split()[:2]) for name in names)


def _is_name(words: str, text: str, writing: Writing, common: Collection[str]) -> bool:
    """Say whether words of ``text`` begin as a name, a title or the type of a cited document."""
    lower = words.lower().split()
    starts = {" ".join(lower[:count]) for count in (1, 2)}
    names = _name_starts((*registered_names(writing), *national_names(), *common))
    if starts & names:
        return True
    following = words.split()[1:3]
    if following and (following[0][0].isupper() or any(map(_is_number, following))):
        return True  # Nguyễn Văn A, Hải Phòng, Dự án 2
    types = {name.lower() for name in ABBREVIATIONS}
    cites = text.startswith(("Căn cứ ", "Xét ", "Theo "))  # legal bases name documents
    return bool(starts & types) and (cites or "số" in lower or "này" in lower)


def _is_number(word: str) -> bool:
    return word[0].isdigit() or _ROMAN.fullmatch(word) is not None


@text_algorithm
def capital_within(
    writing: Writing, expression: str, starts: Collection[str], why: str
) -> Iterator[Hit]:
    """Tell words with a capital in the middle of a sentence: the group "words" of ``expression``.

    Not those of names and titles, of which some begin as ``starts`` do.
    """
    for passage in writing.prose:
        for found in compiled(expression).finditer(passage.text):
            words, first = found["words"], found.start("words")
            apart = passage.is_apart(first, first + 1) or _lists_names(passage.text)
            if not apart and not _is_name(words, passage.text, writing, starts):
                start = words_back(passage.text, found.start(), not found[0][0].isalnum())
                at = Stretch(passage, start, found.end("words"))
                yield Hit(at, f"“{words}” {why}", right=words[0].lower() + words[1:])


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
    right = words[0].upper() + words[1:]
    return Hit(at, right=right, given={"cho": where, "chu": words})


LONGEST_NAME = 12
"""Words of an item in a list of names; what is longer is a sentence."""


def _lists_names(text: str) -> bool:
    """Say whether a passage lists names, each with a capital: "Toán; Công nghệ thông tin; Hóa"."""
    items = [each.split() for each in text.rpartition(":")[2].strip(" ./()").split(";")]
    if len(items) < 3 or not all(items) or any(len(item) > LONGEST_NAME for item in items[:-1]):
        return False
    common = row_of("viet-hoa/giua-cau").parameters["words"]
    acts = (" ".join(item[:2]).lower() in common for item in items)
    return all(item[0][0].isupper() for item in items) and not any(acts)


def _heads_name(passage: Passage, place: int) -> bool:
    """Say whether the common noun that ends with a word heads a name: Cơ quan Cảnh sát điều tra."""
    noun = f"{passage.words[place - 1].lower} {passage.words[place].lower}"
    following = passage.words[place + 1 : place + 2]
    return noun in ("cơ quan", "tổ chức") and bool(following) and following[0].text.istitle()


def _is_cited(passage: Passage, start: int) -> bool:
    """Say whether a citation begins there: tại Văn bản số 916/STC."""
    return any(each.head.start == start for each in citations(passage.text))


@text_algorithm
def inside(writing: Writing, words: Collection[str], titled: Collection[str]) -> Iterator[Hit]:
    """Tell ``words`` with a capital within a sentence, unless after ``titled`` a title follows."""
    for passage in writing.prose:
        for place, (first, second, third) in enumerate(
            zip(passage.words, passage.words[1:], passage.words[2:], strict=False)
        ):
            if (
                second.text.istitle()
                and third.text.islower()
                and f"{second.lower} {third.lower}" in words
                and passage.gaps[place] in (" ", ", ")
                and first.text.islower()
                and first.text not in titled
                and not _heads_name(passage, place + 2)
                and not _is_cited(passage, second.start)
            ):
                typed = passage.text[second.start : third.end]
                at = Stretch(passage, first.start, third.end)
                yield Hit(at, f"“{typed}” viết hoa giữa câu", right=typed.lower())
