"""Chosen edits of a Word file → the content files before and after, each changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from vanban.errors import ContentError
from vanban.exchange.addresses import ID
from vanban.exchange.pull import Act, Edit
from vanban.workspace.edit import delete, insert_item, set_values
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
        for edit in sorted((each for each in own if each.act is not Act.SET), key=_order):
            after = _changed(after, edit)
        if after != before:
            files[path] = before, after
    return files


def _order(edit: Edit) -> tuple[list[tuple[int, str]], bool, int]:
    """Sort from the end of a list to its start; at one place, what goes before what comes there."""
    steps = [(-step, "") if isinstance(step, int) else (0, step) for step in edit.keys]
    return steps, edit.act is Act.ADD, -edit.at


def _changed(data: bytes, edit: Edit) -> bytes:
    path, keys = edit.place.file, edit.keys
    match edit.act:
        case Act.DELETE:
            return delete(data, path, keys)
        case Act.ADD:
            position = keys[-1]
            assert isinstance(position, int)
            return insert_item(data, path, keys[:-1], _item(edit), position)
        case _:
            raise ContentError.at(edit.place, edit.note)


def _item(edit: Edit) -> Item:
    if not edit.field:
        return edit.new
    own = ((ID, edit.id),) if edit.id else ()
    return (*own, (edit.field, edit.new))
