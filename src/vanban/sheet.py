"""A table of figures, beside a document as .xlsx: typed numbers, and formulas over them."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Cells(Struct, frozen=True):
    """A cell that a formula names, or a column of cells down to the row ``last``.

    ``first`` and ``last`` are keys of rows, ``column`` counts from 0; ``sheet`` is the name of the
    sheet, "" for that of the formula.
    """

    first: str
    column: int
    last: str = ""
    sheet: str = ""


class Formula(Struct, frozen=True):
    """What a spreadsheet computes: a formula with {0}, {1} … for cells, and what it comes to now.

    ``cells`` are keys of rows and numbers of columns (from 0), or :class:`Cells`; ``look`` is the
    number format.
    """

    text: str
    cells: tuple[tuple[str, int] | Cells, ...]
    value: str | Decimal
    look: str


def number_look(value: int | Decimal) -> str:
    """Return the number format with exactly the decimals that ``value`` has."""
    places = max(-int(Decimal(value).normalize().as_tuple().exponent), 0)
    return f"#,##0.{'0' * places}" if places else "#,##0"


class Number(Struct, frozen=True):
    """A number with a format of its own, as a ratio has."""

    value: Decimal
    look: str


SheetValue = str | int | Decimal | Number | Formula | None


class SheetColumn(Struct, frozen=True):
    """A column: its name, its width in characters, how its cells stand, whether it is hidden."""

    name: str
    width: float
    align: str = "left"
    hidden: bool = False


class SheetRow(Struct, frozen=True):
    """A row; formulas refer to it by its ``key``. A ``heading`` opens a group."""

    cells: tuple[SheetValue, ...]
    key: str = ""
    heading: bool = False


class Sheet(Struct, frozen=True):
    """A table that goes beside a document as .xlsx.

    ``head`` are lines above the table: whose it is, then number, title and notes of the annex.
    ``note`` stands below the table and at the foot of every printed page, "" for none. So many
    columns as are ``fixed`` stay on the screen when it is moved sideways, and on every page.
    """

    name: str
    head: tuple[str, ...]
    note: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    fixed: int = 0
