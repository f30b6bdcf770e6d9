"""A batch on the machines of a cluster: the same bytes, whatever becomes of some of them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, cast

import pytest
from click.testing import CliRunner

from evidences import entry, write_evidence
from kills import tree
from vanban.app import cluster as module
from vanban.app.batch import landed, run_unit, run_units
from vanban.app.batch_manifest import DocumentRecord
from vanban.app.cluster import Cluster, cluster
from vanban.app.cluster_worker import Returned, at_work, run_sent, told
from vanban.app.machine_facts import differences, machine_facts, shortly
from vanban.app.manifest import REPLACED
from vanban.app.parcel import packed, packed_common, unpacked
from vanban.app.unit import Done, Unit, unit_inputs
from vanban.cli import main
from vanban.workspace.folder import require_shared, shown_path
from vanban.workspace.wards import Ward, find_wards

if TYPE_CHECKING:
    from distributed import Client, Worker

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from make_country import HOME, make_country  # noqa: E402

YEAR = 2026


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ward, ...]:
    folder = tmp_path_factory.mktemp("country")
    make_country(4, 3, folder, (HOME,), YEAR)
    return find_wards([folder / "xa-phuong"])[0]


@pytest.fixture(scope="module")
def alone(wards: tuple[Ward, ...], tmp_path_factory: pytest.TempPathFactory) -> Done:
    """What becomes of the first ward on one machine."""
    return run_unit(*units(wards[:1], tmp_path_factory.mktemp("alone")))


def units(wards: tuple[Ward, ...], out: Path, **asked: object) -> list[Unit]:
    return [Unit(each, out / each.name, ("plan",), YEAR, "pages", **asked) for each in wards]  # type: ignore[arg-type]


def save_again(ward: Ward) -> None:
    """Save a file of a ward as it is: who reads it meanwhile may have read another."""
    path = ward.content / "co-quan.yaml"
    path.write_bytes(path.read_bytes())


def documents(folder: Path) -> dict[str, bytes]:
    """Return the files that were made; what a machine remembers of its own is none of them."""
    return {name: data for name, data in tree(folder).items() if not name.startswith(".")}


# --- without a cluster ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ({}, ()),
        ({"phông chữ": "Tinos (b)"}, ("phông chữ là Tinos (b), ở đây Tinos (a)",)),
        ({"zlib": None}, ("zlib là không có, ở đây 1.2",)),
        ({"thư viện lxml": "6"}, ("thư viện lxml là 6, ở đây không có",)),
    ],
)
def test_differences_of_machines(there: dict[str, str | None], words: tuple[str, ...]) -> None:
    here = {"phông chữ": "Tinos (a)", "zlib": "1.2"}
    other = {name: fact for name, fact in (here | there).items() if fact is not None}
    assert differences(here, other) == words


def test_many_differences_are_told_shortly() -> None:
    assert shortly(("a", "b", "c", "d", "e")) == "a; b; c và 2 điểm khác nữa"


def test_facts_name_program_font_and_libraries() -> None:
    facts = machine_facts()
    assert facts["phông chữ"].startswith(("Tinos", "Times New Roman", "Liberation Serif"))
    assert {"chương trình", "từ điển", "thư viện lxml", "thư viện uharfbuzz"} <= facts.keys()
    assert "thư viện pytest" not in facts


@pytest.mark.parametrize(
    ("here", "text", "words"),
    [
        ("/tmp/x/y/content", "/tmp/x/y/content/co-quan.yaml:3:1: sai", "a/co-quan.yaml:3:1: sai"),
        ("/tmp/x/chung", "“/tmp/x/chung”: thiếu", "“a”: thiếu"),
        (f"{Path.cwd()}/x", "x/y.yaml: thiếu, xem x/z, cx/z", "a/y.yaml: thiếu, xem a/z, cx/z"),
        ("/tmp/x", "/tmp/x-y, /tmp/xy, /w/tmp/x", "/tmp/x-y, /tmp/xy, /w/tmp/x"),
    ],
)
def test_lines_name_the_folders_of_who_asked(here: str, text: str, words: str) -> None:
    unit = Unit(Ward("w", Path("w/content")), Path("out"))
    record = DocumentRecord("w", "plan", error=text, notes=(text,))
    found = told(Done(unit, (record,), notes=(text,)), {here: "a"})
    assert (found.records[0].error, found.records[0].notes) == (words, (words,))
    assert found.notes == (words,)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--in-place",), 2, "--in-place chỉ dùng cùng --scheduler"),
        (("--scheduler", "tcp://127.0.0.1:1"), 1, "không gặp được máy điều phối tcp://127.0.0.1:1"),
        (("--scheduler", "127.0.0.1:no"), 1, "không gặp được máy điều phối 127.0.0.1:no"),
        (("--scheduler", "smb://x"), 1, "không gặp được máy điều phối smb://x"),
    ],
)
def test_bad_input(
    words: tuple[str, ...], status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ANSWER", 0.3)
    (tmp_path / "an-sinh" / "content").mkdir(parents=True)
    (tmp_path / "an-sinh" / "content" / "co-quan.yaml").touch()
    asked = ["batch", str(tmp_path / "an-sinh"), "--out", str(tmp_path / "out"), *words]
    result = CliRunner().invoke(main, asked)
    assert (result.exit_code, said in result.stderr) == (status, True), result.output


@pytest.mark.slow
def test_a_ward_that_was_sent_gives_the_same_bytes(
    wards: tuple[Ward, ...], alone: Done, tmp_path: Path
) -> None:
    """Without a cluster: packed, unpacked and built as a worker does it."""
    (unit,) = units(wards[:1], tmp_path / "sent")
    common = require_shared(unit.ward.content)
    assert common is not None
    returned = run_sent(run_unit, unit, packed(unit, common), packed_common(common))
    assert not unit.out.exists()
    held = {name: data for name, data in returned.files.items() if not name.startswith(".")}
    assert held == documents(alone.unit.out) != {}
    assert returned.done.notes == alone.notes
    for sent, here in zip(returned.done.records, alone.records, strict=True):
        assert (sent.document, sent.state, sent.counts, sent.files, sent.shared) == (
            (here.document, here.state, here.counts, here.files, here.shared)
        )


def test_evidence_with_a_hidden_name_is_sent_too(tmp_path: Path) -> None:
    content = write_evidence(tmp_path / "w", (entry("1.1.1-01", ".a.pdf"),), {".a.pdf": b"1"})
    (content / ".vanban").mkdir()
    unit = Unit(Ward("w", content), tmp_path / "out")
    there, _ = unpacked(packed(unit, None), tmp_path / "there", None)
    assert tree(there) == {name: data for name, data in tree(content).items() if name != ".vanban/"}


@pytest.mark.slow
def test_what_was_edited_while_a_ward_was_away_is_told_and_not_known(alone: Done) -> None:
    unit, inputs, name = alone.unit, unit_inputs(alone.unit), f"{YEAR}/plan.docx"
    assert landed(alone, unit, inputs, {name}) == alone
    made = (unit.out / name).read_bytes()
    (unit.out / name).write_bytes(b"mine")
    told = landed(alone, unit, inputs, {name}).notes
    assert told == (*alone.notes, f"{shown_path(unit.out / name)}: {REPLACED}")
    assert landed(alone, unit, inputs, ()) == alone  # nothing was replaced
    (unit.out / name).write_bytes(made)
    save_again(unit.ward)
    assert [each.key for each in landed(alone, unit, inputs, {name}).records] == [""]


@pytest.mark.parametrize("when", ["waiting", "asked later"])
def test_what_waits_when_all_machines_are_lost_is_told(when: str, tmp_path: Path) -> None:
    """No worker was found yet: nothing is asked of Dask."""
    found = Cluster(cast("Client", None), {}, None, print)
    every = units((Ward("a", Path("a")), Ward("b", Path("b"))), tmp_path)
    stop = Event()
    if when == "asked later":
        found._give_up("không còn máy nào")
    done = ThreadPoolExecutor(1).submit(lambda: list(run_units(every, found, stop)))
    try:
        while when == "waiting" and len(found._waiting) < len(every):
            time.sleep(0.01)
        if when == "waiting":
            found._give_up("không còn máy nào")
        records = [each for one in done.result(timeout=10) for each in one.records]
    finally:
        stop.set()
    assert {each.error for each in records} == {f"{name}: không còn máy nào" for name in "ab"}


# --- on a cluster -----------------------------------------------------------------------------


def run_all(every: list[Unit], executor: Executor) -> list[Done]:
    return list(run_units(every, executor, Event()))


@contextmanager
def local(workers: int) -> Iterator[str]:
    """Yield the address of a cluster of so many processes of this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as found:
        yield found.scheduler_address


