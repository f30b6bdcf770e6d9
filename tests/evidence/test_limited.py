"""Many files read by one process: each as if it were alone, whatever the others do to it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing import active_children

import pytest

from vanban.evidence import limited
from vanban.evidence.file_errors import TooLarge
from vanban.evidence.limited import one_process, read_limited

pytestmark = pytest.mark.slow
A_PROCESS_FOR_EACH_FILE = True


def reader(data: bytes) -> int:
    """Return which process reads."""
    return os.getpid()


def working(data: bytes) -> int:
    start = time.process_time()
    while time.process_time() < start + 0.7:
        pass
    return os.getpid()


def endless(data: bytes) -> int:
    while True:
        pass


def hangs(data: bytes) -> int:
    time.sleep(60)
    return 0


def greedy(data: bytes) -> int:
    return len(bytearray(limited.MEMORY * 2))


def killed(data: bytes) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def ends(data: bytes) -> int:
    os._exit(0)


def dies_later(data: bytes) -> int:
    threading.Timer(0.1, os._exit, (1,)).start()
    return os.getpid()


kept: list[bytearray] = []


def keeps(data: bytes) -> int:
    kept.append(bytearray(limited.LEFT_OVER + 1))
    return os.getpid()


def faulty(data: bytes) -> int:
    raise KeyError("a mistake of the program")


def test_one_process_reads_all_and_is_gone_at_the_end() -> None:
    with one_process():
        assert not active_children()
        with one_process():
            first = read_limited(reader, b"a")
        readers = {read_limited(reader, bytes(size)) for size in (0, 1, limited.SHARED)}
        assert readers == {first} == {child.pid for child in active_children()}
        assert read_limited(reader, bytes(limited.SHARED + 1)) != first
    assert not active_children()
    assert read_limited(reader, b"a") != read_limited(reader, b"a")


def test_a_copy_of_this_process_asks_one_of_its_own() -> None:
    with one_process():
        first = read_limited(reader, b"")
        if not (copy := os.fork()):
            status = 1
            try:
                with one_process():
                    own = {read_limited(reader, b"") for _ in range(2)}
                    status = len(own) != 1 or first in own
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
        assert read_limited(reader, b"") == first


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("read", [endless, hangs, greedy, killed, ends])
def test_what_breaks_it_is_told_and_the_next_is_read(
    read: Callable[[bytes], int], first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "SECONDS", 1)
    monkeypatch.setattr(limited, "WAITS", 0.3 if read is hangs else 10)
    with one_process():
        before = None if first else read_limited(reader, b"")
        with pytest.raises(TooLarge, match="thời gian hoặc bộ nhớ — "):
            read_limited(read, b"")
        after = read_limited(reader, b"")
        assert after != before
        assert after == read_limited(reader, b"")


def test_what_it_raises_breaks_nothing() -> None:
    with one_process():
        before = read_limited(reader, b"")
        with pytest.raises(KeyError):
            read_limited(faulty, b"")
        assert read_limited(reader, b"") == before


def test_a_process_that_dies_between_two_files_blames_neither() -> None:
    with one_process():
        before = read_limited(dies_later, b"")
        time.sleep(0.3)
        assert read_limited(reader, b"") != before


def test_each_file_has_the_whole_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "SECONDS", 1)
    with one_process():
        assert len({read_limited(working, b"") for _ in range(4)}) == 1


def test_what_files_leave_does_not_pile_up() -> None:
    with one_process():
        assert read_limited(keeps, b"") != read_limited(reader, b"")


def test_a_mistake_in_between_leaves_no_answer_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with one_process():
        read_limited(reader, b"")
        with pytest.raises(AttributeError):
            read_limited(lambda data: 1, b"")  # cannot be sent
        assert read_limited(len, b"abc") == 3
