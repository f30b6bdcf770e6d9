"""What is refused: other names of the machine, other sites, files outside the content."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from vanban.desk.guard import too_large
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk
from vanban.desk.uploads import MAX_FILE

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1:8017"
OWN = {"host": HOST, "origin": f"http://{HOST}"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("desk")
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    desk = Desk.of(folder / "content", None, folder / "build")
    app = application(Site(desk, lambda: datetime(2025, 9, 16, tzinfo=UTC)), (HOST,))
    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=True) as client:
        yield client


def asked(**changes: object) -> dict[str, object]:
    return {
        "document": "plan",
        "file": "2025/ke-hoach.yaml",
        "keys": ["trich_yeu"],
        "version": "",
        "text": "x",
        "known": [],
        **changes,
    }


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (OWN, 409),  # let in; the version is wrong
        ({"host": "evil.example:8017", "origin": "http://evil.example:8017"}, 403),
        ({"host": HOST}, 403),
        ({"host": HOST, "origin": "http://evil.example"}, 403),
        ({"host": HOST, "origin": "null"}, 403),
        ({"host": HOST, "origin": f"http://{HOST}.evil.example"}, 403),
        ({**OWN, "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_changes_come_from_the_own_pages(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/gia-tri", json=asked(), headers=headers).status_code == status


@pytest.mark.parametrize("length", ["2000001", "", "-1", "1e3"])
def test_no_request_is_larger_than_a_form(client: TestClient, length: str) -> None:
    headers = {**OWN, "content-length": length}
    answer = client.post("/gia-tri", content=b"{}", headers=headers)
    assert answer.status_code == 413
    for words in ("lớn hơn 2 MB", "chưa ghi gì", "ghi từng phần ngắn hơn", "sửa thẳng tệp ấy"):
        assert words in answer.text


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (10_000, "Nội dung gửi lên lớn hơn 10 kB nên chưa ghi gì"),
        (MAX_FILE, "Tệp lớn hơn 500 MB nên chưa nhận – nén lại hoặc tách thành nhiều tệp"),
    ],
)
def test_what_is_too_large_is_told_its_bound(limit: int, words: str) -> None:
    assert too_large(limit).startswith(words)


def test_a_word_of_a_page_that_is_no_longer_there_opens_nothing(client: TestClient) -> None:
    answer = client.get("/o/plan/3?trang=abc", headers={"host": HOST})
    assert "trang này đã đổi" in answer.json()["errors"][0]


def test_no_page_is_read_by_another_name(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "file",
    [
        "../content/2025/ke-hoach.yaml",
        "/etc/passwd",
        "2025/../../etc/passwd",
        "2025/minh-chung/a.pdf",
        ".vanban/000001.json",
        "2025/linh-vuc/../ke-hoach.yaml",
        "mau/bao-cao.yaml",
        "",
    ],
)
def test_no_path_leaves_the_content_files(client: TestClient, file: str) -> None:
    answer = client.post("/gia-tri", json=asked(file=file), headers=OWN)
    assert answer.status_code == 404, answer.text
    assert "không phải là tệp nội dung" in answer.json()["errors"][0]


@pytest.mark.parametrize(
    "path", ["/tinh/../server.py", "/tinh/%2e%2e/server.py", "/tinh//etc/passwd"]
)
def test_only_static_files_are_given_out(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"host": HOST}).status_code == 404


def test_content_is_never_markup(client: TestClient) -> None:
    page = client.get("/van-ban/plan", headers={"host": HOST})
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", "không đọc được"),
        (b"{", "không đọc được"),
        (b"\xff\xfe", "không đọc được"),
        (b"[]", "không đọc được"),
        (b"[" * 100_000, "không đọc được"),
        (b"{}", "thiếu hoặc sai: document, file, keys, version, known, text"),
        (b'{"document": 3}', "thiếu hoặc sai: document"),
    ],
)
def test_a_request_that_is_none_is_refused_in_words(
    client: TestClient, sent: bytes, told: str
) -> None:
    answer = client.post("/gia-tri", content=sent, headers=OWN)
    assert answer.status_code == 404
    assert told in answer.json()["errors"][0]
