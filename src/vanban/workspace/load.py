"""Loading content/: from the files of officials to a :class:`Workspace`.

In: the content folder and a year. Out: the workspace, or :class:`ContentError` with the problems of
all files together. Nothing outside the content folder is read.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from vanban.errors import ContentError, Place, Problem
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
from vanban.workspace.periods import PERIODS
from vanban.workspace.references import check_references
from vanban.workspace.source import Node
from vanban.workspace.validate import validate
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import scan_yaml

EntryType = TypeVar("EntryType", bound=Entry)

AGENCY, DOCUMENTS, INDICATORS = "co-quan.yaml", "van-ban.yaml", "chi-tieu.yaml"
REVIEW = "soat-loi.yaml"
PLAN, AREAS, REPORTS = "ke-hoach.yaml", "linh-vuc", "bao-cao"
CRITERIA, ANSWERS, EVIDENCE = "tieu-chi.yaml", "tu-danh-gia.yaml", "minh-chung.yaml"
EVIDENCE_FILES = "minh-chung"
"""Folder of the evidence files, which may be there before their register."""


def find_years(content: Path) -> tuple[int, ...]:
    """Return the years that have a folder in ``content``, oldest first."""
    if not content.is_dir():
        return ()
    return tuple(
        sorted(
            int(folder.name)
            for folder in content.iterdir()
            if folder.is_dir() and re.fullmatch(r"[12][0-9]{3}", folder.name)
        )
    )


@dataclass(frozen=True)
class Reading:
    """What was read of content/: every problem, and a workspace of all that is sound.

    With problems the workspace serves only to look for more of them; it is None where a register
    is of no use for that.
    """

    workspace: Workspace | None
    problems: tuple[Problem, ...]


def load_workspace(content: Path, year: int | None = None) -> Workspace:
    """Read the content of ``year`` (of the newest year folder where None).

    Raises :class:`ContentError` with every problem of every file, sorted.
    """
    reading = read_content(content, year)
    if reading.problems or reading.workspace is None:
        raise ContentError(reading.problems)
    return reading.workspace


def read_content(content: Path, year: int | None = None) -> Reading:
    """Read the content of ``year`` as far as it can be read.

    Raises :class:`ContentError` only where there is no such content folder or year.
    """
    return _read(content, chosen_year(content, year))


def chosen_year(content: Path, year: int | None) -> int:
    """Return ``year``, or the newest year folder where None; ContentError where there is none."""
    if not content.is_dir():
        raise _refusal(content, "không có thư mục nội dung này — xem lại đường dẫn --content")
    years = find_years(content)
    if not years:
        raise _refusal(
            content, "chưa có thư mục năm nào — tạo thư mục của năm, ví dụ 2025, cùng ke-hoach.yaml"
        )
    chosen = year if year is not None else years[-1]
    if chosen not in years:
        known = ", ".join(str(each) for each in years)
        raise _refusal(
            content / str(chosen),
            f"chưa có thư mục của năm này — tạo thư mục, hoặc chọn năm: {known}",
        )
    return chosen


def shown_path(path: Path) -> Path:
    """Return ``path`` as messages print it: relative to the working folder where it is below it."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100 - keep symbolic links
    return absolute.relative_to(here) if absolute.is_relative_to(here) else path


def _refusal(path: Path, message: str) -> ContentError:
    return ContentError([Problem(Place(shown_path(path)), "", message)])


