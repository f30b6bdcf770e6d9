"""The report of a city at the desk: a figure says whose it is, and is typed nowhere here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cities import write_city
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
