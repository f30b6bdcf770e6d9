"""Where a value of content is printed: rules that read the content point at the printed words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from vanban.checks.finding import Datum, Stretch
from vanban.checks.rules import Project
from vanban.checks.writing import Passage, Role
from vanban.errors import Place
from vanban.kept import kept
from vanban.provenance import Source
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.plan import Issue
from vanban.workspace.periods import PERIODS
from vanban.workspace.workspace import Workspace

NOWHERE = Place(Path())


@kept
def _printed(project: Project) -> dict[Place, tuple[Passage, Source]]:
    """Return the first passage that prints each value, by the place where that was typed."""
    printed: dict[Place, tuple[Passage, Source]] = {}
    for writing in project.writings:
        for passage in writing.passages:
            for source in passage.typed:
                printed.setdefault(source.place, (passage, source))
    return printed


def printed_at(project: Project, entry: Entry, name: str, words: str = "") -> Stretch | Datum:
    """Return where ``words`` of the value ``name`` of an entry are printed; all of it for "".

    What nothing prints is a datum.
    """
    place = entry.at(name)
    words = words or str(getattr(entry, name))
    if place not in _printed(project):
        return Datum(place, words)
    passage, source = _printed(project)[place]
    wanted = r"\s+".join(re.escape(word) for word in words.split())
    found = re.compile(wanted).search(passage.text, source.start, source.end)
    return Stretch(passage, *(found.span() if found else (source.start, source.end)))


def passages_with(project: Project, places: Iterable[Place]) -> set[Passage]:
    """Return the passages that print values typed at ``places``."""
    return {_printed(project)[place][0] for place in places if place in _printed(project)}


def not_printed(workspace: Workspace | None) -> Iterator[tuple[str, Place]]:
    """Yield what the self-assessment says that its tables do not print: where figures are from."""
    assessment = workspace.self_assessment if workspace is not None else None
    for answer in assessment.answers.values() if assessment is not None else ():
        if answer.source is not None:
            yield answer.source, answer.at("source")


def unprinted(text: str, place: Place = NOWHERE) -> Passage:
    """Return a text that no document prints as a passage to read."""
    return Passage(text, Role.CELL, 0, place)


def issues(workspace: Workspace | None) -> Iterator[tuple[str, str, Issue]]:
    """Yield what is issued in the year's folder: document id, period ("" of a plan), entry."""
    if workspace is None:
        return
    if workspace.plan is not None:
        yield "plan", "", workspace.plan
    if workspace.self_assessment is not None:
        yield "self-assessment", "year", workspace.self_assessment
    for period, report in workspace.reports.items():
        yield PERIODS[period].document_id, period, report
