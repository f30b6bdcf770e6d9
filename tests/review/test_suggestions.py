"""Whoever does what a finding says is not told to undo it: no two rules contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_cases import read_cases
from vanban.checks.finding import Hit, Stretch
from vanban.checks.registry import text_rules
from vanban.checks.rules import NotEvaluated, Project, Rule, hits_of
from vanban.checks.writing import Passage, Writing, plain_writing

ADVISED = re.compile(r"(?:viết|viết liền|sửa thành|thêm dấu cách:) “([^”]+)”")
"""How a suggestion says what belongs there."""

TEXTS = (
    *(rule.fails for rule in text_rules() if isinstance(rule.fails, str)),
    *(str(case.told["text"]) for case in read_cases() if case.finds and "text" in case.told),
)


def _hits(text: str) -> Iterator[tuple[Rule, Stretch, Hit]]:
    writing = plain_writing(text, Path("text"))
    for rule in text_rules():
        try:
            for hit in hits_of(rule, Project(None, (writing,))):
                if isinstance(hit.at, Stretch):
                    yield rule, hit.at, hit
        except NotEvaluated:
            continue


def _advised(hit: Hit, typed: str) -> str | None:
    """Return what ``typed`` reads as a hit asks for, None where it leaves that to the reader.

    Advice may be about a part: the same words, else from its first word on.
    """
    if hit.replacement is not None:
        return hit.replacement
    found = ADVISED.match(hit.suggestion)
    if found is None:
        return None
    right = found[1]
    start = typed.casefold().find(right.casefold())
    if start >= 0 and typed[start : start + len(right)] != right:
        return typed[:start] + right + typed[start + len(right) :]
    if start >= 0:
        return right
    return typed[: max(typed.rfind(right.split()[0]), 0)] + right


def _lines(text: str) -> tuple[Passage, ...]:
    writing: Writing = plain_writing(text, Path("text"))
    return writing.passages


def _touching(text: str, number: int, start: int, end: int) -> set[tuple[str, str]]:
    """Return rules and their words that touch a stretch of a passage."""
    return {
        (rule.id, at.excerpt)
        for rule, at, _ in _hits(text)
        if at.passage.number == number and at.start < end and start < at.end
    }


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_advised_is_not_told_again(text: str) -> None:
    for rule, at, hit in _hits(text):
        right = _advised(hit, at.excerpt)
        if right is None:
            continue
        lines = text.splitlines()
        typed = at.passage.text
        mended = typed[: at.start] + right + typed[at.end :]
        (place,) = (n for n, line in enumerate(lines) if line.lstrip("# ") == typed.lstrip("# "))
        lines[place] = lines[place].replace(typed, mended)
        before = {each for each, _ in _touching(text, at.passage.number, at.start, at.end)}
        told = _touching("\n".join(lines), at.passage.number, at.start, at.start + len(right))
        new = {(each, words) for each, words in told if each not in before - {rule.id}}
        assert not new, f"{rule.id}: “{at.excerpt}” → “{right}” is told: {new}"
