"""Tasks and words that do not fit the agency: copied from the text of another body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from vanban.checks.clauses import clause_around, context_start, finder
from vanban.checks.content.government_levels import is_past, level_of, proper_name
from vanban.checks.content.sections import is_plan, own_words
from vanban.checks.data import expression, pairs
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Role, Writing

EMERGENCY = frozenset(("111", "112", "113", "114", "115"))
"""Numbers of the whole country: children, search and rescue, police, fire, ambulance."""

_ADVISE = re.compile(r"(?:- )?(?P<words>tham mưu)\b")
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
    leader = ""
    for passage, sections in own_words(writing):
        if passage.role is not Role.BULLET:
            leader = passage.lower
        found = _ADVISE.match(passage.lower)
        if found is None or not sections:
            continue
        if passage.role is Role.BULLET and leader.endswith(":") and _UNIT.search(leader):
            continue
        title = sections[-1].title.lower()
        if not _UNIT.search(title) and "tổ chức thực hiện" not in title:
            end = clause_around(passage.text, *found.span())[1]
            yield Hit(Stretch(passage, found.start("words"), end))


@text_algorithm
def others_powers(writing: Writing, powers: Sequence[str]) -> Iterator[Hit]:
    """Tell of ``powers``, each "pattern → whose they are", but not of asking others to use them."""
    level = level_of(writing)
    if not level.commune:
        return
    owners = pairs(powers)
    find = finder(tuple(owners))
    for passage, _ in own_words(writing):
        for power, *found in find(passage.lower):
            start, end = clause_around(passage.text, *found)
            if _ASKING.search(passage.lower[start:end]):
                continue
            words, clause = Stretch(passage, *found).words, Stretch(passage, start, end)
            given = {"viec": words, "cua": owners[power], "co_quan": level.word}
            yield Hit(clause, matter=clause.excerpt.casefold(), given=given)


@text_algorithm
def unknown_hotlines(writing: Writing) -> Iterator[Hit]:
    files = writing.workspace.house_rules if writing.workspace is not None else ()
    known = {_digits(item.text) for file in files for item in file.feedback_channels}
    for passage in writing.prose:
        for found in _HOTLINE.finditer(passage.lower):
            number = found["number"].strip(" .")
            if number not in EMERGENCY and _digits(number) not in known:
                at = Stretch(passage, found.start(), found.start("number") + len(number))
                yield Hit(at, matter=_digits(number))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


TWO_TIERS = date(2025, 7, 1)
"""Since this day there is no district level (Luật Tổ chức chính quyền địa phương 2025)."""

CONTEXT = 6
"""Words before the wrong ones that a reader needs to recognise the place."""


@text_algorithm
def copied_words(
    writing: Writing,
    of: str,
    words: Sequence[str],
    message: str,
    advice: str = "",
    unless: Sequence[str] = (),
) -> Iterator[Hit]:
    """Tell of ``words`` that a document ``of`` some level copied from another ("pattern → advice").

    ``{words}`` and ``{agency}`` of the texts are what stands there and "phường" or "xã"; ``unless``
    a proper name follows ("tỉnh Quảng Ninh" is no superior) or the past is told of.
    """
    level = level_of(writing)
    if not {
        "cấp xã": level.commune,
        "cấp xã của thành phố": level.commune and level.city,
        "hai cấp": writing.issued is None or writing.issued >= TWO_TIERS,
    }[of]:
        return
    right = pairs(words)
    find = finder(tuple(right))
    for passage, _ in own_words(writing, PROSE | {Role.HEADING}):
        for form, start, end in find(passage.lower):
            if "trước đây" in unless and is_past(passage, start, end):
                continue
            if "tên riêng" in unless and proper_name(passage.text, end + 1):
                continue
            told = {"words": Stretch(passage, start, end).words, "agency": level.word}
            yield Hit(
                Stretch(passage, context_start(passage.text, start, CONTEXT), end),
                message.format(**told),
                (right[form] or advice).format(**told),
            )
