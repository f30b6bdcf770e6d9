"""The tables beside the rules of this package: plain text, a row each, columns between " | "."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table, without remarks (#) and empty lines."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(
        tuple(cell.strip() for cell in line.split(" | "))
        for line in lines
        if line and not line.startswith("#")
    )
