"""Charts of a report on wards, as tables of bars: who reaches each level, and the wards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct

from vanban.city.totals import value_of
from vanban.compose.abbreviations import inside_a_sentence
from vanban.compose.bars import Bar, bar_chart
from vanban.compose.city_facts import CityFacts, Standing
from vanban.document import Table
from vanban.provenance import computed

MOST_BARS = 20
"""Wards in a chart; of more the ends are drawn."""
WIDTHS = (72.0, 66.0, 27.0)
"""Of labels, full bars and figures of a chart, mm."""


class WardChart(Struct, frozen=True):
    """Bars of wards by one indicator: of the ``first`` and the ``last`` so many; "" for all."""

    words: str
    first: str
    last: str
    table: Table


def chart_of_levels(facts: CityFacts) -> Table | None:
    """Return bars of the share of wards that reach each level, the best first; None for none."""
    rows = [each for each in facts.compared if each.level is not None and each.places]
    bars = []
    for each in sorted(rows, key=_share, reverse=True):
        figure = facts.made_of(f"{len(each.reached)}/{len(each.places)}", each.total.counted)
        bars.append(Bar(each.indicator.name, _share(each), figure))
    if not bars:
        return None
    head = ("Chỉ tiêu", "Tỷ lệ số đơn vị đạt mức đề ra", "Số đơn vị")
    return bar_chart(bars, head, WIDTHS)


def ward_charts(facts: CityFacts) -> Iterator[WardChart]:
    """Yield bars of the wards by the indicators that are to be drawn, the highest first.

    Of many wards only the ends; where more share the first place than are drawn, the lowest alone.
    """
    for standing in charted(facts.compared):
        wards = {each.name: each for each in standing.total.counted}
        names = list(standing.places)
        first, last = len(names), 0
        if len(names) > MOST_BARS:
            half = MOST_BARS // 2
            first = half if standing.places[names[half]].place > 1 else 0
            last = MOST_BARS - first
            names = [*names[:first], *names[-last:]]
        most = max((rank.value for rank in standing.places.values()), default=Fraction(1))
        whole = Fraction(1) if standing.indicator.is_ratio else most or Fraction(1)
        bars = []
        for name in names:
            value = value_of(standing.indicator, wards[name].figures)
            figure = facts.made_of(standing.printed(value), (wards[name],))
            share = min(standing.places[name].value / whole, Fraction(1))
            bars.append(Bar(facts.named(wards[name]), share, figure))
        table = bar_chart(bars, ("Đơn vị", "Kết quả", ""), WIDTHS)
        own = standing.indicator.origin()
        yield WardChart(
            inside_a_sentence(standing.indicator.name, facts.workspace),
            computed(str(first), own) if last and first else "",
            computed(str(last), own) if last else "",
            table,
        )


def charted(rows: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return what is to be drawn: as the report says, else the ratio that differs most."""
    rows = [each for each in rows if len({rank.value for rank in each.places.values()}) > 1]
    asked = tuple(each for each in rows if each.row is not None and each.row.is_charted)
    ratios = [each for each in rows if each.indicator.is_ratio]
    return asked or tuple(sorted(ratios, key=_width, reverse=True)[:1])


def _width(standing: Standing) -> Fraction:
    values = [rank.value for rank in standing.places.values()]
    return max(values) - min(values)


def _share(standing: Standing) -> Fraction:
    return Fraction(len(standing.reached), len(standing.places))
