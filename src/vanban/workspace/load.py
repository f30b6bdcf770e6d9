"""Loading content/: from the files of officials to a :class:`Workspace`.

In: the content folder and a year. Out: a :class:`Reading`: the workspace and the problems of all
files together. One broken file stops only what reads it: :meth:`Reading.without` gives the
workspace of the others. Nothing outside the content folder is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from vanban.errors import ContentError, Place, Problem
from vanban.workspace.folder import (
    AGENCY,
    ANSWERS,
    AREAS,
    CRITERIA,
    DOCUMENTS,
    EVIDENCE,
    EVIDENCE_FILES,
    HOUSE_RULES,
    INDICATORS,
    OF_A_YEAR,
    PLAN,
    REGISTERS,
    REPORTS,
    REVIEW,
    chosen_year,
    find_years,
    original_of,
    shown_path,
    yaml_files,
)
from vanban.workspace.instructions import without_instructions
from vanban.workspace.models.agency import Agency
from vanban.workspace.models.answers import SelfAssessment
from vanban.workspace.models.base import Entry
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.models.evidence import EvidenceRegister
from vanban.workspace.models.indicators import IndicatorRegister
from vanban.workspace.models.plan import Area, Plan
from vanban.workspace.models.register import DocumentRegister
from vanban.workspace.models.report import Report
from vanban.workspace.models.review import Review
from vanban.workspace.models.rule_rows import HouseRules
from vanban.workspace.periods import PERIODS
from vanban.workspace.references import check_references, citations
from vanban.workspace.source import Mapping as Tree
from vanban.workspace.source import Node
from vanban.workspace.stray_files import is_ignored
from vanban.workspace.validate import as_meant, validate
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import parse_yaml, scan_yaml

__all__ = [
    "AGENCY",
    "CRITERIA",
    "EVIDENCE",
    "EVIDENCE_FILES",
    "Reading",
    "chosen_year",
    "find_years",
    "load_workspace",
    "read_content",
    "shown_path",
]

EntryType = TypeVar("EntryType", bound=Entry)
_MAY_BE_YAML = frozenset({"", ".yml", ".txt"})
"""Endings of files that somebody may have meant to be read."""
_NOT_READ = "tệp này không được đọc — chuyển đi nếu không dùng"


@dataclass(frozen=True)
class Reading:
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
        workspace, year = self.workspace, shown_path(self.workspace.root / str(self.workspace.year))
        lost, problems = set(broken), list[Problem]()
        while True:
            parts = {year / PLAN, *(area.at().file for area in workspace.areas)}
            if any(file in parts or year / AREAS in (file, file.parent) for file in lost):
                lost |= parts
            ids = {name: file for name, file in self.ids.items() if file in lost}
            dangling = [
                Problem(
                    value.place,
                    value.key,
                    f"“{value.text}” là văn bản ở {ids[value.text]}, tệp đó đang có lỗi — sửa tệp "
                    "đó trước",
                    (ids[value.text], *(file for file in broken if file.parent == year / AREAS)),
                )
                for value in citations(self.trees, ids)
                if value.place.file not in lost
            ]
            if not dangling:
                break
            problems += dangling
            lost |= {problem.place.file for problem in dangling}

        def kept(entry: EntryType | None) -> EntryType | None:
            return entry if entry is not None and entry.at().file not in lost else None

        def sound(reports: Mapping[str, Report]) -> MappingProxyType[str, Report]:
            return MappingProxyType({name: each for name, each in reports.items() if kept(each)})

        return replace(
            workspace,
            plan=kept(workspace.plan),
            areas=tuple(area for area in workspace.areas if kept(area)),
            reports=sound(workspace.reports),
            last_year_reports=sound(workspace.last_year_reports),
            criteria=kept(workspace.criteria),
            self_assessment=kept(workspace.self_assessment),
            evidence=kept(workspace.evidence),
            other_plans=tuple(plan for plan in workspace.other_plans if kept(plan)),
        ), tuple(problems)


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

    Raises :class:`ContentError` only where there is no such content folder or year.
    """
    return _read(content, chosen_year(content, year), drafts)


def _ids(trees: Iterable[tuple[type[Entry], Node]]) -> Iterator[tuple[str, Path]]:
    """Yield the ids by which others cite plans and reports, each with its file."""
    for model, tree in trees:
        if not isinstance(tree, Tree):
            continue
        if model is Plan and "ma" in tree:
            yield str(tree["ma"]), tree.place.file
        elif model is Report:
            yield PERIODS[tree.place.file.stem].document_id, tree.place.file


