"""Reading what comes from outside in a process of its own, with a limit of time and of memory.

Bounds that a reader knows by itself come first and say more; this one stands behind them for
whatever nobody thought of. Many small files may share a process: each has the limits of a process
of its own, and none pays for what another left there.
"""

from __future__ import annotations

import math
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from multiprocessing import get_all_start_methods
from pathlib import Path
from threading import active_count
from typing import TypeVar, cast

from vanban.evidence.file_errors import TooLarge
from vanban.io.child import Child, ChildGone, ChildSlow, Questions

Result = TypeVar("Result")
Read = Callable[[bytes], object]

MEMORY = 1_500_000_000
"""Bytes beyond those that the program has when it starts to read."""
SECONDS = 30
"""Of computing, for a file of any size; the slowest scans of 100 MB take about ten."""
BYTES_A_SECOND = 2_000_000
"""A larger file has more time: a second for so many bytes."""
WAITS = 10
"""Seconds to wait for each second of computing: others may need the machine, or the file hang."""
SHARED = 8_000_000
"""Bytes of the largest file that is sent to a process which reads others too."""
LEFT_OVER = 200_000_000
"""Bytes that a process may keep of the files it has read before another takes its place."""


def read_limited(
    read: Callable[[bytes], Result], data: bytes, start_method: str | None = None
) -> Result:
    """Return ``read(data)``; raises what it raises, and TooLarge where it takes too much.

    ``read`` must be picklable inside :func:`one_process`, and for ``start_method`` "spawn", the
    only one where processes cannot be forked. Libraries that it needs should be loaded before, or
    each process loads its own.
    """
    shared = _shared_here()
    if shared is not None and start_method is None and len(data) <= SHARED:
        return cast(Result, shared.read(read, data))
    process = _Process(start_method)
    try:
        return cast(Result, process.read(read, data))
    finally:
        process.end()


@contextmanager
def one_process() -> Iterator[None]:
    """Let one process read all that is read inside ``with``; it starts when there is something.

    A file that breaks it is told as ever; another process reads the next.
    """
    if _shared_here() is not None:
        yield
        return
    process = _Process()
    token = _shared.set(process)
    try:
        yield
    finally:
        _shared.reset(token)
        process.end()


class _Process:
    """A process that reads one file after another; it starts with the first."""

    def __init__(self, start_method: str | None = None) -> None:
        usual = "fork" if "fork" in get_all_start_methods() else "spawn"
        self.owner = os.getpid()
        self._child = Child(_serve, start_method=start_method or usual)

    def read(self, read: Read, data: bytes) -> object:
        """Return ``read(data)``; raises what it raises, and TooLarge."""
        child, used = self._child, self._child.running
        if not used and active_count() > 1:
            _load_libraries()
        try:
            (child.ask if used else child.start)(read, data)
            return child.answer(WAITS * _seconds(len(data)))
        except ChildSlow:
            raise _too_much() from None
        except MemoryError:
            child.stop()
            status = None
        except ChildGone as gone:  # by a limit, or by an abort for want of memory
            status = gone.status
        finally:
            if child.full:
                child.stop()
        if not used or status == -getattr(signal, "SIGXCPU", 0):
            raise _too_much()
        return self.read(read, data)  # what files before have left may be at fault

    def end(self) -> None:
        self._child.stop()


def _load_libraries() -> None:
    """Load what files of any kind are read with: a copy waits for ever for what is half loaded.

    That is so where another thread was just loading it; who starts with a PDF may read pictures.
    """
    from vanban.evidence.pictures import load_decoders

    for name in ("pypdfium2", "vanban.evidence.pdf_reader", "vanban.evidence.pdf_pictures"):
        import_module(name)
    load_decoders()


_shared: ContextVar[_Process | None] = ContextVar("shared", default=None)


def _shared_here() -> _Process | None:
    """Return the process that reads all; None in a copy (fork) of the one that it answers."""
    shared = _shared.get()
    return shared if shared is not None and shared.owner == os.getpid() else None


def _too_much() -> TooLarge:
    return TooLarge(
        "đọc tệp mất quá nhiều thời gian hoặc bộ nhớ — in lại ra PDF, hoặc quét lại ở 300 dpi"
    )


def _seconds(size: int) -> int:
    return SECONDS + size // BYTES_A_SECOND


def _serve(questions: Questions) -> None:
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # libraries write English there
    before = _memory()
    questions.answer(_read, full=lambda: _memory() - before > LEFT_OVER)


def _read(read: Read, data: bytes) -> object:
    _limit(len(data))
    return read(data)


def _memory() -> int:
    """Return the bytes of addresses in use; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _limit(size: int) -> None:
    """Set the limits for reading ``size`` bytes from here on."""
    try:
        import resource
    except ImportError:  # Windows: the time that the first process waits is the only bound
        return
    seconds = math.ceil(time.process_time()) + _seconds(size)
    wanted = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)]
    used = _memory()
    if used:
        wanted.append((resource.RLIMIT_AS, used + MEMORY))
    for kind, limit in wanted:
        _, hard = resource.getrlimit(kind)
        bounded = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (bounded, hard))
