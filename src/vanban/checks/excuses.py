"""Excuses: findings that the agency accepts, with a reason (``chap_nhan`` in soat-loi.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from vanban.checks.finding import Datum, Finding, Hit, Spot
from vanban.checks.registry import known_ids, rules_for
from vanban.checks.rules import Project, project_algorithm
from vanban.invocation import command_here
from vanban.nd30.letters import composed
from vanban.workspace.models.house_rules import Excuse, Review
from vanban.workspace.wording import closest


def excuse(
    findings: Iterable[Finding], review: Review
) -> tuple[tuple[Finding, ...], tuple[Excuse, ...]]:
    """Return the findings with what is excused marked, and the excuses that excuse nothing.

    A finding of which only some spots are excused becomes two.
    """
    used: set[int] = set()
    excused = [part for finding in findings for part in _split(finding, review.excuses, used)]
    unused = tuple(each for each in review.excuses if id(each) not in used)
    return tuple(excused), unused


def _split(finding: Finding, excuses: Iterable[Excuse], used: set[int]) -> Iterator[Finding]:
    left = finding.spots
    for each in excuses:
        if each.rule != finding.rule:
            continue
        spots = tuple(spot for spot in left if covers(each, spot))
        if spots:
            used.add(id(each))
            left = tuple(spot for spot in left if spot not in spots)
            yield replace(finding, spots=spots, excused=each.reason)
    if left:
        yield replace(finding, spots=left)


def covers(each: Excuse, spot: Spot) -> bool:
    """Say whether an excuse is for what stands at ``spot``; its rule is not looked at."""
    words = " ".join((each.words or "").casefold().split())
    if words not in " ".join(spot.excerpt.casefold().split()):
        return False
    if each.file is None:
        return True
    return _is_at(each.file, spot.place.file)


def _is_at(named: str, file: Path) -> bool:
    """Say whether ``file`` is what ``named`` names, or lies in that folder: whole steps only."""
    wanted = PurePosixPath(named.replace("\\", "/").strip("/")).parts
    steps = PurePosixPath(composed(file.as_posix())).parts
    starts = range(len(steps) - len(wanted) + 1) if wanted else ()
    return any(steps[start : start + len(wanted)] == wanted for start in starts)


@project_algorithm
def unknown_rules(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    known = [rule.id for rule in rules_for(project.workspace)]
    for each in project.workspace.review.excuses:
        if each.rule not in known and each.rule not in known_ids():
            near = closest(each.rule, dict.fromkeys((*sorted(known_ids()), *known)))
            yield Hit(
                Datum(each.at("rule"), each.rule),
                f"không có quy tắc “{each.rule}”",
                f"có phải “{near}”?" if near else f"xem các mã: {command_here('rules')}",
            )
