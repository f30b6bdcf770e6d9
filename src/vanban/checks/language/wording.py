"""Wordings that are wrong wherever they stand: a missing or extra comma or word, words ill matched.

They are listed in wording.txt, by section; a long phrase with a syllable left out is found by
phrases.txt, and so is a comma inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.language.change import Change, cased_like, longest
from vanban.checks.language.data import lines_of
from vanban.checks.language.phrases import broken_in, word_pairs
from vanban.checks.language.words import plain
from vanban.checks.rules import text_rule
from vanban.checks.writing import Passage, Writing

NUMBER, ANY = "0", "*"
"""Stand for any number and any word among the first words of patterns."""

_BEFORE = re.compile(r"(?:\(\?<[=!][^)]*\))*")
_GROUP = re.compile(r"\\(\d)")
_COMMA = re.compile(r",\s*")


class Wording(NamedTuple):
    """A wrong wording and the right one, with ``\\1`` for the groups of the wrong one."""

    wrong: re.Pattern[str]
    right: str


@text_rule(
    id="chinh-ta/thieu-dau-phay",
    title="Thiếu dấu phẩy, dấu nối giữa các từ liệt kê",
    standing=Standing.CONSISTENCY,
    clause="Cách viết của văn bản quy phạm pháp luật: cán bộ, công chức, viên chức",
    fails="Đôn đốc các cơ quan đơn vị, cán bộ công chức, viên chức.",
    passes="Đôn đốc các cơ quan, đơn vị, cán bộ, công chức, viên chức.",
)
def missing_commas(writing: Writing) -> Iterator[Hit]:
    yield from _hits(writing, "thieu-dau-phay", "thiếu dấu câu trong “{wrong}”")


@text_rule(
    id="chinh-ta/thua-dau-phay",
    title="Dấu phẩy đặt giữa một từ",
    standing=Standing.SPELLING,
    clause="Chính tả tiếng Việt",
    fails="Tăng cường phòng, ngừa ô nhiễm.",
    passes="Tăng cường phòng ngừa ô nhiễm; phòng, chống tham nhũng.",
)
def extra_commas(writing: Writing) -> Iterator[Hit]:
    yield from _hits(writing, "thua-dau-phay", "thừa dấu phẩy trong “{wrong}”", _parted_words)


@text_rule(
    id="cau-chu/thieu-tu",
    title="Thiếu từ trong cụm từ quen dùng",
    standing=Standing.SPELLING,
    clause="Ngữ pháp tiếng Việt",
    fails="Duy trì hệ thống quản lý chất theo tiêu chuẩn ISO.",
    passes="Duy trì hệ thống quản lý chất lượng theo tiêu chuẩn ISO.",
)
def missing_words(writing: Writing) -> Iterator[Hit]:
    yield from _hits(writing, "thieu-tu", "thiếu từ trong “{wrong}”", broken_in)


@text_rule(
    id="cau-chu/thua-tu",
    title="Thừa từ, thường là hai từ nối liền nhau",
    standing=Standing.SPELLING,
    clause="Ngữ pháp tiếng Việt",
    fails="Bộ phận tiếp nhận và trả kết quả của tại Trung tâm.",
    passes="Bộ phận tiếp nhận và trả kết quả tại Trung tâm.",
)
def extra_words(writing: Writing) -> Iterator[Hit]:
    yield from _hits(writing, "thua-tu", "thừa từ trong “{wrong}”")


@text_rule(
    id="cau-chu/ket-hop-tu",
    title="Từ kết hợp không quen dùng",
    standing=Standing.CONSISTENCY,
    clause="Cách dùng từ trong văn bản hành chính",
    fails="Tạo thuận tiện cho tổ chức, cá nhân.",
    passes="Tạo thuận lợi cho tổ chức, cá nhân; công khai thuận tiện để người dân theo dõi.",
)
def ill_matched_words(writing: Writing) -> Iterator[Hit]:
    yield from _hits(writing, "ket-hop-tu", "cách dùng từ “{wrong}” không đúng")


def _hits(
    writing: Writing,
    section: str,
    message: str,
    others: Callable[[Passage], Iterable[Change]] = lambda passage: (),
) -> Iterator[Hit]:
    """Yield where wordings of a section, or what ``others`` finds, stand in a document."""
    wordings = load_wordings()[section]
    for passage in writing.passages:
        for change in longest((*_listed(passage, wordings), *others(passage))):
            at = Stretch(passage, change.start, change.end)
            wrong = " ".join(at.excerpt.split())
            yield Hit(at, message.format(wrong=wrong), f"sửa thành “{change.right}”")


def _listed(passage: Passage, wordings: Mapping[str, tuple[Wording, ...]]) -> Iterator[Change]:
    """Yield the wrong wordings of wording.txt that stand in a passage."""
    for word in passage.words:
        first = NUMBER if word.text.isdecimal() else plain(word.text)
        for wording in (*wordings.get(first, ()), *wordings.get(ANY, ())):
            place = wording.wrong.match(passage.lower, word.start)
            if place is not None:
                yield Change(*place.span(), _right(passage.text, place, wording.right))


def _parted_words(passage: Passage) -> Iterator[Change]:
    """Yield the words of two syllables with a comma between, unless each belongs elsewhere."""
    if "," not in passage.text:
        return
    pairs = word_pairs(tuple(plain(word.text) for word in passage.words))
    for place, (first, second) in enumerate(pairwise(passage.words)):
        if (
            pairs[place]
            and _COMMA.fullmatch(passage.text, first.end, second.start)
            and not any((*pairs[max(0, place - 1) : place], *pairs[place + 1 : place + 2]))
        ):
            yield Change(first.start, second.end, f"{first.text} {second.text}")


def _right(text: str, place: re.Match[str], right: str) -> str:
    """Return the right wording with its groups as typed, in the case of the wrong one."""
    typed = text[place.start() : place.end()]
    filled = _GROUP.sub(lambda group: text[slice(*place.span(int(group[1])))], right)
    return cased_like(typed if typed.isupper() else typed[:1], filled)


@cache
def load_wordings() -> Mapping[str, Mapping[str, tuple[Wording, ...]]]:
    """Read wording.txt: section → first word → wordings."""
    sections: dict[str, dict[str, list[Wording]]] = {}
    section: dict[str, list[Wording]] = {}
    for line in lines_of("wording.txt"):
        if line.startswith("["):
            section = sections.setdefault(line[1:].partition("]")[0], {})
            continue
        wrong, _, right = (part.strip() for part in line.partition("→"))
        before = _BEFORE.match(wrong)[0]  # type: ignore[index]
        wrong = wrong.removeprefix(before)
        blanks = before.replace(" ", r"\s") + wrong.replace(" ", r"\s+")
        for first in _first_words(wrong):
            section.setdefault(first, []).append(Wording(re.compile(rf"{blanks}(?!\w)"), right))
    return {
        name: {first: tuple(listed) for first, listed in by_first.items()}
        for name, by_first in sections.items()
    }


def _first_words(wrong: str) -> Iterator[str]:
    """Yield the words that a pattern may start with."""
    choices = wrong[1:].partition(")")[0] if wrong.startswith("(") else wrong
    for choice in choices.split("|"):
        first = choice.partition("(")[0].split()[0]
        yield {r"\d+": NUMBER, r"\w+": ANY}.get(first, first)
