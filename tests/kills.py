"""Folders as trees of bytes, and processes that die in the middle of writing them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from vanban.io import swap

Tree = Mapping[str, bytes]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder``; an empty folder is a name that ends with a slash."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif path.is_dir() and not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def fill(folder: Path, files: Tree) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def dies_at(line: int, work: Callable[[], object]) -> bool:
    """Do ``work`` in a process that dies before its ``line``-th line of the module; True if so."""
    lines = count(1)
    return dies_when(lambda: next(lines) == line, work)


def dies_when(stop: Callable[[], bool], work: Callable[[], object]) -> bool:
    """Do ``work`` in a process that dies before the line of the module where ``stop`` first holds.

    ``stop`` is asked before each line. Returns whether it died.
    """
    child = os.fork()
    if child == 0:

        def trace(frame: FrameType, event: str, _: object) -> Any:
            if frame.f_code.co_filename != swap.__file__:
                return None
            if event == "line" and stop():
                os._exit(9)
            return trace

        setattr(os, "fsync", bool)  # noqa: B010 - what a dead process wrote the system has
        sys.settrace(trace)
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 9)
    return os.waitstatus_to_exitcode(status) == 9
