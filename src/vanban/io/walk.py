"""What is below a folder, below the folders that links lead to as well.

In: a folder. Out: what :func:`os.walk` tells, but that a link which leads back to where the walk
came from, however far about, is left out. Looking for such costs nothing where there are no links.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path


def walk(
    folder: Path, onerror: Callable[[OSError], None] | None = None
) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each folder with the names of the folders and of the files that are in it.

    Whoever takes a name out of the folders passes over what is below.
    """
    for parent, below, files in os.walk(folder, followlinks=True, onerror=onerror):
        if links := {name for name in below if Path(parent, name).is_symlink()}:
            way = _way(folder, Path(parent))
            back = {name for name in links if _leads_back(Path(parent, name), way)}
            below[:] = [name for name in below if name not in back]
        yield parent, below, files


FileState = tuple[Path, int, int]
"""A file, its size and the time of its last change (ns), which tell whether it is as it was."""


def states_in(*folders: Path) -> Iterator[FileState]:
    """Yield the state of each file right in ``folders``, by name; none of them is read."""
    for folder in folders:
        yield from states_of(sorted(folder.iterdir()) if folder.is_dir() else ())


def states_of(paths: Iterable[Path]) -> Iterator[FileState]:
    """Yield the state of each of ``paths`` that is there."""
    for path in paths:
        with suppress(OSError):  # gone meanwhile, or a link that leads nowhere
            state = path.stat()
            yield path, state.st_size, state.st_mtime_ns


def _way(folder: Path, parent: Path) -> tuple[Path, ...]:
    """Return the real folders through which the walk came from ``folder`` to ``parent``."""
    steps = parent.relative_to(folder).parts
    return tuple(folder.joinpath(*steps[:count]).resolve() for count in range(len(steps) + 1))


def _leads_back(path: Path, way: tuple[Path, ...]) -> bool:
    target = path.resolve()
    return any(each.is_relative_to(target) for each in way)
