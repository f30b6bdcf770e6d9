"""A folder for temporary files, gone at the end; what a killed process left goes next time."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vanban.errors import MachineError
from vanban.io.owner import is_left_behind, owned_prefix
from vanban.io.reasons import reason_of


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield an empty folder in the machine's temporary folder.

    Raises MachineError where that cannot be written to; other errors of the block pass.
    """
    folder = new_folder()
    try:
        with filling(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a child that ends late may still write there


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Raise MachineError naming the temporary folder where files cannot be made in ``folder``."""
    try:
        yield
    except OSError as error:
        # A write that fails tells no name.
        if error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(folder):
            raise _unwritable(folder.parent, error) from error
        raise


def new_folder() -> Path:
    """Return an empty folder for whoever removes it himself; the next run does if he is killed.

    Raises MachineError where the machine's temporary folder cannot be written to.
    """
    root = _root()
    try:
        _sweep(root)
        return Path(tempfile.mkdtemp(prefix=owned_prefix().lstrip("."), dir=root))
    except OSError as error:
        raise _unwritable(root, error) from error


def _root() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        tried = os.environ.get("TMPDIR", "/tmp")
        raise _unwritable(Path(tried), error) from error


def _unwritable(root: Path, error: OSError) -> MachineError:
    return MachineError(
        f"không ghi được tệp tạm ở {root}: {reason_of(error)} — dọn bớt thư mục ấy, hoặc đặt biến "
        "TMPDIR là một thư mục khác còn chỗ"
    )


def _sweep(root: Path) -> None:
    for folder in root.glob("vanban-*"):
        with suppress(FileNotFoundError):  # swept by another at this moment
            if folder.lstat().st_uid == os.geteuid() and is_left_behind(folder):
                shutil.rmtree(folder, ignore_errors=True)
