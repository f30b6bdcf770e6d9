"""Helpers of the tests of text rules: what a rule says of a few lines."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from vanban.checks.finding import Hit
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.workspace import Workspace


def hits(rule: str, text: str, workspace: Workspace | None = None) -> list[Hit]:
    """Return the hits of the rule with this id in plain text of the agency, a passage a line."""
    (wanted,) = (replace(each, own_documents=False) for each in all_rules() if each.id == rule)
    writing = plain_writing(text, Path("vidu.txt"), workspace)
    return list(hits_of(wanted, Project(workspace, (writing,))))


def excerpts(rule: str, text: str, workspace: Workspace | None = None) -> list[str]:
    """Return the words that the rule complains about."""
    return [hit.at.excerpt for hit in hits(rule, text, workspace)]
