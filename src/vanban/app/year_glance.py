"""The documents of a year at a glance: how far each is, when it is due, what to do next.

In: loaded content, the folder of built files, and, for what takes seconds, the review of the year.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum, auto
from pathlib import Path

from msgspec import Struct

from vanban.app.catalogue import Kind, kinds_in
from vanban.app.load import Loaded
from vanban.app.year_review import YearReview
from vanban.checks.state import State
from vanban.compose.composed import Gap
from vanban.errors import ContentError, Problem
from vanban.exchange.due import is_owed
from vanban.exchange.forms import deadline_of, evidence_due
from vanban.io.read import read_file
from vanban.nd30.dates import in_year
from vanban.ooxml.package import MAX_UNPACKED, UnreadableOffice
from vanban.ooxml.reading import read_identifier
from vanban.workspace.files import EVIDENCE
from vanban.workspace.models.plan import Issue
from vanban.workspace.workspace import Workspace

SUFFIXES = (".docx", ".pdf", ".xlsx")
"""Of the files of a document that are given out."""


class Glance(Struct, frozen=True):
    """A document of the year, as its files tell.

    Where its content is not there ``lacking`` is the file that it needs first. ``problems`` keep it
    from being made. ``due`` is None where no day is known, and where it is ``issued``. ``files``
    are the names of those that were built, the last of them at ``built``.
    """

    id: str
    name: str
    period: str = ""
    lacking: Path | None = None
    problems: tuple[Problem, ...] = ()
    due: date | None = None
    issued: date | None = None
    files: tuple[str, ...] = ()
    built: datetime | None = None
    is_dossier: bool = False
    on_request: bool = False
    """Made where it is asked for, with nothing that could be due or wrong."""


class Step(Enum):
    """What a document needs next, in the order in which it is done."""

    MEND = auto()
    DATA = auto()
    ERRORS = auto()
    SAMPLE = auto()
    BUILD = auto()
    BUILD_AGAIN = auto()
    SIGN = auto()


class Progress(Struct, frozen=True):
    """How far a document is: its state, what it lacks, whether its files say what content says.

    ``changed`` is None where nothing was built; ``state`` where it cannot be made.
    """

    state: State | None
    missing: tuple[Gap, ...]
    changed: bool | None
    step: Step


def glances(loaded: Loaded, out: Path) -> tuple[Glance, ...]:
    """Return the documents of the year: those that can be made, by day, then the others."""
    workspace = loaded.workspace
    kinds = kinds_in(workspace.root, workspace.year)
    found = (_glance(kind, loaded, out / str(workspace.year)) for kind in kinds)
    return tuple(sorted(found, key=_order))


def _order(each: Glance) -> tuple[bool, date]:
    return each.lacking is not None, each.due or date.max


def _glance(kind: Kind, loaded: Loaded, folder: Path) -> Glance:
    workspace = loaded.workspace
    content, year = workspace.root, workspace.year
    period = kind.period if kind.period is not None and not kind.on_request else ""
    lacking = kind.lacking(content, year)
    if lacking is not None:
        due = _due(kind, workspace)
        return Glance(kind.id, kind.name, period, lacking, due=due, on_request=kind.on_request)
    paths = [folder / f"{kind.id}{suffix}" for suffix in SUFFIXES]
    times = {path: path.stat().st_mtime for path in paths if path.is_file()}
    built = datetime.fromtimestamp(max(times.values())).astimezone() if times else None
    issued = _issued(kind, workspace)
    return Glance(
        kind.id,
        kind.name,
        period,
        None,
        ContentError(loaded.problems_in(kind.reads(content, year))).problems,
        _due(kind, workspace) if issued is None else None,
        issued,
        tuple(path.name for path in times),
        built,
        kind.source is EVIDENCE,
        kind.on_request,
    )


def _due(kind: Kind, workspace: Workspace) -> date | None:
    """Return the day by which the calendar asks for a report, or the dossier for its papers."""
    if kind.on_request:
        return None
    if kind.source is EVIDENCE:
        known = workspace.evidence is not None and workspace.evidence.dossier is not None
        return evidence_due(workspace) if known else None
    if kind.reports_on is None or not is_owed(workspace, kind.reports_on):
        return None
    row = deadline_of(workspace, kind.reports_on)
    return in_year(row.due, workspace.year) if row is not None else None


def _issued(kind: Kind, workspace: Workspace) -> date | None:
    """Return the day of a document that has number and date."""
    entry = workspace.entries(kind.source).get(kind.stem or kind.source.key)
    is_issued = isinstance(entry, Issue) and entry.number is not None and not kind.on_request
    return entry.date if isinstance(entry, Issue) and is_issued else None


def progress(glance: Glance, review: YearReview, out: Path) -> Progress:
    """Return how far a document is; ``out`` is the folder of the year's built files."""
    item, state = review.sound.get(glance.id), review.states.get(glance.id)
    missing = item.missing if item is not None else ()
    changed = None
    if glance.built is not None and item is not None:
        changed = _identifier(out / f"{glance.id}.docx") != item.identifier
    return Progress(state, missing, changed, next_step(state, changed))


def next_step(state: State | None, changed: bool | None) -> Step:
    """Return what is done first; ``changed`` says whether content did since the last build.

    What is still to be written counts as an error, too, and is nothing to accept.
    """
    if state is None:
        return Step.MEND
    steps: Iterable[tuple[bool, Step]] = (
        (state.missing > 0, Step.DATA),
        (state.errors > 0, Step.ERRORS),
        (state.sample, Step.SAMPLE),
        (changed is None, Step.BUILD),
        (changed is True, Step.BUILD_AGAIN),
    )
    return next((step for applies, step in steps if applies), Step.SIGN)


def _identifier(docx: Path) -> str:
    """Return what a built file says of its text; "" where it cannot be read."""
    try:
        return read_identifier(read_file(docx, MAX_UNPACKED)) if docx.is_file() else ""
    except UnreadableOffice:
        return ""
