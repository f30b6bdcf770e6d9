"""Processes that are kept warm: what they answer, and what is lost when one of them dies."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any

import pytest

from vanban.errors import ContentError, MachineError
from vanban.io.workers import WorkerDied, Workers, cores
from worker_tasks import (
    ERROR,
    began_without_ctrl_c,
    die,
    fail,
    ignores_ctrl_c,
    lock,
    no_more_files,
    process,
    wait_for,
)


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


def test_one_that_never_ends_is_ended(tmp_path: Path) -> None:
    with Workers(1, limit=0.3) as workers:
        stuck = [workers.submit(wait_for, tmp_path / "never") for _ in range(2)]
        for each in stuck:
            with pytest.raises(MachineError, match="chưa xong nên bị dừng"):
                each.result(timeout=60)


def test_where_no_process_can_begin_that_is_told_and_the_next_is_tried() -> None:
    with Workers(1) as workers:
        with no_more_files(), pytest.raises(MachineError, match="không mở được tiến trình mới"):
            workers.submit(process).result(timeout=60)
        assert workers.submit(process).result(timeout=60) > 0


def test_after_a_kill_no_process_begins(tmp_path: Path) -> None:
    workers = Workers(1)
    workers.kill()
    with pytest.raises(WorkerDied) as died:
        workers.submit(wait_for, tmp_path / "never").result(timeout=60)
    assert died.value.status is None
    workers.shutdown()


def test_cores_are_those_given_to_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    given = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(given)})
    try:
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, given)
    monkeypatch.delattr(os, "sched_getaffinity")  # as on macOS
    assert cores() == os.cpu_count()


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
