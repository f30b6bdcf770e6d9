"""The abbreviations that a document explains: those of the office's list that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from vanban.provenance import computed, origins_of, traced
from vanban.workspace.models.house_rules import Abbreviation
from vanban.workspace.workspace import Workspace


def used_abbreviations(workspace: Workspace, *values: Any) -> tuple[Abbreviation, ...]:
    """Return the abbreviations of ``quy-tac/*.yaml`` in the texts of ``values``, by the alphabet.

    Values are texts, lists of values, and rows of texts (structs).
    """
    words = {word for text in _texts(values) for word in re.findall(r"\w+", text)}
    every = (each for file in workspace.house_rules for each in file.abbreviations)
    found = {each.short: each for each in every if each.short in words}
    return tuple(sorted(found.values(), key=lambda each: each.short.replace("Đ", "D~")))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        yield from _texts(astuple(value))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def inside_a_sentence(name: str, workspace: Workspace) -> str:
    """Return a name as prose: without its capital, the office's abbreviations written out."""
    for each in used_abbreviations(workspace, name):
        for found in reversed(list(re.finditer(rf"\b{re.escape(each.short)}\b", name))):
            start, end = found.span()
            meaning = computed(each.meaning, *origins_of(name[start:end]))
            name = traced(name[:start], meaning, name[end:])
    return traced(name[:1].lower(), name[1:]) if name[1:2].islower() else name
