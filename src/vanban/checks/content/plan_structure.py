"""How a plan is built: who leads and by when, what its purposes say, where it is carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.checks.content.sections import Section, families, is_plan, own_words, sections
from vanban.checks.data import expression
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Role, Writing

_LEAD = expression("plans", "lead")
_DEADLINE = expression("plans", "deadline")
_SITUATION = expression("plans", "situation")
_PURPOSE = re.compile(r"\b(?:nhằm|để|giúp|góp phần)\b")
_NUMBER = re.compile(r"(?:- |\d+[.)] |[a-zđ]\) )")


@text_algorithm
def areas_without_lead(writing: Writing) -> Iterator[Hit]:
    for area in _areas(writing):
        if area.tasks and not _says(area, _LEAD):
            at, matter = _place(writing, area), str(area.passage.number)
            yield Hit(at, matter=matter, given={"so": len(area.tasks)})


@text_algorithm
def areas_without_deadline(writing: Writing) -> Iterator[Hit]:
    lacking = [area for area in _areas(writing) if area.tasks and not _says(area, _DEADLINE)]
    given = {"so": sum(len(area.tasks) for area in lacking), "so_phan": len(lacking)}
    for area in lacking:
        yield Hit(_place(writing, area), matter="thời hạn", given=given)


@text_algorithm
def reported_purposes(writing: Writing, openings: Sequence[str]) -> Iterator[Hit]:
    """Tell of purposes that neither begin with one of ``openings`` nor name an aim."""
    verbs = {word for opening in openings for word in opening.split()}
    for passage, chain in own_words(writing):
        number = _NUMBER.match(passage.text)
        if not chain or not chain[-1].title.upper().startswith("MỤC ĐÍCH"):
            continue
        if passage.role is Role.BODY and number is None:
            continue
        start = number.end() if number else 0
        first = re.split(r"[.;]\s", passage.lower[start:])[0]
        situation = _SITUATION.match(first)
        starts_well = first.split()[:1] and first.split()[0] in verbs
        if situation is None and (starts_well or chain[-1].titled("yêu cầu")):
            continue
        aims = first[situation.end() if situation else 0 :]
        if not _PURPOSE.search(first) and not re.search(r"\b(?:phấn đấu|phải)\b", aims):
            yield Hit(Stretch(passage, start, start + len(first)))


@text_algorithm
def misplaced_organisation(writing: Writing) -> Iterator[Hit]:
    for section in sections(writing):
        above = section.parent
        if above is None or not above.label:  # in a chapter of a statute it is right
            continue
        if not section.title.upper().startswith("TỔ CHỨC THỰC HIỆN"):
            continue
        if above.titled("nhiệm vụ", "giải pháp", "nội dung"):
            given = {"muc": section.label, "phan": above.title}
            yield Hit(Stretch.whole(section.passage), given=given)


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


def _says(area: Section, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(passage.lower) for passage in area.content)


def _place(writing: Writing, section: Section) -> Stretch | Datum:
    """Return the area of the content that a section prints, where its title names the index."""
    areas = () if writing.workspace is None else writing.workspace.areas
    for area in areas:
        if area.index.value in section.title.upper():
            return Datum(area.at("name"), section.passage.text, frozenset({writing.id}))
    return Stretch.whole(section.passage)
