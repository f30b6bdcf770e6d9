"""Chosen edits of a Word file → the content files before and after, each changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from vanban.errors import ContentError, Problem
from vanban.exchange.addresses import ID
from vanban.exchange.pull import Act, Edit
from vanban.workspace.edit import delete, insert_item, set_value
from vanban.workspace.yaml_write import Item


def written(edits: Iterable[Edit]) -> dict[Path, tuple[bytes, bytes]]:
    """Return before and after of every file; raises EditError where one cannot be changed so.

    Values are set first; items come and go from the end of a list to its start, so that the places
    of the others stay.
    """
    files: dict[Path, tuple[bytes, bytes]] = {}
    for edit in sorted(edits, key=_order, reverse=True):
        path = edit.place.file
        before, data = files.get(path) or (path.read_bytes(),) * 2
        files[path] = before, _changed(data, edit)
    return {path: each for path, each in files.items() if each[0] != each[1]}


def _order(edit: Edit) -> tuple[object, ...]:
    steps = [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in edit.keys]
    return edit.act is Act.SET, str(edit.place.file), steps, edit.at


def _changed(data: bytes, edit: Edit) -> bytes:
    path, keys = edit.place.file, edit.keys
    match edit.act:
        case Act.SET:
            return set_value(data, path, keys, edit.new)
        case Act.DELETE:
            return delete(data, path, keys)
        case Act.ADD:
            position = keys[-1]
            assert isinstance(position, int)
            return insert_item(data, path, keys[:-1], _item(edit), position)
        case Act.NONE:
            raise ContentError([Problem(edit.place, "", edit.note)])


def _item(edit: Edit) -> Item:
    if not edit.field:
        return edit.new
    own = ((ID, edit.id),) if edit.id else ()
    return (*own, (edit.field, edit.new))
