"""A table as the text of a .csv that Vietnamese Excel opens in columns, as plain values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

HARMFUL = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is taken for a formula by Excel; an apostrophe makes it text."""

ENCODING = "utf-8-sig"
"""By the mark at the beginning Excel knows the letters."""


def csv_text(rows: Iterable[Sequence[str | int | None]]) -> str:
    """Return ``rows``, a line each, without the mark that a file begins with."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return target.getvalue()


def _harmless(cell: str | int | None) -> str | int | None:
    if isinstance(cell, str) and cell.startswith(HARMFUL):
        return f"'{cell}"
    return cell
