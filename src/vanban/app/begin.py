"""The commands that begin content files which nobody types from nothing, and what lacks one."""

from __future__ import annotations

from pathlib import Path

from vanban.invocation import command_here
from vanban.workspace.files import ANSWERS, CRITERIA, EVIDENCE, AnyFile
from vanban.workspace.folder import refusal, standing
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.workspace import Workspace

COMMANDS: dict[AnyFile, str] = {
    ANSWERS: "new self-assessment",
    CRITERIA: "criteria import BẢNG --self-assessment",
    EVIDENCE: "evidence add TỆP --criterion 1.1.1",
}
"""By what a file of a year is begun; capitals stand for what is typed there."""


def how_to_begin(file: AnyFile, content: Path, year: int) -> str:
    """Return the words that tell the command, as typed here, which begins ``file``."""
    return f"tạo bằng lệnh {command_here(COMMANDS[file], content=content, year=year)}"


def require_criteria(workspace: Workspace) -> CriteriaSet:
    """Return the criteria; raises ContentError, with the command that begins them, for none."""
    if workspace.criteria is None:
        root, year = workspace.root, workspace.year
        message = f"chưa có bộ tiêu chí của năm này — {how_to_begin(CRITERIA, root, year)}"
        raise refusal(standing(CRITERIA, root, year), message)
    return workspace.criteria
