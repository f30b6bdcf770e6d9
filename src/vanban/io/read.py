"""Reading a file that the user names: regular files only, and not without end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_file(path: Path, limit: int) -> bytes:
    """Return the bytes of a file of at most ``limit`` bytes; links are followed.

    Raises OSError, worded by :func:`vanban.io.reasons.reason_of`: EISDIR for a folder, ENXIO for a
    device or a pipe (which is not waited for), EFBIG for a larger file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise _refused(errno.EISDIR, path)
        if not stat.S_ISREG(found.st_mode):
            raise _refused(errno.ENXIO, path)
        if found.st_size > limit:
            raise _refused(errno.EFBIG, path)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(limit)  # of one that grows meanwhile, what it was
    finally:
        os.close(descriptor)


def _refused(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
