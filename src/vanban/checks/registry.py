"""All rules of the program: those that are functions and those that are rows of data."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from vanban.checks.rows.load import built_in_rows, rules_of
from vanban.checks.rules import Rule, add_rule, registered


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule by id; imports the modules that register them."""
    import vanban.checks as package

    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    for rule in rules_of(built_in_rows()):
        add_rule(rule)
    return tuple(registered())
