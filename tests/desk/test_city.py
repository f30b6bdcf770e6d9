"""The report of a city at the desk: a figure says whose it is, and is typed nowhere here."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from asking import asking
from cities import write_city
from vanban.desk.site import Site
from vanban.desk.state import Desk, Shown
from vanban.desk.words import panel_at, panel_of
from vanban.provenance import Kind
from vanban.workspace.files import GATHERED, row_of

pytestmark = pytest.mark.slow

GATHERED_FILE = Path("2026/tong-hop/q3.yaml")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("city")
    return Desk.of(write_city(folder), 2026, folder / "build")


@pytest.fixture(scope="module")
def shown(desk: Desk) -> Shown:
    return desk.show("city-report-q3")


def test_a_total_names_its_wards_and_has_no_field(desk: Desk, shown: Shown) -> None:
    assert shown.preview is not None
    counts = set()
    for number, word in enumerate(shown.preview.words):
        gathered = [spot for spot in word.spots if spot.file and row_of(spot.file) is GATHERED]
        if word.kind is Kind.COMPUTED and len(gathered) == len(word.spots) and gathered:
            panel = panel_of(desk, shown, number)
            assert panel.fields == ()
            found = re.search(r"số liệu tổng hợp của (\d+|các) đơn vị", panel.note)
            assert found is not None
            counts.add(found[1])
    assert {"1", "2", "3"} <= counts


def test_a_line_of_a_ward_is_no_field_either(desk: Desk) -> None:
    panel = panel_at(desk, GATHERED_FILE, ("don_vi", 1, "so_lieu"))
    assert panel.fields == () and panel.record is None
    assert "(Ủy ban nhân dân phường Đông Hải). Số sai thì đơn vị sửa" in panel.note


def test_a_report_on_wards_begins_at_the_desk(tmp_path: Path) -> None:
    content = write_city(tmp_path, report=None)
    site = Site(
        Desk.of(content, 2026, tmp_path / "build"), lambda: datetime(2026, 9, 16, tzinfo=UTC)
    )
    for desk in asking(site):
        assert "báo cáo chung về các xã, phường" in desk.get("/them-moi/bao-cao").text
        shown = desk.ask("/them-moi/bao-cao", {"ky": "q3"})
        done = desk.ask("/them-moi/bao-cao", {"ky": "q3"}, shown=shown["shown"])
        assert done["done"], done
        assert "/van-ban/city-report-q3" in done["html"]
        assert "so_sanh" in (content / "2026/bao-cao-thanh-pho/q3.yaml").read_text("utf-8")
        assert desk.get("/van-ban/city-report-q3").status_code == 200
