"""The composed plan is the ward's plan as issued: whole, in order, word for word.

``data/ke-hoach-2025.txt`` is the issued text as it was taken from a PDF, left as it is: line
breaks, blank lines, stray dashes and one page number are noise of that extraction. The
corrections are those of docs/dinh-chinh.md, and no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Files
from vanban.workspace.load import load_workspace
from vanban.workspace.models.plan import Task

ROOT = Path(__file__).parent.parent
ISSUED_TEXT = Path(__file__).parent / "data" / "ke-hoach-2025.txt"


CORRECTIONS = ROOT / "docs" / "dinh-chinh.md"


@dataclass(frozen=True)
class Correction:
    """A row of the list of corrections: ``issued`` stands once in the issued text."""

    issued: str
    ours: str
    reason: str


def corrections() -> tuple[Correction, ...]:
    """Return the corrections in the order of the list."""
    rows = re.findall(
        r"^\| \d+ \| (.+?) \| (.+?) \| (.+?) \|$",
        CORRECTIONS.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return tuple(Correction(*row) for row in rows)


def words(text: str) -> list[str]:
    """Return the words of ``text``; dashes that stand alone (bullets, noise) do not count."""
    return [word for word in text.split() if word != "-"]


def issued_words() -> list[str]:
    """Return the words of the issued body, from its title to "./.", as they should stand now."""
    lines = ISSUED_TEXT.read_text(encoding="utf-8").splitlines()
    text = " ".join(words(" ".join(line for line in lines if not line.strip().isdigit())))
    for correction in corrections():
        issued, ours = " ".join(words(correction.issued)), " ".join(words(correction.ours))
        assert text.count(issued) == 1, correction
        text = text.replace(issued, ours)
    return words(text[text.index("KẾ HOẠCH ") : text.index("./.") + len("./.")])


def first_difference(ours: list[str], issued: list[str]) -> str | None:
    """Return where two word lists part, with the words around it; None where they are equal."""
    for index in range(max(len(ours), len(issued))):
        if ours[index : index + 1] != issued[index : index + 1]:
            start, end = max(index - 8, 0), index + 8
            return f"ours: {' '.join(ours[start:end])}\nissued: {' '.join(issued[start:end])}"
    return None


def test_the_plan_is_the_issued_text(plan_files: Files) -> None:
    document = plan_files.document
    texts = (
        document.header.document_type,
        document.header.abstract,
        *(block.text for block in document.body),
    )
    ours = [word for text in texts for word in words(text)]
    assert first_difference(ours, issued_words()) is None


def test_the_plan_states_all_its_targets() -> None:
    workspace = load_workspace(ROOT / "content", 2025)
    assert workspace.plan is not None
    tasks = [
        entry
        for top in (workspace.plan, *workspace.areas)
        for entry in top.entries()
        if isinstance(entry, Task)
    ]
    assert len(tasks) == 94
    assert sum(len(task.targets) for task in tasks) == 36


@pytest.mark.parametrize(
    ("ours", "issued", "found"),
    [
        ("một hai ba", "một hai ba", None),
        ("một  -  hai", "- - một\n\nhai", None),
        ("một hai", "một hai ba", "ba"),
        ("một hai ba", "một ba hai", "ba hai"),
        ("thực hiện", "thực hiên", "hiên"),
    ],
)
def test_a_difference_of_words_is_found(ours: str, issued: str, found: str | None) -> None:
    difference = first_difference(words(ours), words(issued))
    if found is None:
        assert difference is None
    else:
        assert difference is not None
        assert found in difference
