"""How items of lists and headings end, lists within lists included."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import excerpts

ITEMS = "dau-cau/cuoi-y"
HEADINGS = "dau-cau/tieu-de"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Một;\n- Hai.", []),
        ("- Một.\n- Hai", ["- Hai"]),
        ("- Một;\n- Hai,\n- Ba.", ["- Hai,"]),
        ("- Một;\n- Gồm:\n+ Hai;\n+ Ba;\n- Bốn.", []),
        ("- Một;\n- Gồm:\n+ Hai;\n+ Ba\n- Bốn;\n- Năm.", ["+ Ba"]),
        ("- Một gồm:\n+ Hai.\n+ Ba.\n- Bốn;", ["- Bốn;"]),
        ("+ Một;\n+ Hai.\nĐoạn.\n+ Ba.\n+ Bốn;", ["+ Bốn;"]),
        ("- Một.", []),
    ],
)
def test_ends_of_items(text: str, expected: list[str]) -> None:
    assert excerpts(ITEMS, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.1.1. Về một\n7.1.2. Về hai\n7.1.3. Về ba.", ["7.1.3. Về ba."]),
        ("7.1.1. Làm một việc.\n7.1.2. Làm hai việc.\n7.1.3. Làm ba việc.", []),
        ("7.1.1. Về một\n7.1.2. Về hai.\n7.2.1. Về ba\n7.2.2. Về bốn.", []),
        ("# Về một việc;", ["Về một việc;"]),
    ],
)
def test_ends_of_headings(text: str, expected: list[str]) -> None:
    assert excerpts(HEADINGS, text) == expected


@given(st.lists(st.sampled_from(["- Một;", "- Hai.", "+ Ba;", "+ Bốn.", "Đoạn.", "# Mục"])))
def test_a_list_in_one_style_is_never_told(lines: Sequence[str]) -> None:
    text = "\n".join(line.rstrip(";.") + "." for line in lines if not line.startswith("#"))
    assert excerpts(ITEMS, text) == []
