"""Machines of a Dask cluster, as an executor: what a batch does, done on them.

In: the address of a Dask scheduler; units. Out: what became of each, its files in their places.
Dask gives the work to workers, and gives that of a lost one to another; here it is packed, given to
those workers only that make the same files as this machine would, and what comes back is written.
"""

from __future__ import annotations

import logging
import secrets
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.batch import landed
from vanban.app.cluster_words import LOST, NOBODY, killed, not_ours, unsent
from vanban.app.cluster_worker import (
    Returned,
    Work,
    admitted,
    at_work,
    run_in_place,
    run_sent,
    whole,
)
from vanban.app.inputs import Inputs
from vanban.app.machine_facts import machine_facts
from vanban.app.parcel import packed, packed_common
from vanban.app.unit import Done, Unit, unchanged, unit_inputs
from vanban.errors import MachineError, VanbanError
from vanban.io.installed import has_cluster_library
from vanban.io.lock import settle
from vanban.io.swap import recover, write_files
from vanban.io.workers import MEMORY
from vanban.workspace.folder import require_shared, shown_path
from vanban.workspace.shared_version import shared_version
from vanban.workspace.wards import Ward

if TYPE_CHECKING:
    import distributed

ANSWER = 10.0
"""Seconds within which a scheduler answers."""
AHEAD = 2
"""Units a worker: one that it does, and one that it has at hand when that is done."""
HANDS = 4
"""Threads that pack and write."""
LOOK = 2.0
"""Seconds between two looks at which workers there are."""
PATIENCE = 60.0
"""Seconds without any worker after which a batch gives up."""
SCHEDULER_GONE = "scheduler-connection-lost"
"""Why Dask says that it dropped all work, where the scheduler does not answer any more."""
RETRIES = 2
"""Of what fails on a worker for want of it (its disk is full); of lost ones Dask does three."""

Tell = Callable[[str], None]


