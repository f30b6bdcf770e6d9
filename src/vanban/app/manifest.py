"""The memory of a build folder: what was read and made, by hash, and what was said of it.

In: the folder of results, and what a command was asked. Out: whether all is as it was, so that its
answer holds. A build that finds the same documents composed takes over the files that hold them.
The memory is no source: without it, or damaged, everything is made anew.

Two commands may work on one folder: what each found goes into what is there when it is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert, field, to_builtins

from vanban.app.inputs import file_hash, file_state, program_key
from vanban.errors import MachineError
from vanban.io.read import read_file
from vanban.io.sealed import MAX_BYTES, change_sealed, read_sealed
from vanban.io.swap import write_files

MANIFEST, MEMORY = ".manifest.json", ".memory.json"
"""In the build folder: what was told and made, and what was found out on the way."""

SEAL = "vanban manifest 2"
MOST = 30
"""Commands that are remembered, the latest."""
VERSIONS = 5
"""Hashes that are remembered of a file that was made: who is killed leaves one of before."""
REPLACED = "đã bị sửa sau khi dựng; bản này được thay bằng bản dựng lại."
"""What is told of a file that a command made, and somebody changed before it is made again."""
MAX_OUTPUT = 500_000_000
"""Bytes of a file of a document; a larger one is none of ours."""


class Done(Struct, frozen=True):
    """What a command did: exit status, the hashes of its files as they were written.

    ``beside`` are :meth:`Manifest.beside`, files of others that it told of.
    """

    status: int = 0
    files: Mapping[Path, str] = {}
    beside: Mapping[str, str] = {}


class Run(Struct, frozen=True):
    """A command that ended: the hash of all it read, its files by hash, what it said, its status.

    ``lines`` are text and whether it went to the standard error.
    """

    key: str
    files: dict[str, str]
    lines: tuple[tuple[str, bool], ...]
    status: int
    beside: dict[str, str] = {}


class Rendering(Struct, frozen=True):
    """A document as it was rendered: the hash of it and its look, its files by hash."""

    key: str
    files: dict[str, str]


class Remembered(Struct):
    """Runs by command, renderings by document; what was ``made``: hashes by file, the last last."""

    runs: dict[str, Run] = field(default_factory=dict)
    renderings: dict[str, Rendering] = field(default_factory=dict)
    made: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Manifest(Remembered, dict=True, kw_only=True):
    """What is remembered of the folder ``out``, and what is ``new`` since it was written."""

    out: Path
    new: Remembered = field(default_factory=Remembered)

    @cached_property
    def program(self) -> str:
        """The :func:`program_key` of this run."""
        return program_key()

    def unchanged(self, command: str, key: str) -> Run | None:
        """Return the run of ``command`` where it read the same and its files are intact."""
        run = self.runs.get(command)
        if run is None or run.key != key:
            return None
        if any(file_hash(self.out / name) != digest for name, digest in run.files.items()):
            return None
        return run if run.beside == self.beside(run.beside, run.files) else None

    def beside(self, patterns: Iterable[str], files: Iterable[str]) -> dict[str, str]:
        """Return the state (hex) of all that has a name like one of ``patterns``, but ``files``."""
        own = set(files)
        return {pattern: self._state_of(pattern, own) for pattern in patterns}

    def _state_of(self, pattern: str, own: Collection[str]) -> str:
        folder, _, wanted = pattern.rpartition("/")
        digest = sha256()
        for each in _names_in(self.out / folder):
            name = f"{folder}/{each}"
            if fnmatchcase(each, wanted) and name not in own:
                digest.update(f"{name}\n".encode("utf-8", "surrogateescape"))
                digest.update(file_state(self.out / name))
        return digest.hexdigest()

    def edited_of(self, documents: Iterable[str]) -> Iterator[Path]:
        """Yield the files of ``documents`` that somebody changed since they were made."""
        for document in documents:
            if document in self.renderings:
                for name, digest in self.renderings[document].files.items():
                    if self._is_edited(name, (digest, *self.made.get(name, ()))):
                        yield self.out / name

    def edited_below(self, *paths: Path) -> Iterator[Path]:
        """Yield what commands made at or below ``paths`` and somebody changed since."""
        for name, digests in self.made.items():
            own = any((self.out / name).is_relative_to(path) for path in paths)
            if own and self._is_edited(name, digests):
                yield self.out / name

    def _is_edited(self, name: str, digests: Collection[str]) -> bool:
        path = self.out / name
        # Of a name that no file can have, pathlib raises.
        there = os.path.exists(path)  # noqa: PTH110
        return there and (file_hash(path) or "") not in digests

    def strangers(self, folder: Path) -> Iterator[Path]:
        """Yield the PDFs below ``folder`` that no command made as they are now."""
        made = {digest for digests in self.made.values() for digest in digests}
        return (path for path in sorted(folder.rglob("*.pdf")) if file_hash(path) not in made)

    def rendered(self, document: str, key: str) -> dict[Path, bytes] | None:
        """Return the files of a document that was rendered alike, None where one is not intact."""
        known = self.renderings.get(document)
        if known is None or known.key != key:
            return None
        files = {}
        for name, digest in known.files.items():
            try:
                data = read_file(self.out / name, MAX_OUTPUT)
            except (OSError, ValueError):
                return None
            if sha256(data).hexdigest() != digest:
                return None
            files[self.out / name] = data
        return files or None

    def add_rendering(self, document: str, key: str, files: Mapping[Path, bytes]) -> None:
        digests = {self._name(path): sha256(data).hexdigest() for path, data in files.items()}
        for held in (self, self.new):
            held.renderings[document] = Rendering(key, digests)

    def hashes(self, paths: Iterable[Path]) -> dict[Path, str]:
        """Return the hashes of files of documents as they were written."""
        known = {name: h for each in self.renderings.values() for name, h in each.files.items()}
        return {path: known[self._name(path)] for path in paths}

    def forget(self, documents: Iterable[str]) -> None:
        """Have ``documents`` rendered anew."""
        for name in documents:
            self.renderings.pop(name, None)

    def announce(self, files: Mapping[Path, str]) -> None:
        """Write down what is about to take its place, files by hash, and renderings with it.

        Whoever is killed in between leaves files of before or these; both are known. Raises
        MachineError for a link that leads to nothing: the file would come to be elsewhere.
        """
        for path, digest in files.items():
            if path.is_symlink() and not path.exists():
                raise MachineError(
                    f"không ghi được {path}: liên kết này không dẫn đến tệp nào — xóa liên kết rồi "
                    "chạy lại"
                )
            self.new.made[self._name(path)] = (digest,)
        self.write()

    def add_run(
        self, command: str, key: str, done: Done, lines: Iterable[tuple[str, bool]]
    ) -> None:
        """Remember a command that ended: what it did and said."""
        files = {self._name(path): digest for path, digest in done.files.items()}
        run = Run(key, files, tuple(lines), done.status, dict(done.beside))
        for held in (self, self.new):
            held.runs.pop(command, None)
            held.runs[command] = run

    def write(self) -> None:
        """Write what is new into the memory beside what it remembers.

        Where it cannot be written the next call works as this one.
        """
        if self.new == Remembered():
            return
        change_sealed(self.out / MANIFEST, SEAL, self._text)
        self.new = Remembered()

    def _text(self) -> bytes:
        known, new = _remembered(self.out), self.new
        for command, run in new.runs.items():
            known.runs.pop(command, None)
            known.runs[command] = run
        known.renderings |= new.renderings
        if new.made:
            known.made = {
                name: digests
                for name, digests in known.made.items()
                if name in new.made or os.path.lexists(self.out / name)
            }
        for name, digests in new.made.items():
            before = (each for each in known.made.get(name, ()) if each not in digests)
            known.made[name] = (*before, *digests)[-VERSIONS:]
        known.runs = dict(list(known.runs.items())[-MOST:])
        text = _json(known)
        return text if len(text) <= MAX_BYTES else _json(Remembered(made=known.made))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.out).as_posix()


def read_manifest(out: Path) -> Manifest:
    """Return what is remembered of ``out``; nothing where there is no memory or it is damaged."""
    known = _remembered(out)
    return Manifest(out=out, runs=known.runs, renderings=known.renderings, made=known.made)


def write_made(out: Path, files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write ``files`` below ``out``; return those that somebody changed since a command made them.

    Raises MachineError where one cannot be written.
    """
    manifest = read_manifest(out)
    edited = tuple(manifest.edited_below(*files))
    manifest.announce({path: sha256(data).hexdigest() for path, data in files.items()})
    write_files(files.items())
    return edited


def _remembered(out: Path) -> Remembered:
    try:
        return convert(read_sealed(out / MANIFEST, SEAL) or {}, Remembered)
    except (ValidationError, ValueError):
        return Remembered()


def _json(known: Remembered) -> bytes:
    values: Any = to_builtins(known)
    return json.dumps(values, separators=(",", ":")).encode()


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except OSError:
        return []
