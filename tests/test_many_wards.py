"""The same work for many wards: in order, one bad ward apart, a process that dies begun anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from failing_work import where, work
from vanban.app.many_wards import Answer, read_wards
from vanban.io.progress import telling
from vanban.workspace.wards import Ward

WARDS = tuple(Ward(f"w{number}", Path(f"/nowhere/w{number}/content")) for number in range(12))


def told(answers: list[Answer[str]]) -> dict[str, str]:
    return {each.ward.name: each.found or str(each.problems[0]) for each in answers}


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_each_ward_has_its_answer_in_order(jobs: int) -> None:
    steps: list[tuple[int, int]] = []
    with telling(lambda _, done, total: steps.append((done, total))):
        found = told(list(read_wards(WARDS, work, jobs)))
    assert list(found) == [ward.name for ward in WARDS]
    assert [name for name, each in found.items() if each != name.upper()] == (
        ["w1", "w2", "w4", *["w5"] * (jobs > 1), "w6", "w7", "w8"]
    )
    assert found["w1"] == "/nowhere/w1/content/co-quan.yaml:3: ten: sai"
    assert found["w2"] == "/nowhere/w2/content: thiếu phông chữ"
    assert "không đọc được" in found["w4"]
    assert "/nowhere/w6/content: lỗi của chương trình ở failing_work.py:" in found["w6"]
    assert "surrogates not allowed" in found["w7"]
    assert "không đủ bộ nhớ" in found["w8"]
    assert steps[-1] == (12, 12)


def test_one_core_given_is_one_process() -> None:
    given = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(given)})
    try:
        assert {each.found for each in read_wards(WARDS, where)} == {os.getpid()}
    finally:
        os.sched_setaffinity(0, given)
