"""The catalogue of rules in docs/ is made from the register, and every rule is told whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.checks.citations.laws import known_laws
from vanban.checks.registry import all_rules
from vanban.checks.rule_catalogue import catalogue_text, rule_lines
from vanban.checks.rules import Rule
from vanban.nd30.dates import short_date

PAGE = Path(__file__).parents[2] / "docs" / "quy-tac.md"
RULES = [pytest.param(rule, id=rule.id) for rule in all_rules()]


def test_the_page_is_the_one_that_make_schema_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue_text()


def test_every_rule_has_its_line_and_the_register_of_laws_its_day() -> None:
    *lines, _, last = rule_lines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in all_rules()]
    assert last.endswith(f"xem lại lần cuối ngày {short_date(known_laws().reviewed)}.")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_it_rests_on(rule: Rule) -> None:
    assert rule.title and rule.clause and rule.fails and rule.passes
