"""The check says of each case what its table says, and nothing else."""

from __future__ import annotations

from itertools import groupby

import pytest

from review_cases import Case, read_cases, told_of
from support import write_content
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace

TABLES = {file: tuple(rows) for file, rows in groupby(read_cases(), key=lambda case: case.file)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return load_workspace(write_content(tmp_path_factory.mktemp("content")))


@pytest.mark.parametrize("file", TABLES)
def test_what_is_told_of_each_case(file: str, workspace: Workspace) -> None:
    wrong = [each for case in TABLES[file] for each in _difference(case, workspace)]
    assert not wrong, "\n".join(("", *wrong))


def _difference(case: Case, workspace: Workspace) -> list[str]:
    told = told_of(case, workspace)
    lines = [
        f"    {rule}: told {told.get(rule)}, expected {case.finds.get(rule)}"
        for rule in sorted({*told, *case.finds})
        if told.get(rule) != case.finds.get(rule)
    ]
    return [str(case), *lines] if lines else []


def test_half_of_the_cases_stay_silent() -> None:
    cases = [case for rows in TABLES.values() for case in rows]
    assert 2 * sum(not case.finds for case in cases) >= len(cases)
