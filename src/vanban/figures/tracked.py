"""Results of targets → one row an indicator: all its levels, one verdict, one explanation.

What the report's annex, the shortcomings of its narrative and the brief for a meeting tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from vanban.figures.levels import Bound, Direction
from vanban.figures.notation import format_ratio, format_size, format_value, rounded_ratio
from vanban.figures.targets import TargetResult
from vanban.figures.verdicts import GRAVEST_FIRST, SHORT_OF, Verdict, side_of
from vanban.nd30.numbers import format_number, round_half_up
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.tracking import Side


class Tracked(Struct, frozen=True):
    """An indicator with every level that the plan sets for it.

    ``results`` are in the order of the plan, never empty. ``verdict`` is the gravest of theirs, a
    level that cannot be judged counting for nothing beside one that can; ``result`` is the printed
    figure of the period, ``explanation`` a printed sentence without full stop, "" where the
    verdict says all.
    """

    results: tuple[TargetResult, ...]

    @property
    def indicator(self) -> Indicator:
        return self.results[0].indicator

    @property
    def result(self) -> str:
        return self.results[0].result

    @property
    def verdict(self) -> Verdict:
        return min((each.verdict for each in self.results), key=GRAVEST_FIRST.index)

    @property
    def levels(self) -> tuple[TargetResult, ...]:
        """The results, each level with its deadline once."""
        return tuple({(each.level, each.deadline): each for each in self.results}.values())

    @property
    def explanation(self) -> str:
        levels = self.levels
        told = [_to_date(self.results[0])]
        if len(levels) == 1:
            told.append(_explained(levels[0]))
        for each in levels if len(levels) > 1 else ():
            why = _explained(each)
            verdict = "" if why and each.verdict is self.verdict else each.verdict.lower()
            told.append(f"mức {each.level_text}: {', '.join(filter(None, (verdict, why)))}")
        text = "; ".join(filter(None, told))
        return text[:1].upper() + text[1:]


def tracked(results: Iterable[TargetResult]) -> tuple[Tracked, ...]:
    """Gather the results of each indicator, in the order in which the plan first names it."""
    by_indicator: dict[str, list[TargetResult]] = {}
    for result in results:
        by_indicator.setdefault(result.indicator.id, []).append(result)
    return tuple(Tracked(tuple(same)) for same in by_indicator.values())


def shortfalls(rows: Iterable[Tracked]) -> tuple[Tracked, ...]:
    """Return the indicators that are missed or in danger, the missed first."""
    short = (row for row in rows if row.verdict in SHORT_OF)
    return tuple(sorted(short, key=lambda row: GRAVEST_FIRST.index(row.verdict)))


def conflicting_targets(rows: Iterable[Tracked]) -> tuple[str, ...]:
    """Return a warning for each indicator that the plan gives different levels, with the places."""
    warnings: list[str] = []
    for row in rows:
        if len({result.level for result in row.results}) > 1:
            levels = "; ".join(f"“{each.level_text}” tại {each.place}" for each in row.results)
            warnings.append(
                f"chỉ tiêu “{row.indicator.name}” có các mức khác nhau: {levels} — nên thống "
                "nhất một mức trong kế hoạch"
            )
    return tuple(warnings)


def _to_date(result: TargetResult) -> str:
    """Say what the figure comes to since the start of the year, where that is another."""
    if not isinstance(result.level, Bound) or result.to_date.exact == result.value.exact:
        return ""
    if result.to_date.exact is None:
        return "chưa có số liệu lũy kế từ đầu năm" if result.value.exact is not None else ""
    return f"lũy kế từ đầu năm {format_value(result.to_date, [result.level])}"


def _explained(result: TargetResult) -> str:
    """Say by how much a figure is short, above or on its way; "" where there is nothing to say."""
    if isinstance(result.level, Direction):
        return _against_last_year(result)
    exact, needed = result.to_date.exact, result.needed
    if exact is None or needed is None:
        return ""
    cap = side_of(result.level, exact) is Side.AT_MOST
    whole = needed == result.level.value
    by_now = f"mức {'cho phép' if cap else 'cần có'} đến nay ({_shown(result, needed)})"
    limit = "mức đề ra" if whole else by_now
    if result.verdict not in SHORT_OF:
        return "" if whole else f"{'trong' if cap else 'đạt'} {limit}"
    if exact == needed:
        return f"chỉ bằng {limit}"
    return f"{'thấp hơn' if exact < needed else 'vượt'} {limit} {_gap(result, exact, needed)}"


def _gap(result: TargetResult, exact: Fraction, needed: Fraction) -> str:
    """Return how far a figure is from what it needs, as the two printed numbers are apart."""
    if result.indicator.is_ratio:
        printed = [rounded_ratio(each, [result.level]) for each in (exact, needed)]
        exact, needed = printed if printed[0] != printed[1] else (exact, needed)
    return _size(result, abs(exact - needed))


def _against_last_year(result: TargetResult) -> str:
    if result.value.exact is None:
        return ""
    if result.needed is None:
        return "chưa có số liệu cùng kỳ năm trước"
    change = result.value.exact - result.needed
    if not change:
        return "bằng cùng kỳ năm trước"
    way = "cao" if change > 0 else "thấp"
    return f"{way} hơn cùng kỳ năm trước {_size(result, abs(change))}"


def _size(result: TargetResult, size: Fraction) -> str:
    if result.indicator.is_ratio:
        return format_size(size, points=True)
    return f"{_shown(result, size)} {result.indicator.unit}"


def _shown(result: TargetResult, value: Fraction) -> str:
    if result.indicator.is_ratio:
        return format_ratio(value)
    return format_number(round_half_up(value, 0 if value.denominator == 1 else 1))
