"""What a function finds in a passage, remembered in the process for others that read the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Protocol, TypeVar

MOST = 4096
"""Passages that are remembered, the latest: a ward's documents have some 1,300 that differ."""

Value = TypeVar("Value")


class Reads(Protocol):
    """A passage; ``digest`` tells those apart that read otherwise."""

    @property
    def digest(self) -> bytes: ...


Passage = TypeVar("Passage", bound=Reads)


def once_for_alike(
    find: Callable[[Passage], Iterable[Value]],
) -> Callable[[Passage], tuple[Value, ...]]:
    """Return ``find``, done once for passages of one ``digest``.

    What it yields follows from what that tells alone, and must not hold the passage.
    """
    known: OrderedDict[bytes, tuple[Value, ...]] = OrderedDict()

    @wraps(find)
    def once(passage: Passage) -> tuple[Value, ...]:
        found = known.pop(passage.digest, None)  # and to the end: threads may be at it too
        if found is None:
            found = tuple(find(passage))
        known[passage.digest] = found
        if len(known) > MOST:
            known.popitem(last=False)
        return found

    return once
