"""``vanban import``: a Word or PDF file becomes content, is built, and compared with the file.

Nothing that is there is written over. The built document is composed in a folder of its own first,
so that what is told and what is written are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from vanban.app.catalogue import RESERVED, find_kind
from vanban.app.content_file import content_bytes, read_of
from vanban.app.load import load_content
from vanban.app.new_ward import refuse_ward
from vanban.compose.composed import Composed
from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.exchange.word_import.differences import (
    Differences,
    differences,
    differences_text,
    leftovers_text,
)
from vanban.exchange.word_import.imported import (
    Imported,
    import_paper,
    import_plan,
    import_report,
    year_in,
)
from vanban.exchange.word_import.ledger import Settled
from vanban.exchange.word_import.source import Original, read_original
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.read import read_file
from vanban.io.scratch import scratch
from vanban.io.swap import write_files
from vanban.workspace.edit import insert_item
from vanban.workspace.files import AGENCY, AREAS, PLAN, REGISTERS, AnyFile
from vanban.workspace.folder import find_years, problem_at, shown_path, yaml_files
from vanban.workspace.shared_folder import placed, shared_folder
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import MAX_BYTES
from vanban.workspace.yaml_write import tree_lines

MAX_FILE = 50_000_000
"""Bytes of a file that is taken in; a text of hundreds of pages has one."""

FOLDER = "nhap-tu-tep"
"""Folder of the year with what found no place and what differs."""

Importer = Callable[[Original, Workspace, int, Path], Imported]
IMPORTERS: dict[str, Importer] = {
    "plan": import_plan,
    "report": import_report,
    "document": partial(import_paper, reserved=RESERVED),
}
HOLDS: dict[str, tuple[AnyFile, ...]] = {"plan": (PLAN, AREAS), "report": (), "document": ()}
"""The content files that a kind of document fills, which must not be there yet."""


COMPOSED_WITH: dict[str, tuple[AnyFile, ...]] = {
    "plan": (),
    "report": (PLAN, AREAS),
    "document": (),
}
"""The files of the year that a kind of document is composed with, where they are there."""


class Taken(Struct, frozen=True):
    """What a file became: ``files`` below the content folder, as they are to be written."""

    imported: Imported
    files: Mapping[Path, bytes]
    settled: Settled
    differs: Differences
    notes: tuple[str, ...]
    pages: Composed

    @property
    def reports(self) -> tuple[Path, ...]:
        """Paths of the two files to read: what is left over, what differs."""
        return tuple(path for path in self.files if path.suffix == ".txt")


def take_in(
    file: Path, kind: str, content: Path, templates: Path, year: int | None, accept: bool
) -> Taken:
    """Read ``file`` and try out what it becomes; writes nothing. Raises ContentError."""
    original = read_original(read_file(file, MAX_FILE), shown_path(file), accept)
    workspace = load_content(content, None).workspace
    chosen = year or year_in(original)
    if chosen is None:
        raise UsageError("không đọc được năm từ ngày tháng của tệp — ghi thêm --year, ví dụ 2025")
    imported = IMPORTERS[kind](original, workspace, chosen, templates)
    files = dict(_files(imported, content))
    with scratch() as folder:
        trial = folder / "content"
        _copy(content, trial, chosen, COMPOSED_WITH[kind])
        _lay_out(files, trial, content)
        composed = _compose(imported, trial, templates, content)
    texts = tuple(composed.document.texts())
    settled = imported.ledger.settle(texts)
    differs = differences(((each.number, each.text) for each in original.paragraphs), texts)
    below = Path(str(chosen)) / FOLDER
    left = leftovers_text(file.name, settled, imported.unsure)
    files[below / f"{file.stem}.chua-xep.txt"] = left.encode()
    files[below / f"{file.stem}.khac-ban-goc.txt"] = differences_text(file.name, differs).encode()
    return Taken(imported, files, settled, differs, original.notes, composed)


def _files(imported: Imported, content: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the new files, and the registers with what they lacked."""
    year = Path(str(imported.year))
    for path, tree in imported.files.items():
        up = "../" * (len(path.parts))
        schema = path.parts[0].removesuffix(".yaml")
        head = f"# yaml-language-server: $schema={up}.schema/{schema}.schema.json"
        yield year / path, "\n".join((head, "", *tree_lines(tree), "")).encode()
    registers: dict[Path, bytes] = {}
    for each in imported.additions:
        path = each.file.path(content, imported.year)
        own = read_file(path, MAX_BYTES) if path.is_file() else f"{each.key}: []\n".encode()
        data = registers.get(path, own)
        registers[path] = insert_item(data, shown_path(path), (each.key,), each.item)
    for path, data in registers.items():
        yield path.relative_to(content), data


