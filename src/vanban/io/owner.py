"""Who made a hidden folder, written into its name, and whether that process is still at work.

A process is known by machine, number and the moment of its start, so that a number given again
is not taken for the one that died.
"""

from __future__ import annotations

import os
import platform
import re
import time
from pathlib import Path

PREFIX = ".vanban-"
UNKNOWN_AGE = 24 * 3600
"""Seconds after which what another machine left counts as left behind: no command runs a day."""

_NAME = re.compile(r"\.?vanban-(?P<host>.*)-(?P<pid>\d+)-(?P<start>\d+)-[^-]*")


def owned_prefix() -> str:
    """Return the start of the name of a folder that belongs to this process."""
    return f"{PREFIX}{_host()}-{os.getpid()}-{_start_of(os.getpid()) or 0}-"


def is_left_behind(folder: Path) -> bool:
    """Say whether the process that made ``folder`` has ended; False where the name is another's."""
    match = _NAME.fullmatch(folder.name)
    if match is None:
        return False
    start = int(match["start"])
    if match["host"] != _host() or not start:
        return time.time() - folder.stat().st_mtime > UNKNOWN_AGE
    return _start_of(int(match["pid"])) != start


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "_", platform.node())


def _start_of(pid: int) -> int | None:
    """Return when a process began, in ticks since the machine did; None where it has ended.

    Also None where the system does not tell (no /proc).
    """
    try:
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = status.rpartition(b")")[2].split()
    return None if fields[0] in (b"Z", b"X") else int(fields[19])
