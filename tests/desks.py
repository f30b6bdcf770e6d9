"""A desk that is being served to a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """A desk at work: its address, and its content folder."""

    address: str
    content: Path

    def read(self, file: str) -> str:
        return (self.content / file).read_text(encoding="utf-8")
