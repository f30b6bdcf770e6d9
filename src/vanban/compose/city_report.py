"""The report of a city on its wards: what was gathered and typed → Document, by ``city-report.md``.

Totals, ratios from totals, places and who reaches a level follow from the gathered figures alone;
every such text is computed from the lines of the wards that are in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from vanban.city.gathered import GatheredWard
from vanban.city.totals import value_of
from vanban.compose.abbreviations import inside_a_sentence
from vanban.compose.city_charts import chart_of_levels, ward_charts
from vanban.compose.city_facts import CityFacts, Standing, chunks, gather_facts
from vanban.compose.city_narrative import CityNarrative
from vanban.compose.composed import Composed, Gap
from vanban.compose.furniture import basis_lines, blank_bases, make_document, registry_blanks
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.period_values import INITIATIVE_PERIODS, INITIATIVES, period_values
from vanban.compose.sections import empty_sections
from vanban.figures.notation import NO_CHANGE_KNOWN
from vanban.figures.values import Status, typed_parts
from vanban.provenance import computed, origins_of, traced, traced_list
from vanban.workspace.files import GATHERED
from vanban.workspace.models.entry import SampleEntry
from vanban.workspace.workspace import Workspace

MOST_COLUMNS = 9
"""Indicators beside each other on a landscape page; more go into another table."""
MOST_LACKING = 3
"""Missing figures of a ward that are named; more are counted."""
DOUBTFUL = "*"
"""Stands for the place of a figure that contradicts another."""
NO_BREAK = "\u00a0"
NO_VALUE = NO_CHANGE_KNOWN
HIGHLIGHTS, SHORTCOMINGS = "danh_gia.noi_bat", "danh_gia.ton_tai"
"""Sections that say something without typed text."""


class StatisticsRow(Struct, frozen=True):
    """A row of the totals; a ``heading`` row has only number and name."""

    number: str
    name: str
    heading: bool = False
    unit: str = ""
    value: str = ""
    counted: str = ""


class ComparedRow(Struct, frozen=True):
    """An indicator over all wards, as the table of the body has it."""

    name: str
    value: str
    level: str
    reached: str
    highest: str
    lowest: str


class Named(Struct, frozen=True):
    """Indicators that a sentence names; ``count`` and ``all`` are worded: "01", "12"."""

    count: str
    all: str
    names: str
    rows: tuple[Shortfall, ...] = ()


class Shortfall(Struct, frozen=True):
    """An indicator whose total does not reach its level, as a sentence tells it."""

    words: str
    value: str
    level: str


class Column(Struct, frozen=True):
    """An indicator at the head of the table of wards, with the unit of what stands below."""

    name: str
    unit: str
    level: str
    total: str


class WardCell(Struct, frozen=True):
    """A ward's figure with its place; ``short`` says that it does not reach the level."""

    text: str
    short: bool


class WardRow(Struct, frozen=True):
    name: str
    cells: tuple[WardCell, ...]


class WardTable(Struct, frozen=True):
    """The wards by some of the indicators; ``title`` names their place among all: "Bảng 1"."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[WardRow, ...]

    @property
    def has_levels(self) -> bool:
        return any(column.level for column in self.columns)


class ConcernRow(Struct, frozen=True):
    """What a ward has to look at again."""

    name: str
    text: str


class Wards(Struct, frozen=True):
    """The wards in words; ``absent`` is "" where all have figures."""

    kinds: str
    all: str
    reporting: str
    absent: str
    absent_names: str


def compose_city_report(workspace: Workspace, period_id: str, templates: Path) -> Composed:
    """Compose the report of ``period_id``; what it is made from must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    facts = gather_facts(workspace, period_id)
    report, period, year = facts.report, facts.period, workspace.year
    narrative = CityNarrative(facts, templates)
    concerns = tuple(_concerns(facts))
    outlined = fill_outline(
        templates / "city-report.md",
        {
            "agency": workspace.agency,
            "report": report,
            "bases": basis_lines(report.bases, workspace),
            **period_values(report, period, year),
            "wards": _wards(facts),
            "paragraphs": narrative.paragraphs,
            "statistics": tuple(_statistics(facts)),
            "compared": tuple(_compared(each, facts) for each in facts.compared),
            "chart": chart_of_levels(facts) or "",
            "ward_charts": tuple(ward_charts(facts)),
            "met": _named(facts, met=True),
            "short": _named(facts, met=False),
            "contradicted": _contradicted(facts),
            "contradicted_names": facts.names(_contradicting(facts)),
            "parts": tuple(_tables(facts)),
            "concerns": concerns,
        },
        narrative.referred,
    )
    document_id = period.city_document_id
    used: tuple[SampleEntry, ...] = (
        workspace.indicators,
        workspace.entries(GATHERED)[period_id],
    )
    document = make_document(document_id, outlined, report, workspace, used)
    return Composed(
        document,
        outlined.path,
        missing=gaps("report", document, (report,), workspace, _missing(facts, narrative)),
        blanks=(*registry_blanks(report), *blank_bases(report, workspace)),
    )


