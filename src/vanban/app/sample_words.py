"""What samples say of an agency, and how another one's name takes that place.

In: the text of a sample. Out: the same text worded for another agency. Samples of a shared folder
stand for no agency: they say :data:`FREE`, which each new paper fills in.
"""

from __future__ import annotations

import re
from functools import partial

from msgspec import Struct

from vanban.workspace.models.agency import PROVIDERS, Agency


class Words(Struct, frozen=True):
    """What changes from agency to agency.

    ``name`` begins with the level ("xã Lộc An"), ``province`` with its own ("tỉnh Lâm Đồng");
    ``unit_id`` is of the unit that drafts.
    """

    name: str
    province: str
    unit: str
    unit_id: str
    level: str
    superior: str
    """The level of the province: "tỉnh"."""


SHOWN = Words(
    "phường Trần Liễu",
    "thành phố Hải Phòng",
    "Phòng Văn hóa - Xã hội",
    "van-hoa-xa-hoi",
    "phường",
    "thành phố",
)
"""What the samples of the project say."""
FREE = Words("<tên đơn vị>", "<tỉnh>", "<phòng>", "<mã phòng>", "<cấp>", "<cấp trên>")
"""What those of a shared folder say."""


def words_of(agency: Agency) -> Words:
    """Return the words of an agency; its first unit with a code drafts."""
    unit = next((each for each in agency.units if each.code), agency.units[0])
    province = agency.province or FREE.province
    above = superior_of(province)
    return Words(agency.territory, province, unit.name, unit.id, agency.common_noun, above)


def superior_of(province: str) -> str:
    """Return "tỉnh" or "thành phố"."""
    return "thành phố" if province.startswith("thành phố ") else "tỉnh"


def reworded(text: str, old: Words, new: Words) -> str:
    """Return ``text`` with the words of ``new`` where it says those of ``old``.

    Where it names several levels ("các xã, phường") they stay.
    """
    for name in Words.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if name in ("level", "superior"):
            whole = rf"(xã,\s+)?(?<![\w<]){re.escape(before)}(?!\w)"
            text = re.sub(whole, partial(_level, after), text)
        else:
            text = text.replace(before, after)
    return text


def without_providers(text: str) -> str:
    """Return a register of indicators without the units that answer for them: another has others.

    Comments, which tell of the key, stay.
    """
    lines = re.sub(rf"^ *(?:- )?{PROVIDERS[0]}:.*\n(?: +- .*\n)*", "", text, flags=re.MULTILINE)
    return re.sub(rf", {PROVIDERS[0]}: \[[^\]]*\]", "", lines)


def _level(after: str, found: re.Match[str]) -> str:
    return found[0] if found[1] else after
