"""New files and folders put in their places together: all of them, or none.

What is new is made in a hidden folder beside its place. A journal then names every place; the old
is kept in the hidden folder until the last place is taken, and goes back where one cannot be. A
process that is killed leaves hidden folder and journal: :func:`recover` gives every place its old
content again, or lets all keep the new where the last had been taken.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.errors import MachineError
from vanban.io.owner import PREFIX, is_left_behind, owned_prefix
from vanban.io.reasons import not_written
from vanban.io.signed import is_signed

JOURNAL, HOME = "swap.json", "home"
_NO_LOCKS = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOTSUP)
"""What network disks answer that lock files only; there two at once may still mix their sets."""


class _Entry(Struct, frozen=True):
    """A place, what goes there and where its old content is kept; ``shown`` is for messages.

    ``made`` tells the new content again: inode and, of a file, the moment of its last change.
    Of a file that goes, ``new`` is an empty one that is there until it is gone.
    """

    target: Path
    new: Path
    old: Path
    shown: Path
    made: tuple[int, int] = (0, 0)
    goes: bool = False


def write_files(files: Iterable[tuple[Path, bytes | None]], fresh: bool = False) -> None:
    """Write every file, or remove it (None); where one cannot be, none has changed.

    Links are followed, but a link that goes leaves its file. A file that was there keeps its mode,
    a new one gets that of the umask. With ``fresh`` none may be there, even if another process has
    just put it there. Raises MachineError naming the file.
    """
    new: list[tuple[Path, bytes]] = []
    gone: list[Path] = []
    for path, data in files:
        if data is None:
            gone.append(path)
        else:
            new.append((path, data))
    with replacing(*(path for path, _ in new), gone=gone, fresh=fresh) as places:
        for (_, data), place in zip(new, places, strict=True):
            place.write_bytes(data)


@contextmanager
def replacing(
    *targets: Path, gone: Collection[Path] = (), fresh: bool = False
) -> Iterator[tuple[Path, ...]]:
    """Yield for each target a path to make its new content at, file or folder; then swap all in.

    The files ``gone`` are removed in the same swap. With an error in the block everything stays as
    it was. Raises MachineError naming the target where it, or what is made for it, cannot be
    written, bears a digital signature or, with ``fresh``, is there; other errors pass.
    """
    stages: dict[Path, Path] = {}
    entries: list[_Entry] = []
    with _new_folders(*targets, *gone), _removed(stages):
        for number, shown in enumerate((*targets, *gone)):
            goes = number >= len(targets)
            with _blamed_on(shown):
                target = shown.parent.resolve() / shown.name if goes else _followed(shown)
                stage = _stage(target.parent, stages)
                names = (stage / f"{number}.new", stage / f"{number}.old")
                if goes:
                    names[0].touch()
            entries.append(_Entry(target, *names, shown, goes=goes))
        try:
            yield tuple(entry.new for entry in entries if not entry.goes)
        except OSError as error:
            entry = _maker(error, entries)
            if entry is None:
                raise
            raise not_written(entry.shown, error) from error
        if entries:
            with _blamed_on(entries[0].shown), alone_in(stages):
                there = [each.shown for each in entries if fresh and os.path.lexists(each.target)]
                if there:
                    raise MachineError(f"đã có {there[0]} — chọn chỗ khác, không ghi đè")
                _swap(entries, stages)


def recover(*folders: Path) -> None:
    """Settle what killed processes left directly in ``folders``; never what a live one is making.

    Raises MachineError where that is not allowed.
    """
    for folder in folders:
        if not folder.is_dir():
            continue
        with _blamed_on(folder):
            for stage in sorted(folder.glob(f"{PREFIX}*")):
                # Another process may settle the same folder at this moment.
                with suppress(FileNotFoundError):
                    if is_left_behind(stage):
                        with alone_in([folder]):
                            _recover(stage)


@contextmanager
def alone_in(folders: Iterable[Path]) -> Iterator[None]:
    """Let no other process swap in the same folders; it waits for the moment that this takes."""
    import fcntl

    with ExitStack() as opened:
        for folder in sorted(folders):
            descriptor = os.open(folder, os.O_RDONLY)
            opened.callback(os.close, descriptor)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            except OSError as error:
                if error.errno not in _NO_LOCKS:
                    raise
        yield


# --- making -----------------------------------------------------------------------------------


def _followed(path: Path) -> Path:
    """Return where a path leads through its links; raises OSError where they go in a circle.

    Raises MachineError for a device or pipe, which must not be replaced by a file.
    """
    real = Path(os.path.realpath(path))
    if real.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    try:
        mode = real.stat().st_mode  # asked once: another process may be swapping it at this moment
    except FileNotFoundError:
        return real
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise MachineError(f"không ghi được {path}: đây không phải là tệp thường — chọn tên khác")
    return real


def _stage(parent: Path, stages: dict[Path, Path]) -> Path:
    """Return the hidden folder for targets in ``parent``; the first one made is home to all."""
    if parent not in stages:
        parent.mkdir(parents=True, exist_ok=True)
        recover(parent)
        stage = Path(tempfile.mkdtemp(dir=parent, prefix=owned_prefix()))
        home = next(iter(stages.values()), None)
        stages[parent] = stage
        if home is not None:
            (stage / HOME).write_text(os.path.relpath(home, stage), encoding="utf-8")
    return stages[parent]


@contextmanager
def _removed(stages: dict[Path, Path]) -> Iterator[None]:
    """Remove the hidden folders at the end."""
    try:
        yield
    finally:
        # A journal still there says that what was moved could not be put back: left to recover().
        if not any((stage / JOURNAL).exists() for stage in stages.values()):
            for stage in stages.values():
                shutil.rmtree(stage)


@contextmanager
def _new_folders(*targets: Path) -> Iterator[None]:
    """Remove again, after an error, the folders above ``targets`` that are not there yet."""
    missing = {
        parent
        for target in targets
        for parent in Path(os.path.realpath(target)).parents
        if not os.path.lexists(parent)
    }
    try:
        yield
    except BaseException:
        for parent in sorted(missing, reverse=True):
            with suppress(OSError):  # not made yet, or others use it by now
                parent.rmdir()
        raise


@contextmanager
def _blamed_on(shown: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(shown, error) from error


def _maker(error: OSError, entries: list[_Entry]) -> _Entry | None:
    """Return the entry whose new content could not be made, None where the error is another's."""
    # Copying names the source first and the target second.
    for name in (error.filename2, error.filename):
        for entry in entries:
            if isinstance(name, str | os.PathLike) and Path(name).is_relative_to(entry.new):
                return entry
    if error.filename is not None:
        return None
    # A write that fails tells no name: it was to what was made last.
    made = [entry for entry in entries if entry.new.exists()]
    return made[-1] if made else None


