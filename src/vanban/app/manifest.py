"""The memory of a build folder: what was read and made, by hash, and what was said of it.

In: the folder of content, templates and results, and what a command was asked. Out: whether all is
as it was, so that its answer holds. A build that finds the same documents composed takes over
the files that hold them. The memory is no source: without it, or damaged, everything is made anew.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from hashlib import file_digest, sha256
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import asdict

import vanban
from vanban.io.installed import dictionary_file
from vanban.io.swap import write_files
from vanban.io.walk import walk
from vanban.layout.fonts import FONT_DIR_VARIABLE, FONT_FOLDERS
from vanban.workspace.stray_files import is_ignored

MANIFEST, MEMORY = ".manifest.json", ".memory.json"
"""In the build folder: what was told and made, and what was found out on the way."""

TEXTS = (".yaml", ".md")
"""Endings of files that are read whole; of others size and time of the last change tell enough."""
MOST = 30
"""Commands that are remembered, the latest."""


class Run(Struct, frozen=True):
    """A command that ended: the hash of all it read, its files by hash, what it said, its status.

    ``lines`` are text and whether it went to the standard error.
    """

    key: str
    files: Mapping[str, str]
    lines: tuple[tuple[str, bool], ...]
    status: int


class Rendering(Struct, frozen=True):
    """A document as it was rendered: the hash of it and its look, its files by hash."""

    key: str
    files: Mapping[str, str]


class Manifest(Struct, dict=True):
    """What is remembered of the folder ``out``: runs by command, renderings by document."""

    out: Path
    runs: dict[str, Run] = field(default_factory=dict)
    renderings: dict[str, Rendering] = field(default_factory=dict)

    @cached_property
    def program(self) -> str:
        """The :func:`program_key` of this run."""
        return program_key()

    def unchanged(self, command: str, key: str) -> Run | None:
        """Return the run of ``command`` where it read the same and its files are intact."""
        run = self.runs.get(command)
        if run is None or run.key != key or any(self.edited(run.files)):
            return None
        return run

    def edited(self, files: Mapping[str, str]) -> Iterator[Path]:
        """Yield those of ``files`` that are not as they were made, or are gone."""
        for name, digest in files.items():
            if file_hash(self.out / name) != digest:
                yield self.out / name

    def edited_of(self, documents: Iterable[str]) -> Iterator[Path]:
        """Yield the files of ``documents`` that somebody changed since they were made."""
        for name in documents:
            if name in self.renderings:
                yield from (
                    path for path in self.edited(self.renderings[name].files) if path.exists()
                )

    def edited_below(self, *paths: Path) -> Iterator[Path]:
        """Yield what commands made at or below ``paths`` and somebody changed since."""
        made = {name: each for run in self.runs.values() for name, each in run.files.items()}
        own = {
            name: digest
            for name, digest in made.items()
            if any((self.out / name).is_relative_to(path) for path in paths)
        }
        return (path for path in self.edited(own) if path.exists())

    def strangers(self, folder: Path) -> Iterator[Path]:
        """Yield the PDFs below ``folder`` that no command made as they are now."""
        made = {digest for run in self.runs.values() for digest in run.files.values()}
        return (path for path in sorted(folder.rglob("*.pdf")) if file_hash(path) not in made)

    def rendered(self, name: str, key: str) -> dict[Path, bytes] | None:
        """Return the files of a document that was rendered alike, None where one is not intact."""
        known = self.renderings.get(name)
        if known is None or known.key != key:
            return None
        files = {}
        for path, digest in known.files.items():
            data = _read(self.out / path)
            if data is None or sha256(data).hexdigest() != digest:
                return None
            files[self.out / path] = data
        return files

    def add_rendering(self, name: str, key: str, files: Mapping[Path, bytes]) -> None:
        self.renderings[name] = Rendering(
            key,
            {
                path.relative_to(self.out).as_posix(): sha256(data).hexdigest()
                for path, data in files.items()
            },
        )

    def forget(self, documents: Iterable[str]) -> None:
        """Have ``documents`` rendered anew."""
        for name in documents:
            self.renderings.pop(name, None)

    def add_run(
        self,
        command: str,
        key: str,
        made: Iterable[Path],
        lines: Iterable[tuple[str, bool]],
        status: int,
    ) -> None:
        """Remember a command that ended: the files that it ``made``, what it said, its status."""
        files = {
            path.relative_to(self.out).as_posix(): digest
            for path in made
            if (digest := file_hash(path)) is not None
        }
        self.runs.pop(command, None)
        self.runs[command] = Run(key, files, tuple(lines), status)
        for old in list(self.runs)[:-MOST]:
            del self.runs[old]

    def write(self) -> None:
        """Write the memory beside what it remembers."""
        values = {
            "runs": {name: asdict(run) for name, run in self.runs.items()},
            "renderings": {name: asdict(each) for name, each in self.renderings.items()},
        }
        text = json.dumps(values, ensure_ascii=False, indent=1)
        write_files([(self.out / MANIFEST, text.encode("utf-8", "surrogatepass"))])


def read_manifest(out: Path) -> Manifest:
    """Return what is remembered of ``out``; nothing where there is no memory or it is damaged."""
    data = _read(out / MANIFEST)
    try:
        values = json.loads(data) if data is not None else {}
        return Manifest(
            out,
            {
                name: Run(
                    run["key"],
                    dict(run["files"]),
                    tuple((str(text), bool(err)) for text, err in run["lines"]),
                    int(run["status"]),
                )
                for name, run in values.get("runs", {}).items()
            },
            {
                name: Rendering(each["key"], dict(each["files"]))
                for name, each in values.get("renderings", {}).items()
            },
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return Manifest(out)


def inputs_key(program: str, content: Path, files: Iterable[Path | None] = ()) -> str:
    """Return the hash (hex) of all that a command reads.

    That is the ``program``, as :func:`program_key` tells it, ``content`` and its templates, what
    it reads of the folder that it shares with others, and further ``files``, None where one is not
    there. A new number of the shared folder alone changes nothing that is read.
    """
    from vanban.workspace.folder import input_folders
    from vanban.workspace.shared_version import is_read, pinned_version, without_number

    own, templates, *common = input_folders(content)
    digest = sha256(f"{program}{pinned_version(content)}".encode())
    for folder in (own, templates):
        for part in _folder_parts(folder):
            digest.update(part)
    for folder in common:
        for part in _folder_parts(folder, partial(is_read, content), without_number):
            digest.update(part)
    for path in files:
        digest.update(f"{path}\n".encode("utf-8", "surrogateescape") + _state(path))
    return digest.hexdigest()


def program_key() -> str:
    """Return the hash (hex) of the program, its libraries, the dictionary and the fonts here."""
    digest = sha256(sys.version.encode())
    libraries = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    digest.update("\n".join(sorted(folder.name for folder in libraries)).encode())
    for part in _folder_parts(Path(vanban.__file__).parent, text=None):
        digest.update(part)
    digest.update(_state(dictionary_file()))
    own = os.environ.get(FONT_DIR_VARIABLE)
    for name in (own,) if own else FONT_FOLDERS:
        for folder, below, files in os.walk(Path(name).expanduser()):
            below.sort()
            digest.update(f"{folder}:{len(files)}:{Path(folder).stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def file_hash(path: Path) -> str | None:
    """Return the SHA-256 (hex) of a file, of a folder that of the names of all that is below.

    None where it cannot be read.
    """
    if path.is_dir():
        names = sorted(each.relative_to(path).as_posix() for each in path.rglob("*"))
        return sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest()
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _folder_parts(
    folder: Path,
    counts: Callable[[Path], bool] | None = None,
    text: Callable[[Path, bytes], bytes] | None = lambda path, data: data,
) -> Iterator[bytes]:
    """Yield what tells one state of a folder from another; hidden files and caches are no part.

    Of a file that does not count, given relative to the folder, the name is all. ``text`` gives
    what tells of a text; with None size and time tell of all files.
    """
    start = len(os.path.join(folder, ""))  # noqa: PTH118
    for parent, below, files in walk(folder):
        below[:] = sorted(name for name in below if not name.startswith((".", "__")))
        for name in sorted(files):
            if is_ignored(name):
                continue
            path = f"{parent}{os.sep}{name}"
            yield f"{path[start:]}\n".encode("utf-8", "surrogateescape")
            if counts is not None and not counts(Path(path[start:])):
                continue
            data = _read(Path(path)) if text is not None and name.endswith(TEXTS) else None
            if text is not None and data is not None:
                yield sha256(text(Path(path[start:]), data)).digest()
                continue
            yield _state(path)


def _state(path: str | Path | None) -> bytes:
    """Return size and time of the last change of a file; nothing where it is not there."""
    try:
        state = os.stat(path) if path is not None else None  # noqa: PTH116
    except OSError:
        state = None
    if state is None:
        return b""
    return f"{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}\n".encode()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
