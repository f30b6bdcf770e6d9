"""Where a value of content is printed: rules that read the content point at the printed words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vanban.checks.finding import Datum, Stretch
from vanban.checks.rules import Project
from vanban.checks.writing import Passage
from vanban.errors import Place
from vanban.provenance import Source
from vanban.workspace.workspace import Workspace


class PrintedValues:
    """Knows the passage that prints each typed value of a project."""

    def __init__(self, project: Project) -> None:
        self._printed: dict[Place, tuple[Passage, Source]] = {}
        for writing in project.writings:
            for passage in writing.passages:
                for source in passage.sources:
                    self._printed.setdefault(source.place, (passage, source))

    def at(self, value: str, place: Place, words: str = "") -> Stretch | Datum:
        """Return where ``words`` of a value, typed at ``place``, are printed; all of it for "".

        What nothing prints is a datum.
        """
        words = words or value
        if place not in self._printed:
            return Datum(place, words)
        passage, source = self._printed[place]
        wanted = r"\s+".join(re.escape(word) for word in words.split())
        found = re.compile(wanted).search(passage.text, source.start, source.end)
        start, end = found.span() if found else (source.start, source.end)
        return Stretch(passage, start, end)

    def printed(self, places: Iterable[Place]) -> set[int]:
        """Return the identities of the passages that print values typed at ``places``."""
        return {id(self._printed[place][0]) for place in places if place in self._printed}


def not_printed(workspace: Workspace) -> Iterator[tuple[str, Place]]:
    """Yield what the self-assessment says that its tables do not print: where figures are from."""
    assessment = workspace.self_assessment
    for answer in assessment.answers.values() if assessment is not None else ():
        if answer.source is not None:
            yield answer.source, answer.at("source")
