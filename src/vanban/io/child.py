"""A process of its own that is asked through a pipe, one question at a time, and answers.

Whoever asks says when it begins, how long it may take and what is told where it ends.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from vanban.errors import MachineError
from vanban.io.process import replaced
from vanban.io.reasons import reason_of


class ChildGone(Exception):
    """The process ended without an answer; ``status`` is its exit code, -9 for a kill."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class ChildSlow(Exception):
    """The process took longer than it may, and was ended."""


@contextmanager
def beginning(or_else: str = "") -> Iterator[None]:
    """Raise MachineError where this machine begins no process; ``or_else`` is what helps too."""
    try:
        yield
    except OSError as error:
        raise MachineError(
            f"máy không mở được tiến trình mới ({reason_of(error)}) — đóng bớt chương trình rồi "
            f"chạy lại{or_else}"
        ) from error


class Questions:
    """What a process is asked, on its side of the pipe."""

    def __init__(self, pipe: Connection, first: list[tuple[Any, ...]]) -> None:
        self._pipe, self._first = pipe, first

    def answer(
        self,
        work: Callable[..., object],
        errors: type[Exception] = Exception,
        full: Callable[[], bool] = lambda: False,
    ) -> None:
        """Answer each by ``work`` until the other side is closed, or gone.

        ``errors`` are answers too, any other ends the process. ``full`` says after each question
        whether this process has been asked enough.
        """
        while True:
            try:
                self._pipe.send_bytes(self._answer(work, errors, full))
            except (EOFError, ConnectionError):
                return

    def refuse(self, error: Exception) -> None:
        """Answer the next question by ``error``, as this process ends."""
        self._pipe.send((None, error, True))

    def _answer(
        self, work: Callable[..., object], errors: type[Exception], full: Callable[[], bool]
    ) -> bytes:
        question = self._first.pop() if self._first else self._pipe.recv()
        try:
            return pickle.dumps((work(*question), None, full()))
        except errors as error:  # of the work, or of an answer that cannot be sent
            return pickle.dumps((None, error, full()))


class Child:
    """A process that runs ``serve(questions, *given)``, importable by name; it ends with this one.

    ``start_method`` is that of :mod:`multiprocessing` ("fork", "spawn"), the usual of this system
    where it is None. ``gently`` says that the process has to unwind (SIGTERM) when it is stopped,
    ``or_else`` what else helps where none can begin.
    """

    full = False
    """Whether the process said with its last answer that it has been asked enough."""

    def __init__(
        self,
        serve: Callable[..., None],
        *given: object,
        start_method: str | None = None,
        gently: bool = False,
        or_else: str = "",
    ) -> None:
        self._context: Any = get_context(start_method)
        self._serve, self._given = serve, given
        self._gently, self._or_else = gently, or_else
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def running(self) -> bool:
        """Whether it was started, and is not known to have ended."""
        return self._process is not None

    def start(self, *question: object) -> None:
        """Start the process, with its first question where there is one: a fork copies nothing.

        Raises MachineError where this machine begins none.
        """
        first = [question] if question else []
        with beginning(self._or_else):
            pipe, theirs = self._context.Pipe()
            given = (theirs, pipe, first, self._serve, self._given)
            process = self._context.Process(target=_run, args=given, daemon=True)
            with theirs, replaced(current_process(), "daemon", False):  # who is has no children
                process.start()
        self._process, self._pipe, self.full = process, pipe, False

    def ask(self, *question: object) -> None:
        """Ask for what the work makes of ``question``; of one that has ended the answer tells."""
        if self._pipe is not None:
            with suppress(ConnectionError):
                self._pipe.send(question)

    def answer(self, seconds: float | None = None) -> Any:
        """Wait for the answer to what was asked; raises the error that it is.

        Raises ChildGone where the process ended without one, ChildSlow after ``seconds``.
        """
        if self._pipe is None:
            raise ChildGone(None)
        try:
            if not self._pipe.poll(seconds):
                raise ChildSlow
            result, error, self.full = self._pipe.recv()
        except (EOFError, ConnectionError):
            raise ChildGone(self.end()) from None
        except BaseException:  # an answer may still come that is not of the next question
            self.stop()
            raise
        if error is not None:
            raise error
        return result

    def end(self) -> int | None:
        """Have the process end when it has answered; return its exit code, None without one."""
        status = None
        if self._pipe is not None:
            self._pipe.close()  # it ends when it sees that
        if self._process is not None:
            self._process.join()
            status = self._process.exitcode
        self._process = self._pipe = None
        return status

    def stop(self) -> None:
        """End the process at once, whatever it is at."""
        # The signal first: while it unwinds at the end of the pipe, it would hit a destructor, and
        # Python tell of an ignored exception. One that was ignored is made good by that end.
        self.kill()
        self.end()

    def kill(self) -> None:
        """Send the signal alone, from another thread; who waits for an answer is told ChildGone."""
        process = self._process  # which whoever waits may forget meanwhile
        if process is not None:
            (process.terminate if self._gently else process.kill)()


def _run(
    pipe: Connection,
    other: Connection,
    first: list[tuple[Any, ...]],
    serve: Callable[..., None],
    given: tuple[Any, ...],
) -> None:
    other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process to answer
    serve(Questions(pipe, first), *given)
