"""Files that bear a digital signature: no command of this program writes over one."""

from __future__ import annotations

from pathlib import Path

from vanban.io.read import opened

HEAD = b"%PDF-"
ZIP = b"PK\x03\x04"
"""Begins a package, which may hold a signed PDF near its start and has no signature itself."""
MARK = b"/ByteRange"
"""Tells what a signature covers, never compressed or encrypted (ISO 32000-1, 12.8.1)."""
BLOCK = 1 << 20
"""Bytes of a file that are held at a time."""


def is_signed(path: Path) -> bool:
    """Say whether a file is a PDF with a digital signature; one that cannot be read is not."""
    try:
        with opened(path) as file:
            head = file.read(1024)
            if HEAD not in head or head.startswith(ZIP):
                return False
            file.seek(0)
            held = b""
            while block := file.read(BLOCK):
                held = held[-len(MARK) :] + block  # the mark may begin in the block before
                if MARK in held:
                    return True
    except (OSError, ValueError):  # a folder, a pipe, a name that no file can have
        pass
    return False
