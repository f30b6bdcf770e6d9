"""The register → the plan of the dossier: what is listed where, alike in every list."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments import CRITERIA
from evidences import entry, picture_bytes, write_evidence
from vanban.app.coverage import load_coverage
from vanban.evidence.descriptions import ordered
from vanban.evidence.dossier_plan import plan_dossier
from vanban.evidence.rows import evidence_rows
from vanban.workspace.load import load_workspace

FILES = {f"{name}.png": picture_bytes("PNG", size=(200, 100 + n)) for n, name in enumerate("abcd")}

SHARED = {
    "before its own": ("2.1.1-01", "[1.1.2]"),
    "after its own": ("1.1.1-02", "[2.1.2]"),
    "before and after": ("1.2.1-01", "[2.10.1, 1.1.2, 2.1.1]"),
}


def first_and_second_swapped() -> str:
    """Return the criteria with 2.1.2 typed before 2.1.1."""
    before, mark, after = CRITERIA.partition("          - ma: 2.1.1\n")
    second, other, rest = after.partition("          - ma: 2.1.2\n")
    third, last, tail = rest.partition("      - ma: 2.10\n")
    return before + other + third + mark + second + last + tail


@pytest.mark.parametrize("criteria", [CRITERIA, first_and_second_swapped()], ids=["sorted", "not"])
@pytest.mark.parametrize("case", SHARED)
def test_all_lists_have_one_order(tmp_path: Path, case: str, criteria: str) -> None:
    code, also = SHARED[case]
    entries = [
        entry(code, "a.png", dung_cho=also, ngay="02/3/2025"),
        entry("1.1.2-01", "b.png", ngay="01/3/2025"),
        entry("2.1.2-01", "c.png"),
        entry("2.1.1-02", "d.png", ngay="03/3/2025"),
    ]
    content = write_evidence(tmp_path, entries, FILES, changes={"2025/tieu-chi.yaml": criteria})
    workspace = load_workspace(content, 2025)
    assert workspace.criteria is not None and workspace.evidence is not None
    plan = plan_dossier(workspace, workspace.criteria, workspace.evidence, "")
    listed = [(criterion.code, item.code) for _, criterion, item, _ in plan.rows()]
    rows = [
        (row.criterion, row.code or row.title.removeprefix("xem "))
        for row in evidence_rows(workspace)
    ]
    assert listed == rows and len(listed) == len(set(listed))
    assert [item.code for item in plan.placed()] == [each.code for each in ordered(workspace)]
    _, coverage, _ = load_coverage(content, 2025)
    counts = {row.code: row.registered for row in coverage.rows if row.registered}
    assert counts == {name: [c for c, _ in listed].count(name) for name, _ in listed}
