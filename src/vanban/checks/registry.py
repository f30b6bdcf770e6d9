"""All rules of the program, after the import of the functions that their rows name."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from vanban.checks.data import built_in_rows
from vanban.checks.form.engine import form_rules
from vanban.checks.rows.load import rules_of
from vanban.checks.rules import Rule, add_rule, registered


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule by id; imports every module that may register a function."""
    import vanban.checks as package

    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    for rule in (*rules_of(built_in_rows()), *form_rules()):
        add_rule(rule)
    return tuple(registered())
