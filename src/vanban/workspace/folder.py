"""The content folder: names of its files, its years, and which files belong to whom.

In: the content folder. Out: paths and years. No file is read but for the folder that it shares.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.workspace.files import (
    AGENCY,
    CONTENT_FILES,
    OF_A_YEAR,
    REGISTERS,
    SAMPLES,
    TEMPLATES,
    AnyFile,
    Stands,
)
from vanban.workspace.periods import PERIODS
from vanban.workspace.shared_folder import is_shared_folder, problem_with, shared_folder
from vanban.workspace.stray_files import copy_of, is_ignored

NO_FOLDER = "đây phải là thư mục — đổi tên tệp này và tạo thư mục"


class Reads(Struct, frozen=True):
    """The content that something is made from: files, and folders with all that is in them."""

    paths: frozenset[Path]

    @classmethod
    def of(
        cls,
        content: Path,
        year: int,
        files: Iterable[AnyFile] = (),
        paths: Iterable[Path] = (),
    ) -> Reads:
        """Return the registers, the ``files`` of ``year``, and single ``paths``.

        Of what a ward shares with others both places belong to it.
        """
        common = shared_folder(content)
        every = ((file, file.homes(content, common)) for file in (*REGISTERS, *files))
        rows = (file.path(home, year) for file, homes in every for home in homes)
        return cls(frozenset(shown_path(path) for path in (*rows, *paths)))

    def __contains__(self, file: Path) -> bool:
        return file in self.paths or file.parent in self.paths


def require_shared(content: Path) -> Path | None:
    """Return the folder that ``content`` shares with others, None where it names none.

    Raises ContentError where that cannot be used.
    """
    folder = shared_folder(content)
    problem = problem_with(folder, content) if folder is not None else None
    if problem is not None:
        at = problem.place
        place = Place(shown_path(at.file), at.line, at.column)
        raise ContentError([replace(problem, place=place)])
    return folder


def standing(file: AnyFile, content: Path, year: int) -> Path:
    """Return what content of ``year`` is read from: the ward's own file, else the shared one."""
    paths = [file.path(home, year) for home in file.homes(content, shared_folder(content))]
    return next((path for path in paths if path.exists()), paths[0])


def samples_in(content: Path, folder: str = "") -> dict[str, Path]:
    """Return the samples of ``mau/`` (of a folder below) by name: the ward's own before shared."""
    common = shared_folder(content)
    found: dict[str, Path] = {}
    for home in (common, content) if common is not None else (content,):
        samples = home / SAMPLES / folder
        found |= {path.stem: path for path in yaml_files(samples)} if samples.is_dir() else {}
    return found


def templates_of(content: Path) -> Path:
    """Return the folder of templates beside ``content``, else that of the shared folder.

    Raises UsageError where there is none, ContentError where the shared folder cannot be used.
    """
    own, common = content.absolute().parent / TEMPLATES, require_shared(content)
    if own.is_dir():
        return shown_path(own)
    if common is None:
        agency = content / AGENCY.name
        lacking = "" if agency.is_file() else f", mà {agency} (có dòng dung_chung) cũng không có"
        raise UsageError(f"không có thư mục mẫu {own}{lacking} — thư mục này đứng cạnh {content}")
    if not (common / TEMPLATES).is_dir():
        raise UsageError(
            f"không có thư mục mẫu {common / TEMPLATES} — thêm vào thư mục dùng chung, hoặc đặt "
            f"{TEMPLATES} cạnh {content}"
        )
    return common / TEMPLATES


def input_folders(content: Path) -> tuple[Path, ...]:
    """Return the folders of all that documents are made from: content, templates, shared."""
    common = shared_folder(content)
    shared = (common,) if common is not None and problem_with(common, content) is None else ()
    return content, content.absolute().parent / TEMPLATES, *shared


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


def is_in_use(content: Path, year: int) -> bool:
    """Say whether the folder of ``year`` holds content: evidence files alone are none yet."""
    held = (file.path(content, year) for file in OF_A_YEAR)
    return any(any(yaml_files(path)) if path.is_dir() else path.exists() for path in held)


