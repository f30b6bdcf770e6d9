"""A table of raw figures, beside a document as .xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Ratio:
    """A raw ratio (0.9996) and the decimals that its percentage must show (2: 99,96%)."""

    value: Decimal
    places: int


SheetValue = str | int | Decimal | Ratio | None


@dataclass(frozen=True)
class Sheet:
    """A table of raw figures that goes beside a document as .xlsx.

    ``note`` stands below the table and at the foot of every printed page, "" for none.
    """

    name: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SheetValue, ...], ...]
