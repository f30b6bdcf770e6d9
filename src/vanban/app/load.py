"""Content that was read and checked: what is sound of one year, and the mistakes of the rest.

In: the content folder and a year. Out: :class:`Loaded`. A broken file stops only what is made from
it; the mistakes of every file are kept, so that each command tells those that matter to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from vanban.city.appraised import check_appraisals
from vanban.errors import ContentError, Problem
from vanban.evidence.checks import check_register
from vanban.figures.checks import check_figures, check_issue_dates
from vanban.figures.figures_in_text import check_references_to_figures
from vanban.figures.targets import check_targets
from vanban.scoring.checks import check_scores
from vanban.scoring.monitoring_checks import check_monitoring
from vanban.workspace.entered_once import check_entered_once
from vanban.workspace.files import (
    ANSWERS,
    CRITERIA,
    EVIDENCE,
    MONITORED,
    REPORTS,
    SCORED,
    AnyFile,
)
from vanban.workspace.folder import Reads, find_years
from vanban.workspace.load import Reading, read_content
from vanban.workspace.paper_checks import check_papers
from vanban.workspace.workspace import Workspace


class Loaded(Struct, frozen=True):
    """The content of one year.

    ``workspace`` holds what is sound; ``problems`` are those of the files left out of it, sorted;
    ``notes`` tell of files that nobody reads. ``meant`` maps a mistyped file to what it stands for.
    """

    workspace: Workspace
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    meant: Mapping[Path, Path]

    def problems_in(self, reads: Reads) -> tuple[Problem, ...]:
        """Return the problems that stand in the way of what is made from ``reads``."""
        return tuple(each for each in self.problems if _file(each, self.meant) in reads)

    def require(self, reads: Reads) -> Workspace:
        """Return the workspace; raises ContentError with the problems of the files ``reads``."""
        problems = self.problems_in(reads)
        if problems:
            raise ContentError(problems)
        return self.workspace

    def remarks(self, reads: Reads) -> tuple[str, ...]:
        """Return a line for each other file that is left out, and one for each that nobody reads.

        ``reads`` are the files that were used, or whose problems are told in full.
        """
        counts = Counter(
            each.place.file for each in self.problems if _file(each, self.meant) not in reads
        )
        first = {each.place.file: each for each in reversed(self.problems)}
        left_out = (
            f"{first[file].place}: {self._name(file)} đang có {count} lỗi nên để ngoài, chưa đối "
            "chiếu được với nó — sửa tệp này rồi chạy lại"
            for file, count in counts.items()
        )
        return (*left_out, *(str(note) for note in self.notes))

    def _name(self, file: Path) -> str:
        """Return what to call a file: of which year, where that is not the one that was loaded."""
        others = (str(year) for year in find_years(self.workspace.root))
        year = next((name for name in others if name in file.parts[-3:-1]), "")
        return "tệp này" if year in ("", str(self.workspace.year)) else f"tệp này của năm {year}"


def new_problems(
    content: Path,
    year: int,
    drafts: Mapping[Path, bytes],
    beside: Mapping[Path, bytes] = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """Return what a build would find wrong with ``drafts`` that is not wrong already.

    ``drafts`` are files by their shown path, as they are to be written; so are those ``beside``
    them, which were checked before.
    """

    def problems(files: Mapping[Path, bytes]) -> tuple[Problem, ...]:
        try:
            return load_content(content, year, files).problems
        except ContentError as error:
            return error.problems

    known = problems(beside)
    return tuple(each for each in problems({**beside, **drafts}) if each not in known)


def load_content(
    content: Path, year: int | None, drafts: Mapping[Path, bytes] = MappingProxyType({})
) -> Loaded:
    """Load what is sound of the content of ``year`` (None: the newest in use), figures checked.

    ``drafts`` are files by their shown path, read instead of what stands there.
    Raises ContentError with every problem where a register of all years has one.
    """
    reading = read_content(content, year, drafts)
    problems = [*reading.problems, *_mistakes_of_figures(reading)]
    if reading.workspace is None:
        raise ContentError(problems)
    chosen = reading.workspace.year
    broken = {_file(problem, reading.meant) for problem in problems}
    if any(file in Reads.of(content, chosen) for file in broken):
        raise ContentError(problems)
    later: set[Problem] = set()
    while True:
        workspace, dangling = reading.without(broken)
        lost = broken | {problem.place.file for problem in dangling}
        found = {
            problem
            for files, check in _LATER_CHECKS
            if not any(file in Reads.of(content, chosen, files) for file in lost)
            for problem in check(workspace)
        }
        if found <= later:
            break
        later |= found
        broken |= {problem.place.file for problem in found}
    return Loaded(
        workspace,
        tuple(sorted({*problems, *dangling, *later})),
        reading.notes,
        reading.meant,
    )


def _mistakes_of_figures(reading: Reading) -> list[Problem]:
    """Return the mistakes of figures and dates on lines of which nothing was told yet."""
    if reading.workspace is None:
        return []
    told = {(problem.place.file, problem.place.line) for problem in reading.problems}
    return [
        problem
        for check in _FIGURE_CHECKS
        for problem in check(reading.workspace)
        if (problem.place.file, problem.place.line) not in told
    ]


_FIGURE_CHECKS = (check_figures, check_targets, check_issue_dates, check_references_to_figures)


_LATER_CHECKS: tuple[tuple[tuple[AnyFile, ...], Callable[[Workspace], list[Problem]]], ...] = (
    # What refers to mistaken files would only repeat the mistakes: (files referred to, check).
    ((CRITERIA, ANSWERS, REPORTS), check_scores),
    ((CRITERIA, EVIDENCE), check_register),
    ((), check_papers),
    ((), check_entered_once),
    ((MONITORED, SCORED, REPORTS), check_monitoring),
    ((CRITERIA,), check_appraisals),
)


def _file(problem: Problem, meant: Mapping[Path, Path]) -> Path:
    return meant.get(problem.place.file, problem.place.file)
