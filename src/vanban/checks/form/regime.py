"""Documents that follow other rules than Decree 30/2020/NĐ-CP are recognised and declined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vanban.checks.form.components import Components
from vanban.checks.form.parts import LEGAL_TYPES
from vanban.nd30.letters import fold

HEAD = 15
"""Paragraphs among which a document says whose it is."""

_LEGAL_NUMBER = re.compile(
    r"\d*\s*/\s*(19|20)\d\d\s*/\s*(QĐ|NQ|TT|TTLT|NĐ|CT|L|PL|QH\d*)\b", re.IGNORECASE
)


class Regime(StrEnum):
    """Whose rules a document follows."""

    PARTY = "văn bản của Đảng"
    LEGAL = "văn bản quy phạm pháp luật"
    BOUND = "tờ của hồ sơ"
    HANDOUT = "tài liệu họp"
    LIST = "danh mục của hồ sơ"
    ANNEX = "phụ lục để riêng"


@dataclass(frozen=True)
class Declined:
    """A document that is not judged, and why, in one line of Vietnamese."""

    regime: Regime
    reason: str


BOUND_SHEETS = Declined(
    Regime.BOUND,
    "bìa, mục lục, tờ ngăn của hồ sơ, không phải văn bản hành chính theo Nghị định 30/2020/NĐ-CP — "
    "không kiểm tra thể thức",
)

HANDOUT = Declined(
    Regime.HANDOUT,
    "tài liệu họp không đánh số, không ký, không phải văn bản hành chính theo Nghị định "
    "30/2020/NĐ-CP — không kiểm tra thể thức",
)


LIST = Declined(
    Regime.LIST,
    "danh mục, mục lục, chứng từ kết thúc của hồ sơ do người lập ký, không phải văn bản hành "
    "chính theo Nghị định 30/2020/NĐ-CP — không kiểm tra thể thức",
)


SEPARATE_ANNEX = Declined(
    Regime.ANNEX,
    "phụ lục để riêng của một văn bản, không có đầu trang và chữ ký của văn bản ấy — thể thức kiểm "
    "tra ở văn bản dựng chung một tệp",
)


def other_regime(components: Components) -> Declined | None:
    """Return why a document is not judged by the decree, None for an administrative one."""
    if any(fold(line) == "DANG CONG SAN VIET NAM" for line in _head_lines(components)):
        return Declined(
            Regime.PARTY,
            "văn bản của Đảng theo thể thức riêng của Đảng, không theo Nghị định 30/2020/NĐ-CP — "
            "không kiểm tra thể thức",
        )
    numbers = [part.text for part in components.get("so-ky-hieu")]
    legal_number = next((text for text in numbers if _LEGAL_NUMBER.search(text)), "")
    if components.kind in LEGAL_TYPES or legal_number:
        sign = f"số có năm “{legal_number.strip()}”" if legal_number else f"là {components.kind}"
        return Declined(
            Regime.LEGAL,
            f"văn bản quy phạm pháp luật ({sign}) theo thể thức riêng, không theo Nghị định "
            "30/2020/NĐ-CP — không kiểm tra thể thức",
        )
    return None


def _head_lines(components: Components) -> list[str]:
    return [
        line
        for paragraph in components.flow[:HEAD]
        for line in re.split(r"[\n\t]|\s{3,}", paragraph.text)
        if line.strip()
    ]