def _wards(facts: CityFacts) -> Wards:
    return Wards(
        facts.kinds(),
        facts.made_of(str(len(facts.wards)), facts.wards),
        facts.made_of(str(len(facts.reporting)), facts.reporting),
        facts.count(facts.absent) if facts.absent else "",
        facts.names(facts.absent),
    )


# --- tables --------------------------------------------------------------------------------


def _statistics(facts: CityFacts) -> Iterator[StatisticsRow]:
    """Yield the totals by groups and topics of the register, with how many wards are in each."""
    for group_number, group in enumerate(facts.workspace.indicators.groups, 1):
        yield StatisticsRow(computed(str(group_number), group.origin()), group.name, heading=True)
        for number, indicator in group.numbered(str(group_number)):
            if isinstance(indicator, str):
                topic = computed(number, *origins_of(indicator))
                yield StatisticsRow(topic, indicator, heading=True)
                continue
            standing = facts.standings[indicator.id]
            value = facts.total(standing)
            counted = standing.total.counted
            yield StatisticsRow(
                computed(number, indicator.origin()),
                indicator.name,
                unit=indicator.unit,
                value=value.removesuffix("%") if indicator.unit == "%" else value,
                counted=facts.made_of(f"{len(counted)}/{len(facts.reporting)}", counted),
            )


def _compared(standing: Standing, facts: CityFacts) -> ComparedRow:
    reached = ""
    if standing.level is not None and standing.row is not None:
        text = f"{len(standing.reached)}/{len(standing.places)}"
        reached = facts.made_of(text, standing.total.counted, standing.row.origin("level"))
    value = facts.total(standing)
    if not standing.indicator.is_ratio and standing.total.value.exact is not None:
        value = traced(value, " ", standing.indicator.unit)
    return ComparedRow(
        standing.indicator.name,
        value,
        _level(standing),
        reached,
        facts.at_end(standing, first=True) or _alike(standing, facts),
        facts.at_end(standing, first=False) or _alike(standing, facts),
    )


def _alike(standing: Standing, facts: CityFacts) -> str:
    """Return what stands for the highest and the lowest where all wards have the same value."""
    return facts.made_of("như nhau", standing.total.counted) if len(standing.places) > 1 else ""


def _level(standing: Standing) -> str:
    return (standing.row.level or "") if standing.row is not None else ""


def _tables(facts: CityFacts) -> Iterator[WardTable]:
    """Yield the wards by all indicators that they are compared by, so many beside each other."""
    own = facts.report.origin("compared")
    for number, part in enumerate(chunks(facts.compared, MOST_COLUMNS), 1):
        columns = (_column(each, facts) for each in part)
        rows = (
            WardRow(facts.named(ward), tuple(_cell(ward, each, facts) for each in part))
            for ward in facts.wards
        )
        yield WardTable(computed(f"Bảng {number}", own), tuple(columns), tuple(rows))


def _column(standing: Standing, facts: CityFacts) -> Column:
    indicator = standing.indicator
    total = facts.total(standing).removesuffix("%")
    return Column(indicator.name, indicator.unit, _level(standing), total)


