"""What one content file says: its tree, its entry and its problems, kept while its bytes stay."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from msgspec import Struct

from vanban.errors import Place, Problem
from vanban.io.process import MOMENT
from vanban.workspace.files import AnyFile
from vanban.workspace.instructions import without_instructions
from vanban.workspace.models.entry import Entry
from vanban.workspace.source import Node
from vanban.workspace.validate import as_meant, validate
from vanban.workspace.versions import old_form
from vanban.workspace.yaml_file import YamlFile, parse_yaml


class Said(Struct, frozen=True):
    """What one file says: a row, tree and entry for each form that it holds.

    The entry is None where nothing sound is left of it.
    """

    read: YamlFile
    parts: tuple[tuple[AnyFile, Node, Entry | None], ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def said_by(file: AnyFile, shown: Path, data: bytes) -> Said:
    """Return what the bytes of a file say: what was worked out, where they are as last time."""
    with MOMENT:
        known = _HELD.get((file, shown))
        if known is not None and known[0] == data:
            _HELD.move_to_end((file, shown))
            return known[1]
    said = understood(file, shown, parse_yaml(data, shown))
    with MOMENT:
        _HELD[file, shown] = (data, said)
        _HELD.move_to_end((file, shown))
        while len(_HELD) > 1 and sum(len(read) for read, _ in _HELD.values()) > MOST_BYTES:
            _HELD.popitem(last=False)
    return said


MOST_BYTES = 4_000_000
"""Of the files whose last state is kept, the latest asked for: those of some forty wards."""

_HELD: OrderedDict[tuple[AnyFile, Path], tuple[bytes, Said]] = OrderedDict()


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
