"""Whose document a Word file is: its kind, issuer and level, recognised once before any rule runs.

Rules of the agency of the content are for its own documents alone (``cho`` of a row); of those of
others, and where nobody can say, they tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from vanban.checks.form.components import Components
from vanban.nd30.letters import fold
from vanban.workspace.models.agency import Agency


class Level(StrEnum):
    """What kind of body issues a document."""

    PARTY = "tổ chức Đảng"
    COMPANY = "doanh nghiệp, hợp tác xã"
    UNION = "Mặt trận, đoàn thể, hội"
    COMMUNE = "cấp xã"
    DISTRICT = "cấp huyện"
    SERVICE = "đơn vị sự nghiệp"
    PROVINCE = "cấp tỉnh"
    CENTRAL = "trung ương"


_COUNCIL = "(UY BAN NHAN DAN|UBND|HOI DONG NHAN DAN|HDND)"
_LEVELS = {
    Level.PARTY: r"DANG (UY|BO)|CHI BO|TINH UY|THANH UY|HUYEN UY|QUAN UY|DANG CONG SAN",
    Level.COMPANY: r"(TONG )?CONG TY|TAP DOAN|DOANH NGHIEP|NGAN HANG|HOP TAC XA|XI NGHIEP|NHA MAY",
    Level.UNION: r"(UY BAN )?(MAT TRAN|MTTQ)|(LIEN )?DOAN|HOI (?!DONG)|CONG DOAN",
    Level.SERVICE: r"TRUONG|DAI HOC|HOC VIEN|BENH VIEN|TRUNG TAM|TRAM|VIEN (?!KIEM)|BAN QUAN LY",
    Level.COMMUNE: rf"{_COUNCIL} (PHUONG|XA|DAC KHU|THI TRAN)\b",
    Level.DISTRICT: rf"{_COUNCIL} (HUYEN|QUAN|THI XA)\b",
    Level.PROVINCE: rf"{_COUNCIL} (TINH|THANH PHO|TP)|SO |CHI CUC",
    Level.CENTRAL: r"(VAN PHONG |THANH TRA )?CHINH PHU|BO (?!CHI HUY)|QUOC HOI|(TONG )?CUC ",
}
"""How the name of an issuer begins, folded; asked in this order, the issuer before its superior."""


class Identity(Struct, frozen=True):
    """What a document says of itself; "" and None where it does not.

    ``issuer`` and ``superior`` are the names as printed. ``own`` says whether the agency of the
    content, or one of its units, issues it.
    """

    kind: str = ""
    issuer: str = ""
    superior: str = ""
    level: Level | None = None
    own: bool = False

    def __str__(self) -> str:
        """Return "Công văn của SỞ NỘI VỤ (UBND TỈNH HÀ GIANG), cấp tỉnh"."""
        above = f" ({self.superior})" if self.superior else ""
        level = f", {self.level}" if self.level is not None else ""
        whose = f"của {self.issuer}{above}{level}" if self.issuer else "chưa rõ của cơ quan nào"
        return f"{self.kind or 'chưa rõ loại văn bản'} {whose}"


def identify(components: Components, agency: Agency | None) -> Identity:
    """Return whose document it is by its head; ``agency`` is that of the content."""
    issuer, superior = (
        " ".join(" ".join(part.text.split()) for part in components.get(name))
        for name in ("co-quan-ban-hanh", "co-quan-chu-quan")
    )
    own = agency is not None and _is_of(agency, f"{superior} {issuer}".strip(), components)
    return Identity(components.kind, issuer, superior, _level((issuer, superior)), own)


def _is_of(agency: Agency, names: str, components: Components) -> bool:
    """Say whether the names in the head begin with that of the agency.

    Where there are none, the place before the date tells a commune.
    """
    if names:
        own = " ".join(agency.header_lines)
        above = " ".join(agency.superior_lines)
        known = (own, f"{above} {own}".strip(), agency.short_name)
        return any(fold(names).startswith(fold(name)) for name in known)
    _, _, proper = fold(agency.territory).partition(" ")
    places = components.get("dia-danh-thoi-gian")[:1]
    return bool(proper) and any(proper in part.folded for part in places)


def _level(names: Iterable[str]) -> Level | None:
    for name in map(fold, names):
        for level, start in _LEVELS.items():
            if re.match(start, f"{name} "):
                return level
    return None
