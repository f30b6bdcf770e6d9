"""The figures of a report's file: read and set where they are typed, with or without a note."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from pathlib import Path

from vanban.errors import Place
from vanban.provenance import Keys
from vanban.workspace.edit import set_values
from vanban.workspace.source import Mapping
from vanban.workspace.yaml_file import parse_yaml

FIGURES, VALUE = "so_lieu", "gia_tri"


def typed_figures(data: bytes, shown: Path) -> dict[str, str]:
    """Return what is typed for each indicator, "" where nothing is."""
    return {
        name: str(value.get(VALUE, "") if isinstance(value, Mapping) else value or "")
        for name, value in _entries(data, shown).items()
    }


def with_figures(data: bytes, shown: Path, values: AnyMapping[str, str]) -> bytes:
    """Return the file with these figures, by indicator; notes and other figures stay."""
    known = _entries(data, shown)
    edits: dict[Keys, str] = {}
    for name, value in values.items():
        below = (VALUE,) if isinstance(known.get(name), Mapping) else ()
        edits[FIGURES, name, *below] = value
    return set_values(data, shown, edits)


def _entries(data: bytes, shown: Path) -> Mapping:
    tree = parse_yaml(data, shown).tree
    known = tree.get(FIGURES) if isinstance(tree, Mapping) else None
    return known if isinstance(known, Mapping) else Mapping(Place(shown))
