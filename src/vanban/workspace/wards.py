"""The wards that a command over many is asked for: folders → wards, and what is wrong with some.

A ward is given by its content folder (which has ``co-quan.yaml``), by the folder that holds
``content/``, or together with others by the folder that theirs stand in, one below it.
Nothing is read but the bytes of ``co-quan.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from os.path import realpath
from pathlib import Path

from msgspec import Struct

from vanban.errors import Problem
from vanban.io.reasons import reason_of
from vanban.nd30.letters import composed
from vanban.workspace.files import AGENCY
from vanban.workspace.folder import find_years, is_in_use, problem_at, shown_path
from vanban.workspace.shared_folder import is_shared_folder
from vanban.workspace.stray_files import is_ignored

CONTENT = "content"
"""What the folder of content is called in the folder of a ward."""
RESULTS = "build"
"""What the folder of what was made is called."""


class Ward(Struct, frozen=True):
    """A ward's content folder; ``name`` is that of the ward's folder, another for each ward."""

    name: str
    content: Path


def find_wards(paths: Iterable[Path]) -> tuple[tuple[Ward, ...], tuple[Problem, ...]]:
    """Return the wards that ``paths`` stand for, in their order, those of one folder by name.

    The problems tell of paths that lead to no ward, and of wards that are there twice: by the
    folder, by its name, or by ``co-quan.yaml``, copied as it is.
    """
    wards: list[Ward] = []
    problems: list[Problem] = []
    known: dict[str, Ward] = {}
    for path in paths:
        for found in _wards_at(path):
            problem = found if isinstance(found, Problem) else _twice(found, known)
            if problem is not None:
                problems.append(problem)
            elif isinstance(found, Ward):
                wards.append(found)
    return tuple(wards), tuple(dict.fromkeys(problems))


def passed_over(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders beside wards that are none: one may be of a ward that lost its content."""
    found: dict[Path, None] = {}
    for path in paths:
        with suppress(OSError):  # told by find_wards
            if not path.is_dir() or _content_of(path) is not None:
                continue
            below = {each: _ward_below(each) for each in sorted(path.iterdir())}
            if any(below.values()):
                none = (each for each, ward in below.items() if ward is None and _may_be_ward(each))
                found |= dict.fromkeys(each for each in none if each.name != RESULTS)
    return tuple(found)


def ward_name(path: Path) -> str:
    """Return what the ward is called whose folder, content or ``co-quan.yaml`` is, or was, here."""
    folder = path.absolute()
    folder = folder.parent if folder.name == AGENCY.name else folder
    folder = folder.parent if folder.name == CONTENT else folder
    return Path(realpath(folder)).name or CONTENT  # of a link in a circle too


def _wards_at(path: Path) -> Iterator[Ward | Problem]:
    try:
        if not path.exists():
            yield problem_at(path, "không có thư mục này — xem lại đường dẫn")
        elif not path.is_dir():
            yield problem_at(
                path, "đây là tệp — ghi thư mục của đơn vị, hoặc thư mục content của nó"
            )
        elif is_shared_folder(path):
            yield problem_at(path, "đây là thư mục dùng chung — ghi thư mục của các đơn vị")
        elif (content := _content_of(path)) is not None:
            yield _ward(content)
        else:
            below = [found for each in sorted(path.iterdir()) if (found := _ward_below(each))]
            yield from below
            if not below:
                message = f"ở đây không có đơn vị nào, tức không có thư mục chứa {AGENCY.name}"
                yield problem_at(path, f"{message} — xem lại đường dẫn")
    except OSError as error:
        yield _unread(path, error)


def _ward_below(folder: Path) -> Ward | Problem | None:
    """Return the ward of a folder beside others, or why nobody can tell; None where it is none."""
    try:
        content = _content_of(folder) if _may_be_ward(folder) else None
        return _ward(content) if content is not None else None
    except OSError as error:
        return _unread(folder, error)


def _may_be_ward(path: Path) -> bool:
    return path.is_dir() and not is_ignored(path.name) and not is_shared_folder(path)


def _content_of(path: Path) -> Path | None:
    """Return the content folder that ``path`` is, or holds; None where it looks like neither."""
    for folder in (path, path / CONTENT):
        if (folder / AGENCY.name).exists():
            return folder
    inner = path / CONTENT
    if inner.is_dir() and not is_shared_folder(inner):
        return inner
    return path if any(is_in_use(path, year) for year in find_years(path)) else None


def _ward(content: Path) -> Ward | Problem:
    if not (content / AGENCY.name).is_file():
        message = "chưa có tệp này nên thư mục chưa phải của một đơn vị — tạo tệp, hoặc bỏ thư mục"
        return problem_at(content / AGENCY.name, message)
    name = ward_name(content)
    try:
        name.encode()
    except UnicodeEncodeError:
        message = "tên thư mục của đơn vị có ký tự hỏng, không ghi ra được — đổi tên thư mục"
        return problem_at(content, message)
    return Ward(name, content)


def _twice(ward: Ward, known: dict[str, Ward]) -> Problem | None:
    """Return what is wrong where ``ward`` is one of the ``known``; else it is from now on."""
    agency = ward.content / AGENCY.name
    place, name = str(ward.content.resolve()), composed(ward.name).casefold()
    try:
        digest = sha256(agency.read_bytes()).hexdigest()
    except OSError as error:
        return _unread(agency, error)
    signs = {
        f"place {place}": (ward.content, "đã tính ở {} — ghi mỗi đơn vị một lần"),
        f"agency {digest}": (
            agency,
            "giống hệt tệp của {}, nên là cùng một đơn vị — bỏ một thư mục, hoặc sửa tệp này",
        ),
        f"name {name}": (
            ward.content,
            "trùng tên thư mục với {}, kết quả sẽ ghi chồng lên nhau — đổi tên một thư mục",
        ),
    }
    for sign, (file, message) in signs.items():
        if sign in known:
            return problem_at(file, message.format(shown_path(known[sign].content)))
    known |= dict.fromkeys(signs, ward)
    return None


def _unread(path: Path, error: OSError) -> Problem:
    return problem_at(path, f"{reason_of(error)} — xem lại đường dẫn và quyền đọc")
