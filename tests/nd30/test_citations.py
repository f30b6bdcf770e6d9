"""Citations found in text, part by part; titles of other documents."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.nd30.citations import citations, quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định 468/QĐ-TTg", [("Quyết định", "468/QĐ-TTg", None, None, None)]),
        (
            "các Quyết định số 12/QĐ-UBND và số 13/QĐ-UBND ngày 5/9/2025",
            [
                ("Quyết định", "12/QĐ-UBND", None, None, None),
                ("Quyết định", "13/QĐ-UBND", date(2025, 9, 5), None, None),
            ],
        ),
        (
            "Chỉ thị số 05-CT/TW ngày 15 tháng 5 năm 2016 của Bộ Chính trị",
            [("Chỉ thị", "05-CT/TW", date(2016, 5, 15), "Bộ Chính trị", None)],
        ),
        (
            "Kế hoạch số        /KH-UBND ngày 01/8/2025 của UBND phường về nâng cao (A) chỉ số; b",
            [
                (
                    "Kế hoạch",
                    "/KH-UBND",
                    date(2025, 8, 1),
                    "UBND phường",
                    "về nâng cao (A) chỉ số",
                )
            ],
        ),
        (
            "(tại Công văn số 4009/SNV- CCHC&PC ngày 26/6/2025 của Sở Nội vụ) chỉ đạo",
            [("Công văn", "4009/SNV-CCHC&PC", date(2025, 6, 26), "Sở Nội vụ", None)],
        ),
        (
            "Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ và các văn bản",
            [("Nghị định", "80/2025/NĐ-CP", date(2025, 4, 1), "Chính phủ", None)],
        ),
        (
            "khoản 2 Điều 5 Luật số 72/2025/QH15.",
            [("Luật", "72/2025/QH15", None, None, None)],
        ),
        (
            "Quyết định của Thủ tướng Chính phủ số 468/QĐ-TTg ngày 27/3/2021 phê duyệt Đề án a",
            [
                (
                    "Quyết định",
                    "468/QĐ-TTg",
                    date(2021, 3, 27),
                    "Thủ tướng Chính phủ",
                    "phê duyệt Đề án a",
                )
            ],
        ),
        (
            "Công văn số 7/SVHTTDL-VP của Sở Văn hóa, Thể thao và Du lịch về lễ hội",
            [
                (
                    "Công văn",
                    "7/SVHTTDL-VP",
                    None,
                    "Sở Văn hóa, Thể thao và Du lịch",
                    "về lễ hội",
                )
            ],
        ),
        (
            "của Sở Nội vụ: Nghị định số 5/2025/NĐ-CP ngày 3.1.2025 của Chính phủ Quy định a",
            [("Nghị định", "5/2025/NĐ-CP", date(2025, 1, 3), "Chính phủ", "Quy định a")],
        ),
        (
            "Công văn số 1/SNV-VP của Sở Nội vụ và Công văn số 2/BNV-VP của Bộ Nội vụ (V/v b)",
            [
                ("Công văn", "1/SNV-VP", None, "Sở Nội vụ", None),
                ("Công văn", "2/BNV-VP", None, "Bộ Nội vụ", "V/v b"),
            ],
        ),
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            [("Luật", "", date(2025, 6, 16), None, None)],
        ),
        (
            "Luật Lưu trữ số 33/2024/QH15 ngày 21/6/2024",
            [("Luật", "33/2024/QH15", date(2024, 6, 21), None, None)],
        ),
        (
            "Quyết định số 12/QĐ-UBND - UBND phường",
            [("Quyết định", "12/QĐ-UBND", None, None, None)],
        ),
        (
            "Nghị quyết số 57 của Bộ Chính trị; Đạt số 57 hồ sơ",
            [("Nghị quyết", "57", None, "Bộ Chính trị", None)],
        ),
        ("Thông báo kết luận số 12/TB-UBND", [("Thông báo kết luận", "12/TB-UBND", *[None] * 3)]),
        ("Hội Luật gia họp ngày 16/6/2025; Luật đã thông qua ngày 01/7/2025", []),
        ("Thông báo 31/6/2025", []),
        ("tỷ lệ 2560/2561 hồ sơ", []),
        ("Kế hoạch năm 2025 số lượng 12", []),
    ],
)
def test_parts(text: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (
            each.type,
            each.number,
            each.day,
            each.issuer,
            text[each.abstract_span.start : each.abstract_span.end] if each.abstract_span else None,
        )
        for each in citations(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Theo Công văn số 1/UBND-VP ngày 01/8/2025 của UBND thành phố về việc duy trì (PAR "
            "Index); các phòng làm tốt",
            "về việc duy trì (PAR Index)",
        ),
        ("(Nghị định số 1/2025/NĐ-CP của Chính phủ về a) và b", "về a"),
        ("Nghị định số 1/2025/NĐ-CP của Chính phủ quy định a. Việc b", "quy định a"),
        (
            "Luật số 1/2025/QH15 của Quốc hội về a và Nghị định số 2/2025/NĐ-CP",
            "về a",
        ),
        ("Phòng Nội vụ về việc b", ""),
        # The words of whoever cites are his own.
        ("Theo Công văn số 1/A của Sở Nội vụ về việc a, UBND phường báo các", "về việc a"),
        ("Theo Công văn số 1/A của Sở Nội vụ về a, b và c, kịp thời báo các", "về a, b và c"),
        ("Quyết định số 1/A của Sở Y tế về Đề án “a; b”, UBND phường", "về Đề án “a"),
        ("Quyết định số 1/A của Sở Y tế về “a, UBND b” (sau đây gọi là X)", "về “a, UBND b”"),
        ("Nghị định số 1/2025/NĐ-CP của Chính phủ về a và các văn bản hướng dẫn", "về a"),
        ("gửi theo Công văn số 1/UBND-VP về UBND thành phố", ""),
    ],
)
def test_titles_of_others(text: str, title: str) -> None:
    assert "".join(text[start:end] for start, end in quoted(text)) == title


PIECES = ("Quyết định", " số ", "12/QĐ-UBND", " ngày ", "01/7/2025", " của ", "Sở Nội vụ", ", ")
MORE = (" về ", "Luật ", "Đất đai", "khoản 2 Điều 5 ", "(", ")", "“", "”", ";", " và ", "TP. ", "…")


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES + MORE)).map("".join)))
def test_every_part_lies_in_the_text(text: str) -> None:
    for each in citations(text):
        parts = (each.span, each.head, each.number_span, each.date_span, each.issuer_span)
        for span in (*parts, each.abstract_span, each.type_span, each.article_span):
            assert span is None or 0 <= span.start <= span.end <= len(text)
    for start, end in quoted(text):
        assert 0 <= start < end <= len(text)