def busy_worker(found: Cluster) -> int:
    """Return the number of a process that is at work on a unit."""
    client = found._client
    numbers = client.run(os.getpid)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        tasks = {worker: keys for worker, keys in client.processing().items() if keys}
        for worker, keys in tasks.items():
            if any("at_work" in str(key) for key in keys):
                return int(numbers[worker])
        time.sleep(0.02)
    raise AssertionError("nobody was given work")


@pytest.mark.parametrize(
    ("workers", "count", "look"),
    [
        pytest.param(2, 2, 0.3, marks=pytest.mark.slow),
        pytest.param(4, 4, 0.3, marks=pytest.mark.long),
        # Gone and back under another address between two looks.
        pytest.param(1, 2, 8.0, marks=pytest.mark.long),
    ],
)
def test_a_worker_killed_in_the_middle_changes_nothing(
    workers: int,
    count: int,
    look: float,
    wards: tuple[Ward, ...],
    alone: Done,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wards = wards[:count]
    monkeypatch.setattr(module, "LOOK", look)
    lines: list[str] = []
    with local(workers) as address, cluster(address, None, lines.append) as found:
        done = ThreadPoolExecutor(1).submit(run_all, units(wards, tmp_path / "sent"), found)
        os.kill(busy_worker(found), signal.SIGKILL)
        for each in wards:
            save_again(each)
        results = done.result(timeout=120)
    assert [each.error for one in results for each in one.records] == [""] * len(wards)
    sent = documents(tmp_path / "sent" / alone.unit.ward.name)
    assert sent == documents(alone.unit.out) != {}
    assert {path.name for path in (tmp_path / "sent").iterdir()} == {each.name for each in wards}
    keys = {each.key for one in results for each in one.records}
    assert ("" in keys) == (workers > 1)  # what is given again is read again
    assert len([line for line in lines if "mất liên lạc với máy này" in line]) == 1


@pytest.mark.slow
def test_what_dask_drops_meanwhile_is_given_again(
    wards: tuple[Ward, ...], alone: Done, tmp_path: Path
) -> None:
    """As it does with what was given along with something that is taken back."""
    with local(1) as address, cluster(address, None, print) as found:
        done = ThreadPoolExecutor(1).submit(run_all, units(wards[:2], tmp_path / "sent"), found)
        busy_worker(found)
        found._client.cancel([job.task for job in found._given if job.task is not None])
        results = done.result(timeout=120)
    assert [each.error for one in results for each in one.records] == ["", ""]
    sent = documents(tmp_path / "sent" / alone.unit.ward.name)
    assert sent == documents(alone.unit.out) != {}


def renewed(client: Client, before: set[int]) -> bool:
    """Return whether a worker came that is none of the processes ``before``."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        now = set(client.run(os.getpid).values())
        if now and not now & before:
            return True
        time.sleep(0.2)
    return False


@pytest.mark.long
def test_a_worker_begins_anew_though_it_hears_late_that_it_may(wards: tuple[Ward, ...]) -> None:
    from distributed import Client

    unit = Unit(wards[0], Path())

    def hear_late(dask_worker: Worker) -> None:  # within a function it is sent whole
        scheduler: Any = dask_worker.scheduler
        retire = scheduler.retire_workers

        async def late(**asked: Any) -> Any:
            answer = await retire(**asked)
            await asyncio.sleep(2)  # and sees meanwhile that the scheduler does not know it
            return answer

        scheduler.retire_workers = late

    with local(1) as address, Client(address, set_as_default=False) as client:
        before = set(client.run(os.getpid).values())
        client.run(hear_late)
        returned = client.submit(at_work, 0, lambda: Returned(Done(unit, ()), {})).result()
        assert returned.renewed
        assert renewed(client, before)


@pytest.mark.long
def test_a_worker_that_holds_much_memory_begins_anew(
    wards: tuple[Ward, ...], alone: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MEMORY", 1)
    monkeypatch.setattr(module, "LOOK", 0.3)
    lines: list[str] = []
    with local(1) as address, cluster(address, None, lines.append) as found:
        before = set(found._client.run(os.getpid).values())
        results = run_all(units(wards, tmp_path / "sent"), found)
        end = time.monotonic() + 60
        while set(found._client.run(os.getpid).values()) & before and time.monotonic() < end:
            time.sleep(0.2)
        assert not set(found._client.run(os.getpid).values()) & before
    assert [each.error for one in results for each in one.records] == [""] * len(wards)
    sent = documents(tmp_path / "sent" / alone.unit.ward.name)
    assert sent == documents(alone.unit.out) != {}
    assert not [line for line in lines if "mất liên lạc" in line]
