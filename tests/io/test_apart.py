"""Work done in a copy of the process: what comes back, and what does not stay."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from vanban.errors import ContentError, MachineError
from vanban.io.apart import done_apart
from vanban.io.workers import Workers
from worker_tasks import ERROR, end_by, fail, held_after_holes, lock, process


def test_it_is_done_in_another_process(workers: Workers) -> None:
    first = workers.submit(process).result()
    assert workers.submit(done_apart, process).result() != first
    assert workers.submit(process).result() == first


def test_its_memory_goes(workers: Workers) -> None:
    before, after = workers.submit(held_after_holes).result()
    assert after - before < 5_000_000


def test_what_it_raises_is_raised_here(workers: Workers) -> None:
    with pytest.raises(ContentError) as raised:
        workers.submit(done_apart, partial(fail, ERROR)).result()
    assert raised.value.problems == ERROR.problems
    with pytest.raises(TypeError, match="pickle"):
        workers.submit(done_apart, lock).result()


@pytest.mark.parametrize("status", [signal.SIGKILL, signal.SIGSEGV])
def test_one_that_is_ended_is_told(status: int, workers: Workers) -> None:
    with pytest.raises(MachineError, match="đã dừng giữa chừng"):
        workers.submit(done_apart, partial(end_by, status)).result()


def test_beside_other_threads_it_is_done_here() -> None:
    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(done_apart, process).result() == process()