def _read(content: Path, year: int) -> Reading:
    reader = _Reader()
    folder = content / str(year)
    agency = reader.read(Agency, content / AGENCY, register=True)
    documents = reader.read(DocumentRegister, content / DOCUMENTS, register=True)
    indicators = reader.read(IndicatorRegister, content / INDICATORS, register=True)
    reader.expect(content, REVIEW)
    review = reader.read_if_there(Review, content / REVIEW)
    for name in (PLAN, AREAS, REPORTS, CRITERIA, ANSWERS, EVIDENCE):
        reader.expect(folder, name)
    plan = reader.read_if_there(Plan, folder / PLAN)
    criteria = reader.read_if_there(CriteriaSet, folder / CRITERIA)
    self_assessment = reader.read_if_there(SelfAssessment, folder / ANSWERS)
    evidence = reader.read_if_there(EvidenceRegister, folder / EVIDENCE)
    areas = [reader.read(Area, path) for path in reader.yaml_files(folder / AREAS)]
    reports = reader.read_reports(folder / REPORTS)
    other_plans = _other_plans(content, year)
    citable = [other.id for other in other_plans if other.id is not None]
    citable += [PERIODS[period].document_id for period in reports]
    references = check_references(reader.trees, reader.broken, citable)
    # Last year's reports are read for their figures; what they cite is last year's business.
    last_year_reports = reader.read_reports(content / str(year - 1) / REPORTS)
    problems = tuple(sorted({*reader.problems, *references}))
    unusable = {problem.place.file for problem in problems} & {shown_path(content / INDICATORS)}
    if indicators is None or unusable:
        return Reading(None, problems)
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
        other_plans,
        review if review is not None else Review.model_validate({}),
    )
    return Reading(workspace, problems)


def _other_plans(content: Path, year: int) -> tuple[Plan, ...]:
    """Return the sound plans of other years; this year's documents may cite them."""
    plans = []
    for other in find_years(content):
        path = content / str(other) / PLAN
        if other == year or not path.is_file():
            continue
        file = scan_yaml(path, shown_path(path))
        plan, mistakes = validate(Plan, file.tree, Place(shown_path(path)))
        if plan is not None and not file.problems and not mistakes:
            plans.append(plan)
    return tuple(plans)


@dataclass
class _Reader:
    """Reads files one after the other and gathers what is wrong with them."""

    problems: list[Problem] = field(default_factory=list)
    trees: list[tuple[type[Entry], Node]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Names of registers with problems; what they define is not fully known."""

    def read(self, model: type[EntryType], path: Path, register: bool = False) -> EntryType | None:
        shown = shown_path(path)
        if register:
            self.expect(path.parent, path.name)
        file = scan_yaml(path, shown)
        problems = list(file.problems)
        entry = None
        if file.tree is not None:
            self.trees.append((model, file.tree))
            entry, mistakes = validate(model, file.tree, Place(shown, 1, 1))
            # A line that is no YAML gives values that nobody typed.
            mended = {problem.place.line for problem in file.problems}
            problems.extend(each for each in mistakes if each.place.line not in mended)
        if problems and register:
            self.broken.add(path.name)
        self.problems.extend(problems)
        return entry

    def read_if_there(self, model: type[EntryType], path: Path) -> EntryType | None:
        return self.read(model, path) if path.exists() else None

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

    def yaml_files(self, folder: Path) -> list[Path]:
        """Return the .yaml files of a folder by name; other files in it are problems."""
        if not folder.exists():
            return []
        if not folder.is_dir():
            self.refuse(folder, "đây phải là thư mục — đổi tên tệp này và tạo thư mục")
            return []
        files = []
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~")) or path.name.endswith("~"):
                continue  # left by editors and the operating system
            if path.suffix == ".yaml":
                files.append(path)
            else:
                self.refuse(path, "tệp này không được đọc — đổi đuôi thành .yaml hoặc chuyển đi")
        return files

    def expect(self, folder: Path, name: str) -> None:
        """Tell a file or folder whose name was mistyped, where ``name`` itself is missing."""
        if not folder.is_dir() or (folder / name).exists():
            return
        names = {path.name for path in folder.iterdir()} - {EVIDENCE_FILES}
        near = closest(name, names)
        if near is not None:
            self.refuse(folder / near, f"tên này không được đọc — có phải “{name}”?")

    def refuse(self, path: Path, message: str) -> None:
        self.problems.append(Problem(Place(shown_path(path)), "", message))
