"""Which unit answers for which figure and for which evidence.

In: the workspace. Out: ids of units. An entry says it itself, or its topic or field does; else it
is the lead of the plan's area that bears the name of the field ("Công tác chỉ đạo, điều hành" for
"Chỉ đạo, điều hành"), of the area with a target on it, and last the unit that compiles the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vanban.figures.targets import leads_by_task, plan_tasks
from vanban.figures.values import typed_parts
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.workspace import Workspace

Units = tuple[str, ...]

_FILLERS = frozenset(["lĩnh", "vực", "công", "tác", "cchc", "và", "của"])


def same_field(one: str, other: str) -> bool:
    """Say whether two names are of one field: one has all the words of the other, but fillers."""
    first, second = (
        frozenset(re.findall(r"\w+", name.lower())) - _FILLERS for name in (one, other)
    )
    return bool(first and second) and (first <= second or second <= first)


def figure_providers(workspace: Workspace, compilers: Units) -> Mapping[str, Units]:
    """Return the units of each indicator that is typed, in the order of the register."""
    by_target = dict(_by_target(workspace))

    def units(indicator: Indicator, *above: Units) -> Units:
        chosen = (indicator.providers, *above, by_target.get(indicator.id, ()), compilers)
        return next((each for each in chosen if each), ())

    found: dict[str, Units] = {}
    for group in workspace.indicators.groups:
        area = lead_of_field(workspace, group.name)
        for topic in group.topics:
            for indicator in topic.indicators:
                found[indicator.id] = units(indicator, topic.providers, group.providers, area)
    for indicator in workspace.indicators.others:
        found[indicator.id] = units(indicator)
    return {name: each for name, each in found.items() if is_typed(workspace, name)}


def evidence_providers(workspace: Workspace, compilers: Units) -> Mapping[str, Units]:
    """Return the units of each sub-criterion, in the order of the set."""
    found: dict[str, Units] = {}
    for field in workspace.criteria.fields if workspace.criteria is not None else ():
        area = lead_of_field(workspace, field.name)
        for part in (part for criterion in field.criteria for part in criterion.parts):
            found[part.code] = next(
                (each for each in (part.providers, field.providers, area) if each), compilers
            )
    return found


def is_typed(workspace: Workspace, indicator: str) -> bool:
    """Say whether an indicator is entered: neither a ratio nor a sum."""
    found = workspace.indicators_by_id[indicator]
    return not found.is_ratio and not found.sum_of


def lead_of_field(workspace: Workspace, name: str) -> Units:
    """Return the leads of the area called like a field, () where none is or nobody leads it."""
    areas = (area for area in workspace.areas if area.leads and same_field(area.name, name))
    return next((area.leads for area in areas), ())


def _by_target(workspace: Workspace) -> Iterator[tuple[str, Units]]:
    """Yield the leads of tasks with the indicators that their targets are computed from."""
    leads = leads_by_task(workspace)
    tasks = [task for task in plan_tasks(workspace) if leads.get(task.id)]
    for task in reversed(tasks):  # the first that names it wins
        for target in task.targets:
            indicator = workspace.indicators_by_id.get(target.indicator)
            ends = (indicator.numerator, indicator.denominator) if indicator is not None else ()
            names = tuple(name for name in ends if name is not None) or (target.indicator,)
            for name in typed_parts(workspace, names):
                yield name, leads[task.id]
