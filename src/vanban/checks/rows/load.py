"""Rows made into rules, those of the program and those of an office, and their examples tried."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeGuard

from vanban.checks.rows.built_in import BuiltInRow
from vanban.checks.rows.kinds import algorithm_of, compile_row, function_of, worded
from vanban.checks.rules import Project, ProjectRule, Rule, TextRule, hits_of
from vanban.checks.writing import plain_writing
from vanban.errors import Problem
from vanban.workspace.models.rule_rows import RuleRow


def rules_of(rows: Iterable[RuleRow]) -> tuple[Rule, ...]:
    """Return the rules that rows describe; the functions that they name are registered before."""
    return tuple(map(_rule_of, rows))


def _rule_of(row: RuleRow) -> Rule:
    told = (row.id, str(row.title), row.basis, str(row.clause), row.example.bad, row.example.good)
    options = (not row.titles_too, tuple(row.example.hit))
    if _compares_documents(row):
        find = function_of(row)
        return ProjectRule(*told, *options, find=lambda project: worded(row, find(project)))
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
