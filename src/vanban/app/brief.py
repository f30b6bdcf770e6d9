"""The handout of a report, and whether it still fits on one sheet of two sides."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from vanban.compose.brief import compose_brief
from vanban.compose.composed import Composed
from vanban.document import Document
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.layout.lay_out import lay_out
from vanban.layout.measures import Layout
from vanban.layout.preparation import prepared
from vanban.workspace.workspace import Workspace

SIDES = 2


def compose_on_one_sheet(workspace: Workspace, period_id: str, templates: Path) -> Composed:
    """Compose the handout, with a warning where it takes more than two pages.

    Raises what :func:`compose_brief` does.
    """
    composed = compose_brief(workspace, period_id, templates)
    pages = count_pages(composed.document, templates)
    if pages <= SIDES:
        return composed
    warning = (
        f"tài liệu họp dài {pages} trang, quá một tờ hai mặt — bớt số liệu chính trong "
        f"{composed.outline.name}, hoặc gộp bớt chỉ tiêu, nhiệm vụ của kế hoạch"
    )
    return replace(composed, warnings=(*composed.warnings, warning))


def count_pages(document: Document, templates: Path) -> int:
    """Return the number of pages that ``document`` takes."""
    frame, times = read_frame(templates / "frame.docx"), find_times()
    printed = prepared(document, frame, times)
    return len(lay_out(printed, Layout(printed, frame, times)))
