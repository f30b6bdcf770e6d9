"""The narrative of a city's report: sentences made from its wards' figures, then what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from vanban.compose.city_facts import CityFacts, Standing
from vanban.compose.composed import Gap
from vanban.compose.narrative import SAME_PERIOD
from vanban.compose.sections import Sections
from vanban.compose.sentences import (
    BOTTOM,
    CITY_FILE,
    CITY_FORMS,
    HIGHEST,
    LACKING,
    LAST_YEAR,
    LEVEL,
    LOWEST,
    OUT_OF,
    PLAIN,
    REACHED,
    TOP,
    Reference,
    read_sentences,
)
from vanban.figures.comparison import change_since
from vanban.figures.figures_in_text import missing_references, with_figures
from vanban.figures.notation import change_in_words
from vanban.nd30.numbers import format_number
from vanban.workspace.models.indicators import Indicator


class CityNarrative:
    """The paragraphs of the sections of a report on wards."""

    def __init__(self, facts: CityFacts, templates: Path) -> None:
        self._facts = facts
        self._templates = templates

    @cached_property
    def _sections(self) -> Sections:
        return Sections(
            self._facts.report,
            read_sentences(self._templates, CITY_FILE, CITY_FORMS),
            self._facts.workspace.indicators_by_id,
            self._says,
            self._is_zero,
        )

    def paragraphs(self, section: str) -> tuple[str, ...]:
        """Return the paragraphs of a section, as :meth:`Sections.paragraphs` does."""
        return self._sections.paragraphs(section)

    def tells(self, section: str) -> bool:
        """Say whether figures fill a section."""
        return section in self._sections.told

    def referred(self, text: str) -> str:
        """Return a text with the totals that its typed references stand for."""
        return with_figures(text, self._facts.values, self._facts.report, self._figure)

    def gaps(self) -> Iterator[Gap]:
        """Yield the references in typed texts to totals that no ward has a figure for."""
        for text, position, value in missing_references(self._facts.values, self._facts.report):
            told = f"lời văn dẫn {{{value.indicator.id}}}, {value.status}: {value.indicator.name}"
            yield Gap(f"{told} — bổ sung số liệu hoặc viết lại câu", text.place_at(position))

    def _figure(self, indicator: Indicator, in_fraction: bool) -> str:
        reference = Reference(indicator.id, PLAIN, 0, in_fraction)
        return _plain(self._facts, self._facts.standings[indicator.id], reference)

    def _says(self, reference: Reference) -> str | None:
        """Return what a sentence says of a figure; None where it is not known, or says nothing."""
        standing = self._facts.standings[reference.indicator]
        if standing.total.value.exact is None and reference.form not in (TOP, BOTTOM):
            return None
        return _SAYS[reference.form](self._facts, standing, reference) or None

    def _is_zero(self, reference: Reference) -> bool:
        value = self._facts.values[reference.indicator]
        parts = {TOP: value.numerator, BOTTOM: value.denominator}
        return parts.get(reference.form, value.exact) == 0


Saying = Callable[[CityFacts, Standing, Reference], str]


def _plain(facts: CityFacts, standing: Standing, reference: Reference) -> str:
    if reference.in_fraction:
        return facts.total(standing)
    return facts.made_of(standing.said(standing.total.value), standing.total.counted)


def _part(name: str) -> Saying:
    """Return what words the numerator or the denominator of a ratio."""

    def say(facts: CityFacts, standing: Standing, reference: Reference) -> str:
        number = getattr(standing.total.value, name)
        if number is None:
            return ""
        text = format_number(number)
        if isinstance(number, int) and 0 < number < 10 and not reference.in_fraction:
            text = f"{number:02}"
        return facts.made_of(text, standing.total.counted)

    return say


def _since_last_year(facts: CityFacts, standing: Standing, _: Reference) -> str:
    before = facts.last_year(standing.indicator.id)
    change = None if before is None else change_since(before, standing.total.value)
    if change is None:
        return ""
    text = change_in_words(change, standing.indicator.unit, SAME_PERIOD)
    return facts.made_of(text, standing.total.counted)


def _level(_: CityFacts, standing: Standing, __: Reference) -> str:
    return (standing.row.level or "") if standing.row is not None else ""


def _reached(facts: CityFacts, standing: Standing, _: Reference) -> str:
    if standing.level is None or standing.row is None:
        return ""
    text, at = str(len(standing.reached)), standing.row.origin("level")
    return facts.made_of(text, standing.total.counted, at)


def _out_of(facts: CityFacts, standing: Standing, _: Reference) -> str:
    return facts.made_of(str(len(standing.places)), standing.total.counted)


def _lacking(facts: CityFacts, standing: Standing, _: Reference) -> str:
    lacking = standing.total.lacking
    return facts.count(lacking) if lacking else ""


_SAYS: Mapping[str, Saying] = {
    PLAIN: _plain,
    TOP: _part("numerator"),
    BOTTOM: _part("denominator"),
    LAST_YEAR: _since_last_year,
    HIGHEST: lambda facts, standing, _: facts.at_end(standing, first=True),
    LOWEST: lambda facts, standing, _: facts.at_end(standing, first=False),
    LEVEL: _level,
    REACHED: _reached,
    OUT_OF: _out_of,
    LACKING: _lacking,
}
