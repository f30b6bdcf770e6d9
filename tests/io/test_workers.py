"""Processes that are kept warm: what they answer, and what is lost when one of them dies."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any

import pytest

from vanban.errors import ContentError, Place, Problem
from vanban.io.workers import WorkerDied, Workers
from worker_tasks import began_without_ctrl_c, die, fail, ignores_ctrl_c, lock, process, wait_for

ERROR = ContentError([Problem(Place(Path("a.yaml"), 1, 2), "ten", "sai")])


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as one:
        yield one


def test_a_process_is_kept_and_leaves_ctrl_c_to_the_first(workers: Workers) -> None:
    first = workers.submit(process).result()
    assert workers.submit(ignores_ctrl_c).result()
    assert workers.submit(began_without_ctrl_c).result()
    with pytest.raises(ContentError) as raised:
        workers.submit(fail, ERROR).result()
    assert raised.value.problems == ERROR.problems
    with pytest.raises(TypeError):
        workers.submit(lock).result()
    with pytest.raises(AttributeError):
        workers.submit(lambda: 1).result()
    assert workers.submit(process).result() == first


@pytest.mark.parametrize("status", [-signal.SIGKILL, -signal.SIGSEGV, 3])
def test_who_dies_is_tried_once_more(status: int, workers: Workers, tmp_path: Path) -> None:
    once = workers.submit(die, status, 1, tmp_path / "once")
    always = workers.submit(die, status, 9, tmp_path / "always")
    after = workers.submit(process)
    assert once.result() == "alive"
    with pytest.raises(WorkerDied) as died:
        always.result()
    assert died.value.status == status
    assert (tmp_path / "always").read_text("ascii") == ".."
    assert after.result() > 0


def test_one_that_holds_much_memory_makes_room() -> None:
    with Workers(1, memory=1) as workers:
        processes = {workers.submit(process).result() for _ in range(2)}
    assert len(processes) == 2


def test_what_waits_can_be_given_up(tmp_path: Path) -> None:
    workers = Workers(1)
    at_work = workers.submit(wait_for, tmp_path / "go")
    waiting: list[Future[Any]] = [workers.submit(process) for _ in range(3)]
    while not at_work.running():
        wait([at_work], 0.01)
    waiting[0].cancel()
    workers.shutdown(wait=False, cancel_futures=True)
    assert all(each.cancelled() for each in waiting)
    (tmp_path / "go").touch()
    assert at_work.result() == "seen"
    with pytest.raises(RuntimeError):
        workers.submit(process)
    workers.shutdown()


def test_a_kill_ends_what_they_are_at(tmp_path: Path) -> None:
    workers = Workers(1)
    at_work = workers.submit(wait_for, tmp_path / "never")
    while not at_work.running():
        wait([at_work], 0.01)
    workers.kill()
    with pytest.raises(WorkerDied):
        at_work.result()
    workers.shutdown()
