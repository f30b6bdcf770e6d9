"""Chosen edits of a Word file → the content files before and after, each changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from vanban.errors import ContentError
from vanban.exchange.addresses import ID
from vanban.exchange.pull import Act, Edit
from vanban.provenance import Keys
from vanban.workspace.edit import delete, insert_items, set_values
from vanban.workspace.yaml_write import Item


def written(edits: Iterable[Edit]) -> dict[Path, tuple[bytes, bytes]]:
    """Return before and after of every file; raises EditError where one cannot be changed so.

    Values are set first; items come and go from the end of a list to its start, so that the places
    of the others stay.
    """
    edits = tuple(edits)
    files: dict[Path, tuple[bytes, bytes]] = {}
    for path in dict.fromkeys(edit.place.file for edit in edits):
        own = [edit for edit in edits if edit.place.file == path]
        before = path.read_bytes()
        values = {edit.keys: edit.new for edit in own if edit.act is Act.SET}
        after = set_values(before, path, values)
        moving = sorted((each for each in own if each.act is not Act.SET), key=_order)
        for (act, keys), same in groupby(moving, lambda each: (each.act, each.keys)):
            after = _changed(after, path, act, keys, tuple(same))
        if after != before:
            files[path] = before, after
    return files


def _order(edit: Edit) -> tuple[list[tuple[int, str]], bool, int]:
    """Sort from the end of a list to its start; at one place, what goes before what comes there."""
    steps = [(-step, "") if isinstance(step, int) else (0, step) for step in edit.keys]
    return steps, edit.act is Act.ADD, -edit.at


def _changed(data: bytes, path: Path, act: Act, keys: Keys, edits: tuple[Edit, ...]) -> bytes:
    """Return a file with the edits of one act at one place, the last in the Word file first."""
    match act:
        case Act.DELETE:
            return delete(data, path, keys)
        case Act.ADD:
            position = keys[-1]
            assert isinstance(position, int)
            return insert_items(data, path, keys[:-1], map(_item, reversed(edits)), position)
        case _:
            raise ContentError.at(edits[0].place, edits[0].note)


def _item(edit: Edit) -> Item:
    if not edit.field:
        return edit.new
    own = ((ID, edit.id),) if edit.id else ()
    return (*own, (edit.field, edit.new))
