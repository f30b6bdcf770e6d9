"""Changes of a content folder, written down so that the last one can be taken back.

In: the files that a command writes. Out: the same files and one record, in one swap: whoever is
killed leaves both or neither. Records stand in ``.vanban/`` of the content folder: what is named
relative to the folder moves and is copied with it, and hidden names are neither content nor, here,
anything for git. All that writes is called under the lock of the folder.
"""

from __future__ import annotations

import base64
import json
import os
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct

from vanban.errors import ContentError, Place, Problem
from vanban.io.read import read_file
from vanban.io.reasons import not_written, reason_of
from vanban.io.swap import write_files

FOLDER = ".vanban"
MAX_RECORDS = 50
MAX_BYTES = 50_000_000
"""All records together; the newest is kept whatever its size."""
MAX_RECORD = 1_000_000_000
"""The largest evidence file, in letters."""
MAX_TEXT = 5_000_000
"""As of content files: what a larger file became is not kept to be shown."""


class Stamp(Struct, frozen=True):
    """When a command was given and its words, without the name of the program.

    ``person`` gave it at a desk with accounts, "" where the desk or the terminal knows none.
    """

    time: datetime
    words: str
    person: str = ""

    def __str__(self) -> str:
        by = f" – {self.person}" if self.person else ""
        return f"({self.time:%H:%M ngày %d/%m/%Y}): {self.words}{by}"


class Entry(Struct, frozen=True):
    """One file of a change, its path relative to the content folder.

    ``before`` is None for a file that was not there, and for one that was only ``moved_to``
    another path. The hash of what was left is None for one that was removed. ``left`` is what was
    left where that is text, to be shown.
    """

    path: str
    before: bytes | None
    left_sha256: str | None
    left: bytes | None = None
    moved_to: str | None = None


class Record(Struct, frozen=True):
    """One change: the file that it is written in, its number, and what it did.

    ``folders`` are those that were made for its files, relative to the content folder.
    """

    file: Path
    number: int
    stamp: Stamp
    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()


def write_change(
    content: Path,
    files: Iterable[tuple[Path, bytes | None]],
    stamp: Stamp,
    read: Mapping[Path, bytes | None],
    onto: Record | None = None,
) -> Record:
    """Write every file, or remove it (None), and the record of that, all or none.

    ``read`` are files that the new ones were made of, as they were then (None: not there), ``onto``
    is an earlier record of the same command, which then tells of both, unless another has changed a
    file of it since: what he did is kept by a record of its own. Raises ContentError where one that
    was read is another now (an editor knows no lock), or a file stands elsewhere, in a
    folder that is shared; MachineError naming the file that could not be written.
    """
    files = list(files)
    _refuse_elsewhere(content, (path for path, _ in files))
    _refuse_changed(read)
    if onto is not None and not _is_as_left(content, onto):
        onto = None
    known = {entry.path: entry for entry in onto.entries} if onto is not None else {}
    new = {_hash(data): _relative(content, path) for path, data in files if data is not None}
    for path, data in files:
        name = _relative(content, path)
        try:
            before = known[name].before if name in known else _bytes(path)
        except OSError as error:
            raise not_written(path, error) from error
        if data is None and (moved_to := new.get(_hash(before))) is not None:
            known[name] = Entry(name, None, None, moved_to=moved_to)  # scans are large: kept once
        else:
            known[name] = Entry(name, before, _hash(data), data if _is_text(data) else None)
    old = record_files(content)
    number = onto.number if onto is not None else _number(old[-1]) + 1 if old else 1
    made = (*(onto.folders if onto is not None else ()), *_missing_folders(content, known))
    record = Record(
        content / FOLDER / f"{number:06}.json",
        number,
        stamp,
        tuple(known.values()),
        tuple(dict.fromkeys(made)),
    )
    data = _encoded(record)
    is_new = not record.file.parent.exists()
    others = [path for path in old if path != record.file]
    write_files([*files, (record.file, data), *((path, None) for path in _too_many(others, data))])
    if is_new:  # who may write to the content may take back and go on after another user
        record.file.parent.chmod(stat.S_IMODE(content.stat().st_mode))
    return record


def take_back(content: Path, record: Record) -> None:
    """Put every file of ``record`` as it was before, and drop the record, all or none.

    Raises MachineError naming the file that could not be written.
    """
    files = []
    for entry in record.entries:
        moved = entry.moved_to
        files.append((content / entry.path, _bytes(content / moved) if moved else entry.before))
    write_files([*files, (record.file, None)])
    for name in sorted(record.folders, reverse=True):
        with suppress(OSError):  # others use it by now
            (content / name).rmdir()
    with suppress(OSError):  # earlier changes stand there
        record.file.parent.rmdir()


