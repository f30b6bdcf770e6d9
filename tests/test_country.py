"""The sample wards of scripts/make_country.py: whole, alike for one seed, and without mistakes."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest

from vanban.app.load import load_content
from vanban.app.new_ward import ward_files
from vanban.figures.values import read_report
from vanban.workspace.periods import PERIODS
from vanban.workspace.wards import find_wards

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from country.breaks import BREAKS  # noqa: E402
from country.ward import ward_of  # noqa: E402
from make_country import HOME, make_country  # noqa: E402

YEAR = 2026


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country") / "a"
    make_country(2, 7, folder, (HOME,), YEAR)
    return folder


def test_wards_have_no_mistakes_and_grow_over_the_year(country: Path) -> None:
    wards, problems = find_wards([country / "xa-phuong"])
    assert (len(wards), problems) == (2, ())
    for ward in wards:
        loaded = load_content(ward.content, YEAR)
        assert loaded.problems == ()
        workspace = loaded.workspace
        assert set(workspace.reports) == set(PERIODS)
        assert workspace.self_assessment is not None and workspace.plan is not None
        for entry in (workspace.agency, workspace.plan, *workspace.reports.values()):
            assert workspace.uses_sample(entry)
        received = [
            read_report(workspace, period, workspace.reports[period])["ho-so-tiep-nhan"].number
            for period in ("q1", "h1", "year")
        ]
        assert None not in received and received == sorted(received, key=lambda each: each or 0)


def test_the_city_shares_the_set_of_its_wards(country: Path) -> None:
    loaded = load_content(country / "thanh-pho" / "content", YEAR)
    assert loaded.problems == ()
    assert "Hải Phòng" in loaded.workspace.agency.name


@pytest.mark.parametrize(
    ("province", "named"), [("thành phố Hải Phòng", False), ("tỉnh Lâm Đồng", True)]
)
def test_a_ward_names_superiors_that_the_shared_set_does_not(
    province: str, named: bool, country: Path, tmp_path: Path
) -> None:
    ward = ward_of("xã Lộc An", province, YEAR, random.Random(1))
    files = dict(ward_files(ward, tmp_path, ROOT / "content", country / "chung"))
    agency = files[tmp_path / "content" / "co-quan.yaml"].decode()
    assert (f'ten: "Sở Nội vụ {province}"' in agency) == named


@pytest.mark.slow
def test_one_seed_gives_the_same_bytes(country: Path, tmp_path: Path) -> None:
    make_country(2, 7, tmp_path / "b", (HOME,), YEAR)
    assert files(country) == files(tmp_path / "b")


def test_ways_to_spoil_a_ward_are_known(country: Path, tmp_path: Path) -> None:
    """Each way changes a copy of a ward, and loading it tells or the folder is none."""
    for way, spoil in BREAKS.items():
        folder = tmp_path / way / "xa-phuong" / "mau"
        shutil.copytree(next((country / "xa-phuong").iterdir()), folder)
        before = files(folder.parent)
        spoil(folder)
        assert files(folder.parent) != before, way


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
