"""Files that bear a digital signature: no command of this program writes over one."""

from __future__ import annotations

import mmap
from pathlib import Path

HEAD = b"%PDF-"
MARK = b"/ByteRange"
"""Tells what a signature covers, never compressed or encrypted (ISO 32000-1, 12.8.1)."""


def is_signed(path: Path) -> bool:
    """Say whether a file is a PDF with a digital signature; one that cannot be read is not."""
    try:
        with path.open("rb") as file:
            if HEAD not in file.read(1024):
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return data.find(MARK) >= 0
    except (OSError, ValueError):  # a folder, or empty
        return False
