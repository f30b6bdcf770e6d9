"""``vanban status`` and ``vanban due``: content → how far the units are, what is due.

Of one ward, or of many, each read in whatever process (:mod:`vanban.app.many_wards`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.load import Loaded, load_content
from vanban.errors import Problem
from vanban.exchange.due import DueItem, due_items, unit_states
from vanban.exchange.due_of_wards import WardStatus
from vanban.workspace.files import (
    AGENCY,
    AREAS,
    CITY_REPORTS,
    CRITERIA,
    EVIDENCE,
    FORM_ANSWERS,
    PLAN,
    REPORTS,
)
from vanban.workspace.folder import Reads, shown_path
from vanban.workspace.periods import PERIODS, know_period

if TYPE_CHECKING:
    from vanban.app.many_wards import Work
    from vanban.workspace.wards import Ward

READ = (PLAN, AREAS, REPORTS, CITY_REPORTS, CRITERIA, EVIDENCE, FORM_ANSWERS)

Found = TypeVar("Found")


def load_owed(
    content: Path, year: int | None, period: str | None = None
) -> tuple[Loaded, tuple[str, ...]]:
    """Load what is owed from; the second part are remarks on files that are left out.

    Raises UsageError for a period that there is none of.
    """
    if period is not None:
        know_period(period)
    loaded = load_content(content, year)
    reads = Reads.of(content, loaded.workspace.year, READ)
    return loaded, (*map(str, loaded.problems_in(reads)), *loaded.remarks(reads))


def owed(loaded: Loaded, today: date, days: int) -> tuple[DueItem, ...]:
    """Return what is late or due; nothing of what only files tell that have mistakes."""
    unknown = frozenset(each.place.file.stem for each in _problems(loaded))
    return due_items(loaded.workspace, today, days, unknown)


class OfWard(Struct, Generic[Found], frozen=True):
    """What one ward's content gives, and what is wrong with the files that it is read from."""

    ward: Ward
    agency: str
    found: Found
    problems: tuple[Problem, ...]
    has_calendar: bool


class OfWards(Struct, Generic[Found], frozen=True):
    """What many wards give, in their order, of so many ``given``.

    ``problems`` are those of each ward, read or not, and those of paths that lead to none.
    """

    wards: tuple[OfWard[Found], ...]
    given: int
    problems: tuple[tuple[Ward | None, tuple[Problem, ...]], ...]


def due_of_wards(
    paths: Iterable[Path], year: int | None, today: date, days: int, jobs: int | None = None
) -> OfWards[tuple[DueItem, ...]]:
    """Return what is late or due (as :func:`due_items` tells it) of the wards at ``paths``."""
    return _of_wards(paths, partial(ward_due, year=year, today=today, days=days), jobs)


def status_of_wards(
    paths: Iterable[Path], year: int | None, period: str, jobs: int | None = None
) -> OfWards[WardStatus]:
    """Return how far the units of the wards at ``paths`` are with the figures of ``period``.

    Raises UsageError for a period that there is none of.
    """
    know_period(period)
    return _of_wards(paths, partial(ward_status, year=year, period=period), jobs)


def ward_due(ward: Ward, year: int | None, today: date, days: int) -> OfWard[tuple[DueItem, ...]]:
    """Return what one ward owes, told by its name, as plain texts."""
    loaded = load_content(ward.content, year)
    agency = str(loaded.workspace.agency.territory)
    items = tuple(
        replace(
            item,
            what=str(item.what),
            who=str(item.who),
            state=str(item.state),
            ward=ward.name,
            agency=agency,
        )
        for item in owed(loaded, today, days)
    )
    return _of_ward(ward, loaded, items)


def ward_status(ward: Ward, year: int | None, period: str) -> OfWard[WardStatus]:
    """Return how far the units of one ward are."""
    loaded = load_content(ward.content, year)
    workspace = loaded.workspace
    agency, title = str(workspace.agency.territory), PERIODS[period].title(workspace.year)
    status = WardStatus(ward.name, agency, title, unit_states(workspace, period))
    return _of_ward(ward, loaded, status)


def _of_ward(ward: Ward, loaded: Loaded, found: Found) -> OfWard[Found]:
    agency = loaded.workspace.agency
    has_calendar = bool(agency.calendar)
    return OfWard(ward, str(agency.territory), found, _problems(loaded), has_calendar)


def _problems(loaded: Loaded) -> tuple[Problem, ...]:
    """Return what is wrong with the files that it is told from what is owed."""
    workspace = loaded.workspace
    return loaded.problems_in(Reads.of(workspace.root, workspace.year, READ))


def _of_wards(paths: Iterable[Path], work: Work[OfWard[Found]], jobs: int | None) -> OfWards[Found]:
    from vanban.app.many_wards import read_wards
    from vanban.workspace.wards import find_wards

    wards, problems = find_wards(paths)
    answers = tuple(read_wards(wards, work, jobs))
    found = tuple(each.found for each in answers if each.found is not None)
    wrong = [
        (each.ward, each.found.problems if each.found is not None else each.problems)
        for each in answers
    ]
    told = ((ward, _worst_first(ward, of_ward)) for ward, of_ward in wrong if of_ward)
    elsewhere = ((None, problems),) if problems else ()
    return OfWards(found, len(wards), (*elsewhere, *told))


def _worst_first(ward: Ward, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems, those of the agency first: others may follow from them."""
    agency = shown_path(ward.content / AGENCY.name)
    return tuple(sorted(problems, key=lambda each: (each.place.file != agency, each)))
