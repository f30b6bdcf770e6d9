"""Where a ward's figures come from: its content folder, or the workbook of its report alone.

In: paths as they are typed. Out: wards, workbooks, and what is wrong with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from vanban.city.gathered import WardFound
from vanban.errors import Problem
from vanban.exchange.sent_workbook import SHEETS, workbooks_at
from vanban.workspace.folder import problem_at, shown_path
from vanban.workspace.periods import PERIODS
from vanban.workspace.wards import CONTENT, Ward, find_wards, ward_name


class WardFile(Struct, frozen=True):
    """The workbook of a ward's report; ``name`` is what the ward is called by it."""

    name: str
    path: Path


class Sources(Struct, frozen=True):
    """Wards by their folders, wards by their files, and paths that are neither.

    ``absent`` are wards that were named and are not there, or not whole, each with why.
    """

    wards: tuple[Ward, ...]
    files: tuple[WardFile, ...]
    absent: tuple[tuple[str, Problem], ...]
    problems: tuple[Problem, ...]

    @property
    def paths(self) -> dict[str, Path]:
        """What each ward is read from, by its name."""
        files = {each.name: each.path for each in self.files}
        folders = {each.name: each.content for each in self.wards}
        return {name: problem.place.file for name, problem in self.absent} | files | folders


def find_sources(paths: Iterable[Path], period: str) -> Sources:
    """Return what ``paths`` stand for: wards as everywhere, and workbooks of ``period``.

    A folder without a ward that holds workbooks stands for them.
    """
    folders: list[Path] = []
    files: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_file():
            files += _workbook(path, problems)
        elif path.is_dir() and not find_wards((path,))[0]:
            below = [each for each in workbooks_at((path,)) if _is_of(each, period)]
            files += below
            folders += () if below else (path,)
        else:
            folders.append(path)
    wards, not_wards = find_wards(folders)
    taken = {ward.name for ward in wards}
    named, twice = _named(files, taken)
    taken |= {each.name for each in named}
    gone = {_name_of(each.place.file): each for each in not_wards if not each.place.file.exists()}
    absent = {name: each for name, each in gone.items() if name not in taken}
    others = (each for each in not_wards if each not in absent.values())
    return Sources(wards, named, tuple(absent.items()), (*others, *problems, *twice))


def once(
    found: Iterable[WardFound], paths: dict[str, Path]
) -> tuple[list[WardFound], list[Problem]]:
    """Leave out wards that came before by another path, as a folder and as a file; tell them."""
    kept: list[WardFound] = []
    problems: list[Problem] = []
    known: dict[str, list[WardFound]] = {}
    for each in found:
        ward = each.ward
        named = known.setdefault(" ".join(ward.agency.split()).casefold(), [])
        first = next((other for other in named if _may_be_same(each, other)), None)
        if first is None or not ward.agency:
            kept.append(each)
            named.append(each)
            continue
        message = (
            f"“{ward.agency}” đã có ở {shown_path(paths[first.ward.name])}, không cộng lần nữa — "
            "bỏ một trong hai, hoặc sửa tên cơ quan nếu là hai đơn vị"
        )
        problems.append(problem_at(paths[ward.name], message))
    return kept, problems


def _may_be_same(one: WardFound, other: WardFound) -> bool:
    """Say whether two wards of one name may be one: provinces tell them apart where known."""
    return one.province == other.province or not (one.province and other.province)


def _workbook(path: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the workbook that a file is, or that it describes; tell a file that is neither."""
    beside = path.with_suffix(SHEETS[0])
    if path.suffix.lower() in SHEETS:
        yield path
    elif path.suffix == ".json" and beside.is_file():
        yield beside
    else:
        message = (
            f"không thấy {beside.name} ở cùng chỗ — để tệp Excel cạnh tệp mô tả này"
            if path.suffix == ".json"
            else "không phải thư mục của đơn vị hay tệp Excel của báo cáo — xem lại đường dẫn"
        )
        problems.append(problem_at(path, message))


def _is_of(path: Path, period: str) -> bool:
    """Say whether a workbook may be of the period: none that is named for another document."""
    own = PERIODS[period].document_id
    return path.stem == own or not path.stem.startswith(("report-", "scores-", "tong-hop-"))


def _named(
    files: Iterable[Path], taken: set[str]
) -> tuple[tuple[WardFile, ...], tuple[Problem, ...]]:
    """Return workbooks with the names of their wards; tell those whose name is taken."""
    found: list[WardFile] = []
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for path in dict.fromkeys(files):
        name = _name_of(path)
        if name in taken or name in seen:
            where = f" (đã có ở {shown_path(seen[name])})" if name in seen else ""
            message = f"trùng tên “{name}” với một đơn vị khác{where} — bỏ hoặc đổi tên tệp"
            problems.append(problem_at(path, message))
            continue
        seen[name] = path
        found.append(WardFile(name, path))
    return tuple(found), tuple(problems)


def _name_of(path: Path) -> str:
    """Return the name of a file; of one called as in every ward that of the ward's folder."""
    if path.suffix.lower() not in (*SHEETS, ".json"):
        return ward_name(path)
    if not path.stem.startswith("report-"):
        return path.stem
    above = (each.name for each in path.absolute().parents)
    return next(name for name in above if name not in ("build", CONTENT) and not name.isdecimal())
