"""``vanban migrate``: content written for an older program becomes content of this one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from vanban.errors import ContentError, Place, Problem
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.workspace.versions import migrated


@dataclass(frozen=True)
class Migration:
    """From which version, what is done, and the files before and after; a new one is None before"""

    version: int
    titles: tuple[str, ...]
    files: Mapping[Path, tuple[bytes | None, bytes]]


def migrate(content: Path, stamp: Stamp | None) -> Migration:
    """Bring ``content`` to the version of this program; without ``stamp`` nothing is written.

    Raises ContentError where it is newer than the program, where a file that is to be changed has
    mistakes, and where one was changed meanwhile; MachineError where one cannot be written.
    """
    with nullcontext() if stamp is None else locked(content):
        migration = Migration(*migrated(content))
        if stamp is not None and migration.files:
            for path, (before, _) in migration.files.items():
                if (path.read_bytes() if path.exists() else None) != before:
                    message = "tệp vừa được sửa trong lúc chuyển — chạy lại; chưa tệp nào bị đổi"
                    raise ContentError([Problem(Place(path), "", message)])
            after = [(path, data) for path, (_, data) in migration.files.items()]
            write_change(content, after, stamp)
    return migration
