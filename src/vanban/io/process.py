"""What belongs to a process and not to a thread: one at a time changes it, and puts it back.

Use cases run in threads and in workers of other programs (``multiprocessing.Pool``); what they
set for a moment (filters of warnings, limits) must neither mix nor stay.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

PROCESS = RLock()
"""Held by whoever changes what all threads share; whoever holds it may take it again."""

MOMENT = RLock()
"""Held for a moment at what all threads keep; who holds it waits for no other lock."""


def _take() -> None:
    PROCESS.acquire()
    MOMENT.acquire()


def _give_back() -> None:
    MOMENT.release()
    PROCESS.release()


if hasattr(os, "register_at_fork"):  # a copy of this process must not wait for a thread it lacks
    os.register_at_fork(before=_take, after_in_parent=_give_back, after_in_child=_give_back)


@contextmanager
def replaced(owner: object, name: str, value: object) -> Iterator[None]:
    """Have ``value`` in place of an attribute of ``owner``, for a moment."""
    with PROCESS:
        before = getattr(owner, name)
        setattr(owner, name, value)
        try:
            yield
        finally:
            setattr(owner, name, before)