def _copy(content: Path, target: Path, year: int, also: tuple[AnyFile, ...]) -> None:
    """Copy the registers, the files ``also`` of the year, and of other years what is cited."""
    target.mkdir()
    (target / str(year)).mkdir()
    rows = [file.path(content, year) for file in (*REGISTERS, *also)]
    rows += [PLAN.path(content, each) for each in find_years(content) if each != year]
    files = (
        each
        for path in rows
        for each in (yaml_files(path) if path.is_dir() else (path,) if path.is_file() else ())
    )
    _lay_out({each.relative_to(content): each.read_bytes() for each in files}, target, content)


def _lay_out(files: Mapping[Path, bytes], trial: Path, content: Path) -> None:
    """Write files of ``content`` into the folder ``trial``, as if that were it."""
    for path, data in files.items():
        (trial / path).parent.mkdir(parents=True, exist_ok=True)
        (trial / path).write_bytes(_placed(data, path, content))


def _placed(data: bytes, path: Path, content: Path) -> bytes:
    """Return a file that stands elsewhere than in ``content``, which still names what it shares."""
    common = shared_folder(content) if path.name == AGENCY.name else None
    return data if common is None else placed(data, path, common)


def _compose(imported: Imported, trial: Path, templates: Path, content: Path) -> Composed:
    """Compose what was taken in; problems are told as of the folder that it will stand in."""
    try:
        loaded = load_content(trial, imported.year)
        kind = find_kind(imported.document, trial)
        workspace = loaded.require(kind.reads(trial, imported.year))
        return kind.compose(workspace, templates)
    except ContentError as error:
        shown = shown_path(trial)
        raise ContentError(_told(each, shown, content) for each in error.problems) from error


def already_there(taken: Taken, kind: str, content: Path) -> tuple[Path, ...]:
    """Return the files of ``content`` that keep what was taken in from being written."""
    year = taken.imported.year
    held = [path for file in HOLDS[kind] for path in _present(file.path(content, year))]
    registers = {file.path(content, year) for file in REGISTERS}
    new = {content / path for path in taken.files} - registers
    return tuple(sorted({*held, *(path for path in new if path.exists())}))


def apply(taken: Taken, kind: str, content: Path, stamp: Stamp) -> tuple[Path, ...]:
    """Write what was taken in; raises ContentError where a file of it is there already."""
    with locked(content):
        there = already_there(taken, kind, content)
        if there:
            raise ContentError(
                problem_at(
                    path, "đã có tệp này, không ghi đè — chọn --year khác, hoặc --out để xem riêng"
                )
                for path in there
            )
        # The registers are read again: another command may have added to them since.
        year = taken.imported.year
        known = content_bytes(content, year)
        files = {**taken.files, **dict(_files(taken.imported, content))}
        found = _problems(content, year, files) - _problems(content, year, {})
        if found:
            raise ContentError(found)
        after = {content / path: data for path, data in files.items()}
        write_change(content, after.items(), stamp, read_of(known, after))
    return tuple(content / path for path in files)


def _problems(content: Path, year: int, files: Mapping[Path, bytes]) -> set[Problem]:
    """Return what is wrong with the content of ``year`` once ``files`` stand in it."""
    with scratch() as folder:
        trial = folder / "content"
        own = [each for each in content.rglob("*.yaml") if each.is_file()]
        kept = {each.relative_to(content): each.read_bytes() for each in own}
        _lay_out({**kept, **files}, trial, content)
        (trial / str(year)).mkdir(exist_ok=True)
        try:
            problems = load_content(trial, year).problems
        except ContentError as error:
            problems = error.problems
        return {_told(each, shown_path(trial), content) for each in problems}


def _told(problem: Problem, trial: Path, content: Path) -> Problem:
    """Return a problem of a trial as one of the folder that it is made for."""
    place = problem.place
    if place.file.is_relative_to(trial):
        place = Place(shown_path(content / place.file.relative_to(trial)), place.line)
    return Problem(place, problem.key, problem.message.replace(str(trial), str(content)))


def _present(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        return yaml_files(path)
    return (path,) if path.exists() else ()


def write_apart(
    taken: Taken, kind: str, folder: Path, content: Path, templates: Path
) -> tuple[Path, ...]:
    """Write ``folder``/content and ``folder``/templates, which build; raises UsageError."""
    refuse_ward(folder)
    files: dict[Path, bytes] = {}
    with scratch() as trial:
        _copy(content, trial / "content", taken.imported.year, COMPOSED_WITH[kind])
        for path in sorted((trial / "content").rglob("*.yaml")):
            files[folder / path.relative_to(trial)] = path.read_bytes()
    for path in sorted(templates.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~")):
            files[folder / "templates" / path.name] = read_file(path, MAX_BYTES)
    files |= {
        folder / "content" / path: _placed(data, path, content)
        for path, data in taken.files.items()
    }
    write_files(files.items(), fresh=True)
    return tuple(folder / "content" / path for path in taken.files)
