from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.evidence.names import file_name, number_slug, slug


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("15/KH-UBND", "KH-15-UBND"),
        ("80/2025/NĐ-CP", "ND-80-2025-CP"),
        ("1747/UBND-KSTTHC", "CV-1747-UBND-KSTTHC"),
        ("4009/SNV-CCHC&PC", "CV-4009-SNV-CCHC-PC"),
        ("9a/TTr-UBND", "TTr-9a-UBND"),
        ("/KH-UBND", "KH-UBND"),
    ],
)
def test_number_in_a_name(number: str, expected: str) -> None:
    assert number_slug(number) == expected


@pytest.mark.parametrize(
    ("number", "day", "title", "expected"),
    [
        ("15/KH-UBND", date(2026, 1, 20), "x", "1.1.1-01_KH-15-UBND_2026-01-20.pdf"),
        (None, date(2026, 1, 20), "Ảnh họp tổ", "1.1.1-01_Anh-hop-to_2026-01-20.pdf"),
        (None, None, "Đ/c: “…”", "1.1.1-01_D-c.pdf"),
        (None, None, "…", "1.1.1-01.pdf"),
    ],
)
def test_file_name(number: str | None, day: date | None, title: str, expected: str) -> None:
    assert file_name("1.1.1-01", number, day, title, ".pdf") == expected


@given(st.text(), st.text(min_size=1))
def test_names_are_safe_and_short(number: str, title: str) -> None:
    name = file_name("1.1.1-01", number, date(2025, 1, 1), title, ".pdf")
    assert re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", name)
    assert len(slug(title)) <= 40
