"""Tests of vanban.workspace.models.allowed_characters: real text passes, broken text is named."""

# ruff: noqa: E501 - a table of cases reads best with one case a line

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from vanban.workspace.models.allowed_characters import check_text

PLAN = Path(__file__).parents[2] / "data" / "ke-hoach-2025.txt"


def test_every_line_of_the_real_plan_passes() -> None:
    lines = unicodedata.normalize("NFC", PLAN.read_text(encoding="utf-8")).splitlines()
    assert len(lines) > 100
    assert [line for line in lines if line and check_text(line.strip("\f")) is not None] == []


@pytest.mark.parametrize(
    "text",
    [
        "Hòa bình, hoà bình; ủy, uỷ, khuỷu, ngoèo, quý, quỷ", "Đắk Lắk – Pleiku", "Công ty Citroën",
        "François Müller", "Noël", "Köln", "São Paulo", "El Niño", "naïve", "Israël, Raúl, où, août",
        "«Một cửa» và «liên thông»", "«Một cửa», «liên thông»", "§5", "© 2025", "Windows®", "100 m²",
        "5 µm", "½ ngày", "kW·h", "100°C ±5×10", "quốc lộ 1A¹", "1.204,5 đồng", "A & B <c> {{ d }} *",
        "Dòng một\ndòng hai\u00a0và ba", "95–100%…", "“Trích dẫn”", "e-mail: a@b.vn", "CO₂",
    ],
)  # fmt: skip
def test_good_text_passes(text: str) -> None:
    assert check_text(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # TCVN3 (iconv -t TCVN, read as Latin-1)
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "bảng mã cũ"),
        ("§éc lËp - Tù do - H¹nh phóc", "bảng mã cũ"),
        ("V¨n phßng", "bảng mã cũ"),
        ("®óng quy ®Þnh", "bảng mã cũ"),
        ("Phòng V¨n hóa của phường Trần Liễu", "bảng mã cũ (TCVN3, VNI) ở “Phòng V¨n hóa của”"),
        # VNI
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "bảng mã cũ"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "bảng mã cũ"),
        ("UÛY BAN NHAÂN DAÂN", "bảng mã cũ"),
        # Unicode
        (unicodedata.normalize("NFD", "Việt Nam"), "Unicode tổ hợp"),
        ("Viê\u0323t Nam", "Unicode tổ hợp"),
        ("a\x07b", "ký tự điều khiển U+0007"),
        ("a\x9bb", "ký tự điều khiển U+009B"),
        ("a\u2028b", "ký tự điều khiển U+2028"),
        ("a\u200bb", "ký tự ẩn U+200B"),
        ("a\u00adb", "ký tự ẩn U+00AD"),
        ("a\uf0b7b", "ký tự riêng U+F0B7"),
        ("a\ufffdb", "ký tự riêng U+FFFD"),
        ("Ðắk Lắk", "chữ “Ð” không phải chữ Đ"),
    ],
)
def test_broken_text_is_named(text: str, expected: str) -> None:
    message = check_text(text)
    assert message is not None
    assert expected in message
    assert " — " in message
