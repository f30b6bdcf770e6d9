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
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise _refused(errno.EISDIR, path)
        if not stat.S_ISREG(mode):
            raise _refused(errno.ENXIO, path)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def read_file(path: Path, limit: int) -> bytes:
    """Return the bytes of a file of at most ``limit`` bytes; links are followed.

    Raises OSError as :func:`opened` does, EFBIG for a larger file.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise _refused(errno.EFBIG, path)
        return file.read(limit)  # of one that grows meanwhile, what it was


def _refused(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
