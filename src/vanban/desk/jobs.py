"""Work that takes minutes: one at a time, beside the server; told how far it is, and stopped."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from threading import Lock, Thread

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.errors import MachineError, VanbanError
from vanban.io.progress import telling


class Stopped(VanbanError):
    """A person wanted it to end."""


class State(Struct, frozen=True):
    """How far the last job is: its name, the step and so many parts of so many, lines at its end.

    ``failed`` says that the lines tell what went wrong.
    """

    name: str = ""
    running: bool = False
    step: str = ""
    done: int = 0
    total: int = 0
    lines: tuple[str, ...] = ()
    failed: bool = False


Work = Callable[[], tuple[str, ...]]
"""Does the work, which tells how far it is (:mod:`vanban.io.progress`); returns lines to show."""


class Jobs(Struct):
    """The job that runs, or the last that ran; ``said`` words what went wrong."""

    said: Callable[[VanbanError], tuple[str, ...]] = lambda error: error.lines
    state: State = State()
    _wanted: bool = True
    _thread: Thread | None = None
    _lock: Lock = field(default_factory=Lock)

    def start(self, name: str, work: Work) -> None:
        """Begin; raises MachineError where another job runs."""
        with self._lock:
            if self.state.running:
                raise MachineError(f"đang {self.state.name} — đợi xong, hoặc ngừng việc ấy")
            self._wanted, self.state = True, State(name, running=True)
            asked = copy_context()  # by whom, and about which year
            self._thread = Thread(target=asked.run, args=(self._run, work), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the job end before its next step; nothing where none runs."""
        self._wanted = False

    def close(self) -> None:
        """Stop and wait for the end."""
        self.stop()
        if self._thread is not None:
            self._thread.join()

    def _run(self, work: Work) -> None:
        ended = replace(self.state, running=False, failed=True)
        try:
            with telling(self._hear):
                lines = work()
            ended = replace(ended, failed=False, lines=lines)
        except Stopped:
            ended = replace(ended, lines=(f"Đã ngừng {ended.name}; bản trước giữ nguyên.",))
        except VanbanError as error:
            ended = replace(ended, lines=self.said(error))
        finally:
            if not ended.lines:
                ended = replace(ended, lines=("Chương trình gặp lỗi — báo cho người quản trị.",))
            self.state = ended

    def _hear(self, step: str, done: int, total: int) -> None:
        if not self._wanted:
            raise Stopped(step)
        self.state = replace(self.state, step=step, done=done, total=total)
