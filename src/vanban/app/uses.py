"""Where the content refers to a registered thing: a unit, a person, a document, an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from vanban.provenance import Keys
from vanban.workspace.typed_ids import DEFINITIONS, Value, defined_in, kind_in, uses_of
from vanban.workspace.workspace import Workspace


class Use(Struct, frozen=True):
    """A place that refers to a thing: its file, relative to the content folder, keys and line."""

    file: Path
    keys: Keys
    line: int


def uses_around(workspace: Workspace, file: Path, keys: Keys) -> Iterator[Use]:
    """Yield what refers to the thing whose group of keys the value at ``keys`` stands in."""
    root = workspace.root.absolute()
    files = [(type(each.entry), each.entry.tree) for each in workspace.held]
    own = [
        (type(each.entry), each.entry.tree)
        for each in workspace.held
        if each.path.absolute() == root / file
    ]
    around = (each for each in defined_in(own) if each.parent.path == keys[: len(each.parent.path)])
    thing = max(around, key=_depth, default=None)
    kind = kind_in(DEFINITIONS, thing) if thing is not None else None
    if thing is None or kind is None or not thing.parent.path:
        return
    for each in uses_of(files, kind, thing.text):
        path = each.place.file.absolute()
        if path.is_relative_to(root):
            yield Use(path.relative_to(root), each.path, each.place.line)


def _depth(value: Value) -> int:
    return len(value.parent.path)
