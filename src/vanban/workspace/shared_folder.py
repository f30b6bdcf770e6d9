"""The folder that wards share: where content says it is, and what keeps it from being used.

``dung_chung`` in ``co-quan.yaml`` names it, from the folder that the content folder stands in. It
holds files by the names that they have in a ward's content, ``mau/``, ``templates/`` and its own
``dung-chung.yaml``. Nothing is copied from it, and nothing is ever written into it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.errors import Problem
from vanban.io.read import read_file
from vanban.io.text import MAX_BYTES
from vanban.workspace.files import AGENCY, COMMON, CONTENT_FILES, EVIDENCE_FILES, Shared
from vanban.workspace.models.sharing import SHARED_KEY

if TYPE_CHECKING:
    from vanban.workspace.models.entry import Entry
    from vanban.workspace.source import Scalar


def shared_folder(content: Path) -> Path | None:
    """Return the folder that ``content`` shares with others, as messages print it; None for none.

    It may be none that can be used: see :func:`problem_with`.
    """
    named = _named_in(content)
    if named is None:
        return None
    folder = os.path.normpath(content.absolute().parent / named.replace("\\", "/"))
    return Path(min(folder, os.path.relpath(folder), key=len))


def is_shared_folder(folder: Path) -> bool:
    """Say whether ``folder`` is one that wards may share."""
    return (folder / COMMON.name).is_file()


def placed(agency: bytes, path: Path, common: Path) -> bytes:
    """Return ``co-quan.yaml`` of content that was copied elsewhere, which shares ``common``."""
    from vanban.workspace.edit import set_value

    return set_value(agency, path, (SHARED_KEY,), str(common.absolute()))


def problem_with(folder: Path, content: Path) -> Problem | None:
    """Return what keeps ``folder`` from being what ``content`` shares, where that is said."""
    named, message = _named_in(content), wrong_with(folder, content)
    if message is not None and not folder.is_dir():
        message = f"{message}, tính từ {content.absolute().parent}"
    assert named is not None
    return Problem(named.place, SHARED_KEY, message) if message is not None else None


def not_to_share(folder: Path, years: Iterable[int]) -> Iterator[Path]:
    """Yield what stands in a shared folder and is each ward's own."""
    own = [file.name for file in CONTENT_FILES if file.shared is Shared.NEVER]
    for home in (folder, *(folder / str(year) for year in years)):
        for name in sorted({*own, EVIDENCE_FILES}):
            if (home / name).exists():
                yield home / name


def not_for_all(entry: Entry | None) -> Iterator[Problem]:
    """Yield what a shared file says that cannot hold for every ward."""
    from vanban.workspace.models.register import DocumentRegister

    for document in entry.documents if isinstance(entry, DocumentRegister) else ():
        if document.own:
            message = "văn bản do một đơn vị ban hành — chuyển sang van-ban.yaml của đơn vị ấy"
            yield document.problem(message, "own")


def wrong_with(folder: Path, content: Path) -> str | None:
    """Return why ``content`` cannot share ``folder``, and what to do; None where it can."""
    if not folder.is_dir():
        return f"không có thư mục {folder} — sửa đường dẫn này"
    real, own = folder.resolve(), content.resolve()
    if real.is_relative_to(own) or own.is_relative_to(real):
        return (
            f"{folder} là thư mục của chính đơn vị này, hoặc chứa nó — để thư mục dùng chung riêng "
            "ra một chỗ, ví dụ ../chung"
        )
    if is_shared_folder(folder):
        return None
    if (folder / AGENCY.name).exists() or (folder / "content" / AGENCY.name).exists():
        return (
            f"{folder} là thư mục của một đơn vị — chỉ thư mục có {COMMON.name} mới dùng chung được"
        )
    return f"{folder} chưa phải thư mục dùng chung, thiếu {COMMON.name} — tạo tệp này ở đó"


def _named_in(content: Path) -> Scalar | None:
    """Return what co-quan.yaml says; None where it says nothing that can be read."""
    return said_in(content / AGENCY.name, SHARED_KEY)


def said_in(path: Path, key: str) -> Scalar | None:
    """Return the value of a ``key`` of a whole file; None where none can be read."""
    try:
        data = read_file(path, MAX_BYTES)
    except OSError:
        return None
    typed = re.search(rb"^[\"']?" + re.escape(key.encode()) + rb"\b", data, re.MULTILINE)
    return _value(path, data, key) if typed else None


@lru_cache(maxsize=100)
def _value(path: Path, data: bytes, key: str) -> Scalar | None:
    from vanban.workspace.source import Mapping, Scalar
    from vanban.workspace.yaml_file import parse_yaml

    tree = parse_yaml(data, path).tree
    value = tree.get(key) if isinstance(tree, Mapping) else None
    return value if isinstance(value, Scalar) and value.strip() else None
