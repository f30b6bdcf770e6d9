"""A content file that cannot be read, or is no text: told in words on every way to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from support import CONTENT
from vanban.app.content_file import version_of
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk

HOST = "127.0.0.1:8017"
OWN = {"host": HOST, "origin": f"http://{HOST}"}
FILE = "2025/bao-cao/q3.yaml"
VALUE = {"document": "plan", "file": FILE, "keys": ["pham_vi"], "version": "", "known": []}
WAYS: list[tuple[str, dict[str, object]]] = [
    (f"/tep-noi-dung/{FILE}", {}),
    (f"/soat-tep/{FILE}", {"text": "x"}),
    (f"/ghi-tep/{FILE}", {"text": "x", "version": "", "anyway": True}),
    ("/gia-tri", {**VALUE, "text": "x"}),
    ("/so-lieu/q3", {"version": "", "values": {"hs-truc-tuyen": "1"}, "notes": {}}),
    ("/so-lieu/q3/thu", {"values": {"hs-truc-tuyen": "1"}, "notes": {}}),
]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    for name, text in CONTENT.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "templates").symlink_to(Path(__file__).parents[2] / "templates")
    return folder / "content"


@pytest.fixture(scope="module")
def client(content: Path) -> Iterator[TestClient]:
    desk = Desk.of(content, None, content.parent / "build")
    app = application(Site(desk, lambda: datetime(2025, 9, 16, tzinfo=UTC)), (HOST,))
    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(("address", "body"), WAYS)
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (CONTENT[FILE].encode("utf-16"), "UTF-8"),
        (CONTENT[FILE].encode() + b"#" * 6_000_000, "lớn"),
    ],
    ids=["other letters", "too large"],
)
def test_it_is_told_and_stays_as_it_is(
    client: TestClient,
    content: Path,
    address: str,
    body: dict[str, object],
    data: bytes,
    words: str,
) -> None:
    (content / FILE).write_bytes(data)
    if "version" in body:
        body = {**body, "version": version_of(data)}
    answer = client.post(address, json=body, headers=OWN) if body else client.get(address)
    assert (answer.status_code, words in answer.text) == (400, True), answer.text
    assert (content / FILE).read_bytes() == data


@pytest.mark.parametrize("address", ["/khong-co", "/van-ban/plan/khong/co", "/tinh/khong-co.js"])
def test_an_address_that_is_none_is_told_in_words(client: TestClient, address: str) -> None:
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "không có trang này" in answer.text and 'href="/"' in answer.text


@pytest.mark.parametrize("address", [f"/soat-tep/{FILE}", f"/ghi-tep/{FILE}"])
def test_half_a_letter_goes_into_no_file(client: TestClient, content: Path, address: str) -> None:
    data = CONTENT[FILE].encode()
    (content / FILE).write_bytes(data)
    body = f'{{"text": "a: \\ud800", "version": "{version_of(data)}", "anyway": true}}'
    answer = client.post(address, content=body, headers=OWN)
    assert (answer.status_code, "không đọc được" in answer.text) == (404, True), answer.text
    assert (content / FILE).read_bytes() == data
