"""``vanban status`` and ``vanban due``: content → how far the units are, what is due."""

from __future__ import annotations

from pathlib import Path

from vanban.app.load import load_content
from vanban.errors import UsageError
from vanban.workspace.files import (
    AREAS,
    CRITERIA,
    EVIDENCE,
    FORM_ANSWERS,
    PLAN,
    REPORTS,
)
from vanban.workspace.folder import Reads
from vanban.workspace.periods import PERIODS
from vanban.workspace.workspace import Workspace

READ = (PLAN, AREAS, REPORTS, CRITERIA, EVIDENCE, FORM_ANSWERS)


def load_owed(
    content: Path, year: int | None, period: str | None = None
) -> tuple[Workspace, tuple[str, ...]]:
    """Load what is owed from; the second part are remarks on files that are left out.

    Raises UsageError for a period that there is none of.
    """
    if period is not None and period not in PERIODS:
        raise UsageError(f"không có kỳ “{period}” — chọn trong: {', '.join(PERIODS)}")
    loaded = load_content(content, year)
    workspace = loaded.workspace
    told = tuple(str(each) for each in loaded.problems_in(Reads.of(content, workspace.year, READ)))
    return workspace, (*told, *loaded.remarks(Reads.of(content, workspace.year, READ)))
