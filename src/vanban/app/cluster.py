"""Machines of a Dask cluster, as an executor: what a batch does, done on them.

In: the address of a Dask scheduler; units. Out: what became of each, its files in their places.
Dask gives the work to workers, and gives that of a lost one to another; here it is packed, given to
those workers only that make the same files as this machine would, and what comes back is written.
"""

from __future__ import annotations

import os
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from vanban.app.batch import Done, Unit, holds, unit_key
from vanban.app.cluster_worker import (
    COMMON,
    OUT,
    Parcel,
    Returned,
    Work,
    admitted,
    run_in_place,
    run_sent,
    whole,
)
from vanban.app.machine_facts import machine_facts
from vanban.errors import MachineError, VanbanError
from vanban.io.bundle import bundled
from vanban.io.installed import has_cluster_library
from vanban.io.lock import settle
from vanban.io.reasons import reason_of
from vanban.io.swap import recover, write_files
from vanban.workspace.edit import set_value
from vanban.workspace.files import AGENCY, TEMPLATES
from vanban.workspace.folder import require_shared, shown_path
from vanban.workspace.models.agency import SHARED_KEY
from vanban.workspace.shared_version import shared_version
from vanban.workspace.wards import Ward

if TYPE_CHECKING:
    import distributed

AHEAD = 2
"""Units a worker: one that it does, and one that it has at hand when that is done."""
HANDS = 4
"""Threads that pack and write."""
LOOK = 2.0
"""Seconds between two looks at which workers there are."""
PATIENCE = 60.0
"""Seconds without any worker after which a batch gives up."""
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

    facts = machine_facts()
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        try:
            client = Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError, RuntimeError) as error:
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


