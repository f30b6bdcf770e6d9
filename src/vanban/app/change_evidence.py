"""``vanban evidence remove`` and ``replace``, and edits of an entry of the register.

A file that an entry no longer names goes to a bin in the content folder, in the same change, so
that it is there for ever and ``vanban undo`` puts it back. Whoever looked at an entry may say how
it stood then; one that others have changed since is not touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from vanban.app.add_evidence import (
    MOVED,
    already_inside,
    hash_of,
    names_of,
    read_copy,
    reads_of,
    refuse_duplicate,
)
from vanban.app.content_file import ChangedMeanwhile
from vanban.app.load import load_content, new_problems
from vanban.errors import ContentError, UsageError
from vanban.evidence.descriptions import described, entries
from vanban.evidence.file_errors import FileError
from vanban.evidence.file_facts import MAX_BYTES
from vanban.evidence.inspection import cites_pages_within
from vanban.evidence.new_entry import (
    Mistyped,
    Request,
    first_page_of,
    guesses_of,
    keys_of_file,
    notes_on_copy,
)
from vanban.evidence.office import Copy
from vanban.evidence.place import evidence_folder, locate
from vanban.io.journal import FOLDER, Stamp, write_change
from vanban.io.lock import locked
from vanban.io.read import read_file
from vanban.nd30.dates import short_date
from vanban.provenance import Keys
from vanban.workspace.edit import delete, set_values
from vanban.workspace.files import EVIDENCE
from vanban.workspace.folder import chosen_year, shown_path
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_write import Value

BIN = "thung-rac"
"""In the hidden folder of the journal, by years: nothing there is content, nothing is lost."""
EDITED = (
    *("loai", "so_ky_hieu", "ngay", "co_quan", "trich_yeu"),
    *("muc", "trang", "dung_cho", "ghi_chu", "ban_ky_so", "con_hieu_luc"),
)
"""Keys of an entry that a person may change; the program writes the others."""


class Changed(Struct, frozen=True):
    """An entry as it is now (of one removed: as it was), and what became of files.

    ``binned`` are files where they now are, ``paths`` new ones; ``notes`` what to look at.
    """

    evidence: Evidence
    register: Path
    binned: tuple[Path, ...] = ()
    paths: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


class Binned(Struct, frozen=True):
    """A file in the bin: where it is, how large (bytes), and when it came there."""

    path: Path
    size: int
    time: datetime


def bin_of(content: Path, year: int) -> tuple[Binned, ...]:
    """Return the files in the bin of a year, the last first."""
    folder = content / FOLDER / BIN / str(year)
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        state = path.stat()
        found.append(Binned(path, state.st_size, datetime.fromtimestamp(state.st_mtime)))
    return tuple(sorted(found, key=lambda each: each.time, reverse=True))


def mark_of(evidence: Evidence) -> str:
    """Return a hash (hex) by which an entry is known to be as it was."""
    return sha256(evidence.model_dump_json().encode()).hexdigest()


def remove_evidence(
    content: Path, year: int | None, code: str, stamp: Stamp, seen: str = ""
) -> Changed:
    """Take the entry ``code`` out of the register, its files into the bin.

    Raises UsageError where there is none, ContentError where content has mistakes or would have
    new ones, ChangedMeanwhile where the entry is no longer the one of the mark ``seen``.
    """
    with locked(content):
        opened = _Opened.of(content, chosen_year(content, year), code, seen)
        text = delete(opened.text, opened.shown, opened.keys)
        binned = tuple(opened.binned())
        opened.write(text, _moves(binned), stamp)
    return Changed(opened.evidence, opened.register, tuple(place for _, place in binned))


def replace_evidence(
    content: Path, year: int | None, code: str, request: Request, stamp: Stamp, seen: str = ""
) -> Changed:
    """Give the entry ``code`` the file of ``request`` in the place of its own, which is kept.

    Of ``request.typed`` only the cited pages (``trang``) are read. Raises what adding and
    :func:`remove_evidence` do.
    """
    chosen = chosen_year(content, year)
    before = _Opened.of(content, chosen, code, seen)
    copy = read_copy(request, before.workspace, code)
    with locked(content):
        opened = _Opened.of(content, chosen, code, mark_of(before.evidence))
        refuse_duplicate(hash_of(copy), opened.workspace, code)
        workspace, old = opened.workspace, opened.evidence
        notes = tuple(_notes(old, request, copy, workspace))
        shown, original = names_of(old, workspace, copy, opened.folder, request.file.stem)
        cited = request.typed.get("trang", old.pages)
        _check_cited(str(cited or ""), copy.facts.page_count)
        values = {
            "trang": str(cited) if cited else None,
            **keys_of_file(request, copy, shown, original),
        }
        text = opened.with_values(values)
        new = [(opened.folder / shown, copy.data)]
        if copy.original is not None and original is not None:
            new.append((opened.folder / original, copy.original[0]))
        binned = tuple(opened.binned())
        known = [path for path, _ in (*new, *binned)]
        moved = already_inside(request.file, opened.folder, known)
        gone = [(path, None) for path in moved]
        opened.write(text, [*new, *_moves(binned), *gone], stamp)
        notes = (*notes, *(f"{MOVED} {path.name}" for path in moved))
    return Changed(
        entry_in(load_content(content, chosen).workspace, code)[1],
        opened.register,
        tuple(place for _, place in binned),
        tuple(path for path, _ in new),
        (*notes, *copy.facts.notes, *copy.notes),
    )


def edit_evidence(
    content: Path,
    year: int | None,
    code: str,
    values: Mapping[str, str | tuple[str, ...]],
    stamp: Stamp,
    seen: str = "",
) -> Changed:
    """Write ``values`` (of :data:`EDITED`, as typed; empty: none) into the entry ``code``.

    Raises what :func:`remove_evidence` does.
    """
    unknown = ", ".join(name for name in values if name not in EDITED)
    if unknown:
        raise UsageError(f"không sửa được ở đây: {unknown}")
    with locked(content):
        opened = _Opened.of(content, chosen_year(content, year), code, seen)
        _check_cited(str(values.get("trang", "")), opened.evidence.page_count)
        text = opened.with_values({name: value or None for name, value in values.items()})
        if text != opened.text:
            opened.write(text, (), stamp)
    return Changed(opened.evidence, opened.register)


# --- the register as it is being changed --------------------------------------------------------


class _Opened(Struct, frozen=True):
    """The register of a year, read while the folder is locked, and one entry of it."""

    content: Path
    workspace: Workspace
    register: Path
    text: bytes
    position: int
    evidence: Evidence

    @classmethod
    def of(cls, content: Path, year: int, code: str, seen: str) -> _Opened:
        workspace = load_content(content, year).require(reads_of(content, year))
        position, evidence = entry_in(workspace, code)
        if seen and seen != mark_of(evidence):
            raise ChangedMeanwhile(evidence.at("code"), _words(evidence, workspace))
        register = EVIDENCE.path(content, year)
        return cls(content, workspace, register, register.read_bytes(), position, evidence)

    @property
    def shown(self) -> Path:
        return shown_path(self.register)

    @property
    def keys(self) -> tuple[str, int]:
        return ("tai_lieu", self.position)

    @property
    def folder(self) -> Path:
        return evidence_folder(self.content, self.workspace.year)

    def with_values(self, values: Mapping[str, Value | None]) -> bytes:
        """Return the register with each of ``values`` in the entry; None is for no such key."""
        has = self.evidence.tree or ()
        text = self.text
        for name, value in values.items():
            if name in has and (value is None or isinstance(value, tuple)):
                text = delete(text, self.shown, (*self.keys, name))
        new: dict[Keys, Value] = {
            (*self.keys, name): each for name, each in values.items() if each is not None
        }
        return set_values(text, self.shown, new)

    def binned(self) -> Iterator[tuple[Path, Path]]:
        """Yield each file of the entry with its place in the bin."""
        taken: set[Path] = set()
        for name in filter(None, (self.evidence.file, self.evidence.original)):
            try:
                path = locate(self.folder, name)
            except FileError:  # gone already, or no file of this folder
                continue
            place = _free(self.content / FOLDER / BIN / str(self.workspace.year), path.name, taken)
            taken.add(place)
            yield path, place

    def write(self, text: bytes, files: Iterable[tuple[Path, bytes | None]], stamp: Stamp) -> None:
        """Write the register and the files, if the content is as sound with it as before."""
        problems = new_problems(self.content, self.workspace.year, {self.shown: text})
        if problems:
            raise ContentError(problems)
        read = {self.register: self.text}
        write_change(self.content, [*files, (self.register, text)], stamp, read=read)


def entry_in(workspace: Workspace, code: str) -> tuple[int, Evidence]:
    known = {each.code: number for number, each in enumerate(entries(workspace))}
    if code not in known:
        near = closest(code, known)
        hint = f"có phải “{near}”?" if near else "xem các mã trong minh-chung.yaml"
        raise UsageError(f"không có tài liệu “{code}” trong sổ năm {workspace.year} — {hint}")
    return known[code], entries(workspace)[known[code]]


def _check_cited(pages: str, count: int | None) -> None:
    if not cites_pages_within(pages, count):
        raise Mistyped("trang", f"“{pages}” không có trong tệp {count} trang — ghi lại trang")


def _moves(binned: Iterable[tuple[Path, Path]]) -> Iterator[tuple[Path, bytes | None]]:
    for path, place in binned:
        yield place, read_file(path, MAX_BYTES)
        yield path, None


def _free(folder: Path, name: str, taken: set[Path]) -> Path:
    path, count = folder / name, 1
    while path.exists() or path in taken:
        count += 1
        path = folder / f"{Path(name).stem}-{count}{Path(name).suffix}"
    return path


def _words(evidence: Evidence, workspace: Workspace) -> str:
    """Return an entry in a line, to be compared with what a person typed."""
    facts = described(evidence, workspace)
    day = short_date(facts.date) if facts.date is not None else ""
    parts = (facts.type, facts.number, day, facts.abstract, facts.position, evidence.file)
    return "; ".join(part for part in parts if part)


def _notes(old: Evidence, request: Request, copy: Copy, workspace: Workspace) -> Iterator[str]:
    """Yield what to look at in the new file: what page 1 says otherwise than the register."""
    lines, document = first_page_of(copy), old.document or ""
    yield from notes_on_copy(document, lines, copy, workspace, unread=request.unread)
    if document:
        return
    fields = {field.alias: (field.title, name) for name, field in Evidence.model_fields.items()}
    for key, guess in guesses_of(lines, workspace)[0].items():
        label, name = fields[key]
        value = getattr(old, name)
        known = short_date(value) if isinstance(value, date) else str(value or guess)
        if known != guess:
            yield f"{label}: trang 1 của tệp mới ghi “{guess}”, sổ ghi “{known}” — đối chiếu"
