"""All rules: those of the program and the agency's own (content/quy-tac/*.yaml) beside them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from vanban.checks.data import built_in_rows
from vanban.checks.finding import Datum, Hit
from vanban.checks.rows.compiled import rules_of, try_examples
from vanban.checks.rules import Project, Rule, project_algorithm
from vanban.errors import Problem
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
