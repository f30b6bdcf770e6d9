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
    root = _root()
    try:
        _sweep(root)
        folder = Path(tempfile.mkdtemp(prefix=owned_prefix().lstrip("."), dir=root))
    except OSError as error:
        raise _unwritable(root, error) from error
    try:
        yield folder
    except OSError as error:
        # A write that fails tells no name.
        if error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(folder):
            raise _unwritable(root, error) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a child that ends late may still write there


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
