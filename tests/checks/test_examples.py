"""Every rule finds its failing example and says nothing of its passing one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import write_content
from vanban.checks.form.rule import FormRule
from vanban.checks.registry import all_rules
from vanban.checks.rules import Example, Project, Rule
from vanban.checks.run import hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.load import load_workspace

RULES = [
    pytest.param(rule, id=rule.id)
    for rule in all_rules()
    if rule.fails and not isinstance(rule, FormRule)  # those have tests that build Word files
]


def project_of(example: Example, folder: Path) -> Project:
    """Return the tiny content of the tests with the example as its only document."""
    changes = None if isinstance(example, str) else dict(example)
    workspace = load_workspace(write_content(folder, changes))
    text = example if isinstance(example, str) else ""
    return Project(workspace, (plain_writing(text, Path("vidu.txt"), workspace),))


@pytest.mark.parametrize("rule", RULES)
def test_failing_example_is_found(rule: Rule, tmp_path: Path) -> None:
    assert list(hits_of(rule, project_of(rule.fails, tmp_path)))


@pytest.mark.parametrize("rule", RULES)
def test_passing_example_is_not(rule: Rule, tmp_path: Path) -> None:
    assert [hit.at.excerpt for hit in hits_of(rule, project_of(rule.passes, tmp_path))] == []
