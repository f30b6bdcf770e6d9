"""Versions of the schema of content, and the steps from one to the next.

``phien_ban_noi_dung`` in ``co-quan.yaml`` is the version of a content folder; without it, it is 1.
Files are copied from one ward to another one by one, so a step knows older content by its form,
whatever the folder says: it is given the files, and returns those that it changes; content that is
up to date it leaves alone. The key is there so that a program refuses content newer than itself.

A change of the schema adds its step to :data:`STEPS`, and what it moves to :data:`MOVED`, by which
older content is read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import Struct

from vanban.errors import ContentError, Place, Problem
from vanban.invocation import command_here
from vanban.workspace.files import AGENCY, COMMON, HOUSE_RULES, REVIEW, AnyFile
from vanban.workspace.folder import NO_FOLDER, content_files, find_years, refusal, shown_path
from vanban.workspace.instructions import without_instructions
from vanban.workspace.models.agency import VERSION_KEY
from vanban.workspace.shared_folder import is_shared_folder
from vanban.workspace.source import Mapping as Tree
from vanban.workspace.source import Node
from vanban.workspace.validate import validate
from vanban.workspace.yaml_file import parse_yaml, scan_yaml

MOVED: Mapping[AnyFile, tuple[AnyFile, tuple[str, ...]]] = {
    # file: (where its keys stand now, the keys)
    REVIEW: (HOUSE_RULES, ("ten_rieng", "viet_tat", "tu_dung", "kenh_phan_anh")),
}
_WORDS = """\
# yaml-language-server: $schema=../.schema/quy-tac.schema.json
# Tên riêng, chữ viết tắt, từ dùng được, kênh phản ánh của cơ quan, để soát lỗi.
"""

Files = Mapping[Path, bytes]
"""Content files by their shown paths."""


class Step(Struct, frozen=True):
    """From the version before it to the next: what it does, and the files as they become."""

    title: str
    change: Callable[[Path, Files], Files]


def _words_to_house_rules(content: Path, files: Files) -> Files:
    """Move what the check should know of an office from soat-loi.yaml to a file of quy-tac/."""
    from vanban.workspace.edit import take_out  # most commands move nothing

    path, (_, keys) = shown_path(content / REVIEW.name), MOVED[REVIEW]
    read = parse_yaml(files[path], path) if path in files else None
    if read is None or not (read.problems or isinstance(read.tree, Tree)):
        return {}
    moved = [key for key in read.tree if key in keys] if isinstance(read.tree, Tree) else []
    if not isinstance(read.tree, Tree) or (moved and read.problems):
        raise ContentError(read.problems)
    if not moved:
        return {}
    words = without_instructions(HOUSE_RULES.model, split(read.tree, keys))
    _, mistakes = validate(HOUSE_RULES.model, words, read.tree.place)
    if mistakes:
        raise ContentError(mistakes)
    folder = content / HOUSE_RULES.name
    if folder.exists() and not folder.is_dir():
        raise refusal(folder, NO_FOLDER)
    data = files[path]
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    if len(moved) == len(read.tree):  # a file of comments alone would be no content
        data += (b"" if data.endswith((b"\r", b"\n")) else newline) + b"chap_nhan: []" + newline
    rest, taken = take_out(data, path, (*moved, *(key for key in keys if key not in moved)))
    header = _WORDS.encode().replace(b"\n", newline)
    names = (f"tu-ngu{f'-{number}' if number > 1 else ''}.yaml" for number in count(1))
    new = next(folder / name for name in names if not (folder / name).exists())
    return {path: rest, shown_path(new): header + newline + taken}


STEPS: tuple[Step, ...] = (
    Step(
        "tên riêng, chữ viết tắt, từ dùng được, kênh phản ánh chuyển từ soat-loi.yaml sang quy-tac",
        _words_to_house_rules,
    ),
)
VERSION = len(STEPS) + 1
"""Of the content that this program reads."""


def split(tree: Tree, keys: tuple[str, ...]) -> Tree:
    """Return a mapping of those of ``keys`` that ``tree`` has, each with its place."""
    part = Tree(tree.place)
    for key in (key for key in keys if key in tree):
        part[key], part.key_places[key] = tree[key], tree.key_places[key]
    return part


def version_of(tree: Node) -> int:
    """Return the version that the tree of ``co-quan.yaml`` states: 1 where it states none.

    Raises ContentError where that is newer than this program.
    """
    stated: Any = tree.get(VERSION_KEY) if isinstance(tree, Tree) else None
    version = int(stated) if re.fullmatch(r"[0-9]{1,9}", str(stated)) else 1
    if version > VERSION:
        message = (
            f"nội dung ở phiên bản {version}, chương trình này chỉ đọc được đến phiên bản {VERSION}"
            " — cập nhật chương trình"
        )
        raise ContentError.at(stated.place, message, VERSION_KEY)
    return version


def _head(content: Path) -> AnyFile:
    """Return the file that says the version: that of a ward, or of a folder that wards share."""
    return COMMON if is_shared_folder(content) else AGENCY


def refuse_newer(content: Path) -> None:
    """Raise ContentError where ``content`` is newer than this program."""
    path = content / _head(content).name
    if path.is_file():
        version_of(scan_yaml(path, shown_path(path)).tree)


class Migration(Struct, frozen=True):
    """The version of a content folder, what the steps do to it, and the files before and after.

    A new file is None before.
    """

    version: int
    titles: tuple[str, ...]
    files: Mapping[Path, tuple[bytes | None, bytes]]


def migrated(content: Path) -> Migration:
    """Return what brings ``content`` to the version of this program.

    Raises ContentError where it is newer, where a file that is to be changed has mistakes, or is
    written in a way that it cannot be changed in without touching more.
    """
    from vanban.workspace.edit import set_value

    years = find_years(content) or (0,)
    paths = {path for year in years for path in content_files(content, year)}
    before = {path: path.read_bytes() for path in sorted(paths)}
    row = _head(content)
    head = shown_path(content / row.name)
    if head not in before:
        message = "không có tệp này — xem lại đường dẫn --content"
        raise ContentError.at(head, message)
    read = parse_yaml(before[head], head)
    version = version_of(read.tree)
    _, mistakes = validate(row.model, read.tree, Place(head, 1, 1))
    if read.problems or mistakes:
        raise ContentError(read.problems or mistakes)
    after, titles = dict(before), []
    for step in STEPS:
        changed = step.change(content, after)
        after |= changed
        titles += [step.title] if changed else []
    if version < VERSION:
        after[head] = set_value(after[head], head, (VERSION_KEY,), str(VERSION))
    files = {path: (before.get(path), data) for path, data in after.items()}
    changes = {path: each for path, each in files.items() if each[0] != each[1]}
    return Migration(version, tuple(titles), changes)


def old_form(file: AnyFile, tree: Node) -> tuple[AnyFile, Tree, Problem] | None:
    """Return what a file of older content holds for another row, None where it holds nothing.

    It is taken out of ``tree``; the note says by what command it is moved.
    """
    target, keys = MOVED.get(file, (file, ()))
    part = split(tree, keys) if isinstance(tree, Tree) else None
    if not part or not isinstance(tree, Tree):
        return None
    for key in part:
        del tree[key]
    message = (
        f"{', '.join(part)} nay đứng trong {target.pattern}; ở đây vẫn đọc được — chuyển một lượt "
        f"bằng lệnh {command_here('migrate', options='--apply')}"
    )
    return target, part, Problem(min(part.key_places.values()), "", message)
