"""Tasks that do not fit the agency: advice by who decides, others' powers, unknown hotlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.checks.clauses import clause_around, whole_words
from vanban.checks.content.government_levels import level_of
from vanban.checks.content.sections import is_plan, section_of
from vanban.checks.data import expression
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Role, Writing

EMERGENCY = frozenset(("111", "112", "113", "114", "115"))
"""Numbers of the whole country: children, search and rescue, police, fire, ambulance."""

_ADVISE = re.compile(r"(?:- )?tham mưu\b")
_UNIT = expression("places", "units")
_ASKING = expression("places", "asking")
_HOTLINE = re.compile(
    r"(?:tổng đài|đường dây nóng|hotline|số điện thoại)(?:\s+[^\W\d]+){0,4}?[:\s]*"
    r"(?P<number>\d[\d.]{2,}(?:\s\d{3,4}){0,2})"
)


@text_algorithm
def advising_committee(writing: Writing) -> Iterator[Hit]:
    if not (level_of(writing).committee and is_plan(writing)):
        return
    above = section_of(writing)
    leader = ""
    for passage in writing.prose:
        if passage.role is not Role.BULLET:
            leader = passage.lower
        found = _ADVISE.match(passage.lower)
        section = above.get(passage.number)
        if found is None or section is None:
            continue
        if passage.role is Role.BULLET and leader.endswith(":") and _UNIT.search(leader):
            continue
        if _UNIT.search(section.title.lower()) or "tổ chức thực hiện" in section.title.lower():
            continue
        yield Hit(
            Stretch(
                passage,
                found.end() - len("tham mưu"),
                clause_around(passage.text, *found.span())[1],
            ),
            "kế hoạch do Ủy ban nhân dân ban hành mà nhiệm vụ ghi “Tham mưu”: Ủy ban nhân dân "
            "quyết định, chỉ phòng, đơn vị mới tham mưu",
            "nêu việc Ủy ban nhân dân tự làm được, hoặc ghi rõ phòng, đơn vị nào tham mưu",
        )


@text_algorithm
def others_powers(writing: Writing, powers: Sequence[str]) -> Iterator[Hit]:
    """Tell of ``powers``, each "pattern → whose they are", but not of asking others to use them."""
    level = level_of(writing)
    if not level.commune:
        return
    for passage in writing.prose:
        if passage.role is Role.BASIS:
            continue
        for pattern, _, owner in (power.partition(" → ") for power in powers):
            for found in whole_words(pattern).finditer(passage.lower):
                start, end = clause_around(passage.text, *found.span())
                if _ASKING.search(passage.lower[start:end]):
                    continue
                words = " ".join(passage.text[found.start() : found.end()].split())
                clause = Stretch(passage, start, end)
                yield Hit(
                    clause,
                    f"cần kiểm tra thẩm quyền: “{words}” thường không phải việc của cấp xã",
                    f"đây là việc của {owner}; kế hoạch chỉ ghi phần việc của {level.word}",
                    matter=clause.excerpt.casefold(),
                )


@text_algorithm
def unknown_hotlines(writing: Writing) -> Iterator[Hit]:
    workspace = writing.workspace
    known = set() if workspace is None else {_digits(each) for each in _channels(writing)}
    for passage in writing.prose:
        for found in _HOTLINE.finditer(passage.lower):
            number = found["number"].strip(" .")
            if number in EMERGENCY or _digits(number) in known:
                continue
            end = found.start("number") + len(number)
            yield Hit(
                Stretch(passage, found.start(), end),
                f"cần kiểm tra: kênh “{passage.text[found.start() : end]}” có đang dùng ở địa "
                "phương không",
                "nếu đúng thì khai vào kenh_phan_anh của một tệp trong quy-tac, nếu không thì sửa",
                matter=_digits(number),
            )


def _channels(writing: Writing) -> tuple[str, ...]:
    files = writing.workspace.house_rules if writing.workspace is not None else ()
    return tuple(item.text for file in files for item in file.feedback_channels)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