def _read(content: Path, year: int, drafts: Mapping[Path, bytes]) -> Reading:
    reader = _Reader(drafts)
    folder = content / str(year)
    agency = reader.read(Agency, content / AGENCY, required=True)
    documents = reader.read(DocumentRegister, content / DOCUMENTS, required=True)
    indicators = reader.read(IndicatorRegister, content / INDICATORS, required=True)
    reader.expect(content, REVIEW)
    review = reader.read_if_there(Review, content / REVIEW)
    reader.expect(content, HOUSE_RULES)
    house_rules = [
        reader.read(HouseRules, path) for path in reader.yaml_files(content / HOUSE_RULES)
    ]
    for name in OF_A_YEAR:
        reader.expect(folder, name)
    plan = reader.read_if_there(Plan, folder / PLAN)
    criteria = reader.read_if_there(CriteriaSet, folder / CRITERIA)
    self_assessment = reader.read_if_there(SelfAssessment, folder / ANSWERS)
    evidence = reader.read_if_there(EvidenceRegister, folder / EVIDENCE)
    areas = [reader.read(Area, path) for path in reader.yaml_files(folder / AREAS)]
    reports = reader.read_reports(folder / REPORTS)
    trees = tuple(reader.trees)
    reader.note_strays(content, REGISTERS)
    reader.note_strays(folder, OF_A_YEAR)
    # What other years cite is their own business: their references are not looked at.
    other_plans = [
        reader.read_if_there(Plan, content / str(other) / PLAN)
        for other in find_years(content)
        if other != year
    ]
    ids = dict(_ids(reader.trees))
    last_year_reports = reader.read_reports(content / str(year - 1) / REPORTS)
    told = {problem.place for problem in reader.problems}
    references = check_references(
        trees, reader.broken, ids, reader.unreadable, reader.commented, told
    )
    better = {problem.place for problem in references}
    typed = (problem for problem in reader.problems if problem.place not in better)
    problems = tuple(sorted({*typed, *references}))
    notes = tuple(sorted(reader.notes))
    unusable = {problem.place.file for problem in problems} & {shown_path(content / INDICATORS)}
    if indicators is None or unusable:
        return Reading(None, problems, notes, reader.meant)
    workspace = Workspace(
        content,
        year,
        # With problems the workspace serves for its figures only, which need neither of the two.
        agency if agency is not None else Agency.model_construct(calendar=()),
        documents if documents is not None else DocumentRegister.model_construct(documents=()),
        indicators,
        plan,
        tuple(area for area in areas if area is not None),
        MappingProxyType(reports),
        MappingProxyType(last_year_reports),
        criteria,
        self_assessment,
        evidence,
        tuple(other for other in other_plans if other is not None),
        review if review is not None else Review.model_validate({}),
        tuple(file for file in house_rules if file is not None),
    )
    return Reading(workspace, problems, notes, reader.meant, trees, ids)


@dataclass
class _Reader:
    """Reads files one after the other and gathers what is wrong with them."""

    drafts: Mapping[Path, bytes]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    meant: dict[Path, Path] = field(default_factory=dict)
    trees: list[tuple[type[Entry], Node]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Names of files with problems; what they define is not fully known."""
    unreadable: list[Path] = field(default_factory=list)
    """Plans of which not even the id is known."""
    commented: dict[str, Place] = field(default_factory=dict)
    """Ids of entries that are only comments."""

    def read(self, model: type[EntryType], path: Path, required: bool = False) -> EntryType | None:
        shown = shown_path(path)
        if required:
            self.expect(path.parent, path.name)
        draft = self.drafts.get(shown)
        file = scan_yaml(path, shown) if draft is None else parse_yaml(draft, shown)
        self.notes.extend(file.notes)
        self.commented.update(file.commented)
        problems = list(file.problems)
        entry = None
        tree = without_instructions(model, file.tree)
        if tree is not None:
            entry, mistakes = validate(model, tree, Place(shown, 1, 1))
            self.trees.append((model, as_meant(model, tree) if mistakes else tree))
            problems.extend(each for each in mistakes if each.place.line not in file.touched)
        if problems:
            self.broken.add(path.name)
        if file.tree is None and model is Plan:
            self.unreadable.append(shown)
        self.problems.extend(problems)
        return entry

    def read_if_there(self, model: type[EntryType], path: Path) -> EntryType | None:
        is_there = path.exists() or shown_path(path) in self.drafts
        return self.read(model, path) if is_there else None

    def read_reports(self, folder: Path) -> dict[str, Report]:
        reports = {}
        for path in self.yaml_files(folder):
            if path.stem not in PERIODS:
                near = closest(path.stem, PERIODS)
                what_to_do = f"có phải “{near}.yaml”?" if near else "đổi tên tệp"
                names = ", ".join(f"{period}.yaml" for period in PERIODS)
                self.refuse(path, f"tên tệp phải là một trong {names} — {what_to_do}")
                continue
            report = self.read(Report, path)
            if report is not None:
                reports[path.stem] = report
        return reports

    def yaml_files(self, folder: Path) -> tuple[Path, ...]:
        """Return the content files of a folder by name; other files in it are told."""
        if not folder.exists():
            return ()
        if not folder.is_dir():
            self.refuse(folder, "đây phải là thư mục — đổi tên tệp này và tạo thư mục")
            return ()
        files = yaml_files(folder)
        for path in sorted(folder.iterdir()):
            if path in files or is_ignored(path.name) or self.note_copy(path):
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

    def note_strays(self, folder: Path, known: Iterable[str]) -> None:
        """Note copies of files and folders, and YAML files in ``folder`` that nobody reads."""
        if not folder.is_dir():
            return
        for path in sorted(folder.iterdir()):
            if path.name in known or is_ignored(path.name) or shown_path(path) in self.meant:
                continue
            if not self.note_copy(path) and path.suffix in (".yaml", ".yml"):
                self.note(path, _NOT_READ)

    def expect(self, folder: Path, name: str) -> None:
        """Tell a file or folder whose name was mistyped, where ``name`` itself is missing."""
        if not folder.is_dir() or (folder / name).exists():
            return
        stems = {
            path.stem: path
            for path in folder.iterdir()
            if path.name != EVIDENCE_FILES and not is_ignored(path.name)
        }
        near = closest(Path(name).stem, stems)
        if near is not None:
            self.meant[shown_path(stems[near])] = shown_path(folder / name)
            self.refuse(stems[near], f"tên này không được đọc — có phải “{name}”?")

    def refuse(self, path: Path, message: str) -> None:
        self.problems.append(Problem(Place(shown_path(path)), "", message))

    def note(self, path: Path, message: str) -> None:
        self.notes.append(Problem(Place(shown_path(path)), "", message))
