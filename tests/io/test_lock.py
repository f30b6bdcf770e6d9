"""One writer at a time: who waits, who is told, and what the dead do not hold."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vanban.errors import MachineError
from vanban.io.lock import LOCK, Busy, locked, settle
from vanban.io.owner import owned_prefix

HOLD = """
import sys
from pathlib import Path
from vanban.io.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_lock_is_taken_and_leaves_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path):
            assert (tmp_path / LOCK).exists()
        assert not any(tmp_path.iterdir())


def test_an_error_under_the_lock_frees_it(tmp_path: Path) -> None:
    with pytest.raises(ValueError), locked(tmp_path):
        raise ValueError
    with locked(tmp_path, wait=0):
        pass


def test_who_waits_too_long_is_told_who_holds_it(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(Busy) as raised, locked(tmp_path, wait=0.2):
            pass
        words = str(raised.value)
        assert words.startswith(f"thư mục {tmp_path} đang được sửa bởi ")
        assert f"tiến trình {process.pid}" in words
        assert re.search(r"từ \d\d:\d\d ngày \d\d/\d\d/\d{4}", words)
        assert "(lệnh “-c " in words
        assert (tmp_path / LOCK).read_bytes()  # whoever waits does not wipe who holds it


def test_who_waits_gets_it_when_the_other_is_done(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        assert process.stdin is not None
        process.stdin.close()
        with locked(tmp_path, wait=20):
            assert process.wait(20) == 0


def test_the_dead_hold_nothing(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / LOCK).exists()
        with locked(tmp_path, wait=0):
            pass
    assert not any(tmp_path.iterdir())


def test_a_lock_that_says_nothing_yet_is_told_all_the_same(tmp_path: Path) -> None:
    with holder(tmp_path):
        (tmp_path / LOCK).write_bytes(b"")
        with pytest.raises(Busy, match="đang được sửa — "), locked(tmp_path, wait=0):
            pass


def test_a_disk_without_room_for_who_holds_it_is_held_and_left_clean(tmp_path: Path) -> None:
    """No file may grow, as on a full disk."""
    full = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (0, r.RLIM_INFINITY))"
    command = [sys.executable, "-c", f"{full}\n{HOLD}", str(tmp_path)]
    run = subprocess.run(command, input="", capture_output=True, text=True)
    assert (run.stdout, run.returncode) == ("held\n", 0), run.stderr
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("mode", [0o755, 0o775, 0o777])
def test_who_may_write_to_the_folder_may_take_the_lock(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    with locked(tmp_path):
        assert (tmp_path / LOCK).stat().st_mode & 0o777 == mode & 0o666


@pytest.mark.parametrize("name", ["missing", "file", "file/below"])
def test_what_is_no_folder_cannot_be_locked(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with (
        pytest.raises(MachineError, match=f"không ghi được {tmp_path / name}: "),
        locked(tmp_path / name),
    ):
        pass


def dead_folder(parent: Path) -> Path:
    """Return a hidden folder as a process leaves it that was killed."""
    parent.mkdir(exist_ok=True)
    child = os.fork()
    if child == 0:
        (parent / f"{owned_prefix()}x").mkdir()
        os._exit(0)
    os.waitpid(child, 0)
    (folder,) = parent.iterdir()
    return folder


def test_what_the_dead_left_in_content_goes_at_the_next_start(tmp_path: Path) -> None:
    left = [dead_folder(tmp_path / name) for name in ("2025", "2026")]
    settle(tmp_path)
    assert not any(folder.exists() for folder in left)


def test_nobody_waits_to_put_it_right(tmp_path: Path) -> None:
    with holder(tmp_path):
        left = dead_folder(tmp_path / "2025")
        start = time.monotonic()
        settle(tmp_path)
        assert time.monotonic() - start < 5
        assert left.exists()


def test_the_lock_of_the_dead_goes_at_the_next_start(tmp_path: Path) -> None:
    with holder(tmp_path):
        settle(tmp_path)
        assert (tmp_path / LOCK).exists()
    settle(tmp_path)
    assert not (tmp_path / LOCK).exists()


def test_a_folder_that_nobody_may_look_into_is_not_looked_into() -> None:
    folder = Path(tempfile.mkdtemp())  # those of pytest are closed to others already
    child = os.fork()
    if child == 0:
        folder.chmod(0)
        if os.geteuid() == 0:
            os.seteuid(65534)
        try:
            settle(folder)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    folder.rmdir()
    assert status == 0
