"""Which build a file comes from: its beginning against the descriptions beside built files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from os.path import realpath
from pathlib import Path

from msgspec import Struct

from vanban.io.read import read_file

END = b"%%EOF"
MOST_REVISIONS = 50
MAX_DESCRIPTION = 1_000_000


class Built(Struct, frozen=True):
    """A built document: its description ``path``, id, state in words and name of its type.

    ``hashes`` are those (hex) of its PDF.
    """

    path: Path
    id: str
    state: str
    title: str
    hashes: frozenset[str]


def descriptions(folders: Iterable[Path]) -> Iterator[Built]:
    """Yield what the descriptions (``<ma>.json``) right in ``folders`` say; others are passed."""
    paths = {realpath(path): path for folder in folders for path in sorted(folder.glob("*.json"))}
    for path in paths.values():
        try:
            facts = json.loads(read_file(path, MAX_DESCRIPTION))
            hashes = {
                str(file["sha256"]) for file in facts["tep"] if str(file["ten"]).endswith(".pdf")
            }
            title = f"{facts['loai']} {facts['trich_yeu']}"
            yield Built(path, str(facts["ma"]), facts["trang_thai"], title, frozenset(hashes))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # a file of somebody else, of which nothing is asked


def build_of(data: bytes, known: Iterable[Built]) -> tuple[Built | None, int]:
    """Return the build that ``data`` is, or begins with, and its length; None where there is none.

    A signature, as every change that keeps what was, is written behind what was there.
    """
    wanted = {each_hash: each for each in known for each_hash in each.hashes}
    for end in _ends(data):
        digest = sha256(memoryview(data)[:end]).hexdigest()
        if digest in wanted:
            return wanted[digest], end
    return None, 0


def _ends(data: bytes) -> Iterator[int]:
    """Yield where the first revisions of a PDF may end, with or without their line end."""
    end = 0
    for _ in range(MOST_REVISIONS):
        end = data.find(END, end)
        if end < 0:
            return
        end += len(END)
        yield end
        for line_end in (b"\n", b"\r\n", b"\r"):
            if data.startswith(line_end, end):
                yield end + len(line_end)