def changed_since(content: Path, record: Record) -> Iterator[tuple[Entry, bytes | None]]:
    """Yield the files that are no longer as ``record`` left them, with what they are now.

    Raises OSError where one cannot be read.
    """
    for entry in record.entries:
        now = _bytes(content / entry.path)
        if _hash(now) != entry.left_sha256:
            yield entry, now


def _is_as_left(content: Path, record: Record) -> bool:
    try:
        return not any(changed_since(content, record))
    except OSError:
        return False


def record_files(content: Path) -> tuple[Path, ...]:
    """Return the files of all records, oldest first; none is read."""
    found = (content / FOLDER).glob("*.json")
    return tuple(sorted((path for path in found if path.stem.isdecimal()), key=_number))


def read_record(file: Path) -> Record:
    """Read one record; raises ContentError with one located line where it is damaged."""
    try:
        found = json.loads(read_file(file, MAX_RECORD))
        return Record(
            file,
            _number(file),
            Stamp(
                datetime.fromisoformat(found["time"]),
                str(found["command"]),
                str(found.get("person", "")),
            ),
            tuple(_entry(each) for each in found["files"]),
            tuple(_safe(each) for each in found["folders"]),
        )
    except json.JSONDecodeError as error:
        raise _damaged(file, error.lineno, error.colno) from error
    except OSError as error:
        raise _damaged(file, 0, 0, f" ({reason_of(error)})") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise _damaged(file, 1, 1) from error


def _damaged(file: Path, line: int, column: int, reason: str = "") -> ContentError:
    message = (
        f"bản ghi thay đổi này bị hỏng{reason}, không lấy lại được — xóa tệp này để lấy lại được "
        "thay đổi trước nó; nội dung hiện nay không bị ảnh hưởng"
    )
    return ContentError.at(Place(file, line, column), message)


# --- as it is written -------------------------------------------------------------------------


def _encoded(record: Record) -> bytes:
    found = {
        "time": record.stamp.time.isoformat(timespec="seconds"),
        "command": record.stamp.words,
        "person": record.stamp.person,
        "folders": record.folders,
        "files": [
            {
                "path": entry.path,
                "before": _packed(entry.before),
                "before_sha256": _hash(entry.before),
                "left": _packed(entry.left),
                "left_sha256": entry.left_sha256,
                "moved_to": entry.moved_to,
            }
            for entry in record.entries
        ],
    }
    return json.dumps(found, indent=1).encode("ascii")


def _entry(found: dict[str, Any]) -> Entry:
    before, left = _unpacked(found["before"]), _unpacked(found["left"])
    if _hash(before) != found["before_sha256"]:
        raise ValueError("not the bytes that were written")
    moved_to = None if found["moved_to"] is None else _safe(found["moved_to"])
    return Entry(_safe(found["path"]), before, found["left_sha256"], left, moved_to)


def _safe(name: str) -> str:
    """Return a name that leads to below the content folder; raises ValueError for another."""
    path = PurePath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(name)
    return name


def _packed(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(zlib.compress(data)).decode("ascii")


def _unpacked(text: str | None) -> bytes | None:
    return None if text is None else zlib.decompress(base64.b64decode(text, validate=True))


def _hash(data: bytes | None) -> str | None:
    return None if data is None else sha256(data).hexdigest()


def _is_text(data: bytes | None) -> bool:
    if data is None or len(data) > MAX_TEXT or b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# --- files ------------------------------------------------------------------------------------


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _relative(content: Path, path: Path) -> str:
    name = os.path.relpath(path.absolute(), content.absolute())
    return _safe(PurePath(name).as_posix())


def _refuse_elsewhere(content: Path, paths: Iterable[Path]) -> None:
    own = content.absolute()
    message = f"không thuộc {content}, lệnh này không ghi vào — sửa tệp này ở chính chỗ của nó"
    elsewhere = [path for path in paths if not path.absolute().is_relative_to(own)]
    if elsewhere:
        raise ContentError(Problem(Place(path), "", message) for path in elsewhere)


def _refuse_changed(read: Mapping[Path, bytes | None]) -> None:
    message = "vừa được sửa ở nơi khác, chưa ghi gì — xem lại rồi làm lại"
    changed = [path for path, was in read.items() if _bytes(path) != was]
    if changed:
        raise ContentError(Problem(Place(path), "", message) for path in changed)


def _missing_folders(content: Path, names: Iterable[str]) -> tuple[str, ...]:
    parents = {parent.as_posix() for name in names for parent in PurePath(name).parents}
    return tuple(sorted(name for name in parents if not (content / name).exists()))


def _number(file: Path) -> int:
    return int(file.stem)


def _too_many(others: list[Path], newest: bytes) -> list[Path]:
    """Return which of the earlier records, oldest first, have no room beside the newest."""
    room = MAX_BYTES - len(newest)
    kept = 0
    for path in reversed(others[-(MAX_RECORDS - 1) :]):
        room -= path.stat().st_size
        if room < 0:
            break
        kept += 1
    return others[: len(others) - kept]
