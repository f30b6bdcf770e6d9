"""Figures far from those of the other wards, or from the ward's own past: to be looked at again.

The measures are habits of whoever compares figures, no regulation: :data:`HABITS` has them, and
:data:`IN_WORDS` says them as they are printed. Nothing here is a mistake by itself. Median and
quartiles, unlike the mean, are not moved by the very figures that are looked for. Small numbers do
not cry. All is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from vanban.city.gathered import Figures, Gathered, GatheredWard, Past
from vanban.city.totals import value_of
from vanban.figures.comparison import PREVIOUS
from vanban.workspace.models.indicators import Indicator


class Habits(Struct, frozen=True):
    """When a figure is far; shares are of 1, so 1/10 is ten percentage points.

    ``fewest``: wards below which nothing is compared. A ratio is far where it differs from the
    median by more than ``spreads`` times the usual spread (the median distance from the median,
    times 1.4826, which for a normal distribution is the standard deviation) and by more than
    ``points``; its denominator must be ``least`` at least. A count is far where it is more than
    ``times`` the upper, or less than that part of the lower quartile, and by more than ``least``.
    Against the own past, moved as the wards' usually moved, a count is far that is more than
    ``past_times`` as much or as little, by more than ``least``; a ratio by ``past_points``.
    """

    fewest: int = 8
    spreads: Fraction = Fraction(7, 2)
    scale: Fraction = Fraction(14826, 10000)
    points: Fraction = Fraction(1, 10)
    times: int = 5
    least: int = 20
    past_times: int = 2
    past_points: Fraction = Fraction(1, 5)


HABITS = Habits()

IN_WORDS = (
    "Số khác thường là số nên xem lại, chưa chắc là số sai. Ngưỡng dưới đây là thói quen của người "
    "đối chiếu số liệu, không phải quy định.",
    f"Chỉ so các đơn vị với nhau khi có từ {HABITS.fewest} đơn vị có số liệu. Mốc so là trung vị "
    "(xếp các đơn vị theo thứ tự, lấy số đứng giữa), vì trung vị không bị chính số khác thường "
    "kéo lệch.",
    "Tỷ lệ là khác thường khi cách trung vị quá 3,5 lần độ lệch thường thấy (trung vị của các "
    "khoảng cách đến trung vị, nhân 1,4826) và quá 10 điểm %; mẫu số từ "
    f"{HABITS.least} trở lên.",
    f"Số đếm là khác thường khi hơn {HABITS.times} lần tứ phân vị trên (ba phần tư số đơn vị không "
    f"vượt mức này), hoặc chưa bằng 1/{HABITS.times} tứ phân vị dưới, và cách mốc ấy quá "
    f"{HABITS.least}. Quy mô các đơn vị khác nhau nên ngưỡng này rộng.",
    "So với chính đơn vị ở cùng kỳ năm trước (không có thì kỳ cùng loại liền trước), có tính mức "
    f"thay đổi chung của các đơn vị: số đếm hơn {HABITS.past_times} lần hoặc chưa bằng nửa mức ấy, "
    f"và chênh quá {HABITS.least}; tỷ lệ chênh quá 20 điểm %, mẫu số cả hai kỳ từ "
    f"{HABITS.least} trở lên.",
)


class Against(StrEnum):
    """What a figure is far from."""

    OTHERS = "các đơn vị khác"
    PAST = "chính đơn vị kỳ trước"


class Outlier(Struct, frozen=True):
    """A figure that is far: its ``value``, and what it is compared with.

    ``compared`` is the median of the wards, or the ward's own earlier value of ``past``.
    """

    ward: GatheredWard
    indicator: Indicator
    value: Fraction
    against: Against
    compared: Fraction
    past: Past | None = None

    @property
    def is_high(self) -> bool:
        return self.value > self.compared


class Spread(Struct, frozen=True):
    """How the values of some wards lie: least, quartiles, greatest (exact)."""

    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    greatest: Fraction


def spread(values: Iterable[Fraction]) -> Spread | None:
    """Return how ``values`` lie, None for none; a quartile between two is their weighted mean."""
    ordered = sorted(values)
    if not ordered:
        return None
    lower, median, upper = (quantile(ordered, Fraction(part, 4)) for part in (1, 2, 3))
    return Spread(ordered[0], lower, median, upper, ordered[-1])


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return the value below which ``share`` of the ``ordered`` ones lie (as QUARTILE.INC)."""
    at = share * (len(ordered) - 1)
    below = ordered[int(at)]
    above = ordered[min(int(at) + 1, len(ordered) - 1)]
    return below + (above - below) * (at - int(at))


