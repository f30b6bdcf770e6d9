"""A whole content file as it is typed: judged while it is, and written as it is, byte for byte."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct

from vanban.app.content_file import ChangedMeanwhile, OpenFile, open_file, version_of
from vanban.app.load import Loaded, load_content
from vanban.errors import ContentError, Place, Problem
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.workspace.files import CONTENT_FILES, Stands, Years
from vanban.workspace.yaml_edited import lines_of

MARK = "\ufeff"


class Judged(Struct, frozen=True):
    """What a build would find wrong: in the file itself, and in others because of it."""

    own: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]


class Listed(Struct, frozen=True):
    """A file of the content, relative to its folder, and what such a file is."""

    file: Path
    title: str


def content_files(content: Path, year: int) -> tuple[Listed, ...]:
    """Return the files of all years and those of ``year``, in the order of their table."""
    found = []
    for row in CONTENT_FILES:
        path = row.path(content, year)
        paths = [path] if row.stands is Stands.FILE else sorted(path.glob("*.yaml"))
        found += [Listed(each.relative_to(content), row.title) for each in paths if each.is_file()]
    return tuple(found)


def text_of(opened: OpenFile) -> str:
    """Return a file as a box for text shows it: without its mark, line ends as \\n.

    Raises ContentError where it is no text.
    """
    return _decoded(opened).removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(opened: OpenFile) -> str:
    try:
        return opened.data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = "tệp không phải chữ UTF-8 — lưu lại bằng bảng mã UTF-8"
        raise ContentError.at(Place(opened.shown, 1, 1), message) from error


def bytes_of(text: str, before: str) -> bytes:
    """Return a text as a file that was ``before``: its mark, and of lines that stay their ends.

    New lines end as the first line does.
    """
    mark, lines = lines_of(before.encode())
    bare = [line.rstrip("\r\n") for line in lines]
    end = lines[0][len(bare[0]) :] if lines and len(lines[0]) > len(bare[0]) else "\n"
    new = text.split("\n")
    ends = [end] * len(new)
    for at, there, length in SequenceMatcher(None, bare, new, autojunk=False).get_matching_blocks():
        for step in range(length):
            ends[there + step] = lines[at + step][len(bare[at + step]) :] or end
    ends[-1] = ""
    return (mark + "".join(line + each for line, each in zip(new, ends, strict=True))).encode()


def judged(loaded: Loaded | None, content: Path, year: int, opened: OpenFile, text: str) -> Judged:
    """Return what is wrong with ``text`` in the place of a file; nothing is written.

    Of other files only what is new: ``loaded`` is the content as it is, None where registers have
    mistakes.
    """
    if opened.row.years is not Years.ALL:
        year = int(opened.path.parts[0])
    new = bytes_of(text, _decoded(opened))
    try:
        problems = load_content(content, year, {opened.shown: new}).problems
    except ContentError as error:
        problems = error.problems
    known = set(loaded.problems) if loaded is not None else set()
    own = tuple(each for each in problems if each.place.file == opened.shown)
    return Judged(own, tuple(each for each in problems if each not in own and each not in known))


def write_file(content: Path, file: Path, version: str, text: str, stamp: Stamp) -> str:
    """Write a file as it was typed, mistakes or not; return the version that it then has.

    Raises ChangedMeanwhile where it is not of that ``version``, with what it says now.
    """
    with locked(content):
        opened = open_file(content, file)
        new = bytes_of(text, _decoded(opened))
        if new == opened.data:
            return opened.version
        if opened.version != version:
            raise ChangedMeanwhile(Place(opened.shown), text_of(opened), opened.version)
        write_change(content, [(content / file, new)], stamp, read={content / file: opened.data})
    return version_of(new)
