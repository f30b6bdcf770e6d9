"""No rule takes more than linear time, whatever a line is made of.

The one test with a limit of processor time: a rule that goes quadratic takes minutes where the
others take a blink, and officials paste such lines (rows of dots, spreadsheets in one cell).
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from support import write_content
from vanban.checks.registry import all_rules
from vanban.checks.rules import NotEvaluated, Project, hits_of
from vanban.checks.writing import Passage, Role, Writing
from vanban.errors import Place
from vanban.workspace.load import load_workspace

LENGTH = 100_000
"""Characters of one line."""

CEILING = 6.0
"""Seconds of processor time a rule: the slowest takes 1, a quadratic one more than 60."""

TRIGGERS = (
    " … @ “x” % số 1/KH-UBND ngày 01/01/2025 của UBND (a, năm 2025; đạt 95% - Nghị định số "
    "30/2020/NĐ-CP. www.a.vn a@b.vn"
)
"""Rules look closer where these stand."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *(".", "A", "(", "1/", "100% ", "số 1/KH-UBND ", "ngày 1/1/2025 "),
        *(
            pytest.param(piece, marks=pytest.mark.long)
            for piece in ("a", "–", " \u00a0", ", ", "a.b", "I. ", "Ủy ban nhân dân ")
        ),
    ],
)
def test_a_hostile_line_takes_no_longer_than_its_length(piece: str, tmp_path: Path) -> None:
    workspace = load_workspace(write_content(tmp_path))
    text = "- " + (piece * (LENGTH // len(piece) + 1))[:LENGTH] + TRIGGERS
    passage = Passage(text, Role.BULLET, 1, Place(Path("a.txt"), 1, 1))
    writing = Writing("a", (passage,), "Kế hoạch", workspace=workspace)
    slow = {}
    for rule in all_rules():
        start = time.process_time()
        try:
            list(hits_of(rule, Project(workspace, (writing,))))
        except NotEvaluated:
            continue
        taken = time.process_time() - start
        if taken > CEILING:
            slow[rule.id] = round(taken, 1)
    assert not slow