def _cell(ward: GatheredWard, standing: Standing, facts: CityFacts) -> WardCell:
    value = value_of(standing.indicator, ward.figures)
    if value.exact is None:
        return WardCell(facts.made_of(NO_VALUE, (ward,)), short=False)
    rank = standing.places.get(ward.name)
    place = DOUBTFUL if rank is None else rank.place
    printed = standing.printed(value).removesuffix("%")
    text = facts.made_of(f"{printed}{NO_BREAK}({place})", (ward,))
    if rank is None:
        return WardCell(text, short=False)
    short = standing.level is not None and not standing.level.is_met_by(rank.value)
    return WardCell(text, short)


# --- what is not reached, what is to be looked at ---------------------------------------------


def _named(facts: CityFacts, met: bool) -> Named | None:
    """Return the indicators whose totals reach their level, or do not; None where there are none.

    Those without a total are neither.
    """
    judged = [
        each
        for each in facts.compared
        if each.level is not None and each.total.value.exact is not None
    ]
    rows = [each for each in judged if each.is_met is met]
    if not rows:
        return None
    own = facts.report.origin("compared")
    words = [inside_a_sentence(each.indicator.name, facts.workspace) for each in rows]
    return Named(
        computed(f"{len(rows):02}", own),
        computed(f"{len(judged):02}", own),
        traced_list("; ", words),
        tuple(
            Shortfall(word, _compared(each, facts).value, _level(each))
            for word, each in zip(words, rows, strict=True)
        ),
    )


def _contradicted(facts: CityFacts) -> str:
    wards = _contradicting(facts)
    return facts.count(wards) if wards else ""


def _contradicting(facts: CityFacts) -> tuple[GatheredWard, ...]:
    return tuple(each for each in facts.reporting if each.contradictions)


def _concerns(facts: CityFacts) -> Iterator[ConcernRow]:
    """Yield the wards without figures, with figures that disagree, or that lack some."""
    compared = set(_parts_compared(facts))
    asked = [
        each
        for each in facts.workspace.all_indicators()
        if not each.is_ratio and not each.sum_of and facts.totals[each.id].counted
    ]
    asked.sort(key=lambda each: each.id not in compared)
    for ward in facts.wards:
        if ward.reported:
            lacking = [each.name for each in asked if each.id not in ward.figures]
            texts = [
                *(text.partition(" — ")[0] for text in ward.contradictions),
                *_lacking(lacking),
            ]
        else:
            texts = [ward.absence.partition(" — ")[0] or Status.MISSING]
        if texts:
            said = ". ".join(f"{text[:1].upper()}{text[1:]}" for text in texts)
            yield ConcernRow(facts.named(ward), facts.made_of(said, (ward,)))


def _parts_compared(facts: CityFacts) -> Iterator[str]:
    """Yield the figures that the comparison is made of."""
    for each in facts.compared:
        for name in (each.indicator.numerator, each.indicator.denominator, each.indicator.id):
            yield from typed_parts(facts.workspace, (name,)) if name is not None else ()


def _lacking(names: list[str]) -> Iterator[str]:
    if len(names) > MOST_LACKING:
        first = "; ".join(names[:MOST_LACKING])
        yield f"thiếu số liệu của {len(names)} chỉ tiêu, trong đó có: {first}"
    elif names:
        yield f"thiếu số liệu: {'; '.join(names)}"


def _missing(facts: CityFacts, narrative: CityNarrative) -> Iterator[Gap]:
    report = facts.report
    yield from narrative.gaps()
    filled = {
        *((HIGHLIGHTS,) if _named(facts, met=True) else ()),
        *(
            (SHORTCOMINGS,)
            if _named(facts, met=False) or facts.absent or _contradicted(facts)
            else ()
        ),
        *((INITIATIVES,) if facts.period.id not in INITIATIVE_PERIODS else ()),
    }
    for gap in empty_sections(report):
        if gap.key not in filled and not narrative.tells(gap.key):
            yield gap
