from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.evidence.file_names import file_name, number_slug, slug
from vanban.nd30.document_types import ABBREVIATIONS

DAY = date(2026, 1, 20)


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("Kế hoạch", "15/KH-UBND", "KH-15-UBND"),
        ("Nghị định", "80/2025/NĐ-CP", "ND-80-2025-CP"),
        ("Công văn", "1747/UBND-KSTTHC", "CV-1747-UBND-KSTTHC"),
        ("", "4009/SNV-CCHC&PC", "CV-4009-SNV-CCHC-PC"),
        ("Ảnh", "9a/TTr-UBND", "TTr-9a-UBND"),
        ("Kế hoạch", "/KH-UBND", "KH-UBND"),
        # What the document is goes before its symbol, also where the symbol is wrong.
        ("Báo cáo", "12/UBND-VP", "BC-12-UBND-VP"),
        ("Báo cáo", "12/KH-UBND", "BC-12-UBND"),
        ("Biên bản", "02", "BB-02"),
    ],
)
def test_number_in_a_name(kind: str, number: str, expected: str) -> None:
    assert number_slug(kind, number) == expected


@pytest.mark.parametrize(
    ("kind", "number", "day", "title", "expected"),
    [
        ("Kế hoạch", "15/KH-UBND", DAY, "x", "1.1.1-01_KH-15-UBND_2026-01-20.pdf"),
        ("Ảnh", None, DAY, "Ảnh họp tổ", "1.1.1-01_Anh-hop-to_2026-01-20.pdf"),
        ("Biên bản", None, DAY, "họp tổ", "1.1.1-01_BB-hop-to_2026-01-20.pdf"),
        ("Biên bản", None, None, "BB họp tổ", "1.1.1-01_BB-hop-to.pdf"),
        ("Biên bản", None, None, "Biên bản họp tổ", "1.1.1-01_Bien-ban-hop-to.pdf"),
        ("Biên bản", None, None, "…", "1.1.1-01_BB.pdf"),
        ("Ảnh", None, None, "Đ/c: “…”", "1.1.1-01_D-c.pdf"),
        ("Ảnh", None, None, "…", "1.1.1-01.pdf"),
    ],
)
def test_file_name(
    kind: str, number: str | None, day: date | None, title: str, expected: str
) -> None:
    assert file_name("1.1.1-01", kind, number, day, title, ".pdf") == expected


@given(st.sampled_from(["", "Ảnh", *ABBREVIATIONS]), st.text(), st.text(min_size=1))
def test_names_are_safe_and_short(kind: str, number: str, title: str) -> None:
    name = file_name("1.1.1-01", kind, number, date(2025, 1, 1), title, ".pdf")
    assert re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", name)
    assert len(slug(title)) <= 40
