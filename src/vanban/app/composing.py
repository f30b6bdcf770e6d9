"""Composing what the catalogue names: workspace → documents, and what cannot be made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.catalogue import Kind, buildable
from vanban.app.load import Loaded
from vanban.errors import ContentError, Problem
from vanban.workspace.folder import find_years, problem_at, samples_in, shown_path
from vanban.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vanban.compose.composed import Composed


class Unmade(Struct, frozen=True):
    """A document that cannot be made, and why."""

    kind: Kind
    problems: tuple[Problem, ...]


def compose(kind: Kind, workspace: Workspace, templates: Path) -> Composed:
    """Compose a document of content without mistakes; raises ContentError where it lacks some."""
    if not kind.is_held(workspace):
        raise ContentError([_not_there(kind, workspace)])
    item = kind.compose(workspace, templates)
    return replace(item, document=replace(item.document, shared_version=workspace.shared_version))


def _not_there(kind: Kind, workspace: Workspace) -> Problem:
    """Return the problem that a file is not there, with one like it to copy from."""
    content, year = workspace.root, workspace.year
    needs = kind.needs(content, year)
    lacking = kind.lacking(content, year) or needs[0]
    number = needs.index(lacking)
    others = (each for each in reversed(find_years(content)) if each != year)
    likes = [kind.needs(content, each)[number] for each in others]
    if number == 0:
        likes[:0] = [path for name, path in samples_in(content).items() if name == kind.source.key]
    example = next((each for each in likes if each.is_file()), None)
    hint = f"; có thể chép từ ví dụ {shown_path(example)}" if example is not None else ""
    command = kind.command_for(lacking, content, year)
    what_to_do = f"tạo bằng lệnh {command}" if command else f"hãy tạo tệp{hint}"
    message = f"chưa có tệp này để dựng {kind.id} — {what_to_do}"
    return problem_at(lacking, message)


def compose_one(kind: Kind, loaded: Loaded, templates: Path) -> Composed:
    """Compose a document; raises ContentError where what it reads has mistakes."""
    workspace = loaded.require(kind.reads(loaded.workspace.root, loaded.workspace.year))
    return compose(kind, workspace, templates)


def compose_sound(
    kinds: Iterable[Kind], loaded: Loaded, templates: Path
) -> tuple[list[Composed], list[Unmade]]:
    """Compose every document whose content is sound; tell the others."""
    composed: list[Composed] = []
    unmade: list[Unmade] = []
    for kind in kinds:
        try:
            composed.append(compose_one(kind, loaded, templates))
        except ContentError as error:
            unmade.append(Unmade(kind, error.problems))
    return composed, unmade


def compose_others(
    kinds: Iterable[Kind], loaded: Loaded, templates: Path, lists: bool = False
) -> tuple[list[Composed], tuple[str, ...]]:
    """Compose every other document of the content that ``kinds`` may contradict.

    With ``lists`` also those that contradict nothing.

    Returns them, and the ids of those that cannot be composed: their mistakes are their own.
    """
    wanted = {kind.id for kind in kinds}
    others = (
        kind
        for kind in buildable(loaded.workspace)
        if kind.id not in wanted and (lists or not kind.is_list)
    )
    composed, unmade = compose_sound(others, loaded, templates)
    return composed, tuple(each.kind.id for each in unmade)
