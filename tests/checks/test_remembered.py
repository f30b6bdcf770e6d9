"""What rows find in a paragraph is remembered by hash, and looked for again in what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vanban.checks import alike
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rows.remembered import InPassage, Together
from vanban.checks.writing import Passage, Role, Writing
from vanban.errors import Place
from vanban.io.memory import Memory, remembering

TEXTS = (("A bc.", Role.BODY), ("A bc.", Role.BODY), ("A bc.", Role.CELL), ("A cd.", Role.BODY))


def writing() -> Writing:
    passages = (
        Passage(text, role, number, Place(Path(f"{number}.yaml"), number, 1))
        for number, (text, role) in enumerate(TEXTS, 1)
    )
    return Writing("a", tuple(passages))


class Looking:
    """A row that notes what it looks at."""

    def __init__(self, message: str = "sai") -> None:
        self.looked: list[str] = []
        self.message = message

    def __call__(self, passage: Passage) -> Iterator[Hit]:
        self.looked.append(passage.text)
        yield Hit(Stretch(passage, 2, 4), self.message, "sửa", "việc", replacement="đúng")


def hits(rows: Together) -> list[Hit]:
    """Return what the row x finds; each is found where its passage stands now."""
    own = writing()
    found = list(rows.find("x", own))
    places = [hit.at.passage for hit in found if isinstance(hit.at, Stretch)]
    assert places == list(own.passages)
    return found


@pytest.mark.parametrize("most", [alike.MOST, 1])
def test_of_paragraphs_alike_in_text_and_role_one_is_looked_at(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "MOST", most)
    row = Looking()
    rows = Together({"x": InPassage(row), "y": InPassage(lambda passage: ())}, "")
    for _ in range(2):
        for hit in hits(rows):
            assert isinstance(hit.at, Stretch)
            assert hit == Hit(Stretch(hit.at.passage, 2, 4), "sai", "sửa", "việc", (), "đúng")
    assert row.looked == ["A bc.", "A bc.", "A cd."] * (1 if most > 1 else 2)
    assert list(rows.find("y", writing())) == []


def test_another_process_with_the_same_rows_looks_at_nothing(tmp_path: Path) -> None:
    def looked_at(rows: dict[str, InPassage], words: str = "", program: str = "1") -> list[str]:
        row = Looking()
        rows["x"] = InPassage(row)
        with remembering(Memory(tmp_path / "memory", program)):
            hits(Together(rows, words))
        return row.looked

    assert looked_at({}) == ["A bc.", "A bc.", "A cd."]
    assert looked_at({}) == []
    assert looked_at({}, words="khác") != []
    assert looked_at({"y": InPassage(Looking())}) != []
    assert looked_at({}, program="2") != []


@pytest.mark.parametrize(
    "value",
    [
        1,
        [],
        {"y": []},
        {"x": 1},
        {"x": [1]},
        {"x": [[0, 1]]},
        {"x": [[0, 1, "a", "b", "c", 1]]},
        {"x": [[0, 1, "a", 2, "c", None]]},
        {"x": [[0, 100, "a", "b", "c", None]]},
        {"x": [[3, 2, "a", "b", "c", None]]},
        {"x": [["0", "1", "a", "b", "c", None]]},
        {"x": [[True, 2, "a", "b", "c", None]]},
    ],
)
def test_what_somebody_else_put_into_a_memory_is_not_believed(tmp_path: Path, value: Any) -> None:
    class Foreign(Memory):
        def get(self, key: str) -> Any:
            return value

    row = Looking()
    with remembering(Foreign(tmp_path / "memory", "")):
        assert [hit.message for hit in hits(Together({"x": InPassage(row)}, ""))] == ["sai"] * len(
            TEXTS
        )
    assert row.looked


def test_a_memory_answers_in_place_of_the_rows(tmp_path: Path) -> None:
    with remembering(Memory(tmp_path / "memory", "")):
        hits(Together({"x": InPassage(Looking("một"))}, ""))
    with remembering(Memory(tmp_path / "memory", "")):
        found = hits(Together({"x": InPassage(Looking("hai"))}, ""))
    assert {hit.message for hit in found} == {"một"}


@pytest.mark.parametrize(
    ("words", "looked"),
    [
        (None, ["A bc.", "A bc.", "A cd."]),
        (("bc", "x"), ["A bc.", "A bc."]),
        (("a",), ["A bc.", "A bc.", "A cd."]),
        ((), []),
    ],
)
def test_a_row_looks_only_where_one_of_its_words_is(
    words: tuple[str, ...] | None, looked: list[str]
) -> None:
    row = Looking()
    list(Together({"x": InPassage(row, words)}, "").find("x", writing()))
    assert row.looked == looked
