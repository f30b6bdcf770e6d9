"""Work done in a copy of this process, with which all the memory goes that it took.

Python gives memory back to the system only where nothing around it lives on; what a large document
is made from leaves holes, and what other libraries ask for later does not fit into them.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from threading import active_count
from typing import Any, TypeVar

from vanban.errors import MachineError
from vanban.io.process import start_child

Result = TypeVar("Result")


def done_apart(work: Callable[[], Result]) -> Result:
    """Return ``work()``, a value that can be pickled; raises what it raises.

    It is done here where processes cannot be copied, or have threads: a copy of one may wait for
    ever. Raises MachineError where the copy is ended, as where the machine has no memory left.
    """
    if "fork" not in get_all_start_methods() or active_count() > 1:
        return work()
    context: Any = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    start_child(process)
    theirs.close()
    try:
        result: Result
        result, error = ours.recv()
    except EOFError:
        raise MachineError(
            "phần việc làm riêng đã dừng giữa chừng, có thể vì máy hết bộ nhớ — đóng bớt chương "
            "trình rồi chạy lại"
        ) from None
    except BaseException:  # nobody waits for it any more
        process.kill()
        raise
    finally:
        process.join()
        ours.close()
    if error is not None:
        raise error
    return result


def _serve(pipe: Connection, work: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process to answer
    try:
        pipe.send((work(), None))
    except Exception as error:  # of the work: for whoever waits for it
        pipe.send((None, error))
