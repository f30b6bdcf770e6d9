from __future__ import annotations

from datetime import date

import pytest

from documents import pdf_of, plain, sample
from evidences import pdf_bytes
from vanban.evidence.first_page import Line, first_page_lines
from vanban.evidence.suggest import Suggestion, suggest

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


def lines_of_text(text: str) -> tuple[Line, ...]:
    return tuple(map(Line, filter(None, map(str.strip, text.splitlines()))))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_suggestions(text: str, expected: Suggestion) -> None:
    assert suggest(lines_of_text(text), [WARD, "Chính phủ"]) == expected


def test_a_known_issuer_is_written_as_it_is_known() -> None:
    assert suggest(lines_of_text(LETTER), ["Sở Nội vụ"]).issuer == "Sở Nội vụ"


def test_a_document_of_the_project() -> None:
    document = sample(header={"number": "Số: 15/BC-UBND"}, body=plain("Căn cứ luật.").body)
    found = suggest(first_page_lines(pdf_of(document)), [WARD])
    assert found == Suggestion("Báo cáo", "15/BC-UBND", date(2025, 8, 1), WARD, "Kết quả thử")


@pytest.mark.parametrize("data", [pdf_bytes(), b"%PDF-1.7 x"])
def test_no_text(data: bytes) -> None:
    assert first_page_lines(data) == ()


def line(text: str, bold: bool = False, left: float = 0.15, right: float = 0.93) -> Line:
    return Line(text, bold, left, right)


@pytest.mark.parametrize(
    ("below", "abstract"),
    [
        ([line("Cải cách", True, 0.4, 0.68), line("hay", True, 0.5, 0.58)], "Cải cách hay"),
        # The paragraph below: not bold, indented, in capitals, with words of an opening.
        ([line("Cải cách", True, 0.4, 0.68), line("Công tác năm qua")], "Cải cách"),
        ([line("Cải cách", False, 0.4, 0.68), line("Công tác năm qua", left=0.2)], "Cải cách"),
        ([line("Cải cách", False, 0.4, 0.68), line("PHƯỜNG", False, 0.4, 0.68)], "Cải cách"),
        ([line("CẢI CÁCH", False, 0.4, 0.68), line("HAY", False, 0.5, 0.58)], "CẢI CÁCH HAY"),
        ([line("Theo dõi thi hành", True, 0.3, 0.78), line("Theo đó")], "Theo dõi thi hành"),
        ([line("Công tác năm qua", left=0.2)], None),
        ([], None),
    ],
)
def test_an_abstract_ends_where_the_look_changes(below: list[Line], abstract: str | None) -> None:
    title = line("KẾ HOẠCH", True, 0.4, 0.68)
    assert suggest([title, *below]).abstract == abstract


def test_a_page_without_centred_lines() -> None:
    lines = [line("BÁO CÁO", True, 0.1, 0.2), line("Cải cách", True, 0.1, 0.9)]
    below = [line("năm 2025", True, 0.1, 0.2), line("Công tác năm qua", left=0.1)]
    assert suggest([*lines, *below]).abstract == "Cải cách năm 2025"


def test_what_a_letter_is_about_stands_in_the_left_column() -> None:
    letter = [
        line("Số: 9/SNV-CCHC", left=0.2, right=0.4),
        line("Hải Phòng, ngày 26 tháng 6 năm 2025", left=0.55),
        line("V/v nâng cao", left=0.2, right=0.4),
        line("Độc lập", left=0.6, right=0.8),
        line("các chỉ số", left=0.22, right=0.38),
        line("Sở Nội vụ nhận được Công văn", left=0.2),
    ]
    assert suggest(letter).abstract == "về việc nâng cao các chỉ số"


def test_columns_of_the_head_are_lines_of_their_own() -> None:
    document = sample(header={"number": "Số:      /BC-UBND"}, body=plain("Tình hình năm qua.").body)
    lines = first_page_lines(pdf_of(document))
    texts = [each.text for each in lines]
    assert "Số: /BC-UBND" in texts
    title = lines[texts.index("BÁO CÁO")]
    below = lines[texts.index("BÁO CÁO") + 2]
    assert title.bold and not below.bold
    assert title.centre == pytest.approx(0.53, abs=0.02)
    assert suggest(lines).abstract == "Kết quả thử"
