"""Pages stay with their year when the desk turns to another: what they send goes where they say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from asking import HOST, OWN
from kills import tree
from support import write_content
from vanban.app.content_file import version_of
from vanban.app.issue import issue
from vanban.desk import issued
from vanban.desk.jobs import Jobs
from vanban.desk.of_year import of_year
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import YEAR, Desk

ROOT = Path(__file__).parents[2]
SHEET = "2025/bao-cao/q3.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of two years that say the same; its sample of a letter."""
    folder = write_content(tmp_path)
    shutil.copytree(folder / "2025", folder / "2026")
    shutil.copytree(ROOT / "content" / "mau", folder / "mau")
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    return folder


@pytest.fixture
def desk(content: Path) -> Desk:
    return Desk.of(content, 2025, content.parent / "build")


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    app = application(Site(desk, lambda: datetime(2025, 9, 16, tzinfo=UTC)), (HOST,))
    with TestClient(app, base_url=f"http://{HOST}") as client:
        yield client


def of(year: int) -> dict[str, str]:
    return {**OWN, "vanban-year": str(year)}


def dialog(fields: Mapping[str, str], shown: str = "") -> dict[str, Any]:
    return {"fields": fields, "files": [], "picked": [], "shown": shown}


def types_figures(client: TestClient, content: Path, year: int) -> None:
    version = version_of((content / SHEET).read_bytes())
    body = {"version": version, "values": {"hs-truc-tuyen": "1300"}, "notes": {}}
    assert client.post("/so-lieu/q3", json=body, headers=of(year)).status_code == 200


def begins_a_letter(client: TestClient, content: Path, year: int) -> None:
    done(client, year, "/them-moi/van-ban", {"loai": "cong-van", "ma": "cv-moi"})


def writes_a_number(client: TestClient, content: Path, year: int) -> None:
    given = {"van-ban": "report-q3", "so": "35", "ngay": "16/9/2025"}
    done(client, year, "/trao-doi/phat-hanh", given)


def done(client: TestClient, year: int, address: str, fields: Mapping[str, str]) -> None:
    shown = client.post(address, json=dialog(fields), headers=of(year)).json()
    told = client.post(address, json=dialog(fields, shown["shown"]), headers=of(year)).json()
    assert told["done"], told


@pytest.mark.parametrize("writes", [types_figures, begins_a_letter, writes_a_number])
def test_a_page_writes_into_its_year(
    client: TestClient,
    desk: Desk,
    content: Path,
    writes: Callable[[TestClient, Path, int], None],
) -> None:
    before, other = tree(content / "2025"), tree(content / "2026")
    desk.turn_to(2026)
    writes(client, content, 2025)
    assert tree(content / "2025") != before
    assert tree(content / "2026") == other


def test_a_page_shows_its_year_and_hears_of_the_turn(client: TestClient, desk: Desk) -> None:
    first = client.get("/nhip", headers=of(2025)).json()
    page = client.get("/so-lieu/q3", headers=of(2025)).text
    desk.turn_to(2026)
    assert client.get("/nhip", headers=of(2025)).json() == {**first, "year": 2026}
    assert client.get("/so-lieu/q3", headers=of(2025)).text == page
    assert client.get(of_year("/so-lieu/q3", 2025)).text == page
    assert 'data-year="2026"' in client.get("/so-lieu/q3").text


@pytest.mark.parametrize("given", ["2024", "x", "2025x", "-2025", "9" * 5000, "2025,2026"])
def test_a_year_that_is_not_there_gets_nothing(
    client: TestClient, content: Path, given: str
) -> None:
    before = tree(content)
    body = {"version": "", "values": {}, "notes": {}}
    answer = client.post("/so-lieu/q3", json=body, headers={**OWN, "vanban-year": given})
    assert (answer.status_code, "không còn trong nội dung" in answer.text) == (404, True)
    assert tree(content) == before


def test_a_turn_while_a_form_is_at_work_changes_nothing_of_it(
    client: TestClient, desk: Desk, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the page does not say its year."""
    begun, go_on = Event(), Event()
    given = {"van-ban": "report-q3", "so": "35", "ngay": "16/9/2025"}
    address = "/trao-doi/phat-hanh"
    shown = client.post(address, json=dialog(given), headers=OWN).json()["shown"]

    def slowly(*arguments: Any) -> Any:
        begun.set()
        assert go_on.wait(60)
        return issue(*arguments)

    monkeypatch.setattr(issued, "issue", slowly)
    other = tree(content / "2026")
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(client.post, address, json=dialog(given, shown), headers=OWN)
        assert begun.wait(60)
        desk.turn_to(2026)
        go_on.set()
        assert asked.result(60).json()["done"]
    assert tree(content / "2026") == other


def test_a_job_is_of_the_year_in_which_it_was_asked_for(desk: Desk) -> None:
    jobs, go_on = Jobs(), Event()

    def work() -> tuple[str, ...]:
        assert go_on.wait(60)
        return (str(desk.year),)

    token = YEAR.set(2025)
    try:
        jobs.start("xem năm", work)
    finally:
        YEAR.reset(token)
    desk.turn_to(2026)
    go_on.set()
    assert jobs._thread is not None
    jobs._thread.join()
    assert jobs.state.lines == ("2025",)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/tep/plan.docx", "/tep/plan.docx?cua-nam=2025"),
        ("/ho-so/tep/dossier.pdf#page=3", "/ho-so/tep/dossier.pdf?cua-nam=2025#page=3"),
    ],
)
def test_addresses_of_files_name_their_year(address: str, expected: str) -> None:
    assert of_year(address, 2025) == expected
