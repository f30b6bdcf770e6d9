"""Measure a city: documents of many wards by one and by two workers, and the memory of a worker.

Run by ``make bench``, by itself with ``--only "nhiều đơn vị"``. Sample wards are made, then all
ways build the same kinds of documents in turn, one round that warms up and is not counted: this
program with each engine, by one worker and by two, from their content, checked; its peers fill the
Word files that it made, taken as templates, as often, and have LibreOffice print them. At last one
worker builds for one ward after the other, and its memory is told at each tenth.
"""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench import Case, Cost, Way, measure, ratio, table
from bench_cases import COLD, ENGINES, ROOT, WARM, fill_files

IDS = ("plan", "report-q3", "report-year", "self-assessment")
"""The documents that each ward has."""
JOBS = (1, 2)
TENTHS = 10
HEAD = ("việc", "cách làm", "văn bản/phút", "CPU giây/văn bản", "MB", f"CPU so với {WARM}")


def measured(folder: Path, peers: Mapping[str, Way], quick: bool) -> Iterator[str]:
    """Yield the lines to print; ``folder`` is for what the cases need."""
    wards, rounds, most = (3, 1, 60) if quick else (10, 3, 500)
    make = (sys.executable, ROOT / "scripts" / "make_country.py")
    count = max(wards, -(-most // len(IDS)))
    subprocess.run(
        (*make, "--wards", str(count), "--out", folder / "country"),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    every = sorted((folder / "country" / "xa-phuong").iterdir())
    costs = measure(Case("", list(ways(folder, every[:wards], peers)), rounds))
    documents = wards * len(IDS)
    yield from table(
        HEAD, list(rows(f"{documents} văn bản của {wards} đơn vị", documents, costs))
    ).split("\n")
    for name, engine in ENGINES.items():
        work = subprocess.run(
            call_here("memory", engine, folder, str(most)), check=True, stdout=subprocess.PIPE
        )
        held = work.stdout.decode().strip()
        yield f"{name}: bộ nhớ (MB) của một tiến trình, mỗi {most // TENTHS} văn bản: {held}"


def ways(folder: Path, wards: Sequence[Path], peers: Mapping[str, Way]) -> Iterator[Way]:
    """Yield ours by engine and workers, then the peers that there are."""
    vanban: tuple[str | Path, ...] = (sys.executable, "-m", "vanban.cli", "batch", *wards, *IDS)
    for name, engine in ENGINES.items():
        for jobs in JOBS:
            how = (
                "--force",
                "--engine",
                engine,
                "--jobs",
                str(jobs),
                "--out",
                folder / f"{engine}-{jobs}",
            )
            yield Way(f"{name}, {jobs} tiến trình", (*vanban, *how))
    made = folder / f"{ENGINES['vanban']}-{JOBS[0]}"
    for name in (COLD, WARM):
        if name in peers:
            office = str(peers[name].command[3])
            command = call_here(
                "fill", office, str(folder), str(made), *(each.name for each in wards)
            )
            yield Way(name, command, peers[name].server)


def rows(
    name: str, documents: int, costs: Mapping[str, Sequence[Cost]]
) -> Iterator[tuple[str, ...]]:
    """Yield a line a way; the name of the case stands in the first."""
    for way, each in costs.items():
        pace = documents * 60 / median(cost.wall for cost in each)
        cpu = median(cost.cpu for cost in each) / documents
        memory = max(cost.memory for cost in each)
        to_warm = ratio(each, costs[WARM]) if WARM in costs and way != WARM else ""
        yield (name, way, f"{pace:.0f}", f"{cpu:.2f}", f"{memory:.0f}", to_warm)
        name = ""


def call_here(*arguments: str | Path) -> tuple[str | Path, ...]:
    return (sys.executable, Path(__file__), *arguments)


def fill(office: str, folder: str, made: str, *wards: str) -> None:
    """Fill the Word file of each document as a template, and have all printed by ``office``."""
    target = Path(folder, "filled")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    templates = [
        (path, target / f"{ward}-{path.name}")
        for ward in wards
        for path in sorted(Path(made, ward).glob("*/*.docx"))
    ]
    fill_files(office, templates, target)


def memory(engine: str, folder: str, most: str) -> None:
    """Build for one ward after the other in this process; print its memory (MB) at each tenth."""
    from vanban.app.batch import run_unit
    from vanban.app.unit import Unit
    from vanban.io.workers import GARBAGE, resident
    from vanban.workspace.wards import find_wards

    gc.set_threshold(*GARBAGE)
    wards, _ = find_wards([Path(folder, "country", "xa-phuong")])
    held: list[int] = []
    documents = 0
    for ward in wards:
        done = run_unit(Unit(ward, Path(folder, f"memory-{engine}", ward.name), IDS, engine=engine))
        documents += len(done.records)
        if documents * TENTHS >= int(most) * (len(held) + 1):
            held.append(resident() // 1_000_000)
    print(*held)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