# --- swapping ---------------------------------------------------------------------------------


def _swap(entries: list[_Entry], stages: dict[Path, Path]) -> None:
    ready = []
    for entry in entries:
        with _blamed_on(entry.shown):
            _flush(entry.new)
            if not entry.goes:
                _keep_signed(entry)
                _take_over_mode(entry)
                entry = replace(entry, made=_identity(entry.new))
        ready.append(entry)
    home = next(iter(stages.values()))
    with _blamed_on(entries[0].shown):
        _write_journal(ready, home)
    try:
        for entry in ready:
            with _blamed_on(entry.shown):
                _place(entry)
    except BaseException:
        _undo(ready)
        (home / JOURNAL).unlink()
        raise
    for parent in stages:
        with _blamed_on(parent):
            _flush_one(parent)
    (home / JOURNAL).unlink()


def _keep_signed(entry: _Entry) -> None:
    """Raise MachineError where a signed PDF would become another file."""
    if is_signed(entry.target) and entry.target.read_bytes() != entry.new.read_bytes():
        raise MachineError(
            f"{entry.shown} đã ký số nên được giữ nguyên, không ghi đè — chuyển tệp đã ký sang thư "
            "mục khác rồi chạy lại"
        )


def _take_over_mode(entry: _Entry) -> None:
    """Give the new content mode and owner of the old; raises OSError where one is no file."""
    try:
        was = entry.target.stat()
    except FileNotFoundError:
        return
    if stat.S_ISDIR(was.st_mode) != entry.new.is_dir():
        number = errno.EISDIR if stat.S_ISDIR(was.st_mode) else errno.EEXIST
        raise OSError(number, os.strerror(number), str(entry.target))
    is_now = entry.new.stat()
    if os.geteuid() == 0 and (was.st_uid, was.st_gid) != (is_now.st_uid, is_now.st_gid):
        os.chown(entry.new, was.st_uid, was.st_gid)
    entry.new.chmod(stat.S_IMODE(was.st_mode))


