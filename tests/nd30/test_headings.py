"""Numbers that headings begin with: kind, level and where the number ends."""

from __future__ import annotations

import pytest

from vanban.nd30.headings import heading_number


@pytest.mark.parametrize(
    ("text", "kind", "level", "number"),
    [
        ("Phần II MỤC ĐÍCH", "phần, chương", 1, "Phần II"),
        ("CHƯƠNG 3.", "phần, chương", 1, "CHƯƠNG 3."),
        ("Phần thứ hai", "phần, chương", 1, "Phần thứ hai"),
        ("Tiểu mục 2. Chung", "mục, tiểu mục", 2, "Tiểu mục 2."),
        ("IV. TỔ CHỨC", "mục có số La Mã", 2, "IV."),
        ("Điều 5a. Phạm vi", "điều", 3, "Điều 5a."),
        ("1. Chung", "khoản", 4, "1."),
        ("12) Chung", "khoản", 4, "12)"),
        ("7.1. Chung", "khoản nhiều cấp", 5, "7.1."),
        ("7.1.2 Chung", "khoản nhiều cấp", 6, "7.1.2"),
        ("đ) Điểm", "điểm", 9, "đ)"),
    ],
)
def test_what_a_heading_begins_with(text: str, kind: str, level: int, number: str) -> None:
    for start, line in ((0, text), (2, f"  {text}")):
        found = heading_number(line, start)
        assert found is not None
        assert (found.kind, found.level, line[start : found.end]) == (kind, level, number)


@pytest.mark.parametrize(
    "text",
    [
        "Phần lớn hồ sơ",
        "Mục tiêu",
        "Điều tra",
        "1.486 hồ sơ",
        "1.5",
        "IV",
        "a",
        "- ý",
        "",
        "1.",
        "ghi) chú",
    ],
)
def test_what_is_no_number_of_a_heading(text: str) -> None:
    assert heading_number(text) is None
