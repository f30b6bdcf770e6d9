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
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar, cast

from vanban.evidence.file_errors import TooLarge
from vanban.io.process import start_child

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


class _Died(Exception):
    """The process has gone without an answer."""


class _Process:
    """A process that reads one file after another; it starts with the first."""

    def __init__(self, start_method: str | None = None) -> None:
        usual = "fork" if "fork" in get_all_start_methods() else "spawn"
        self.owner = os.getpid()
        self._context: Any = get_context(start_method or usual)
        self._process: Any = None
        self._pipe: Connection | None = None

    def read(self, read: Read, data: bytes) -> object:
        """Return ``read(data)``; raises what it raises, and TooLarge."""
        if self._pipe is not None:
            try:
                return self._answer(self._pipe, read, data, send=True)
            except _Died:
                pass  # what files before have left may be at fault: a new process judges
        try:
            return self._answer(self._start(read, data), read, data)
        except _Died:
            raise _too_much() from None

    def end(self) -> None:
        if self._pipe is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._pipe = None

    def _start(self, read: Read, data: bytes) -> Connection:
        """Start with the first file, which a fork does not copy."""
        ours, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_serve, args=(theirs, ours, read, data), daemon=True
        )
        start_child(self._process)
        theirs.close()
        self._pipe = cast(Connection, ours)
        return self._pipe

    def _answer(self, pipe: Connection, read: Read, data: bytes, send: bool = False) -> object:
        try:
            if send:
                pipe.send((read, data))
            if not pipe.poll(WAITS * _seconds(len(data))):
                raise _too_much()
            result, error, full = pipe.recv()
        except (EOFError, ConnectionError):  # killed by a limit, or by an abort for want of memory
            self._process.join()
            used_up = self._process.exitcode == -getattr(signal, "SIGXCPU", 0)
            self.end()
            raise (_too_much() if used_up else _Died()) from None
        except BaseException:  # an answer may still come that is not of the next file
            self.end()
            raise
        if full:
            self.end()
        if error is not None:
            raise error
        return result


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


def _serve(pipe: Connection, other: Connection, read: Read, data: bytes) -> None:
    other.close()
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # libraries write English there
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process to answer
    before = _memory()
    while True:
        _limit(len(data))
        answer: tuple[object, Exception | None]
        try:
            answer = read(data), None
        except MemoryError:
            return
        except Exception as error:
            answer = None, error
        full = _memory() - before > LEFT_OVER
        pipe.send((*answer, full))
        if full:
            return
        del answer, data
        try:
            read, data = pipe.recv()
        except EOFError:
            return


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
