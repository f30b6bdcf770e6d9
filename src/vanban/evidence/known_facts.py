"""Facts of files that were read before, by the SHA-256 of their bytes, in the memory in use.

A value of any other form, whoever wrote it, counts as unknown, and the file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby, repeat
from math import isfinite
from typing import Any

from vanban.evidence.file_kinds import FileFacts, FileKind, PageSize
from vanban.io.memory import remembered

MOST_PAGES = 100_000
"""Of one file; more are no memory of ours."""


def recall(sha256: str, size: int) -> FileFacts | None:
    """Return the facts of a file of ``size`` bytes; None where they are not remembered."""
    memory = remembered()
    value: Any = memory.get(f"facts:{sha256}") if memory is not None else None
    try:
        return FileFacts(
            FileKind(value["kind"]),
            size,
            sha256,
            tuple(_pages(value["pages"])),
            _of_type(bool, value["signed"]),
            tuple(_of_type(str, note) for note in value["notes"]),
        )
    except (TypeError, ValueError, KeyError, OverflowError):
        return None


def keep(facts: FileFacts) -> None:
    """Remember the facts of a file, pages of one size after another as one."""
    memory = remembered()
    if memory is not None:
        memory.put(
            f"facts:{facts.sha256}",
            {
                "kind": facts.kind.value,
                "pages": [
                    (len(list(pages)), size.width, size.height)
                    for size, pages in groupby(facts.pages)
                ],
                "signed": facts.signed,
                "notes": facts.notes,
            },
        )


def _pages(runs: Any) -> Iterator[PageSize]:
    counted = [
        (_of_type(int, count), PageSize(_length(width), _length(height)))
        for count, width, height in runs
    ]
    counts = [count for count, _ in counted]
    if any(count < 1 for count in counts) or sum(counts) > MOST_PAGES:
        raise ValueError("no number of pages")
    return chain.from_iterable(repeat(size, count) for count, size in counted)


def _length(value: Any) -> float:
    length = float(_of_type((int, float), value))
    if not (isfinite(length) and length >= 0):
        raise ValueError("no length")
    return length


def _of_type(wanted: Any, value: Any) -> Any:
    if not isinstance(value, wanted):
        raise TypeError("another type")
    return value
