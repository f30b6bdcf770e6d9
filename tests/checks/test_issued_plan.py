"""The plan as issued, read against a list of its mistakes that a careful reader made.

``data/sai-sot-ke-hoach-2025.tsv`` names the rule that finds each, or why no program can. The plan
is read twice: as text beside the ward's registers, and as a Word file.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from issued import issued_docx, issued_paragraphs
from vanban.checks.finding import Datum, Stretch
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import Writing, plain_writing
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace
from words import read_writing

ROOT = Path(__file__).parents[2]
LIST = ROOT / "tests" / "data" / "sai-sot-ke-hoach-2025.tsv"
NOTHING = "∅"
RECIPIENTS = "dau-cau/gach-dau-kep"
"""In a Word file the lines of the recipients are judged with the form."""


@dataclass(frozen=True)
class Mistake:
    """A row of the list: words as issued, kind, the rule that finds it, why none can."""

    words: str
    kind: str
    rule: str
    reason: str


def mistakes() -> tuple[Mistake, ...]:
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Mistake(*row) for row in rows if not row[0].startswith("#"))


@cache
def workspace() -> Workspace:
    return load_workspace(ROOT / "content", 2025)


@cache
def as_text() -> Writing:
    text = "\n".join(issued_paragraphs())
    writing = plain_writing(text, Path("ke-hoach.txt"), workspace(), date(2025, 8, 1))
    return replace(writing, document_type="Kế hoạch")


@cache
def as_word() -> Writing:
    return read_writing(issued_docx(), Path("ke-hoach.docx"), workspace())


@cache
def found(writing: Writing) -> Mapping[str, tuple[Stretch | Datum, ...]]:
    """Return where each rule complains, by its id."""
    project = Project(None, (writing,))

    return {
        rule.id: tuple(at for hit in hits_of(rule, project) for at in (hit.at, *hit.others))
        for rule in all_rules()
    }


def complains(writing: Writing, mistake: Mistake) -> bool:
    places = found(writing)[mistake.rule]
    if mistake.words == NOTHING:
        return bool(places)
    return any(isinstance(at, Stretch) and _overlap(at, mistake.words) for at in places)


def _overlap(at: Stretch, words: str) -> bool:
    start = at.passage.text.find(words)
    return 0 <= start < at.end and at.start < start + len(words)


DECIDABLE = [
    pytest.param(each, id=f"{each.kind}-{number}")
    for number, each in enumerate(mistakes(), 1)
    if each.rule != "-"
]


def test_what_no_program_can_decide_is_little_and_says_why() -> None:
    undecided = [each for each in mistakes() if each.rule == "-"]
    assert len(undecided) <= 3
    assert all(each.reason for each in undecided)
    assert len(mistakes()) == 69


@pytest.mark.parametrize("mistake", DECIDABLE)
def test_found_in_the_text(mistake: Mistake) -> None:
    assert complains(as_text(), mistake)


@pytest.mark.parametrize("mistake", [each for each in DECIDABLE if RECIPIENTS not in str(each)])
def test_found_in_the_word_file(mistake: Mistake) -> None:
    assert complains(as_word(), mistake)


def test_the_corrected_plan_has_none_of_its_misspellings() -> None:
    """What was a misspelling in the issued text stands nowhere in the content."""
    texts = " ".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "content" / "2025").rglob("*.yaml")
    )
    content = " ".join(texts.split())
    misspelt = [each.words for each in mistakes() if each.rule.startswith("chinh-ta/")]
    assert misspelt
    assert [words for words in misspelt if words in content] == []
