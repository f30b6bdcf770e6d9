"""Passages that read the same are looked at once, and no more are remembered than there is room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vanban.checks import alike
from vanban.checks.alike import once_for_alike
from vanban.checks.writing import Passage, Role
from vanban.errors import Place


def passage(text: str, role: Role = Role.BODY, number: int = 1) -> Passage:
    return Passage(text, role, number, Place(Path("a")))


def test_what_reads_the_same_is_looked_at_once() -> None:
    looked: list[tuple[str, Role]] = []

    @once_for_alike
    def words(passage: Passage) -> Iterator[str]:
        looked.append((passage.text, passage.role))
        yield from passage.text.split()

    assert words(passage("một hai")) == words(passage("một hai", number=7)) == ("một", "hai")
    assert words(passage("một hai", Role.CELL)) == ("một", "hai")
    assert looked == [("một hai", Role.BODY), ("một hai", Role.CELL)]
    for number in range(alike.MOST):
        words(passage(f"{number}"))
    assert words(passage("một hai")) == ("một", "hai")
    assert looked[-1] == ("một hai", Role.BODY), "it was to be forgotten"
