"""What the program leaves for itself: values of JSON in one file, under a seal.

In: a path, and a name of who writes there. Out: the values as they were written; damaged, cut,
typed by somebody or of another writer they are as if they were not there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from vanban.io.read import read_file
from vanban.io.swap import alone_in

MAX_BYTES = 50_000_000
"""Of the text; a larger one is none of ours."""


def read_sealed(path: Path, name: str) -> Any:
    """Return what the writer of that ``name`` left in a file; None where there is nothing of it."""
    try:
        seal, _, text = read_file(path, MAX_BYTES + 100).partition(b"\n")
        return json.loads(text) if seal == _seal(text, name) else None
    except (OSError, ValueError, RecursionError):
        return None


def change_sealed(path: Path, name: str, change: Callable[[], bytes | None]) -> None:
    """Write the text of JSON that ``change`` gives, None for nothing; two at once wait in turn.

    ``change`` reads what others wrote until then. Where nothing can be written, nothing is.
    """
    beside = path.with_name(f"{path.name}.new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone_in([path.parent]):
            text = change()
            if text is None or len(text) > MAX_BYTES:
                return
            beside.unlink(missing_ok=True)  # of a process that was killed
            try:
                with beside.open("xb") as file:
                    file.write(_seal(text, name) + b"\n" + text)
                beside.replace(path)
            except OSError:
                beside.unlink(missing_ok=True)
                raise


def _seal(text: bytes, name: str) -> bytes:
    return sha256(name.encode() + text).hexdigest().encode()
