"""What many wards owe, as a department looks at it: by thing, by ward, as rows of a table.

In: what each ward owes and how far its units are (:mod:`vanban.exchange.due`), each told by the
name of its ward. Out: frozen groups, and rows of plain values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from vanban.exchange.due import DueItem, Owed, UnitState

Row = tuple[str | int | None, ...]


class SameThing(Struct, frozen=True):
    """A thing that wards owe by the same day: what each of them owes of it."""

    day: date
    kind: Owed
    what: str
    items: tuple[DueItem, ...]

    @property
    def wards(self) -> tuple[str, ...]:
        """The names of the wards, each once; those of one name with their folders."""
        names = {item.ward: item.agency for item in self.items}
        same = Counter(names.values())
        return tuple(f"{name} ({ward})" if same[name] > 1 else name for ward, name in names.items())


def by_thing(items: Iterable[DueItem]) -> tuple[SameThing, ...]:
    """Return what is owed, by day, on which most wards owe it first."""
    found: dict[tuple[date, Owed, str], list[DueItem]] = {}
    for item in sorted(items):
        found.setdefault((item.day, item.kind, item.what), []).append(item)
    groups = (SameThing(*key, tuple(those)) for key, those in found.items())
    return tuple(sorted(groups, key=lambda each: (each.day, -len(each.wards), each.what)))


class WardCount(Struct, frozen=True):
    """How much a ward owes: what is late by kind, what is to come, the first day still to come."""

    ward: str
    agency: str
    late: Mapping[Owed, int]
    to_come: int
    next: date | None

    @property
    def all_late(self) -> int:
        return sum(self.late.values())


def by_ward(items: Iterable[DueItem], today: date) -> tuple[WardCount, ...]:
    """Return the wards that owe anything, who is late with most first."""
    found: dict[tuple[str, str], list[DueItem]] = {}
    for item in items:
        found.setdefault((item.ward, item.agency), []).append(item)
    counts = []
    for (ward, agency), those in found.items():
        late = Counter(each.kind for each in those if each.day < today)
        days = [each.day for each in those if each.day >= today]
        counts.append(WardCount(ward, agency, late, len(days), min(days, default=None)))
    return tuple(sorted(counts, key=lambda each: (-each.all_late, -each.to_come, each.ward)))


DUE_KEYS = ("ward", "agency", "day", "days_left", "kind", "what", "who", "state")
DUE_TITLES = (
    *("Thư mục", "Đơn vị", "Hạn", "Còn (ngày; số âm: chậm)"),
    *("Loại", "Việc", "Ai làm", "Tình trạng"),
)


def due_rows(items: Iterable[DueItem], today: date) -> Iterator[Row]:
    """Yield a row of :data:`DUE_KEYS` for each thing, as they are due."""
    for item in sorted(items):
        left = (item.day - today).days
        day = item.day.isoformat()
        yield item.ward, item.agency, day, left, str(item.kind), item.what, item.who, item.state


class WardStatus(Struct, frozen=True):
    """How far the units of a ward are with the figures of a period, "quý III năm 2025"."""

    ward: str
    agency: str
    period: str
    units: tuple[UnitState, ...]

    @property
    def answered(self) -> int:
        return sum(unit.received is not None for unit in self.units)

    @property
    def lacking(self) -> int:
        """How many figures nobody has given."""
        return sum(len(unit.missing) for unit in self.units)

    @property
    def differing(self) -> int:
        """How many figures the report has otherwise than the unit sent."""
        return sum(len(unit.differing) for unit in self.units)

    def late(self, today: date) -> int:
        """Return how many units have not answered, are late, and lack figures."""
        return sum(
            unit.received is None and bool(unit.missing) and unit.is_late(today)
            for unit in self.units
        )


STATUS_KEYS = ("ward", "agency", "unit", "due", "received", "asked", "given", "missing")
STATUS_TITLES = (
    *("Thư mục", "Đơn vị", "Phòng", "Hạn", "Ngày gửi"),
    *("Số chỉ tiêu phải gửi", "Đã có", "Còn thiếu"),
)


def status_rows(wards: Iterable[WardStatus]) -> Iterator[Row]:
    """Yield a row of :data:`STATUS_KEYS` for each unit."""
    for ward in wards:
        for unit in ward.units:
            yield (
                ward.ward,
                ward.agency,
                unit.name,
                unit.due.isoformat() if unit.due is not None else None,
                unit.received.isoformat() if unit.received is not None else None,
                unit.asked,
                unit.asked - len(unit.missing),
                "; ".join(unit.missing),
            )


def lacking_most(wards: Iterable[WardStatus]) -> tuple[tuple[str, int], ...]:
    """Return the figures that are missing by name, with how many wards lack them, most first."""
    counts = Counter(
        name for ward in wards for name in {each for unit in ward.units for each in unit.missing}
    )
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
