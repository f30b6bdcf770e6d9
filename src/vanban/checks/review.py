"""Reviewing content: workspace + composed documents → findings, states of the documents.

The whole content is read at once, since documents are compared with one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.checks.excuses import excuse
from vanban.checks.finding import Finding
from vanban.checks.from_document import writing_of
from vanban.checks.registry import rules_for
from vanban.checks.rules import Project
from vanban.checks.run import run_rules
from vanban.checks.state import State, decides_state, state_of
from vanban.compose.composed import Composed
from vanban.workspace.folder import content_files
from vanban.workspace.models.house_rules import Excuse
from vanban.workspace.workspace import Workspace


class Reviewed(Struct, frozen=True):
    """What a review found.

    ``findings`` include the excused ones; ``unused`` are excuses that excuse nothing;
    ``not_evaluated`` maps a reason to the rules that could not be run; ``states`` are those of
    the documents by id.
    """

    findings: tuple[Finding, ...]
    unused: tuple[Excuse, ...]
    not_evaluated: Mapping[str, tuple[str, ...]]
    states: Mapping[str, State]

    def of(self, ids: Iterable[str]) -> tuple[Finding, ...]:
        """Return the findings that concern the documents ``ids``."""
        wanted = set(ids)
        return tuple(each for each in self.findings if each.documents & wanted)


def review(
    workspace: Workspace,
    composed: Iterable[Composed],
    others: Iterable[Composed] = (),
    states_only: bool = False,
) -> Reviewed:
    """Run every rule over documents of a content folder; ``others`` are compared with them.

    With ``states_only`` run those rules only whose findings decide the states.
    """
    composed = tuple(composed)
    project = read_project(workspace, (*composed, *others))
    wanted = frozenset(item.document.id for item in composed)
    rules = (each for each in rules_for(workspace) if decides_state(each) or not states_only)
    run = run_rules(replace(project, wanted=wanted), rules)
    findings, unused = excuse(run.findings, workspace.review)
    states = {item.document.id: state_of(item, findings) for item in composed}
    return Reviewed(findings, unused, run.not_evaluated, states)


def read_project(workspace: Workspace, composed: Iterable[Composed]) -> Project:
    """Return the documents as passages."""
    return Project(workspace, tuple(writing_of(item, workspace) for item in composed))


def content_texts(content: Path, year: int) -> dict[Path, str]:
    """Return the text of the YAML files that content of ``year`` is read from.

    A file that is not UTF-8 is left out: loading tells it, and nothing of it is in a workspace.
    """
    texts: dict[Path, str] = {}
    for path in content_files(content, year):
        with suppress(UnicodeDecodeError):
            texts[path] = path.read_text(encoding="utf-8-sig")
    return texts
