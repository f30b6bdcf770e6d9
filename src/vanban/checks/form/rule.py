"""Rules about the form of a Word file, registered with the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from vanban.checks.finding import Standing
from vanban.checks.form import engine
from vanban.checks.form.verdict import Form, Judgement
from vanban.checks.rules import add_rule

FormFunction = TypeVar("FormFunction", bound=Callable[[Form], Iterator[Judgement]])


@dataclass(frozen=True)
class FormRule(engine.FormRule):
    """A rule that is not yet a row of the specification."""

    judge: Callable[[Form], Iterator[Judgement]] = lambda form: iter(())


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
