"""What a rule is, and the functions that rows name as their algorithm.

Every rule of text is a row in ``rows/*.yaml``: id, standing, clause, scope, examples. Where it
takes an algorithm the row names it (``thuat_toan: module.function``): a function registered here
by decorator, which is given what the row says under ``tham_so`` as keywords.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from vanban.checks.finding import SEVERITY, Datum, Hit, Severity, Standing, Stretch
from vanban.checks.language.change import Change
from vanban.checks.writing import Passage, Writing
from vanban.errors import VanbanError
from vanban.workspace.models.rule_rows import Example
from vanban.workspace.workspace import Workspace

OF_WORDS = frozenset(("chinh-ta", "viet-tat"))
"""The groups of rules that no name or formula is measured by."""


class NotEvaluated(VanbanError):
    """Raised by a rule that this machine cannot run; says in Vietnamese what it lacks."""


class Project(Struct, frozen=True, eq=False, weakref=True):
    """All that is checked together: the content, None outside one, and every document of it.

    ``wanted`` are the ids of the documents that are asked about, None for all; the others serve
    to compare.
    """

    workspace: Workspace | None
    writings: tuple[Writing, ...]
    wanted: Set[str] | None = None

    def wants(self, document_id: str) -> bool:
        return self.wanted is None or document_id in self.wanted

    def wants_file(self, file: Path) -> bool:
        """Say whether what is found in a content file may concern a document asked about."""
        printers = [each.id for each in self.writings if file in each.files]
        return not printers or any(map(self.wants, printers))


class Rule(Struct, frozen=True):
    """One thing that is looked for.

    ``title`` names the mistake, ``clause`` what the rule rests on, ``fails`` and ``passes`` are
    examples that tests run; in the first the words ``hit`` are told and no other. ``own_words``
    rules say nothing of quoted titles of other documents; those of ``own_documents`` nothing of
    documents that the agency of the content does not issue.
    """

    id: str
    title: str
    standing: Standing
    clause: str
    fails: Example
    passes: Example
    own_words: bool = True
    hit: tuple[str, ...] = ()
    own_documents: bool = False

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.standing]

    @property
    def group(self) -> str:
        """The part of the id before the slash: what the rule is about."""
        return self.id.split("/")[0]


class TextRule(Rule, frozen=True):
    """A rule that reads one document's text; it runs on Word files as well."""

    find: Callable[[Writing], Iterator[Hit]] = lambda writing: iter(())


class ProjectRule(Rule, frozen=True):
    """A rule that compares documents with one another or with the content."""

    find: Callable[[Project], Iterator[Hit]] = lambda project: iter(())


def hits_of(rule: Rule, project: Project) -> Iterator[Hit]:
    """Yield the hits of one rule in a project; of rules about text in the wanted documents.

    What they say is one line, also where the words that it quotes are not.
    """
    if rule.own_documents:
        own = tuple(each for each in project.writings if each.is_of_agency)
        project = replace(project, writings=own)
    hits: Iterable[Hit] = ()
    if isinstance(rule, TextRule):
        hits = (
            hit
            for writing in project.writings
            if project.wants(writing.id)
            for hit in rule.find(writing)
            if not (rule.group in OF_WORDS and _is_name(hit.at, writing.workspace))
        )
    elif isinstance(rule, ProjectRule):
        hits = rule.find(project)
    for hit in hits:
        if not (rule.own_words and _is_quoted(hit.at)):
            message, suggestion = (
                " ".join(said.splitlines()) for said in (hit.message, hit.suggestion)
            )
            yield replace(hit, message=message, suggestion=suggestion)


def _is_name(at: Stretch | Datum, workspace: Workspace | None) -> bool:
    """Say whether a hit touches a name: "đặc KHU PHÚ Quý" is no "khu phố"."""
    if not isinstance(at, Stretch):
        return False
    if at.passage.is_apart(at.start, at.end):
        return True
    if workspace is None:
        return False
    names = re.finditer(re.escape(workspace.agency.territory), at.passage.text, re.IGNORECASE)
    return any(name.start() <= at.start < name.end() for name in names)


def _is_quoted(at: Stretch | Datum) -> bool:
    return isinstance(at, Stretch) and at.passage.is_quoted(at.start, at.end)


class Algorithm(NamedTuple):
    """A function that finds mistakes, and what it is given first: one of the three below."""

    find: Callable[..., Any]
    reads: type


_ALGORITHMS: dict[str, Algorithm] = {}

PassageFunction = TypeVar("PassageFunction", bound=Callable[..., Iterable[Change]])
HitFunction = TypeVar("HitFunction", bound=Callable[..., Iterator[Hit]])


def passage_algorithm(find: PassageFunction) -> PassageFunction:
    """Register a function from a passage to what is wrong in it; the row words it."""
    return _register(find, Passage)


def text_algorithm(find: HitFunction) -> HitFunction:
    """Register a function from one document to hits."""
    return _register(find, Writing)


def project_algorithm(find: HitFunction) -> HitFunction:
    """Register a function from documents and content, compared with one another, to hits."""
    return _register(find, Project)


Function = TypeVar("Function", bound=Callable[..., Any])


def _register(find: Function, reads: type) -> Function:
    name = f"{find.__module__.rpartition('.')[2]}.{find.__name__}"
    assert name not in _ALGORITHMS, f"algorithm {name} is registered twice"
    _ALGORITHMS[name] = Algorithm(find, reads)
    return find


def algorithms() -> Mapping[str, Algorithm]:
    """Return the functions whose modules were imported, by name."""
    return _ALGORITHMS
