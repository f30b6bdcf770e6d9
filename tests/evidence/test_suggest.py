from __future__ import annotations

from datetime import date

import pytest

from documents import pdf_of, plain, sample
from evidences import pdf_bytes
from vanban.evidence.suggest import Suggestion, first_page_text, suggest

WARD = "UBND phường Trần Liễu"
HEAD = """ỦY BAN NHÂN DÂN
PHƯỜNG TRẦN LIỄU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
"""

LETTER = """SỞ NỘI VỤ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 4009 / SNV-CCHC&PC Hải Phòng, ngày 26 tháng 6 năm 2025
V/v nâng cao các chỉ số
cải cách hành chính
Kính gửi: Ủy ban nhân dân các phường
"""

CASES = [
    (
        HEAD + "Số: 15/KH-UBND Phường Trần Liễu, ngày 01 tháng 8 năm 2025\nKẾ HOẠCH\n"
        "Cải cách hành chính\nnăm 2025\nThực hiện Quyết định …",
        Suggestion(
            "Kế hoạch", "15/KH-UBND", date(2025, 8, 1), WARD, "Cải cách hành chính năm 2025"
        ),
    ),
    (
        LETTER,
        Suggestion(
            "Công văn",
            "4009/SNV-CCHC&PC",
            date(2025, 6, 26),
            "Sở nội vụ",
            "về việc nâng cao các chỉ số cải cách hành chính",
        ),
    ),
    (
        "UBND THÀNH PHỐ HẢI PHÒNG\nSố: /QĐ-UBND\nHải Phòng, ngày tháng năm 2025\nQUYẾT ĐỊNH\n"
        "Về việc công bố\nCăn cứ Luật",
        Suggestion("Quyết định", "/QĐ-UBND", None, "UBND thành phố Hải Phòng", "Về việc công bố"),
    ),
    (
        "CHÍNH PHỦ\nSố: 80/2025/NĐ-CP\nHà Nội, ngày 01 tháng 4 năm 2025\nNGHỊ ĐỊNH\nVề tổ chức",
        Suggestion(None, "80/2025/NĐ-CP", date(2025, 4, 1), "Chính phủ", None),
    ),
    ("ngày 31 tháng 2 năm 2025", Suggestion()),
    ("", Suggestion()),
    ("Hóa đơn bán lẻ", Suggestion()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_suggestions(text: str, expected: Suggestion) -> None:
    assert suggest(text, [WARD, "Chính phủ"]) == expected


def test_a_known_issuer_is_written_as_it_is_known() -> None:
    assert suggest(LETTER, ["Sở Nội vụ"]).issuer == "Sở Nội vụ"


def test_a_document_of_the_project() -> None:
    document = sample(header={"number": "Số: 15/BC-UBND"}, body=plain("Căn cứ luật.").body)
    found = suggest(first_page_text(pdf_of(document)), [WARD])
    assert found == Suggestion("Báo cáo", "15/BC-UBND", date(2025, 8, 1), WARD, "Kết quả thử")


@pytest.mark.parametrize("data", [pdf_bytes(), b"%PDF-1.7 x"])
def test_no_text(data: bytes) -> None:
    assert first_page_text(data).strip() == ""
