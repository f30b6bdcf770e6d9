"""Do the figures of one ward agree with each other, where only the figures are known?

Of wards whose content is read, :mod:`vanban.figures.checks` tells more, at its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from vanban.city.gathered import Figures
from vanban.figures.values import Number
from vanban.nd30.numbers import format_typed
from vanban.workspace.models.indicators import Identity, Indicator, IndicatorRegister

Disagreement = tuple[tuple[str, ...], str]
"""The ids of the indicators that do not agree, and what is wrong."""


def disagreements(register: IndicatorRegister, figures: Figures) -> Iterator[Disagreement]:
    """Yield what does not agree: sums and their parts, parts of ratios, identities."""
    groups = (topic.indicators for group in register.groups for topic in group.topics)
    indicators = [each for group in (*groups, register.others) for each in group]
    names = {each.id: str(each.name) for each in indicators}
    for indicator in indicators:
        yield from _sum_differs(indicator, figures)
        yield from _parts_exceed(indicator, figures, names)
    for identity in register.identities:
        yield from _is_broken(identity, figures)


def _sum_differs(indicator: Indicator, figures: Figures) -> Iterator[Disagreement]:
    total, parts = figures.get(indicator.id), _total(figures, indicator.sum_of)
    if indicator.sum_of and total is not None and parts is not None and total != parts:
        yield (
            _ids(indicator.id, *indicator.sum_of),
            f"tổng “{indicator.name}” ghi {format_typed(total)} nhưng các số thành phần cộng lại "
            f"là {format_typed(parts)}",
        )


def _parts_exceed(
    indicator: Indicator, figures: Figures, names: dict[str, str]
) -> Iterator[Disagreement]:
    if indicator.numerator is None or indicator.denominator is None:
        return
    top, bottom = figures.get(indicator.numerator), figures.get(indicator.denominator)
    if top is None or bottom is None or top <= bottom or (indicator.may_exceed_100 and bottom):
        return
    yield (
        _ids(indicator.numerator, indicator.denominator),
        f"“{indicator.name}”: tử số “{names[indicator.numerator]}” là {format_typed(top)}, lớn hơn "
        f"mẫu số “{names[indicator.denominator]}” là {format_typed(bottom)}",
    )


def _is_broken(identity: Identity, figures: Figures) -> Iterator[Disagreement]:
    left, right = _total(figures, identity.left), _total(figures, identity.right)
    if left is None or right is None or left == right or (identity.at_most and left < right):
        return
    must = "không được lớn hơn" if identity.at_most else "phải bằng"
    yield (
        _ids(*identity.left, *identity.right),
        f"không khớp: {identity.name} — vế trái {format_typed(left)} {must} vế phải "
        f"{format_typed(right)}",
    )


def _ids(*indicators: str) -> tuple[str, ...]:
    return tuple(map(str, indicators))


def _total(figures: Figures, indicators: tuple[str, ...]) -> Number | None:
    if any(each not in figures for each in indicators):
        return None
    return sum((figures[each] for each in indicators), 0)
