"""Terms that went out of use, and terms to look at twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vanban.checks.citations.parse import citations
from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.language.data import lines_of
from vanban.checks.rules import text_rule
from vanban.checks.writing import Passage, Writing

BEGIN = r"(?<!\w)"
"""No term begins within a word."""

GROUP = "\\1"
"""What stands for the first group of a pattern in the words to write instead."""


class Term(NamedTuple):
    """A pattern over lower-case text, what to write instead, and why.

    \\1 in ``instead`` stands for the first group as typed, with a capital.
    """

    pattern: re.Pattern[str]
    instead: str
    reason: str


@cache
def terms(kind: str) -> tuple[Term, ...]:
    """Return the terms of a kind of terms.txt: "bỏ" (out of use) or "xem" (doubtful)."""
    rows = [tuple(part.strip() for part in line.split("::")) for line in lines_of("terms.txt")]
    return tuple(
        Term(re.compile(rf"{BEGIN}(?:{pattern})(?!\w)"), instead, reason)
        for found, pattern, instead, reason in rows
        if found == kind
    )


@cache
def _any_term(kind: str) -> re.Pattern[str]:
    """Return a pattern of all terms of a kind: most passages have none, which is seen at once."""
    forms = (term.pattern.pattern.removeprefix(BEGIN) for term in terms(kind))
    return re.compile(rf"{BEGIN}(?:{'|'.join(forms)})")


def _find(writing: Writing, kind: str, message: str) -> Iterator[Hit]:
    for passage in writing.passages:
        if _any_term(kind).search(passage.lower) is None:
            continue
        for term in terms(kind):
            for found in term.pattern.finditer(passage.lower):
                if _is_cited(passage, found.start()):
                    continue
                at = Stretch(passage, found.start(), found.end())
                words = " ".join(at.excerpt.split())
                group = next(filter(None, found.groups()), "")
                yield Hit(
                    at,
                    message.format(words=words, reason=term.reason),
                    f"viết “{term.instead.replace(GROUP, group.capitalize())}”",
                    matter=words.lower(),
                )


def _is_cited(passage: Passage, start: int) -> bool:
    """Say whether what stands there belongs to a citation, which keeps its issuer's old name."""
    return any(each.head.start <= start < each.head.end for each in citations(passage.text))


@text_rule(
    id="thuat-ngu/khong-con-dung",
    title="Thuật ngữ không còn dùng",
    standing=Standing.CONSISTENCY,
    clause="Văn bản quy định tên gọi mới, ghi trong từng phát hiện",
    fails="Dịch vụ công trực tuyến mức độ 3, mức độ 4.",
    passes="Dịch vụ công trực tuyến toàn trình; mức độ hài lòng đạt 90%.",
)
def out_of_use(writing: Writing) -> Iterator[Hit]:
    return _find(writing, "bỏ", "“{words}” không còn dùng: {reason}")


@text_rule(
    id="thuat-ngu/can-kiem-tra",
    title="Thuật ngữ cần xem lại",
    standing=Standing.HABIT,
    clause="Cách gọi thường dùng hiện nay",
    fails="Sử dụng biên chế hành chính.",
    passes="Sử dụng biên chế công chức.",
)
def doubtful(writing: Writing) -> Iterator[Hit]:
    return _find(writing, "xem", "“{words}” cần xem lại: {reason}")
