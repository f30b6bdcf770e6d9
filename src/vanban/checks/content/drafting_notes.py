"""What was meant for the writer and is left in content: instructions, examples, places to fill in.

Content files are read, not what is printed of them: a value that no document prints today is left
over as well. Plans tell units what to do, so only words that nobody says to a unit count there;
a report tells what was done and says nothing in the imperative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from vanban.checks.alike import MOST
from vanban.checks.data import expression
from vanban.checks.finding import Datum, Hit
from vanban.checks.rules import Project, project_algorithm
from vanban.errors import Place
from vanban.kept import kept
from vanban.workspace.files import (
    ANSWERS,
    AREAS,
    CITY_REPORTS,
    CRITERIA,
    EVIDENCE,
    GATHERED,
    HOUSE_RULES,
    INDICATORS,
    MONITORED,
    PAPERS,
    PLAN,
    REPORTS,
    REVIEW,
    SCORED,
    AnyFile,
)
from vanban.workspace.models.city_report import CityResults
from vanban.workspace.models.entry import Entry, entries_in
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.models.report import Assessment, Direction, Figure, Report, Results
from vanban.workspace.paper_references import references_in
from vanban.workspace.periods import PERIODS
from vanban.workspace.source import Instruction, Scalar
from vanban.workspace.workspace import Workspace

_ANY = expression("drafting", "never", ignore_case=True)

_IN_PLANS = expression("drafting", "to_writer", "in_plans", ignore_case=True)
_IN_REPORTS = expression("drafting", "to_writer", "in_reports", ignore_case=True)
_IF_ANY = re.compile(r"\(nếu có\)\W*$", re.IGNORECASE)
"""A report knows what there was."""

_FACTS = {(Report, "scope"), (Evidence, "note"), (Evidence, "section"), (Evidence, "pages")}
"""Values that tell facts, beside whole sections of reports and the self-assessment."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(r"(?<=[.!?;])\s+")
_BULLET = re.compile(r"^[\s\-–+•*]+|^(?:\d+|[a-zđ])[.)]\s+")

_TO_FILL = expression("drafting", "to_fill")


class _Value(Struct, frozen=True):
    """A value of content, the documents that its file makes, and whether it tells facts."""

    text: Scalar
    documents: frozenset[str] | None
    facts: bool


@project_algorithm
def instructions_left(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    for each, documents in _instructed(project.workspace):
        yield Hit(
            Datum(each.place, each.text, documents),
            f"còn lời hướng dẫn ở {each.key}, chưa có nội dung",
            "thay bằng nội dung thật; không phát sinh thì ghi rõ, hoặc xóa khóa này",
            matter=str(each.place),
        )
    for value in _values(project.workspace):
        words = _instruction(str(value.text), value.facts)
        if words is not None:
            at, matter = Datum(value.text.place, words, value.documents), str(value.text.place)
            yield Hit(at, matter=matter)


@project_algorithm
def places_to_fill_in(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    instructed = {each.place for each, _ in _instructed(project.workspace)}
    for value in _values(project.workspace):
        place = value.text.place
        every, workspace = _to_fill_in(str(value.text)), project.workspace
        found = next((each for each in every if not _is_reference(each, place, workspace)), None)
        if found is not None and place not in instructed:
            at = Datum(place, found.strip() or value.text, value.documents)
            yield Hit(at, matter=str(place), given={"cho": found.strip()})


@lru_cache(MOST)
def _to_fill_in(text: str) -> tuple[str, ...]:
    return tuple(each[0] for each in _TO_FILL.finditer(text))


def _is_reference(words: str, place: Place, workspace: Workspace) -> bool:
    """Say whether words are replaced when printed: "{ty-le-hai-long}", of a paper "{q3.ma}"."""
    folder = place.file.parent.name
    if folder == PAPERS.name:
        return any(reference.source for reference in references_in(words))
    reports = (REPORTS.name, CITY_REPORTS.name)
    return folder in reports and words.strip("{}") in workspace.indicators_by_id


_OTHERS_WORDS = (INDICATORS, CRITERIA, MONITORED, REVIEW, HOUSE_RULES, GATHERED)
"""Titles of criteria, names of indicators, what was gathered are no words of the writer."""
_MADE_FROM: Mapping[AnyFile, frozenset[str]] = {
    PLAN: frozenset({"plan"}),
    AREAS: frozenset({"plan"}),
    ANSWERS: frozenset({"self-assessment"}),
    EVIDENCE: frozenset({"self-assessment", "evidence-index"}),
}


def _roots(workspace: Workspace) -> Iterator[tuple[AnyFile, Entry, frozenset[str] | None]]:
    """Yield what each file of the year says, and the documents that it counts for (None: all)."""
    for held in workspace.held:
        if held.year == workspace.year:
            documents = _MADE_FROM.get(held.file)
            if held.file is REPORTS:
                documents = frozenset({PERIODS[held.path.stem].document_id})
            elif held.file is CITY_REPORTS:
                documents = frozenset({PERIODS[held.path.stem].city_document_id})
            elif held.file is PAPERS:
                documents = frozenset({held.path.stem})
            elif held.file is SCORED:
                documents = frozenset({f"scores-{held.path.stem}"})
            yield held.file, held.entry, documents


def _instructed(
    workspace: Workspace,
) -> Iterator[tuple[Instruction, frozenset[str] | None]]:
    """Yield every marked instruction of the content, with the documents made from its file."""
    for _, root, documents in _roots(workspace):
        for each in root.instructions:
            yield each, documents


@kept
def _values(workspace: Workspace) -> tuple[_Value, ...]:
    return tuple(
        value
        for file, root, documents in _roots(workspace)
        if file not in _OTHERS_WORDS
        for value in _values_of(root, documents, file is ANSWERS)
    )


def _values_of(entry: Entry, documents: frozenset[str] | None, facts: bool) -> Iterator[_Value]:
    facts = facts or isinstance(entry, Direction | Results | CityResults | Assessment | Figure)
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        tells = (facts or (type(entry), name) in _FACTS) and name != "proposals"
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Scalar):
                yield _Value(each, documents, tells)
        for child in entries_in(value):
            yield from _values_of(child, documents, tells)


@lru_cache(MOST)
def _instruction(text: str, facts: bool) -> str | None:
    """Return the words of an instruction in a value, None where there are none.

    ``facts`` says whether it is to tell what was done.
    """
    found = _ANY.search(text)
    if found is not None:
        return found[0].strip()
    starts, splits = (_IN_REPORTS, _CLAUSE) if facts else (_IN_PLANS, _SENTENCE)
    for sentence in splits.split(text):
        sentence = _BULLET.sub("", sentence)
        if starts.match(sentence) or (facts and _IF_ANY.search(sentence)):
            return sentence.strip()
    return None
