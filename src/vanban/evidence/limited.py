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
from typing import TypeVar

from vanban.evidence.file_errors import TooLarge

Result = TypeVar("Result")

MEMORY = 1_500_000_000
"""Bytes beyond those that the program has when it starts to read."""
SECONDS = 30
"""Of computing, for a file of any size; the slowest scans of 100 MB take about ten."""
BYTES_A_SECOND = 2_000_000
"""A larger file has more time: a second for so many bytes."""


def read_limited(read: Callable[[bytes], Result], data: bytes) -> Result:
    """Return ``read(data)``; raises what it raises, and TooLarge where it takes too much.

    Libraries that ``read`` needs should be loaded before, or each process loads its own. Where
    processes cannot be forked (Windows), ``read`` has no bounds but its own.
    """
    if "fork" not in get_all_start_methods():
        return read(data)
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sending, receiving, read, data), daemon=True)
    process.start()
    sending.close()
    try:
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
    return result  # type: ignore[no-any-return]


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
    import resource

    seconds = SECONDS + size // BYTES_A_SECOND
    wanted = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)]
    statm = Path("/proc/self/statm")
    if statm.exists():
        used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
        wanted.append((resource.RLIMIT_AS, used + MEMORY))
    for kind, limit in wanted:
        _, hard = resource.getrlimit(kind)
        bounded = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (bounded, hard))
