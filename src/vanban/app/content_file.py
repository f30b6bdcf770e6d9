"""One content file as it is now: its row, its bytes and what they say, to be shown or changed."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.io.read import read_file
from vanban.provenance import Keys
from vanban.workspace.files import HOUSE_RULES, AnyFile, row_of
from vanban.workspace.folder import chosen_year, shown_path
from vanban.workspace.source import Mapping, Node, Sequence
from vanban.workspace.yaml_file import MAX_BYTES, parse_yaml, unread


class ChangedMeanwhile(ContentError):
    """The file is no longer as it was when it was read.

    ``now`` is what stands at the place now, ``version`` that of the file now.
    """

    def __init__(self, place: Place, now: str, version: str = "") -> None:
        message = "tệp vừa được sửa ở nơi khác — xem cả hai bản rồi chọn bản giữ lại"
        super().__init__([Problem(place, "", message)])
        self.now, self.version = now, version


class OpenFile(Struct, frozen=True):
    """A file at ``path``, relative to the content folder; ``shown`` is what messages print."""

    row: AnyFile
    path: Path
    shown: Path
    data: bytes

    @property
    def version(self) -> str:
        return version_of(self.data)

    def tree(self) -> Node:
        """Return what the file says; raises ContentError where it cannot be read."""
        read = parse_yaml(self.data, self.shown)
        if read.problems:
            raise ContentError(read.problems)
        return read.tree


def open_file(content: Path, file: Path) -> OpenFile:
    """Read ``file``, relative to the content folder; raises UsageError where it is none of it."""
    row = row_of(file)
    if row is None or ".." in file.parts or not (content / file).is_file():
        raise UsageError(f"{file}: đây không phải là tệp nội dung")
    return OpenFile(row, file, shown_path(content / file), bytes_at(content / file))


def bytes_at(path: Path) -> bytes:
    """Return the bytes of a content file; raises ContentError where they cannot be read."""
    try:
        return read_file(path, MAX_BYTES)
    except OSError as error:
        raise ContentError(unread(shown_path(path), error).problems) from error


def content_bytes(content: Path, year: int | None) -> dict[Path, bytes]:
    """Return what the content files of a year (None: the newest) hold, by shown path.

    One that cannot be read is left out: loading tells of it.
    """
    held: dict[Path, bytes] = {}
    folders = (content / HOUSE_RULES.name, content / str(year or chosen_year(content, year)))
    below = (path for folder in folders for path in folder.rglob("*.yaml"))
    for path in (*content.glob("*.yaml"), *below):
        with suppress(OSError):
            held[shown_path(path)] = path.read_bytes()
    return held


def read_of(known: AnyMapping[Path, bytes], files: Iterable[Path]) -> dict[Path, bytes | None]:
    """Return what ``known``, :func:`content_bytes`, held of ``files``; None of one not there."""
    return {path: known.get(shown_path(path)) for path in files}


def version_of(data: bytes) -> str:
    """Return the hash (hex) by which a file is known to be as it was."""
    return sha256(data).hexdigest()


def node_at(node: Node, keys: Keys) -> Node:
    """Return what stands at ``keys``, None where nothing does."""
    for step in keys:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node):
            node = node[step]
        else:
            return None
    return node


def joined(keys: Keys) -> str:
    return ".".join(map(str, keys)) or "(cả tệp)"
