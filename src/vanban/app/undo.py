"""``vanban undo``: the last change of a content folder is taken back, whole or not at all.

In: the content folder. Out: what was taken back, and what could be next. A file that somebody
changed since is never written over: both are shown, and nothing is touched.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.errors import ContentError, MachineError, VanbanError, printable
from vanban.io.journal import (
    Entry,
    Record,
    changed_since,
    read_record,
    record_files,
    take_back,
)
from vanban.io.lock import locked
from vanban.io.reasons import reason_of
from vanban.workspace.folder import shown_path

_HUNK = re.compile(r"@@ \S+ \+(\d+)")
MAX_LINES = 20
"""Lines of a difference that are shown of one file."""


class NothingToUndo(VanbanError):
    """The journal is empty."""


class OfAnother(VanbanError):
    """The last change is somebody else's, who alone takes it back at a desk."""


class ChangedSince(VanbanError):
    """Files are no longer as the change left them; the lines show both."""

    def __init__(self, first: str, more: tuple[str, ...]) -> None:
        super().__init__(first)
        self._lines = (first, *more)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is wrong, then each file with its difference."""
        return self._lines


class Undone(Struct, frozen=True):
    """The change that was taken back, and the one before it: damaged as its line, None if none."""

    record: Record
    next: Record | str | None


def undo(content: Path, person: str | None = None) -> Undone:
    """Take the last change of ``content`` back; asked by a ``person``, only one of that person.

    Raises NothingToUndo, OfAnother, ChangedSince; ContentError with a place where the record is
    damaged; MachineError where a file cannot be read or written. Nothing is changed then.
    """
    with locked(content):
        files = record_files(content)
        if not files:
            raise _nothing(content)
        record = read_record(files[-1])
        if person is not None and record.stamp.person != person:
            raise _of_another(record)
        try:
            changed = tuple(changed_since(content, record))
        except OSError as error:
            raise MachineError(f"không đọc được {error.filename}: {reason_of(error)}") from error
        if changed:
            raise _refusal(content, record, changed)
        take_back(content, record)
    return Undone(record, next(journal(content), None))


def journal(content: Path) -> Iterator[Record | str]:
    """Yield the changes that can be taken back, the last first; a damaged one as its line."""
    for file in reversed(record_files(content)):
        try:
            yield read_record(file)
        except ContentError as error:
            yield str(error)


def _nothing(content: Path) -> NothingToUndo:
    return NothingToUndo(
        f"không có thay đổi nào để lấy lại trong {shown_path(content)} — chương trình chỉ ghi nhật "
        "ký những gì nó tự sửa; chỗ sửa bằng tay thì sửa lại trong trình soạn thảo"
    )


def _of_another(record: Record) -> OfAnother:
    whom = record.stamp.person or "người quản trị máy, bằng lệnh"
    what = replace(record.stamp, person="")
    return OfAnother(
        f"thay đổi gần nhất là của {whom} {what} — để người ấy lấy lại, hoặc sửa lại ô của "
        "anh/chị ngay trên trang"
    )


def _refusal(
    content: Path, record: Record, changed: tuple[tuple[Entry, bytes | None], ...]
) -> ChangedSince:
    lines: list[str] = []
    for entry, now in changed:
        path = shown_path(content / entry.path)
        lines += [f"{path}: {_what_became(entry, now)}", *_difference(entry, now)]
    return ChangedSince(
        f"không lấy lại thay đổi {record.number} ({record.stamp.words}): {len(changed)} tệp đã đổi "
        "sau thay đổi ấy — trả các chỗ dưới đây về như cũ rồi chạy lại, hoặc giữ nguyên và xóa "
        f"{shown_path(record.file)}; chưa tệp nào bị động đến",
        tuple(lines),
    )


def _what_became(entry: Entry, now: bytes | None) -> str:
    if now is None:
        return "đã bị xóa"
    if entry.left_sha256 is None:
        return "đã có lại một tệp ở chỗ này"
    return "đã bị sửa (-: thay đổi ấy để lại; +: hiện nay)" if entry.left else "đã bị thay"


def _difference(entry: Entry, now: bytes | None) -> Iterator[str]:
    """Yield the lines that differ between what was left and what is there now."""
    if now is None or entry.left is None:
        return
    left, found = (data.decode("utf-8", "replace").splitlines() for data in (entry.left, now))
    lines = list(difflib.unified_diff(left, found, lineterm="", n=0))[2:]
    if not lines:
        yield "  khác nhau ở dấu xuống dòng hoặc ký tự không in được"
    for line in lines[:MAX_LINES]:
        place = _HUNK.match(line)
        yield f"  dòng {place[1]}:" if place is not None else f"  {printable(line)}"
    if len(lines) > MAX_LINES:
        yield f"  … và {len(lines) - MAX_LINES} dòng nữa"
