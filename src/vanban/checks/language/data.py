"""The word lists beside the rules of this package: plain text, a line each, # for remarks."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of a list, without remarks and empty lines."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
