"""Figures in the sentences of a report against its annex: counts with their unit, and shares.

Only what names an indicator fully and narrows it by nothing else is compared: "tiếp nhận 1.486 hồ
sơ trực tuyến" is, "1.200 hồ sơ đất đai" is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from vanban.checks.clauses import sentence_around
from vanban.checks.content.printed import printed_at, unprinted
from vanban.checks.content.stated_figures import Kind, StatedFigure, stated_figures
from vanban.checks.content.stated_levels import (
    LONG_FORMS,
    clause_of,
    stated_levels,
    subject_of,
    words_of,
)
from vanban.checks.data import expression, word_list
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import Project, project_algorithm
from vanban.checks.writing import Passage
from vanban.figures.levels import Operator
from vanban.figures.notation import format_value
from vanban.figures.values import Figures, Value, read_figures
from vanban.nd30.letters import plain
from vanban.nd30.numbers import PRINTED, format_number, printed_number
from vanban.workspace.models.answers import SelfAssessment
from vanban.workspace.models.entry import Entry, Item
from vanban.workspace.models.report import Report
from vanban.workspace.periods import PERIODS

MIN_NAME = 2
"""Words, besides the unit, that a sentence must share with the name of an indicator."""

MAX_OTHER = 1
"""Further words that a clause may have before it is about something narrower."""

_NUMBER = re.compile(rf"(?<![\d.,/]){PRINTED}(?![\d/%]|[.,]\d)")
_NOT_A_RESULT = expression("figures", "not_results")
_GENERIC = frozenset(map(plain, word_list("report-words")))


@project_algorithm
def words_against_annex(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    if workspace is None:
        return
    for period, report in workspace.reports.items():
        figures = read_figures(workspace, period)
        texts: list[tuple[Entry, str]] = [(item, "text") for item in _results(report)]
        if period == "year" and workspace.self_assessment is not None:
            texts += _assessed(workspace.self_assessment)
        for entry, name in texts:
            if not project.wants_file(entry.at(name).file):
                continue
            passage = unprinted(str(getattr(entry, name)), entry.at(name))
            wrong = list(contradictions(passage, figures, workspace.year))
            for each, message in wrong:
                words = " ".join(passage.text[each.start : each.end].split())
                yield Hit(printed_at(project, entry, name, words), message)
            for number, clause, value in (*_counts(passage, figures), *_shares(passage, figures)):
                if any(each.start < clause.end and clause.start < each.end for each, _ in wrong):
                    continue  # the indicator's own words say so
                message = _differing(f"ghi {number}", value, format_value(value))
                yield Hit(printed_at(project, entry, name, clause.excerpt), message)


def _assessed(assessment: SelfAssessment) -> Iterator[tuple[Entry, str]]:
    """Yield what the self-assessment tells of the year, which the annual report has figures of."""
    yield from ((item, "text") for item in (*assessment.organisation, *assessment.difficulties))
    for answer in assessment.answers.values():
        yield from ((answer, name) for name in ("explanation", "note") if getattr(answer, name))


def contradictions(
    passage: Passage, figures: Figures, year: int
) -> Iterator[tuple[StatedFigure, str]]:
    """Yield what a passage says otherwise than the figures, by the words of the indicators."""
    values = figures.values
    indicators = [value.indicator for value in values.values() if value.indicator.wordings]
    for figure in stated_figures(passage, indicators, PERIODS[figures.period], year):
        value = values[figure.indicator.id]
        if _fits(figure, value) or _is_of_another(passage, figure, values.values()):
            continue
        printed = format_value(value)
        if figure.kind is Kind.FRACTION:
            part, whole = format_number(value.numerator or 0), format_number(value.denominator or 0)
            printed = f"{part}/{whole}"
        form = {Kind.NONE: "ghi “{}”", Kind.SOME: "nói có “{}”"}.get(figure.kind, "ghi {}")
        yield figure, _differing(form.format(figure.words), value, printed)


def _differing(said: str, value: Value, printed: str) -> str:
    return f"lời văn {said}, phụ lục có “{value.indicator.name}” là {printed}"


def _fits(figure: StatedFigure, value: Value) -> bool:
    """Say whether a statement agrees with the figure; with one that is not known it does."""
    if figure.kind is Kind.FRACTION:
        known = value.numerator, value.denominator
        return figure.narrowed or None in known or (figure.number, figure.whole) == known
    if figure.kind is Kind.SHARE:
        if value.ratio is None:
            return True
        places = len(figure.words.rstrip(" %").partition(",")[2])
        step = Fraction(1, 100 * 10**places) if figure.number < 100 else Fraction(1, 10**6)
        return _agrees(figure, value.ratio, Fraction(figure.number) / 100, step)
    if value.number is None:
        return True
    if figure.kind is Kind.SOME:
        return value.number > 0
    if figure.kind is Kind.NONE:
        return figure.narrowed or value.number == 0
    step = Fraction(1, 10 ** len(figure.words.partition(",")[2]))
    return _agrees(figure, Fraction(value.number), Fraction(figure.number), step)


def _is_of_another(passage: Passage, figure: StatedFigure, values: Iterable[Value]) -> bool:
    """Say whether a statement is right of another indicator that the sentence may well mean.

    A fraction is that of whatever has both numbers; "đang giải quyết 86 hồ sơ, không có hồ sơ quá
    hạn" may be said of those pending.
    """
    if figure.kind is Kind.FRACTION:
        numbers = figure.number, figure.whole
        return any((value.numerator, value.denominator) == numbers for value in values)
    sentence, _ = sentence_around(passage.lower, figure.end, figure.end)
    said = _words(passage.lower[sentence : figure.end])
    words = set(passage.lower[figure.start : figure.end].split())
    return any(
        value.indicator.id != figure.indicator.id
        and value.indicator.is_ratio == figure.indicator.is_ratio
        and len(_words(wording) & words) > 1
        and any(_words(own) < _words(wording) <= said for own in figure.indicator.wordings)
        and value.exact is not None
        and _fits(figure, value)
        for value in values
        for wording in value.indicator.wordings
    )


def _words(wording: str) -> set[str]:
    return set(wording.lower().replace(",", " ").split())


def _agrees(figure: StatedFigure, real: Fraction, stated: Fraction, step: Fraction) -> bool:
    """Compare two numbers as far as the stated one is precise; of a part the whole is more."""
    if figure.narrowed and figure.kind is not Kind.SHARE:
        return stated <= real
    if figure.narrowed:
        return True
    if figure.sign in ("trên", "hơn", "ít nhất", "tối thiểu", "không dưới", "từ"):
        return real >= stated
    if figure.sign in ("dưới", "gần"):
        return real < stated
    return abs(real - stated) < step


def _results(report: Report) -> Iterator[Item]:
    """Yield the paragraphs that tell results; plans and proposals are left out."""
    yield from report.sentences.values()
    for section in (report.direction, report.results, report.assessment):
        yield from (entry for entry in section.entries() if isinstance(entry, Item))


_Number = tuple[str, Stretch, Value]
"""A number in a sentence, its clause, and the value that it should be."""


def _counts(passage: Passage, figures: Figures) -> Iterator[_Number]:
    """Yield the counts of a sentence that differ, each with the value that it should be."""
    numbers = [found.span() for found in _NUMBER.finditer(passage.text)]
    for index, (start, end) in enumerate(numbers):
        before = numbers[index - 1][1] if index else 0
        after = numbers[index + 1][0] if index + 1 < len(numbers) else len(passage.text)
        unit = next((unit for unit in _units(figures) if _follows(unit, passage, end)), None)
        number = printed_number(passage.text[start:end])
        if unit is None or number is None:
            continue
        stated = (start, _follows(unit, passage, end))
        clause = Stretch(passage, *clause_of(passage, stated, before, after))
        subject = subject_of(passage, clause.start, clause.end, stated)
        value = _named(clause, subject, figures, unit)
        known = {value.number for value in figures.values.values() if value.indicator.unit == unit}
        if value is not None and value.number is not None and number not in known:
            yield passage.text[start:end], clause, value


def _shares(passage: Passage, figures: Figures) -> Iterator[_Number]:
    """Yield the shares of a sentence that differ, each with the value that it should be."""
    for each in stated_levels(passage):
        if each.level is None or each.level.operator is not Operator.EQUAL or each.change:
            continue
        value = _named(each.stretch, each.subject, figures, "%")
        step = Fraction(1, 100 * 10 ** len(each.words.rstrip(" %").partition(",")[2]))
        if value is not None and value.ratio is not None and abs(value.ratio - each.low) >= step:
            yield each.words, each.stretch, value


def _named(clause: Stretch, subject: frozenset[str], figures: Figures, unit: str) -> Value | None:
    """Return the value whose indicator a clause names best, None where it names none."""
    if _NOT_A_RESULT.search(clause.excerpt.lower()):
        return None
    best: tuple[int, Value | None] = (MIN_NAME - 1, None)
    for value in figures.values.values():
        if value.indicator.unit != unit:
            continue
        name = words_of(value.indicator.name) - words_of(unit) - _GENERIC
        others = subject - name - words_of(unit) - _GENERIC
        if len(name) > best[0] and name <= subject and len(others) <= MAX_OTHER:
            best = (len(name), value)
    return best[1]


def _units(figures: Figures) -> list[str]:
    units = {value.indicator.unit for value in figures.values.values()}
    return sorted(units - {"%"}, key=lambda unit: (-len(unit), unit))


def _follows(unit: str, passage: Passage, position: int) -> int:
    """Return where ``unit`` ends when it stands at ``position``, 0 where it does not."""
    for name in (unit.lower(), LONG_FORMS.get(unit.lower())):
        found = name and re.compile(rf"\s+{re.escape(name)}(?!\w)").match(passage.lower, position)
        if found:
            return found.end()
    return 0