def outliers(gathered: Gathered, indicators: Iterable[Indicator]) -> tuple[Outlier, ...]:
    """Return the figures that are far, by indicators in their order, then by wards in theirs."""
    return tuple(
        each
        for indicator in indicators
        for found in (_among(gathered, indicator), _since(gathered, indicator))
        for each in found
    )


def earlier(gathered: Gathered, ward: GatheredWard) -> Past | None:
    """Return the period that a ward is compared with: of last year, else the last of its kind."""
    before, years = PREVIOUS.get(gathered.period, (gathered.period, -1))
    by_name = {(each.period, each.year): each for each in ward.past}
    same = by_name.get((gathered.period, gathered.year - 1))
    return same or by_name.get((before, gathered.year + years))


def _among(gathered: Gathered, indicator: Indicator) -> Iterator[Outlier]:
    values = [
        (ward, value)
        for ward in _sound(gathered, indicator)
        if (value := _comparable(indicator, ward.figures)) is not None
    ]
    lies = spread(value for _, value in values)
    if lies is None or len(values) < HABITS.fewest:
        return
    if indicator.is_ratio:
        away = sorted(abs(value - lies.median) for _, value in values)
        usual = quantile(away, Fraction(1, 2)) * HABITS.scale
        room = max(HABITS.spreads * usual, HABITS.points)
        low, high = lies.median - room, lies.median + room
    else:
        low = min(lies.lower / HABITS.times, lies.lower - HABITS.least)
        high = max(lies.upper * HABITS.times, lies.upper + HABITS.least)
    for ward, value in values:
        if not low <= value <= high:
            yield Outlier(ward, indicator, value, Against.OTHERS, lies.median)


def _since(gathered: Gathered, indicator: Indicator) -> Iterator[Outlier]:
    """Yield figures far from what the ward's own earlier ones, moved as those of others, come to.

    What moves everywhere in a period, as work that is done by its end, is nothing to look at.
    """
    pairs = [
        (ward, past, before, now)
        for ward in _sound(gathered, indicator)
        if (past := earlier(gathered, ward)) is not None
        and (before := _comparable(indicator, past.figures)) is not None
        and (now := _comparable(indicator, ward.figures)) is not None
    ]
    if indicator.is_ratio:
        moves = [now - before for _, _, before, now in pairs]
    else:
        moves = [now / before for _, _, before, now in pairs if before]
    lies = spread(moves) if len(moves) >= HABITS.fewest else None
    usual = lies.median if lies is not None else Fraction(0 if indicator.is_ratio else 1)
    times = HABITS.past_times
    for ward, past, before, now in pairs:
        if indicator.is_ratio:
            is_far = abs(now - (before + usual)) > HABITS.past_points
        else:
            due = before * usual
            is_near = due / times <= now <= due * times
            is_far = abs(now - due) > HABITS.least and not is_near
        if is_far:
            yield Outlier(ward, indicator, now, Against.PAST, before, past)


def _sound(gathered: Gathered, indicator: Indicator) -> Iterator[GatheredWard]:
    """Yield the wards whose figures contradict nothing; others are told as contradictions."""
    return (ward for ward in gathered.reporting if not ward.is_doubtful(indicator))


def _comparable(indicator: Indicator, figures: Figures) -> Fraction | None:
    """Return the exact value, None where there is none or it is a ratio of small numbers."""
    value = value_of(indicator, figures)
    if indicator.is_ratio and (value.denominator or 0) < HABITS.least:
        return None
    return value.exact
