"""Documents that follow other rules than Decree 30/2020/NĐ-CP are recognised and declined."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from vanban.checks.form.components import Components
from vanban.checks.form.parts import LEGAL_TYPES
from vanban.nd30.letters import fold

FIRST = 4
"""Lines at the top among which a form says its number."""

HEAD = 15
"""Paragraphs among which a document says whose it is."""

_LEGAL_NUMBER = re.compile(
    r"\d*\s*/\s*(19|20)\d\d\s*/\s*(QĐ|NQ|TT|TTLT|NĐ|CT|L|PL|QH\d*)\b", re.IGNORECASE
)


_FORM_NUMBER = re.compile(r"(BIEU )?MAU (SO )?\d[\w./-]*\b.{0,40}")
"""The mark of a form in its corner: "Mẫu số 01", "Mẫu 05-ĐK"."""


class Regime(StrEnum):
    """Whose rules a document follows."""

    PARTY = "văn bản của Đảng"
    LEGAL = "văn bản quy phạm pháp luật"
    BOUND = "tờ của hồ sơ"
    HANDOUT = "tài liệu họp"
    LIST = "danh mục của hồ sơ"
    ANNEX = "phụ lục để riêng"
    FORM = "biểu mẫu, đơn, tờ khai"
    STATUTE = "điều lệ, hương ước, tiêu chuẩn, quy chuẩn"
    OTHER = "danh sách, bài viết, tài liệu khác"


class Declined(Struct, frozen=True):
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


_UNSIGNED = {
    Regime.FORM: r"DON|TO KHAI|(SO YEU )?LY LICH|GIAY DE NGHI"
    r"|BAN (TU )?(KE KHAI|CAM KET|KIEM DIEM|NHAN XET|KHAI)"
    r"|PHIEU (DANG KY|KHAO SAT|LAY Y KIEN|THU THAP|TIN|YEU CAU|BAU|DANH GIA|THAM DINH)",
    Regime.STATUTE: r"DIEU LE|HUONG UOC|QUY UOC|TCVN|QCVN|TCCS|TIEU CHUAN|QUY CHUAN",
}
"""How titles begin of what no agency issues with a number of its own, by the regime."""


def _without_form(regime: Regime) -> Declined:
    return Declined(
        regime,
        f"{regime}, không phải văn bản hành chính theo Nghị định 30/2020/NĐ-CP — không kiểm tra "
        "thể thức",
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
    numbered = any(sign.isdigit() for text in numbers for sign in text)
    return None if numbered else _unnumbered(components)


def _unnumbered(components: Components) -> Declined | None:
    """Return what a document without a number is, None where it may be one of an agency."""
    head = [fold(line) for line in _head_lines(components)]
    if any(map(_FORM_NUMBER.fullmatch, head[:FIRST])):
        return _without_form(Regime.FORM)
    titles = [part.folded for part in components.get("ten-loai")]
    for regime, start in _UNSIGNED.items():
        if any(re.match(rf"({start})\b", title) for title in titles):
            return _without_form(regime)
    if any(_ATTACHED.match(part.text) for part in components.get("trich-yeu")):
        return SEPARATE_ANNEX
    if titles and not components.kind and not any(map(components.get, _OF_AGENCIES)):
        return _without_form(Regime.OTHER)
    return None


_ATTACHED = re.compile(r"\s*\(\s*(kèm|ban hành|đính)\s+(kèm\s+)?theo\b", re.IGNORECASE)
"""How an annex that stands in a file of its own names its document."""

_OF_AGENCIES = ("quoc-hieu", "tieu-ngu", "so-ky-hieu", "dia-danh-thoi-gian", "noi-nhan", "kinh-gui")
"""Components of which a document of an agency has at least one."""


def _head_lines(components: Components) -> list[str]:
    return [
        line
        for paragraph in components.flow[:HEAD]
        for line in re.split(r"[\n\t]|\s{3,}", paragraph.text)
        if line.strip()
    ]
