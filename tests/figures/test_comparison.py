from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reports import make_workspace
from vanban.figures.comparison import compare
from vanban.figures.notation import format_change
from vanban.figures.values import read_figures, read_last_year


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ({"mang": "5"}, {"mang": "7"}, {"mang": "−2", "giay": "–", "tl-mang": "–"}),
        ({"mang": "5"}, {}, {"mang": "–"}),
        ({}, {"mang": "5"}, {"mang": "–"}),
        ({"mang": "5"}, {"mang": "0"}, {"mang": "+5"}),
        (
            {"mang": "3", "giay": "1"},
            {"mang": "1", "giay": "1"},
            {"nhan": "+2", "tl-mang": "+25 điểm %"},
        ),
        ({"mang": "0", "giay": "0"}, {"mang": "1", "giay": "1"}, {"tl-mang": "–"}),
        ({"von": "2,5"}, {"von": "1,25"}, {"von": "+1,25"}),
    ],
)
def test_same_period_of_last_year(
    tmp_path: Path,
    now: Mapping[str, str],
    before: Mapping[str, str],
    expected: Mapping[str, str],
) -> None:
    made = make_workspace(tmp_path, {"q3": now}, last_year={"q3": before})
    changes = compare(read_figures(made, "q3"), read_last_year(made, "q3"))
    assert {name: format_change(changes[name]) for name in expected} == expected


def test_never_another_period(tmp_path: Path) -> None:
    made = make_workspace(
        tmp_path, {"q3": {"mang": "5"}, "h1": {"mang": "1"}}, last_year={"h1": {"mang": "2"}}
    )
    q3 = read_figures(made, "q3")
    assert set(compare(q3, read_last_year(made, "q3")).values()) == {None}
    with pytest.raises(ValueError, match="q3 must not be compared with h1"):
        compare(q3, read_last_year(made, "h1"))
