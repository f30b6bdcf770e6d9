"""The plan (kế hoạch): ``ke-hoach.yaml`` and the areas → Document, by ``plan.md``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vanban.compose.composed import Composed
from vanban.compose.furniture import basis_lines, date_of, make_document, registry_blanks
from vanban.compose.markdown import Outlined
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.provenance import traced, traced_list
from vanban.workspace.models.plan import Area, IndexName, Plan, Task
from vanban.workspace.workspace import Workspace


def compose_plan(workspace: Workspace, plan: Plan, templates: Path) -> Composed:
    """Compose the plan of ``workspace.year``.

    Raises TemplateError where the outline cannot be used.
    """
    outlined = _outline(workspace, plan, templates)
    entries = [entry for area in workspace.areas for entry in area.entries()]
    units = {
        unit
        for entry in entries
        if isinstance(entry, Area | Task)
        for unit in (*entry.leads, *entry.supports)
    }
    used = (*workspace.areas, *(workspace.units_by_id[unit] for unit in sorted(units)))
    document = make_document("plan", outlined, plan, workspace, used)
    missing = gaps("plan", document, (plan, *workspace.areas), workspace)
    return Composed(document, outlined.path, missing=missing, blanks=registry_blanks(plan))


def task_places(workspace: Workspace, plan: Plan, templates: Path) -> Mapping[str, str]:
    """Return where each task stands in the composed plan: "Phần II, mục I.3.1, ý 4"."""
    return _outline(workspace, plan, templates).places


def _outline(workspace: Workspace, plan: Plan, templates: Path) -> Outlined:
    def unit_names(ids: tuple[str, ...]) -> str:
        return traced_list(", ", (workspace.units_by_id[unit].name for unit in ids))

    def task_details(task: Task) -> str:
        """Return what a task states besides its text: "Chủ trì: …; thời hạn: 30/9/2025." """
        details = (
            ("chủ trì", unit_names(task.leads)),
            ("phối hợp", unit_names(task.supports)),
            ("thời hạn", date_of(task, "deadline")),
            ("sản phẩm", task.product or ""),
        )
        text = traced_list("; ", (traced(name, ": ", value) for name, value in details if value))
        return traced(text[:1].upper(), text[1:], ".") if text else ""

    return fill_outline(
        templates / "plan.md",
        {
            "agency": workspace.agency,
            "plan": plan,
            "bases": basis_lines(plan.bases, workspace),
            "par_index": workspace.areas_of(IndexName.PAR_INDEX),
            "sipas": workspace.areas_of(IndexName.SIPAS),
            "papi": workspace.areas_of(IndexName.PAPI),
            "unit_names": unit_names,
            "task_details": task_details,
        },
    )
