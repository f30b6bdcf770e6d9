"""Types of administrative documents and their abbreviations (Decree 30/2020, Annex III, I).

Compared letter by letter, never by ``upper()``: the official list has TTr, CTr, QyĐ and TrS.
"""

from __future__ import annotations

from vanban.provenance import computed, origins_of, traced

ABBREVIATIONS: dict[str, str] = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
}

OTHER_TYPES: dict[str, str] = {
    "Nghị định": "NĐ",
    "Thông tư liên tịch": "TTLT",
    "Thông tư": "TT",
    "Nghị quyết liên tịch": "NQLT",
    "Lệnh": "L",
    "Thông báo kết luận": "TB",
    "Kết luận": "KL",
    "Văn bản hợp nhất": "VBHN",
}
"""Types and their abbreviations besides those of Decree 30/2020, which citations have."""

LAWS = ("Bộ luật", "Luật", "Pháp lệnh")
"""Types that are cited by type and name alone (Annex I, II.6.b)."""

LETTER = "Công văn"
UNABBREVIATED = (LETTER, "Văn bản", *LAWS)
"""Types whose symbol does not begin with an abbreviation of the type."""

TYPES: dict[str, str | None] = {
    **ABBREVIATIONS,
    **OTHER_TYPES,
    **dict.fromkeys(UNABBREVIATED),
}

UNNUMBERED = ("Danh mục",)
"""Lists that go with a dossier: they are signed, but the registry gives them no number."""


def number_and_symbol(number: str, document_type: str, agency_code: str, unit: str = "") -> str:
    """Return "15/KH-UBND"; a number below 10 gets a leading zero (Annex I, II.3).

    ``number`` is "" or blanks where the registry has not given it yet. A letter has the code of
    the drafting ``unit`` instead of the type: "12/UBND-VHXH".
    """
    padded = computed(number.zfill(2) if number.strip() else number, *origins_of(number))
    if document_type == LETTER:
        return traced(padded, "/", agency_code, "-", unit)
    kind = computed(ABBREVIATIONS[document_type], *origins_of(document_type))
    return traced(padded, "/", kind, "-", agency_code)
