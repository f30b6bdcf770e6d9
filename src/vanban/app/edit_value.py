"""One value of a content file, changed in place; nothing else moves."""

from __future__ import annotations

from pathlib import Path

from vanban.app.content_file import ChangedMeanwhile, joined, node_at, open_file, version_of
from vanban.app.field import Field, Fields, names_in
from vanban.errors import ContentError, Place, UsageError
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.nd30.letters import composed_line
from vanban.provenance import Keys
from vanban.workspace.edit import delete, set_value
from vanban.workspace.files import AnyFile
from vanban.workspace.keys import Key, keys_of, shape_at
from vanban.workspace.source import Mapping, Node, Scalar, Sequence

__all__ = ["ChangedMeanwhile", "read_field", "write_field"]


def read_field(content: Path, file: Path, keys: Keys) -> Field:
    """Return the one value at ``keys``; raises UsageError where there is none."""
    found = Fields.of(open_file(content, file), names_in(None)).at(keys)
    if len(found) != 1 or found[0].keys != keys:
        raise UsageError(f"{file}: không có giá trị nào ở {joined(keys)}")
    return found[0]


def write_field(
    content: Path,
    file: Path,
    keys: Keys,
    version: str,
    text: str,
    stamp: Stamp,
    was: str | None = None,
) -> str:
    """Write ``text`` in the place of a value; return the version that its file then has.

    A key that may be there and is not is added, last; "" takes away one that need not be there.
    Where the value says so already nothing is written, and ``version`` comes back as it was
    given: other values of a newer file are not known to whoever asks. Raises ChangedMeanwhile
    where the file is not of that ``version`` and the value is not what it ``was`` (None: not
    known), so that others may change the rest of the file, whose ``version`` then comes back, too;
    ContentError where the file is written in a way that the change would touch more or the value
    must not be empty, Busy where another is changing it.
    """
    with locked(content):
        opened = open_file(content, file)
        tree = opened.tree()
        node, key = node_at(tree, keys), _key(opened.row, keys)
        parent = node_at(tree, keys[:-1]) if keys else None
        may_be_added = key is not None and isinstance(parent, Mapping)
        if isinstance(node, Mapping | Sequence) or (node is None and not may_be_added):
            raise UsageError(f"{file}: không có giá trị nào ở {joined(keys)}")
        now = _said(node)
        if now == composed_line(text):
            return version
        place = node.place if isinstance(node, Scalar) else Place(opened.shown)
        is_newer = opened.version != version
        if is_newer and (was is None or now != composed_line(was) or _is_twice(tree, keys)):
            raise ChangedMeanwhile(place, now, opened.version)
        if text.strip():
            new = set_value(opened.data, opened.shown, keys, text)
        elif key is None or key.required:
            message = "không được để trống — điền nội dung, hoặc xóa cả mục"
            raise ContentError.at(place, message, key.name if key is not None else "")
        else:
            new = delete(opened.data, opened.shown, keys)
        write_change(content, [(content / file, new)], stamp, read={content / file: opened.data})
    return version if is_newer else version_of(new)


def _said(node: Node) -> str:
    return composed_line(str(node or ""))


def _is_twice(tree: Node, keys: Keys) -> bool:
    """Return whether another item of a list says the same: which one was meant is not known."""
    for at, step in enumerate(keys):
        items = node_at(tree, keys[:at])
        if isinstance(step, int) and isinstance(items, Sequence):
            others = (item for number, item in enumerate(items) if number != step)
            own = _said(node_at(tree, keys))
            if any(_said(node_at(other, keys[at + 1 :])) == own for other in others):
                return True
    return False


def _key(row: AnyFile, keys: Keys) -> Key | None:
    """Return the key of a single value; None of an item of a list, or where no key leads."""
    above = shape_at(row.model, keys[:-1]) if keys else None
    name = keys[-1] if keys else ""
    if above is None or above.entry is None or not isinstance(name, str):
        return None
    key = keys_of(above.entry).get(name)
    return key if key is not None and key.shape.entry is None and key.shape.item is None else None