def _place(entry: _Entry) -> None:
    if entry.goes:
        entry.target.rename(entry.old)
        entry.new.unlink()
        return
    if entry.target.is_dir():
        entry.target.rename(entry.old)
    elif entry.target.exists():
        try:
            entry.old.hardlink_to(entry.target)
        except OSError:  # a file system without links, or a file of somebody else
            shutil.copy2(entry.target, entry.old)
    entry.new.replace(entry.target)


def _undo(entries: list[_Entry]) -> None:
    """Put back what stood in every place; may be stopped at any moment and begun again."""
    for entry in reversed(entries):
        if entry.new.exists():  # not placed; a folder may have been moved away for it
            if entry.old.exists() and not entry.target.exists():
                entry.old.rename(entry.target)
        elif _identity(entry.target) != entry.made:
            continue  # changed by somebody since, or put back already
        elif not entry.old.exists():
            entry.target.rename(entry.new)
        else:
            if entry.target.is_dir():
                entry.target.rename(entry.new)
            entry.old.replace(entry.target)


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return found.st_ino, 0 if stat.S_ISDIR(found.st_mode) else found.st_mtime_ns


def _flush(path: Path) -> None:
    """Make sure that a file, or everything in a folder, is on the disk."""
    if path.is_dir():
        for each in path.iterdir():
            _flush(each)
    _flush_one(path)


def _flush_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks cannot
            raise
    finally:
        os.close(descriptor)


# --- the journal ------------------------------------------------------------------------------


def _write_journal(entries: list[_Entry], home: Path) -> None:
    """Write where everything is, seen from ``home``: the folder may be moved or copied."""
    lines = [
        {
            **{
                name: os.path.relpath(getattr(each, name), home)
                for name in ("target", "new", "old")
            },
            "made": each.made,
        }
        for each in entries
    ]
    draft = home / f"{JOURNAL}.new"
    draft.write_text(json.dumps(lines), encoding="utf-8")
    _flush(draft)
    draft.replace(home / JOURNAL)
    _flush_one(home)


def _read_journal(home: Path) -> list[_Entry]:
    lines = json.loads((home / JOURNAL).read_text(encoding="utf-8"))
    entries = []
    for line in lines:
        target, new, old = (
            Path(os.path.normpath(home / line[name])) for name in ("target", "new", "old")
        )
        entries.append(_Entry(target, new, old, target, (line["made"][0], line["made"][1])))
    return entries


def _recover(stage: Path) -> None:
    if (stage / HOME).exists():
        home = Path(os.path.normpath(stage / (stage / HOME).read_text(encoding="utf-8")))
        if (home / JOURNAL).exists():
            _recover(home)
    if (stage / JOURNAL).exists():
        entries = _read_journal(stage)
        if any(entry.new.exists() for entry in entries):  # else the last place was taken
            _undo(entries)
        (stage / JOURNAL).unlink()
    shutil.rmtree(stage)
