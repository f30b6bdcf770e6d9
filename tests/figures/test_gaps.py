from __future__ import annotations

from pathlib import Path

import pytest

from reports import REGISTER, Reports, make_workspace
from vanban.figures.gaps import missing_figures, uses_sample_figures
from vanban.figures.values import read_figures


def test_missing_names_what_must_be_typed(tmp_path: Path) -> None:
    figures = {"truoc": "0", "giay": "1", "xong": "1", "dang": "0", "ky-luat": "0"}
    read = read_figures(make_workspace(tmp_path, {"q3": figures}), "q3")
    assert [indicator.id for indicator in missing_figures(read)] == ["mang", "von"]


SAMPLE = {"mang": "{gia_tri: 5, so_lieu_mau: true}"}


@pytest.mark.parametrize(
    ("reports", "last_year", "sample"),
    [
        ({"q3": {"mang": "5"}}, {}, False),
        ({"q3": SAMPLE}, {}, True),
        ({"q3": {"mang": "5"}}, {"q3": SAMPLE}, True),
        ({"q3": {"mang": "5"}, "h1": SAMPLE}, {"h1": SAMPLE}, False),
    ],
)
def test_sample(tmp_path: Path, reports: Reports, last_year: Reports, sample: bool) -> None:
    assert uses_sample_figures(make_workspace(tmp_path, reports, last_year), "q3") is sample


def test_sample_register(tmp_path: Path) -> None:
    register = REGISTER.replace("don_vi_tinh: người", "don_vi_tinh: người, so_lieu_mau: true")
    assert uses_sample_figures(make_workspace(tmp_path, {"q3": {}}, register=register), "q3")