class Cluster(Executor):
    """The workers of a cluster that are fit for the work; see :func:`cluster`."""

    def __init__(
        self,
        client: distributed.Client,
        facts: dict[str, str],
        proof: tuple[Path, str] | None,
        tell: Tell,
    ) -> None:
        self._client, self._facts, self._proof, self._tell = client, facts, proof, tell
        asked = sha256(repr((sorted(facts.items()), proof)).encode())
        self._resource = f"vanban-{asked.hexdigest()[:12]}"
        self._known: dict[str, str] = {}  # worker → why it is not fit, "" where it is
        self._queue: deque[tuple[Future[Done], Work, Unit]] = deque()
        self._given: dict[Future[Done], distributed.Future[Any] | None] = {}
        self._common: dict[tuple[Path, str], distributed.Future[Any]] = {}
        self._lock, self._closed = Lock(), Event()
        self._hands = ThreadPoolExecutor(HANDS, "vanban-cluster")

    # --- workers ------------------------------------------------------------------------------

    def await_workers(self) -> None:
        """Look for fit workers; raises MachineError where there are none."""
        waited = 0.0
        while not self._look() and not self._known and waited < PATIENCE:
            if not waited:
                self._tell(f"Chưa có máy nào nhận việc, đợi đến {PATIENCE:.0f} giây …")
            self._closed.wait(LOOK)
            waited += LOOK
        if not self._fit:
            raise MachineError(_NOBODY)
        Thread(target=self._watch, daemon=True, name="vanban-cluster-watch").start()

    @property
    def _fit(self) -> list[str]:
        return [worker for worker, reason in self._known.items() if not reason]

    def _look(self) -> list[str]:
        """Learn which workers there are now; return those that are fit."""
        now = set(self._client.nthreads())
        for gone in self._known.keys() - now:
            if not self._known.pop(gone) and not self._closed.is_set():
                self._tell(f"{gone}: mất liên lạc với máy này, việc của nó giao máy khác làm lại")
        new = [worker for worker in sorted(now) if worker not in self._known]
        answers = (
            self._client.run(
                admitted, self._facts, self._proof, self._resource, workers=new, on_error="return"
            )
            if new
            else {}
        )
        for worker, answer in answers.items():
            if isinstance(answer, OSError):
                continue  # gone meanwhile
            reason = answer if isinstance(answer, str) else _not_ours(answer)
            self._known[worker] = reason
            if reason:
                self._tell(f"{worker}: không giao việc cho máy này: {reason}")
        return self._fit

    def _watch(self) -> None:
        lonely = 0.0
        while not self._closed.wait(LOOK):
            try:
                lonely = 0.0 if self._look() else lonely + LOOK
            except (OSError, RuntimeError):  # the client is closing, or the scheduler is gone
                lonely += LOOK
            if lonely >= PATIENCE:
                self._give_up(_NOBODY)
            self._do(self._next)

    # --- units --------------------------------------------------------------------------------

    def submit(self, work: Work, unit: Unit, /) -> Future[Done]:  # type: ignore[override]
        """Have ``work`` do ``unit`` on a worker, as soon as one is near to free."""
        future: Future[Done] = Future()
        self._queue.append((future, work, unit))
        self._do(self._next)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; what is on its way is dropped, on the workers too."""
        self._closed.set()
        while self._queue:
            self._queue.popleft()[0].cancel()
        with self._lock:
            tasks = [task for task in self._given.values() if task is not None]
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
                if not self._queue or len(self._given) >= AHEAD * len(self._fit):
                    return
                future, work, unit = self._queue.popleft()
                if not future.set_running_or_notify_cancel():
                    continue
                self._given[future] = None
            try:
                self._give(future, work, unit)
            except Exception as error:
                self._answer(future, error)

    def _give(self, future: Future[Done], work: Work, unit: Unit) -> None:
        key = unit_key(unit)
        if not unit.force and holds(unit, key):
            self._answer(future, Done(unit, unit.known, unchanged=True))
            return
        try:
            task = self._task(work, unit)
        except (OSError, VanbanError) as error:
            # Not to be sent: done here, with what is wrong told as on one machine.
            done = work(unit)
            line = error.lines[0] if isinstance(error, VanbanError) else _unsent(unit, error)
            self._answer(future, replace(done, notes=(*done.notes, line)))
            return
        with self._lock:
            self._given[future] = task
        task.add_done_callback(lambda task: self._do(self._land, task, future, unit, key))

    def _task(self, work: Work, unit: Unit) -> distributed.Future[Any]:
        """Give a unit to the cluster; raises OSError, VanbanError where it cannot be packed."""
        content, common = unit.ward.content, require_shared(unit.ward.content)
        sent = replace(unit, known=())
        if self._proof is not None:
            folders = (content, unit.out, *((common,) if common is not None else ()))
            names = {str(path.absolute()): str(shown_path(path)) for path in folders}
            there = Ward(unit.ward.name, content.absolute())
            sent = replace(sent, ward=there, out=unit.out.absolute())
            return self._submit(run_in_place, work, sent, names)
        settle(content)
        recover(unit.out, *sorted(unit.out.glob("*/")))
        return self._submit(
            run_sent, work, sent, packed(unit, common), self._sent_once(content, common)
        )

    def _sent_once(self, content: Path, common: Path | None) -> distributed.Future[Any] | None:
        """Return what was sent of the folder that a ward shares, by the state that it is in."""
        version = shared_version(content)
        if common is None or version is None:
            return None
        key = (common, version.digest)
        with self._lock:
            if key not in self._common:
                self._common[key] = self._submit(whole, bundled({COMMON: common}))
            return self._common[key]

    def _submit(self, function: Callable[..., Any], *args: Any) -> distributed.Future[Any]:
        return self._client.submit(
            function, *args, pure=False, retries=RETRIES, resources={self._resource: 1}
        )

    def _land(
        self, task: distributed.Future[Any], future: Future[Done], unit: Unit, key: str
    ) -> None:
        """Write what came back of a unit, and answer."""
        from distributed import CancelledError, KilledWorker

        try:
            returned: Returned = task.result()
            write_files((unit.out / name, data) for name, data in returned.files.items())
        except KilledWorker as error:
            self._answer(future, MachineError(_killed(error)))
        except CancelledError:
            if not self._closed.is_set():
                self._give_up(_LOST)
            self._answer(future, MachineError(_LOST))
        except Exception as error:
            self._answer(future, error)
        else:
            records = tuple(replace(each, key=key) for each in returned.done.records)
            self._answer(future, replace(returned.done, unit=unit, records=records))
        finally:
            self._next()

    def _give_up(self, reason: str) -> None:
        """Fail what was given away, and begin nothing any more."""
        self._closed.set()
        while self._queue:
            self._queue.popleft()[0].cancel()
        for future in tuple(self._given):
            self._answer(future, MachineError(reason))

    def _answer(self, future: Future[Done], answer: Done | Exception) -> None:
        with self._lock:
            if future not in self._given:
                return  # given up meanwhile
            del self._given[future]
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)


def packed(unit: Unit, common: Path | None) -> Parcel:
    """Return what the ward of ``unit`` reads, but for the folder ``common`` that it shares.

    Raises OSError where something of it cannot be read, or is too much to be sent.
    """
    content = unit.ward.content.absolute()
    ward = Path("don-vi")
    shared = ""
    instead = {}
    if common is not None:
        way = Path(os.path.relpath(common, content.parent))
        ups = way.parts.count("..")
        ward = Path(*["~"] * ups, "don-vi")  # from so deep as many steps up stay in the bundle
        shared = os.path.normpath(ward / way)
        agency = content / AGENCY.name
        named = set_value(agency.read_bytes(), agency, (SHARED_KEY,), way.as_posix())
        instead[str(ward / content.name / AGENCY.name)] = named
    folders = {
        str(ward / content.name): unit.ward.content,
        str(ward / TEMPLATES): content.parent / TEMPLATES,
        OUT: unit.out,
    }
    names = {name: str(shown_path(path)) for name, path in folders.items()}
    if common is not None:
        names[shared] = str(shown_path(common))
    there = {name: folder for name, folder in folders.items() if folder.is_dir()}
    return Parcel(bundled(there, instead, {OUT}), str(ward / content.name), shared, names)


_NOBODY = (
    "cụm không có máy nào nhận được việc — chạy make worker trên các máy, cùng bản chương trình, "
    "rồi chạy lại lệnh này: phần đã xong không làm lại"
)
_LOST = (
    "mất liên lạc với máy điều phối — xem make scheduler ở đó, rồi chạy lại lệnh này: phần đã xong "
    "không làm lại"
)


def _killed(error: distributed.KilledWorker) -> str:
    return (
        f"các máy lần lượt chết khi làm đơn vị này, lần cuối là {error.last_worker.address} — xem "
        "bộ nhớ của máy, hoặc dựng riêng đơn vị này để biết văn bản nào"
    )


def _not_ours(error: object) -> str:
    """Say why a worker could not even be asked."""
    return f"chưa cài chương trình này, hoặc bản khác ({error!r}) — chạy make worker ở máy ấy"


def _unsent(unit: Unit, error: OSError) -> str:
    reason = reason_of(error)
    return f"{error.filename or unit.ward.content}: không gửi đi được ({reason}), dựng ở máy này"
