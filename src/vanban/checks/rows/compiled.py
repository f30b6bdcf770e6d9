"""Rows made into rules, those of the program and those of an office, and their examples tried."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TypeGuard

from vanban.checks.finding import SEVERITY, Severity
from vanban.checks.rows.built_in import BuiltInRow
from vanban.checks.rows.kinds import (
    algorithm_of,
    compile_for_passages,
    compile_row,
    function_of,
    reads_passages,
    worded,
)
from vanban.checks.rows.paragraphs import Together
from vanban.checks.rules import Project, ProjectRule, Rule, TextRule, hits_of
from vanban.checks.writing import plain_writing
from vanban.errors import Problem
from vanban.workspace.models.rule_rows import RuleRow


def rules_of(rows: Iterable[RuleRow]) -> tuple[Rule, ...]:
    """Return the rules that rows describe; the functions that they name are registered before.

    Rows of one weight that read single passages look at each passage together.
    """
    rows = tuple(rows)
    together = {
        errors: Together(
            {row.id: compile_for_passages(row) for row in alike},
            "".join(repr(row) for row in alike if not isinstance(row, BuiltInRow)),
        )
        for errors in (True, False)
        for alike in [[row for row in rows if reads_passages(row) and _is_error(row) is errors]]
    }
    return tuple(_rule_of(row, together[_is_error(row)]) for row in rows)


def _is_error(row: RuleRow) -> bool:
    return SEVERITY[row.basis] is Severity.ERROR


def _rule_of(row: RuleRow, together: Together) -> Rule:
    told = (row.id, str(row.title), row.basis, str(row.clause), row.example.bad, row.example.good)
    options = (not row.titles_too, tuple(row.example.hit))
    if _compares_documents(row):
        find = function_of(row)
        return ProjectRule(*told, *options, find=lambda project: worded(row, find(project)))
    if reads_passages(row):
        return TextRule(*told, *options, find=partial(together.find, row.id))
    return TextRule(*told, *options, find=compile_row(row))


def _compares_documents(row: RuleRow) -> TypeGuard[BuiltInRow]:
    if not isinstance(row, BuiltInRow) or row.algorithm is None:
        return False
    return algorithm_of(row).reads is Project


def try_examples(rows: Iterable[RuleRow]) -> tuple[Problem, ...]:
    """Return what is wrong with the examples of rows: the words hit, and silence where right."""
    problems: list[Problem] = []
    for row in rows:
        (rule,) = rules_of((row,))
        told = _excerpts(rule, str(row.example.bad))
        if told != list(row.example.hit):
            what = ", ".join(f"“{words}”" for words in told) or "không chỗ nào"
            problems.append(
                row.example.problem(
                    f"{row.id}: câu sai bị báo tại {what}, khác với bao_tai — sửa lại",
                    "bad",
                )
            )
        for words in _excerpts(rule, str(row.example.good)):
            problems.append(
                row.example.problem(
                    f"{row.id}: câu đúng cũng bị báo tại “{words}” — sửa lại",
                    "good",
                )
            )
    return tuple(problems)


def _excerpts(rule: Rule, text: str) -> list[str]:
    project = Project(None, (plain_writing(text, Path("vi-du")),))
    return [hit.at.excerpt for hit in hits_of(rule, project)]
