"""Loading content/: from the files of officials to a :class:`Workspace`.

In: the content folder and a year. Out: a :class:`Reading`: the workspace and the problems of all
files together. One broken file stops only what reads it: :meth:`Reading.without` gives the
workspace of the others. Nothing is read outside of the content folder and the one that it shares.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.errors import ContentError, Place, Problem
from vanban.invocation import command_here
from vanban.io.read import read_file
from vanban.workspace.files import (
    AGENCY,
    COMMON,
    CONTENT_FILES,
    EVIDENCE_FILES,
    INDICATORS,
    OF_A_YEAR,
    PAPERS,
    REGISTERS,
    AnyFile,
    Shared,
    Stands,
)
from vanban.workspace.folder import (
    NO_FOLDER,
    chosen_year,
    find_years,
    original_of,
    problem_at,
    require_shared,
    shown_path,
    working_folder,
    yaml_files,
)
from vanban.workspace.keys import keys_of
from vanban.workspace.models.entry import Entry
from vanban.workspace.paper_references import documents_in_text
from vanban.workspace.periods import PERIODS
from vanban.workspace.references import check_references
from vanban.workspace.said import said_by, understood
from vanban.workspace.shared_folder import not_for_all, not_to_share
from vanban.workspace.shared_version import version_of_set, wrong_pins
from vanban.workspace.source import Mapping as Tree
from vanban.workspace.source import Node
from vanban.workspace.stray_files import is_ignored
from vanban.workspace.typed_ids import citations
from vanban.workspace.versions import VERSION, version_of
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Held, Workspace
from vanban.workspace.yaml_file import MAX_BYTES, unread

_MAY_BE_YAML = frozenset({"", ".yml", ".txt"})
"""Endings of files that somebody may have meant to be read."""
_NOT_READ = "tệp này không được đọc — chuyển đi nếu không dùng"


class Reading(Struct, frozen=True):
    """What was read of content/: every problem, and a workspace of all that is sound.

    With problems the workspace serves only to look for more of them; it is None where a register
    is of no use for that. ``notes`` tell of files that nobody reads. ``meant`` maps a mistyped
    file to the one that it stands for, ``ids`` the plans and reports that may be cited to their
    files; ``trees`` are those of the year.
    """

    workspace: Workspace | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    meant: Mapping[Path, Path] = field(default_factory=dict)
    trees: tuple[tuple[type[Entry], Node], ...] = ()
    ids: Mapping[str, Path] = field(default_factory=dict)

    def without(self, broken: Collection[Path]) -> tuple[Workspace, tuple[Problem, ...]]:
        """Return the workspace without what the files ``broken`` say.

        A plan goes with its areas. A file that cites a document which is lost so is lost too: the
        problems tell where, and are empty where none does. The registers must be sound.
        """
        assert self.workspace is not None
        workspace = self.workspace
        lost, problems = set(broken), list[Problem]()
        root, year = workspace.root, workspace.year
        wholes = {
            part: {shown_path(file.path(root, year)) for file in (part, part.part_of)}
            for part in OF_A_YEAR
            if part.part_of is not None
        }
        parts = set().union(*wholes.values())
        while True:
            for part, whole in wholes.items():
                if any(whole & {file, file.parent} for file in lost):
                    lost |= whole | {each.path for each in workspace.held if each.file is part}
            ids = {name: file for name, file in self.ids.items() if file in lost}
            dangling = [
                Problem(
                    place,
                    key,
                    f"“{name}” là văn bản ở {ids[name]}, tệp đó đang có lỗi — sửa tệp đó trước",
                    (ids[name], *(file for file in broken if file.parent in parts)),
                )
                for place, key, name in (self._citing(ids) if ids else ())
                if place.file not in lost
            ]
            if not dangling:
                break
            problems += dangling
            lost |= {problem.place.file for problem in dangling}
        held = tuple(each for each in workspace.held if each.path not in lost)
        return replace(workspace, held=held), tuple(problems)

    def _citing(self, ids: Container[str]) -> Iterator[tuple[Place, str, str]]:
        """Yield where this year a document of one of ``ids`` is cited: place, key and id."""
        for value in citations(self.trees, ids):
            yield value.place, value.key, value.text
        assert self.workspace is not None
        for paper in self.workspace.all_of(PAPERS):
            for text, reference in documents_in_text(paper):
                if reference.name in ids:
                    yield text.place_at(reference.start), text.key, reference.name


def load_workspace(content: Path, year: int | None = None) -> Workspace:
    """Read the content of ``year`` (of the newest year in use where None).

    Raises :class:`ContentError` with every problem of every file, sorted.
    """
    reading = read_content(content, year)
    if reading.problems or reading.workspace is None:
        raise ContentError(reading.problems)
    return reading.workspace


def read_content(
    content: Path, year: int | None = None, drafts: Mapping[Path, bytes] = MappingProxyType({})
) -> Reading:
    """Read the content of ``year`` as far as it can be read.

    ``drafts`` are files by their shown path, read instead of what stands there.

    Raises :class:`ContentError` only where there is no such content folder or year, where the
    folder that it shares cannot be used, and where one of them is newer than this program.
    """
    year = chosen_year(content, year)
    reader = _Reader(content, require_shared(content), drafts)
    for file in CONTENT_FILES:
        reader.expect(file, year)
        reader.read_all(file, year)
        if file in (AGENCY, COMMON):
            reader.note_version(file, version_of(reader.tree_of(file)))
    trees = tuple((found.file.model, found.tree) for found in reader.found)
    reader.note_strays(content, (file for file in REGISTERS if file is not COMMON))
    reader.note_strays(content / str(year), OF_A_YEAR)
    reader.note_shared()
    version = version_of_set(reader.common) if reader.common is not None else None
    reader.notes += wrong_pins((found.entry for found in reader.found), version)
    # What other years cite is their own business: their references are not looked at.
    for file in OF_A_YEAR:
        for other in file.other_years(year, find_years(content)):
            reader.read_all(file, other)
    ids = dict(_ids(reader.found, year))
    references = check_references(
        trees,
        reader.broken,
        ids,
        reader.unreadable,
        reader.commented,
        {problem.place for problem in reader.problems},
        reader.shared,
    )
    better = {problem.place for problem in references}
    typed = (problem for problem in reader.problems if problem.place not in better)
    problems = tuple(sorted({*typed, *references}))
    notes = tuple(sorted(reader.notes))
    indicators = {found.path for found in reader.found if found.file is INDICATORS}
    indicators.add(shown_path(INDICATORS.path(content, year)))
    if any(problem.place.file in indicators for problem in problems):
        return Reading(None, problems, notes, reader.meant)
    held, name = tuple(reader.held(year)), version.name if version else ""
    workspace = Workspace(content, year, held, name, working_folder())
    return Reading(workspace, problems, notes, reader.meant, trees, ids)


class _Found(Struct, frozen=True):
    """A file whose tree is known; the entry is None where nothing sound is left of it."""

    file: AnyFile
    year: int
    path: Path
    tree: Node
    entry: Entry | None


def _ids(found: Iterable[_Found], year: int) -> Iterator[tuple[str, Path]]:
    """Yield the ids by which others cite plans and reports, each with its file."""
    for each in found:
        if not isinstance(each.tree, Tree):
            continue
        if each.file.cited_by in each.tree:
            yield str(each.tree[each.file.cited_by]), each.path
        elif each.file.cited_as is not None:
            yield each.file.cited_in(year, each.path.stem, each.year), each.path


class _Reader(Struct):
    """Reads files one after the other and gathers what is wrong with them."""

    content: Path
    common: Path | None
    drafts: Mapping[Path, bytes]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    meant: dict[Path, Path] = field(default_factory=dict)
    found: list[_Found] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Names of files with problems; what they define is not fully known."""
    shared: set[Path] = field(default_factory=set)
    """Files of the folder that is shared."""
    unreadable: list[Path] = field(default_factory=list)
    """Plans of which not even the id is known."""
    commented: dict[str, Place] = field(default_factory=dict)
    """Ids of entries that are only comments."""

    def held(self, year: int) -> Iterator[Held]:
        """Yield what was read; a register that is needed and broken is there without content.

        With problems a workspace serves for its figures only, which need none of these.
        """
        for each in self.found:
            if each.entry is not None:
                yield Held(each.file, each.year, each.path, each.entry)
        there = {each.file for each in self.found if each.entry is not None}
        for file in CONTENT_FILES:
            if file.required and file not in there:
                lists = {
                    each.attribute: ()
                    for each in keys_of(file.model).values()
                    if each.required and each.shape.item
                }
                entry = file.model.model_construct(None, **lists)
                yield Held(file, year, shown_path(file.path(self.content, year)), entry)

    def read_all(self, file: AnyFile, year: int) -> None:
        """Read what a row names in the content of ``year``."""
        paths = [file.path(home, year) for home in file.homes(self.content, self.common)]
        if file.stands is not Stands.FILE:
            every: dict[str, Path] = {}
            for path in paths:
                for each in (*self.yaml_files(path, file.beside), *self.new_drafts(path)):
                    every.setdefault(each.name, each)
            for each in every.values():
                if file.stands is Stands.FOLDER or self.is_period(each):
                    self.read(file, year, each)
            return
        there = [path for path in paths if path.exists() or shown_path(path) in self.drafts]
        most = len(paths) if file.shared is Shared.BESIDE else 1
        for path in there[:most] or (paths[:1] if file.required else []):
            self.read(file, year, path)

    def new_drafts(self, folder: Path) -> tuple[Path, ...]:
        """Return the drafts of files in a folder that are not there yet."""
        names = (each.name for each in self.drafts if each.parent == shown_path(folder))
        return tuple(folder / name for name in sorted(names) if not (folder / name).exists())

    def note_version(self, file: AnyFile, version: int) -> None:
        """Note that the folder that is shared is written for an older program."""
        if file is COMMON and self.common is not None and version < VERSION:
            command = command_here("migrate", content=self.common, options="--apply")
            self.note(
                self.common / file.name,
                f"bộ dùng chung ở phiên bản {version}, chương trình ở phiên bản {VERSION} — người "
                f"phụ trách bộ ấy chuyển bằng lệnh {command}",
            )

    def tree_of(self, file: AnyFile) -> Node:
        return next((found.tree for found in self.found if found.file is file), None)

    def read(self, file: AnyFile, year: int, path: Path) -> None:
        shown = shown_path(path)
        if self.common is not None and path.is_relative_to(self.common):
            self.shared.add(shown)
        draft = self.drafts.get(shown)
        try:
            said = said_by(file, shown, read_file(path, MAX_BYTES) if draft is None else draft)
        except OSError as error:
            said = understood(file, shown, unread(shown, error))
        self.notes.extend(said.notes)
        self.commented.update(said.read.commented)
        self.found += [_Found(part, year, shown, tree, entry) for part, tree, entry in said.parts]
        if shown in self.shared:
            self.problems += (each for _, _, entry in said.parts for each in not_for_all(entry))
        if said.problems:
            self.broken.add(path.name)
        if said.read.tree is None and file.cited_by:
            self.unreadable.append(shown)
        self.problems.extend(said.problems)

    def is_period(self, path: Path) -> bool:
        """Say whether a file is called by a period; tell one that is not."""
        if path.stem in PERIODS:
            return True
        near = closest(path.stem, PERIODS)
        what_to_do = f"có phải “{near}.yaml”?" if near else "đổi tên tệp"
        names = ", ".join(f"{period}.yaml" for period in PERIODS)
        self.refuse(path, f"tên tệp phải là một trong {names} — {what_to_do}")
        return False

    def yaml_files(self, folder: Path, beside: str = "") -> tuple[Path, ...]:
        """Return the content files of a folder by name; what else is in it is told.

        Not the folder ``beside`` them, whose files they name.
        """
        if not folder.exists():
            return ()
        if not folder.is_dir():
            self.refuse(folder, NO_FOLDER)
            return ()
        files = yaml_files(folder)
        for path in sorted(folder.iterdir()):
            if path in files or is_ignored(path.name) or self.note_copy(path):
                continue
            if path.name == beside and path.is_dir():
                continue
            if path.suffix.lower() in _MAY_BE_YAML or ".yaml" in path.name.lower():
                self.refuse(path, "tệp này không được đọc — đổi đuôi thành .yaml hoặc chuyển đi")
            else:
                self.note(path, _NOT_READ)
        return files

    def note_copy(self, path: Path) -> bool:
        """Note a copy that a cloud folder made; say whether ``path`` is one."""
        original = original_of(path)
        if original is not None:
            self.note(
                path,
                f"có vẻ là bản sao của “{original.name}” do hai máy cùng lưu, không được đọc — so "
                "hai tệp, giữ nội dung đúng ở tên cũ rồi xóa bản sao",
            )
        return original is not None

    def note_strays(self, folder: Path, files: Iterable[AnyFile]) -> None:
        """Note copies of files and folders, and YAML files in ``folder`` that nobody reads."""
        if not folder.is_dir():
            return
        known = {file.name for file in files}
        for path in sorted(folder.iterdir()):
            if path.name in known or is_ignored(path.name) or shown_path(path) in self.meant:
                continue
            if not self.note_copy(path) and path.suffix in (".yaml", ".yml"):
                self.note(path, _NOT_READ)

    def note_shared(self) -> None:
        """Note what stands in the shared folder and nobody reads there."""
        if self.common is None:
            return
        years = find_years(self.common)
        self.note_strays(self.common, REGISTERS)
        for year in years:
            self.note_strays(self.common / str(year), OF_A_YEAR)
        for path in not_to_share(self.common, years):
            self.note(path, "là tệp riêng của từng đơn vị, không được đọc ở đây — chuyển đi")

    def expect(self, file: AnyFile, year: int) -> None:
        """Tell a file or folder whose name was mistyped, where it is missing itself."""
        if file.shared is Shared.ONLY:
            return
        meant = file.path(self.content, year)
        folder, name = meant.parent, meant.name
        if not folder.is_dir() or meant.exists():
            return
        stems = {
            path.stem: path
            for path in folder.iterdir()
            if path.name != EVIDENCE_FILES and not is_ignored(path.name)
        }
        near = closest(Path(name).stem, stems)
        if near is not None:
            self.meant[shown_path(stems[near])] = shown_path(meant)
            self.refuse(stems[near], f"tên này không được đọc — có phải “{name}”?")

    def refuse(self, path: Path, message: str) -> None:
        self.problems.append(problem_at(path, message))

    def note(self, path: Path, message: str) -> None:
        self.notes.append(problem_at(path, message))
