"""The points that the superior gave a ward, against those that it gave itself.

In: a file of ``tham-dinh/`` and the year's set of criteria. Out: sums by field, differences, what
is not appraised yet, earlier rounds; and every mistake of such a file, at its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial

from msgspec import Struct

from vanban.city.steps import allowed, self_scored
from vanban.errors import Problem
from vanban.nd30.numbers import format_typed
from vanban.scoring.calculation import NO_POINTS, rounded
from vanban.workspace.files import APPRAISALS
from vanban.workspace.models.appraisal import Appraisal, ChangedPoints
from vanban.workspace.models.criteria import CriteriaSet, SubCriterion
from vanban.workspace.workspace import Workspace


class AppraisedSum(Struct, frozen=True):
    """Sums over what was appraised: maxima, points of the ward, points it was given."""

    maximum: Decimal = NO_POINTS
    own: Decimal = NO_POINTS
    appraised: Decimal = NO_POINTS

    @property
    def difference(self) -> Decimal:
        """Points more than the ward gave itself; negative for fewer."""
        return self.appraised - self.own

    def __add__(self, other: AppraisedSum) -> AppraisedSum:
        return AppraisedSum(
            self.maximum + other.maximum, self.own + other.own, self.appraised + other.appraised
        )


class Appraised(Struct, frozen=True):
    """One round: its file, the sub-criteria of the set, and what each was given."""

    file: Appraisal
    parts: tuple[SubCriterion, ...]

    @property
    def points(self) -> dict[str, Decimal]:
        """Points given, by sub-criterion, in the order of the set."""
        given = {code: rounded(points) for code, points in self.file.kept.items()}
        given |= {each.criterion: rounded(each.appraised) for each in self.file.changed}
        return {part.code: given[part.code] for part in self.parts if part.code in given}

    @property
    def changed(self) -> tuple[ChangedPoints, ...]:
        """What differs from the ward's own points, in the order of the set."""
        order = {part.code: number for number, part in enumerate(self.parts)}
        known = (each for each in self.file.changed if each.criterion in order)
        return tuple(sorted(known, key=lambda each: order[each.criterion]))

    @property
    def pending(self) -> tuple[str, ...]:
        """The sub-criteria that nobody has appraised yet."""
        done = {*self.points, *self.file.left_out}
        return tuple(part.code for part in self.parts if part.code not in done)

    def sum(self, field: str = "") -> AppraisedSum:
        """Return the sums of a field (its code), or of all."""
        return self._sum(code for code in self.points if not field or code.split(".")[0] == field)

    @property
    def differing(self) -> AppraisedSum:
        """The sums of what differs from the ward's own points."""
        return self._sum(each.criterion for each in self.changed)

    def _sum(self, codes: Iterable[str]) -> AppraisedSum:
        """Return the sums of ``codes``; what the ward gave itself no points for is 0 of its own."""
        own = {code: rounded(points) for code, points in self.file.kept.items()}
        own |= {each.criterion: rounded(each.own or 0) for each in self.file.changed}
        maxima = {part.code: rounded(part.maximum) for part in self.parts}
        given = self.points
        return sum(
            (AppraisedSum(maxima[code], own[code], given[code]) for code in codes), AppraisedSum()
        )


def appraised(file: Appraisal, criteria: CriteriaSet) -> Appraised:
    return Appraised(file, tuple(self_scored(criteria)))


def rounds_of(workspace: Workspace) -> dict[str, tuple[Appraisal, ...]]:
    """Return the rounds of every ward by the name of its folder, the first one first."""
    found: dict[str, list[Appraisal]] = defaultdict(list)
    for each in workspace.all_of(APPRAISALS):
        found[each.ward].append(each)
    return {ward: tuple(sorted(each, key=lambda one: one.round)) for ward, each in found.items()}


ROUND = "-lan-"
"""Stands in the name of the file of a round after the first."""


def appraisal_name(ward: str, number: int) -> str:
    """Return the name, without ending, of the file of a round."""
    return ward if number == 1 else f"{ward}{ROUND}{number}"


def check_appraisals(workspace: Workspace) -> list[Problem]:
    """Return every mistake of the files of appraisal, sorted; unknown codes are told by loading."""
    parts = workspace.sub_criteria
    problems: set[Problem] = set()
    for name, each in workspace.entries(APPRAISALS).items():
        problems.update(_check_points(each, parts))
        right = appraisal_name(each.ward, each.round)
        if each.round < 1:
            problems.add(each.problem("lần thẩm định tính từ 1 — ghi 1, 2 …", "round"))
        elif name != right:
            message = f"tệp của phường này, lần này phải tên {right}.yaml — sửa khóa hoặc đổi tên"
            problems.add(each.problem(message, "ward"))
        if each.due is not None and each.date is not None and each.due < each.date:
            problems.add(each.problem("hạn giải trình trước ngày công văn — xem lại ngày", "due"))
    return sorted(problems)


def _check_points(file: Appraisal, parts: dict[str, SubCriterion]) -> Iterator[Problem]:
    told: set[str] = set()
    for code, points, problem in _given(file):
        if code in told or code in file.left_out:
            yield problem(f"tiêu chí {code} ghi hai lần — giữ một chỗ")
        told.add(code)
        refusal = allowed(parts[code]).refusal(points) if code in parts else None
        if refusal is not None:
            yield problem(f"tiêu chí {code}: {refusal}")
    for each in file.changed:
        part = parts.get(each.criterion)
        if part is not None and each.own is not None and not 0 <= each.own <= part.maximum:
            most = format_typed(part.maximum)
            message = f"tiêu chí {part.code}: điểm tự chấm phải từ 0 đến {most} — xem lại"
            yield each.problem(message, "own")
        if each.left_out and each.own is not None:
            message = f"tiêu chí {each.criterion}: đã có điểm tự chấm — giữ một trong hai khóa"
            yield each.problem(message, "left_out")
        if each.own == each.appraised:
            message = f"tiêu chí {each.criterion}: bằng điểm tự chấm — chuyển sang nhu_tu_cham"
            yield each.problem(message, "appraised")


def _given(file: Appraisal) -> Iterator[tuple[str, Decimal, Callable[[str], Problem]]]:
    """Yield sub-criteria, their points, and what makes a problem at those."""
    for code, points in file.kept.items():
        yield code, points, partial(_problem_of_kept, file, code)
    for each in file.changed:
        yield each.criterion, each.appraised, partial(_problem_of_changed, each)


def _problem_of_kept(file: Appraisal, code: str, message: str) -> Problem:
    return file.problem(message, "kept", code)


def _problem_of_changed(entry: ChangedPoints, message: str) -> Problem:
    return entry.problem(message, "appraised")
