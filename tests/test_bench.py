"""The pure parts of the benchmark; no time is asserted."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from documents import sample
from vanban.document import Document, Heading, Table

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def bench() -> Any:
    return runpy.run_path(str(ROOT / "scripts" / "bench.py"))


@pytest.mark.parametrize(
    ("pairs", "ratio"),
    [
        ([(1.0, 2.0)], 0.5),
        ([(1.0, 2.0), (9.0, 3.0), (2.0, 2.0)], 1.0),
        ([(1.0, 1.0), (2.0, 1.0)], 1.5),
    ],
)
def test_ratio_is_the_median_of_the_pairs(
    bench: Any, pairs: list[tuple[float, float]], ratio: float
) -> None:
    assert bench["median_ratio"](pairs) == ratio


def test_both_ways_take_turns_and_the_warm_up_does_not_count(bench: Any) -> None:
    cost, calls = bench["Cost"], []

    def way(name: str) -> Any:
        def work() -> Any:
            calls.append(name)
            return cost(len(calls), 0)

        return work

    pairs = bench["alternate"](way("a"), way("b"), 2)
    assert calls == ["a", "b"] * 3
    assert pairs == [(cost(3, 0), cost(4, 0)), (cost(5, 0), cost(6, 0))]


@pytest.mark.parametrize(
    ("factor", "expected"),
    [(0, ""), (0.5, "a0 b0"), (1, "a0 b0 c0 d0"), (1.5, "a0 b0 c0 d0 a1 b1")],
)
def test_repeated_counts_its_rounds(bench: Any, factor: float, expected: str) -> None:
    assert " ".join(f"{item}{turn}" for turn, item in bench["repeated"]("abcd", factor)) == expected


def rows_of(document: Document) -> int:
    return sum(
        len(block.rows)
        for annex in document.annexes
        for block in annex.blocks
        if isinstance(block, Table)
    )


@pytest.mark.parametrize("factor", [1, 2, 3])
def test_scaled_documents_grow_and_keep_anchors_unique(bench: Any, factor: int) -> None:
    document = sample()
    scaled = bench["scaled"](document, factor)
    assert len(scaled.body) == factor * len(document.body)
    assert rows_of(scaled) == factor * rows_of(document) > 0
    anchors = [block.anchor for block in scaled.body if isinstance(block, Heading)]
    assert len(anchors) == len(set(anchors)) > 0
    if factor == 1:
        assert scaled == document


def test_table_aligns_its_columns(bench: Any) -> None:
    assert bench["table"](("", "s"), [("ab", "1.00"), ("c", "10.00")]).splitlines() == [
        "          s",
        "  --  -----",
        "  ab   1.00",
        "  c   10.00",
    ]


def test_a_run_is_measured_and_its_failure_is_told(bench: Any) -> None:
    cost = bench["run"]((sys.executable, "-c", ""))
    assert cost.wall > 0
    assert cost.cpu > 0
    with pytest.raises(bench["subprocess"].CalledProcessError):
        bench["run"]((sys.executable, "-c", "raise SystemExit(3)"))
