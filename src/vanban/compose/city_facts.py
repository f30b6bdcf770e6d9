"""What the report of a city is made from: what was gathered, totals, levels, who reaches them.

Nothing is taken for 0: a ward without a figure is in no total, and is counted as lacking it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from vanban.city.gathered import Gathered, GatheredWard
from vanban.city.gathered_file import gathered_of
from vanban.city.ranks import Rank, ranks
from vanban.city.totals import Total, total_of, totals, value_of
from vanban.figures.levels import Bound, parse_level
from vanban.figures.notation import format_in_sentence, format_value
from vanban.figures.values import Value
from vanban.nd30.communes import COMMUNES
from vanban.nd30.letters import alphabetical
from vanban.provenance import Origin, computed, traced, traced_list
from vanban.workspace.files import CITY_REPORTS, GATHERED
from vanban.workspace.models.city_report import CityReport, Compared
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import PERIODS, Period
from vanban.workspace.workspace import Workspace

LEVELS = ("phường", "xã", "đặc khu")
"""Kinds of communes in the order in which lists have them."""
MOST_NAMES = 10
"""Wards that a sentence names; more are counted, and named in an annex."""
SHARING = 2
"""Wards that a sentence names as highest together."""


class Standing(Struct, frozen=True, dict=True):
    """An indicator over the wards: its total, their places, the level that is asked of each.

    ``row`` is what the report says of the comparison, None where the wards are not compared by it.
    """

    indicator: Indicator
    total: Total
    row: Compared | None

    @cached_property
    def places(self) -> Mapping[str, Rank]:
        return ranks(self.indicator, self.total.counted)

    @cached_property
    def level(self) -> Bound | None:
        level = None if self.row is None or self.row.level is None else parse_level(self.row.level)
        return level if isinstance(level, Bound) else None

    @cached_property
    def reached(self) -> tuple[GatheredWard, ...]:
        """The wards that reach the level, exactly; none where there is none."""
        level = self.level
        if level is None:
            return ()
        return tuple(
            each
            for each in self.total.counted
            if each.name in self.places and level.is_met_by(self.places[each.name].value)
        )

    @property
    def is_met(self) -> bool:
        """Say whether the total reaches the level, which must be there."""
        exact = self.total.value.exact
        return exact is not None and self.level is not None and self.level.is_met_by(exact)

    def printed(self, value: Value) -> str:
        return format_value(value, () if self.level is None else (self.level,))

    def said(self, value: Value) -> str:
        return format_in_sentence(value, () if self.level is None else (self.level,))

    def at_end(self, first: bool) -> tuple[GatheredWard, ...]:
        """Return the wards with the highest value (``first``) or the lowest.

        None where all have the same, or only one has a value. Doubtful figures have no place.
        """
        ranked = [
            (self.places[each.name].value, each)
            for each in self.total.counted
            if each.name in self.places
        ]
        values = {value for value, _ in ranked}
        if len(values) < 2:
            return ()
        end = max(values) if first else min(values)
        return tuple(each for value, each in ranked if value == end)


class CityFacts(Struct, frozen=True, dict=True):
    """Everything computed for one report; ``wards`` are those gathered, in the order of lists."""

    workspace: Workspace
    report: CityReport
    period: Period
    gathered: Gathered

    @cached_property
    def wards(self) -> tuple[GatheredWard, ...]:
        return tuple(sorted(self.gathered.wards, key=_by_level_and_name))

    @cached_property
    def reporting(self) -> tuple[GatheredWard, ...]:
        return tuple(each for each in self.wards if each.reported)

    @cached_property
    def absent(self) -> tuple[GatheredWard, ...]:
        return tuple(each for each in self.wards if not each.reported)

    @cached_property
    def totals(self) -> Mapping[str, Total]:
        return totals(self.workspace.all_indicators(), self.reporting)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        return {name: total.value for name, total in self.totals.items()}

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """The standing of every indicator by its id."""
        rows = {row.indicator: row for row in self.report.compared}
        return {
            each.id: Standing(each, self.totals[each.id], rows.get(each.id))
            for each in self.workspace.all_indicators()
        }

    @property
    def compared(self) -> tuple[Standing, ...]:
        return tuple(self.standings[row.indicator] for row in self.report.compared)

    def last_year(self, name: str) -> Value | None:
        """Return the total of last year's same period, None unless all wards counted have one."""
        indicator, counted = self.workspace.indicators_by_id[name], self.totals[name].counted
        year = self.gathered.year - 1
        before = [
            GatheredWard(each.name, figures=each.past_of(self.period.id, year), reported=True)
            for each in counted
        ]
        total = total_of(indicator, before)
        return total.value if counted and total.complete else None

    # --- text that knows what it was computed from ------------------------------------------

    def made_of(self, text: str, wards: Iterable[GatheredWard], *others: Origin) -> str:
        """Return ``text`` as computed from the lines of ``wards`` in the gathered file."""
        origins = tuple(each.origin for each in wards if each.origin is not None)
        return computed(text, *(origins or (self.whole,)), *others)

    @cached_property
    def whole(self) -> Origin:
        """The list of wards in the gathered file."""
        return self.workspace.entries(GATHERED)[self.period.id].origin("wards")

    def total(self, standing: Standing) -> str:
        return self.made_of(standing.printed(standing.total.value), standing.total.counted)

    def count(self, wards: Iterable[GatheredWard], *others: Origin) -> str:
        """Return how many ``wards`` there are as sentences count: "01", "12"."""
        wards = tuple(wards)
        return self.made_of(f"{len(wards):02}" if wards else "0", wards, *others)

    def named(self, ward: GatheredWard) -> str:
        return self.made_of(self.territory(ward), (ward,))

    def territory(self, ward: GatheredWard) -> str:
        """Return "phường Đông Hải", as any period of the year knows it; else its folder."""
        if ward.agency:
            return ward.territory
        others = (each for file in self.workspace.all_of(GATHERED) for each in file.wards)
        name = next(
            (str(each.agency) for each in others if each.agency and each.name == ward.name), ""
        )
        return replace(ward, agency=name).territory if name else f"đơn vị ở thư mục {ward.name}"

    def names(self, wards: Iterable[GatheredWard]) -> str:
        """Return the names of a few wards as a list, "" for many."""
        wards = tuple(wards)
        return traced_list(", ", map(self.named, wards)) if len(wards) <= MOST_NAMES else ""

    def kinds(self) -> str:
        """Return what the wards are: "phường, xã, đặc khu"."""
        there = {_level(each) for each in self.wards}
        words = ", ".join(each for each in COMMUNES if each in there) or "đơn vị"
        return computed(words, self.whole)

    def at_end(self, standing: Standing, first: bool) -> str:
        """Return "phường Đông Hải (99,2%)" of the highest or the lowest; "" for no difference."""
        wards = standing.at_end(first)
        if not wards:
            return ""
        figure = standing.said(value_of(standing.indicator, wards[0].figures))
        if not standing.indicator.is_ratio:
            figure = f"{figure} {standing.indicator.unit}"
        names: str = traced(self.count(wards), " đơn vị")
        if len(wards) <= SHARING:
            names = traced_list(" và ", map(self.named, wards))
        return traced(names, " (", self.made_of(figure, wards), ")")


def gather_facts(workspace: Workspace, period_id: str) -> CityFacts:
    """Return the facts of the report of ``period_id``; its files must be there and checked."""
    file = workspace.entries(GATHERED)[period_id]
    return CityFacts(
        workspace,
        workspace.entries(CITY_REPORTS)[period_id],
        PERIODS[period_id],
        gathered_of(file, workspace.year, period_id),
    )


def _level(ward: GatheredWard) -> str:
    return next((each for each in LEVELS if ward.territory.startswith(f"{each} ")), "")


def _by_level_and_name(ward: GatheredWard) -> tuple[int, tuple[int, ...]]:
    level = _level(ward)
    return (LEVELS.index(level) if level else len(LEVELS)), alphabetical(ward.territory)


def chunks(rows: tuple[Standing, ...], most: int) -> Iterator[tuple[Standing, ...]]:
    """Yield ``rows`` in parts that are as even as can be, of at most ``most``."""
    parts = -(-len(rows) // most)
    for _, part in groupby(enumerate(rows), lambda each: each[0] * parts // len(rows)):
        yield tuple(row for _, row in part)
