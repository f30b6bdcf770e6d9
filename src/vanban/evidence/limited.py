"""Reading what comes from outside in a process of its own, with a limit of time and of memory.

Bounds that a reader knows by itself come first and say more; this one stands behind them for
whatever nobody thought of.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar, cast

from vanban.evidence.file_errors import TooLarge
from vanban.io.process import start_child

Result = TypeVar("Result")

MEMORY = 1_500_000_000
"""Bytes beyond those that the program has when it starts to read."""
SECONDS = 30
"""Of computing, for a file of any size; the slowest scans of 100 MB take about ten."""
BYTES_A_SECOND = 2_000_000
"""A larger file has more time: a second for so many bytes."""
WAITS = 10
"""Seconds to wait for each second of computing: others may need the machine, or the file hang."""


def read_limited(
    read: Callable[[bytes], Result], data: bytes, start_method: str | None = None
) -> Result:
    """Return ``read(data)``; raises what it raises, and TooLarge where it takes too much.

    ``read`` must be picklable for ``start_method`` "spawn", the only one where processes cannot be
    forked. Libraries that it needs should be loaded before, or each process loads its own.
    """
    usual = "fork" if "fork" in get_all_start_methods() else "spawn"
    context: Any = get_context(start_method or usual)
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sending, receiving, read, data), daemon=True)
    start_child(process)
    sending.close()
    try:
        if not receiving.poll(WAITS * _seconds(len(data))):
            raise EOFError
        result, error = receiving.recv()
    except EOFError:  # killed by a limit, or by an abort for want of memory
        raise TooLarge(
            "đọc tệp mất quá nhiều thời gian hoặc bộ nhớ — in lại ra PDF, hoặc quét lại ở 300 dpi"
        ) from None
    finally:
        process.kill()
        process.join()
        receiving.close()
    if error is not None:
        raise error
    return cast(Result, result)


def _seconds(size: int) -> int:
    return SECONDS + size // BYTES_A_SECOND


def _serve(
    sending: Connection, receiving: Connection, read: Callable[[bytes], object], data: bytes
) -> None:
    receiving.close()
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # libraries write English there
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process to answer
    _limit(len(data))
    answer: tuple[object, Exception | None]
    try:
        answer = read(data), None
    except MemoryError:
        return
    except Exception as error:
        answer = None, error
    sending.send(answer)


def _limit(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the time that the first process waits is the only bound
        return
    wanted = [(resource.RLIMIT_CPU, _seconds(size)), (resource.RLIMIT_CORE, 0)]
    statm = Path("/proc/self/statm")
    if statm.exists():
        used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
        wanted.append((resource.RLIMIT_AS, used + MEMORY))
    for kind, limit in wanted:
        _, hard = resource.getrlimit(kind)
        bounded = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (bounded, hard))
