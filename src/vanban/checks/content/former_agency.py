"""What is left of another agency after ``co-quan.yaml`` was changed: its name, level and units.

A name is judged wherever a document of the content prints it; what other agencies' documents are
called and the time before the mergers are left alone. A Word file may well be somebody else's:
there only a name that stands in the place of the issuing agency is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from vanban.checks.citations.same import words_of_others
from vanban.checks.clauses import any_of
from vanban.checks.content.government_levels import Name, is_past, names_in, proper_name
from vanban.checks.content.printed import not_printed, unprinted
from vanban.checks.data import expression
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import Project, project_algorithm, text_algorithm
from vanban.checks.writing import PROSE, Passage, Role, Writing
from vanban.nd30.communes import COMMUNES
from vanban.workspace.files import APPRAISALS, GATHERED
from vanban.workspace.workspace import Workspace

PROVINCES = ("thành phố", "tỉnh")

_ELSEWHERE = expression("places", "elsewhere")


@project_algorithm
def other_places(project: Project) -> Iterator[Hit]:
    """Yield one matter a name: with its level wherever it is written so, and alone elsewhere."""
    foreign: dict[str, tuple[Name, Workspace]] = {}
    for writing in project.writings:
        if (workspace := writing.workspace) is None:
            continue
        own = _known_names(workspace)
        for passage in writing.passages:
            others = words_of_others(passage, workspace)
            for name in names_in(passage):
                if not (writing.year or name.by_issuer) or _is_known(name, own, workspace):
                    continue
                before = passage.lower[max(0, name.start - 40) : name.start]
                if is_past(passage, name.start, name.end) or _ELSEWHERE.search(before):
                    continue
                if not _lies_in(name.start, others):
                    foreign.setdefault(name.proper.casefold(), (name, workspace))
                    yield _hit(Stretch(passage, name.start, name.end), name, workspace)
    if project.workspace is not None:
        own = _known_names(project.workspace)
        for text, place in not_printed(project.workspace):
            for name in names_in(unprinted(text)):
                if not _is_known(name, own, project.workspace):
                    yield _hit(Datum(place, text[name.start : name.end]), name, project.workspace)
    for proper, (name, workspace) in foreign.items():
        if all(proper != known for _, known in _known_names(workspace)):
            yield from _alone(project, name, workspace)


def _lies_in(position: int, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in stretches)


def _hit(at: Stretch | Datum, name: Name, workspace: Workspace) -> Hit:
    given = {"ten": f"{name.level} {name.proper}", "co_quan": workspace.agency.name}
    return Hit(at, matter=name.proper.casefold(), given=given)


def _alone(project: Project, name: Name, workspace: Workspace) -> Iterator[Hit]:
    """Yield where a foreign name stands without its level: "nhân dân Trần Liễu"."""
    for writing in project.writings:
        for passage in writing.passages if writing.year else ():
            named = [(each.start, each.end) for each in names_in(passage)]
            known = (*named, *words_of_others(passage, workspace))
            for found in any_of((name.proper.lower(),)).finditer(passage.lower):
                start, end = found.span()
                if not passage.text[start].isupper() or _lies_in(start, known):
                    continue
                if not is_past(passage, start, end):
                    yield _hit(Stretch(passage, start, end), name, workspace)


def _known_names(workspace: Workspace) -> set[tuple[str, str]]:
    """Return level and name, small letters, of what the agency may name without more.

    Its own name and province; names of communes among its recipients, of those that it appraises
    and whose figures it gathers; names given to the check.
    Its units are its own and name no other place.
    """
    agency = workspace.agency
    known = _names_of(agency.name, agency.province or "")
    names = [each.name for each in agency.recipients]
    names += (each.name for each in workspace.all_of(APPRAISALS))
    gathered = (ward for file in workspace.all_of(GATHERED) for ward in file.wards)
    names += (ward.agency for ward in gathered if ward.agency is not None)
    for level, proper in _names_of(*names):
        if level not in PROVINCES or agency.province is None:
            known.add((level, proper))
    return known | _names_of(*workspace.names)


def _names_of(*texts: str) -> set[tuple[str, str]]:
    return {
        (name.level, name.proper.casefold()) for text in texts for name in names_in(unprinted(text))
    }


def _is_known(name: Name, known: set[tuple[str, str]], workspace: Workspace) -> bool:
    """Say whether a name is known, or begins with a known one: "phường Trần Liễu Anh"."""
    if name.level in PROVINCES and workspace.agency.province is None:
        return True
    words = f"{name.proper.casefold()} "
    return any(name.level == level and words.startswith(f"{proper} ") for level, proper in known)


@text_algorithm
def other_levels(writing: Writing) -> Iterator[Hit]:
    workspace = writing.workspace
    own = workspace.agency.common_noun if workspace is not None else ""
    if workspace is None or own not in COMMUNES:
        return
    right = {word: own for word in COMMUNES if word != own}
    if (workspace.agency.province or "").lower().startswith("tỉnh"):
        right["thành phố"] = "tỉnh"
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(right)})(?!\w)")
    for passage in writing.passages:
        others = words_of_others(passage, workspace)
        for found in pattern.finditer(passage.lower):
            start, end = found.span()
            if _is_general(passage, start, end) or is_past(passage, start, end):
                continue
            if _lies_in(start, others):
                continue
            at, given = (
                Stretch(passage, start, end),
                {"cap": found[0], "co_quan": workspace.agency.name},
            )
            yield Hit(at, matter=found[0], right=right[found[0]], given=given)


_BEFORE_GENERAL = expression("places", "before_general")
_AFTER_GENERAL = expression("places", "after_general")


def _is_general(passage: Passage, start: int, end: int) -> bool:
    """Say whether a word of level means no single place here, or is part of a name or a word."""
    text = passage.lower
    if text[start:end] == "xã" and text[max(0, start - 4) : start] == "cấp ":
        return True
    follows = passage.text[end : end + 2].strip()
    named = follows[:1].isupper() and not passage.text[start:end].isupper()
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    return (
        named
        or (passage.text[start:end].isupper() and bool(proper_name(passage.text, end + 1, True)))
        or _BEFORE_GENERAL.search(before) is not None
        or _AFTER_GENERAL.match(after) is not None
    )


@text_algorithm
def other_units(writing: Writing, standard: Sequence[str]) -> Iterator[Hit]:
    """``standard`` are the units that communes may have; which of them, its own list says."""
    workspace = writing.workspace
    if workspace is None or workspace.agency.common_noun not in COMMUNES:
        return
    units = [unit.name for unit in workspace.agency.units]
    units += [recipient.name for recipient in workspace.agency.recipients]
    known = {_normal(name) for name in (*units, *workspace.names)}
    names = {**dict.fromkeys(known, ""), **{_normal(name): name for name in standard}}
    heads = {head for head in _HEADS if any(name.startswith(head.lower()) for name in known)}
    for passage in writing.passages:
        if passage.role not in PROSE | {Role.HEADING, Role.RECIPIENT}:
            continue
        for found in _UNIT.finditer(passage.text):
            rest = _normal(passage.text[found.start() : found.start() + LONGEST])
            if found["head"] not in heads or is_past(passage, *found.span()):
                continue
            if _OF_OTHERS.search(passage.text[found.end() : found.end() + 60]):
                continue
            named = max((name for name in names if _begins(rest, name)), key=len, default="")
            short = " ".join(rest.split()[:SHARED])
            if any(each.startswith(named) if named else _begins(each, short) for each in known):
                continue
            end = max(found.start() + len(names[named]), found.end()) if named else found.end()
            at = Stretch(passage, found.start(), min(end, len(passage.text)))
            yield Hit(at, matter=at.excerpt.casefold())


_HEADS = ("Phòng", "Văn phòng", "Trung tâm")
_UNIT = re.compile(
    rf"(?<!\w)(?P<head>{'|'.join(_HEADS)})\s+(?![Cc]hống)[^\W\d_a-zà-ỹ]\w*(?:\s+\w+)?"
)
_OF_OTHERS = expression("places", "of_others")

LONGEST = 120
"""Letters of a unit's name at most."""

SHARED = 4
"""Words of a unit's name after which the rest may be abbreviated: "Trung tâm Phục vụ HCC"."""


def _normal(name: str) -> str:
    words = " ".join(name.lower().split())
    return words.replace("hđnd", "hội đồng nhân dân").replace("ubnd", "ủy ban nhân dân")


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
