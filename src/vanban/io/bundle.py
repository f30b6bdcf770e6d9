"""Folders as one piece of bytes with the hash that names it, and back, on whatever machine.

In: folders by name. Out: a :class:`Bundle`; the same files give the same bytes. What comes from
another machine is trusted in nothing: it holds folders and regular files below one folder, of no
more bytes than are allowed, and is what its hash says, or nothing of it is used.

A bundle is a line of JSON, [[name, size] …] sorted by name with a size of null for a folder, then
the bytes of the files in that order; all compressed.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import zlib
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from vanban.errors import MachineError
from vanban.io.read import read_file
from vanban.io.scratch import new_folder
from vanban.io.walk import walk

MOST_BYTES = 500_000_000
"""In one bundle, not compressed: all that a ward has to read, its scans included."""
MOST_FILES = 50_000
_SPEED = 1
"""Of zlib: a fifth larger than the best and three times as fast."""


class Bundle(Struct, frozen=True):
    """Folders with all that is in them: the hash (hex) of what is in there, and the bytes."""

    digest: str
    data: bytes


def bundled(
    folders: Mapping[str, Path],
    instead: Mapping[str, bytes] | None = None,
    hidden: Collection[str] = (),
) -> Bundle:
    """Return the ``folders`` by the names that they have in the bundle, links followed.

    ``instead`` are files by name that stand for those on the disk. Hidden files and folders are
    left out, but in folders that ``hidden`` names, of the ``folders`` or below. Raises OSError
    where a file cannot be read, is none (EISDIR, ENXIO) or makes the bundle larger than is sent
    (EFBIG).
    """
    held: dict[str, bytes | None] = {}
    left = MOST_BYTES
    for root, folder in sorted(folders.items()):
        held[root] = None
        for name, path in _below(root, folder, hidden):
            held[f"{root}/{name}"] = data = None if path.is_dir() else read_file(path, left)
            left -= len(data or b"")
    held |= instead or {}
    if len(held) > MOST_FILES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(next(iter(folders.values()))))
    return _packed(held)


def unpacked(bundle: Bundle, folder: Path) -> None:
    """Write what ``bundle`` holds below ``folder``, which is empty.

    Raises MachineError where the bundle is not whole, or was made to do harm; OSError where it
    cannot be written.
    """
    for name, data in _held(bundle).items():
        path = folder / name
        try:
            if data is None:
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            raise _damaged("một tên là cả tệp lẫn thư mục") from None


class Kept:
    """Bundles that were unpacked, by hash, on the machine that works with them.

    Those used least lately go where all together are more than ``most`` bytes.
    """

    def __init__(self, most: int = 4 * MOST_BYTES) -> None:
        self._most = most
        self._folder: Path | None = None
        self._sizes: dict[str, int] = {}

    def folder(self, bundle: Bundle) -> Path:
        """Return the folder that holds what ``bundle`` does; nobody may change it.

        It stays until the next call at least. Raises what :func:`unpacked` does.
        """
        if self._folder is None:
            self._folder = new_folder()
        place = self._folder / bundle.digest
        size = self._sizes.pop(bundle.digest, None)
        if size is None:
            half = self._folder / "half"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            unpacked(bundle, half)
            size = sum(path.stat().st_size for path in half.rglob("*"))
            half.rename(place)
        self._sizes[bundle.digest] = size  # the latest used comes last
        self._evict(bundle.digest)
        return place

    def clear(self) -> None:
        """Remove all."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None
        self._sizes.clear()

    def _evict(self, needed: str) -> None:
        assert self._folder is not None
        for digest in tuple(self._sizes):
            if digest != needed and sum(self._sizes.values()) > self._most:
                shutil.rmtree(self._folder / digest)
                del self._sizes[digest]


def _below(root: str, folder: Path, hidden: Collection[str]) -> Iterator[tuple[str, Path]]:
    """Yield what is below ``folder``, which is called ``root``."""
    for parent, below, files in walk(folder, _raised):
        way = Path(parent).relative_to(folder)
        every = any(each in hidden for each in (root, *way.parts))
        below[:] = [name for name in below if every or not name.startswith(".")]
        for name in (*below, *files):
            if every or not name.startswith("."):
                yield (way / name).as_posix(), Path(parent, name)


def _raised(error: OSError) -> None:
    raise error


def _packed(held: Mapping[str, bytes | None]) -> Bundle:
    names = sorted(held)
    index = json.dumps(
        [[name, None if (data := held[name]) is None else len(data)] for name in names]
    )
    whole = b"".join((index.encode("ascii"), b"\n", *(held[name] or b"" for name in names)))
    return Bundle(sha256(whole).hexdigest(), zlib.compress(whole, _SPEED))


def _held(bundle: Bundle) -> dict[str, bytes | None]:
    """Return what a bundle holds; raises MachineError for one that :func:`bundled` did not make."""
    most = MOST_BYTES + 1000 * MOST_FILES
    opened = zlib.decompressobj()
    try:
        whole = opened.decompress(bundle.data, most)
    except zlib.error:
        raise _damaged("không giải nén được") from None
    if not opened.eof or opened.unused_data or sha256(whole).hexdigest() != bundle.digest:
        raise _damaged("không đúng mã băm")
    head, _, rest = whole.partition(b"\n")
    held: dict[str, bytes | None] = {}
    at = 0
    try:
        for name, size in json.loads(head):
            if not _is_safe(name) or name in held or len(held) == MOST_FILES:
                raise ValueError(name)
            held[name] = None if size is None else rest[at : at + _counted(size)]
            at += size or 0
    except (ValueError, TypeError, RecursionError):
        raise _damaged("danh mục tệp sai") from None
    if at != len(rest):
        raise _damaged("thiếu hoặc thừa tệp")
    return held


def _counted(size: object) -> int:
    if type(size) is not int or size < 0:
        raise ValueError(size)
    return size


def _is_safe(name: object) -> bool:
    """Say whether a name leads to below the folder that it is written in.

    Raises ValueError for one that no file here can have.
    """
    return (
        isinstance(name, str)
        and b"\0" not in os.fsencode(name)
        and not {"", ".", ".."}.intersection(name.split("/"))
    )


def _damaged(how: str) -> MachineError:
    return MachineError(f"gói dữ liệu gửi đến máy này bị hỏng ({how}), không dùng — chạy lại lệnh")
