"""Bars of charts as inline SVG; their numbers stand beside them in the same row of a table."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup, escape
from msgspec import Struct

from vanban.app.year_progress import AreaTargets, FieldPoints
from vanban.exchange.due import UnitState
from vanban.figures.verdicts import Verdict
from vanban.nd30.numbers import format_number

COLOURS = {
    Verdict.REACHED: "good",
    Verdict.ON_TRACK: "way",
    Verdict.AT_RISK: "risk",
    Verdict.MISSED: "bad",
    Verdict.NO_FIGURE: "none",
    Verdict.NOT_ARISEN: "none",
}
"""Classes of the style sheet, the best first; the words beside say the same."""

Number = int | Decimal


class Part(Struct, frozen=True):
    """A stretch of a bar: its words, how much it is, its class."""

    words: str
    size: Number
    colour: str


def bar(parts: Iterable[Part], whole: Number) -> Markup:
    """Return a bar of ``whole``, its parts from the left, with its words for who cannot see it.

    Figures may be absurd while they are typed: a part below 0 is not drawn, none beyond the end.
    """
    drawn, at = [], Decimal(0)
    told = []
    for part in parts:
        if part.size <= 0:
            continue
        told.append(f"{part.words} {format_number(part.size)}")
        width = min(Decimal(part.size) * 100 / Decimal(whole), 100 - at)
        drawn.append(
            f'<rect class="{part.colour}" x="{at:.2f}" y="0" width="{width:.2f}" height="10"/>'
        )
        at += width
    label = escape(", ".join(told) or "chưa có gì")
    return Markup(
        '<svg class="chart" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{"".join(drawn)}</svg>'
    )


def bar_of_targets(area: AreaTargets, longest: int) -> Markup:
    parts = (Part(each.lower(), area.counts[each], colour) for each, colour in COLOURS.items())
    return bar(parts, longest)


def bar_of_points(field: FieldPoints, longest: Number) -> Markup:
    lost = field.maximum - field.points - field.unanswered
    return bar(
        (
            Part("đã có tài liệu chứng minh", field.points - field.at_risk, "good"),
            Part("có nguy cơ mất", field.at_risk, "risk"),
            Part("chưa trả lời", field.unanswered, "bad"),
            Part("chưa đạt", lost, "none"),
        ),
        longest,
    )


def bar_of_figures(unit: UnitState) -> Markup:
    missing = len(unit.missing)
    parts = (Part("đã có", unit.asked - missing, "good"), Part("còn thiếu", missing, "bad"))
    return bar(parts, unit.asked or 1)
