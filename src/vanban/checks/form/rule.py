"""Rules about the form of a Word file, registered with the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from vanban.checks.finding import Standing
from vanban.checks.form.verdict import Form, Judgement, Verdict
from vanban.checks.rules import Rule, add_rule

FormFunction = TypeVar("FormFunction", bound=Callable[[Form], Iterator[Judgement]])


@dataclass(frozen=True)
class FormRule(Rule):
    """A rule about the form of a Word file and its pages; its examples are words, not run.

    ``component`` is the row of the component table that it belongs to.
    """

    component: str = ""
    judge: Callable[[Form], Iterator[Judgement]] = lambda form: iter(())


@dataclass(frozen=True)
class Row:
    """One line of the report: what a rule judged, in the order of the component table."""

    rule: FormRule
    judgement: Judgement
    verdict: Verdict


def form_rule(
    id: str,
    title: str,
    standing: Standing,
    clause: str,
    component: str,
    fails: str,
    passes: str,
) -> Callable[[FormFunction], FormFunction]:
    """Register a function Form → judgements as a rule."""

    def register(judge: FormFunction) -> FormFunction:
        add_rule(
            FormRule(id, title, standing, clause, fails, passes, component=component, judge=judge)
        )
        return judge

    return register