@contextmanager
def cluster(address: str, in_place: Path | None, tell: Tell) -> Iterator[Cluster]:
    """Yield the workers of the Dask scheduler at ``address``.

    With ``in_place``, the folder of results, all machines see the same folders at the same paths:
    nothing is sent. ``tell`` is given lines about machines. Raises MachineError where Dask is not
    installed, nobody answers, or no worker is fit.
    """
    if not has_cluster_library():
        raise MachineError(
            "máy này chưa cài phần chạy trên nhiều máy — hãy chạy: scripts/setup.sh cluster"
        )
    import dask
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # what matters is told here
        logging.getLogger(name).setLevel(logging.CRITICAL)
    facts = machine_facts()
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        try:
            client = Client(address, timeout=ANSWER, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:  # no certificate: TypeError
            raise MachineError(
                f"không gặp được máy điều phối {address} ({error}) — xem lại địa chỉ, "
                "make scheduler đã chạy ở đó chưa"
            ) from error
        with client, _proof(in_place) as proof:
            found = Cluster(client, facts, proof, tell)
            try:
                found.await_workers()
                yield found
            finally:
                found.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _proof(folder: Path | None) -> Iterator[tuple[Path, str] | None]:
    """Yield a file in ``folder`` by which workers see it is the same as theirs, and its text."""
    if folder is None:
        yield None
        return
    held = secrets.token_hex()
    path = folder.absolute() / f".cum-{held[:8]}"
    write_files([(path, held.encode())])
    try:
        yield path, held
    finally:
        with suppress(OSError):
            path.unlink()


class _Job(Struct, eq=False):
    """A unit and who waits for it; ``task`` is what Dask knows of it once it was given away."""

    future: Future[Done]
    work: Work
    unit: Unit
    inputs: Inputs | None = None
    task: distributed.Future[Any] | None = None


class Cluster(Executor):
    """The workers of a cluster that are fit for the work; see :func:`cluster`."""

    def __init__(
        self,
        client: distributed.Client,
        facts: Mapping[str, str],
        proof: tuple[Path, str] | None,
        tell: Tell,
    ) -> None:
        self._client, self._facts, self._proof, self._tell = client, facts, proof, tell
        asked = sha256(repr((sorted(facts.items()), proof)).encode())
        self._resource = f"vanban-{asked.hexdigest()[:12]}"
        self._fit: frozenset[str] = frozenset()
        self._renewed: set[str] = set()  # workers that begin anew under another address
        self._unfit: dict[str, str] = {}  # worker → why it is given no work
        self._waiting: deque[_Job] = deque()
        self._given: set[_Job] = set()
        self._common: dict[tuple[Path, str], distributed.Future[Any]] = {}
        self._lock, self._closed = Lock(), Event()
        self._lost = ""  # why it was given up
        self._hands = ThreadPoolExecutor(HANDS, "vanban-cluster")

    # --- workers ------------------------------------------------------------------------------

    def await_workers(self) -> None:
        """Look for fit workers; raises MachineError where there are none."""
        waited = 0.0
        self._look()
        while not self._fit and not self._unfit and waited < PATIENCE:
            if not waited:
                self._tell(f"Chưa có máy nào nhận việc, đợi đến {PATIENCE:.0f} giây …")
            self._closed.wait(LOOK)
            waited += LOOK
            self._look()
        if not self._fit:
            raise MachineError(NOBODY)
        Thread(target=self._watch, daemon=True, name="vanban-cluster-watch").start()

    def _look(self) -> None:
        """Learn which workers there are now, and ask those that are new."""
        every = self._workers()
        there = {worker: told for worker, told in every.items() if told["status"] != "paused"}
        fit = {worker for worker, told in there.items() if self._resource in told["resources"]}
        for full in self._fit & (every.keys() - there.keys()):
            self._tell(f"{full}: máy này hết bộ nhớ, tạm không giao thêm việc")
        for gone in self._fit - every.keys() - self._renewed:
            self._tell(f"{gone}: mất liên lạc với máy này, việc của nó giao máy khác làm lại")
        self._unfit = {worker: why for worker, why in self._unfit.items() if worker in every}
        new = [worker for worker in there if worker not in fit and worker not in self._unfit]
        for worker, answer in self._asked(new).items():
            if answer == "":
                fit.add(worker)
            elif not isinstance(answer, OSError):  # else it is gone meanwhile
                self._unfit[worker] = answer if isinstance(answer, str) else not_ours(answer)
                self._tell(f"{worker}: không giao việc cho máy này: {self._unfit[worker]}")
        others, self._fit = self._fit.isdisjoint(fit), frozenset(fit)
        if others and fit:  # between them there may have been nobody
            self._give_again()

    def _workers(self) -> dict[str, Any]:
        """Return what the scheduler says of each worker; raises OSError, RuntimeError if gone."""
        scheduler = self._client.scheduler
        if scheduler is None:
            raise RuntimeError("closed")
        return dict(self._client.sync(scheduler.identity, n_workers=-1)["workers"])

    def _asked(self, workers: list[str]) -> dict[str, object]:
        """Return what each of ``workers`` answers: "" where it is fit, else why not."""
        if not workers:
            return {}
        asked = (self._facts, self._proof, self._resource)
        return dict(self._client.run(admitted, *asked, workers=workers, on_error="return"))

    def _watch(self) -> None:
        lonely = 0.0
        while not self._closed.wait(LOOK):
            try:
                self._look()
                lonely = 0.0 if self._fit else lonely + LOOK
            except (OSError, RuntimeError):  # the scheduler is gone, or the client is closing
                lonely += LOOK
            if lonely >= PATIENCE:
                self._give_up(NOBODY)
            self._do(self._next)

    # --- units --------------------------------------------------------------------------------

    def submit(self, work: Work, unit: Unit, /) -> Future[Done]:  # type: ignore[override]
        """Have ``work`` do ``unit`` on a worker, as soon as one is near to free."""
        job = _Job(Future(), work, unit)
        self._waiting.append(job)
        if self._lost:
            self._give_up(self._lost)
        self._do(self._next)
        return job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; what is on its way is dropped, on the workers too."""
        self._closed.set()
        while self._waiting:
            self._waiting.popleft().future.cancel()
        with self._lock:
            tasks = [job.task for job in self._given if job.task is not None]
        with suppress(OSError, RuntimeError):
            self._client.cancel(tasks)
        self._hands.shutdown(wait=wait, cancel_futures=cancel_futures)

    def kill(self) -> None:
        """Drop everything at once."""
        self.shutdown(wait=False, cancel_futures=True)

    def _do(self, action: Callable[..., None], *args: Any) -> None:
        with suppress(RuntimeError):  # it was shut down
            self._hands.submit(action, *args)

    def _next(self) -> None:
        """Give away what waits, as far as the workers can be busy with it."""
        while True:
            with self._lock:
                if not self._waiting or len(self._given) >= AHEAD * len(self._fit):
                    return
                job = self._waiting.popleft()
                if not _begun(job):
                    continue
                self._given.add(job)
            try:
                self._give(job)
            except Exception as error:  # for whoever waits for the unit
                self._answer(job, error)

    def _give(self, job: _Job) -> None:
        unit = job.unit
        job.inputs = unit_inputs(unit)
        as_before = unchanged(unit, job.inputs.key)
        if as_before is not None:
            self._answer(job, as_before)
            return
        try:
            task = self._task(job.work, unit)
        except (OSError, VanbanError) as error:
            # Not to be sent: done here, where what is wrong is told as on one machine.
            done = job.work(unit)
            more = () if isinstance(error, VanbanError) else (unsent(unit, error),)
            self._answer(job, replace(done, notes=(*done.notes, *more)))
            return
        job.task = task
        task.add_done_callback(lambda task: self._do(self._land, job, task))

    def _task(self, work: Work, unit: Unit) -> distributed.Future[Any]:
        """Give a unit to the cluster; raises OSError, VanbanError where it cannot be packed."""
        content, common = unit.ward.content, require_shared(unit.ward.content)
        sent = replace(unit, known=())
        if self._proof is not None:
            folders = (content, unit.out, *((common,) if common is not None else ()))
            names = {str(path.absolute()): str(shown_path(path)) for path in folders}
            there = Ward(unit.ward.name, content.absolute())
            sent = replace(sent, ward=there, out=unit.out.absolute())
            return self._submit(at_work, MEMORY, run_in_place, work, sent, names)
        settle(content)
        recover(unit.out, *sorted(unit.out.glob("*/")))
        parcel, once = packed(unit, common), self._sent_once(content, common)
        return self._submit(at_work, MEMORY, run_sent, work, sent, parcel, once)

    def _sent_once(self, content: Path, common: Path | None) -> distributed.Future[Any] | None:
        """Return what was sent of the folder that a ward shares, by the state that it is in."""
        version = shared_version(content)
        if common is None or version is None:
            return None
        key = (common, version.digest)
        with self._lock:
            if key not in self._common or self._common[key].cancelled():
                self._common[key] = self._submit(whole, packed_common(common))
            return self._common[key]

    def _submit(self, function: Callable[..., Any], *args: Any) -> distributed.Future[Any]:
        return self._client.submit(
            function, *args, pure=False, retries=RETRIES, resources={self._resource: 1}
        )

    def _land(self, job: _Job, task: distributed.Future[Any]) -> None:
        """Write what came back of a unit, and answer."""
        from distributed import CancelledError, KilledWorker

        if job.task is not task:
            return  # it was given again
        try:
            returned: Returned = task.result()
            self._renewed.add(returned.renewed)
            done = landed(returned.done, job.unit, job.inputs, returned.files)
            write_files((job.unit.out / name, data) for name, data in returned.files.items())
        except KilledWorker as error:
            self._answer(job, MachineError(killed(error)))
        except CancelledError as error:
            if self._closed.is_set() or getattr(error, "reason", "") == SCHEDULER_GONE:
                self._give_up(LOST)
            else:  # what it was given along was taken back meanwhile
                self._wait_again([job])
        except Exception as error:  # for whoever waits for the unit
            self._answer(job, error)
        else:
            self._answer(job, done)
        finally:
            self._next()

    def _give_again(self) -> None:
        """Take back what was given while there was nobody: Dask looks at new workers once only."""
        with self._lock:
            stuck = [job for job in self._given if job.task is not None and not job.task.done()]
            tasks = [*(job.task for job in stuck), *self._common.values()]
            self._common.clear()
        self._wait_again(stuck)
        self._client.cancel(tasks)

    def _wait_again(self, jobs: list[_Job]) -> None:
        """Take back what was given away and is not answered yet."""
        with self._lock:
            for job in self._given.intersection(jobs):
                self._given.remove(job)
                job.task = None
                self._waiting.appendleft(job)

    def _give_up(self, reason: str) -> None:
        """Fail what was given away and what waits, and begin nothing any more."""
        self._lost = reason
        self._closed.set()
        with self._lock:
            self._given.update(filter(_begun, tuple(self._waiting)))
            self._waiting.clear()
            failed = tuple(self._given)
        for job in failed:
            self._answer(job, MachineError(reason))

    def _answer(self, job: _Job, answer: Done | Exception) -> None:
        with self._lock:
            if job not in self._given:
                return  # given up, or given again
            self._given.remove(job)
        if isinstance(answer, Exception):
            job.future.set_exception(answer)
        else:
            job.future.set_result(answer)


def _begun(job: _Job) -> bool:
    """Take up a unit; say whether somebody still waits for it."""
    return job.future.running() or job.future.set_running_or_notify_cancel()
