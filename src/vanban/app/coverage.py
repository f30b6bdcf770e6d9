"""What the evidence of a year proves: content → coverage of the criteria."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from vanban.app.begin import require_criteria
from vanban.app.load import load_content
from vanban.evidence.coverage import Coverage, coverage
from vanban.invocation import command_here
from vanban.scoring.scores import score
from vanban.workspace.files import ANSWERS, CRITERIA, EVIDENCE
from vanban.workspace.folder import Reads, standing, year_with
from vanban.workspace.workspace import Workspace


def load_coverage(content: Path, year: int | None) -> tuple[Workspace, Coverage, tuple[str, ...]]:
    """Load the content of ``year`` (None: the newest in use) and say what its evidence proves.

    The last part are remarks about content that was left out; what is answered by the figures of
    such a report counts as not answered. Raises ContentError with every mistake of the content
    that is read; faults of files are part of the coverage.
    """
    command = partial(command_here, "evidence status", content=content)
    chosen = year_with(content, year, lambda each: (standing(CRITERIA, content, each),), command)
    loaded = load_content(content, chosen)
    reads = Reads.of(content, chosen, (CRITERIA, ANSWERS, EVIDENCE))
    workspace = loaded.require(reads)
    require_criteria(workspace)
    return workspace, coverage(workspace, score(workspace)), loaded.remarks(reads)
