"""One writer at a time in a content folder; readers never wait.

The lock file stands in the folder while a command changes it, and says who does. The system
itself drops the lock of a process that died; its file is taken over by the next.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from vanban.errors import MachineError
from vanban.io.owner import PREFIX
from vanban.io.reasons import not_written
from vanban.io.swap import recover

LOCK = ".lock"
WAIT = 30.0
"""Seconds that a command waits for others: adding a document takes about one under the lock,
mending all of the content up to ten."""


class Busy(MachineError):
    """Another process is changing the folder; says who."""


@contextmanager
def locked(content: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the content folder for changing it.

    Raises :class:`Busy` where another still holds it after ``wait`` seconds, MachineError where
    the folder does not let itself be written to.
    """
    from filelock import FileLock, Timeout  # half of the commands do not need it

    path = content / LOCK
    try:
        # Who may write to the folder may take the lock after another user.
        mode = content.stat().st_mode & 0o666 | 0o600
        lock = FileLock(path, timeout=wait, poll_interval=0.05, mode=mode, on_acquired=_sign)
        lock.acquire()
    except Timeout:
        raise Busy(
            f"thư mục {content} đang được sửa{_holder(path)} — đợi lệnh ấy xong rồi chạy lại"
        ) from None
    except OSError as error:
        raise not_written(content, error) from error
    try:
        yield
    finally:
        # Whoever waits opens the file anew, and sees that it is no longer the one at this name.
        path.unlink(missing_ok=True)
        lock.release()


def locked_to_write(content: Path, stamp: object | None) -> AbstractContextManager[None]:
    """Hold the folder where there is a ``stamp`` to write by: who only looks never waits."""
    return nullcontext() if stamp is None else locked(content)


def settle(content: Path) -> None:
    """Put right what killed commands left in a content folder; MachineError if not allowed."""
    found = [path for depth in ("", "*/", "*/*/") for path in content.glob(f"{depth}{PREFIX}*")]
    if found:
        # Whoever is changing the folder now puts it right himself.
        with suppress(Busy), locked(content, wait=0):
            recover(*sorted({path.parent for path in found}))
    elif any(content.glob(LOCK)):  # nothing, not an error, where nobody may look
        # Of a command that was killed, or still at work; who only reads does not mind which.
        with suppress(MachineError), locked(content, wait=0):
            pass  # its file goes with the lock


def holds_files(folder: Path) -> bool:
    """Say whether anything but folders stands in ``folder``, once killed commands are put right."""
    if not folder.is_dir():
        return os.path.lexists(folder)
    settle(folder)
    return any(each.is_symlink() or not each.is_dir() for each in folder.rglob("*"))


def _sign(descriptor: int) -> None:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        user = str(os.getuid())
    holder = {
        "user": user,
        "host": platform.node(),
        "pid": os.getpid(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "since": datetime.now().isoformat(timespec="seconds"),
    }
    with suppress(OSError):  # on a full disk: it is held all the same, and nobody reads by whom
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(holder).encode())


def _holder(path: Path) -> str:
    """Return who holds the lock as words; nothing where the file does not say it (yet)."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(held["since"])
        return (
            f" bởi {held['user']} trên máy {held['host']} từ {since:%H:%M ngày %d/%m/%Y} "
            f"(lệnh “{held['command']}”, tiến trình {held['pid']})"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""
