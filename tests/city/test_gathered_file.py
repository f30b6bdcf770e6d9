"""What was gathered is read back as it was written; a file changed by hand is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.city.gathered import Gathered, GatheredWard, Past, Points
from vanban.city.gathered_file import gathered_bytes, gathered_of
from vanban.workspace.files import GATHERED
from vanban.workspace.models.gathered import GatheredFile
from vanban.workspace.said import said_by

NAMES = ("ho-so", "von", "ty-le-moi")
numbers = st.integers(0, 10**12) | st.decimals(0, 10**9, places=2, allow_nan=False)
figures = st.dictionaries(st.sampled_from(NAMES), numbers)
texts = st.text("aăâbcđeêfgôơưứỳ ABC0123456789 :#-'\"{}[]&*!|>%@`,./\\", max_size=40).map(
    lambda text: " ".join(text.split())
)
ids = st.lists(st.sampled_from(NAMES), unique=True).map(tuple)
points = st.decimals(0, 100, places=2)
wards = st.builds(
    GatheredWard,
    name=texts.filter(bool),
    agency=texts,
    reported=st.just(True),
    sample=st.booleans(),
    shared=texts,
    figures=figures,
    past=st.lists(
        st.builds(Past, st.sampled_from(("q1", "q3")), st.just(2024), figures),
        max_size=2,
        unique_by=lambda past: past.period,
    ).map(tuple),
    missed=ids,
    at_risk=ids,
    unproven=ids,
    points=st.lists(st.builds(Points, st.just("1.1.2"), points | st.none(), points, points)).map(
        tuple
    ),
    contradictions=st.lists(texts.filter(bool), max_size=2).map(tuple),
    doubtful=ids,
    absence=st.just(""),
)


def said(data: bytes) -> tuple[GatheredFile | None, list[str]]:
    found = said_by(GATHERED, Path("2025/tong-hop/q3.yaml"), data)
    entry = found.parts[0][2]
    assert entry is None or isinstance(entry, GatheredFile)
    return entry, [str(problem) for problem in found.problems]


@settings(max_examples=20)
@given(st.lists(wards, min_size=1, max_size=4, unique_by=lambda ward: ward.name))
def test_what_is_written_is_read_back(some: list[GatheredWard]) -> None:
    gathered = Gathered("q3", 2025, tuple(some))
    data = gathered_bytes(gathered, NAMES)
    entry, problems = said(data)
    assert problems == []
    assert entry is not None
    assert gathered_of(entry, 2025, "q3") == gathered
    assert gathered_bytes(gathered, NAMES) == data


WARD = GatheredWard(
    "a", "Ủy ban nhân dân phường A", True, figures={"ho-so": 5, "von": Decimal("1204.5")}
)
GONE = GatheredWard("b", absence="chưa có báo cáo quý III năm 2025")


def test_the_file_of_two_wards() -> None:
    data = gathered_bytes(Gathered("q3", 2025, (WARD, GONE)), NAMES)
    _, _, lines = data.decode().partition("\n\n")
    assert lines == (
        'chi_tieu: "ho-so von"\n'
        "\n"
        "don_vi:\n"
        '  - thu_muc: "a"\n'
        '    ten: "Ủy ban nhân dân phường A"\n'
        '    so_lieu: "5 1204,5"\n'
        '  - thu_muc: "b"\n'
        '    vang: "chưa có báo cáo quý III năm 2025"\n'
    )
    entry, _ = said(data)
    assert entry is not None
    first = gathered_of(entry, 2025, "q3").wards[0]
    assert first.origin is not None
    assert str(first.origin.place) == "2025/tong-hop/q3.yaml:10:14"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('"5 1204,5"', '"5"', "“a” có 1 số, chi_tieu có 2 mã"),
        ('"5 1204,5"', '"5 1.204,5"', "không đọc được dãy số liệu"),
        ('"5 1204,5"', '"năm 6"', "không đọc được dãy số liệu"),
        ("so_lieu:", "so_lieuu:", "so_lieuu"),
        ("    so_lieu:", '    ky_truoc:\n      q2-2024: "1 2"\n    so_lieu:', "không có kỳ “q2"),
    ],
)
def test_a_file_changed_by_hand_is_refused(was: str, now: str, told: str) -> None:
    data = gathered_bytes(Gathered("q3", 2025, (WARD,)), NAMES).decode().replace(was, now)
    _, problems = said(data.encode())
    assert any(told in each and "q3.yaml:" in each for each in problems), problems
