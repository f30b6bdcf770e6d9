"""The arithmetic of the benchmark, and what its commands are made from; no time is asserted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    sys.path.insert(0, str(SCRIPTS))
    try:
        import bench
        import bench_cases  # noqa: F401 - found beside it

        yield bench
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.mark.parametrize(
    ("ours", "others", "told"),
    [
        ([1], [2], "0.50 (0.50–0.50)"),
        ([1, 9, 2], [2, 3, 2], "1.00 (0.50–3.00)"),
        ([1, 2], [1, 1], "1.50 (1.00–2.00)"),
    ],
)
def test_a_ratio_is_of_rounds_and_told_with_its_spread(
    bench: Any, ours: list[float], others: list[float], told: str
) -> None:
    costs = ([bench.Cost(1, cpu, 1) for cpu in each] for each in (ours, others))
    assert bench.ratio(*costs) == told


def test_all_ways_take_turns_and_the_warm_up_does_not_count(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def run(way: Any) -> Any:
        calls.append(way.name)
        return bench.Cost(len(calls), 0, 0)

    monkeypatch.setattr(bench, "run", run)
    costs = bench.measure(bench.Case("x", [bench.Way(name, ()) for name in "abc"], 2))
    assert calls == list("abc") * 3
    assert {name: [cost.wall for cost in each] for name, each in costs.items()} == {
        "a": [4, 7],
        "b": [5, 8],
        "c": [6, 9],
    }


def test_a_line_has_medians_the_most_memory_and_the_ratios_of_both_engines(bench: Any) -> None:
    ours, pages = bench.OURS
    costs = {
        ours: [bench.Cost(1, 2, 90), bench.Cost(3, 4, 100)],
        pages: [bench.Cost(1, 1, 50), bench.Cost(1, 1, 50)],
        "peer": [bench.Cost(2, 4, 300), bench.Cost(2, 4, 200)],
    }
    assert list(bench.lines_of(bench.Case("việc", (), 2), costs)) == [
        ("việc", ours, "2.00", "3.00", "100", "", "0.38 (0.25–0.50)"),
        ("", pages, "1.00", "1.00", "50", "3.00 (2.00–4.00)", ""),
        ("", "peer", "2.00", "4.00", "300", "0.75 (0.50–1.00)", "0.25 (0.25–0.25)"),
    ]


def test_a_case_without_one_of_our_engines_has_no_ratio_of_it(bench: Any) -> None:
    costs = {bench.OURS[0]: [bench.Cost(1, 1, 1)]}
    assert list(bench.lines_of(bench.Case("x", (), 1), costs)) == [
        ("x", bench.OURS[0], "1.00", "1.00", "1", "", "")
    ]


def test_table_aligns_its_columns(bench: Any) -> None:
    assert bench.table(("a", "b", "s"), [("ab", "c", "1.00"), ("", "d", "10.00")]).splitlines() == [
        "| a  | b |     s |",
        "| -- | - | ----: |",
        "| ab | c |  1.00 |",
        "|    | d | 10.00 |",
    ]


def test_what_was_measured_is_told_when_it_is_stopped(
    bench: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure_all(_folder: Path, _quick: bool, _only: str, rows: Any, _of_city: Any) -> None:
        rows.append(("kế hoạch", "vanban", "1.00", "2.00", "90", "", ""))
        raise KeyboardInterrupt

    monkeypatch.setattr(bench, "measure_all", measure_all)
    with pytest.raises(SystemExit) as stopped:
        bench.main([])
    assert stopped.value.code == 1
    told = capsys.readouterr().out
    assert "Đã dừng" in told
    assert "| kế hoạch | vanban" in told


def test_a_run_is_measured_with_its_children_and_its_failure_is_told(bench: Any) -> None:
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    cost = bench.run(bench.Way("x", (sys.executable, "-c", child)))
    assert cost.wall > 0
    assert cost.cpu > 0.2
    assert cost.memory > 1
    with pytest.raises(subprocess.CalledProcessError):
        bench.run(bench.Way("x", (sys.executable, "-c", "raise SystemExit(3)")))


def test_the_work_of_a_server_counts(bench: Any) -> None:
    work = "input(); import time\nwhile time.process_time() < 0.5: pass\nprint(flush=True); input()"
    with subprocess.Popen(
        (sys.executable, "-c", work), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert list(bench.family(server.pid)) == [server.pid]
        before = bench.cpu_of(server.pid)
        server.stdin.write(b"\n")
        server.stdin.flush()
        server.stdout.readline()
        assert bench.cpu_of(server.pid) - before >= 0.3
        assert bench.peak_of(server.pid) > 1000
        server.stdin.write(b"\n")


@pytest.mark.parametrize("quick", [True, False])
def test_every_case_has_our_way_and_only_the_peers_that_there_are(bench: Any, quick: bool) -> None:
    import bench_cases  # type: ignore[import-not-found, unused-ignore]

    way = bench.Way(bench_cases.ALONE, ("alone",))
    found = list(bench_cases.cases(Path("/none"), {way.name: way}, quick))
    assert len(found) == 12
    for case in found:
        names = [each.name for each in case.ways]
        assert bench.OURS[0] in names
        assert set(names) <= {*bench.OURS, bench_cases.ALONE}


def test_a_city_is_built_by_both_engines_and_one_or_two_workers(bench: Any) -> None:
    import bench_cases  # type: ignore[import-not-found, unused-ignore]
    import bench_city  # type: ignore[import-not-found, unused-ignore]

    warm = bench.Way(bench_cases.WARM, ("python", "cases", "fill", "1234"), 7)
    ways = list(bench_city.ways(Path("/none"), [Path("/w/a")], {warm.name: warm}))
    ours = [f"{name}, {jobs} tiến trình" for name in bench.OURS for jobs in (1, 2)]
    assert [way.name for way in ways] == [*ours, warm.name]
    assert ways[-1].server == warm.server
    costs = {way.name: [bench.Cost(30, 8, 100), bench.Cost(30, 8, 90)] for way in ways}
    told = list(bench_city.rows("việc", 4, costs))
    assert told[0] == ("việc", ours[0], "8", "2.00", "100", "1.00 (1.00–1.00)")
    assert told[-1] == ("", warm.name, "8", "2.00", "100", "")
