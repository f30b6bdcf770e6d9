"""Rows made into rules: those of the program, beside this module, and those of an office.

A row that is no sound YAML or has a mistake raises :class:`ContentError` with its places, as all
content does; a test reads every file of the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

import vanban.checks.language.wording  # noqa: F401 - finds more for its rows
from vanban.checks.finding import Stretch
from vanban.checks.rows.kinds import compile_row
from vanban.checks.rules import TextRule
from vanban.checks.writing import plain_writing
from vanban.errors import ContentError, Place, Problem
from vanban.workspace.models.rule_rows import BuiltInRules, RuleRow
from vanban.workspace.validate import validate
from vanban.workspace.yaml_file import parse_yaml


@cache
def built_in_rows() -> tuple[RuleRow, ...]:
    """Read the rows of the program, file by file in the order of their names."""
    rows: list[RuleRow] = []
    problems: list[Problem] = []
    for file in sorted(resources.files(__package__).iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".yaml"):
            continue
        shown = Path(file.name)
        parsed = parse_yaml(file.read_bytes(), shown)
        entry, mistakes = validate(BuiltInRules, parsed.tree, Place(shown, 1, 1))
        problems += [*parsed.problems, *mistakes]
        rows += entry.rules if entry is not None else ()
    if problems:
        raise ContentError(problems)
    return tuple(rows)


def row_of(rule_id: str) -> RuleRow:
    """Return the row of a rule of the program."""
    return next(row for row in built_in_rows() if row.id == rule_id)


def rules_of(rows: Iterable[RuleRow]) -> tuple[TextRule, ...]:
    """Return the rules that rows describe."""
    return tuple(
        TextRule(
            row.id,
            str(row.title),
            row.basis,
            str(row.clause),
            str(row.example.bad),
            str(row.example.good),
            own_words=not row.titles_too,
            find=compile_row(row),
        )
        for row in rows
    )


def try_examples(rows: Iterable[RuleRow]) -> tuple[Problem, ...]:
    """Return what is wrong with the examples of rows: the words hit, and silence where right."""
    problems: list[Problem] = []
    for row in rows:
        (rule,) = rules_of((row,))
        hits = list(rule.find(plain_writing(str(row.example.bad), Path("vi-du"))))
        told = [hit.at.excerpt for hit in hits if isinstance(hit.at, Stretch)]
        wanted = [str(words) for words in row.example.hit]
        if told != wanted:
            what = ", ".join(f"“{words}”" for words in told) or "không chỗ nào"
            problems.append(
                row.example.problem(
                    f"{row.id}: câu sai bị báo tại {what}, khác với bao_tai — sửa lại",
                    "bad",
                )
            )
        for hit in rule.find(plain_writing(str(row.example.good), Path("vi-du"))):
            problems.append(
                row.example.problem(
                    f"{row.id}: câu đúng cũng bị báo tại “{hit.at.excerpt}” — sửa lại",
                    "good",
                )
            )
    return tuple(problems)
