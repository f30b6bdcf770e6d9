"""The manifest of a batch: what became of each document of each ward, a line of JSON each.

Lines are appended as wards are done, so that a batch that was stopped goes on; of a document the
last line counts, and a line that was cut short is none. At the end the file is written anew,
sorted and without what other lines replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vanban.io.swap import write_files

MANIFEST = "manifest.jsonl"
"""In the folder of results."""


@dataclass(frozen=True)
class DocumentRecord:
    """What became of a document of a ward; of a ward as a whole where ``document`` is "".

    ``state`` is that of the document in words, "" where it was not made; ``error`` is then the
    first mistake with its place, with ``more`` after it. ``counts`` are of findings by severity,
    accepted ones apart, and of data that is missing. ``files`` are below the ward's results, by
    hash (SHA-256, hex). ``seconds`` are those of the document and its share of what was done for
    all of the ward. ``key`` is the hash of all that was read and asked; ``of`` so many lines have
    it. ``shared`` is the version of what the ward shares with others.
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


Records = dict[tuple[str, str], DocumentRecord]


class BatchManifest:
    """The records of the folder ``out``, by ward and document; what is new is written at once.

    Where the disk is full, lines wait until it takes them: ``unwritten`` counts them.
    """

    def __init__(self, out: Path) -> None:
        self._path = out / MANIFEST
        self._records, self._stale = _read(self._path)
        self._waiting: list[DocumentRecord] = []

    @property
    def unwritten(self) -> int:
        return len(self._waiting)

    def of_ward(self, ward: str) -> tuple[DocumentRecord, ...]:
        return tuple(each for (name, _), each in self._records.items() if name == ward)

    def by_ward(self) -> Mapping[str, tuple[DocumentRecord, ...]]:
        """Return what is recorded of each ward."""
        found: dict[str, list[DocumentRecord]] = {}
        for (ward, _), each in self._records.items():
            found.setdefault(ward, []).append(each)
        return {ward: tuple(each) for ward, each in found.items()}

    def add(self, records: Iterable[DocumentRecord]) -> None:
        """Add what became of documents, in place of what was recorded of them."""
        for each in records:
            for old in ((each.ward, ""), (each.ward, each.document)):
                self._stale = self._records.pop(old, None) is not None or self._stale
            self._records[each.ward, each.document] = each
            self._waiting.append(each)
        text = "".join(map(_line, self._waiting)).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write(text)
        except OSError:  # told at the end, where it is still so
            return
        self._waiting.clear()

    def forget(self, ward: str) -> None:
        """Drop what is recorded of a ward."""
        for each in self.of_ward(ward):
            del self._records[ward, each.document]
            self._stale = True

    def tidy(self) -> None:
        """Write the whole file anew where lines of it count no more; raises MachineError."""
        if self._stale or self._waiting:
            lines = (_line(self._records[each]) for each in sorted(self._records))
            write_files([(self._path, "".join(lines).encode())])
            self._stale = False
            self._waiting.clear()


def _line(record: DocumentRecord) -> str:
    return json.dumps(asdict(record), ensure_ascii=False) + "\n"


def _read(path: Path) -> tuple[Records, bool]:
    """Return the records of a file, and whether it has lines that count no more."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return {}, False
    records: Records = {}
    for line in lines:
        record = _record(line)
        if record is not None:
            records.pop((record.ward, ""), None)
            records[record.ward, record.document] = record
    return records, len(records) != len(lines)


def _record(line: bytes) -> DocumentRecord | None:
    """Return what a line says; None where it is damaged, or of another form."""
    try:
        values: Any = json.loads(line)
        record = DocumentRecord(**values)
    except (ValueError, TypeError):
        return None
    return record if isinstance(record.files, dict) and isinstance(record.ward, str) else None
