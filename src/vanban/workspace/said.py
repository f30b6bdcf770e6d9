"""What one content file says: its tree, its entry and its problems, kept while its bytes stay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vanban.errors import Place, Problem
from vanban.workspace.files import AnyFile
from vanban.workspace.instructions import without_instructions
from vanban.workspace.models.entry import Entry
from vanban.workspace.source import Node
from vanban.workspace.validate import as_meant, validate
from vanban.workspace.versions import old_form
from vanban.workspace.yaml_file import YamlFile, parse_yaml


@dataclass(frozen=True)
class Said:
    """What one file says: a row, tree and entry for each form that it holds.

    The entry is None where nothing sound is left of it.
    """

    read: YamlFile
    parts: tuple[tuple[AnyFile, Node, Entry | None], ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def said_by(file: AnyFile, shown: Path, data: bytes) -> Said:
    """Return what the bytes of a file say: what was worked out, where they are as last time."""
    last = _last(file, shown)
    for known, said in last.copy():
        if known == data:
            return said
    said = understood(file, shown, parse_yaml(data, shown))
    last[:] = [(data, said)]
    return said


@lru_cache(maxsize=1_000)
def _last(file: AnyFile, shown: Path) -> list[tuple[bytes, Said]]:
    """Keep the last state of each file, and no more: an editor makes many."""
    return []


def understood(file: AnyFile, shown: Path, read: YamlFile) -> Said:
    problems, notes = [*read.problems], [*read.notes]
    older = old_form(file, read.tree)
    typed = [(file, read.tree)]
    if older is not None:
        notes.append(older[2])
        typed.append(older[:2])
    parts: list[tuple[AnyFile, Node, Entry | None]] = []
    for part, node in typed:
        tree = without_instructions(part.model, node)
        if tree is not None:
            entry, mistakes = validate(part.model, tree, Place(shown, 1, 1))
            parts.append((part, as_meant(part.model, tree) if mistakes else tree, entry))
            problems += (each for each in mistakes if each.place.line not in read.touched)
    return Said(read, tuple(parts), tuple(problems), tuple(notes))
