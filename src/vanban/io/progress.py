"""How far long work is: told to whoever asked for it, who may end it between two steps.

Work says ``tell(step, done, total)`` wherever it likes; nobody hears unless somebody listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Told = Callable[[str, int, int], None]
"""Is given a step in Vietnamese and how many of how many parts are done; what it raises ends it."""

_told: ContextVar[Told | None] = ContextVar("told", default=None)


def tell(step: str, done: int, total: int) -> None:
    told = _told.get()
    if told is not None:
        told(step, done, total)


@contextmanager
def telling(told: Told) -> Iterator[None]:
    """Let ``told`` hear of what is done inside ``with``, in this thread."""
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)
