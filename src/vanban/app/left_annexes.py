"""Annexes in files of their own that stand beside a document since another build of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from vanban.compose.annex_files import SUFFIX


def left_annexes(folder: Path, document: str, own: Collection[Path]) -> tuple[Path, ...]:
    """Return the annexes in ``folder`` of a ``document`` that are none of its ``own`` files."""
    return tuple(sorted({*folder.glob(f"{document}-{SUFFIX}-*.pdf")}.difference(own)))


def told_left(left: Iterable[Path]) -> str:
    """Return the line that tells of such annexes of a document."""
    files = ", ".join(map(str, left))
    return f"{files}: phụ lục riêng của lần dựng trước, không theo bản này — xóa nếu thừa."
