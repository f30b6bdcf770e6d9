"""What was found out once and need not be again: values of JSON by key, in one file.

Keys name what a value follows from, by hash, so that none grows old; another version of the program
begins anew. The memory is no source: lost, damaged or foreign, it is empty and grows again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any

from vanban.io.read import read_file

MOST = 50_000
"""Values that are kept, the latest used."""
MAX_BYTES = 50_000_000
"""Of the file; a larger one is no memory of ours."""


class Memory:
    """Values by key, read from ``path`` when first asked for; ``program`` names who found them."""

    def __init__(self, path: Path, program: str) -> None:
        self._path, self._program = path, program
        self._known: dict[str, Any] | None = None
        self._used: dict[str, Any] = {}
        self._changed = False

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
        known = self._read() if self._known is None else self._known
        unused = [(key, value) for key, value in known.items() if key not in self._used]
        for values in ([*unused, *self._used.items()], list(self._used.items())):
            kept = dict(values[-MOST:])
            text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
            if len(text) <= MAX_BYTES:
                self._write(self._seal(text) + b"\n" + text)
                break
        self._changed = False

    def _write(self, data: bytes) -> None:
        # Two at once may spoil each other's file, which the seal then tells.
        beside = self._path.with_name(f"{self._path.name}.new")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
            beside.replace(self._path)

    def _read(self) -> dict[str, Any]:
        try:
            seal, _, text = read_file(self._path, MAX_BYTES + 100).partition(b"\n")
            values = json.loads(text) if seal == self._seal(text) else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return values if isinstance(values, dict) else {}

    def _seal(self, text: bytes) -> bytes:
        return sha256(self._program.encode() + text).hexdigest().encode()


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
