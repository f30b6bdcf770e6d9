"""What was found out once and need not be again: values of JSON by key, in one file.

Keys name what a value follows from, by hash, so that none grows old; another version of the program
begins anew. The memory is no source: lost, damaged or foreign, it is empty and grows again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from vanban.io.sealed import MAX_BYTES, change_sealed, read_sealed

MOST = 50_000
"""Values that are kept, the latest used."""


class Memory:
    """Values by key, read from ``path`` when first asked for; ``program`` names who found them."""

    def __init__(self, path: Path, program: str) -> None:
        self._path, self._program = path, program
        self._known: dict[str, Any] | None = None
        self._used: dict[str, Any] = {}
        self._changed = False
        self._state: tuple[int, int] | None = None

    def get(self, key: str) -> Any:
        """Return the value of ``key``, of whatever form somebody gave it; None where unknown."""
        if key not in self._used:
            if self._known is None:
                self._known = self._read()
            if key not in self._known:
                return None
            self._used[key] = self._known[key]
        return self._used[key]

    def put(self, key: str, value: Any) -> None:
        """Keep ``value``, which JSON can hold."""
        self._used[key] = value
        self._changed = True

    def flush(self) -> None:
        """Write what is new; where nothing can be written, nothing is remembered."""
        if not self._changed:
            return
        change_sealed(self._path, self._program, self._text)
        self._changed = False

    def _text(self) -> bytes | None:
        """Return what is known with what others found meanwhile; None where it is too much."""
        known = self._known
        if known is None or self._state != self._state_now():
            known = self._read()
        unused = [(key, value) for key, value in known.items() if key not in self._used]
        for values in ([*unused, *self._used.items()], list(self._used.items())):
            kept = dict(values[-MOST:])
            text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
            if len(text) <= MAX_BYTES:
                return text
        return None

    def _read(self) -> dict[str, Any]:
        self._state = self._state_now()
        values = read_sealed(self._path, self._program)
        return values if isinstance(values, dict) else {}

    def _state_now(self) -> tuple[int, int] | None:
        try:
            state = self._path.stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns


_current: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """Let all that runs inside ``with`` use ``memory``; what is new is written at the end."""
    token = _current.set(memory)
    try:
        yield
    finally:
        _current.reset(token)
        memory.flush()


def recall(key: str, find: Callable[[], Any], is_sound: Callable[[Any], bool]) -> Any:
    """Return what the memory in use holds of ``key``, else what ``find`` does, to be kept."""
    memory = _current.get()
    value = memory.get(key) if memory is not None else None
    if value is None or not is_sound(value):
        value = find()
        if memory is not None:
            memory.put(key, value)
    return value


def remembered() -> Memory | None:
    """Return the memory that is in use; None where a command keeps none."""
    return _current.get()
