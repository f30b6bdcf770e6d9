"""Targets worded so that nobody can tell whether they were reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.content.sections import is_report
from vanban.checks.content.stated_levels import StatedLevel, stated_levels
from vanban.checks.data import expression
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.figures.levels import Operator

_EXCEEDING = expression("figures", "exceeding")

_RESULT_VERBS = (
    "công bố|áp dụng|ban hành|hoàn thành|xây dựng|thực hiện|duy trì|cải tiến|công khai|niêm yết|"
    "cập nhật|số hóa|kết nối|tham gia|đạt|giải quyết|ký số|gửi|triển khai|sử dụng|có|bảo đảm|"
    "đảm bảo|tổ chức|lập|báo cáo|khắc phục"
)
_TWO_RESULTS = re.compile(
    rf"\b(?P<first>{_RESULT_VERBS})(?:\s+[^\s,;]+){{3,40}}?,\s+(?:và\s+|đồng thời\s+)?"
    rf"(?P<second>(?:được\s+)?(?:{_RESULT_VERBS})(?:\s+[^\s,;]+){{3,40}})"
)
_UNMEASURED = expression("figures", "unmeasured")
_HIGHEST = expression("figures", "highest")
_CLAUSE_END = re.compile(r"[.;:](?=\s|$)|,\s+(?=[^.;,]*%)|$")


@text_algorithm
def meaningless_ranges(writing: Writing) -> Iterator[Hit]:
    for each in _statements(writing):
        at = Stretch(each.passage, each.start, each.end)
        ends = each.words.lower().endswith(("trở lên", "trở xuống"))
        if each.high is not None and (ends or each.low >= each.high):
            wrong = (
                "vừa là khoảng vừa là mức trở lên" if ends else "cận dưới không nhỏ hơn cận trên"
            )
            yield Hit(
                at,
                f"mức “{each.words}” không rõ nghĩa: {wrong}",
                "chọn một mức, ví dụ “từ 95% trở lên” hoặc “100%”",
            )
        elif _is_beyond(each) and not _EXCEEDING.search(each.stretch.excerpt.lower()):
            yield Hit(
                at,
                f"mức “{each.words}” không thể đạt: phần của một tổng số không vượt 100%",
                "sửa thành “100%” hoặc mức thấp hơn",
            )


@text_algorithm
def two_results(writing: Writing) -> Iterator[Hit]:
    if is_report(writing):
        return
    for each in _statements(writing):
        start, end = each.clause
        found = _TWO_RESULTS.search(each.passage.lower, each.end, end)
        if found is None or each.change:
            continue
        yield Hit(
            Stretch(each.passage, start, end),
            f"một mức “{each.words}” cho hai kết quả: “{found['first']} …” và "
            f"“{_opening(each.passage, found.start('second'))} …”, nên không biết đo kết quả nào",
        )


@text_algorithm
def unmeasured_aims(writing: Writing) -> Iterator[Hit]:
    if is_report(writing):
        return
    for passage in writing.prose:
        if passage.role is Role.BASIS:
            continue
        for found in (*_UNMEASURED.finditer(passage.lower), *_HIGHEST.finditer(passage.lower)):
            end = found.end()
            if found.re is _UNMEASURED:
                ending = _CLAUSE_END.search(passage.text, end)
                end = len(passage.text) if ending is None else ending.start()
            if any(sign.isdigit() for sign in passage.text[found.start() : end]):
                continue
            at = Stretch(passage, found.start(), end)
            yield Hit(
                at,
                f"“{_opening(passage, found.start(), 8)} …” không nêu mức nên không đánh giá được "
                "đạt hay không",
            )


def _statements(writing: Writing) -> Iterator[StatedLevel]:
    for passage in writing.prose:
        yield from stated_levels(passage)


def _is_beyond(each: StatedLevel) -> bool:
    """Say whether more than all is asked for."""
    if each.change or each.high is not None or each.level is None:
        return False
    asks_more = each.level.operator is Operator.ABOVE or each.words.lower().endswith("trở lên")
    return each.low > 1 or (each.low == 1 and asks_more)


def _opening(passage: Passage, start: int, count: int = 3) -> str:
    """Return the first words from ``start`` on."""
    return " ".join(passage.text[start:].split()[:count]).rstrip(",;.")
