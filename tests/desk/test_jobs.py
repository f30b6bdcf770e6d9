"""One long job at a time: told how far it is, stopped, and its end in words."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from vanban.desk.jobs import Jobs
from vanban.errors import MachineError
from vanban.io.progress import tell


def ended(jobs: Jobs) -> tuple[bool, tuple[str, ...]]:
    assert jobs._thread is not None
    jobs._thread.join()
    assert not jobs.state.running
    return jobs.state.failed, jobs.state.lines


def refused() -> tuple[str, ...]:
    raise MachineError("đĩa đầy")


@pytest.mark.parametrize(
    ("work", "outcome"),
    [
        (lambda: ("Xong.", "lưu ý"), (False, ("Xong.", "lưu ý"))),
        (refused, (True, ("đĩa đầy",))),
    ],
)
def test_a_job_ends_in_words(
    work: Callable[[], tuple[str, ...]], outcome: tuple[bool, tuple[str, ...]]
) -> None:
    jobs = Jobs()
    jobs.start("thử", work)
    assert ended(jobs) == outcome


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_is_told_too() -> None:
    jobs = Jobs()
    jobs.start("thử", lambda: (str(1 / 0),))
    assert ended(jobs) == (True, ("Chương trình gặp lỗi — báo cho người quản trị.",))
    jobs.start("thử lại", lambda: ("Xong.",))
    assert ended(jobs) == (False, ("Xong.",))


def test_one_runs_at_a_time_and_is_stopped_between_two_steps() -> None:
    jobs, told, stopped = Jobs(), Event(), Event()

    def work() -> tuple[str, ...]:
        tell("bước", 1, 9)
        told.set()
        stopped.wait()
        tell("bước", 2, 9)
        raise AssertionError

    jobs.start("lập hồ sơ", work)
    told.wait()
    assert (jobs.state.step, jobs.state.done, jobs.state.total) == ("bước", 1, 9)
    with pytest.raises(MachineError, match="đang lập hồ sơ"):
        jobs.start("dựng danh mục", work)
    jobs.stop()
    stopped.set()
    assert ended(jobs) == (True, ("Đã ngừng lập hồ sơ; bản trước giữ nguyên.",))


def test_nobody_needs_to_listen() -> None:
    tell("bước", 0, 1)
    Jobs().stop()
    Jobs().close()
