"""The dialogs of the desk, asked without a screen: shown first, then done, refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asking import HOST, OWN, PAGES, Asking, asking, site_in
from vanban.desk.site import Site

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_in(tmp_path)


@pytest.fixture
def desk(site: Site) -> Iterator[Asking]:
    yield from asking(site)


def tree(site: Site) -> dict[str, bytes]:
    """Return the files of the content that people edit."""
    content = site.desk.content
    return {str(each.relative_to(content)): each.read_bytes() for each in content.rglob("*.yaml")}


def test_every_page_opens(desk: Asking) -> None:
    for address in PAGES:
        answer = desk.get(address)
        assert answer.status_code == 200, (address, answer.text)
        assert "/tmp" not in answer.text or "don-vi" in address or "dung-chung" in address


@pytest.mark.parametrize(
    ("address", "fields", "made"),
    [
        ("/them-moi/van-ban", {"loai": "cong-van", "ma": "cv-thu"}, "2025/soan-thao/cv-thu.yaml"),
        ("/them-moi/bao-cao", {"ky": "year"}, "2025/bao-cao/year.yaml"),
        ("/them-moi/nam", {"nam": "2026"}, "2026/ke-hoach.yaml"),
        (
            "/them-moi/diem",
            {"bo": "qd766", "ky": "quy-4"},
            "2025/cham-diem/qd766-quy-4.yaml",
        ),
        (
            "/trao-doi/bieu-mau",
            {"ky": "q3", "han": "12/9/2025", "cong-van": "co"},
            "2025/soan-thao/cv-so-lieu-q3.yaml",
        ),
        ("/trao-doi/phat-hanh", {"van-ban": "plan", "so": "35", "ngay": "01/8/2025"}, ""),
    ],
)
def test_what_is_shown_is_done_and_taken_back(
    site: Site, desk: Asking, address: str, fields: dict[str, str], made: str
) -> None:
    before = tree(site)
    shown = desk.ask(address, fields)
    assert (shown["status"], shown["done"]) == (200, False), shown
    assert tree(site) == before
    done = desk.ask(address, fields, shown=shown["shown"])
    assert done["done"], done
    assert str(site.desk.content.parent) not in shown["html"] + done["html"]
    after = tree(site)
    assert after != before
    assert made in (after if made else [""])
    desk.client.post("/lay-lai", json={}, headers={"origin": f"http://{HOST}"})
    assert tree(site) == before


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "thiếu hoặc sai: fields, files, picked, shown"),
        ({"fields": {"ky": 3}, "files": [], "picked": [], "shown": ""}, "sai: fields"),
        ({"fields": {}, "files": [], "picked": [True], "shown": ""}, "sai: picked"),
        ({"fields": {}, "files": [], "picked": ["1"], "shown": ""}, "sai: picked"),
        ({"fields": {}, "files": [7], "picked": [], "shown": ""}, "chọn lại tệp"),
        ({"fields": {}, "files": ["../.."], "picked": [], "shown": ""}, "chọn lại tệp"),
        ({"fields": {}, "files": [["a"]], "picked": [], "shown": ""}, "chọn lại tệp"),
        ({"fields": {}, "files": [], "picked": [], "shown": 0}, "sai: shown"),
    ],
)
def test_answers_of_another_kind_are_refused(
    desk: Asking, body: dict[str, object], told: str
) -> None:
    for address in ("/them-moi/bao-cao", "/trao-doi/word"):
        answer = desk.client.post(address, json=body, headers=OWN)
        assert answer.status_code in (400, 404)
        assert told in answer.json()["errors"][0]
