"""``vanban migrate``: content written for an older program becomes content of this one."""

from __future__ import annotations

from pathlib import Path

from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.workspace.versions import Migration, migrated


def migrate(content: Path, stamp: Stamp | None) -> Migration:
    """Bring ``content`` to the version of this program; without ``stamp`` nothing is written.

    Raises ContentError as :func:`migrated` does, and where a file was changed meanwhile;
    MachineError where one cannot be written.
    """
    with locked_to_write(content, stamp):
        migration = migrated(content)
        if stamp is not None and migration.files:
            read = {path: before for path, (before, _) in migration.files.items()}
            after = [(path, data) for path, (_, data) in migration.files.items()]
            write_change(content, after, stamp, read)
    return migration
