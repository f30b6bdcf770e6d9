"""What is worked out once of a workspace, a project or a document, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")
Value = TypeVar("Value")


def kept(work: Callable[[Owner], Value]) -> Callable[[Owner], Value]:
    """Return ``work``, done once for each owner; what it returns must not hold the owner."""
    known: WeakKeyDictionary[Owner, Value] = WeakKeyDictionary()

    @wraps(work)
    def once(owner: Owner) -> Value:
        if owner not in known:
            known[owner] = work(owner)
        return known[owner]

    return once
