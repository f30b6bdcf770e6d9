"""Many content folders, the same work for each, in worker processes kept warm.

In: wards, and a function of a ward that a process can be sent (module level, or a partial of one).
Out: what it returns for each, in the order of the wards. What goes between processes should be
small plain data. A ward for which the work fails, by whatever error, is one failed ward; a process
that dies is begun anew, and a ward that ends it twice is one failed ward too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from typing import Generic, TypeVar

from msgspec import Struct

from vanban.errors import ContentError, Problem
from vanban.io.progress import tell
from vanban.io.reasons import told_of
from vanban.io.workers import WorkerDied, Workers, cores
from vanban.workspace.folder import problem_at
from vanban.workspace.wards import Ward

Found = TypeVar("Found")
Work = Callable[[Ward], Found]

AHEAD = 4
"""Wards that wait for each process; more would only fill the memory."""
FEW = 4
"""Wards that are read here and now: a process takes as long to begin as some of them."""
DONE = "Đọc các đơn vị"


class Answer(Struct, Generic[Found], frozen=True):
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
    count = min(jobs or cores(), len(every))
    here = count <= 1 or (jobs is None and len(every) <= FEW)
    answers = (answer(each, work) for each in every) if here else _by_processes(every, work, count)
    for number, each in enumerate(answers, 1):
        tell(DONE, number, len(every))
        yield each


def answer(ward: Ward, work: Work[Found]) -> Answer[Found]:
    """Do the work for one ward; whatever goes wrong is the answer, and stops no other ward."""
    try:
        return Answer(ward, work(ward))
    except ContentError as error:
        return Answer(ward, None, error.problems)
    except Exception as error:
        return _failed(ward, told_of(error))


def _failed(ward: Ward, message: str) -> Answer[Found]:
    return Answer(ward, None, (problem_at(ward.content, message),))


def _by_processes(
    wards: tuple[Ward, ...], work: Work[Found], count: int
) -> Iterator[Answer[Found]]:
    """Yield the answers in order; no more wards than the processes can be busy with are begun."""
    rest = iter(wards)
    with Workers(count) as workers:

        def begin(most: int) -> Iterator[tuple[Ward, Future[Answer[Found]]]]:
            return ((each, workers.submit(answer, each, work)) for each in islice(rest, most))

        begun = deque(begin(count * AHEAD))
        try:
            while begun:
                ward, future = begun.popleft()
                try:
                    yield future.result()
                except WorkerDied:
                    yield _failed(ward, DIED)
                except Exception as error:  # an answer that could not be sent
                    yield _failed(ward, told_of(error))
                begun.extend(begin(1))
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


DIED = "tiến trình đọc đơn vị này bị dừng giữa chừng — xem lại bộ nhớ của máy"
