"""Many content folders, the same work for each, in worker processes kept warm.

In: wards, and a function of a ward that a process can be sent (module level, or a partial of one).
Out: what it returns for each, in the order of the wards. What goes between processes should be
small plain data. A ward that cannot be read is one failed ward; a process that dies is begun anew,
and a ward that ends it twice is one failed ward too.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Generic, TypeVar

from vanban.errors import ContentError, Place, Problem, VanbanError
from vanban.io.progress import tell
from vanban.io.reasons import reason_of
from vanban.workspace.folder import shown_path
from vanban.workspace.wards import Ward

Found = TypeVar("Found")
Work = Callable[[Ward], Found]

AHEAD = 4
"""Wards that wait for each process; more would only fill the memory."""
FEW = 4
"""Wards that are read here and now: a process takes as long to begin as some of them."""
DONE = "Đọc các đơn vị"


@dataclass(frozen=True)
class Answer(Generic[Found]):
    """What the work came to for one ward, or the problems why it came to nothing."""

    ward: Ward
    found: Found | None
    problems: tuple[Problem, ...] = ()


def read_wards(
    wards: Iterable[Ward], work: Work[Found], jobs: int | None = None
) -> Iterator[Answer[Found]]:
    """Yield the answer for each ward, in order, by ``jobs`` processes (None: as many as cores).

    Progress is told (:mod:`vanban.io.progress`).
    """
    every = tuple(wards)
    count = min(jobs or os.cpu_count() or 1, len(every))
    here = count <= 1 or (jobs is None and len(every) <= FEW)
    answers = (answer(each, work) for each in every) if here else _by_processes(every, work, count)
    for number, each in enumerate(answers, 1):
        tell(DONE, number, len(every))
        yield each


def answer(ward: Ward, work: Work[Found]) -> Answer[Found]:
    """Do the work for one ward; every error that a user can mend is part of the answer."""
    try:
        return Answer(ward, work(ward))
    except ContentError as error:
        return Answer(ward, None, error.problems)
    except VanbanError as error:
        return _failed(ward, str(error))
    except OSError as error:
        return _failed(ward, f"không đọc được: {reason_of(error)} — xem lại thư mục, quyền đọc")


def _failed(ward: Ward, message: str) -> Answer[Found]:
    return Answer(ward, None, (Problem(Place(shown_path(ward.content)), "", message),))


def _by_processes(
    wards: tuple[Ward, ...], work: Work[Found], count: int
) -> Iterator[Answer[Found]]:
    """Yield answers of a pool; where it breaks, those that it had begun are done one by one."""
    left = deque(wards)
    suspects = 0
    while left:
        begun = tuple(islice(left, suspects or None))
        try:
            for each in _pooled(begun, work, 1 if suspects else count, 1 if suspects else AHEAD):
                left.popleft()
                yield each
            suspects = 0
        except BrokenProcessPool:
            if suspects:
                message = "tiến trình đọc đơn vị này bị dừng giữa chừng — xem lại bộ nhớ của máy"
                yield _failed(left.popleft(), message)
            suspects = min(count * AHEAD, len(left))


def _pooled(
    wards: tuple[Ward, ...], work: Work[Found], count: int, ahead: int
) -> Iterator[Answer[Found]]:
    """Yield the answers in order; no more wards than the processes can be busy with are begun."""
    rest = iter(wards)
    with ProcessPoolExecutor(count, get_context("spawn"), _begin) as pool:
        begun = deque(pool.submit(answer, each, work) for each in islice(rest, count * ahead))
        try:
            while begun:
                yield begun.popleft().result()
                begun.extend(pool.submit(answer, each, work) for each in islice(rest, 1))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Set up a process: Ctrl+C is for the first one to answer, garbage is looked for late."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)
