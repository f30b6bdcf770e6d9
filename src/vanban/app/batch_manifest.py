"""The manifest of a batch: what became of each document of each ward, a line of JSON each.

Lines are appended as wards are done, so that a batch that was stopped goes on; of a document of a
year the last line counts, and a line that was cut short is none. At the end the file is written
anew, sorted and without what other lines replaced.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, ValidationError, convert, field
from msgspec.structs import asdict

from vanban.io.read import read_file
from vanban.io.swap import write_files

MANIFEST = "manifest.jsonl"
"""In the folder of results."""
MAX_BYTES = 1_000_000_000
"""Of it; a larger one is none of ours."""
SIGNED = "đã ký, giữ nguyên"
"""The state of a document whose PDF bears a signature: it is as it is to be."""


class DocumentRecord(Struct, frozen=True):
    """What became of a document of a ward; of a ward as a whole where ``document`` is "".

    ``state`` is that of the document in words, "" where it was not made; ``error`` is then the
    first mistake with its place, with ``more`` after it. ``counts`` are of findings by severity,
    accepted ones apart, and of data that is missing. ``files`` are below the ward's results, by
    hash (SHA-256, hex). ``seconds`` are those of the document and its share of what was done for
    all of the ward. ``key`` is the hash of all that was read and asked; ``of`` so many lines have
    it. ``shared`` is the version of what the ward shares with others. The first line of a ward
    bears its ``notes``, with the hash of the folders ``noted_from`` which they name files.
    """

    ward: str
    document: str
    year: int | None = None
    state: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    error: str = ""
    more: int = 0
    engine: str = ""
    shared: str = ""
    key: str = ""
    of: int = 0
    notes: tuple[str, ...] = ()
    noted_from: str = ""

    @property
    def is_made(self) -> bool:
        """Say whether the document was made, not kept as it was signed."""
        return not self.error and self.state != SIGNED


OfWard = dict[tuple[str, int], DocumentRecord]
"""By document and year, 0 for none."""
Records = dict[str, OfWard]


class BatchManifest:
    """The records of the folder ``out``; what is new is written at once.

    Where the disk is full, lines wait until it takes them: ``unwritten`` counts them.
    """

    def __init__(self, out: Path) -> None:
        self._path = out / MANIFEST
        data = _data(self._path)
        self._records = _records(data)
        self._torn = not data.endswith(b"\n") and data != b""
        self._waiting: list[DocumentRecord] = []

    @property
    def unwritten(self) -> int:
        return len(self._waiting)

    def of_ward(self, ward: str) -> tuple[DocumentRecord, ...]:
        return tuple(self._records.get(ward, {}).values())

    def add(self, ward: str, records: Iterable[DocumentRecord], whole: bool) -> None:
        """Add what became of documents of a ward, in place of what was recorded of them.

        Where they are the ``whole`` of it, all that was recorded of the ward in their year goes.
        """
        new = _by_place(records)
        years = {year for _, year in new} if whole else set()
        old = self._records.get(ward, {})
        kept = {at: each for at, each in old.items() if not (at[1] in years or 0 in years)}
        self._records[ward] = _merged(kept, new)
        self._waiting += new.values()
        text = b"\n" * self._torn + b"".join(map(_line, self._waiting))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with open(self._path, "ab", opener=_at_once) as file:
                file.write(text)
        except OSError:  # told at the end, where it is still so
            self._torn = True
            return
        self._torn = False
        self._waiting.clear()

    def tidy(self) -> None:
        """Write the file anew, sorted, without lines that count no more; raises MachineError."""
        wards = (self._records[ward] for ward in sorted(self._records))
        text = b"".join(_line(each[at]) for each in wards for at in sorted(each, key=_order))
        if text != _data(self._path):
            write_files([(self._path, text)])
        self._waiting.clear()


def _order(at: tuple[str, int]) -> tuple[bool, str, int]:
    """Return by what lines of a ward are sorted: a later one about the whole of it counts."""
    return (not at[0], *at)


def _at_once(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody reads is refused, not waited for."""
    return os.open(path, flags | os.O_NONBLOCK, 0o666)


def _by_place(records: Iterable[DocumentRecord]) -> OfWard:
    return {(each.document, each.year or 0): each for each in records}


def _merged(old: OfWard, new: OfWard) -> OfWard:
    """Return the records with what is ``new``; of a ward as a whole no other of these years."""
    years = {0, *(year for _, year in new)}
    return {at: each for at, each in old.items() if at[0] or at[1] not in years} | new


def _line(record: DocumentRecord) -> bytes:
    """Return a line of JSON; signs of file names that are no text are escaped in it."""
    return f"{json.dumps(asdict(record), ensure_ascii=False)}\n".encode(errors="backslashreplace")


def _data(path: Path) -> bytes:
    """Return what a file holds; nothing where there is none, or it cannot be read."""
    try:
        return read_file(path, MAX_BYTES)
    except OSError:
        return b""


def _records(data: bytes) -> Records:
    records: Records = {}
    for record in filter(None, map(_record, data.splitlines())):
        records[record.ward] = _merged(records.get(record.ward, {}), _by_place([record]))
    return records


def _record(line: bytes) -> DocumentRecord | None:
    """Return what a line says; None where it is damaged, or of another form."""
    try:
        values = json.loads(line)
        return convert(values, DocumentRecord) if _FIELDS.issuperset(values) else None
    except (ValueError, TypeError, RecursionError, ValidationError):
        return None


_FIELDS = frozenset(DocumentRecord.__struct_fields__)
