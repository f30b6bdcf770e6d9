"""What the self-assessment says of each sub-criterion that lost points; the outline words it."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from vanban.compose.score_texts import code_of, made, points_text
from vanban.figures.notation import format_ratio
from vanban.nd30.numbers import format_number
from vanban.provenance import computed, traced
from vanban.scoring.leaf import LeafScore
from vanban.scoring.shortfall import shortfall
from vanban.workspace.models.criteria import DECLARED, DueDay


class Deduction(Struct, frozen=True):
    """A sub-criterion that lost points; texts as printed, "" for what its rule has not.

    ``why`` is a :class:`~vanban.scoring.shortfall.Why`; ``result`` is the sentence of its criterion
    with the figures in it, ``declared`` the figures or the tier alone. ``points`` are "0" where all
    are lost. ``strict`` says that the tier is above its ``bound``.
    """

    why: str
    code: str
    name: str
    result: str
    declared: str
    ratio: str
    bound: str
    strict: bool
    each: str
    condition: str
    points: str
    maximum: str
    cause: str


def deduction(leaf: LeafScore) -> Deduction:
    """Return the facts of the sentence of ``leaf``, which lost points."""
    part, rule = leaf.part, leaf.part.rule
    found = shortfall(leaf)
    declared = made(leaf.declared, leaf)
    cause = leaf.answer.cause if leaf.answer is not None else None
    each = "" if rule.each is None else format_number(rule.each)
    return Deduction(
        why=found.why.value,
        code=code_of(part),
        name=part.name,
        result=_result(part.result, declared),
        declared=declared,
        ratio=made(leaf.ratio_text, leaf),
        bound="" if found.bound is None else computed(_bound(found.bound), rule.origin()),
        strict=found.strict,
        each=computed(each, rule.origin("each")),
        condition=rule.precondition or "",
        points=made(points_text(leaf.points) if leaf.points else "0", leaf),
        maximum=computed(points_text(leaf.maximum), part.origin("maximum")),
        cause=cause or "",
    )


def _bound(bound: Fraction | int | DueDay) -> str:
    if isinstance(bound, Fraction):
        return format_ratio(bound)
    return str(bound) if isinstance(bound, DueDay) else format_number(bound)


def _result(sentence: str | None, declared: str) -> str:
    if sentence is None:
        return ""
    at = sentence.index(DECLARED)
    return traced(sentence[:at], declared, sentence[at + len(DECLARED) :])
