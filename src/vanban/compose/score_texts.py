"""Points and figures of the self-assessment as printed text that knows its answers."""

from __future__ import annotations

from decimal import Decimal

from vanban.nd30.numbers import MINUS, format_number
from vanban.provenance import Origin, computed, sources_of
from vanban.scoring.leaf import LeafScore
from vanban.scoring.scores import CriterionScore, FieldScore
from vanban.workspace.models.criteria import CriteriaField, Criterion, SubCriterion

UNKNOWN = "–"


def points_text(points: Decimal | None) -> str:
    """Return points with two decimals, "–" where there are none."""
    return UNKNOWN if points is None else format_number(points, 2)


def change_text(change: Decimal | None) -> str:
    """Return how many points more, "+0,50", or fewer, "−1,00"; "–" where that is not known."""
    if change is None:
        return UNKNOWN
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{format_number(abs(change), 2)}"


def code_of(entry: CriteriaField | Criterion | SubCriterion) -> str:
    return computed(entry.code, entry.origin("code"))


def origins(*scores: FieldScore | CriterionScore | LeafScore) -> tuple[Origin, ...]:
    """Return the maximum points and the answers that points are made from."""
    found: list[Origin] = []
    for each in scores:
        if isinstance(each, LeafScore):
            found.append(each.part.origin("maximum"))
            found += [] if each.answer is None else [each.answer.origin()]
        else:
            found += origins(*(each.criteria if isinstance(each, FieldScore) else each.leaves))
    return tuple(found)


def made(text: str, leaf: LeafScore) -> str:
    """Return ``text`` as made from an answer, where it does not say more of itself."""
    return text if sources_of(text) else computed(text, *origins(leaf))
