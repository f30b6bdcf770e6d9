"""The table in which the superior enters points (điểm thẩm định): what goes out and comes back.

In: points of wards and the rounds that the content has. Out: :class:`AppraisalTable`, frozen, a row
a ward and sub-criterion. Its hidden ids say whose row it is and what stood in its locked cells: a
row that somebody changed is noticed, whatever was sorted, filtered or renamed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from vanban.city.appraisal import LEFT_OUT, LeafPoints, WardPoints, set_sign
from vanban.city.appraised import Appraised, appraised
from vanban.city.steps import Allowed, allowed, self_scored
from vanban.nd30.numbers import NumberError, format_typed, parse_amount
from vanban.scoring.calculation import rounded
from vanban.workspace.models.appraisal import Appraisal, ChangedPoints
from vanban.workspace.models.criteria import CriteriaSet, SubCriterion
from vanban.workspace.workspace import Workspace

VERSION = "1"
"""Of the table; a workbook of another version is refused."""
MARK = "vanban-tham-dinh"


class TableKey(Struct, frozen=True):
    """Whose table it is, of which year, by which set of criteria; hidden in the sheet."""

    agency: str
    year: int
    criteria: str
    version: str = VERSION

    @property
    def mark(self) -> str:
        return "|".join((MARK, self.version, self.agency, str(self.year), self.criteria))


def read_mark(text: str) -> TableKey | None:
    """Return what :attr:`TableKey.mark` wrote, None for any other text."""
    found = re.fullmatch(rf"{MARK}\|([^|]*)\|([^|]*)\|(\d{{4}})\|([^|]*)", text)
    if found is None:
        return None
    version, agency, year, criteria = found.groups()
    return TableKey(agency, int(year), criteria, version)


class RowKey(Struct, frozen=True):
    """What a row is about: ward, round, sub-criterion, and the points that the ward gave itself.

    ``own`` is None where the ward has no points; ``title`` is the ward as letters call it.
    """

    ward: str
    title: str
    round: int
    code: str
    own: Decimal | None
    left_out: bool = False
    is_sample: bool = False

    @property
    def id(self) -> str:
        """The hidden text: the fields, and a sign by which a change of them is noticed."""
        return f"{self._said}|{self._sign}"

    @property
    def _said(self) -> str:
        own = (LEFT_OUT if self.left_out else "") if self.own is None else format_typed(self.own)
        return "|".join(
            (self.ward, str(self.round), self.code, own, "mẫu" if self.is_sample else "")
        )

    @property
    def _sign(self) -> str:
        return sha256(f"{self._said}|{self.title}".encode()).hexdigest()[:8]


def read_id(text: str, title: str) -> RowKey | None:
    """Return what :attr:`RowKey.id` wrote beside ``title``, None where either was changed."""
    parts = text.split("|")
    if len(parts) != 6 or not re.fullmatch(r"[1-9]\d{0,2}", parts[1], re.ASCII):
        return None
    ward, number, code, own, sample, _ = parts
    try:
        points = rounded(parse_amount(own)) if own not in ("", LEFT_OUT) else None
    except NumberError:
        return None
    key = RowKey(ward, title, int(number), code, points, own == LEFT_OUT, bool(sample))
    return key if key.id == text else None


class AppraisalRow(Struct, frozen=True):
    """A row: what the ward says, what may be given, and what was given so far.

    ``before`` are the points of the round before; ``given``, ``reason`` and ``asked`` are entries
    of this round, in cells that may be changed. A new round begins with those of the last, where
    the ward's own points are still the same.
    """

    key: RowKey
    ward: str
    name: str
    maximum: Decimal
    leaf: LeafPoints
    allowed: Allowed
    before: Decimal | None = None
    given: Decimal | None = None
    reason: str = ""
    asked: str = ""


class AppraisalTable(Struct, frozen=True):
    key: TableKey
    rows: tuple[AppraisalRow, ...]

    @property
    def is_sample(self) -> bool:
        return any(row.key.is_sample for row in self.rows)

    def by_ward(self) -> Iterator[tuple[str, AppraisalTable]]:
        """Yield a table a ward, by its name."""
        yield from self._split(lambda row: row.key.ward)

    def by_field(self) -> Iterator[tuple[str, AppraisalTable]]:
        """Yield a table a field (its code): a unit appraises its own of all wards."""
        yield from self._split(lambda row: f"linh-vuc-{row.key.code.split('.')[0]}")

    def _split(
        self, name_of: Callable[[AppraisalRow], str]
    ) -> Iterator[tuple[str, AppraisalTable]]:
        for name in dict.fromkeys(map(name_of, self.rows)):
            yield name, replace(self, rows=tuple(row for row in self.rows if name_of(row) == name))


def table_key(workspace: Workspace, criteria: CriteriaSet) -> TableKey:
    return TableKey(workspace.agency.short_name, workspace.year, set_sign(criteria))


def make_table(
    key: TableKey,
    criteria: CriteriaSet,
    wards: Iterable[WardPoints],
    rounds: Mapping[str, tuple[Appraisal, ...]],
) -> AppraisalTable:
    """Return the table of the wards' next rounds, or of the last ones where they are not issued."""
    parts = {part.code: part for part in self_scored(criteria)}
    rows = [
        row for ward in wards for row in _rows(ward, parts, criteria, rounds.get(ward.name, ()))
    ]
    return AppraisalTable(key, tuple(rows))


def is_open(round: Appraisal) -> bool:
    """Say whether points may still be entered: the letter has neither number nor date."""
    return round.number is None and round.date is None


def _rows(
    ward: WardPoints,
    parts: Mapping[str, SubCriterion],
    criteria: CriteriaSet,
    rounds: tuple[Appraisal, ...],
) -> Iterator[AppraisalRow]:
    last = rounds[-1] if rounds else None
    current = last if last is not None and is_open(last) else None
    earlier = rounds[:-1] if current is not None else rounds
    before = appraised(earlier[-1], criteria).points if earlier else {}
    number = current.round if current is not None else len(rounds) + 1
    known = current or (earlier[-1] if earlier else None)
    found = None if known is None else appraised(known, criteria)
    for leaf in ward.leaves:
        part = parts[leaf.code]
        key = RowKey(
            ward.name, ward.title, number, leaf.code, leaf.points, leaf.left_out, ward.is_sample
        )
        row = AppraisalRow(
            key,
            ward.short,
            str(part.name),
            leaf.maximum,
            leaf,
            allowed(part),
            before.get(leaf.code),
        )
        yield row if found is None else _entered(row, found)


def _entered(row: AppraisalRow, found: Appraised) -> AppraisalRow:
    """Return a row with what was entered of it, while the ward gives itself the same points."""
    code, file = row.key.code, found.file
    changed: dict[str, ChangedPoints] = {each.criterion: each for each in file.changed}
    if code in changed:
        entry = changed[code]
        if (entry.own, entry.left_out) != (row.key.own, row.key.left_out):
            return row
        given = found.points[code]
        return replace(row, given=given, reason=str(entry.reason), asked=str(entry.asked or ""))
    kept = file.kept.get(code)
    return row if kept is None or kept != row.key.own else replace(row, given=rounded(kept))
