"""Measure speed: this program and its peers in turn, in one table.

Run by ``make bench``. Every way of making a document is a command: a new process, which starts the
others that it needs. In each round all ways of a case run one after the other, so that a busy
machine slows all alike; a ratio is taken within a round, and told as the median of all rounds with
the least and the most. Seconds of wall clock, seconds of CPU (user and system, with all children;
a server that is kept running is counted, too), the memory of the largest process at its peak.
Nothing is written outside a temporary folder. The cases are in :mod:`bench_cases`.

This process imports nothing large: a child's peak of memory is never told below its parent's.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")
OURS = ("vanban", "vanban, pages")
"""Our two ways, by engine; the others are compared with each of them."""


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of CPU that a run took, and its peak of memory, MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Way:
    """A way of doing a case: its command, and the process of a server that it makes work."""

    name: str
    command: Sequence[str | Path]
    server: int | None = None


@dataclass(frozen=True)
class Case:
    """What is done, in each of several ways; ``rounds`` is how often."""

    name: str
    ways: Sequence[Way]
    rounds: int


def run(way: Way) -> Cost:
    """Run ``way`` to its end and return what it took; raises CalledProcessError."""
    server = list(family(way.server)) if way.server is not None else []
    for number in server:
        Path(f"/proc/{number}/clear_refs").write_text("5")  # its peak of memory counts from now
    before = sum(map(cpu_of, server))
    # Python may keep its compiled modules, as on any machine where all ways are at home.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        way.command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(way.command))
    served = sum(map(cpu_of, server)) - before
    memory = max([usage.ru_maxrss, *map(peak_of, server)]) / 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime + served, memory)


def family(process: int) -> Iterator[int]:
    """Yield ``process`` and all that descend from it."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def cpu_of(process: int) -> float:
    """Return the seconds of CPU that a running process has had, with its ended children."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def peak_of(process: int) -> int:
    """Return the most memory that a running process has had, KB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def measure(case: Case) -> Mapping[str, list[Cost]]:
    """Run all ways in turn, one round to warm up and not counted; return their costs by name."""
    costs: dict[str, list[Cost]] = {way.name: [] for way in case.ways}
    for number in range(case.rounds + 1):
        for way in case.ways:
            cost = run(way)
            if number:
                costs[way.name].append(cost)
    return costs


def ratio(ours: Iterable[Cost], others: Iterable[Cost]) -> str:
    """Return the median of the ratios of CPU, round by round, with the least and the most."""
    ratios = [one.cpu / other.cpu for one, other in zip(ours, others, strict=True)]
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


DESK = "bàn làm việc"
CITY = "nhiều đơn vị"
HEAD = ("việc", "cách làm", "giây", "CPU", "MB", *(f"{name} / cách này" for name in OURS))


def lines_of(case: Case, costs: Mapping[str, list[Cost]]) -> Iterator[tuple[str, ...]]:
    """Yield a line of the table for each way; the name of the case stands in the first."""
    name = case.name
    for way, all_costs in costs.items():
        wall = median(cost.wall for cost in all_costs)
        cpu = median(cost.cpu for cost in all_costs)
        memory = max(cost.memory for cost in all_costs)
        ratios = (
            ratio(costs[one], all_costs) if one in costs and one != way else "" for one in OURS
        )
        yield (name, way, f"{wall:.2f}", f"{cpu:.2f}", f"{memory:.0f}", *ratios)
        name = ""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown whose columns are aligned: two of words, then numbers."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = [
        "-" * width if column < 2 else "-" * (width - 1) + ":"
        for column, width in enumerate(widths)
    ]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in (head, rule, *rows)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    import desk_load

    parser = argparse.ArgumentParser(description="Đo tốc độ so với các cách làm khác.")
    parser.add_argument("--quick", action="store_true", help="đo nhanh: ít lượt, ít văn bản")
    parser.add_argument("--only", default="", help="chỉ đo những việc có chữ này trong tên")
    chosen = parser.parse_args(arguments)
    rows: list[tuple[str, ...]] = []
    of_city: list[str] = []
    try:
        with tempfile.TemporaryDirectory() as name:
            measure_all(Path(name), chosen.quick, chosen.only, rows, of_city)
    except KeyboardInterrupt:
        print("\nĐã dừng: dưới đây là những việc đã đo xong.")
        tell(rows, of_city)
        sys.exit(1)
    tell(rows, of_city)
    if chosen.only in DESK:
        sizes = (10, 0, 0) if chosen.quick else (40, 180, 2000)
        print(f"\n{DESK.capitalize()}\n")
        for line in desk_load.measured(dict(zip(desk_load.PARTS, sizes, strict=True))):
            print(line, flush=True)


def measure_all(
    folder: Path, quick: bool, only: str, rows: list[tuple[str, ...]], of_city: list[str]
) -> None:
    """Measure the cases with ``only`` in their names; add what each came to as it is done."""
    import bench_cases
    import bench_city

    with bench_cases.peers(folder) as (peers, absent):
        for line in absent:
            print(line, flush=True)
        cases = [each for each in bench_cases.cases(folder, peers, quick) if only in each.name]
        if cases:
            bench_cases.prepare(folder)
        for case in cases:
            print(f"Đang đo: {case.name} …", flush=True)
            rows += lines_of(case, measure(case))
        if only in CITY:
            print(f"Đang đo: {CITY} …", flush=True)
            of_city += bench_city.measured(folder, peers, quick)


def tell(rows: Sequence[Sequence[str]], of_city: Sequence[str]) -> None:
    """Print what was measured."""
    print("\nTỷ lệ là của CPU: trung vị các lượt xen kẽ (nhỏ nhất–lớn nhất)\n")
    if rows:
        print(table(HEAD, rows))
    print("", *of_city, sep="\n", flush=True)


if __name__ == "__main__":
    main()
