"""Worker processes that are kept warm, and outlive the death of one of them.

An executor (:mod:`concurrent.futures`) whose every process works at one thing at a time. Where a
process dies (killed, no memory, a fault in a library) only its own thing is lost: another process
tries that once more, and if it dies too, the future raises :class:`WorkerDied`. A process that
holds more memory than it may when it has done a thing makes room for a new one; one that is at a
thing for longer than it may is ended.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from vanban.errors import MachineError
from vanban.io.child import Child, ChildGone, ChildSlow, Questions, beginning

Given = ParamSpec("Given")
Result = TypeVar("Result")

MEMORY = 500_000_000
"""Bytes (resident) that a process may hold between two things to do: after some 300 documents."""
GARBAGE = (50_000, 10, 100)
"""When a process looks for garbage (gc): much is made and kept, and looking often takes time."""
LIMIT = 1800.0
"""Seconds that one thing may take: the largest ward takes minutes on a busy machine."""
FEWER = ", hoặc ghi --jobs nhỏ hơn"
TRIES = 2
"""Whoever dies once may have died for others, as where a machine has no memory left."""


class WorkerDied(ChildGone):
    """The process that did something died each time; ``status`` is that of the last."""


def cores() -> int:
    """Return how many processes can work at once: the cores of the machine given to this one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Executor):
    """So many processes, each begun when there is something for it to do.

    Each may hold ``memory`` (bytes) between two things, and be at one for ``limit`` (seconds).
    """

    def __init__(self, jobs: int, memory: int = MEMORY, limit: float = LIMIT) -> None:
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._workers = [_Worker(self._queue, memory, limit) for _ in range(jobs)]
        self._ending = False

    def submit(
        self, work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Result]:
        """Have ``work``, importable by name, done in one of the processes."""
        if self._ending:
            raise RuntimeError("these workers are ending")
        future: Future[Result] = Future()
        self._queue.put((future, (work, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes once all is done, or with ``cancel_futures`` what was begun."""
        self._ending = True
        while cancel_futures:
            try:
                task = self._queue.get_nowait()
            except Empty:
                break
            if task is not None:
                task[0].cancel()
        for _ in self._workers:
            self._queue.put(None)
        for worker in self._workers if wait else ():
            worker.join()

    def kill(self) -> None:
        """End the processes at once, whatever they are at."""
        for worker in self._workers:
            worker.kill()


_Task = tuple[Future[Any], tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]]


class _Worker(Thread):
    """Gives one process after another what stands in the queue, and waits for its answer."""

    def __init__(self, queue: SimpleQueue[_Task | None], memory: int, limit: float) -> None:
        super().__init__(daemon=True)
        self._queue, self._limit = queue, limit
        # a copy (fork) of a process with threads may wait for ever
        self._child = Child(_serve, memory, start_method="spawn", or_else=FEWER)
        self._killed = False
        self.start()

    def run(self) -> None:
        while (task := self._queue.get()) is not None:
            future, work = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = self._done(work)
            except Exception as error:  # for whoever waits for it
                future.set_exception(error)
            else:
                future.set_result(result)
        self._child.end()

    def kill(self) -> None:
        self._killed = True
        self._child.kill()

    def _done(self, work: tuple[Any, ...]) -> Any:
        """Return what ``work`` came to in a process; raises what it raised there, too."""
        status = None
        for _ in range(TRIES):
            if self._killed:
                break
            if not self._child.running:
                self._begin()
            try:
                self._child.ask(*work)
                return self._child.answer(self._limit)
            except ChildGone as gone:
                status = gone.status
            except ChildSlow:
                raise MachineError(
                    f"làm quá {self._limit / 60:.0f} phút chưa xong nên bị dừng — chạy riêng "
                    "đơn vị này để biết mắc ở đâu"
                ) from None
            finally:
                if self._child.full:
                    self._child.end()
        raise WorkerDied(status)

    def _begin(self) -> None:
        """Begin a process; raises MachineError where this machine does not."""
        if hasattr(signal, "pthread_sigmask"):
            with beginning(FEWER):
                _keep_ctrl_c_from_children()
        self._child.start()
        if self._killed:  # while it began
            self._child.kill()


def _keep_ctrl_c_from_children() -> None:
    """Block the signal in this thread; a process that it begins has it blocked from the start."""
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # the first time, which lets the signal through again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _serve(questions: Questions, memory: int) -> None:
    gc.set_threshold(*GARBAGE)
    questions.answer(_done, full=lambda: resident() > memory)


def _done(work: Callable[..., object], args: Any, kwargs: Any) -> object:
    return work(*args, **kwargs)


def resident() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    except OSError:
        return 0
    import resource

    return int(pages) * resource.getpagesize()
