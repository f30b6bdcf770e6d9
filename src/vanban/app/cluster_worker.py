"""What a worker of a cluster does: it shows what machine it is, and builds the ward it is sent.

In: a unit of work with what its ward reads, as a bundle (or nothing, where all machines see the
same folders). Out: what became of it, and the files that it made. The unit is run by the same
function as on one machine; only the paths in what is told are put back to those of who sent it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.inputs import file_hash
from vanban.app.machine_facts import differences, machine_facts, shortly
from vanban.app.parcel import Names, Parcel, unpacked
from vanban.app.unit import Done, Unit
from vanban.errors import VanbanError
from vanban.io.bundle import Bundle, Kept
from vanban.io.scratch import scratch
from vanban.io.workers import resident
from vanban.workspace.wards import Ward

if TYPE_CHECKING:
    from distributed import Worker

Work = Callable[[Unit], Done]

FETCHED = 3.0
"""Seconds within which an answer is fetched."""

_kept = Kept()


class Returned(Struct, frozen=True):
    """What became of a unit, and the files of its results that are new (None: gone), by name.

    ``renewed`` is the address of the worker where that begins anew now, under another one.
    """

    done: Done
    files: Mapping[str, bytes | None]
    renewed: str = ""


async def admitted(
    facts: Mapping[str, str], proof: tuple[Path, str] | None, resource: str, dask_worker: Worker
) -> str:
    """Let this worker take work where it makes the same files; else return why it may not.

    ``facts`` are those of the machine that gives the work, ``proof`` is a file in the folder that
    all machines are to see, and what it holds. Dask gives a task only to a worker with its
    ``resource``, of which each has one: it does one unit at a time.
    """
    try:
        reasons = differences(facts, machine_facts())
    except VanbanError as error:
        return error.lines[0]
    if reasons:
        return f"{shortly(reasons)} — cài cùng bản trên máy ấy (make worker), rồi chạy lại"
    if proof is not None:
        path, held = proof
        seen = ""
        with suppress(OSError):
            seen = path.read_text("ascii")
        if seen != held:
            return f"không thấy thư mục chung {path.parent} — gắn thư mục ấy ở cùng đường dẫn"
    await dask_worker.set_resources(**{resource: 1})
    return ""


def whole(bundle: Bundle) -> Bundle:
    """Return what was sent once for many wards: Dask keeps it where it is needed."""
    return bundle


def at_work(most: int, run: Callable[..., Returned], *args: object) -> Returned:
    """Have this worker ``run`` a unit, and begin anew where it then holds over ``most`` bytes.

    It does once the answer was fetched; what it has at hand then, others do, or it does again.
    """
    from distributed import get_worker

    returned, worker = run(*args), get_worker()
    if worker.nanny is None or (resident() <= most and worker.status.name != "paused"):
        return returned
    # The scheduler lets it go first; a worker that sees this tells its nanny not to begin it anew.
    worker.nanny = None
    leave = partial(worker.close_gracefully, restart=True, reason="memory")
    worker.loop.add_callback(worker.loop.call_later, FETCHED, leave)
    return replace(returned, renewed=worker.address)


def run_sent(work: Work, unit: Unit, parcel: Parcel, common: Bundle | None) -> Returned:
    """Do a unit whose ward came in a bundle, in a folder of its own that goes afterwards.

    Raises MachineError for a damaged bundle, OSError where this machine cannot hold it.
    """
    with scratch() as home:
        content, out = unpacked(parcel, home, None if common is None else _kept.folder(common))
        before = dict(_hashes(out))
        done = work(replace(unit, ward=Ward(unit.ward.name, content), out=out))
        after = dict(_hashes(out))
        files: dict[str, bytes | None] = dict.fromkeys(before.keys() - after.keys())
        for name, digest in after.items():
            if before.get(name) != digest:
                files[name] = (out / name).read_bytes()
        names = {str(home / name): shown for name, shown in parcel.names.items()}
        return Returned(told(done, names), files)


def run_in_place(work: Work, unit: Unit, names: Names) -> Returned:
    """Do a unit in the folders that all machines see at the same paths."""
    return Returned(told(work(unit), names), {})


def told(done: Done, names: Names) -> Done:
    """Return ``done`` with the folders that its lines name called by the ``names``."""
    forms = {form: shown for path, shown in names.items() for form in (path, os.path.relpath(path))}
    longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
    whole = re.compile(rf"(?<![\w./-])(?:{'|'.join(longest_first)})(?![\w-])")

    def here(text: str) -> str:
        return whole.sub(lambda found: forms[found[0]], text)

    records = (
        replace(each, error=here(each.error), notes=tuple(map(here, each.notes)))
        for each in done.records
    )
    return replace(done, records=tuple(records), notes=tuple(map(here, done.notes)))


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        digest = None if path.is_dir() else file_hash(path)
        if digest is not None:
            yield path.relative_to(folder).as_posix(), digest
