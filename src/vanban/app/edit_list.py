"""Items of lists that come, go and move; ids are made here, and each change can be undone."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from pathlib import Path

from msgspec import Struct

from vanban.app.content_file import (
    ChangedMeanwhile,
    OpenFile,
    joined,
    node_at,
    open_file,
    version_of,
)
from vanban.app.field import Fields, names_in
from vanban.app.load import Loaded, new_problems
from vanban.app.uses import uses_around
from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.evidence.file_names import slug
from vanban.exchange.pull_items import new_id as next_id
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.provenance import Keys
from vanban.workspace.edit import delete, insert_item, swap_with_next
from vanban.workspace.keys import keys_of, shape_at
from vanban.workspace.models.entry import Entry
from vanban.workspace.source import Mapping, Node, Scalar, Sequence
from vanban.workspace.typed_ids import DEFINITIONS, ids_of, kind_at
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_write import Item, Value

WORDS_OF_ID = 5
"""Words of a name that make an id."""


class Placed(Struct, frozen=True):
    """Where an item is now, and the version of its file."""

    keys: Keys
    version: str


class Deletion(Struct, frozen=True):
    """What goes with an item, and what would be wrong without it.

    ``problems`` are those of what refers to it, all where nothing does; ``following`` is how many
    others would come of them.
    """

    text: str
    problems: tuple[Problem, ...]
    following: int = 0


def add_item(
    content: Path,
    file: Path,
    keys: Keys,
    version: str,
    values: AnyMapping[str, str],
    stamp: Stamp,
    workspace: Workspace | None = None,
) -> Placed:
    """Put a new item at ``keys``, whose last is its position; ``values`` by key, "" of a text.

    Raises ContentError where a value is lacking, ChangedMeanwhile where the file is not of that
    ``version``, UsageError where there is no such list.
    """
    with locked(content):
        opened = _opened(content, file, keys, version)
        tree = opened.tree()
        blanks = Fields(opened, tree, names_in(None)).blanks(keys[:-1])
        if not blanks:
            raise UsageError(f"{file}: không thêm được mục ở {joined(keys)} — thêm trong cả tệp")
        place = Place(opened.shown)
        lacking = [each for each in blanks if not values.get(each.name, "").strip()]
        if lacking:
            raise ContentError(
                Problem(place, each.name, f"chưa điền {each.label.lower()} — điền rồi ghi")
                for each in lacking
            )
        item: Item = values.get("", "")
        shape = shape_at(opened.row.model, keys)
        if shape is not None and shape.entry is not None and not shape.shorthand:
            siblings = node_at(tree, keys[:-1])
            item = tuple(_entry(shape.entry, siblings, values, workspace, tree, opened))
        position = keys[-1]
        assert isinstance(position, int)
        there = node_at(tree, keys[:-1])
        count = len(there) if isinstance(there, Sequence) else 0
        position = min(position, count)
        new = insert_item(
            opened.data, opened.shown, keys[:-1], item, position if position < count else None
        )
        write_change(content, [(content / file, new)], stamp, read={content / file: opened.data})
    return Placed((*keys[:-1], position), version_of(new))


def _entry(
    model: type[Entry],
    siblings: Node,
    values: AnyMapping[str, str],
    workspace: Workspace | None,
    tree: Node,
    opened: OpenFile,
) -> list[tuple[str, Value]]:
    """Return the keys of a new item in the order of its model, its id made first."""
    found: list[tuple[str, Value]] = []
    for key in keys_of(model).values():
        kind = kind_at(DEFINITIONS, model, key.attribute)
        if kind is not None and key.required:
            own = [
                str(each[key.name])
                for each in (siblings if isinstance(siblings, Sequence) else ())
                if isinstance(each, Mapping) and isinstance(each.get(key.name), Scalar)
            ]
            held = workspace.held if workspace is not None else ()
            files = [(type(each.entry), each.entry.tree) for each in held]
            taken = {each.text for each in ids_of([*files, (opened.row.model, tree)], kind)}
            text = next((values[each] for each in values if values[each].strip()), "")
            stem = tree.get("ma") if isinstance(tree, Mapping) else None
            found.append((key.name, new_id(own, taken, text, str(stem or ""))))
        elif values.get(key.name, "").strip():
            found.append((key.name, values[key.name]))
    return found


def new_id(siblings: list[str], taken: set[str], text: str, stem: str = "") -> str:
    """Return an id that nothing has: numbered as its siblings are, else of the words of a text.

    Beside "tthc-09" it is "tthc-10"; a list without items takes the id of its file as ``stem``.
    """
    numbered = next((each for each in reversed(siblings) if each[-1:].isdecimal()), "")
    if numbered or (stem and not siblings):
        return next_id(numbered or f"{stem}-00", taken | set(siblings))
    name, number = "-".join(slug(text).split("-")[:WORDS_OF_ID]).lower() or "muc", 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found


def move_item(
    content: Path, file: Path, keys: Keys, version: str, up: bool, stamp: Stamp
) -> Placed:
    """Put an item one place up or down; ids and all other bytes stay.

    Raises ContentError where it stands in a way that more would change, ChangedMeanwhile as above.
    """
    with locked(content):
        opened = _opened(content, file, keys, version)
        position = keys[-1]
        assert isinstance(position, int)
        first = position - 1 if up else position
        if first < 0:
            raise UsageError("mục này đã ở đầu danh sách — tải lại trang")
        new = swap_with_next(opened.data, opened.shown, (*keys[:-1], first))
        write_change(content, [(content / file, new)], stamp, read={content / file: opened.data})
    return Placed((*keys[:-1], position - 1 if up else position + 1), version_of(new))


def deletion(loaded: Loaded, file: Path, keys: Keys) -> Deletion:
    """Return what deleting an item would do: what refers to it would lead nowhere."""
    content, year = loaded.workspace.root, loaded.workspace.year
    opened = open_file(content, file)
    node = node_at(opened.tree(), keys)
    if node is None:
        raise UsageError(f"{file}: không có mục nào ở {joined(keys)} — tải lại trang")
    new = delete(opened.data, opened.shown, keys)
    below = keys if isinstance(node, Scalar) else (*keys, "")
    uses = {(content / use.file, use.line) for use in uses_around(loaded.workspace, file, below)}
    problems = new_problems(content, year, {opened.shown: new})
    own = tuple(each for each in problems if (each.place.file, each.place.line) in uses)
    return Deletion(_said(node), own or problems, len(problems) - len(own or problems))


def delete_item(content: Path, file: Path, keys: Keys, version: str, stamp: Stamp) -> Placed:
    """Delete an item; see :func:`deletion` for what that does. Raises as :func:`move_item`."""
    with locked(content):
        opened = _opened(content, file, keys, version)
        new = delete(opened.data, opened.shown, keys)
        write_change(content, [(content / file, new)], stamp, read={content / file: opened.data})
    return Placed(keys, version_of(new))


def _opened(content: Path, file: Path, keys: Keys, version: str) -> OpenFile:
    """Open the file of an item, as long as it is of that ``version``."""
    opened = open_file(content, file)
    if not keys or not isinstance(keys[-1], int) or keys[-1] < 0:
        raise UsageError(f"{file}: {joined(keys)} không phải một mục của danh sách")
    if opened.version != version:
        now = node_at(opened.tree(), keys)
        place = now.place if now is not None else Place(opened.shown)
        raise ChangedMeanwhile(place, _said(now), opened.version)
    return opened


def _said(node: Node) -> str:
    """Return the texts of an item, one a line, as a person would recognise it."""
    if isinstance(node, Mapping):
        return "\n".join(filter(None, (_said(each) for each in node.values())))
    if isinstance(node, Sequence):
        return "\n".join(filter(None, map(_said, node)))
    return "" if node is None else " ".join(str(node).split())
