"""What wards are called that are not there: as they would be if they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.app.ward_sources import find_sources


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("wards/x", "x"),
        ("wards/x/content", "x"),
        ("wards/x/content/co-quan.yaml", "x"),
        ("wards/P.12", "P.12"),
        ("wards/P.12/content/", "P.12"),
        ("wards/P.12.xlsx", "P.12"),
        ("wards/P.12.json", "P.12"),
        ("wards/x/build/2025/report-q3.xlsx", "x"),
        ("wards/x/build/2025/report-q3.json", "x"),
    ],
)
def test_a_ward_that_is_not_there_has_the_name_of_its_folder(
    path: str, name: str, tmp_path: Path
) -> None:
    assert [each for each, _ in find_sources([tmp_path / path], "q3").absent] == [name]


def test_a_link_in_a_circle_is_a_ward_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to("x")
    assert [each for each, _ in find_sources([tmp_path / "x"], "q3").absent] == ["x"]
