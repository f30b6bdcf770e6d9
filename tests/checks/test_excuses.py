"""Excuses close findings, with a reason; those that excuse nothing are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vanban.checks.excuses import excuse
from vanban.checks.finding import Finding, Severity, Spot
from vanban.errors import Place
from vanban.workspace.models.house_rules import Review


def finding(*places: tuple[str, str]) -> Finding:
    spots = tuple(
        Spot(Place(Path(file), number, 1), excerpt=words)
        for number, (file, words) in enumerate(places, 1)
    )
    return Finding("chinh-ta/lap-tu", Severity.ERROR, "lặp từ", "", "", spots)


def review(**excuse: Any) -> Review:
    return Review.model_validate(
        {"chap_nhan": [{"quy_tac": "chinh-ta/lap-tu", "ly_do": "Đã xem.", **excuse}]}
    )


A, B = "content/2025/ke-hoach.yaml", "content/2025/linh-vuc/01.yaml"
BOTH = finding((A, "các các"), (B, "và và"))


@pytest.mark.parametrize(
    ("keys", "open_files", "excused_files"),
    [
        ({}, [], [A, B]),
        ({"cum_tu": "Các  các"}, [B], [A]),
        ({"tep": "2025/ke-hoach.yaml"}, [B], [A]),
        ({"tep": "linh-vuc"}, [A], [B]),
        ({"tep": "vuc"}, [A, B], []),
        ({"tep": "hoach.yaml"}, [A, B], []),
        ({"tep": "5/ke-hoach.yaml"}, [A, B], []),
        ({"tep": "/content/2025/ke-hoach.yaml"}, [B], [A]),
        ({"tep": "./2025\\linh-vuc/"}, [A], [B]),
        ({"tep": "2025"}, [], [A, B]),
        ({"tep": "2025/ke-hoach.yaml/"}, [B], [A]),
        ({"tep": "."}, [A, B], []),
        ({"cum_tu": "các", "tep": "linh-vuc"}, [A, B], []),
        ({"quy_tac": "chinh-ta/khac"}, [A, B], []),
    ],
)
def test_what_is_excused(keys: dict[str, Any], open_files: Any, excused_files: Any) -> None:
    parts, unused = excuse([BOTH], review(**keys))
    files: dict[bool, list[str]] = {True: [], False: []}
    for part in parts:
        files[bool(part.excused)].extend(str(spot.place.file) for spot in part.spots)
    assert files == {False: open_files, True: excused_files}
    assert bool(unused) is not bool(excused_files)
    assert all(part.excused in ("", "Đã xem.") for part in parts)
