"""The content folder: names of its files, its years, and which files belong to whom.

In: the content folder. Out: paths and years. No file is read here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.workspace.files import CONTENT_FILES, OF_A_YEAR, REGISTERS, AnyFile, Stands
from vanban.workspace.periods import PERIODS
from vanban.workspace.stray_files import copy_of, is_ignored

NO_FOLDER = "đây phải là thư mục — đổi tên tệp này và tạo thư mục"


@dataclass(frozen=True)
class Reads:
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
        """Return the registers, the ``files`` of ``year``, and single ``paths``."""
        rows = (file.path(content, year) for file in (*REGISTERS, *files))
        return cls(frozenset(shown_path(path) for path in (*rows, *paths)))

    def __contains__(self, file: Path) -> bool:
        return file in self.paths or file.parent in self.paths


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
        raise _refusal(content, "không có thư mục nội dung này — xem lại đường dẫn --content")
    years = find_years(content)
    if not years:
        raise _refusal(
            content, "chưa có thư mục năm nào — tạo thư mục của năm, ví dụ 2025, cùng ke-hoach.yaml"
        )
    if year is None:
        return max((each for each in years if is_in_use(content, each)), default=years[-1])
    if year not in years:
        known = ", ".join(str(each) for each in years)
        raise _refusal(
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
    absolute, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100 - keep symbolic links
    return absolute.relative_to(here) if absolute.is_relative_to(here) else path


def _refusal(path: Path, message: str) -> ContentError:
    return ContentError([Problem(Place(shown_path(path)), "", message)])
