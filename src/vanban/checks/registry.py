"""All rules: the program's and the agency's (content/quy-tac/*.yaml), and their examples tried."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TypeGuard

from vanban.checks.data import built_in_rows
from vanban.checks.finding import SEVERITY, Datum, Hit, Severity
from vanban.checks.rows.built_in import BuiltInRow, Issuers
from vanban.checks.rows.kinds import (
    algorithm_of,
    compile_for_passages,
    compile_row,
    function_of,
    reads_passages,
    worded,
)
from vanban.checks.rows.remembered import Together
from vanban.checks.rules import Project, ProjectRule, Rule, TextRule, hits_of, project_algorithm
from vanban.checks.writing import plain_writing
from vanban.errors import Problem, UsageError
from vanban.invocation import command_here
from vanban.workspace.models.rule_rows import RuleRow
from vanban.workspace.workspace import Workspace

_WITH_FUNCTIONS = ("vanban.checks.citations", "vanban.checks.content", "vanban.checks.language")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule of the program by id: those of text, and of the form of Word files."""
    from vanban.checks.form.engine import form_rules

    rules = (*text_rules(), *form_rules())
    assert len({rule.id for rule in rules}) == len(rules), "two rules have one id"
    return tuple(sorted(rules, key=lambda rule: rule.id))


@cache
def text_rules() -> tuple[Rule, ...]:
    """Return every rule of rows; imports all modules that may register a function for them."""
    import_module("vanban.checks.excuses")
    for package in map(import_module, _WITH_FUNCTIONS):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    return tuple(sorted(rules_of(built_in_rows()), key=lambda rule: rule.id))


def rules_for(workspace: Workspace | None) -> tuple[Rule, ...]:
    """Return the rules of rows: of the program, and those of the agency that can be used."""
    if workspace is None or not workspace.house_rules:
        return text_rules()
    rows: dict[str, RuleRow] = {}
    for row in house_rows(workspace):
        if row.id not in known_ids():
            rows.setdefault(row.id, row)
    return (*text_rules(), *rules_of(rows.values()))


def rule_of(name: str, workspace: Workspace | None) -> Rule:
    """Return the rule with that id, of the program or the agency; raises UsageError for none."""
    for rule in (*rules_for(workspace), *all_rules()):
        if rule.id == name:
            return rule
    raise UsageError(f"không có quy tắc “{name}” — xem các mã: {command_here('rules')}")


@cache
def known_ids() -> frozenset[str]:
    """Return the ids of all rules of the program."""
    return frozenset(rule.id for rule in all_rules())


def house_rows(workspace: Workspace) -> Iterator[RuleRow]:
    """Yield the rows of the agency in the order of its files."""
    for file in workspace.house_rules:
        yield from file.rules


def house_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """Return what is wrong with the agency's rules: ids taken already, examples not told so."""
    rows = tuple(house_rows(workspace))
    taken = dict.fromkeys(known_ids() if rows else (), "chương trình")
    problems: list[Problem] = []
    for row in rows:
        if row.id in taken:
            message = f"mã “{row.id}” đã có ở {taken[row.id]} — đặt mã khác"
            problems.append(row.problem(message, "id"))
        else:
            taken[row.id] = str(row.at("id"))
    return (*problems, *try_examples(rows))


def all_problems(workspace: Workspace | None) -> tuple[Problem, ...]:
    """Return what is wrong with the rows of the program and of the agency."""
    own = house_problems(workspace) if workspace is not None else ()
    plain = (row for row in built_in_rows() if row.algorithm is None)
    return (*try_examples(plain), *own)


@project_algorithm
def unusable_rows(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    for problem in house_problems(project.workspace):
        message, _, todo = problem.message.partition(" — ")
        yield Hit(Datum(problem.place, problem.key), message, todo, matter=str(problem.place))


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
    own = isinstance(row, BuiltInRow) and row.issuers is Issuers.OWN
    options = (not row.titles_too, tuple(row.example.hit), own)
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


def try_examples(rows: Iterable[RuleRow]) -> Iterator[Problem]:
    """Yield what is wrong with the examples of rows: other words hit, some of a right text hit."""
    for row in rows:
        (rule,) = rules_of((row,))
        told = _excerpts(rule, str(row.example.bad))
        if told != list(row.example.hit):
            what = ", ".join(f"“{words}”" for words in told) or "không chỗ nào"
            message = f"{row.id}: câu sai bị báo tại {what}, khác với bao_tai — sửa lại"
            yield row.example.problem(message, "bad")
        for words in _excerpts(rule, str(row.example.good)):
            message = f"{row.id}: câu đúng cũng bị báo tại “{words}” — sửa lại"
            yield row.example.problem(message, "good")


def _excerpts(rule: Rule, text: str) -> list[str]:
    project = Project(None, (plain_writing(text, Path("vi-du")),))
    return [hit.at.excerpt for hit in hits_of(rule, project)]
