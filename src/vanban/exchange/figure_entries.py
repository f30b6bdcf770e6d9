"""The figures of a report's file: read and set where they are typed, with or without a note."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from pathlib import Path
from types import MappingProxyType

from vanban.errors import Place
from vanban.provenance import Keys
from vanban.workspace.edit import delete, set_group, set_value, set_values
from vanban.workspace.source import Mapping
from vanban.workspace.yaml_file import parse_yaml

FIGURES, VALUE, NOTE = "so_lieu", "gia_tri", "ghi_chu"
NOTHING: AnyMapping[str, str] = MappingProxyType({})


def typed_figures(data: bytes, shown: Path) -> dict[str, str]:
    """Return what is typed for each indicator, "" where nothing is."""
    return {
        name: str(value.get(VALUE, "") if isinstance(value, Mapping) else value or "")
        for name, value in _entries(data, shown).items()
    }


def typed_notes(data: bytes, shown: Path) -> dict[str, str]:
    """Return the note of each indicator that has one, on one line."""
    entries = _entries(data, shown).items()
    found = {name: value.get(NOTE) for name, value in entries if isinstance(value, Mapping)}
    return {name: " ".join(note.split()) for name, note in found.items() if note}


def with_figures(
    data: bytes, shown: Path, values: AnyMapping[str, str], notes: AnyMapping[str, str] = NOTHING
) -> bytes:
    """Return the file with these figures and notes, by indicator; the others stay.

    "" takes a figure away with its note, or the note alone. A note needs a figure.
    """
    known = _entries(data, shown)
    edits: dict[Keys, str] = {}
    for name, value in values.items():
        below = (VALUE,) if isinstance(known.get(name), Mapping) else ()
        if value:
            edits[FIGURES, name, *below] = value
    data = set_values(data, shown, edits)
    for name in values:
        if not values[name] and name in known:
            data = delete(data, shown, (FIGURES, name))
    for name, note in notes.items():
        data = _with_note(data, shown, name, note)
    return data


def _with_note(data: bytes, shown: Path, name: str, note: str) -> bytes:
    entry, keys = _entries(data, shown).get(name), (FIGURES, name)
    if isinstance(entry, Mapping) and note:
        return set_value(data, shown, (*keys, NOTE), note)
    if isinstance(entry, Mapping):
        return delete(data, shown, (*keys, NOTE)) if NOTE in entry else data
    if entry is None or not note:
        return data
    return set_group(data, shown, keys, ((VALUE, str(entry)), (NOTE, note)))


def _entries(data: bytes, shown: Path) -> Mapping:
    tree = parse_yaml(data, shown).tree
    known = tree.get(FIGURES) if isinstance(tree, Mapping) else None
    return known if isinstance(known, Mapping) else Mapping(Place(shown))
