"""What worker processes are given to do in tests; importable by them."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.errors import ContentError, Place, Problem
from vanban.io.apart import done_apart
from vanban.io.child import Questions
from vanban.io.workers import resident

if TYPE_CHECKING:
    from vanban.app.unit import Done, Unit

ERROR = ContentError([Problem(Place(Path("a.yaml"), 1, 2), "ten", "sai")])


def process() -> int:
    return os.getpid()


def began_without_ctrl_c() -> bool:
    """Say whether Ctrl+C could not even end this process while it began."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def ignores_ctrl_c() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def fail(error: Exception) -> None:
    raise error


def end_by(status: int) -> None:
    os.kill(os.getpid(), status)


def held_after_holes() -> tuple[int, int]:
    """Return the bytes held before and after work that leaves a thousandth of what it made."""
    before = resident()
    _kept[:] = done_apart(_with_holes)
    return before, resident()


_kept: list[str] = []


def _with_holes() -> list[str]:
    return [str(n) for n in range(1_000_000)][::1000]


def lock() -> object:
    """Return what no pipe carries."""
    return open(os.devnull)  # noqa: PTH123


def die(status: int, times: int, file: Path) -> str:
    """End the process so many times, by a signal where ``status`` is below 0."""
    begun = len(file.read_text("ascii")) if file.exists() else 0
    file.write_text("." * (begun + 1), "ascii")
    if begun < times and status < 0:
        os.kill(os.getpid(), -status)
    if begun < times:
        os._exit(status)
    return "alive"


def wait_for(file: Path) -> str:
    while not file.exists():
        time.sleep(0.01)
    return "seen"


def run_or_die(name: str, work: Callable[[Unit], Done], unit: Unit) -> Done:
    if unit.ward.name == name:
        os.kill(os.getpid(), signal.SIGKILL)
    return work(unit)


@contextmanager
def no_more_files() -> Iterator[None]:
    """Have the system refuse this process what it opens, a process to begin among it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def serve(questions: Questions, most: int = 9) -> None:
    """Answer by the second word what the first says; full after ``most`` answers."""
    asked: list[str] = []

    def work(what: str, value: object) -> object:
        asked.append(what)
        match what:
            case "raise":
                raise KeyError(value)
            case "end":
                os._exit(7)
            case "sleep":
                time.sleep(60)
            case "lambda":
                return lambda: value
        return value, os.getpid()

    questions.answer(work, full=lambda: len(asked) >= most)
