"""What is sound stays almost silent: every sample of a paper, as the Word file that it prints."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from documents import docx_of, frame, times
from support import compose_all, load_checked
from vanban.app.catalogue import find_kind
from vanban.checks.form.check_form import check_opened, open_word
from vanban.checks.from_word import writing_of_word
from vanban.checks.rules import Project
from vanban.checks.run import run_rules
from vanban.layout.preparation import prepared

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path.stem for path in (ROOT / "content/mau/soan-thao").glob("*.yaml"))
MOST = 1
"""Warnings of a sample, which has a page or two."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("clean") / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns(".vanban"))
    shutil.copytree(content / "mau" / "soan-thao", content / "2025" / "soan-thao")
    return content


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_draws_no_error_and_at_most_one_warning(name: str, content: Path) -> None:
    workspace = load_checked(content, 2025)
    (item,) = compose_all([find_kind(name, content)], workspace, ROOT / "templates")
    docx = docx_of(prepared(item.document, frame(), times()))
    opened = open_word(docx, Path(f"{name}.docx"), workspace)
    form = check_opened(opened, None, "không đo").findings
    found = (*form, *run_rules(Project(None, (writing_of_word(opened),))).findings)
    told = [f"{each.severity} {each.rule}: {each.message}" for each in found]
    assert [line for line in told if line.startswith("error")] == []
    assert len([line for line in told if line.startswith("warning")]) <= MOST, told
