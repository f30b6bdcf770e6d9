"""Where evidence files stand: ``<content>/<year>/minh-chung/``, and nowhere outside of it.

In: the folder and a path as typed in the register. Out: the file's path, or a WrongPath or
MissingFile. Links are followed only as far as they stay in the folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from vanban.evidence.file_errors import MissingFile, WrongPath
from vanban.io.reasons import reason_of
from vanban.nd30.letters import composed
from vanban.workspace.files import EVIDENCE_FILES
from vanban.workspace.stray_files import is_ignored

MAX_NAME = 255
"""Bytes of a name that file systems take; a Vietnamese letter has up to three."""

_README = re.compile(r"README(\..*)?", re.IGNORECASE)
"""Written for people; no evidence."""


def evidence_folder(content: Path, year: int) -> Path:
    return content / str(year) / EVIDENCE_FILES


def path_mistake(name: str) -> str | None:
    """Say in Vietnamese what is wrong with a typed path, without looking at the disk."""
    example = "viết tên tệp trong thư mục minh-chung, ví dụ 1.1.1-01_KH-15-UBND.pdf"
    if "\\" in name:
        return f"đường dẫn có dấu “\\” — dùng dấu “/”; {example}"
    path = PurePosixPath(name)
    if path.is_absolute() or re.match(r"[A-Za-z]:", name):
        return f"đường dẫn tuyệt đối — {example}"
    if ".." in path.parts:
        return f"đường dẫn có “..”, ra ngoài thư mục minh-chung — {example}"
    if any(len(part.encode()) > MAX_NAME for part in path.parts):
        return f"tên tệp dài quá {MAX_NAME} byte — đặt tên ngắn hơn; {example}"
    if not path.parts:
        return f"chưa có tên tệp — {example}"
    return None


def locate(folder: Path, name: str) -> Path:
    """Return the file that ``name`` means; raises MissingFile, or WrongPath outside ``folder``."""
    mistake = path_mistake(name)
    if mistake is not None:
        raise WrongPath(mistake)
    try:
        path = on_disk(folder, name)
        target, home = path.resolve(), folder.resolve()
        is_there, is_file = path.exists(), path.is_file()
    except RuntimeError as error:  # links in a circle
        raise WrongPath("đường dẫn là liên kết vòng — chép chính tệp vào đây") from error
    except OSError as error:
        raise WrongPath(
            f"không tới được tệp: {reason_of(error)} — xem lại tên tệp và quyền đọc"
        ) from error
    if not target.is_relative_to(home):
        raise WrongPath(
            "tệp là liên kết ra ngoài thư mục minh-chung — chép chính tệp vào thư mục này"
        )
    if not is_there:
        raise MissingFile
    if not is_file:
        raise WrongPath("đây không phải là tệp — chỉ rõ một tệp")
    return path


def on_disk(folder: Path, name: str) -> Path:
    """Return the path of ``name`` as the disk writes it, whether or not it is there.

    Some systems take Vietnamese letters apart: a file copied from there has another name, byte for
    byte, and is the same file.
    """
    path = folder
    for part in PurePosixPath(name).parts:
        path = _step(path, part)
    return path


def _step(folder: Path, part: str) -> Path:
    if (folder / part).exists() or not folder.is_dir():
        return folder / part
    wanted = composed(part)
    same = (each for each in folder.iterdir() if composed(each.name) == wanted)
    return min(same, default=folder / part)


def files_in(folder: Path) -> tuple[str, ...]:
    """Return every file below ``folder`` as a register writes it ("a/b.pdf"), sorted."""
    names = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        for name in files:
            if not is_ignored(name) and not _README.fullmatch(name):
                relative = Path(parent, name).relative_to(folder).as_posix()
                names.append(composed(relative))
    return tuple(sorted(names))
