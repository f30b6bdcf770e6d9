"""What a command reads, as one hash: content, templates, what is shared, the program itself.

In: the folder of content and further files. Out: a key that is another where any of that is, and a
stamp that tells whether somebody touched it meanwhile, be it to put it back.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path

from msgspec import Struct

import vanban
from vanban.io.installed import dictionary_file
from vanban.io.read import opened, read_with_state
from vanban.io.walk import walk
from vanban.layout.fonts import FONT_DIR_VARIABLE, FONT_FOLDERS
from vanban.workspace.files import EVIDENCE_FILES, PAPERS
from vanban.workspace.stray_files import is_ignored

TEXTS = (".yaml", ".md")
"""Endings of files that are read whole; of others size and time of the last change tell enough."""
MAX_BYTES = 50_000_000
"""Of such a file; of a larger one size and time tell enough too."""
FREELY_NAMED = frozenset({EVIDENCE_FILES, PAPERS.beside})
"""Folders whose files content names as it likes: hidden ones and copies are read there too."""
FONT_VARIABLES = ("FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "XDG_DATA_HOME")
"""Environment variables by which fontconfig finds other fonts."""


class Inputs(Struct, frozen=True):
    """All that a command reads: the hash (hex) of it, and one of when its texts were changed.

    The same key with another stamp says that something was changed, and maybe changed back: who
    read it meanwhile may have read something else.
    """

    key: str
    stamp: str


def read_inputs(program: str, content: Path, files: Iterable[Path | None] = ()) -> Inputs:
    """Return what tells all that a command reads.

    That is the ``program``, as :func:`program_key` tells it, ``content`` and its templates, what
    it reads of the folder that it shares with others, and further ``files``, None where one is not
    there. A new number of the shared folder alone changes nothing that is read.
    """
    from vanban.workspace.folder import input_folders
    from vanban.workspace.shared_version import is_read, pinned_version, without_number

    own, templates, *common = input_folders(content)
    digest, stamp = sha256(f"{program}{pinned_version(content)}".encode()), sha256()
    parts = [_folder_parts(own), _folder_parts(templates)]
    parts += (_folder_parts(each, partial(is_read, content), without_number) for each in common)
    for part, state in (each for folder in parts for each in folder):
        digest.update(part)
        stamp.update(state)
    for path in files:
        digest.update(f"{path}\n".encode("utf-8", "surrogateescape") + file_state(path))
    return Inputs(digest.hexdigest(), stamp.hexdigest())


def program_key() -> str:
    """Return the hash (hex) of the program, its libraries, the dictionary and the fonts here."""
    digest = sha256(sys.version.encode())
    libraries = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    digest.update("\n".join(sorted(folder.name for folder in libraries)).encode())
    for part, _ in _folder_parts(Path(vanban.__file__).parent, texts=()):
        digest.update(part)
    words = dictionary_file()
    for path in (words, words.with_suffix(".aff") if words is not None else None):
        digest.update(file_state(path) + b"\n")
    for part in _font_parts():
        digest.update(part)
    return digest.hexdigest()


def _font_parts() -> Iterator[bytes]:
    """Yield what tells which fonts are found, and their state."""
    own = os.environ.get(FONT_DIR_VARIABLE)
    names = (own,) if own else FONT_FOLDERS
    if not own:
        given = {name: os.environ.get(name) for name in FONT_VARIABLES}
        yield f"{given}\n".encode("utf-8", "surrogateescape")
        yield file_state(given["FONTCONFIG_FILE"] or None)
        if given["XDG_DATA_HOME"]:
            names = (*names, str(Path(given["XDG_DATA_HOME"], "fonts")))
    for name in names:
        for folder, below, files in os.walk(Path(name).expanduser()):
            below.sort()
            for file in sorted(files):
                path = f"{folder}{os.sep}{file}"
                yield f"{path}\n".encode("utf-8", "surrogateescape") + file_state(path)


def file_hash(path: Path) -> str | None:
    """Return the SHA-256 (hex) of a file, of a folder that of the names of all that is below.

    None where it cannot be read, or is a device or a pipe.
    """
    try:
        if path.is_dir():
            names = sorted(each.relative_to(path).as_posix() for each in path.rglob("*"))
            return sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest()
        with opened(path) as file:
            return file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # also a name that no file can have
        return None


def file_state(path: str | Path | None) -> bytes:
    """Return size and time of the last change of a file; nothing where it is not there."""
    try:
        return _state(os.stat(path)) if path is not None else b""  # noqa: PTH116
    except (OSError, ValueError):
        return b""


def _state(state: os.stat_result) -> bytes:
    return f"{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}\n".encode()


def _folder_parts(
    folder: Path,
    counts: Callable[[Path], bool] | None = None,
    text: Callable[[Path, bytes], bytes] | None = None,
    texts: tuple[str, ...] = TEXTS,
) -> Iterator[tuple[bytes, bytes]]:
    """Yield what tells one state of a folder from another, and of a text when it was changed.

    What nobody named is no part, but for folders whose files are named freely. Of a file that does
    not ``count``, given relative to the folder, the name is all. Of ``texts``, known by their
    endings, the bytes tell, or what ``text`` makes of them; of other files size and time.
    """
    start = len(os.path.join(folder, ""))  # noqa: PTH118
    for parent, below, files in walk(folder):
        freely = not FREELY_NAMED.isdisjoint(parent[start:].split("/"))
        below[:] = sorted(below if freely else filter(_is_named, below))
        names = "".join(f"{parent[start:]}/{name}/\n" for name in below)
        yield names.encode("utf-8", "surrogateescape"), b""
        for name in sorted(files):
            if not freely and is_ignored(name):
                continue
            path = f"{parent}/{name}"
            yield f"{path[start:]}\n".encode("utf-8", "surrogateescape"), b""
            if counts is not None and not counts(Path(path[start:])):
                continue
            if name.endswith(texts):
                with suppress(OSError):
                    data, state = read_with_state(path, MAX_BYTES)
                    if text is not None:
                        data = text(Path(path[start:]), data)
                    yield sha256(data).digest(), _state(state)
                    continue
            yield file_state(path), b""


def _is_named(name: str) -> bool:
    return not is_ignored(name) and name != "__pycache__"