def chosen_year(content: Path, year: int | None) -> int:
    """Return ``year``, or where None the newest in use (the newest folder where none is).

    Raises ContentError where there is no such folder.
    """
    if not content.is_dir():
        raise refusal(content, "không có thư mục nội dung này — xem lại đường dẫn --content")
    if is_shared_folder(content):
        raise refusal(
            content, "đây là thư mục dùng chung — ghi --content là thư mục nội dung của một đơn vị"
        )
    years = find_years(content)
    if not years:
        raise refusal(
            content, "chưa có thư mục năm nào — tạo thư mục của năm, ví dụ 2025, cùng ke-hoach.yaml"
        )
    if year is None:
        return max((each for each in years if is_in_use(content, each)), default=years[-1])
    if year not in years:
        known = ", ".join(str(each) for each in years)
        raise refusal(
            content / str(year),
            f"chưa có thư mục của năm này — tạo thư mục, hoặc chọn năm: {known}",
        )
    return year


def year_with(
    content: Path,
    year: int | None,
    needs: Callable[[int], Iterable[Path]],
    command: Callable[..., str],
) -> int:
    """Return the year whose files ``needs`` a command is to read: ``year``, or the newest in use.

    Where that year lacks one which an older year has, nobody may take the old one by mistake:
    raises UsageError with both commands, as ``command`` gives them for a ``year``.
    """
    chosen = chosen_year(content, year)
    lacking = first_missing(needs(chosen))
    having = [each for each in find_years(content) if first_missing(needs(each)) is None]
    if year is not None or lacking is None or not having:
        return chosen
    older = having[-1]
    raise UsageError(
        f"năm {chosen} đang dùng nhưng chưa có {shown_path(lacking)}; năm gần nhất có là {older} — "
        f"cần bản năm {older}: {command(year=older)}; cần bản năm {chosen}: tạo tệp trên rồi "
        f"{command(year=chosen)}"
    )


def first_missing(files: Iterable[Path]) -> Path | None:
    """Return the first of ``files`` that is not there."""
    return next((file for file in files if not file.is_file()), None)


def year_line(content: Path, year: int | None, chosen: int) -> str | None:
    """Return the line that says which year was taken, None where that could be no other."""
    others = [str(each) for each in find_years(content) if each != chosen]
    if year is not None or not others:
        return None
    return (
        f"Lấy nội dung năm {chosen}. Năm khác ({', '.join(others)}): thêm YEAR={others[-1]} sau "
        f"lệnh make, hoặc --year {others[-1]}."
    )


def yaml_files(folder: Path) -> tuple[Path, ...]:
    """Return the content files in a folder of files (``linh-vuc/``, ``bao-cao/``), by name."""
    return tuple(
        path
        for path in sorted(folder.iterdir())
        if path.suffix == ".yaml" and not is_ignored(path.name) and original_of(path) is None
    )


def original_of(path: Path) -> Path | None:
    """Return the file beside ``path`` that it is a copy of by its name; None where there is none.

    A copy without its original is taken for a file of its own.
    """
    name = copy_of(path.name)
    original = path.with_name(name) if name is not None else None
    return original if original is not None and original.exists() else None


def content_files(content: Path, year: int) -> tuple[Path, ...]:
    """Return the files that content of ``year`` is read from, where they exist, as shown."""
    paths: list[Path] = []
    for file in CONTENT_FILES:
        path = file.path(content, year)
        found = yaml_files(path) if path.is_dir() else (path,)
        paths += [
            each for each in found if file.stands is not Stands.PERIODS or each.stem in PERIODS
        ]
    return tuple(shown_path(path) for path in sorted(paths) if path.is_file())


def shown_path(path: Path) -> Path:
    """Return ``path`` as messages print it: relative to the working folder where it is below it."""
    here = working_folder()
    if here is None:  # it was deleted: nothing is below it
        return path
    absolute = whole_path(path, here)
    return absolute.relative_to(here) if absolute.is_relative_to(here) else path


def whole_path(shown: Path, here: Path | None) -> Path:
    """Return the absolute path of a file that was shown where the working folder was ``here``."""
    return Path(os.path.abspath(shown if here is None else here / shown))  # noqa: PTH100 - keep symbolic links


def working_folder() -> Path | None:
    """Return the working folder, None where it was deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def problem_at(path: Path, message: str) -> Problem:
    """Return the problem of a file or a folder as a whole, by the path that messages print."""
    return Problem(Place(shown_path(path)), "", message)


def refusal(path: Path, message: str) -> ContentError:
    """Return the error that has such a problem."""
    return ContentError([problem_at(path, message)])
