from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.evidence.usable import MAX_LENGTH, usable
from vanban.workspace.models.allowed_characters import check_text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Phê duyệt Ðề án", "Phê duyệt Đề án"),
        ("ðiều chỉnh, Ɖề án", "điều chỉnh, Đề án"),
        (unicodedata.normalize("NFD", "Quyết định"), "Quyết định"),
        ("\uf0b7 Quy chế \ue000", "Quy chế"),
        ("Hội nghị 🎉 \u2705\ufe0f", "Hội nghị"),
        ("\u200bẩn\u00ad\ufeff và \x07hiện", "ẩn và hiện"),
        ("hai\u2028dòng\n và\tcột\u00a0", "hai dòng và cột"),
        ("nửa \ud83d chữ", "nửa chữ"),
        ("\ufffdhỏng", "hỏng"),
        ("o\ufb03ce \uff21\uff22", "office AB"),
        ("25°C, số № 5, đạt ≥ 95%", "25°C, số № 5, đạt ≥ 95%"),
        ("VÒ viÖc ban hµnh", None),
        ("Coäng hoøa xaõ hoäi", None),
        ("\uf0b7 🎉 — .", None),
        ("", None),
        ("từ " * 1000, ("từ " * 166).strip()),
        ("x" * 1000, "x" * MAX_LENGTH),
    ],
)
def test_guesses_are_mended_or_left_out(text: str, kept: str | None) -> None:
    assert usable(text) == kept


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_kept_can_be_registered(text: str) -> None:
    kept = usable(text)
    assert kept is None or (check_text(kept) is None and kept == " ".join(kept.split()))
