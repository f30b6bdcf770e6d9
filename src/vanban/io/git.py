"""Files as they stood at an earlier revision, read from the git repository that they are in."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from msgspec import Struct

from vanban.errors import MachineError, UsageError


def files_at(revision: str, folders: tuple[Path, ...], target: Path) -> None:
    """Write ``folders`` of one repository as they stood at ``revision`` into ``target``.

    Each keeps its name; one that was not there then is left out. Raises UsageError where the
    first is in no repository or there is no such revision, MachineError without git.
    """
    first = folders[0].resolve()
    if _git(first, "rev-parse", "--show-toplevel") is None:
        raise UsageError(
            f"{folders[0]} không nằm trong kho git nên không có bản cũ để so — so với một tệp: "
            "--since TỆP.docx, hoặc với một năm: --against 2025"
        )
    commit = _git(first, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if commit is None or revision.startswith("-"):
        raise UsageError(
            f"kho git không có bản “{revision}”, cũng không có tệp nào tên như vậy — xem các bản "
            "bằng: git log --oneline"
        )
    for folder in folders:
        data = _git(folder.resolve(), "archive", "--format=tar", commit.decode().strip(), ".")
        if data is None:
            continue
        try:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                archive.extractall(target / folder.name, filter="data")
        except tarfile.FilterError as error:
            raise UsageError(
                f"bản “{revision}” có liên kết {error.tarinfo.name} dẫn ra ngoài {folder} nên "
                "không mở ra so được — bỏ liên kết ấy"
            ) from error


class Revision(Struct, frozen=True):
    """A revision of a repository: its commit, its day (ISO 8601), the first line that it bears."""

    commit: str
    day: str
    words: str


def revisions(folder: Path, most: int) -> tuple[Revision, ...]:
    """Return the last revisions that changed ``folder``, the newest first; none outside git."""
    form = "--format=%H%x1f%cs%x1f%s"
    told = _git(folder.resolve(), "log", f"--max-count={most}", form, "--", ".")
    lines = told.decode("utf-8", "replace").splitlines() if told is not None else ()
    return tuple(Revision(*line.split("\x1f", 2)) for line in lines)


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints, None where it refuses."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False
        )
    except FileNotFoundError:
        if not folder.is_dir():
            return None
        raise MachineError("máy này chưa có git — cài bằng: sudo apt-get install git") from None
    return done.stdout if done.returncode == 0 else None
