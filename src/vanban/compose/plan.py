"""The plan (kế hoạch): ``ke-hoach.yaml`` and the areas → Document, by the outline it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from vanban.compose.composed import Composed
from vanban.compose.furniture import (
    basis_lines,
    date_of,
    make_document,
    registry_blanks,
    year_of,
)
from vanban.compose.markdown import Outlined
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.plan_outlines import outline_of
from vanban.io.walk import FileState, states_in
from vanban.provenance import computed, traced, traced_list
from vanban.workspace.files import PLAN
from vanban.workspace.models.plan import Area, IndexName, Target, Task, TaskGroup
from vanban.workspace.workspace import Workspace


class TaskRow(Struct, frozen=True):
    """A row of the annex of tasks; texts as printed, "" for what the plan does not say."""

    ordinal: str
    text: str
    id: str
    leads: str
    supports: str
    product: str
    deadline: str
    targets: str


class AreaRows(Struct, frozen=True):
    """The tasks of an area in the annex."""

    name: str
    rows: tuple[TaskRow, ...]


def compose_plan(workspace: Workspace, templates: Path) -> Composed:
    """Compose the plan of ``workspace.year``, which must be there.

    Raises ContentError where it names no outline that there is, TemplateError where the outline
    cannot be used.
    """
    plan, outlined = workspace.need(PLAN), _outlined(workspace, templates)
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


def task_places(workspace: Workspace, templates: Path) -> Mapping[str, str]:
    """Return where each task stands in the composed plan: "Phần II, mục I.3.1, ý 4"."""
    return _outlined(workspace, templates).places


def _outlined(workspace: Workspace, templates: Path) -> Outlined:
    path = outline_of(workspace.need(PLAN), templates)
    return _filled(workspace, path, tuple(states_in(path.parent)))


@lru_cache(maxsize=1)
def _filled(workspace: Workspace, path: Path, beside: tuple[FileState, ...]) -> Outlined:
    """Return the outline at ``path`` filled, once for the plan and every report of a workspace.

    ``beside`` are the states of the files of its folder, any of which it may include.
    """
    plan = workspace.need(PLAN)

    def unit_names(ids: tuple[str, ...]) -> str:
        return _unit_names(ids, workspace)

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
        path,
        {
            "agency": workspace.agency,
            "year": year_of(workspace),
            "plan": plan,
            "task_table": tuple(_task_table(workspace)) if plan.task_annex else (),
            "bases": basis_lines(plan.bases, workspace),
            "par_index": workspace.areas_of(IndexName.PAR_INDEX),
            "sipas": workspace.areas_of(IndexName.SIPAS),
            "papi": workspace.areas_of(IndexName.PAPI),
            "unit_names": unit_names,
            "task_details": task_details,
        },
    )


def _unit_names(ids: tuple[str, ...], workspace: Workspace) -> str:
    return traced_list(", ", (workspace.units_by_id[unit].name for unit in ids))


def _task_table(workspace: Workspace) -> Iterator[AreaRows]:
    """Yield the tasks of every area; a task without units of its own has those of its area."""
    number = 0
    for area in workspace.areas:
        rows = []
        for task in _tasks(area):
            number += 1
            rows.append(
                TaskRow(
                    computed(str(number), task.origin("id")),
                    task.text,
                    task.id,
                    _unit_names(task.leads or area.leads, workspace),
                    _unit_names(task.supports or area.supports, workspace),
                    task.product or "",
                    date_of(task, "deadline"),
                    traced_list("; ", (_target(target, workspace) for target in task.targets)),
                )
            )
        if rows:
            yield AreaRows(area.name, tuple(rows))


def _tasks(entry: Area | TaskGroup) -> Iterator[Task]:
    """Yield the tasks of an area or group in the order in which they are printed."""
    yield from entry.tasks
    for group in entry.groups:
        yield from _tasks(group)


def _target(target: Target, workspace: Workspace) -> str:
    name = workspace.indicators_by_id[target.indicator].name
    due = date_of(target, "deadline")
    return traced(name, ": ", target.level, *((" (đến ", due, ")") if due else ()))
