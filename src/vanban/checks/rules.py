"""The register of rules: each is one small function with an id, a standing and two examples.

A rule module registers its functions by decorator; :func:`vanban.checks.registry.all_rules` imports
them all. What is registered here makes the checks, ``vanban rules`` and the catalogue in docs/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

from vanban.checks.finding import SEVERITY, Hit, Severity, Standing
from vanban.checks.writing import Writing
from vanban.errors import VanbanError
from vanban.workspace.workspace import Workspace

Example = str | Mapping[str, str]
"""Text, a passage a line; or files of content (name below content/ → YAML) that replace others."""


class NotEvaluated(VanbanError):
    """Raised by a rule that this machine cannot run; says in Vietnamese what it lacks."""


@dataclass(frozen=True, eq=False)
class Project:
    """All that is checked together: the content, None outside one, and every document of it.

    ``wanted`` are the ids of the documents that are asked about, None for all; the others serve
    to compare.
    """

    workspace: Workspace | None
    writings: tuple[Writing, ...]
    wanted: Set[str] | None = None

    def wants(self, document_id: str) -> bool:
        return self.wanted is None or document_id in self.wanted


@dataclass(frozen=True)
class Rule:
    """One thing that is looked for.

    ``title`` names the mistake, ``clause`` what the rule rests on, ``fails`` and ``passes`` are
    examples that tests run. ``own_words`` rules say nothing of quoted titles of other documents.
    """

    id: str
    title: str
    standing: Standing
    clause: str
    fails: Example
    passes: Example
    own_words: bool = True

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.standing]

    @property
    def group(self) -> str:
        """The part of the id before the slash: what the rule is about."""
        return self.id.split("/")[0]


@dataclass(frozen=True)
class TextRule(Rule):
    """A rule that reads one document's text; it runs on Word files as well."""

    find: Callable[[Writing], Iterator[Hit]] = lambda writing: iter(())


@dataclass(frozen=True)
class ProjectRule(Rule):
    """A rule that compares documents with one another or with the content."""

    find: Callable[[Project], Iterator[Hit]] = lambda project: iter(())


_RULES: dict[str, Rule] = {}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")

TextFunction = TypeVar("TextFunction", bound=Callable[[Writing], Iterator[Hit]])
ProjectFunction = TypeVar("ProjectFunction", bound=Callable[[Project], Iterator[Hit]])


def text_rule(
    id: str,
    title: str,
    standing: Standing,
    clause: str,
    fails: str,
    passes: str,
    own_words: bool = True,
) -> Callable[[TextFunction], TextFunction]:
    """Register a function Writing → hits as a rule."""

    def register(find: TextFunction) -> TextFunction:
        add_rule(TextRule(id, title, standing, clause, fails, passes, own_words, find))
        return find

    return register


def project_rule(
    id: str,
    title: str,
    standing: Standing,
    clause: str,
    fails: Example,
    passes: Example,
    own_words: bool = True,
) -> Callable[[ProjectFunction], ProjectFunction]:
    """Register a function Project → hits as a rule."""

    def register(find: ProjectFunction) -> ProjectFunction:
        add_rule(ProjectRule(id, title, standing, clause, fails, passes, own_words, find))
        return find

    return register


def registered() -> Iterator[Rule]:
    """Yield the rules whose modules were imported, by id."""
    yield from (_RULES[id] for id in sorted(_RULES))


def add_rule(rule: Rule) -> None:
    """Add a rule to the register; its id is its own."""
    assert _ID.fullmatch(rule.id), f"rule id {rule.id!r} is not group/name in ASCII"
    assert rule.id not in _RULES, f"rule {rule.id} is registered twice"
    _RULES[rule.id] = rule
