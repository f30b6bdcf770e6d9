"""The program's own YAML: rows of rules (``rows/*.yaml``) and word lists (``words/*.yaml``).

Read as content is: what is no sound YAML or has a mistake raises :class:`ContentError` with its
places; tests read every file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from vanban.checks.rows.built_in import BuiltInRow, BuiltInRules, Expressions, WordList
from vanban.errors import ContentError, Place, Problem
from vanban.io.memory import recall
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.rule_rows import ARROW
from vanban.workspace.source import Mapping, Node, Sequence
from vanban.workspace.validate import validate
from vanban.workspace.yaml_tree import TreeBuilder

EntryType = TypeVar("EntryType", bound=Entry)
_FOLDER = resources.files(__package__)
_PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def built_in_rows() -> tuple[BuiltInRow, ...]:
    """Return the rows of the program, file by file in the order of their names."""
    files = sorted(_FOLDER.joinpath("rows").iterdir(), key=lambda each: each.name)
    read = [read_data(BuiltInRules, file) for file in files if file.name.endswith(".yaml")]
    return tuple(row for file in read for row in file.rules)


def row_of(rule_id: str) -> BuiltInRow:
    """Return the row of a rule of the program."""
    return next(row for row in built_in_rows() if row.id == rule_id)


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return the entries of ``words/<name>.yaml``."""
    return read_data(WordList, _FOLDER.joinpath("words", f"{name}.yaml")).words


@cache
def expression(file: str, *names: str, ignore_case: bool = False) -> re.Pattern[str]:
    """Return a pattern for any of the expressions of ``words/<file>.yaml`` under ``names``."""
    patterns = _expressions(file).patterns
    whole = "|".join(patterns[name] for name in names)
    return re.compile(whole, re.IGNORECASE if ignore_case else 0)


@cache
def _expressions(file: str) -> Expressions:
    return read_data(Expressions, _FOLDER.joinpath("words", f"{file}.yaml"))


def pairs(lines: Iterable[str]) -> dict[str, str]:
    """Return what stands before and after the arrow of each line ("a → b"), "" after none."""
    parted = (line.partition(ARROW) for line in lines)
    return {left.strip(): right.strip() for left, _, right in parted}


def read_data(model: type[EntryType], file: Traversable) -> EntryType:
    """Read one file of the program's data; raises ContentError with the places of its mistakes.

    YAML takes long to read, with places longest: nobody asks for those of a sound file, and a
    memory in use keeps what it says.
    """
    start = Place(Path(file.name), 1, 1)
    key = "/".join(("data:", *Path(str(file)).parts[-2:]))
    values = recall(key, lambda: plain_data(file), lambda value: isinstance(value, dict))
    entry, mistakes = validate(model, _node(values, start), start)
    if mistakes or entry is None:
        return read_with_places(model, file)
    return entry


def read_with_places(model: type[EntryType], file: Traversable) -> EntryType:
    """Read one file of the program's data as content is; raises as :func:`read_data` does."""
    entry, mistakes = validate(model, _tree(file), Place(Path(file.name), 1, 1))
    if mistakes or entry is None:
        raise ContentError(mistakes)
    return entry


def plain_data(file: Traversable) -> Any:
    """Return what a sound file says: dicts, lists and texts; None where it is no YAML."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), _PLAIN)
    except yaml.YAMLError:
        return None


def _tree(file: Traversable) -> Node:
    shown = Path(file.name)
    text = file.read_text(encoding="utf-8")
    builder = TreeBuilder(text, shown, text)
    fault = builder.run()
    problems = list(builder.problems)
    if fault is not None:
        problems.append(Problem(Place(shown, fault.line, fault.column), fault.key, fault.message))
    if problems:
        raise ContentError(problems)
    return builder.root


def _node(value: Any, place: Place) -> Any:
    """Return a tree as it was kept as one whose values all stand at ``place``."""
    if isinstance(value, dict):
        mapping = Mapping(place)
        mapping |= {name: _node(child, place) for name, child in value.items()}
        mapping.key_places = dict.fromkeys(mapping, place)
        return mapping
    if isinstance(value, list):
        sequence = Sequence(place)
        sequence += (_node(child, place) for child in value)
        return sequence
    return value if value is None else str(value)
