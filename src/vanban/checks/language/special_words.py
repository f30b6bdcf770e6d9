"""Words with a capital of their own by Annex II of Decree 30/2020/NĐ-CP: Điều, Nhân dân."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Writing

_CLAUSE = re.compile(r"(?<=[\w,;(] )(Khoản|Điểm)\s+(?:\d+|[a-zđ])\b(?=\s|,|;)")
_TEXTS = r"(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Nghị quyết)"
_ARTICLE = re.compile(
    rf"(?<!\w)điều\s+\d+\s+(?:của\s+)?{_TEXTS}\b|[Kk]hoản\s+\d+\s+điều\s+\d+"
    rf"|(?<!\w)(?:chương|mục|phần)\s+(?:[IVX]+|\d+)\s+(?:của\s+)?(?:Luật|Bộ luật|Nghị định)\b"
)
_PART = re.compile(r"điều|chương|mục|phần")

_PEOPLE = re.compile(r"((?:\w+\s+){0,2})(?<!\w)(nhân dân)(?!\w)(?! tệ)")
_STATE = re.compile(r"(?:Đảng(?: và|,)|của|do|cho) (nhà nước)(?!\w)")

OF_THE_PEOPLE = (
    *("ủy ban", "uỷ ban", "hội đồng", "tòa án", "toà án", "kiểm sát", "công an", "quân đội"),
    *("hội thẩm", "thanh tra", "tín dụng", "chứng minh", "chiến tranh", "an ninh", "vũ trang"),
    *("nhà giáo", "thầy thuốc", "nghệ sĩ", "báo", "chính quyền"),
)
"""After these "nhân dân" is part of a name and has its capital, or none, from there."""


@text_algorithm
def clauses(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _CLAUSE.finditer(passage.text):
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}”: khoản, điểm không viết hoa",
                f"viết “{found[0][0].lower()}{found[0][1:]}”",
            )
        for found in _ARTICLE.finditer(passage.text):
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}”: Điều, Chương, Mục của một văn bản cụ thể viết hoa",
                f"viết “{_PART.sub(lambda part: part[0].capitalize(), found[0])}”",
            )


@text_algorithm
def people_and_state(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if passage.role not in PROSE or not ("nhân dân" in passage.text or "nhà n" in passage.text):
            continue
        for found in _PEOPLE.finditer(passage.text):
            if not found[1].lower().rstrip().endswith(OF_THE_PEOPLE):
                yield _special(Stretch(passage, *found.span()), "Nhân dân")
        for found in _STATE.finditer(passage.text):
            yield _special(Stretch(passage, *found.span()), "Nhà nước")


def _special(at: Stretch, right: str) -> Hit:
    return Hit(
        at,
        f"“{right}” là danh từ viết hoa, trừ trong tên như Ủy ban nhân dân, ngân sách nhà nước",
        f"viết “{right}”",
        matter=right,
    )
