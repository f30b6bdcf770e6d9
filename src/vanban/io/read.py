"""Reading a file that the user names: regular files only, and not without end."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """Yield a file opened for reading; links are followed.

    Raises OSError, worded by :func:`vanban.io.reasons.reason_of`: EISDIR for a folder, ENXIO for a
    device or a pipe (which is not waited for).
    """
    descriptor = os.open(path, _READING)
    try:
        _require_file(os.fstat(descriptor), path)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def read_file(path: str | Path, limit: int) -> bytes:
    """Return the bytes of a file of at most ``limit`` bytes; links are followed.

    Raises OSError as :func:`opened` does, EFBIG for a larger file.
    """
    return read_with_state(path, limit)[0]


def read_with_state(path: str | Path, limit: int) -> tuple[bytes, os.stat_result]:
    """Return what :func:`read_file` does, and the state that the file was in before."""
    descriptor = os.open(path, _READING)
    try:
        state = os.fstat(descriptor)
        _require_file(state, path)
        if state.st_size > limit:
            raise _refused(errno.EFBIG, path)
        data = b""  # of one that grows meanwhile, what it was
        while left := state.st_size - len(data):
            more = os.read(descriptor, left)
            if not more:
                break
            data += more
        return data, state
    finally:
        os.close(descriptor)


_READING = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC


def _require_file(state: os.stat_result, path: str | Path) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise _refused(errno.EISDIR, path)
    if not stat.S_ISREG(state.st_mode):
        raise _refused(errno.ENXIO, path)


def _refused(number: int, path: str | Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
