"""One value of a content file, shown with its label and changed in place; nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.read import read_file
from vanban.provenance import Keys
from vanban.workspace.edit import set_value
from vanban.workspace.files import AnyFile, row_of
from vanban.workspace.folder import shown_path
from vanban.workspace.keys import Key, keys_of, shape_at
from vanban.workspace.source import Mapping, Node, Scalar, Sequence
from vanban.workspace.yaml_file import MAX_BYTES, parse_yaml


@dataclass(frozen=True)
class Field:
    """A value: where it stands, what it is called and what it says.

    ``version`` is the hash (hex) of its file; a change that names another is refused. ``place``
    names line and column. ``labels`` lead from the file to the value.
    """

    file: Path
    keys: Keys
    version: str
    place: Place
    labels: tuple[str, ...]
    description: str
    form: str
    text: str


class ChangedMeanwhile(ContentError):
    """The file is no longer as it was when the value was read; ``now`` is what stands there."""

    def __init__(self, place: Place, now: str) -> None:
        message = "tệp vừa được sửa ở nơi khác — xem bản hiện nay rồi sửa lại"
        super().__init__([Problem(place, "", message)])
        self.now = now


MOST = 30
"""Values of a list or a group that are shown together."""


def read_fields(content: Path, file: Path, keys: Keys) -> tuple[Field, ...]:
    """Return the value at ``keys`` of ``file``, a path relative to the content folder.

    Of a list or a group the values in it, at most :data:`MOST`. Raises UsageError where ``file``
    is no content file; nothing stands where no key leads.
    """
    row = _row(content, file)
    data = _bytes(content, file)
    leaves = islice(_leaves(_at(_tree(content, file, data), keys), keys), MOST)
    return tuple(_field(row, content, file, data, node, path) for node, path in leaves)


def read_field(content: Path, file: Path, keys: Keys) -> Field:
    """Return the one value at ``keys``; raises UsageError where there is none."""
    found = read_fields(content, file, keys)
    if len(found) != 1 or found[0].keys != keys:
        raise UsageError(f"{file}: không có giá trị nào ở {_joined(keys)}")
    return found[0]


def _field(row: AnyFile, content: Path, file: Path, data: bytes, node: Scalar, keys: Keys) -> Field:
    labels, description, form = _described(row, keys)
    return Field(file, keys, version_of(data), node.place, labels, description, form, str(node))


def _leaves(node: Node | None, keys: Keys) -> Iterator[tuple[Scalar, Keys]]:
    if isinstance(node, Scalar):
        yield node, keys
    elif isinstance(node, Mapping):
        for key, below in node.items():
            yield from _leaves(below, (*keys, key))
    elif isinstance(node, Sequence):
        for number, below in enumerate(node):
            yield from _leaves(below, (*keys, number))


def write_field(
    content: Path, file: Path, keys: Keys, version: str, text: str, stamp: Stamp
) -> str:
    """Write ``text`` in the place of a value; return the version that its file then has.

    Where the value says so already nothing is written, and ``version`` comes back as it was
    given: other values of a newer file are not known to whoever asks. Raises ChangedMeanwhile
    where the file is not of that ``version``, ContentError where the file is written in a way that
    the change would touch more, Busy where another is changing it.
    """
    _row(content, file)
    path = content / file
    with locked(content):
        data = _bytes(content, file)
        node = _at(_tree(content, file, data), keys)
        if not isinstance(node, Scalar):
            raise UsageError(f"{file}: không có giá trị nào ở {_joined(keys)}")
        if str(node) == text:
            return version
        if version_of(data) != version:
            raise ChangedMeanwhile(node.place, str(node))
        new = set_value(data, shown_path(path), keys, text)
        write_change(content, [(path, new)], stamp)
    return version_of(new)


def _row(content: Path, file: Path) -> AnyFile:
    """Return the row that reads ``file``; raises UsageError where none does."""
    row = row_of(file)
    if row is not None and ".." not in file.parts and (content / file).is_file():
        return row
    raise UsageError(f"{file}: đây không phải là tệp nội dung")


def _bytes(content: Path, file: Path) -> bytes:
    return read_file(content / file, MAX_BYTES)


def version_of(data: bytes) -> str:
    """Return the hash (hex) by which a file is known to be as it was."""
    return sha256(data).hexdigest()


def _tree(content: Path, file: Path, data: bytes) -> Node | None:
    read = parse_yaml(data, shown_path(content / file))
    if read.problems:
        raise ContentError(read.problems)
    return read.tree


def _at(node: Node | None, keys: Keys) -> Node | None:
    for step in keys:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def _described(row: AnyFile, keys: Keys) -> tuple[tuple[str, ...], str, str]:
    """Return the labels on the way to a value, what it means, and its form in words."""
    labels: list[str] = []
    description = ""
    for number, step in enumerate(keys):
        if isinstance(step, int):
            labels.append(f"thứ {step + 1}")
            continue
        above = shape_at(row.model, keys[:number])
        key: Key | None = None
        if above is not None and above.entry is not None:
            key = keys_of(above.entry).get(step)
        labels.append(key.label if key is not None else step)
        description = key.description if key is not None else description
    shape = shape_at(row.model, keys)
    return (row.title, *labels), description, shape.name if shape is not None else ""


def _joined(keys: Keys) -> str:
    return ".".join(map(str, keys)) or "(cả tệp)"
