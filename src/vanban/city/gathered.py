"""What the wards of a city say of one period, as it was gathered: exact figures, and what is wrong.

Only typed and summed figures are kept; a ratio follows from its numerator and denominator
(:mod:`vanban.city.totals`). A figure that is not there is in no mapping: nothing is taken for 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from vanban.figures.values import Number
from vanban.provenance import Origin
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import PERIODS

Figures = Mapping[str, Number]
"""Figures by the id of their indicator."""


class Matter(StrEnum):
    """What a concern is about, the gravest first."""

    UNREAD = "chưa lấy được số liệu"
    CONTRADICTION = "số liệu mâu thuẫn"
    ALTERED = "tệp đã bị sửa sau khi dựng"
    OTHER_REGISTER = "chỉ tiêu khác sổ chỉ tiêu chung"
    MISSED = "chỉ tiêu không đạt"
    AT_RISK = "chỉ tiêu có nguy cơ không đạt"
    EVIDENCE = "thiếu tài liệu kiểm chứng"
    MISSING = "thiếu số liệu"
    OTHER = "lỗi khác trong nội dung"


GRAVEST_FIRST = tuple(Matter)


class Concern(Struct, frozen=True):
    """One thing to look at in one ward.

    ``place`` is file:line:column (or file!sheet!cell) from the folder of the ward, "" for none;
    ``about`` is the id of the indicator or the code of the sub-criterion, "" where it is of none.
    ``text`` is Vietnamese, on one line, without the name of the ward.
    """

    ward: str
    matter: Matter
    text: str
    about: str = ""
    place: str = ""


class Past(Struct, frozen=True):
    """The figures of an earlier period of the same ward."""

    period: str
    year: int
    figures: Figures

    @property
    def title(self) -> str:
        return PERIODS[self.period].title(self.year)


class Points(Struct, frozen=True):
    """A sub-criterion as the ward scored itself; ``points`` is None where it has none.

    ``at_risk`` are points that nothing proves yet.
    """

    code: str
    points: Decimal | None
    maximum: Decimal
    at_risk: Decimal


@dataclass(frozen=True)
class GatheredWard:
    """What one ward says.

    ``name`` is that of its folder or file, ``agency`` as its documents print it ("Ủy ban nhân dân
    phường Trần Liễu"), "" where even that could not be read. ``reported`` says that there are
    figures of the period. ``shared`` is the version of the set that it shares, "" for none or not
    known. ``missed`` and ``at_risk`` are indicators whose target is not reached, or in danger;
    ``unproven`` are sub-criteria without enough evidence. ``contradictions`` are of its figures, of
    which those of the indicators ``doubtful`` do not agree; ``absence`` says why it has none.
    ``origin`` is its line in the gathered file, None before.
    """

    name: str
    agency: str = ""
    reported: bool = False
    sample: bool = False
    shared: str = ""
    figures: Figures = field(default_factory=dict)
    past: tuple[Past, ...] = ()
    missed: tuple[str, ...] = ()
    at_risk: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()
    points: tuple[Points, ...] = ()
    contradictions: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    absence: str = ""
    origin: Origin | None = field(default=None, compare=False, repr=False)

    @property
    def territory(self) -> str:
        """The ward as a table names it: "phường Trần Liễu"; its folder where nothing was read."""
        return self.agency.removeprefix("Ủy ban nhân dân").strip() or self.name

    def is_doubtful(self, indicator: Indicator) -> bool:
        """Say whether the figure of an indicator, or a part of it, contradicts another."""
        parts = (indicator.id, indicator.numerator, indicator.denominator)
        return any(part in self.doubtful for part in parts)

    def past_of(self, period: str, year: int) -> Figures:
        """Return the figures of an earlier period, none where there is none."""
        found = (each for each in self.past if (each.period, each.year) == (period, year))
        return next((each.figures for each in found), {})


class WardFound(Struct, frozen=True):
    """A ward, and what there is to look at in it; small and plain, to be sent between processes.

    ``province`` tells wards of one name apart, "" where it is not known.
    """

    ward: GatheredWard
    concerns: tuple[Concern, ...]
    province: str = ""


class Gathered(Struct, frozen=True):
    """The wards of a city in one period, in the order in which they were named.

    Those without figures are among them: they are missing, not left out.
    """

    period: str
    year: int
    wards: tuple[GatheredWard, ...]

    @property
    def title(self) -> str:
        """The period as it is written: "quý III năm 2025"."""
        return PERIODS[self.period].title(self.year)

    @property
    def reporting(self) -> tuple[GatheredWard, ...]:
        return tuple(ward for ward in self.wards if ward.reported)

    @property
    def absent(self) -> tuple[GatheredWard, ...]:
        return tuple(ward for ward in self.wards if not ward.reported)

    @property
    def sample(self) -> bool:
        """Say whether any ward's figures are samples: then nothing made of them is to be signed."""
        return any(ward.sample for ward in self.wards)

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions of the shared set that the wards with figures use, "" for none, sorted."""
        return tuple(sorted({ward.shared for ward in self.reporting}))
