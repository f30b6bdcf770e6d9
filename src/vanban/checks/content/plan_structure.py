"""How a plan is built: who leads and by when, what its purposes say, where it is carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.checks.content.sections import Section, families, is_plan, section_of, sections
from vanban.checks.data import expression
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing

_TASKS = (Role.BULLET, Role.NUMBERED)
_LEAD = expression("plans", "lead")
_DEADLINE = expression("plans", "deadline")
_SITUATION = expression("plans", "situation")
_PURPOSE = re.compile(r"\b(?:nhằm|để|giúp|góp phần)\b")
_NUMBER = re.compile(r"(?:- |\d+[.)] |[a-zđ]\) )")


@text_algorithm
def areas_without_lead(writing: Writing) -> Iterator[Hit]:
    for area in _areas(writing):
        tasks = _count_tasks(area)
        if tasks and not _says(area, _LEAD):
            yield Hit(
                _place(writing, area),
                f"{tasks} nhiệm vụ của phần này không có đơn vị chủ trì, phối hợp",
                matter=str(area.passage.number),
            )


@text_algorithm
def areas_without_deadline(writing: Writing) -> Iterator[Hit]:
    lacking = [
        area for area in _areas(writing) if _count_tasks(area) and not _says(area, _DEADLINE)
    ]
    total = sum(_count_tasks(area) for area in lacking)
    for area in lacking:
        yield Hit(
            _place(writing, area),
            f"{total} nhiệm vụ ở {len(lacking)} phần không nêu thời hạn, sản phẩm",
            matter="thời hạn",
        )


@text_algorithm
def reported_purposes(writing: Writing, openings: Sequence[str]) -> Iterator[Hit]:
    """Tell of purposes that neither begin with one of ``openings`` nor name an aim."""
    verbs = {word for opening in openings for word in opening.split()}
    above = section_of(writing)
    for passage in writing.prose:
        section = above.get(passage.number)
        number = _NUMBER.match(passage.text)
        if section is not None and section.title.upper().startswith("MỤC ĐÍCH"):
            if passage.role is Role.BODY and number is None:
                continue
            start = number.end() if number else 0
            first = re.split(r"[.;]\s", passage.lower[start:])[0]
            situation = _SITUATION.match(first)
            aims = first[situation.end() if situation else 0 :]
            starts_well = (first.split() or [""])[0] in verbs or section.titled("yêu cầu")
            if situation is None and starts_well:
                continue
            if _PURPOSE.search(first) or re.search(r"\bphấn đấu\b|\bphải\b", aims):
                continue
            yield Hit(
                Stretch(passage, start, start + len(first)),
            )


@text_algorithm
def misplaced_organisation(writing: Writing) -> Iterator[Hit]:
    for section in sections(writing):
        above = section.parent
        if above is None or not section.title.upper().startswith("TỔ CHỨC THỰC HIỆN"):
            continue
        if above.titled("nhiệm vụ", "giải pháp", "nội dung"):
            yield Hit(
                _whole(section.passage),
                f"“Tổ chức thực hiện” là mục {section.label} của “{above.title}”, ngang với các "
                "nhóm nhiệm vụ",
            )


def _areas(writing: Writing) -> tuple[Section, ...]:
    """Return the sections that hold tasks: those right below "Nhiệm vụ, giải pháp"."""
    if not is_plan(writing):
        return ()
    below = families(writing)
    for section in sections(writing):
        if section.titled("nhiệm vụ", "giải pháp") and not section.titled("phân công"):
            areas = tuple(
                each
                for each in below.get(section, ())
                if not each.titled("tổ chức thực hiện", "kinh phí", "phân công")
            )
            return areas or (section,)
    return ()


def _count_tasks(area: Section) -> int:
    return sum(
        passage.role in _TASKS
        and not re.match(r"(?:- )?\S+ \S+ (?:chủ trì|phối hợp)", passage.lower)
        for passage in area.content
    )


def _says(area: Section, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(passage.lower) for passage in area.content)


def _place(writing: Writing, section: Section) -> Stretch | Datum:
    """Return the area of the content that a section prints, where its title names the index."""
    areas = () if writing.workspace is None else writing.workspace.areas
    for area in areas:
        if area.index.value in section.title.upper():
            return Datum(area.at("name"), section.passage.text, frozenset({writing.id}))
    return _whole(section.passage)


def _whole(passage: Passage) -> Stretch:
    return Stretch(passage, 0, len(passage.text))
