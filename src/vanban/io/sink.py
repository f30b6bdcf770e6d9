"""A file that a library of another language writes to: what it cannot bear is told afterwards."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


BLOCK = 1 << 16
"""Bytes that are passed on at a time."""


class _Sink(io.RawIOBase):
    """Takes everything and keeps the first failure; an exception would end the whole process."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        size = memoryview(data).nbytes
        if self.failure is None:
            try:
                self._file.write(data)
            except OSError as error:
                self.failure = error
        return size


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a stream to write ``path`` with; raises OSError at the end where it took not all."""
    try:
        with path.open("wb") as file:
            sink = _Sink(file)
            # A library writes many small pieces: most of them go no further than the buffer.
            with io.BufferedWriter(sink, BLOCK) as buffered:
                yield buffered
            if sink.failure is not None:
                raise sink.failure
    except OSError as error:
        # A write tells no name.
        raise OSError(error.errno, error.strerror, error.filename or str(path)) from error
